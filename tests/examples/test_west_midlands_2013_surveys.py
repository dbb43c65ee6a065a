"""Answers are counted, never persons, and a month's answers never exceed those asked."""

from __future__ import annotations

import csv
import io

import pytest

from regard.examples.west_midlands_2013.recipe import Recipe, recipe
from regard.examples.west_midlands_2013.surveys import (
    resident_lines,
    satisfaction_lines,
    wave_lines,
)


@pytest.fixture(scope="module")
def told() -> Recipe:
    return recipe()


def lines(written: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written.decode())))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_month_has_more_satisfied_than_answered(told: Recipe, seed: int) -> None:
    found = lines(satisfaction_lines(told, seed=seed))

    assert all(0 < int(one["SATISFIED"]) <= int(one["ANSWERED"]) for one in found)


def test_each_survey_has_every_month_to_february_2014(told: Recipe) -> None:
    found = lines(satisfaction_lines(told, seed=1))
    months = [f"{month.start:%m/%Y}" for month in told.months[:-1]]

    for survey, group in {(one["SURVEY"], one["GROUP"]) for one in found}:
        held = [one["MONTH"] for one in found if (one["SURVEY"], one["GROUP"]) == (survey, group)]
        assert held == months


def test_vehicle_crime_victims_are_below_80_until_the_last_three_months(told: Recipe) -> None:
    found = [one for one in lines(satisfaction_lines(told, seed=1)) if one["GROUP"] != "ALL"]
    year = [100 * int(one["SATISFIED"]) / int(one["ANSWERED"]) for one in found[-11:]]

    assert max(year[:8]) < 80
    assert year[8] > year[7]
    assert year[8:] == sorted(year[8:])


def test_a_wave_has_the_force_and_every_unit(told: Recipe) -> None:
    found = lines(wave_lines(told))

    waves = {one["LAST_DAY"] for one in found}
    assert len(found) == len(waves) * (1 + len(told.units))


def test_residents_are_one_row_a_year(told: Recipe) -> None:
    assert [one["MID_YEAR"] for one in lines(resident_lines(told))] == [
        "2010", "2011", "2012", "2013",
    ]  # fmt: skip
