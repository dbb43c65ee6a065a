"""The table by hour as a file: every hour of every number of PSUs."""

from __future__ import annotations

import csv
import io

import pytest

from capability.small_force import ASKED, answering
from regard.capability.hourly import hours_csv
from regard.capability.stress import stress


@pytest.fixture(scope="module")
def answer():
    return stress(answering(), ASKED, replications=4)


def test_every_hour_after_the_warm_up_stands_for_each_number_of_psus(answer):
    rows = list(csv.DictReader(io.StringIO(hours_csv(answer))))

    assert len(rows) == answer.runs.model.hours * 3
    assert [row["psus"] for row in rows[:: answer.runs.model.hours]] == ["0", "1", "2"]
    gone = next(row for row in rows if row["psus"] == "1" and row["hour"] == "0")
    assert (gone["day"], gone["clock"], gone["scenario"]) == ("Monday", "07:00", "1 PSU away")


def test_the_numbers_are_those_of_the_answer(answer):
    table = answer.hours(1)
    rows = [row for row in csv.DictReader(io.StringIO(hours_csv(answer))) if row["psus"] == "1"]

    first = answer.runs.model.warm_up
    assert float(rows[30]["waiting"]) == pytest.approx(table.waiting[first + 30], abs=1e-4)
    assert int(rows[30]["units"]) == table.units[first + 30]
    assert all(float(row["waiting_low"]) <= float(row["waiting"]) for row in rows)
    assert "immediate_late_percent" in rows[0]
