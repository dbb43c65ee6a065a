"""Ways to move a date or close a promise past the laws: invariants 8 and 9."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from regard.register import laws_frame, laws_papers, laws_speech
from regard.register.entries import Speaker
from regard.register.kinds import (
    Act,
    Expectation,
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
    days,
    enters,
)
from register.forces import RUNNING, World, speaker

# --- 8: dates move only by decision


def _promised(world: World, force: str) -> tuple[str, Expectation, Speaker]:
    lead = speaker(force, "spr-lead")
    value = forces.promise(force)
    return world.enter(value, world.fresh("expectation"), lead).subject, value, lead


@breaks(8, laws_frame.date_moves_by_decision, until=st.none() | days)
def a_date_moved_by_nobody(world: World, one: Any) -> Attempt:
    about, value, lead = _promised(world, one["force"])
    return enters(world, changed(value, window=Window(end=one["until"])), about, lead)


_not_so = st.sampled_from(["another day", "proposed", "another act", "another promise"])


@breaks(8, laws_frame.date_moves_by_decision, until=days, wrong=_not_so)
def a_date_moved_by_a_decision_that_is_another(world: World, one: Any) -> Attempt:
    force, until, wrong = one["force"], one["until"], one["wrong"]
    about, value, lead = _promised(world, force)
    other, _, _ = _promised(world, force)
    decided = world.decided(
        force,
        act=Act.NOTE if wrong == "another act" else Act.EXTEND,
        about=other if wrong == "another promise" else about,
        until=until + timedelta(days=wrong == "another day"),
        stage=Stage.PROPOSED if wrong == "proposed" else Stage.TAKEN,
    )
    moved = changed(value, window=Window(end=until), moved_by=decided.subject)
    return enters(world, moved, about, lead)


@breaks(8, laws_frame.date_moves_by_decision, until=days)
def a_date_moved_twice_by_one_decision(world: World, one: Any) -> Attempt:
    force, until = one["force"], one["until"]
    about, value, lead = _promised(world, force)
    later = until + timedelta(days=100)
    names = []
    for day in (until, later):
        done = world.decided(force, act=Act.EXTEND, about=about, until=day)
        names.append(done.subject)
        world.enter(changed(value, window=Window(end=day), moved_by=done.subject), about, lead)
    back = changed(value, window=Window(end=until), moved_by=names[0])
    return enters(world, back, about, lead)


@breaks(8, laws_frame.date_moves_by_decision, until=days)
def a_move_forgotten(world: World, one: Any) -> Attempt:
    force, until = one["force"], one["until"]
    about, value, lead = _promised(world, force)
    done = world.decided(force, act=Act.EXTEND, about=about, until=until)
    moved = changed(value, window=Window(end=until), moved_by=done.subject)
    world.enter(moved, about, lead)
    return enters(world, changed(moved, moved_by=None), about, lead)


@breaks(8, laws_papers.decision_takes_what_it_may, until=days)
def a_date_moved_by_its_owner(world: World, one: Any) -> Attempt:
    force = one["force"]
    about, _, _ = _promised(world, force)
    person = world.person(force, "business-lead", "spr-lead")
    value = forces.decision(
        force, act=Act.EXTEND, about=about, until=one["until"], stage=Stage.TAKEN
    )
    return enters(world, value, world.fresh("decision"), person["spr-lead"])


# --- 9: closed only at a higher line than the owner's; a regression opens it again


def _closure(force: str, about: str, line: int, level: str) -> Any:
    edition = RUNNING if about.startswith("expectation:") else None
    return forces.judgement(
        force, line, about=about, edition=edition, aspect="closure", scale="closure@1",
        level=level, cycle=None,
    )  # fmt: skip


def _open(world: World, one: Any) -> str:
    force = one["force"]
    if one["what"] == "concern":
        lead = speaker(force, "business-lead")
        return world.enter(forces.concern(force), world.fresh("concern"), lead).subject
    return _promised(world, force)[0]


what = st.sampled_from(["concern", "expectation"])


@breaks(9, laws_speech.nobody_verifies_their_own, what=what)
def closed_at_the_line_of_the_owner(world: World, one: Any) -> Attempt:
    value = _closure(one["force"], _open(world, one), 1, "closed")
    by = speaker(one["force"], "business-lead")
    return enters(world, value, world.fresh("judgement"), by)


@breaks(9, laws_speech.nobody_verifies_their_own, what=what, line=above_one)
def closed_by_the_owner_at_a_higher_line(world: World, one: Any) -> Attempt:
    force, role = one["force"], SPEAKS_AT[one["line"]]
    about = _open(world, one)
    person = world.person(force, "business-lead", role)
    value = _closure(force, about, one["line"], "closed")
    return enters(world, value, world.fresh("judgement"), person[role])


@breaks(9, laws_speech.closes_what_is_open, what=what, line=above_one)
def opened_again_while_open(world: World, one: Any) -> Attempt:
    value = _closure(one["force"], _open(world, one), one["line"], "reopened")
    by = speaker(one["force"], SPEAKS_AT[one["line"]])
    return enters(world, value, world.fresh("judgement"), by)


@breaks(9, laws_speech.closes_what_is_open, what=what, line=above_one)
def closed_twice(world: World, one: Any) -> Attempt:
    force, by = one["force"], speaker(one["force"], SPEAKS_AT[one["line"]])
    value = _closure(force, _open(world, one), one["line"], "closed")
    world.enter(value, world.fresh("judgement"), by)
    return enters(world, value, world.fresh("judgement"), by)


@breaks(9, laws_speech.closes_what_is_open, what=what, level=st.sampled_from(["green", "done"]))
def half_closed(world: World, one: Any) -> Attempt:
    value = _closure(one["force"], _open(world, one), 2, one["level"])
    by = speaker(one["force"], "spr-lead")
    return enters(world, value, world.fresh("judgement"), by)


@breaks(9, laws_papers.decision_takes_what_it_may, what=what, again=st.booleans())
def closed_by_a_decision_alone(world: World, one: Any) -> Attempt:
    force, about = one["force"], _open(world, one)
    if one["again"]:
        for level in ("closed", "reopened"):
            value = _closure(force, about, 2, level)
            world.enter(value, world.fresh("judgement"), speaker(force, "spr-lead"))
    value = forces.decision(force, act=Act.CLOSE, about=about, stage=Stage.TAKEN)
    return enters(world, value, world.fresh("decision"), speaker(force, "board-member"))
