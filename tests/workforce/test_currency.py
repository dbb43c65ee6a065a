"""Training that lapses: who lapses when, the first month below target, and what holds it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused
from regard.core.figures import Figure
from regard.core.periods import Month
from regard.workforce.currency import Holders, Refreshing, forecast, places_to_hold

MAY = Month(2026, 5)
# Months ahead by the number of the people whose last month in date it is.
EXPIRING = {1: 30, 2: 50, 3: 20, 6: 40, 12: 60}
LEVEL_2 = Holders(
    "Essex", "public order level 2", MAY, {MAY + step: many for step, many in EXPIRING.items()}
)


def target(people: float) -> Figure:
    return Figure(people, "people", "target", "Essex", "target", "set", date(2026, 5, 31))


def test_without_refreshing_they_lapse_as_they_expire():
    found = forecast(LEVEL_2, Refreshing(0), months=6)

    assert found.in_date.tolist() == [200, 170, 120, 100, 100, 100]
    assert found.lapses == {MAY + 1: 30, MAY + 2: 50, MAY + 3: 20, MAY + 6: 40}
    assert found.lapsed.tolist() == [30, 80, 100, 100, 100, 140]


def test_the_first_month_below_target_is_found_and_said():
    found = forecast(LEVEL_2, Refreshing(0), months=6)

    assert found.first_below(150) == MAY + 3
    assert found.first_below(90) is None
    assert str(found.statement(target(150))) == (
        "200 people in date for public order level 2 in June 2026. August 2026 is the first month "
        "below 150 people: 120 are in date, and 80 have lapsed since."
    )
    assert str(found.statement(target(90))) == (
        "200 people in date for public order level 2 in June 2026; at least 90 are through "
        "November 2026."
    )


def test_places_go_to_those_who_lapse_soonest():
    found = forecast(LEVEL_2, Refreshing(25, window=1, lapsed=False), months=3)

    # June: 25 of the 30; July: 25 of the 50; August: the 20, and nobody of November yet.
    assert found.lapses == {MAY + 1: 5, MAY + 2: 25}
    assert found.refreshed.tolist() == [25, 25, 20]
    assert found.in_date.tolist() == [200, 195, 170]


def test_who_was_refreshed_comes_due_again_when_the_training_has_held():
    holders = replace(LEVEL_2, expiring={MAY + 1: 10})

    found = forecast(holders, Refreshing((10.0, *[0.0] * 14), holds=12), months=15)

    assert found.in_date.tolist() == [10] * 13 + [0, 0]
    assert found.lapses == {MAY + 13: 10}


def test_places_left_over_bring_back_those_who_lapsed():
    holders = replace(LEVEL_2, expiring={MAY: 8, MAY + 6: 10})

    found = forecast(holders, Refreshing(3, window=0), months=4)

    assert holders.in_date.known == 10
    assert found.in_date.tolist() == [13, 16, 18, 18]
    assert found.lapsed.tolist() == [5, 2, 0, 0]
    assert forecast(holders, Refreshing(3, window=0, lapsed=False), months=4).lapsed[3] == 8


def test_new_people_and_leavers_are_counted():
    found = forecast(LEVEL_2, Refreshing(0, joiners=6, leaving=0.01), months=2)

    assert found.in_date[0] == pytest.approx(200 * 0.99 + 6)
    assert found.left[0] == pytest.approx(2)


def test_training_that_does_not_lapse_stays_in_date():
    holders = replace(LEVEL_2, expiring={}, lasting=12)

    assert forecast(holders, Refreshing(0), months=30).in_date.tolist() == [12] * 30


def test_the_least_places_that_hold_a_target():
    found = places_to_hold(LEVEL_2, Refreshing(0), target=target(180), months=12, on_a_course=12)

    assert found.places.known == 30
    assert found.courses.known == 3
    assert found.currency.first_below(180) is None
    fewer = forecast(LEVEL_2, Refreshing(29), months=12)
    assert fewer.first_below(180) is not None
    assert str(found.statement) == (
        "To keep 180 people in date for public order level 2 through May 2027 takes 30 places a "
        "month: 3 courses a month of 12 places."
    )


def test_more_than_there_are_is_held_by_no_number_of_places():
    found = places_to_hold(LEVEL_2, Refreshing(0), target=target(201), months=3, on_a_course=12)

    assert found.places.value is None
    assert str(found.statement) == (
        "No number of places keeps 201 people in date for public order level 2: with a place for "
        "everybody, June 2026 is the first month below that."
    )


@pytest.mark.parametrize(
    "ask, said",
    [
        (lambda: forecast(LEVEL_2, Refreshing(0), months=0), "0 months ahead"),
        (lambda: forecast(LEVEL_2, Refreshing((1.0, 2.0)), months=3), "capacity of 2 months"),
        (lambda: forecast(LEVEL_2, Refreshing(-1), months=3), "capacity of -1 a month"),
        (lambda: Refreshing(1, holds=0), "training that holds 0 months"),
        (lambda: replace(LEVEL_2, lasting=-1), "-1 people trained"),
        (
            lambda: places_to_hold(
                LEVEL_2, Refreshing(0), target=target(1), months=1, on_a_course=0
            ),
            "courses of 0 places",
        ),
    ],
)
def test_training_that_cannot_be_is_refused(ask, said):
    with pytest.raises(DefinitionRefused, match=said):
        ask()


HELD = st.dictionaries(st.integers(-3, 24), st.integers(0, 90), max_size=12).map(
    lambda held: replace(LEVEL_2, expiring={MAY + step: many for step, many in held.items()})
)
WAYS = st.builds(
    Refreshing,
    capacity=st.integers(0, 60).map(float),
    holds=st.integers(1, 14),
    window=st.integers(0, 6),
    joiners=st.integers(0, 20).map(float),
    leaving=st.floats(0, 0.1),
    lapsed=st.booleans(),
)


@given(HELD, WAYS)
def test_trained_people_are_conserved(holders, refreshing):
    found = forecast(holders, refreshing, months=18)

    start = sum(holders.expiring.values())
    end = found.in_date[-1] - found.lapsing[-1] + found.lapsed[-1]
    assert start + found.joined.sum() - found.left.sum() == pytest.approx(end, abs=1e-6)
    assert (found.refreshed <= refreshing.capacity + 1e-9).all()


@given(HELD, WAYS)
def test_no_fewer_places_hold_a_target_than_the_least(holders, refreshing):
    held = places_to_hold(holders, refreshing, target=target(60), months=6, on_a_course=10)

    wanted = 90 if held.places.value is None else int(held.places.known)
    for fewer in range(0, wanted, 7):
        short = forecast(holders, replace(refreshing, capacity=float(fewer)), months=6)
        assert short.first_below(60) is not None


@given(HELD, WAYS, st.integers(1, 40))
def test_without_a_window_more_places_never_leave_fewer_in_date(holders, refreshing, more):
    last_month = replace(refreshing, window=0)
    wider = replace(last_month, capacity=last_month.capacity + more)

    few = forecast(holders, last_month, months=12).in_date
    many = forecast(holders, wider, months=12).in_date

    assert (many >= few - 1e-6).all()
