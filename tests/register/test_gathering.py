"""What was read at once answers as the view it was read from, for every reader and position."""

from __future__ import annotations

from datetime import timedelta

from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regard.register.gathering import Gathered
from regard.register.kinds import (
    Concern,
    Decision,
    Document,
    Expectation,
    Judgement,
    Line,
    Link,
    LinkType,
    Party,
    made,
)
from register import forces
from register.forces import FORCES, SENSITIVE, cycle, post, speaker
from register.test_seeing import HISTORY, READERS, START, written

QUICK = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
KINDS = (Concern, Judgement, Link, Party)


@QUICK
@given(**HISTORY)
def test_it_answers_as_the_view_does(worlds, history, reader, back, day):
    with worlds() as world:
        subjects = {one[2] for one in written(world, history)} | {"concern:none/such"}
        known = max(world.register.head().size - back, 0)
        true_on = START + timedelta(days=day) if day is not None else None
        view = world.register.view(READERS[reader][0], known_at=known, true_on=true_on)

        held = Gathered(view, KINDS)

        assert held.all(Concern) == view.all(Concern)
        assert held.many(subjects) == view.many(subjects)
        for one in subjects:
            assert held.find(one) == view.find(one)
            assert held.history(one) == view.history(one)
        for force in FORCES:
            scope = f"party:{force}"
            assert held.all(Concern, scope=scope) == view.all(Concern, scope=scope)
        several = [one.held.facets().about for one in view.all(Concern) if one.held] + ["term:no"]
        of_each = {one for about in several for one in view.all(Concern, about=about)}
        for either in (held, view):
            found = either.all_about(Concern, several)
            assert [one.seq for one in found] == sorted(one.seq for one in of_each)


def test_links_are_found_from_either_end_and_hidden_with_it(world):
    lead = speaker(FORCES[0], "spr-lead")
    for name, marking in (("a", None), ("b", SENSITIVE)):
        fields = {"marking": marking} if marking else {}
        world.enter(forces.concern(FORCES[0]), f"concern:{name}", lead, **fields)
    link = made(Link, type=LinkType.DEPENDS_ON, source="concern:a", target="concern:b")
    world.enter(link, "link:a-b", lead, marking=SENSITIVE)

    for reader in (lead, speaker(FORCES[0], "reader")):
        view = world.register.view(reader)
        held = Gathered(view, KINDS)
        for asked in ({"target": "concern:b"}, {"source": "concern:a"}, {"type": "depends on"}):
            assert held.links(**asked) == view.links(**asked)


@QUICK
@given(number=st.integers(1, 12))
def test_it_asks_as_often_for_many_as_for_one(worlds, number):
    with worlds() as world:
        lead = speaker(FORCES[0], "spr-lead")
        for one in range(number):
            world.enter(forces.concern(FORCES[0]), f"concern:{one}", lead)
        view = world.register.view(lead)
        view.all(Concern)  # so that it is known who asks

        with CaptureQueriesContext(world.register.connection) as asked:
            held = Gathered(view, KINDS)
            for one in range(number):
                assert held.find(f"concern:{one}") is not None

        assert len(asked) <= 3  # where the journal ends, which day it is, and all of it


def test_what_names_a_post_is_told_without_a_question(world):
    force = FORCES[0]
    lead, owner = speaker(force, "spr-lead"), post(force, "business-lead")
    for marking in (None, SENSITIVE):
        fields = {"marking": marking} if marking else {}
        world.enter(forces.concern(force), world.fresh("concern"), lead, **fields)

    for reader in (lead, speaker(force, "reader")):
        view = world.register.view(reader)
        held = Gathered(view, (*KINDS, Decision, Document, Expectation))
        with CaptureQueriesContext(world.register.connection) as asked:
            found = held.naming(owner)
        assert found == view.naming(owner)
        assert len(asked) == 0


def test_what_was_judged_in_a_round_is_held_if_the_round_is_named(world):
    force = FORCES[0]
    said = forces.judgement(force, Line.DOING)
    world.enter(said, world.fresh("judgement"), speaker(force, "business-lead"))
    view = world.register.view(speaker(force, "spr-lead"))
    plain = view.all(Judgement, cycle=cycle(force))

    for rounds, questions in (((cycle(force),), 0), (True, 0), (("cycle:other",), 1), (False, 1)):
        held = Gathered(view, KINDS, rounds=rounds)
        with CaptureQueriesContext(world.register.connection) as asked:
            assert held.all(Judgement, cycle=cycle(force)) == plain
        assert len(asked) == questions
