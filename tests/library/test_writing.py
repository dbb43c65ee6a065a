"""Editions and crosswalks written out and read back are the same, to the digest."""

from __future__ import annotations

import pytest
from hypothesis import given

from library.books import crosswalks, edition_from, edition_tables
from regard.library.crosswalks import crosswalk_of
from regard.library.shelf import library
from regard.library.tables import Problems, parsed
from regard.library.writing import crosswalk_text, edition_text


def read_back(text: str):
    return edition_from(parsed(text, "written.toml"))


@given(edition_tables())
def test_any_edition_written_out_reads_as_itself(tables):
    edition = edition_from(tables)

    assert read_back(edition_text(edition)) == edition


@given(crosswalks())
def test_any_crosswalk_written_out_reads_as_itself(crosswalk):
    held = {one.id: one for one in (crosswalk.earlier, crosswalk.later)}
    problems = Problems()

    tables = parsed(crosswalk_text(crosswalk), "written.toml")

    assert crosswalk_of(tables, "written.toml", held, problems) == crosswalk
    assert problems.found == []


@pytest.mark.parametrize("edition", library().editions.values(), ids=lambda one: one.id)
def test_every_edition_that_is_shipped_reads_back_with_its_digest(edition):
    assert read_back(edition_text(edition)).digest == edition.digest
