"""The recipe says what it stands on, and is refused where it does not hang together."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from regard.core.errors import DefinitionRefused, NotKnown
from regard.core.periods import Month
from regard.examples.west_midlands_2013.recipe import SHIPPED, Recipe, recipe


@pytest.fixture(scope="module")
def told() -> Recipe:
    return recipe()


@pytest.fixture
def changed(tmp_path: Path):
    """The recipe with some of its text changed."""

    def change(old: str, new: str) -> Path:
        text = SHIPPED.read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "changed.toml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return change


def test_every_published_aggregate_has_its_place_and_words(told: Recipe) -> None:
    places = re.compile(r"P\d+|S2 L\d+")

    assert all(places.fullmatch(one.at) and one.says and one.unit for one in told.published)


def test_published_words_stand_in_the_papers(told: Recipe, source_texts: dict[str, str]) -> None:
    loose = {name: " ".join(text.split()) for name, text in source_texts.items()}

    missing = [
        one.id
        for one in told.published
        for piece in one.says.split(" ... ")
        if piece not in loose["S002" if one.at.startswith("S2") else "S004"]
    ]

    assert missing == []


def test_windows_of_a_group_leave_no_day_out(told: Recipe) -> None:
    for group in told.groups:
        days = [day for window in group.windows for day in window.period]
        assert days == list(told.days)


def test_spans_are_months_cut_where_a_published_period_ends(told: Recipe) -> None:
    marches = [str(span) for span in told.spans if Month.of(span.start) == Month(2013, 3)]

    assert marches == ["1 March 2013", "2 March 2013 to 14 March 2013",
                       "15 March 2013 to 31 March 2013"]  # fmt: skip
    assert told.spans[-1].end == date(2014, 3, 14)


def test_every_window_ends_where_a_span_ends(told: Recipe) -> None:
    ends = {span.end for span in told.spans}

    windows = [
        *told.total,
        *(window for group in told.groups for window in group.windows),
        *(window for mark in told.marks for window in mark.windows),
    ]

    assert {window.period.end for window in windows} <= ends


def test_a_total_that_stands_on_nothing_is_refused(changed) -> None:
    path = changed('because = "P43: a significant spike', 'because = "a significant spike')

    with pytest.raises(DefinitionRefused, match="names no place and does not say that it is"):
        recipe(path)


def test_an_offence_in_two_groups_is_refused(changed) -> None:
    path = changed("offences = { TOMV = 1000 }", "offences = { TFMV = 1000 }")

    with pytest.raises(DefinitionRefused, match="TFMV stand in more than one group"):
        recipe(path)


def test_windows_out_of_order_are_refused(changed) -> None:
    path = changed("{ to = 2013-06-30, rows = 4590", "{ to = 2012-06-30, rows = 4590")

    with pytest.raises(DefinitionRefused, match="the windows of violence with injury end on"):
        recipe(path)


def test_a_mark_on_an_unknown_offence_is_refused(changed) -> None:
    path = changed("offences = { BILK = 1 }", "offences = { BULK = 1 }")

    with pytest.raises(NotKnown, match="no offence of the example is called 'BULK'"):
        recipe(path)


def test_an_unknown_season_is_refused(changed) -> None:
    path = changed('season = "burglary"', 'season = "burglaries"')

    with pytest.raises(NotKnown, match="no season is called 'burglaries'"):
        recipe(path)


def test_an_unknown_aggregate_is_refused(told: Recipe) -> None:
    with pytest.raises(NotKnown, match="no published aggregate is called 'total'"):
        told.aggregate("total")
