"""The tables of the journal and of its projections."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The first tables."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="BodyRow",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("salt", models.CharField(max_length=32)),
                ("words", models.TextField()),
            ],
            options={
                "db_table": "body",
            },
        ),
        migrations.CreateModel(
            name="ErasureRow",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("decision", models.BigIntegerField()),
            ],
            options={
                "db_table": "erasure",
            },
        ),
        migrations.CreateModel(
            name="HeadRow",
            fields=[
                ("id", models.IntegerField(primary_key=True, serialize=False)),
                ("size", models.BigIntegerField()),
                ("last", models.CharField(max_length=64)),
                ("peaks", models.TextField()),
            ],
            options={
                "db_table": "head",
            },
        ),
        migrations.CreateModel(
            name="EdgeRow",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField(db_index=True)),
                ("subject", models.CharField(max_length=200)),
                ("type", models.CharField(max_length=30)),
                ("source", models.CharField(max_length=200)),
                ("target", models.CharField(max_length=200)),
            ],
            options={
                "db_table": "edge",
                "indexes": [
                    models.Index(fields=["target", "type"], name="edge_by_target"),
                ],
            },
        ),
        migrations.CreateModel(
            name="EntryRow",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("subject", models.CharField(max_length=200)),
                ("version", models.IntegerField()),
                ("effective", models.CharField(max_length=10)),
                ("recorded", models.CharField(db_index=True, max_length=27)),
                ("post", models.CharField(max_length=200)),
                ("holder", models.CharField(max_length=200)),
                ("force", models.CharField(max_length=200)),
                ("marking", models.CharField(max_length=500)),
                ("body", models.CharField(max_length=64)),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "entry",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject", "version"), name="entry_has_one_of_each_version"
                    )
                ],
                "indexes": [
                    models.Index(
                        fields=["marking"],
                        condition=models.Q(marking__gt="OFFICIAL"),
                        name="entry_marked_higher",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VersionRow",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("subject", models.CharField(max_length=200)),
                ("effective", models.CharField(max_length=10)),
                ("scope", models.CharField(max_length=200)),
                ("about", models.CharField(max_length=200)),
                ("cycle", models.CharField(max_length=200)),
                ("edition", models.CharField(max_length=200)),
            ],
            options={
                "db_table": "version",
                "indexes": [
                    models.Index(fields=["subject", "seq"], name="version_by_subject"),
                    models.Index(fields=["kind", "scope", "seq"], name="version_by_scope"),
                    models.Index(fields=["kind", "about", "seq"], name="version_by_about"),
                    models.Index(fields=["kind", "cycle", "scope", "seq"], name="version_by_cycle"),
                    models.Index(fields=["kind", "edition", "seq"], name="version_by_edition"),
                ],
            },
        ),
    ]
