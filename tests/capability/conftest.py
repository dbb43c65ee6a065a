"""The example's records of posts, people, skills, duty and aid, brought in once."""

from __future__ import annotations

import pytest

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
