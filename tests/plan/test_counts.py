from __future__ import annotations

from datetime import date

import pytest

from plan.stores import (
    asked,
    burglaries,
    milestone,
    plan_with,
    steady,
    store_with,
    street,
    watched,
)
from regard.core.periods import Month
from regard.plan.standing import BEHIND, BY_CHANCE, LOST, MET, NOT_MET, ON_COURSE, UNJUDGED

NOT_MET_AS_IT_IS = BY_CHANCE[-1]

YEAR = Month(2019, 4)


def year_at(rows, **others):
    """Twenty a month until March 2019, then so many."""
    return {m: (rows if m >= YEAR else n) for m, n in steady(20).items()} | others


def short(rows):
    """The same without the years before the base year: too few months for a forecast."""
    return {m: n for m, n in rows.items() if m >= Month(2018, 4)}


def stands(tmp_path, tables, rows, *, as_at=date(2019, 12, 31), **changes):
    store = store_with(tmp_path, crime=burglaries(rows))
    held = asked(store, plan_with(tables, milestone=[milestone(**changes)]), as_at)
    return held.milestones[0]


def words(statements):
    return " ".join(str(one) for one in statements)


def test_without_years_before_fewer_than_the_way_allows_is_on_course_by_arithmetic(
    tmp_path, tables
):
    one = stands(tmp_path, tables, short(year_at(15)))

    assert one.verdict.word == ON_COURSE
    assert str(one.verdict.why) == "Fewer were counted than the way to the milestone allows."
    assert (one.now.known, one.then.known) == (135, 180)
    assert one.target.known == pytest.approx(216)


def test_without_years_before_more_than_the_way_allows_is_behind(tmp_path, tables):
    one = stands(tmp_path, tables, short(year_at(20)))

    assert one.verdict.word == BEHIND


def test_a_pace_never_yet_seen_in_a_month_is_said(tmp_path, tables):
    one = stands(tmp_path, tables, short(year_at(23)))

    assert str(one.verdict.why) == "It would take a pace never yet seen in a month."


@pytest.mark.parametrize(
    ("rows", "word"),
    [(15, "on track"), (18, "in the balance"), (23, NOT_MET_AS_IT_IS)],
)
def test_with_years_before_the_verdict_is_the_chance(tmp_path, tables, rows, word):
    one = stands(tmp_path, tables, year_at(rows))

    assert one.verdict.word == one.odds.band == word
    assert "chance of meeting it is" in str(one.verdict.why)
    assert one.chance[0] == one.odds.said
    assert one.ending.total.interval.low <= one.ending.total.known


def test_a_milestone_that_was_passed_can_no_longer_be_met(tmp_path, tables):
    one = stands(tmp_path, tables, year_at(25))

    assert one.verdict.word == LOST
    assert str(one.verdict.why) == "More were counted already than the whole year allows."


@pytest.mark.parametrize(("rows", "word"), [(17, MET), (19, NOT_MET)])
def test_once_the_year_is_over_the_milestone_is_met_or_not(tmp_path, tables, rows, word):
    one = stands(tmp_path, tables, year_at(rows), as_at=date(2020, 4, 20))

    assert one.verdict.word == word
    assert one.as_at == date(2020, 3, 31)


def test_a_rise_that_is_promised_is_met_by_more(tmp_path, tables):
    one = stands(tmp_path, tables, year_at(30), direction="up")

    assert one.verdict.word == MET
    assert str(one.verdict.why) == "The milestone has been reached before the end of the year."


def test_a_year_that_has_not_begun_cannot_be_judged(tmp_path, tables):
    one = stands(tmp_path, tables, year_at(20), window="2020/21", baseline="2019/20")

    assert one.verdict.word == UNJUDGED
    assert str(one.verdict.why) == "The year 2020/21 has not begun."


def test_a_month_missing_from_this_year_leaves_the_milestone_unjudged(tmp_path, tables):
    rows = year_at(15)
    del rows[Month(2019, 7)]

    one = stands(tmp_path, tables, rows)

    assert one.verdict.word == UNJUDGED
    assert str(one.verdict.why) == (
        "The year to date cannot be counted: no rows for July 2019 were brought in for Merseyside."
    )


def test_a_month_missing_from_the_base_year_leaves_the_milestone_unjudged(tmp_path, tables):
    rows = year_at(15)
    del rows[Month(2018, 7)]

    one = stands(tmp_path, tables, rows)

    assert str(one.verdict.why) == (
        "The base year 2018/19 cannot be counted: no rows for July 2018 were brought in for "
        "Merseyside."
    )


def test_with_a_month_missing_the_months_that_both_years_have_are_compared(tmp_path, tables):
    rows = year_at(15)
    del rows[Month(2018, 7)]

    one = stands(tmp_path, tables, rows)

    assert one.change.difference.value is None
    assert str(one.alike_over) == "Over the 8 months that both years have, without July:"
    assert (one.alike.now.known, one.alike.then.known) == (120, 161)
    assert one.has_changed


def test_each_missing_month_is_said_with_why(tmp_path, tables):
    rows = year_at(15)
    del rows[Month(2018, 7)]

    one = stands(tmp_path, tables, rows)

    assert words(one.missing) == (
        "July 2018 is missing, not nought: no rows for July 2018 were brought in for Merseyside."
    )


def test_a_month_that_is_not_over_is_not_called_missing(tmp_path, tables):
    one = stands(tmp_path, tables, year_at(15), as_at=date(2019, 12, 14))

    assert one.as_at == date(2019, 12, 14)
    assert one.missing == ()
    assert one.now.known == 127


def test_rows_without_days_are_counted_to_the_last_whole_month_and_it_is_said(tmp_path, tables):
    store = store_with(tmp_path, crime=street(steady(20)))
    plan = plan_with(tables, milestone=[milestone(measure="burglary")])

    one = asked(store, plan, date(2019, 12, 14)).milestones[0]

    assert one.as_at == date(2019, 11, 30)
    assert words(one.notes).startswith(
        "Counted to 30 November 2019, the end of the last whole month supplied, and not to "
        "14 December 2019: the rows of Merseyside carry months and not days"
    )


def test_rows_that_stop_early_are_counted_to_the_last_whole_month(tmp_path, tables):
    rows = steady(20, last=Month(2019, 10))
    store = store_with(tmp_path, crime=street(rows))
    plan = plan_with(tables, milestone=[milestone(measure="burglary")])

    one = asked(store, plan, date(2019, 12, 31)).milestones[0]

    assert one.as_at == date(2019, 10, 31)
    assert "no rows for November 2019 were brought in for Merseyside" in words(one.notes)


def test_an_exception_shows_one_promise_at_a_day_of_its_own(tmp_path, tables):
    exception = {"paper": date(2019, 12, 14), "use": date(2019, 12, 1), "reason": "page 3 does"}

    store = store_with(tmp_path, crime=burglaries(year_at(15)))
    plan = plan_with(tables, milestone=[milestone(as_at=[exception])])

    one = asked(store, plan, date(2019, 12, 14)).milestones[0]

    assert one.as_at == date(2019, 12, 1)
    assert words(one.notes) == (
        "Shown at 1 December 2019, and not at 14 December 2019 like the rest of this paper: "
        "page 3 does."
    )


def test_an_accepted_step_starts_a_new_average_and_names_who_accepted_it(tmp_path, tables):
    step = {
        "measure": "burglary-dwelling",
        "area": "merseyside",
        "from": "2019-04",
        "reason": [{"text": "A new way of recording.", "source": "page 9"}],
        "accepted_by": "Head of Performance",
        "on": date(2019, 9, 1),
    }
    store = store_with(tmp_path, crime=burglaries(year_at(30)))
    plan = plan_with(tables, milestone=[milestone()], accepted_step=[step])

    one = asked(store, plan, date(2019, 12, 31)).milestones[0]

    assert [segment.start for segment in one.reading.segments] == [Month(2017, 4), YEAR]
    assert one.change.across == (YEAR,)
    assert words(one.accepted) == (
        "New average accepted from April 2019 by Head of Performance on 1 September 2019; the "
        "reason given: “A new way of recording.” (page 9)"
    )


def test_the_whole_months_of_the_year_are_averaged(tmp_path, tables):
    one = stands(tmp_path, tables, year_at(15), as_at=date(2019, 12, 14))

    assert words(one.average) == (
        "The whole months of the year to date, April 2019 to November 2019, averaged "
        "15.0 offences a month."
    )


def test_a_year_is_ranked_as_far_as_records_go_and_the_plans_wish_is_said(tmp_path, tables):
    one = stands(tmp_path, tables, year_at(15), ranked_since="2002-04")

    assert (one.rank.since.first_year, one.rank.place) == (2017, "lowest")
    assert str(one.ranked[-1]) == (
        "The plan ranks it since 2002/03; the records brought in begin in April 2017."
    )


def test_the_range_of_the_change_is_held_against_the_promised_change(tmp_path, tables):
    near = stands(tmp_path, tables, short(year_at(17)))

    assert words(near.chance) == (
        "The range of the change so far takes in the promised −10%: the two cannot be told apart "
        "yet. No chance can be given: the records hold too few whole months before January 2020 "
        "to foretell the rest of the year."
    )


def test_a_milestone_that_can_no_longer_be_met_is_not_left_to_a_range(tmp_path, tables):
    lost = stands(tmp_path, tables, year_at(40))

    assert lost.pace.standing == "can no longer be met"
    assert lost.chance == ()


def test_a_watched_measure_has_no_verdict(tmp_path, tables):
    store = store_with(tmp_path, crime=burglaries(steady(20)))
    plan = plan_with(tables, milestone=[], watched=[watched("burglary-dwelling")])

    one = asked(store, plan, date(2019, 12, 31)).watched[0]

    assert (one.verdict, one.target, one.pace) == (None, None, None)
    assert one.reading is not None


def test_months_outside_the_normal_range_are_found(tmp_path, tables):
    one = stands(tmp_path, tables, steady(20) | {Month(2019, 6): 60})

    assert one.outside == (Month(2019, 6),)
