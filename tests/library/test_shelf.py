"""The library as it is loaded, and a force's own folder beside it."""

from __future__ import annotations

from datetime import date

import pytest

from library.books import shelved
from regard.core.errors import FileUnreadable, NotKnown
from regard.library.shelf import edition, editions, library

SHIPPED = {
    "spr-shadow-2011",
    "spr-2012",
    "spr-2015",
    "spr-2023",
    "contest-2011",
    "contest-2018",
    "contest-2023",
    "soc-2011",
    "soc-2013",
    "soc-2018",
    "soc-2023",
    "peel-2021",
    "peel-2023",
    "peel-2025",
    "npr-2012",
}


def test_every_edition_of_the_plan_is_shipped():
    assert set(editions()) == SHIPPED


def test_a_force_adds_editions_of_its_own_beside_those_that_are_shipped(tmp_path):
    folder = shelved(tmp_path)

    assert set(editions(folder)) == SHIPPED | {"town-2020", "town-2022"}
    assert edition("town-2020", folder).label == "Town 2020"
    assert library(folder).crosswalk("town-2020", "town-2022").crossings


def test_an_empty_folder_adds_nothing(tmp_path):
    assert set(editions(tmp_path)) == SHIPPED


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2012, 4, 1), "spr-shadow-2011"),
        (date(2014, 4, 1), "spr-2012"),
        (date(2015, 2, 3), "spr-2012"),
        (date(2019, 3, 1), "spr-2015"),
        (date(2021, 12, 1), "spr-2015"),
        (date(2024, 1, 1), "spr-2023"),
    ],
)
def test_one_version_of_the_requirement_is_in_force_on_any_day(day, name):
    assert library().in_force("spr", day).id == name


def test_a_day_on_which_nothing_was_in_force_is_refused_with_what_was():
    with pytest.raises(NotKnown, match="2010-01-01") as refusal:
        library().in_force("spr", date(2010, 1, 1))

    assert "spr-shadow-2011 from 2011-11-01" in str(refusal.value)


@pytest.mark.parametrize(
    ("kind", "name"), [("edition", "spr-2016"), ("scale", "x@1"), ("rule", "x@1"), ("scheme", "x")]
)
def test_a_name_that_is_not_known_is_refused_with_the_nearest(kind, name):
    with pytest.raises(NotKnown, match=name):
        getattr(library(), kind)(name)


def test_a_crosswalk_that_is_not_there_is_refused():
    with pytest.raises(NotKnown, match="spr-2012-to-spr-2023"):
        library().crosswalk("spr-2012", "spr-2023")


@pytest.mark.parametrize("content", [b"[edition", b"\xff\xfe"])
def test_a_file_that_is_not_toml_is_refused_by_name(tmp_path, content):
    folder = shelved(tmp_path)
    (folder / "editions" / "bad.toml").write_bytes(content)

    with pytest.raises(FileUnreadable, match=r"bad\.toml"):
        library(folder)


def test_what_is_shipped_is_read_once():
    assert library() is library()
