"""One measure of one area, answered whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plan.stores import (
    AREA,
    LAST,
    burglaries,
    milestone,
    plan_with,
    satisfaction,
    steady,
    store_with,
)
from regard.board.measured import Asked, chart_of_measure, measured
from regard.core.errors import NotEnoughData, NotKnown
from regard.core.periods import Month
from regard.records.counting import Counter

NAME = "burglary-dwelling"
HALVED = Month(2018, 10)
PLAN = {
    "id": "merseyside-2019",
    "name": "Police and Crime Plan 2019/20",
    "area": AREA,
    "force": "Merseyside Police",
    "governing_body": "Commissioner",
    "board": "Performance Board",
    "board_on": date(2020, 4, 20),
    "year": "2019/20",
    "document": "The plan",
}
OUTCOME = {"id": "A", "letter": "A", "title": "Less burglary", "source": "page 4"}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    each = {month: (60 if month < HALVED else 30) + at for month, at in steady(1).items()}
    home = tmp_path_factory.mktemp("store")
    return store_with(home, crime=burglaries(each), survey=satisfaction(80))


@pytest.fixture
def counter(store):
    with Counter(store) as counter:
        yield counter


@pytest.fixture
def promised():
    return plan_with({"plan": PLAN, "outcome": [OUTCOME]}, milestone=[milestone()])


def test_it_says_what_changed_with_the_imports_behind_it(counter, store):
    held = measured(counter, store, Asked(NAME, AREA))

    assert str(held.said[0]).startswith("Step change down since October 2018")
    assert [one.file for one in held.imports] == ["crime.csv"]
    assert held.area_name == "Merseyside"
    assert not held.positions


def test_an_accepted_step_starts_a_level_and_is_proposed_no_more(counter, store):
    held = measured(counter, store, Asked(NAME, AREA, steps=(HALVED,)))

    assert not held.reading.proposals
    assert held.reading.current.start == HALVED


def test_a_step_outside_the_months_known_cuts_nothing(counter, store):
    held = measured(counter, store, Asked(NAME, AREA, steps=(Month(2030, 1),)))

    assert held.reading.options.baselines == ()


def test_a_later_day_than_the_last_supplied_adds_no_missing_month(counter, store):
    held = measured(counter, store, Asked(NAME, AREA, to=date(2026, 1, 1)))

    assert held.series.end == LAST
    assert not held.missing


def test_a_month_that_goes_on_after_the_day_is_left_out(counter, store):
    held = measured(counter, store, Asked(NAME, AREA, to=date(2019, 12, 15)))

    assert held.series.end == Month(2019, 11)
    assert held.ending is not None
    assert held.ending.fan[-1].month == LAST


def test_a_year_that_is_over_foretells_nothing(counter, store):
    assert measured(counter, store, Asked(NAME, AREA)).foretold == ()


def test_the_promise_of_the_plan_has_its_verdict(counter, store, promised):
    held = measured(counter, store, Asked(NAME, AREA, plan=promised))

    assert held.milestone is not None
    assert held.milestone.verdict.word == "met"
    assert held.milestone.now in held.figures()


def test_the_promise_of_another_area_is_not_judged_here(counter, store, promised):
    other = replace(promised, area="cheshire")

    assert measured(counter, store, Asked(NAME, AREA, plan=other)).positions == ()


def test_the_chart_draws_the_months_and_the_limits(counter, store):
    chart = chart_of_measure(measured(counter, store, Asked(NAME, AREA)))

    assert "Control chart of Burglary dwelling, Merseyside" in chart.alt
    assert len(chart.table.rows) == 36


def test_what_there_is_not_is_refused(counter, store):
    with pytest.raises(NotKnown):
        measured(counter, store, Asked("no-such", AREA))
    with pytest.raises(NotEnoughData):
        measured(counter, store, Asked(NAME, AREA, to=date(2010, 1, 1)))
