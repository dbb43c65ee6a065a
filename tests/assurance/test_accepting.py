"""An accepted risk is accepted at its rating; another rating makes that stale by itself."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as for_any
from hypothesis import strategies as st

from assurance import given_targets as setting
from assurance.given_targets import FORCE
from regard.assurance.accepting import accept_risk, acceptance, rating
from regard.assurance.vulnerabilities import Raised, raise_concern
from regard.core.errors import AccessRefused, EntryRefused
from regard.register.kinds import Absent, Judgement, Line, made

NOW = date(2014, 1, 6)


@pytest.fixture
def held(tmp_path, database_url):
    one = setting.given(tmp_path, database_url)
    one.on(NOW)
    yield one
    one.register.close()


def risk(held, code="flood"):
    raised = Raised(code, "The river floods.", FORCE, "party:lead", form="risk")
    return raise_concern(held.register, raised, by=held.who["lead"]).subject


def accept(held, subject, level="medium", **fields):
    return accept_risk(
        held.register, subject, level=level, reason="So.", by=held.who["chief"], **fields
    )


def test_a_risk_is_accepted_at_the_rating_it_has(held):
    subject = risk(held)
    held.rate(subject, "medium")

    accept(held, subject)

    assert acceptance(held.view(), subject, as_at=NOW).stands
    assert rating(held.view(), subject).value.level == "medium"


@pytest.mark.parametrize("level", ["low", None])
def test_a_risk_that_is_rated_otherwise_or_not_at_all_is_not_accepted(held, level):
    subject = risk(held)
    if level:
        held.rate(subject, level)

    with pytest.raises(EntryRefused, match="rated"):
        accept(held, subject)
    assert acceptance(held.view(), subject, as_at=NOW) is None


def test_a_post_that_may_not_accept_leaves_nothing_behind(held):
    subject = risk(held)
    held.rate(subject, "medium")
    size = held.register.head()

    with pytest.raises(AccessRefused):
        accept_risk(held.register, subject, level="medium", reason="So.", by=held.who["lead"])

    assert held.register.head() == size


def test_another_rating_makes_it_stale_by_itself(held):
    subject = risk(held)
    held.rate(subject, "medium")
    accept(held, subject)
    held.on(date(2014, 2, 1))
    held.rate(subject, "very-high")

    told = str(acceptance(held.view(), subject, as_at=date(2014, 2, 1)).statement())

    assert told == (
        "The river floods: accepted at medium on 6 January 2014, and since 1 February 2014 it is "
        "rated very high: the acceptance is stale."
    )
    assert acceptance(held.view(), subject, as_at=NOW).stands


def test_the_same_word_on_another_scale_is_another_rating(held):
    subject = risk(held)
    held.rate(subject, "medium")
    accept(held, subject)
    held.rate(subject, "medium", scale="risk-rating@2")

    assert acceptance(held.view(), subject, as_at=NOW).is_stale


def test_a_rating_that_was_taken_away_makes_it_stale(held):
    subject = risk(held)
    held.rate(subject, "medium")
    accept(held, subject)
    value = made(
        Judgement,
        about=subject,
        scope=FORCE,
        scale="risk-rating@1",
        absent=Absent.NOT_ASSESSED,
        line=Line.INDEPENDENT,
        reason="The method is under review.",
    )
    held.register.enter(
        value,
        subject=f"judgement:rating/{subject.partition(':')[2]}/line-3",
        by=held.who["auditor"],
    )

    told = str(acceptance(held.view(), subject, as_at=NOW).statement())

    assert told.endswith("it has no rating any more: the acceptance is stale.")


def test_an_acceptance_ends_with_its_day(held):
    subject = risk(held)
    held.rate(subject, "medium")
    accept(held, subject, until=date(2014, 12, 31))

    found = acceptance(held.view(), subject, as_at=date(2015, 1, 1))

    assert not found.stands
    assert str(found.statement()) == (
        "The river floods: accepted at medium until 31 December 2014, which has passed."
    )


def test_accepting_again_at_the_new_rating_stands(held):
    subject = risk(held)
    held.rate(subject, "medium")
    accept(held, subject)
    held.rate(subject, "high")

    accept(held, subject, "high")

    assert acceptance(held.view(), subject, as_at=NOW).stands


levels = st.sampled_from(["low", "medium", "high"])


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@for_any(levels, st.lists(levels, max_size=4))
def test_an_acceptance_stands_only_while_every_rating_since_is_the_one_accepted(held, at, later):
    subject = risk(held, f"risk-{held.register.head().size}")
    held.rate(subject, at)
    accept(held, subject, at)
    for level in later:
        held.rate(subject, level)

    found = acceptance(held.view(), subject, as_at=NOW)

    assert found.is_stale == any(level != at for level in later)
    assert found.decision.value.level == at
