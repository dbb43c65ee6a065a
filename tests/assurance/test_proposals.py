"""Every proposal ends, and until it does it is listed; what is taken may create expectations."""

from __future__ import annotations

from datetime import date

import pytest

from assurance import given_targets as setting
from assurance.given_targets import FORCE, LIST
from regard.assurance.proposals import (
    ENDS,
    Creation,
    deferred_due,
    propose,
    resolve,
    unresolved,
    waiting_for,
)
from regard.core.errors import AccessRefused, DefinitionRefused, EntryRefused
from regard.register.kinds import Act, Expectation, LinkType, Stage, made

PUT, LATER = date(2015, 2, 3), date(2015, 5, 1)
TEXT = "The Commissioner supports the Chief Constable with the implementation"


@pytest.fixture
def held(tmp_path, database_url):
    one = setting.given(tmp_path, database_url)
    one.on(PUT)
    yield one
    one.register.close()


@pytest.fixture
def put(held):
    return propose(
        held.register,
        Act.SUPPORT,
        text=TEXT,
        reason="Resources follow threat.",
        decided_by="party:board",
        by=held.who["spr"],
        scope=FORCE,
    ).subject


def ended(held, put, stage, **fields):
    return resolve(held.register, put, stage, by=held.who["office"], **fields)


def test_a_proposal_waits_and_says_for_how_long(held, put):
    (found,) = unresolved(held.view(), as_at=LATER, scope=FORCE)

    assert found.entry.subject == put
    assert str(found.statement()) == (
        f"{TEXT}. Proposed on 3 February 2015, 87 days ago; it has not been decided."
    )
    assert [one.entry.subject for one in waiting_for(held.view(), "party:board", as_at=LATER)] == [
        put
    ]


@pytest.mark.parametrize("stage", ENDS)
def test_however_it_ends_it_is_listed_no_longer(held, put, stage):
    ended(held, put, stage, resolved="As was agreed.")

    assert unresolved(held.view(), as_at=LATER) == ()


@pytest.mark.parametrize("stage", ENDS)
def test_what_has_ended_does_not_end_again(held, put, stage):
    ended(held, put, stage, resolved="As was agreed.")

    with pytest.raises(EntryRefused):
        ended(held, put, Stage.WITHDRAWN)


def test_what_was_decided_later_was_open_before(held, put):
    held.on(date(2015, 3, 1))
    ended(held, put, Stage.TAKEN)

    assert len(unresolved(held.view(), as_at=date(2015, 2, 20))) == 1


def test_a_deferred_one_comes_back_on_its_day(held, put):
    ended(held, put, Stage.DEFERRED, until=date(2015, 4, 1))

    early = unresolved(held.view(), as_at=date(2015, 3, 1))

    assert str(early[0].statement()) == f"{TEXT}. Deferred until 1 April 2015."
    assert waiting_for(held.view(), "party:board", as_at=date(2015, 3, 1)) == ()
    assert deferred_due(held.view(), as_at=date(2015, 3, 1)) == ()
    (due,) = deferred_due(held.view(), as_at=LATER)
    assert str(due.statement()) == (
        f"{TEXT}. Deferred until 1 April 2015: it is to be decided now."
    )


def test_deferring_without_a_day_or_amending_without_words_is_refused(held, put):
    size = held.register.head()

    with pytest.raises(DefinitionRefused, match="until"):
        ended(held, put, Stage.DEFERRED)
    with pytest.raises(DefinitionRefused, match="resolved"):
        ended(held, put, Stage.AMENDED)

    assert held.register.head() == size


@pytest.mark.parametrize(
    ("stage", "fields", "told"),
    [
        (Stage.TAKEN, {}, "It was taken on 3 February 2015."),
        (Stage.LAPSED, {}, "It was lapsed on 3 February 2015."),
        (
            Stage.AMENDED,
            {"resolved": "The Commissioner notes it"},
            "It was agreed on 3 February 2015 as amended: The Commissioner notes it.",
        ),
        (Stage.DEFERRED, {"until": LATER}, "Deferred until 1 May 2015."),
    ],
)
def test_how_it_ended_is_said(held, put, stage, fields, told):
    assert str(ended(held, put, stage, **fields).statement()) == f"{TEXT}. {told}"


def action(code="brief"):
    return Creation(
        f"expectation:commitments/{code}",
        made(
            Expectation,
            edition=LIST,
            code=code,
            text="Brief the board.",
            mode="achieve",
            scope=FORCE,
            owner="party:lead",
        ),
    )


def test_what_is_taken_creates_expectations_with_their_links(held, put):
    found = ended(held, put, Stage.TAKEN, creates=[action()])

    (link,) = held.view().links(LinkType.CREATES, source=put)

    assert link.value.target == found.created[0].subject == "expectation:commitments/brief"


def test_what_is_withdrawn_creates_nothing(held, put):
    size = held.register.head()

    with pytest.raises(EntryRefused, match="would create"):
        ended(held, put, Stage.WITHDRAWN, creates=[action()])

    assert held.register.head() == size


def test_a_post_that_may_not_decide_leaves_nothing_behind(held, put):
    size = held.register.head()

    with pytest.raises(AccessRefused):
        resolve(held.register, put, Stage.TAKEN, by=held.who["lead"])

    assert held.register.head() == size


def test_a_proposal_about_something_is_named_for_it(held):
    subject = held.expect("plan")

    entry = propose(
        held.register,
        Act.DEPART,
        text="Depart from it.",
        reason="There is good reason.",
        decided_by="party:chief",
        by=held.who["lead"],
        about=subject,
    )

    assert entry.subject == "decision:depart/expectation/commitments/plan/1"
