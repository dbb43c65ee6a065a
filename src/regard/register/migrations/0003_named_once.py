"""A subject by which an entry is found stands in its version alone, and in no edge again."""

from django.db import migrations

ONCE = """
DELETE FROM edge WHERE EXISTS (
  SELECT 1 FROM version v WHERE v.seq = edge.seq AND v.kind <> 'link'
  AND edge.target IN (v.scope, v.about, v.cycle, v.edition)
)
"""


class Migration(migrations.Migration):
    """Nothing is lost: `regard register rebuild` makes the same rows from the journal."""

    dependencies = [("register", "0002_append_only")]

    operations = [migrations.RunSQL(ONCE, migrations.RunSQL.noop)]
