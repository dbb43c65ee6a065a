"""Digests: of what is said, and not of how it is written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from library.books import EDITION, edition_from, edition_tables, shelved
from regard.library.canonical import canonical, digest_of
from regard.library.shelf import editions


def turned(value: Any) -> Any:
    """The same tables with every key in the opposite order."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    return [turned(one) for one in value] if isinstance(value, list) else value


@given(edition_tables())
def test_the_order_of_keys_changes_no_digest(tables):
    assert edition_from(turned(tables)).digest == edition_from(tables).digest


@given(edition_tables(), st.data())
def test_any_other_word_changes_the_digest(tables, data):
    place = data.draw(st.integers(0, len(tables["node"]) - 1))
    before = edition_from(tables).digest

    tables["node"][place]["text"] += "x"

    assert edition_from(tables).digest != before


def test_comments_and_spaces_change_no_digest(tmp_path):
    plain = editions(shelved(tmp_path / "a"))["town-2020"]
    told = EDITION.replace("[[node]]", "# A node.\n[[node]]  # here").replace(" = ", "   =  ")

    assert editions(shelved(tmp_path / "b", town_2020=told))["town-2020"].digest == plain.digest


def test_saying_what_holds_anyway_changes_no_digest(tmp_path):
    plain = editions(shelved(tmp_path / "a"))["town-2020"]
    said = EDITION.replace("judged = true", 'judged = true\nscale = "ladder@1"\nparent = "flood"')

    assert editions(shelved(tmp_path / "b", town_2020=said))["town-2020"].digest == plain.digest


def test_neither_the_file_nor_the_digest_itself_is_part_of_it():
    edition = editions()["spr-2015"]

    assert digest_of(replace(edition, file="elsewhere.toml", digest="")) == edition.digest


def test_what_says_nothing_is_left_out():
    assert b'"note":""' not in canonical(editions()["spr-2012"])
