"""Anhøj's runs against the printed vectors."""

from __future__ import annotations

import pytest

from regard.core.errors import NotEnoughData
from regard.signals.runs import median, runs
from signals.test_xmr import V2, V8


def test_vector_2_runs_about_its_frozen_centre():
    found = runs(V2, centre=300.5)

    assert (found.longest, found.longest_allowed) == (6, 8)
    assert (found.crossings, found.fewest_allowed) == (20, 14)
    assert not found.signals


def test_vector_8_runs_about_its_median():
    found = runs(V8)

    assert (found.centre, found.useful) == (17, 32)
    assert (found.longest, found.longest_allowed) == (14, 8)
    assert (found.crossings, found.fewest_allowed) == (6, 11)
    assert found.signals


def test_vector_8_runs_about_its_mean():
    found = runs(V8, centre=sum(V8) / len(V8))

    assert (found.longest, found.crossings) == (17, 5)


@pytest.mark.parametrize(
    ("points", "longest", "crossings"),
    [(10, 6, 2), (12, 7, 3), (20, 7, 6), (24, 8, 8), (36, 8, 13), (48, 9, 18), (60, 9, 23),
     (120, 10, 51)],
)  # fmt: skip
def test_the_limits_are_those_of_the_published_table(points, longest, crossings):
    found = runs([0, 1] * (points // 2), centre=0.5)

    assert (found.longest_allowed, found.fewest_allowed) == (longest, crossings)


def test_missing_months_and_months_on_the_line_are_left_out():
    assert runs([1, None, 3, 2, 1], centre=2).useful == 3


def test_a_series_on_its_line_has_no_runs():
    with pytest.raises(NotEnoughData, match="0 of 2 values lie off the line at 2"):
        runs([2, 2])


def test_the_median_of_nothing_is_refused():
    with pytest.raises(NotEnoughData):
        median([])
