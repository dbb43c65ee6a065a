"""`regard edition`: list, show, check, publish, and what a new one asks."""

from __future__ import annotations

import json

import pytest

from cli.round_commands import BODY, KEEPER, founded, published
from regard.library.shelf import library
from regard.library.writing import edition_text


def rows(told):
    return [json.loads(line) for line in told.out.splitlines()]


def test_the_library_is_listed_without_a_register(regard):
    told = regard("edition", "list", "--json")

    assert {one["edition"] for one in rows(told)} == set(library().editions)
    assert all(one["entry"] is None for one in rows(told))


def test_a_published_edition_is_listed_with_its_entry(regard, tmp_path):
    published(tmp_path)

    told = regard("edition", "list", "--json")

    entry = {one["edition"]: one["entry"] for one in rows(told)}
    assert entry["npr-2012"]
    assert entry["spr-2015"] is None


def test_every_requirement_is_shown_with_where_it_stands(regard):
    told = regard("edition", "show", "spr-2015", "--json")

    held = rows(told)
    assert len(held) == len(library().edition("spr-2015").nodes)
    assert all(one["cites"] for one in held)


def test_an_edition_that_is_not_there_is_not_known(regard):
    told = regard("edition", "show", "spr-2051")

    assert told.code == 15
    assert "no edition is called 'spr-2051'" in told.err


def test_published_again_it_says_so(regard, tmp_path):
    published(tmp_path)

    again = regard("edition", "publish", "npr-2012", *KEEPER)

    assert again.code == 0
    assert "stands already since entry" in again.out


def test_only_the_keeper_publishes(regard, tmp_path):
    founded(tmp_path)

    told = regard("edition", "publish", "npr-2012", "--by", "spr")

    assert told.code == 24
    assert "party:spr" in told.err


def test_editions_of_ones_own_are_checked_with_the_rest(regard, tmp_path):
    folder = tmp_path / "home" / "library" / "editions"
    folder.mkdir(parents=True)
    text = edition_text(library().edition("npr-2012"))
    mine = text.replace('"npr-2012"', '"ours-2012"', 1).replace(
        'instrument = "npr"', 'instrument = "ours"'
    )
    (folder / "ours.toml").write_text(mine, encoding="utf-8")

    told = regard("edition", "check")

    assert told.code == 0, told.err
    assert "Your own: ours-2012." in told.out
    assert "ours-2012" in regard("edition", "list").out


@pytest.mark.parametrize("shape", [(), ("--json",)])
def test_a_new_edition_lists_its_work(regard, tmp_path, shape):
    founded(tmp_path)
    for name in ("spr-2012", "spr-2015"):
        regard("edition", "publish", name, *KEEPER)

    told = regard("edition", "work-list", "spr-2015", "--body", BODY, *KEEPER, *shape)

    assert told.code == 0, told.err
    assert told.out.count("new") >= len(library().edition("spr-2015").judged)
