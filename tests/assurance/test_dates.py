"""A due date moves by decision; the first date, the number of moves and each reason stay."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as for_any
from hypothesis import strategies as st

from assurance import given_targets as setting
from regard.assurance.dates import ask_to_extend, dates_of, extend
from regard.core.errors import AccessRefused, DefinitionRefused, EntryRefused
from regard.register.kinds import Stage, Window

FIRST = date(2014, 6, 30)


@pytest.fixture
def held(tmp_path, database_url):
    one = setting.given(tmp_path, database_url)
    one.on(date(2014, 1, 6))
    yield one
    one.register.close()


def entered(held, code="plan"):
    window = Window(start=date(2014, 1, 1), end=FIRST)
    return held.expect(code, mode="achieve", owner="party:lead", window=window)


def test_a_date_that_never_moved_says_nothing(held):
    action = entered(held)

    found = dates_of(held.view(), action)

    assert (found.first, found.now, found.moves) == (FIRST, FIRST, ())
    assert found.statements() == ()


def test_moves_are_counted_and_each_gives_its_reason(held):
    action = entered(held)
    extend(
        held.register,
        action,
        until=date(2014, 9, 30),
        reason="The trainer left.",
        by=held.who["spr"],
    )
    held.on(date(2014, 9, 1))
    extend(
        held.register,
        action,
        until=date(2014, 12, 31),
        reason="The room flooded.",
        by=held.who["spr"],
    )

    told = [str(one) for one in dates_of(held.view(), action).statements()]

    assert told == [
        "First due on 30 June 2014, moved 2 times; due now on 31 December 2014.",
        "Moved from 30 June 2014 to 30 September 2014 on 6 January 2014: The trainer left.",
        "Moved from 30 September 2014 to 31 December 2014 on 1 September 2014: The room flooded.",
    ]


def test_a_move_that_came_later_is_not_known_yet(held):
    action = entered(held)
    held.on(date(2014, 7, 1))
    extend(held.register, action, until=date(2014, 9, 30), reason="Late.", by=held.who["spr"])

    assert dates_of(held.view(), action, as_at=date(2014, 6, 1)).now == FIRST


def test_an_extension_that_was_asked_for_moves_nothing_until_it_is_taken(held):
    action = entered(held)
    asked = ask_to_extend(
        held.register, action, until=date(2014, 9, 30), reason="Late.", by=held.who["lead"]
    )
    before = dates_of(held.view(), action).now

    extend(
        held.register,
        action,
        until=date(2014, 9, 30),
        reason="Granted.",
        by=held.who["spr"],
        proposal=asked.subject,
    )

    assert (before, dates_of(held.view(), action).now) == (FIRST, date(2014, 9, 30))
    assert held.view().one(asked.subject).value.stage is Stage.TAKEN
    assert dates_of(held.view(), action).moves[0].reason == "Late."


def test_a_post_that_may_not_extend_leaves_nothing_behind(held):
    action = entered(held)
    size = held.register.head()

    with pytest.raises(AccessRefused):
        extend(held.register, action, until=date(2015, 1, 1), reason="Late.", by=held.who["lead"])

    assert held.register.head() == size


@pytest.mark.parametrize("until", [FIRST, date(2013, 1, 1)])
def test_a_day_that_moves_nothing_or_comes_before_the_start_is_refused(held, until):
    action = entered(held)
    size = held.register.head()

    with pytest.raises(DefinitionRefused):
        extend(held.register, action, until=until, reason="So.", by=held.who["spr"])

    assert held.register.head() == size


def test_a_new_version_cannot_move_a_date_by_itself(held):
    action = entered(held)

    with pytest.raises(EntryRefused, match="without a decision"):
        held.expect("plan", mode="achieve", owner="party:lead", window=Window(end=date(2015, 1, 1)))
    assert dates_of(held.view(), action).now == FIRST


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@for_any(st.lists(st.integers(1, 400), min_size=1, max_size=4, unique=True))
def test_however_often_a_date_moves_its_first_day_and_every_reason_stay(held, days):
    action = entered(held, f"action-{held.register.head().size}")
    for number in days:
        extend(
            held.register,
            action,
            until=FIRST + timedelta(days=number),
            reason=f"Reason {number}",
            by=held.who["spr"],
        )

    found = dates_of(held.view(), action)

    assert found.first == FIRST
    assert [one.reason for one in found.moves] == [f"Reason {number}" for number in days]
    assert found.now == FIRST + timedelta(days=days[-1])
