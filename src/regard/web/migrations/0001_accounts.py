"""The tables of accounts and of long work."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The first tables."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                ("username", models.CharField(max_length=150, unique=True)),
                ("holder", models.CharField(db_index=True, max_length=200)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "db_table": "account",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("holder__startswith", "party:")),
                        name="account_is_of_a_party",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Work",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=60)),
                ("said", models.CharField(max_length=300)),
                ("asked", models.JSONField(default=dict)),
                ("post", models.CharField(max_length=200)),
                ("holder", models.CharField(max_length=200)),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("done", models.BigIntegerField(default=0)),
                ("of", models.BigIntegerField(default=0)),
                ("now", models.CharField(blank=True, max_length=300)),
                ("outcome", models.TextField(blank=True)),
                ("leads_to", models.CharField(blank=True, max_length=500)),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("began_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "work",
                "ordering": ("-id",),
                "indexes": [models.Index(fields=["holder", "-id"], name="work_of_holder")],
            },
        ),
    ]
