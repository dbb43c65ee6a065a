from __future__ import annotations

from datetime import date

import pytest

from plan.stores import (
    asked,
    burglaries,
    milestone,
    plan_with,
    satisfaction,
    steady,
    store_with,
    watched,
)
from records.brought_in import answers
from regard.plan.standing import BEHIND, MET, ON_COURSE, UNJUDGED

SATISFIED = {"measure": "victim-satisfaction-crime", "direction": "up", "percent": None}
LEVEL = SATISFIED | {"baseline": None, "level": 80, "rolling_months": 12}


def stands(tmp_path, tables, rows, *, as_at=date(2020, 2, 29), **changes):
    store = store_with(tmp_path, survey=rows)
    plan = plan_with(tables, milestone=[milestone(**(LEVEL | changes))])
    return asked(store, plan, as_at).milestones[0]


def words(statements):
    return " ".join(str(one) for one in statements)


def test_twelve_months_are_taken_together_with_their_answers_and_range(tmp_path, tables):
    one = stands(tmp_path, tables, satisfaction(75))

    assert one.now.known == pytest.approx(75)
    assert words(one.notes) == (
        "The months from March 2019 to February 2020, their answers taken together: 75.0% of "
        "1,200 answers (95% range 72.5% to 77.4%)."
    )


def test_a_level_short_of_the_milestone_is_behind_by_so_many_points(tmp_path, tables):
    one = stands(tmp_path, tables, satisfaction(75))

    assert (one.verdict.word, str(one.verdict.why)) == (
        BEHIND,
        "It is 5.0 percentage points short of it.",
    )
    assert words(one.chance) == "The survey’s whole range is below 80%."


def test_a_level_that_the_survey_cannot_tell_from_the_milestone_says_so(tmp_path, tables):
    one = stands(tmp_path, tables, satisfaction(79))

    assert words(one.chance) == (
        "The survey’s range takes in 80%: it cannot tell the level from the milestone."
    )


def test_a_level_reached_before_the_year_is_over_is_on_course(tmp_path, tables):
    one = stands(tmp_path, tables, satisfaction(90))

    assert one.verdict.word == ON_COURSE
    assert words(one.chance) == "The survey’s whole range is above 80%."


def test_a_level_over_the_whole_year_is_met(tmp_path, tables):
    one = stands(tmp_path, tables, satisfaction(90), as_at=date(2020, 4, 20))

    assert one.verdict.word == MET


def test_a_design_effect_widens_the_range(tmp_path, tables):
    simple = stands(tmp_path / "simple", tables, satisfaction(75))
    clustered = stands(tmp_path / "clustered", tables, satisfaction(75, design_effect=2.0))

    assert clustered.now.interval.low < simple.now.interval.low


def test_the_year_before_is_compared_in_percentage_points(tmp_path, tables):
    one = stands(tmp_path, tables, satisfaction(75), as_at=date(2020, 3, 31))

    assert one.change.difference.unit == "percentage points"
    assert one.change.verdict == "no change"


def test_a_survey_that_nobody_brought_in_leaves_the_level_unjudged(tmp_path, tables):
    store = store_with(tmp_path, crime=burglaries(steady(20)))
    told = [milestone(), milestone(id="level", **LEVEL)]

    one = asked(store, plan_with(tables, milestone=told), date(2019, 12, 31)).milestones[1]

    assert one.verdict.word == UNJUDGED
    assert str(one.verdict.why) == (
        "The level cannot be counted: no source of survey rows is called 'merseyside'."
    )


def test_a_month_missing_from_the_twelve_leaves_the_level_unjudged(tmp_path, tables):
    rows = [one for one in satisfaction(75) if one["month"] != "2019-07"]

    one = stands(tmp_path, tables, rows)

    assert one.verdict.word == UNJUDGED
    assert "no rows for July 2019 were brought in for Merseyside" in str(one.verdict.why)


def test_of_a_survey_in_waves_the_latest_wave_is_shown_and_no_month_is_missing(tmp_path, tables):
    waves = {"2018-08": 84, "2019-02": 83, "2019-08": 82}
    rows = [
        answers(month, positive, 100, source="merseyside", question="confidence")
        for month, positive in waves.items()
    ]
    store = store_with(tmp_path, survey=rows)
    plan = plan_with(tables, milestone=[], watched=[watched("confidence")])

    one = asked(store, plan, date(2019, 12, 31)).watched[0]

    assert words(one.notes).startswith("The wave that ended in August 2019: 82.0% of 100 answers")
    assert [wave.month.iso for wave in one.waves] == list(waves)
    assert one.missing == ()
    assert (one.now.known, one.then.known) == (82, 84)
