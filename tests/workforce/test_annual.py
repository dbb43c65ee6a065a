"""The annual closed form against its vectors and against itself step by step."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused
from regard.core.figures import Figure
from regard.workforce.annual import Annual, joiners_to_hold, outlook, wastage

SHARES = st.floats(0.0, 0.4)
PEOPLE = st.floats(1, 10_000)


def figure(value: float, unit: str = "officers") -> Figure:
    return Figure(value, unit, "strength", "Essex", "actual", "counted", date(2026, 3, 31))


def course(joiners: float, delay: float = 1.25) -> Annual:
    return Annual(2300, joiners, 0.065, delay)


def test_the_rate_is_that_of_the_share():
    assert wastage(0.065) == pytest.approx(0.067209, abs=5e-7)


@pytest.mark.parametrize("joiners, limit", [(160, 2380.64), (180, 2678.22)])
def test_the_long_run_is_joiners_over_wastage(joiners, limit):
    assert course(joiners).limit == pytest.approx(limit, abs=5e-3)


@pytest.mark.parametrize(
    "joiners, delay, years",
    [(180, 1.25, 18.3792), (180, 0, 11.1957), (200, 1.25, 10.0769), (200, 0, 5.2210)],
)
def test_years_to_establishment(joiners, delay, years):
    found = course(joiners, delay)

    assert found.years_to(2500) == pytest.approx(years, abs=5e-5)
    assert found.at(found.years_to(2500)) == pytest.approx(2500, abs=1e-8)


def test_a_long_run_below_the_establishment_never_reaches_it():
    assert course(160).years_to(2500) == math.inf


@pytest.mark.parametrize(
    "asked, joiners",
    [
        ({}, 168.022),
        ({"once_a_year": True}, 162.5),
        ({"once_a_year": True, "lost": 0.18}, 198.171),
    ],
)
def test_joiners_that_hold_an_establishment(asked, joiners):
    assert joiners_to_hold(2500, 0.065, **asked) == pytest.approx(joiners, abs=5e-4)


def test_holding_an_establishment_holds_it():
    held = Annual(2500, joiners_to_hold(2500, 0.065), 0.065)

    assert held.at([0, 1, 10, 100]) == pytest.approx([2500] * 4, abs=1e-8)


def test_the_common_rule_forgets_the_leavers_of_those_who_join():
    forgetful = (2500 - 2300) / (180 - 0.065 * 2300)

    assert course(180, 0).years_to(2500) > 1.5 * forgetful


def test_the_strength_falls_until_the_first_joiner_counts():
    assert course(180).at([1.25]) == pytest.approx(2300 * 0.935**1.25)


def test_where_nobody_leaves_it_grows_in_a_straight_line():
    growing = Annual(100, 10, 0, 2)

    assert growing.at([1, 3]) == pytest.approx([100, 110])
    assert growing.years_to(150) == pytest.approx(7)
    assert growing.limit == math.inf
    assert Annual(100, 0, 0).limit == 100


def test_who_is_there_already_waits_for_nothing():
    assert course(180).years_to(2000) == 0


@pytest.mark.parametrize(
    "ask",
    [
        lambda: wastage(1),
        lambda: wastage(-0.1),
        lambda: Annual(-1, 10, 0.1),
        lambda: Annual(1, math.inf, 0.1),
        lambda: joiners_to_hold(100, 0.1, lost=1),
    ],
)
def test_a_rate_that_cannot_be_is_refused(ask):
    with pytest.raises(DefinitionRefused, match="from 0"):
        ask()


@pytest.mark.parametrize(
    "joiners, leaving, said",
    [
        (
            160,
            0.065,
            "With 160 officers joining a year and 6.5% leaving, 2,300 officers tend to 2,381 and "
            "never reach the establishment of 2,500 posts.",
        ),
        (
            180,
            0.065,
            "With 180 officers joining a year and 6.5% leaving, 2,300 officers tend to 2,678 and "
            "reach the establishment of 2,500 posts in 18.4 years.",
        ),
        (
            50,
            0,
            "With 50 officers joining a year and 0.0% leaving, 2,300 officers grow without limit "
            "and reach the establishment of 2,500 posts in 5.3 years.",
        ),
    ],
)
def test_the_outlook_is_a_sentence_with_what_was_assumed(joiners, leaving, said):
    rates = {"joiners": joiners, "leaving": leaving, "delay": 1.25}

    found = outlook(figure(2300), figure(2500, "posts"), **rates)

    assert str(found.statement) == said


def test_an_outlook_on_posts_that_are_full_says_so():
    found = outlook(figure(2600), figure(2500, "posts"), joiners=1, leaving=0)

    assert str(found.statement).endswith(
        "2,600 officers already fill the establishment of 2,500 posts."
    )


@given(PEOPLE, PEOPLE, st.floats(0.01, 0.4))
def test_the_closed_form_keeps_its_balance(strength, joiners, leaving):
    """What joins less what leaves is the change, over any short time."""
    found = Annual(strength, joiners, leaving)
    years = np.linspace(0, 5, 2001)

    held = found.at(years)

    joined = joiners * 5
    left = np.trapezoid(held, years) * wastage(leaving)
    assert strength + joined - left == pytest.approx(held[-1], rel=1e-5)


@given(PEOPLE, PEOPLE, SHARES, st.floats(1, 500))
def test_more_joiners_are_never_later_and_more_leavers_never_sooner(
    strength, joiners, leaving, more
):
    goal = strength * 1.1
    as_is = Annual(strength, joiners, leaving, 1).years_to(goal)

    assert Annual(strength, joiners + more, leaving, 1).years_to(goal) <= as_is * (1 + 1e-9)
    assert Annual(strength, joiners, leaving + 0.05, 1).years_to(goal) >= as_is * (1 - 1e-9)
