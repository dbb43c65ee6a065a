"""What stands out on a day: the last round that was closed, what is owed, and what moved."""

from __future__ import annotations

from datetime import date

import pytest
from django.test.utils import CaptureQueriesContext

from assurance.judged_rounds import GEAR, UNITS, say
from assurance.round_setting import CS, CYCLE, FORCE, NEXT, found, key
from regard.assurance.changes import Move
from regard.assurance.rounds import close
from regard.assurance.running import running_list
from regard.assurance.standing_out import at_once, news, rounds_of, usual_since, worries
from regard.assurance.vulnerabilities import Action, Raised, answer, raise_concern
from regard.register.kinds import Absent, Concern, Duty, Line

FIRST_DAY, SECOND_DAY = date(2015, 1, 5), date(2015, 4, 1)


@pytest.fixture
def setting(tmp_path, database_url):
    one = found(tmp_path, database_url)
    one.publish()
    yield one
    one.register.close()


def later(setting):
    """From here on it is the second day."""
    held = setting.clock.now
    setting.clock.now = held.replace(month=SECOND_DAY.month, day=SECOND_DAY.day)


def held(setting, levels, *, cycle=CYCLE, **given):
    """A round in which the lead spoke of every cell, with a level only where one is given."""
    duty = Duty(line=Line.DOING, post="party:lead", about="expectation:try-1/order")
    setting.open(cycle, duties=(duty,), **given)
    for code in (UNITS, GEAR):
        for aspect in CS:
            level = levels.get((code, aspect))
            absent = None if level else Absent.NOT_ASSESSED
            say(setting, key(code, aspect), level, absent=absent, cycle=cycle)
    close(setting.register, cycle, by=setting.who["spr"])


@pytest.fixture
def two_rounds(setting):
    held(setting, {(UNITS, "capacity"): "met", (GEAR, "capacity"): "partly-met"})
    later(setting)
    levels = {(UNITS, "capacity"): "not-met", (GEAR, "capability"): "met"}
    held(setting, levels, cycle=NEXT, follows=CYCLE)
    return setting


def test_before_a_round_is_closed_there_is_no_position(setting):
    setting.open(duties=())
    view = at_once(setting.view())

    seen = worries(view, as_at=FIRST_DAY, scope=FORCE)

    assert (seen.composite, seen.worst) == (None, ())
    assert usual_since(view) is None
    assert [one.subject for one in rounds_of(view).open] == [CYCLE]


def test_the_worst_are_named_and_the_last_closed_round_is_shown(two_rounds):
    seen = worries(at_once(two_rounds.view()), as_at=SECOND_DAY, scope=FORCE)

    assert seen.cells is not None
    assert seen.cells.cycle.subject == NEXT
    assert [(one.cell.key, one.level.code) for one in seen.worst] == [(key(UNITS), "not-met")]


def test_a_round_whose_worst_is_its_best_names_nobody(setting):
    held(setting, {(UNITS, "capacity"): "met-and-sustained"})

    assert worries(at_once(setting.view()), as_at=FIRST_DAY).worst == ()


def test_an_earlier_day_shows_the_round_of_then(two_rounds):
    then = two_rounds.view(known_at=two_rounds.view().one(CYCLE).recorded, true_on=FIRST_DAY)

    seen = worries(at_once(then), as_at=FIRST_DAY, scope=FORCE)

    assert seen.cells is not None
    assert seen.cells.cycle.subject == CYCLE


def test_what_moved_is_told_the_worse_first_with_every_position_counted(two_rounds):
    view = at_once(two_rounds.view())
    since = usual_since(view)
    now = worries(view, as_at=SECOND_DAY).cells

    told = news(view, since=since, now=now)

    assert since == FIRST_DAY
    assert told.counts == ((Move.WORSE, 1), (Move.NEWLY, 1), (Move.LOST, 1))
    assert told.moves[0].now.key == key(UNITS)


def test_since_the_last_round_nothing_moved(two_rounds):
    view = at_once(two_rounds.view(), since=SECOND_DAY)
    now = worries(view, as_at=SECOND_DAY).cells

    told = news(view, since=SECOND_DAY, now=now)

    assert told.before is told.now
    assert told.moves == ()


def test_before_every_round_there_is_nothing_to_set_beside(two_rounds):
    view = at_once(two_rounds.view())
    now = worries(view, as_at=SECOND_DAY).cells

    told = news(view, since=date(2010, 1, 1), now=now)

    assert (told.before, told.moves) == (None, ())


def test_what_was_entered_on_the_day_itself_is_no_news(setting):
    first = Raised("kit", "The shields are old", FORCE, "party:lead")
    raise_concern(setting.register, first, by=setting.who["spr"])
    later(setting)
    second = Raised("vans", "Too few vans", FORCE, "party:lead")
    entry = raise_concern(setting.register, second, by=setting.who["spr"])

    told = news(at_once(setting.view()), since=FIRST_DAY, now=None)

    assert [one.seq for one in told.of_kind(Concern)] == [entry.seq]


def test_open_concerns_without_an_action_come_first(setting):
    from_lead = setting.who["lead"]
    kit = Raised("kit", "The shields are old", FORCE, "party:lead")
    answered = raise_concern(setting.register, kit, by=from_lead)
    vans = Raised("vans", "Too few vans", FORCE, "party:lead")
    bare = raise_concern(setting.register, vans, by=from_lead)
    running(setting)
    action = Action("edition:actions", "buy", "Buy shields.", "party:lead", date(2015, 2, 1))
    answer(setting.register, answered.subject, action, by=from_lead)

    seen = worries(at_once(setting.view()), as_at=SECOND_DAY)

    assert [one.entry.seq for one in seen.open] == [bare.seq, answered.seq]
    assert (seen.without_action, seen.raised) == (1, 2)
    assert [one.entry.value.text for one in seen.late] == ["Buy shields."]
    assert (seen.dated, seen.promised) == (1, 0)


def running(setting):
    """A running list of actions."""
    running_list(
        setting.register, "actions", title="Actions", issuer="The force", form="board actions",
        by=setting.keeper,
    )  # fmt: skip


def test_all_of_it_is_read_by_a_handful_of_questions(two_rounds):
    with CaptureQueriesContext(two_rounds.register.connection) as few:
        view = at_once(two_rounds.view("spr"))
        seen = worries(view, as_at=SECOND_DAY, scope=FORCE)
        news(view, since=FIRST_DAY, now=seen.cells, scope=FORCE)
    for number in range(20):
        raised = Raised(f"gap-{number}", "A gap", FORCE, "party:lead")
        raise_concern(two_rounds.register, raised, by=two_rounds.who["spr"])
    with CaptureQueriesContext(two_rounds.register.connection) as many:
        view = at_once(two_rounds.view("spr"))
        seen = worries(view, as_at=SECOND_DAY, scope=FORCE)
        news(view, since=FIRST_DAY, now=seen.cells, scope=FORCE)

    assert len(few) == len(many)
