"""The example's records of posts, people, skills, duty and aid, brought in once."""

from __future__ import annotations

import pytest

from regard.capability.incidents import aims_of, answering_of
from regard.capability.invented import write_incidents
from regard.examples import west_midlands_capability as example
from regard.records.imports import import_files
from regard.records.stated import StatedTables
from regard.records.store import Store


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    home = tmp_path_factory.mktemp("capability")
    kept = Store(home)
    for made in (example.write_printed(home / "rows"), example.written(home / "rows")):
        for file, mapping in made.pairs:
            import_files(kept, [file], mapping=mapping, label=made.label)
    return kept


@pytest.fixture(scope="session")
def tables(store):
    with StatedTables(store) as opened:
        yield opened


@pytest.fixture(scope="session")
def answering(store, tables):
    """The example's force as fitted to its generated incidents."""
    told = example.recipe()
    file, mapping = write_incidents(told, store.home / "rows")
    import_files(store, [file], mapping=mapping, label=told.label)
    aims = aims_of({one.name: one.within for one in told.grades})
    with StatedTables(store) as opened:
        return answering_of(opened, told.force, aims, crew=told.crew, days=28)
