"""What each register holds on a day, and how much of it needs attention."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from assurance import given_targets as setting
from assurance.given_targets import FORCE, LEVEL_2, LIST, PSUS, REGION, level_2_target
from regard.assurance.closing import close
from regard.assurance.gaps import Apart, Gap, each_against
from regard.assurance.meetings import enter_meeting, meetings
from regard.assurance.proposals import propose
from regard.assurance.registers import (
    SOON,
    Count,
    When,
    aims,
    counts,
    dated,
    received,
    said_about,
    when,
)
from regard.assurance.vulnerabilities import Action, Raised, Stands, answer, raise_concern
from regard.assurance.vulnerabilities import vulnerability as vulnerability_of
from regard.core.errors import EntryRefused
from regard.register.kinds import Act, Amount, Window
from regard.register.kinds.facts import TaskingFacet
from regard.register.kinds.frame import Item

NOW = date(2022, 1, 6)


@pytest.fixture
def held(tmp_path, database_url):
    one = setting.given(tmp_path, database_url)
    one.on(NOW)
    yield one
    one.register.close()


def raised(held, code="kit", form="vulnerability"):
    words = Raised(code, "The shields are old", FORCE, "party:lead", form=form)
    return raise_concern(held.register, words, by=held.who["lead"]).subject


def acted(held, concern, days):
    action = Action(LIST, f"act{days}", "Buy shields.", "party:lead", NOW + timedelta(days=days))
    return answer(held.register, concern, action, by=held.who["lead"]).subject


def test_an_empty_register_counts_nothing(held):
    assert set(counts(held.view(), as_at=NOW).values()) == {Count(0, 0, 0)}


def test_a_concern_needs_attention_until_something_is_done_in_time(held):
    kit, other = raised(held), raised(held, "other")
    assert counts(held.view(), as_at=NOW)["concerns"] == Count(2, 2, 2)

    acted(held, kit, 10)
    close(held.register, other, reason="Bought.", by=held.who["spr"])

    assert counts(held.view(), as_at=NOW)["concerns"] == Count(1, 0, 2)
    assert counts(held.view(), as_at=NOW + timedelta(days=11))["concerns"] == Count(1, 1, 2)
    assert vulnerability_of(held.view(), other, as_at=NOW).stands is Stands.CLOSED


def test_lessons_are_counted_apart(held):
    raised(held, "lesson", "lesson")

    found = counts(held.view(), as_at=NOW)

    assert (found["lessons"].all, found["concerns"].all) == (1, 0)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(-1, When.OVERDUE), (0, When.SOON), (SOON, When.SOON), (SOON + 1, When.LATER)],
)
def test_a_day_is_overdue_soon_or_later(held, days, expected):
    acted(held, raised(held), days)

    (found,) = dated(held.view(), as_at=NOW)

    assert when(found) is expected


def test_what_was_kept_up_until_a_day_that_passed_has_ended(held):
    held.expect("grant", mode="maintain", window=Window(end=NOW - timedelta(days=1)))

    (found,) = dated(held.view(), as_at=NOW)

    assert when(found) is When.ENDED


def test_a_target_is_missed_met_or_unknown(held):
    level_2_target(held)
    (aim,) = aims(held.view(), as_at=NOW)
    assert (aim.is_missed, aim.is_unknown) == (False, True)

    held.observe(LEVEL_2, 1193, "officers")
    (aim,) = aims(held.view(), as_at=NOW)
    assert (aim.is_missed, aim.is_unknown) == (True, False)
    assert counts(held.view(), as_at=NOW)["targets"] == Count(1, 1, 1)

    held.observe(LEVEL_2, 1400, "officers", on=NOW)
    (aim,) = aims(held.view(), as_at=NOW)
    assert not aim.is_missed


def test_every_observation_is_set_against_the_target_or_told_apart(held):
    subject = held.expect("psus", measure=PSUS, target=Amount(value=21, unit="PSUs"))
    held.observe(PSUS, 21, "PSUs")
    held.observe(PSUS, 33, "PSUs", scope=REGION)

    own, region = each_against(held.view(), subject, as_at=NOW)

    assert isinstance(own, Gap)
    assert isinstance(region, Apart)
    assert [one.name for one in region.differs] == ["scope"]


def test_a_tasking_is_received_with_where_it_stands(held):
    held.expect("tasking", facet=TaskingFacet(asked="Help with vetting"))

    (found,) = received(held.view(), TaskingFacet, as_at=NOW)

    assert found.state == "issued"
    assert counts(held.view(), as_at=NOW)["taskings"] == Count(1, 1, 1)


def test_a_meeting_shows_what_was_put_to_it_and_is_still_open(held):
    paper = held.paper("spr", NOW, to=FORCE)
    line = Item(number="7a", title="The requirement", document=paper)
    entered = enter_meeting(
        held.register, FORCE, NOW, title="Board", items=[line], by=held.who["office"], after=0
    )
    propose(
        held.register, Act.NOTE, text="Note it", reason="Printed.", decided_by="party:board",
        by=held.who["spr"], meeting=entered.subject,
    )  # fmt: skip

    (found,) = meetings(held.view(), as_at=NOW)

    assert [one.subject for one in found.papers] == [paper]
    assert len(found.waiting) == 1
    assert counts(held.view(), as_at=NOW)["meetings"] == Count(1, 1, 1)


def test_two_lines_of_an_agenda_have_two_numbers(held):
    lines = [Item(number="1", title="One"), Item(number="1", title="Another")]

    with pytest.raises(EntryRefused, match="the number 1"):
        enter_meeting(held.register, FORCE, NOW, title="Board", items=lines, by=held.who["office"])


def test_a_meeting_that_is_there_is_not_entered_anew(held):
    shared = {"title": "Board", "items": [], "by": held.who["office"], "after": 0}
    enter_meeting(held.register, FORCE, NOW, **shared)

    with pytest.raises(EntryRefused, match="was changed by"):
        enter_meeting(held.register, FORCE, NOW, **shared)


def test_everything_said_of_it_comes_in_the_order_of_the_journal(held):
    kit = raised(held)
    held.rate(kit, "high")
    close(held.register, kit, reason="Bought.", by=held.who["spr"])

    found = said_about(held.view(), kit, as_at=NOW)

    assert [one.kind for one in found] == ["concern", "judgement", "judgement"]
    assert [one.seq for one in found] == sorted(one.seq for one in found)
