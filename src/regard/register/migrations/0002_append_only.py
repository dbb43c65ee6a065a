"""The database itself refuses to change what was written."""

from typing import Any

from django.db import migrations

from regard.register import triggers


def _create(apps: Any, schema: Any) -> None:
    triggers.create(schema, schema.connection.vendor)


def _drop(apps: Any, schema: Any) -> None:
    triggers.drop(schema, schema.connection.vendor)


class Migration(migrations.Migration):
    """After the tables, their triggers."""

    dependencies = [("register", "0001_tables")]

    operations = [migrations.RunPython(_create, _drop)]
