"""Ways to break the laws of papers, decisions and links: invariants 12 to 15."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from regard.register import laws, laws_frame, laws_papers
from regard.register.kinds import (
    Act,
    LinkType,
    Stage,
    changed,
)
from regard.register.kinds.speech import Frozen, Withheld
from register import forces
from register.breaking import (
    Attempt,
    breaks,
    enters,
)
from register.forces import GOLD, PSUS, SENSITIVE, SPR, World, speaker

# --- 12: an issued document stands, at its position

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


# --- 13: a document is marked as high as what it cites

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


# --- 14: every proposal ends, and what has ended stands

ends = st.sampled_from([Stage.TAKEN, Stage.AMENDED, Stage.WITHDRAWN, Stage.LAPSED])


def _ended(value: Any, stage: Stage) -> Any:
    more: dict[str, Any] = {"resolved": "as amended"} if stage is Stage.AMENDED else {}
    more |= {"deferred_until": date(2016, 1, 1)} if stage is Stage.DEFERRED else {}
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


# --- 15: a closed list of links, and no ring of answers


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
