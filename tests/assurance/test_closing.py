"""The owner claims, a higher line verifies and closes, and what comes back is counted."""

from __future__ import annotations

from datetime import date

import pytest

from assurance import given_targets as setting
from assurance.given_targets import LIST
from regard.assurance.closing import (
    Happened,
    claim,
    close,
    closing_of,
    deny,
    reopen,
    verify,
)
from regard.assurance.proposals import resolve, unresolved, waiting_for
from regard.core.errors import AccessRefused, EntryRefused
from regard.register.kinds import Act, Decision, Line, Stage, made


@pytest.fixture
def held(tmp_path, database_url):
    one = setting.given(tmp_path, database_url)
    one.on(date(2014, 1, 6))
    yield one
    one.register.close()


@pytest.fixture
def action(held):
    return held.expect("plan", text="Write the plan.", mode="achieve", owner="party:lead")


def happened(held, subject, **asked):
    return [one.what for one in closing_of(held.view(), subject, **asked).events]


def test_a_claim_closes_nothing(held, action):
    claim(held.register, action, reason="It is written.", by=held.who["lead"])

    found = closing_of(held.view(), action)

    assert found.last.what is Happened.CLAIMED
    assert not found.is_closed


def test_a_claim_waits_for_others_and_not_for_its_owner(held, action):
    claim(held.register, action, reason="Done.", by=held.who["lead"], decided_by="party:spr")
    view, day = held.view(), date(2014, 2, 1)

    assert len(unresolved(view, as_at=day, act=Act.CLOSE)) == 1
    assert unresolved(view, as_at=day, act=Act.EXTEND) == ()
    assert len(waiting_for(view, "party:spr", as_at=day)) == 1
    assert waiting_for(view, "party:lead", as_at=day) == ()


def test_only_the_owner_claims(held, action):
    with pytest.raises(EntryRefused, match="party:spr does not own"):
        claim(held.register, action, reason="It is written.", by=held.who["spr"])


def test_a_higher_line_verifies_and_another_closes(held, action):
    claim(held.register, action, reason="It is written.", by=held.who["lead"])
    verify(held.register, action, reason="Read.", by=held.who["auditor"], line=Line.INDEPENDENT)
    close(held.register, action, reason="Agreed.", by=held.who["spr"])

    assert happened(held, action) == [Happened.CLAIMED, Happened.VERIFIED, Happened.CLOSED]


def test_closing_takes_the_claim_where_the_post_may(held, action):
    asked = claim(held.register, action, reason="It is written.", by=held.who["lead"])

    close(held.register, action, reason="Agreed.", by=held.who["spr"])

    assert held.view().one(asked.subject).value.stage is Stage.TAKEN


def test_closing_leaves_the_claim_to_those_who_may_take_it(held, action):
    asked = claim(held.register, action, reason="It is written.", by=held.who["lead"])

    close(held.register, action, reason="Seen.", by=held.who["auditor"], line=Line.INDEPENDENT)

    assert held.view().one(asked.subject).value.stage is Stage.PROPOSED
    assert closing_of(held.view(), action).is_closed


@pytest.mark.parametrize("say", [verify, close, deny])
def test_nothing_is_verified_or_closed_at_the_line_of_its_owner(held, action, say):
    size = held.register.head()

    with pytest.raises((EntryRefused, AccessRefused)):
        say(held.register, action, reason="Done.", by=held.who["lead"], line=Line.DOING)

    assert held.register.head() == size


def test_a_post_does_not_close_what_it_owns(held):
    own = held.expect("own", mode="achieve", owner="party:spr")

    with pytest.raises(EntryRefused, match="owns or owned"):
        close(held.register, own, reason="Done.", by=held.who["spr"])


def test_a_regression_opens_it_again_and_is_counted(held, action):
    close(held.register, action, reason="Agreed.", by=held.who["spr"])
    reopen(held.register, action, reason="It came back.", by=held.who["spr"])
    close(held.register, action, reason="Agreed again.", by=held.who["spr"])
    reopen(held.register, action, reason="And again.", by=held.who["spr"])

    found = closing_of(held.view(), action)

    assert len(found.regressions) == 2
    assert not found.is_closed
    assert found.first_closed.reason == "Agreed."


def test_what_is_closed_is_not_closed_again_nor_claimed(held, action):
    close(held.register, action, reason="Agreed.", by=held.who["spr"])

    with pytest.raises(EntryRefused, match="is closed and cannot be said"):
        close(held.register, action, reason="Agreed.", by=held.who["spr"])
    with pytest.raises(EntryRefused, match="is closed"):
        claim(held.register, action, reason="Done.", by=held.who["lead"])


def test_what_is_open_is_not_opened_again(held, action):
    with pytest.raises(EntryRefused, match="is open and cannot be said to be reopened"):
        reopen(held.register, action, reason="It came back.", by=held.who["spr"])


def test_a_claim_that_was_withdrawn_is_none(held, action):
    asked = claim(held.register, action, reason="It is written.", by=held.who["lead"])

    resolve(held.register, asked.subject, Stage.WITHDRAWN, by=held.who["spr"])

    assert happened(held, action) == []


def test_what_was_declined_and_then_accepted_is_accepted(held, action):
    for number, act in enumerate((Act.DECLINE, Act.ACCEPT)):
        value = made(
            Decision,
            by="party:chief",
            act=act,
            about=action,
            text="So.",
            reason="As the test has it.",
            stage=Stage.TAKEN,
        )
        held.register.enter(value, subject=f"decision:{number}", by=held.who["chief"])

    assert closing_of(held.view(), action).last.what is Happened.ACCEPTED


def test_accepting_what_was_claimed_takes_nothing_back(held, action):
    claim(held.register, action, reason="It is written.", by=held.who["lead"])
    value = made(
        Decision,
        by="party:chief",
        act=Act.ACCEPT,
        about=action,
        text="So.",
        reason="As the test has it.",
        stage=Stage.TAKEN,
    )
    held.register.enter(value, subject="decision:late", by=held.who["chief"])

    assert closing_of(held.view(), action).last.what is Happened.CLAIMED


def test_what_came_later_or_of_another_body_is_left_out(held, action):
    held.on(date(2014, 3, 1))
    close(held.register, action, reason="Agreed.", by=held.who["spr"])

    assert happened(held, action, as_at=date(2014, 2, 1)) == []
    assert happened(held, action, scope=setting.REGION) == []
    assert happened(held, action, scope=setting.FORCE) == [Happened.CLOSED]


def test_something_that_was_not_done_is_said_by_a_higher_line(held, action):
    deny(held.register, action, reason="No plan was found.", by=held.who["spr"])

    assert happened(held, action) == [Happened.NOT_DONE]
    assert held.view().one(action).value.edition == LIST
