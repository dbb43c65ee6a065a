"""Whose work it is, how closely its words are held, what came of it, and that it still runs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns and indexes of long work."""

    dependencies = [("web", "0002_signing_in")]

    operations = [
        migrations.AddField(
            "work",
            "body",
            models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            "work", "marking", models.CharField(default="OFFICIAL", max_length=300)
        ),
        migrations.AddField("work", "found", models.JSONField(default=dict)),
        migrations.AddField("work", "beat_at", models.DateTimeField(null=True)),
        migrations.AddIndex("work", models.Index(fields=["body", "-id"], name="work_of_body")),
        migrations.AddIndex("work", models.Index(fields=["state", "beat_at"], name="work_at_work")),
    ]
