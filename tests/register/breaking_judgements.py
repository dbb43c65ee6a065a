"""Ways to break the laws of judgements: invariants 2 to 5."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from regard.register import laws, laws_frame, laws_papers, laws_speech
from regard.register.entries import Speaker
from regard.register.kinds import (
    Act,
    Line,
    Stage,
    Window,
    changed,
)
from register import forces
from register.breaking import (
    SPEAKS_AT,
    Attempt,
    above_one,
    breaks,
    enters,
    lines,
    two_lines,
)
from register.forces import SPR, World, body, post, speaker

# --- 2: a judgement names the expectation and its edition; editions stand


@breaks(2, laws_speech.judges_what_is_judged, line=lines)
def judged_in_another_edition(world: World, one: Any) -> Attempt:
    force, by = one["force"], speaker(one["force"], SPEAKS_AT[one["line"]])
    about = world.requirement(force, owner=None)
    value = forces.judgement(force, one["line"], about=about, edition=SPR, cycle=world.round(force))
    return enters(world, value, world.fresh("judgement"), by)


@breaks(2, laws_speech.judges_what_is_judged, scale=st.sampled_from(["rag@1", "spr-capability@2"]))
def judged_on_another_scale(world: World, one: Any) -> Attempt:
    force = one["force"]
    value = forces.judgement(force, 2, scale=one["scale"], cycle=world.round(force))
    return enters(world, value, world.fresh("judgement"), speaker(force, "spr-lead"))


@breaks(2, laws_speech.judges_what_is_judged, aspect=st.sampled_from(["consistency", "whole"]))
def judged_under_another_c(world: World, one: Any) -> Attempt:
    force = one["force"]
    value = forces.judgement(force, 2, aspect=one["aspect"], cycle=world.round(force))
    return enters(world, value, world.fresh("judgement"), speaker(force, "spr-lead"))


@breaks(2, laws_frame.edition_is_frozen)
def a_requirement_added_to_a_frozen_edition(world: World, one: Any) -> Attempt:
    value = forces.promise(one["force"], edition=SPR, owner=None)
    return enters(world, value, world.fresh("expectation"), world.house)


@breaks(2, laws_frame.edition_is_frozen)
def a_requirement_added_with_a_later_version_of_a_frozen_edition(world: World, one: Any) -> Attempt:
    def attempt() -> None:
        with world.register.acting(world.house) as act:
            ended = Window(end=date(2023, 1, 1))
            act.enter(forces.edition(digest="a" * 64, in_force=ended), subject=SPR)
            value = forces.promise(one["force"], edition=SPR, owner=None)
            act.enter(value, subject=world.fresh("expectation"))

    return attempt


@breaks(
    2,
    laws_frame.frozen_edition_stands,
    fields=st.sampled_from([{}, {"digest": "b" * 64}, {"digest": "a" * 64, "label": "2016"}]),
)
def a_frozen_edition_changed(world: World, one: Any) -> Attempt:
    subject = world.fresh("edition")
    world.enter(forces.edition(digest="a" * 64), subject, world.house)
    return enters(world, forces.edition(**one["fields"]), subject, world.house)


# --- 3: what is carried is shown and never counted


def _carried(world: World, one: Any, **fields: Any) -> tuple[Any, Any]:
    force, line = one["force"], one["line"]
    about, last, now = world.requirement(force), world.round(force), world.round(force)
    by = speaker(force, SPEAKS_AT[line])
    origin = world.judged(force, line, by, about=about, cycle=last)
    value = changed(origin.value, cycle=now, standing="carried", carried_from=origin.seq, **fields)
    return origin, value


@breaks(3, laws_speech.carried_is_not_made, line=lines)
def carried_over_what_was_judged(world: World, one: Any) -> Attempt:
    force = one["force"]
    origin, value = _carried(world, one)
    subject = world.fresh("judgement")
    spoken = changed(origin.value, cycle=value.cycle)
    world.enter(spoken, subject, speaker(force, SPEAKS_AT[one["line"]]))
    by = Speaker(forces.holder(force, "spr-lead", gold=True), post(force, "spr-lead", gold=True))
    return enters(world, value, subject, by)


@breaks(
    3, laws_speech.carried_is_not_made, line=lines, level=st.sampled_from(["level-1", "level-5"])
)
def carried_at_another_level(world: World, one: Any) -> Attempt:
    _, value = _carried(world, one, level=one["level"])
    by = speaker(one["force"], "spr-lead", gold=True)
    return enters(world, value, world.fresh("judgement"), by)


@breaks(3, laws_speech.carried_is_not_made, line=lines, aspect=st.sampled_from(["capability"]))
def carried_to_another_c(world: World, one: Any) -> Attempt:
    _, value = _carried(world, one, aspect=one["aspect"])
    by = speaker(one["force"], "spr-lead", gold=True)
    return enters(world, value, world.fresh("judgement"), by)


# --- 4: no judgement without a reason, nor a departure without a second

_UNREASONED = st.sampled_from(
    [
        {"reason": ""},
        {"reason": "  "},
        {"level": None},
        {"suggested": "level-1", "rule": "by-strength@1"},
        {"suggested": "level-1", "rule": ""},
    ]
)


@breaks(4, laws.reads_back, fields=_UNREASONED)
def judged_past_the_rules_of_the_kind(world: World, one: Any) -> Attempt:
    force = one["force"]
    value = forces.judgement(force, 2, cycle=world.round(force))
    forged = value.model_copy(update=one["fields"])
    return enters(world, forged, world.fresh("judgement"), speaker(force, "spr-lead"))


# --- 5: one person, one line; nobody verifies what they own


@breaks(5, laws_speech.one_line_each, two=two_lines)
def one_person_at_two_lines(world: World, one: Any) -> Attempt:
    force, (first, second) = one["force"], one["two"]
    person = world.person(force, SPEAKS_AT[first], SPEAKS_AT[second])
    about, cycle = world.requirement(force), world.round(force)
    world.judged(force, first, person[SPEAKS_AT[first]], about=about, cycle=cycle)
    value = forces.judgement(force, second, about=about, cycle=cycle)
    return enters(world, value, world.fresh("judgement"), person[SPEAKS_AT[second]])


@breaks(5, laws_speech.one_line_each, two=two_lines)
def one_person_at_two_lines_after_another_spoke_since(world: World, one: Any) -> Attempt:
    force, (first, second) = one["force"], one["two"]
    person = world.person(force, SPEAKS_AT[first], SPEAKS_AT[second])
    about, cycle = world.requirement(force), world.round(force)
    said = world.judged(force, first, person[SPEAKS_AT[first]], about=about, cycle=cycle)
    world.enter(said.value, said.subject, speaker(force, SPEAKS_AT[first]))
    value = forces.judgement(force, second, about=about, cycle=cycle)
    return enters(world, value, world.fresh("judgement"), person[SPEAKS_AT[second]])


_not_two = st.sampled_from([Line.DOING, Line.INDEPENDENT, Line.BOARD])


def _sign_off(force: str, cycle: str) -> Any:
    return forces.decision(
        force, act=Act.SIGN_OFF, stage=Stage.TAKEN, cycle=cycle, scope=body(force)
    )


@breaks(5, laws_speech.one_line_each, line=_not_two)
def judged_by_whoever_signed_off(world: World, one: Any) -> Attempt:
    force, role = one["force"], SPEAKS_AT[one["line"]]
    person = world.person(force, role, "chief-officer")
    about, cycle = world.requirement(force), world.round(force)
    world.judged(force, 1, speaker(force, "business-lead"), about=about, cycle=cycle)
    world.enter(_sign_off(force, cycle), world.fresh("decision"), person["chief-officer"])
    value = forces.judgement(force, one["line"], about=about, cycle=cycle)
    return enters(world, value, world.fresh("judgement"), person[role])


@breaks(5, laws_papers.signs_what_others_said, line=_not_two)
def signed_off_by_whoever_judged(world: World, one: Any) -> Attempt:
    force, role = one["force"], SPEAKS_AT[one["line"]]
    person = world.person(force, role, "chief-officer")
    about, cycle = world.requirement(force), world.round(force)
    world.judged(force, 1, speaker(force, "business-lead"), about=about, cycle=cycle)
    world.judged(force, one["line"], person[role], about=about, cycle=cycle)
    return enters(world, _sign_off(force, cycle), world.fresh("decision"), person["chief-officer"])


@breaks(5, laws_papers.signs_what_others_said, carried=st.booleans())
def signed_off_before_anything_was_judged(world: World, one: Any) -> Attempt:
    force = one["force"]
    _, value = _carried(world, {**one, "line": Line.DOING})
    if one["carried"]:
        lead = speaker(force, "spr-lead", gold=True)
        world.enter(value, world.fresh("judgement"), lead)
    chief = speaker(force, "chief-officer")
    return enters(world, _sign_off(force, value.cycle), world.fresh("decision"), chief)


@breaks(5, laws_speech.nobody_verifies_their_own, line=above_one, moved=st.booleans())
def verified_by_its_owner(world: World, one: Any) -> Attempt:
    force, role = one["force"], SPEAKS_AT[one["line"]]
    person = world.person(force, "business-lead", role)
    about = world.requirement(force, owner=post(force, "business-lead"))
    if one["moved"]:
        found = world.register.view(speaker(force, "spr-lead")).one(about).value
        moved = changed(found, owner=post(force, "operations-planner"))
        world.enter(moved, about, speaker(force, "spr-lead"))
    value = forces.judgement(force, one["line"], about=about, cycle=world.round(force))
    return enters(world, value, world.fresh("judgement"), person[role])


@breaks(5, laws_speech.answers_another)
def a_challenge_of_what_one_said_oneself(world: World, one: Any) -> Attempt:
    force = one["force"]
    about, cycle, lead = world.requirement(force), world.round(force), speaker(force, "spr-lead")
    said = world.judged(force, 2, lead, about=about, cycle=cycle)
    value = forces.judgement(force, 2, about=about, cycle=cycle, answers=said.seq)
    return enters(world, value, world.fresh("judgement"), lead)


@breaks(0, laws_speech.judgement_stands, two=two_lines)
def spoken_in_the_place_of_another_line(world: World, one: Any) -> Attempt:
    force, (first, second) = one["force"], one["two"]
    about, cycle = world.requirement(force), world.round(force)
    first_by = speaker(force, SPEAKS_AT[first])
    said = world.judged(force, first, first_by, about=about, cycle=cycle)
    value = forces.judgement(force, second, about=about, cycle=cycle)
    return enters(world, value, said.subject, speaker(force, SPEAKS_AT[second]))
