"""Ways to break the laws beside the fifteen invariants."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from hypothesis import strategies as st

from regard.core.markings import Marking
from regard.register import laws, laws_frame, laws_papers, laws_speech
from regard.register.entries import Speaker
from regard.register.kinds import (
    Act,
    Appointment,
    Duty,
    Line,
    Party,
    Stage,
    Window,
    changed,
    made,
)
from register import forces
from register.breaking import (
    SPEAKS_AT,
    Attempt,
    breaks,
    enters,
    lines,
)
from register.forces import PSUS, SENSITIVE, SPR, World, body, speaker

# --- laws beside the fifteen


@breaks(0, laws.of_its_kind, name=st.sampled_from(["party:x", "concerns:x", "measure:a"]))
def a_subject_of_another_kind(world: World, one: Any) -> Attempt:
    return enters(world, forces.concern(one["force"]), one["name"] + world.fresh("a").replace(
        ":", "-").replace("/", "-"), speaker(one["force"], "spr-lead"))  # fmt: skip


_misnamed = st.sampled_from(["concern:Ä", "concern:", "concern:a//b", "concern:A b", "concern:a/"])


@breaks(0, laws.of_its_kind, name=_misnamed, length=st.just(0))
def a_subject_that_is_none(world: World, one: Any) -> Attempt:
    world.number += 1
    name = f"{one['name']}{world.number} /"
    return enters(world, forces.concern(one["force"]), name, speaker(one["force"], "spr-lead"))


@breaks(0, laws.is_dated_and_marked)
def an_instant_for_a_day(world: World, one: Any) -> Attempt:
    by = speaker(one["force"], "spr-lead")
    when = datetime(2015, 2, 3, 10)  # noqa: DTZ001 - an instant without a zone is the fault
    return enters(world, forces.concern(one["force"]), world.fresh("concern"), by, effective=when)


@breaks(0, laws.is_dated_and_marked, letters=st.integers(60, 110))
def a_marking_longer_than_its_column(world: World, one: Any) -> Attempt:
    force, named = one["force"], world.fresh("party")
    groups = tuple(f"{letter * one['letters']}" for letter in "abcdefgh")
    role = made(
        Party, form="post", name="in many groups", parent=body(force), roles=("spr-lead",),
        groups=groups,
    )  # fmt: skip
    world.enter(role, named, world.house, shared=True)
    held = forces.appointed(force, named)
    by = Speaker(world.enter(held, world.fresh("party"), world.house).subject, named)
    marking = Marking(SENSITIVE.tier, frozenset(groups))
    return enters(world, forces.concern(force), world.fresh("concern"), by, marking=marking)


@breaks(0, laws.facets_stand)
def a_subject_that_becomes_about_something_else(world: World, one: Any) -> Attempt:
    force, by = one["force"], speaker(one["force"], "spr-lead")
    subject = world.enter(forces.concern(force), world.fresh("concern"), by).subject
    return enters(world, forces.concern(force, about=PSUS), subject, by)


@breaks(0, laws.names_what_exists)
def what_is_not_there_named(world: World, one: Any) -> Attempt:
    value = forces.concern(one["force"], about="expectation:nowhere")
    return enters(world, value, world.fresh("concern"), speaker(one["force"], "spr-lead"))


@breaks(0, laws_speech.within_its_cycle, line=lines)
def judged_in_a_round_that_is_closed(world: World, one: Any) -> Attempt:
    force, lead = one["force"], speaker(one["force"], "spr-lead")
    cycle = world.round(force)
    held = world.register.view(lead).one(cycle).value
    world.enter(changed(held, stage="closed"), cycle, lead)
    value = forces.judgement(force, one["line"], cycle=cycle)
    by = speaker(force, SPEAKS_AT[one["line"]])
    return enters(world, value, world.fresh("judgement"), by)


@breaks(0, laws_frame.round_stands, field=st.sampled_from(["aspects", "as_at", "editions"]))
def a_round_changed_while_it_is_held(world: World, one: Any) -> Attempt:
    force, lead = one["force"], speaker(one["force"], "spr-lead")
    cycle = world.round(force)
    held = world.register.view(lead).one(cycle).value
    other = {"aspects": ("capacity",), "as_at": date(2015, 4, 1), "editions": (SPR,)}
    return enters(world, changed(held, **{one["field"]: other[one["field"]]}), cycle, lead)


@breaks(0, laws_frame.duties_are_of_posts, who=st.sampled_from(["party:nobody", "body"]))
def a_round_in_which_nobody_could_speak(world: World, one: Any) -> Attempt:
    force = one["force"]
    who = body(force) if one["who"] == "body" else one["who"]
    value = changed(forces.round_of(force), duties=(Duty(line=Line.DOING, post=who),))
    return enters(world, value, world.fresh("cycle"), speaker(force, "spr-lead"))


@breaks(0, laws_frame.owner_is_a_post)
def work_that_belongs_to_a_body(world: World, one: Any) -> Attempt:
    value = forces.concern(one["force"], owner=body(one["force"]))
    return enters(world, value, world.fresh("concern"), speaker(one["force"], "spr-lead"))


@breaks(0, laws_frame.parent_in_edition)
def a_part_of_another_edition(world: World, one: Any) -> Attempt:
    value = forces.promise(one["force"], parent=PSUS)
    return enters(world, value, world.fresh("expectation"), speaker(one["force"], "spr-lead"))


@breaks(0, laws_frame.bodies_are_a_tree)
def a_holder_that_holds_a_body(world: World, one: Any) -> Attempt:
    held = (Appointment(post=body(one["force"]), window=Window()),)
    value = made(Party, form="person", name="account", parent=body(one["force"]), appointments=held)
    return enters(world, value, world.fresh("party"), world.house, shared=True)


@breaks(0, laws_papers.erases_what_there_is, ahead=st.integers(2, 1_000))
def an_erasure_of_what_is_not_there(world: World, one: Any) -> Attempt:
    seq = world.register.head().size + one["ahead"]
    value = forces.decision(one["force"], act=Act.ERASE, erased=(seq,), stage=Stage.TAKEN)
    keeper = speaker(one["force"], "register-keeper")
    return enters(world, value, world.fresh("decision"), keeper)
