"""Ways to break each law of the register: what is entered first, and what must then be refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st

from regard.core.errors import EntryRefused, RegisterDamaged
from regard.core.markings import Marking
from regard.register import laws, laws_frame, laws_papers, laws_speech
from regard.register.entries import Speaker
from regard.register.kinds import (
    Act,
    Appointment,
    Duty,
    Edition,
    Expectation,
    Line,
    LinkType,
    Party,
    Stage,
    Window,
    changed,
    made,
)
from regard.register.kinds.speech import Frozen, Withheld
from register import forces
from register.forces import FORCES, GOLD, PSUS, RUNNING, SENSITIVE, SPR, World, body, post, speaker

Attempt = Callable[[], Any]
Prepare = Callable[[World, Any], Attempt]

force_of = st.sampled_from(FORCES)
days = st.dates(date(2015, 7, 1), date(2020, 1, 1))
SPEAKS_AT = {
    Line.DOING: "business-lead",
    Line.OVERSEEING: "spr-lead",
    Line.INDEPENDENT: "independent-reviewer",
    Line.BOARD: "board-member",
}
lines = st.sampled_from(list(SPEAKS_AT))
two_lines = st.tuples(lines, lines).filter(lambda two: two[0] is not two[1])
above_one = st.sampled_from([Line.OVERSEEING, Line.INDEPENDENT, Line.BOARD])


@dataclass(frozen=True)
class Breach:
    """One way to break a law.

    Attributes:
        number: The invariant, or 0 for a law that is none of the fifteen.
        law: The law that refuses it.
        drawn: What Hypothesis chooses.
        prepare: Enters what is lawful, and gives the attempt that is not.
    """

    number: int
    law: laws.Law
    drawn: st.SearchStrategy[Any]
    prepare: Prepare

    def __str__(self) -> str:
        return self.prepare.__name__


BREACHES: list[Breach] = []


def breaks(
    number: int, law: laws.Law, **drawn: st.SearchStrategy[Any]
) -> Callable[[Prepare], Prepare]:
    """Keep a way to break a law."""

    def keep(prepare: Prepare) -> Prepare:
        held = st.fixed_dictionaries({"force": force_of, **drawn})
        BREACHES.append(Breach(number, law, held, prepare))
        return prepare

    return keep


@contextmanager
def switched_off(law: laws.Law) -> Iterator[None]:
    """Laws without that one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(laws, "FOR_ALL", tuple(one for one in laws.FOR_ALL if one is not law))
        kinds = {
            kind: tuple(one for one in held if one is not law)
            for kind, held in laws.BY_KIND.items()
        }
        patch.setattr(laws, "BY_KIND", kinds)
        yield


def is_refused(attempt: Attempt) -> bool:
    """Whether an attempt is refused as breaking a law, and not by the database beneath."""
    try:
        attempt()
    except EntryRefused:
        return True
    except RegisterDamaged:
        return False
    return False


def enters(world: World, value: Any, subject: str, by: Speaker, **how: Any) -> Attempt:
    return lambda: world.enter(value, subject, by, **how)


# --- 2: a judgement names the expectation and its edition; editions stand ---------------------


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


# --- 3: what is carried is shown and never counted ---------------------------------------------


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


# --- 4: no judgement without a reason, nor a departure without a second ------------------------

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


# --- 5: one person, one line; nobody verifies what they own ------------------------------------


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


# --- 8: dates move only by decision ------------------------------------------------------------


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


# --- 9: closed only at a higher line than the owner's; a regression opens it again ---------------


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


# --- 12: an issued document stands, at its position -------------------------------------------

_CHANGES = [
    {"title": "another title"},
    {"stage": "draft"},
    {"kept": "{}", "position": 1, "head": "1 · 000000000000"},
    {"cites": (Frozen(figure="psus", printed="21"),)},
    {"held_on": date(2015, 2, 4)},
]


@breaks(
    12,
    laws_papers.issued_stands,
    stage=st.sampled_from(["issued", "published"]),
    fields=st.sampled_from([one for one in _CHANGES if "position" not in one]),
)
def an_issued_document_changed(world: World, one: Any) -> Attempt:
    force, by = one["force"], speaker(one["force"], "governance-officer")
    value = forces.document(force, stage=one["stage"])
    subject = world.enter(value, world.fresh("document"), by).subject
    return enters(world, changed(value, **one["fields"]), subject, by)


@breaks(12, laws_papers.head_is_the_journals, back=st.integers(0, 20))
def a_document_with_a_head_that_never_was(world: World, one: Any) -> Attempt:
    size = world.register.head().size - one["back"]
    value = forces.document(one["force"], position=size, head=f"{size} · 0123456789ab")
    return enters(
        world, value, world.fresh("document"), speaker(one["force"], "governance-officer")
    )


@breaks(12, laws_papers.head_is_the_journals, ahead=st.integers(1, 1_000))
def a_document_from_a_position_that_is_to_come(world: World, one: Any) -> Attempt:
    value = forces.document(one["force"], position=world.register.head().size + one["ahead"])
    return enters(
        world, value, world.fresh("document"), speaker(one["force"], "governance-officer")
    )


@breaks(12, laws_papers.marked_as_high_as_cited, ahead=st.integers(2, 1_000_000))
def a_figure_from_no_entry(world: World, one: Any) -> Attempt:
    seq = world.register.head().size + one["ahead"]
    cites = (Frozen(figure="psus", printed="21", seq=seq),)
    value = forces.document(one["force"], cites=cites)
    return enters(
        world, value, world.fresh("document"), speaker(one["force"], "governance-officer")
    )


# --- 13: a document is marked as high as what it cites -----------------------------------------

markings = st.sampled_from([SENSITIVE, GOLD])


def _secret(world: World, one: Any) -> Any:
    by = speaker(one["force"], "spr-lead", gold=True)
    value = forces.concern(one["force"])
    return world.enter(value, world.fresh("concern"), by, marking=one["marking"])


def _withholding(world: World, one: Any, about: str, item: str, **fields: Any) -> str:
    until = fields.pop("until", date(2020, 1, 1))
    held = Withheld(item=item, ground="s.31", until=until, challenge="write to the monitor")
    value = {"act": Act.REDACT, "about": about, "withheld": (held,), **fields}
    return world.decided(one["force"], **value).subject


@breaks(13, laws_papers.marked_as_high_as_cited, marking=markings, by_number=st.booleans())
def a_document_marked_below_what_it_cites(world: World, one: Any) -> Attempt:
    secret = _secret(world, one)
    cited = (
        {"cites": (Frozen(figure="psus", printed="21", seq=secret.seq),)}
        if one["by_number"]
        else {"rests_on": (secret.subject,)}
    )
    value = forces.document(one["force"], **cited)
    by = speaker(one["force"], "spr-lead", gold=True)
    return enters(world, value, world.fresh("document"), by)


_no_ground = st.sampled_from(["over", "proposed", "another item", "another paper"])


@breaks(13, laws_papers.marked_as_high_as_cited, marking=markings, wrong=_no_ground)
def a_document_that_withholds_without_ground(world: World, one: Any) -> Attempt:
    force, wrong = one["force"], one["wrong"]
    secret, by = _secret(world, one), speaker(force, "spr-lead", gold=True)
    paper, other = (
        world.enter(forces.document(force), world.fresh("document"), by).subject for _ in range(2)
    )
    decided = _withholding(
        world,
        one,
        other if wrong == "another paper" else paper,
        "concern:else" if wrong == "another item" else secret.subject,
        until=date(2015, 1, 1) if wrong == "over" else date(2020, 1, 1),
        stage=Stage.PROPOSED if wrong == "proposed" else Stage.TAKEN,
    )
    value = forces.document(force, rests_on=(secret.subject,), redactions=(decided,))
    return enters(world, value, paper, by)


@breaks(13, laws.marked_as_what_it_is_about, marking=markings)
def spoken_more_openly_than_what_it_is_about(world: World, one: Any) -> Attempt:
    secret = _secret(world, one)
    value = forces.link(secret.subject, "measure:psus")
    by = speaker(one["force"], "spr-lead", gold=True)
    return enters(world, value, world.fresh("link"), by)


# --- 14: every proposal ends, and what has ended stands ----------------------------------------

ends = st.sampled_from([Stage.TAKEN, Stage.AMENDED, Stage.WITHDRAWN, Stage.LAPSED])


def _ended(value: Any, stage: Stage) -> Any:
    more: dict[str, Any] = {"resolved": "as amended"} if stage is Stage.AMENDED else {}
    more |= {"until": date(2016, 1, 1)} if stage is Stage.DEFERRED else {}
    return changed(value, stage=stage, **more)


@breaks(14, laws_papers.decision_moves_on, stage=ends, then=st.sampled_from(list(Stage)))
def a_decision_that_ended_moves_on(world: World, one: Any) -> Attempt:
    force, by = one["force"], speaker(one["force"], "board-member")
    value = forces.decision(force)
    subject = world.enter(value, world.fresh("decision"), by).subject
    world.enter(_ended(value, one["stage"]), subject, by)
    return enters(world, _ended(value, one["then"]), subject, by)


_begins = st.sampled_from([Stage.DEFERRED, Stage.WITHDRAWN, Stage.LAPSED])


@breaks(14, laws_papers.decision_moves_on, stage=_begins)
def a_decision_that_begins_at_its_end(world: World, one: Any) -> Attempt:
    value = _ended(forces.decision(one["force"]), one["stage"])
    by = speaker(one["force"], "board-member")
    return enters(world, value, world.fresh("decision"), by)


_other_words = st.sampled_from([{"text": "another"}, {"act": Act.APPROVE}, {"level": "level-1"}])


@breaks(14, laws_papers.decision_moves_on, fields=_other_words)
def a_decision_taken_in_other_words(world: World, one: Any) -> Attempt:
    force, by = one["force"], speaker(one["force"], "board-member")
    value = forces.decision(force)
    subject = world.enter(value, world.fresh("decision"), by).subject
    return enters(world, changed(value, stage=Stage.TAKEN, **one["fields"]), subject, by)


# --- 15: a closed list of links, and no ring of answers ----------------------------------------


@breaks(15, laws_frame.no_ring_of_answers, length=st.integers(2, 6), one_act=st.booleans())
def a_ring_of_answers(world: World, one: Any) -> Attempt:
    force, by = one["force"], speaker(one["force"], "spr-lead")
    with world.register.acting(by) as act:
        names = [world.fresh("concern") for _ in range(one["length"])]
        for name in names:
            act.enter(forces.concern(force), subject=name)
    links = [
        forces.link(source, target, LinkType.ANSWERS)
        for source, target in zip(names, [*names[1:], names[0]], strict=True)
    ]
    if not one["one_act"]:
        for held in links[:-1]:
            world.enter(held, world.fresh("link"), by)
        return enters(world, links[-1], world.fresh("link"), by)

    def attempt() -> None:
        with world.register.acting(by) as act:
            for held in links:
                act.enter(held, subject=world.fresh("link"))

    return attempt


@breaks(15, laws.reads_back, type_=st.sampled_from(["contradicts", "", "Answers"]))
def a_link_of_no_type_on_the_list(world: World, one: Any) -> Attempt:
    forged = forces.link(PSUS, "measure:psus").model_copy(update={"type": one["type_"]})
    by = speaker(one["force"], "spr-lead")

    def attempt() -> None:
        # The row of the projection is made of the type, so that a forged one shows its value.
        forged.__dict__["type"] = _Typed(one["type_"])
        world.enter(forged, world.fresh("link"), by)

    return attempt


class _Typed(str):
    @property
    def value(self) -> str:
        return str(self)


@breaks(15, laws_frame.link_stands, target=st.sampled_from([PSUS, "instrument:spr"]))
def a_link_turned_to_something_else(world: World, one: Any) -> Attempt:
    by = speaker(one["force"], "spr-lead")
    subject = world.enter(forces.link(SPR, "measure:psus"), world.fresh("link"), by).subject
    return enters(world, forces.link(SPR, one["target"]), subject, by)


# --- laws beside the fifteen -------------------------------------------------------------------


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


__all__ = ["BREACHES", "Breach", "Edition", "is_refused", "switched_off"]
