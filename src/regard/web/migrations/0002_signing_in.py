"""What signing in keeps: passwords for one time, ended sessions, and how fast tries come."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns of accounts, and the table of tries."""

    dependencies = [("web", "0001_accounts")]

    operations = [
        migrations.AddField(
            model_name="account",
            name="one_time_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="account",
            name="sessions",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.CreateModel(
            name="Guessing",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("due", models.DateTimeField(db_index=True)),
            ],
            options={"db_table": "guessing"},
        ),
    ]
