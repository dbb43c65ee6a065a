"""Posts and who holds them."""

from __future__ import annotations

from datetime import date

import pytest

from regard.core.errors import AccessRefused, EntryRefused, NotKnown
from regard.register.access import EVERYTHING
from regard.register.entries import Speaker
from regard.register.posting import (
    appoint,
    appointments,
    end_appointment,
    enter_body,
    enter_post,
    holders,
    posts,
    posts_at,
)
from register.forces import World, speaker

KEEPER = speaker("avon", "register-keeper")
POST, ACCOUNT = "party:avon/gold", "party:avon/holder-9"


@pytest.fixture
def held(world: World) -> World:
    enter_post(world.register, POST, by=KEEPER, name="Gold", body="party:avon", roles=("spr-lead",))
    appoint(world.register, POST, ACCOUNT, by=KEEPER)
    return world


def who(world: World, on: date | None = None) -> tuple[str, ...]:
    return holders(world.register.view(EVERYTHING), POST, on or world.register.today())


def test_a_post_is_listed_with_who_holds_it(held):
    (found,) = [one for one in posts(held.register) if one.subject == POST]

    assert (found.name, found.body, found.roles) == ("Gold", "party:avon", ("spr-lead",))
    assert found.holders == (ACCOUNT,)


def test_who_is_released_holds_it_no_more_at_the_next_call(held):
    view = held.register.view(Speaker(ACCOUNT, POST))
    assert view.find(POST)

    end_appointment(held.register, POST, ACCOUNT, by=KEEPER)

    assert who(held) == ()
    with pytest.raises(AccessRefused):
        view.find(POST)


def test_an_appointment_runs_from_a_day_to_a_day(held):
    end_appointment(held.register, POST, ACCOUNT, by=KEEPER, last=date(2015, 3, 31))
    appoint(held.register, POST, ACCOUNT, by=KEEPER, start=date(2016, 1, 1), end=date(2016, 6, 30))

    on = {day: bool(who(held, day)) for day in (
        date(2015, 3, 31), date(2015, 4, 1), date(2016, 1, 1), date(2016, 7, 1)
    )}  # fmt: skip

    assert list(on.values()) == [True, False, True, False]


def test_roles_that_are_given_anew_are_all_that_the_post_has(held):
    enter_post(held.register, POST, by=KEEPER, name="Gold", body="party:avon", roles=("reader",))

    assert next(one.roles for one in posts(held.register) if one.subject == POST) == ("reader",)


def test_what_cannot_be_is_refused(held):
    register = held.register
    with pytest.raises(NotKnown, match="spr-leed"):
        enter_post(register, POST, by=KEEPER, name="x", body="party:avon", roles=("spr-leed",))
    with pytest.raises(NotKnown, match="avon/goald"):
        appoint(register, "party:avon/goald", ACCOUNT, by=KEEPER)
    with pytest.raises(EntryRefused, match="in that time already"):
        appoint(register, POST, ACCOUNT, by=KEEPER)
    with pytest.raises(EntryRefused, match="is no account"):
        appoint(register, POST, "party:avon", by=KEEPER)
    with pytest.raises(EntryRefused, match="does not hold"):
        end_appointment(register, POST, "party:avon/holder-8", by=KEEPER)
    with pytest.raises(EntryRefused, match="ends before it starts"):
        appoint(
            register, POST, "party:avon/holder-8", by=KEEPER,
            start=date(2016, 1, 1), end=date(2015, 1, 1),
        )  # fmt: skip
    with pytest.raises(AccessRefused):
        appoint(register, POST, "party:avon/holder-8", by=speaker("avon", "reader"))


def test_a_body_within_another_keeps_its_entries_with_the_one_at_the_top(held):
    entry = enter_body(
        held.register, "party:avon/board", by=KEEPER, name="Board", parent="party:avon"
    )

    assert (entry.value.form, entry.force) == ("body", "party:avon")
    with pytest.raises(EntryRefused, match="does not hold"):
        enter_body(held.register, "party:x", by=KEEPER, name="x", parent="party:nobody")


def test_every_appointment_to_a_post_is_known_the_last_that_began_first(held):
    end_appointment(held.register, POST, ACCOUNT, by=KEEPER, last=date(2015, 3, 31))
    appoint(held.register, POST, ACCOUNT, by=KEEPER, start=date(2016, 1, 1), end=date(2016, 6, 30))

    found = appointments(held.register.view(EVERYTHING), POST)

    assert [one.holder for one in found] == [ACCOUNT, ACCOUNT]
    assert [one.window.end for one in found] == [date(2016, 6, 30), date(2015, 3, 31)]
    assert {one.entry.subject for one in found} == {ACCOUNT}


def test_posts_are_listed_with_who_held_them_on_a_day(held):
    end_appointment(held.register, POST, ACCOUNT, by=KEEPER, last=date(2015, 3, 31))
    view = held.register.view(EVERYTHING)

    on = {
        day: [one.holders for one in posts_at(view, day) if one.subject == POST]
        for day in (date(2015, 3, 31), date(2015, 4, 1))
    }

    assert on == {date(2015, 3, 31): [(ACCOUNT,)], date(2015, 4, 1): [()]}
