"""Each law of the register: what breaks it is refused, and without the law it would get in."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regard.register import laws
from register import breaking_dates, breaking_judgements, breaking_others, breaking_papers
from register.breaking import BREACHES, Breach, is_refused, switched_off
from register.forces import World, counts

WAYS = (breaking_dates, breaking_judgements, breaking_others, breaking_papers)  # fill BREACHES

QUICK = settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
WHOLE = settings(QUICK, max_examples=150)
EACH = pytest.mark.parametrize(
    "breach", BREACHES, ids=[f"{one.number or 'beside'}-{one}" for one in BREACHES]
)


def holds(world: World, breach: Breach, data: st.DataObject) -> None:
    attempt = breach.prepare(world, data.draw(breach.drawn))
    before = (world.register.head(), counts(world.register))

    refused = is_refused(attempt)

    assert refused
    assert (world.register.head(), counts(world.register)) == before


@EACH
@QUICK
@given(data=st.data())
def test_what_breaks_a_law_is_refused_and_leaves_nothing(shared_world, breach, data):
    holds(shared_world, breach, data)


@pytest.mark.slow
@pytest.mark.register
@EACH
@WHOLE
@given(data=st.data())
def test_what_breaks_a_law_is_refused_however_it_is_put(shared_world, breach, data):
    holds(shared_world, breach, data)


@EACH
def test_fault_without_the_law_what_breaks_it_gets_in(shared_world, breach):
    @settings(QUICK, max_examples=2, database=None)
    @given(data=st.data())
    def gets_in(data):
        attempt = breach.prepare(shared_world, data.draw(breach.drawn))
        with switched_off(breach.law):
            assert not is_refused(attempt)

    gets_in()


def test_every_law_has_a_way_to_break_it():
    known = {one.law for one in BREACHES}

    kept = {*laws.FOR_ALL, *(law for held in laws.BY_KIND.values() for law in held)}

    assert kept - known == set()
