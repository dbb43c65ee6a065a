"""Numbers are reckoned from one another as far as rounding allows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, strategies

from regard.core.errors import DefinitionRefused
from regard.papers.findings import Given
from regard.papers.printed import Rounded
from regard.papers.reckoning import fits_said, implied_whole, plain, reckoned, several

JUST_UNDER = {"words": "just under 55%", "low": 54, "high": 55}
counts = strategies.integers(1, 2000)


@given(counts, counts)
def test_a_share_as_printed_always_allows_the_whole_it_was_taken_of(one: int, other: int) -> None:
    part, whole = sorted((one, other))
    percent = part / whole * 100
    assume(percent > 0.05)  # of what may be printed as 0.0% no whole can be told
    printed = Rounded(percent, percent - 0.05, percent + 0.05)

    _, fits = implied_whole(Rounded.exact(part), printed / 100)

    assert whole in fits


@pytest.mark.parametrize(
    "told, value",
    [
        (33, 33),
        ({"value": 1300, "nearest": 100}, 1300),
        ({"part": 300, "whole": 400}, 75),
        ({"share": 90, "of": 1326}, 1193.4),
        ({"part": 17, "share": JUST_UNDER}, 31),
        ({"part": 31, "whole": {"part": 17, "share": JUST_UNDER}}, 100),
    ],
)
def test_a_number_is_printed_or_reckoned_from_others(told: Any, value: float) -> None:
    assert reckoned(told, "here").value == pytest.approx(value)


@pytest.mark.parametrize(
    "told, match",
    [
        ({"part": 17, "share": {"words": "about half", "low": 45, "high": 55}}, "makes 31 to 37"),
        ({"part": 17, "share": {"value": 54.1, "places": 1}}, "makes no whole number"),
        ({"of": 17, "whole": 3}, "here: {'of': 17, 'whole': 3}"),
    ],
)
def test_a_number_that_is_not_one_is_refused(told: Any, match: str) -> None:
    with pytest.raises(DefinitionRefused, match=match):
        reckoned(told, "here")


def test_a_list_of_another_length_is_refused() -> None:
    inputs = Given("here", "rows-differ", {"less": [1, 2], "of": []})

    with pytest.raises(DefinitionRefused, match="here: less has 2 numbers"):
        several(inputs, "less", count=3)
    with pytest.raises(DefinitionRefused, match="here: of has 0 numbers"):
        several(inputs, "of")


@pytest.mark.parametrize(
    "fits, said",
    [(range(0), "no whole number"), (range(31, 32), "31"), (range(999, 1002), "999 to 1,001")],
)
def test_whole_numbers_that_would_do_are_said(fits: range, said: str) -> None:
    assert fits_said(fits) == said


def test_what_arithmetic_leaves_is_not_said() -> None:
    assert plain(0.1 + 0.2 - 0.3 + 448) == "448"
