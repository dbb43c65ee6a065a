"""Where an expectation stands is worked out of what was entered, as at a day."""

from __future__ import annotations

from datetime import date

import pytest

from assurance import given_targets as setting
from assurance.given_targets import FORCE, PSUS
from regard.assurance.closing import claim, close, deny, reopen, verify
from regard.assurance.dates import extend
from regard.assurance.due import State, due, mine, overdue
from regard.assurance.proposals import propose
from regard.assurance.vulnerabilities import Raised, raise_concern
from regard.register.kinds import Act, Amount, Decision, Line, Stage, Window, changed, made

ENTERED, DUE = date(2014, 1, 6), date(2014, 6, 30)
BEFORE, AFTER = date(2014, 3, 1), date(2014, 7, 10)


@pytest.fixture
def held(tmp_path, database_url):
    one = setting.given(tmp_path, database_url)
    one.on(ENTERED)
    yield one
    one.register.close()


def entered(held, code="plan", **fields):
    fields = {"text": "Write the plan.", "mode": "achieve", "owner": "party:lead", **fields}
    return held.expect(code, window=Window(end=DUE), **fields)


def decided(held, about, act):
    value = made(
        Decision,
        by="party:chief",
        act=act,
        about=about,
        text="So.",
        reason="There is no money",
        stage=Stage.TAKEN,
    )
    held.register.enter(value, subject=f"decision:{act.value}", by=held.who["chief"])


def told(held, subject, as_at=BEFORE):
    return str(due(held.view(), subject, as_at=as_at).statement())


def test_what_nobody_owns_is_issued(held):
    subject = entered(held, owner=None)

    assert due(held.view(), subject, as_at=BEFORE).state is State.ISSUED
    assert told(held, subject) == (
        "Write the plan: issued on 6 January 2014; no post answers for it yet. It is due on "
        "30 June 2014."
    )


def test_what_a_post_owns_is_allocated_since_it_did(held):
    subject = entered(held, owner=None)
    held.on(date(2014, 2, 1))
    value = changed(held.view().one(subject).value, owner="party:lead")
    held.register.enter(value, subject=subject, by=held.who["spr"])

    assert told(held, subject).startswith(
        "Write the plan: the business lead answers for it since 1 February 2014."
    )


def test_what_was_accepted_says_when(held):
    subject = entered(held)
    decided(held, subject, Act.ACCEPT)

    assert told(held, subject).startswith("Write the plan: accepted on 6 January 2014.")


def test_what_was_declined_is_not_overdue_and_gives_the_reason(held):
    subject = entered(held)
    decided(held, subject, Act.DECLINE)

    assert told(held, subject, AFTER) == (
        "Write the plan: declined on 6 January 2014: There is no money."
    )


def test_what_its_owner_claims_is_not_verified_and_may_be_overdue(held):
    subject = entered(held)
    claim(held.register, subject, reason="It is written.", by=held.who["lead"])

    assert told(held, subject, AFTER) == (
        "Write the plan: the business lead said on 6 January 2014 that it is done; nobody has "
        "verified it. It was due on 30 June 2014 and is 10 days overdue."
    )


def test_what_was_verified_says_how_long_that_took(held):
    subject = entered(held)
    claim(held.register, subject, reason="It is written.", by=held.who["lead"])
    held.on(date(2014, 1, 20))
    verify(held.register, subject, reason="Read.", by=held.who["spr"])

    found = due(held.view(), subject, as_at=AFTER)

    assert (found.state, found.days_to_verify, found.overdue) == (State.VERIFIED, 14, False)
    assert str(found.statement()) == (
        "Write the plan: verified on 20 January 2014 by the spr lead, 14 days after it was said "
        "to be done."
    )


def test_what_was_found_not_done_is_overdue_all_the_same(held):
    subject = entered(held)
    deny(held.register, subject, reason="No plan was found", by=held.who["spr"])

    found = due(held.view(), subject, as_at=AFTER)

    assert (found.state, found.overdue) == (State.DENIED, True)
    assert "found on 6 January 2014 not to be done: No plan was found." in str(found.statement())


def test_what_was_closed_is_ended(held):
    subject = entered(held)
    close(held.register, subject, reason="Agreed.", by=held.who["spr"])

    assert told(held, subject, AFTER) == (
        "Write the plan: closed on 6 January 2014 by the spr lead."
    )


def test_what_came_back_says_that_the_fix_did_not_stick(held):
    subject = entered(held)
    close(held.register, subject, reason="Agreed.", by=held.who["spr"])
    reopen(held.register, subject, reason="It came back", by=held.who["spr"])

    found = due(held.view(), subject, as_at=BEFORE)

    assert found.state is State.REOPENED
    assert str(found.statements()[-1]) == (
        "Write the plan: the fix did not stick: closed on 6 January 2014 and opened again 1 time."
    )


def test_a_date_that_moved_is_shown_with_where_it_stands(held):
    subject = entered(held)
    extend(held.register, subject, until=date(2014, 9, 30), reason="Late.", by=held.who["spr"])

    found = due(held.view(), subject, as_at=AFTER)

    assert not found.overdue
    assert "moved 1 time" in str(found.statement())
    assert str(found.statements()[1]).endswith("on 6 January 2014: Late.")


def test_a_window_that_closed_without_an_outturn_is_said(held):
    subject = entered(
        held, "psus", measure=PSUS, target=Amount(value=21, unit="PSUs"), mode="maintain"
    )
    held.observe(PSUS, 20, "PSUs", on=date(2014, 6, 1))

    found = due(held.view(), subject, as_at=AFTER)

    assert found.state is State.NO_OUTTURN
    assert str(found.statement()) == (
        "Write the plan: its time ended on 30 June 2014 and no outturn was entered, nor why."
    )


def test_an_outturn_closes_the_window(held):
    subject = entered(held, "psus", measure=PSUS, target=Amount(value=21, unit="PSUs"))
    held.observe(PSUS, 20, "PSUs", on=DUE)

    found = due(held.view(), subject, as_at=AFTER)

    assert (found.state, found.overdue) == (State.ALLOCATED, False)
    assert found.outturn.figure.known == 20


def test_an_explanation_closes_the_window_too(held):
    subject = entered(held, "psus", measure=PSUS, target=Amount(value=21, unit="PSUs"))
    held.on(AFTER)
    deny(held.register, subject, reason="Nobody counted.", by=held.who["spr"])

    assert due(held.view(), subject, as_at=AFTER).state is State.DENIED


def test_what_is_overdue_is_listed_the_longest_first(held):
    held.expect("later", mode="achieve", window=Window(end=date(2014, 7, 1)))
    entered(held)
    held.expect("never", mode="achieve")
    done = entered(held, "done")
    close(held.register, done, reason="Agreed.", by=held.who["spr"])

    found = overdue(held.view(), as_at=AFTER, edition=setting.LIST)

    assert [one.entry.value.code for one in found] == ["plan", "later"]


def test_a_post_sees_what_it_has_to_do(held):
    late = entered(held)
    done = entered(held, "done")
    entered(held, "others", owner="party:spr")
    close(held.register, done, reason="Agreed.", by=held.who["spr"])
    raised = Raised("kit", "The kit is old.", FORCE, "party:lead")
    concern = raise_concern(held.register, raised, by=held.who["lead"])
    propose(
        held.register,
        Act.NOTE,
        text="Note the position.",
        reason="So.",
        decided_by="party:lead",
        by=held.who["spr"],
    )

    found = mine(held.view(), "party:lead", as_at=AFTER)

    assert [one.entry.subject for one in found.expectations] == [late]
    assert [one.subject for one in found.concerns] == [concern.subject]
    assert [one.entry.value.text for one in found.proposals] == ["Note the position."]


def test_what_was_closed_at_a_higher_line_leaves_the_list_of_its_owner(held):
    raised = Raised("kit", "The kit is old.", FORCE, "party:lead")
    concern = raise_concern(held.register, raised, by=held.who["lead"]).subject

    close(held.register, concern, reason="Bought.", by=held.who["auditor"], line=Line.INDEPENDENT)

    assert mine(held.view(), "party:lead", as_at=AFTER).concerns == ()
