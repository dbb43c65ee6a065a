"""Sentences with figures that lead back to the run."""

from __future__ import annotations

from datetime import date

import pytest

from mobilisation.response_histories import grade, steady
from regard.core.quantities import PERCENT, POINTS
from regard.core.statements import trace
from regard.mobilisation.response.estimates import Estimate
from regard.mobilisation.response.lasting import Knee, Recovery, Sustained
from regard.mobilisation.response.running import run
from regard.mobilisation.response.scenarios import nobody_away
from regard.mobilisation.response.telling import Telling


@pytest.fixture(scope="module")
def telling():
    model = steady(grade(), units=9, hours=2)
    runs = run(model, [nobody_away(model)], replications=2, seed=7)
    return Telling(runs, "west-midlands", date(2024, 7, 31))


def of(value, half, unit):
    return Estimate(value, half, unit, 100)


def test_late_answers_are_said_with_their_ranges_and_with_nobody_away(telling):
    said = telling.late(
        grade="Grade 1",
        away=5,
        reading=of(3.16, 0.24, PERCENT),
        base=of(0.03, 0.01, PERCENT),
        more=of(3.13, 0.2, POINTS),
    )

    assert str(said) == (
        "With 5 PSUs away, 3.2% of Grade 1 incidents would be answered late (95% range 2.9% to "
        "3.4%), against 0.0% with nobody away. That is 3.1 percentage points more than with "
        "nobody away (95% range 2.9 to 3.3 percentage points), both on the same incidents."
    )


def test_a_figure_leads_back_to_the_run_its_seed_and_its_inputs(telling):
    (step,) = trace(telling.figure(of(3.0, 1.0, PERCENT), "late"))

    assert f"run {telling.runs.digest[:12]}" in str(step)
    assert f"inputs {telling.runs.inputs[:12]}, seed 7, 2 replications" in str(step)


@pytest.mark.parametrize(
    "hours, said",
    [
        (52, "With 1 PSU away, Grade 2 would stay within 20.0% answered late for 52 hours."),
        (
            24,
            "With 1 PSU away, more than 20.0% of Grade 2 incidents would be answered late over "
            "the first 24 hours.",
        ),
        (
            None,
            "With 1 PSU away, Grade 2 would stay within 20.0% answered late for all 72 hours "
            "looked at.",
        ),
    ],
)
def test_endurance_is_said(telling, hours, said):
    found = Sustained("Grade 2", 20.0, hours, 48, None, 72)

    assert str(telling.sustained(found, away=1)) == said


@pytest.mark.parametrize(
    "knee, said",
    [
        (
            Knee(2, 4, ()),
            "Up to 2 PSUs away the queue stays level; from 4 PSUs on it grows for as long as "
            "they are away.",
        ),
        (Knee(6, None, ()), "At every level looked at, up to 6 PSUs away, the queue stays level."),
        (Knee(None, 1, ()), "From 1 PSU on the queue grows for as long as they are away."),
    ],
)
def test_the_knee_is_said(telling, knee, said):
    assert str(telling.knee(knee)) == said


@pytest.mark.parametrize(
    "open_runs, said",
    [
        (
            0,
            "After the return it would take 39 hours until no more wait than would have (95% "
            "range 36 to 42 hours).",
        ),
        (
            3,
            "After the return it would take at least 39 hours until no more wait than would "
            "have: in 3 of 2 runs the hours looked at were too few.",
        ),
    ],
)
def test_recovery_is_said(telling, open_runs, said):
    found = Recovery(of(39, 3, "hours"), open_runs, 35.0, of(744, 20, "incidents"))

    assert str(telling.recovery(found)) == said


@pytest.mark.parametrize(
    "hours, half, said",
    [
        (1.0, 2.0, "take 1 hour until no more wait than would have (95% range 0 to 3 hours)."),
        (0.4, 1.5, "take 0 hours until no more wait than would have (95% range 0 to 2 hours)."),
    ],
)
def test_one_hour_of_a_range_of_hours_is_said_as_such(telling, hours, half, said):
    found = Recovery(of(hours, half, "hours"), 0, 1.0, of(1, 1, "incidents"))

    assert str(telling.recovery(found)).endswith(said)


def test_a_share_ends_where_shares_do_and_a_difference_does_not(telling):
    low, high = (telling.figure(of(one, 37.2, PERCENT), "late") for one in (24.2, 90.0))
    more = telling.figure(of(1.0, 5.0, POINTS), "late", signed=True)
    wait = telling.figure(of(1.0, 5.0, "minutes"), "wait")
    longer = telling.figure(of(1.0, 5.0, "minutes"), "wait", signed=True)

    assert (low.range_said, high.range_said) == ("0.0% to 61.4%", "52.8% to 100.0%")
    assert more.interval.low == -4.0
    assert (wait.interval.low, longer.interval.low) == (0.0, -4.0)
