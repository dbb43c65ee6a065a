"""A round: opened, filled with what was judged in the last one, and closed when all have spoken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from regard.assurance.cells import Key, keys_of, requirements_of, subject_of_judgement
from regard.assurance.lineage import Descent, descents
from regard.assurance.silences import FIRST_FEW, asked_by, still_to_speak
from regard.assurance.wording import told
from regard.core.errors import DefinitionRefused, EntryRefused, NotComparable, NotKnown
from regard.core.statements import Statement
from regard.register.access import EVERYTHING
from regard.register.acting import Acts
from regard.register.entries import Entry, Speaker
from regard.register.kinds.frame import Cycle, Party
from regard.register.kinds.reading import changed
from regard.register.kinds.speech import Judgement
from regard.register.kinds.values import Line
from regard.register.register import Register
from regard.register.seeing import View


@dataclass(frozen=True)
class Opened:
    """A round that was opened.

    Attributes:
        cycle: Its entry.
        cells: How many cells it has (count).
        unasked: Those on which nobody must speak at line 1.
    """

    cycle: Entry[Cycle]
    cells: int
    unasked: tuple[Key, ...]

    @property
    def statement(self) -> Statement:
        """What was opened, in a sentence."""
        held = self.cycle.value
        values: dict[str, Any] = {
            "name": held.name,
            "cells": self.cells,
            "bodies": len(held.scopes),
            "as_at": held.as_at,
        }
        if not self.unasked:
            return told("opened", source=self.cycle.source, **values)
        values["unasked"] = len(self.unasked)
        return told("opened, some unasked", source=self.cycle.source, **values)


def open_round(register: Register, value: Cycle, *, subject: str, by: Speaker) -> Opened:
    """Open a round.

    Args:
        register: The register.
        value: Its editions, bodies, Cs, day and duties.
        subject: Such as `cycle:2014-q4`.
        by: Who runs it.

    Raises:
        AccessRefused: the speaker may not run rounds.
        EntryRefused: there is such a round already, or it names what the register does not hold.
        DefinitionRefused: a duty is no post's, lies outside the round, or a C is judged nowhere.
    """
    if value.stage != "open":
        raise DefinitionRefused(f"{subject} would begin as {value.stage}", expected="open")
    view = register.view(by)
    there = view.find(subject)
    if there is not None:
        raise EntryRefused(
            f"{subject} was opened before, by entry {there.seq}",
            expected="the name of a new round",
            next_step="give it another name; see the rounds with: regard round list",
        )
    _duties_fit(view, subject, value)
    requirements = requirements_of(view, value)
    keys = tuple(keys_of(value, requirements))
    judged = {key.aspect for key in keys}
    idle = [one for one in value.aspects if one not in judged]
    if idle or not keys:
        raise DefinitionRefused(
            f"{subject} asks for {', '.join(idle) or 'nothing'}, under which no requirement of "
            f"{', '.join(value.editions)} is judged",
            expected="published editions, and the Cs under which their requirements are judged",
            next_step="see them with: regard edition show EDITION",
        )
    entry = register.enter(value, subject=subject, by=by, after=0)
    asked = {
        key
        for duty in value.duties
        if duty.line is Line.DOING
        for key in asked_by(duty, keys, requirements)
    }
    return Opened(entry, len(keys), tuple(key for key in keys if key not in asked))


def _duties_fit(view: View, subject: str, value: Cycle) -> None:
    for duty in value.duties:
        post = view.find(duty.post)
        if post is None or not isinstance(post.held, Party) or post.held.form != "post":
            raise DefinitionRefused(
                f"{subject} asks {duty.post} to speak at line {int(duty.line)}, which is no post",
                expected="a post of the register",
                next_step="list the posts with: regard register posts",
            )
        if duty.scope is not None and duty.scope not in value.scopes:
            raise DefinitionRefused(
                f"{subject} asks {duty.post} to speak of {duty.scope}, which it is not about",
                expected=", ".join(value.scopes[:FIRST_FEW]),
            )
        about = view.find(duty.about) if duty.about else None
        if duty.about and (about is None or about.value.edition not in value.editions):
            raise DefinitionRefused(
                f"{subject} asks {duty.post} to speak of {duty.about}, which is in none of its "
                "editions",
                expected=f"a requirement of {', '.join(value.editions)}",
            )


@dataclass(frozen=True)
class Carried:
    """What was offered again in a round.

    Attributes:
        cycle: The round.
        source: The round before it.
        count: How many judgements were carried (count), all of them unreviewed.
        stood: How many were there already, carried or judged (count).
        left: How many were not carried (count), by the reason.
    """

    cycle: str
    source: str
    count: int
    stood: int
    left: Mapping[str, int]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """What was carried and what was not, in sentences."""
        head = told(
            "carried", cycle=self.cycle, before=self.source, count=self.count, stood=self.stood
        )
        rest = (
            told("not carried", count=count, reason=reason)
            for reason, count in sorted(self.left.items())
        )
        return (head, *rest)


def carry(register: Register, cycle: str, *, by: Speaker) -> Carried:
    """Offer what was judged in the last round again, each as an entry of its own: never counted.

    A judgement is carried from the entry in which it was made, however many rounds ago, along
    requirements that are the same or merely reworded and judged in the same way. The board's
    words are not carried: it is assured by what is put to it.

    Raises:
        NotKnown: there is no such round, or it follows none.
        AccessRefused: the speaker may not run rounds.
        EntryRefused: the round is closed.
    """
    view = register.view(by)
    entry: Entry[Cycle] = view.one(cycle)
    before = entry.value.follows
    if before is None:
        raise NotKnown("round before this one", cycle, (), next_step="name it when you open one")
    carrier = _Carrier(view, entry, view.one(before))
    offers = tuple(carrier.offers(view.all(Judgement, cycle=before)))
    there = {one.subject for one in view.all(Judgement, cycle=cycle)}
    with register.acting(by) as act:
        effective = min(entry.value.as_at, act.today)
        _learn(act, offers)
        count = 0
        for one in offers:
            if one.subject in there or act.knowing.latest(one.subject) is not None:
                continue
            act.enter(
                one.value, subject=one.subject, effective=effective, marking=one.origin.marking
            )
            count += 1
    return Carried(cycle, before, count, len(offers) - count, carrier.left)


def _learn(act: Acts, offers: tuple[_Offer, ...]) -> None:
    """Look up at once what the laws will ask of every offer."""
    act.learn(name for one in offers for name in (one.subject, one.origin.subject))
    made_in = {one.value.carried_from or 0 for one in offers}
    act.learn((), entries=made_in)
    origins = (act.knowing.entry(seq) for seq in made_in)
    act.learn(one.subject for one in origins if one is not None)


@dataclass(frozen=True)
class _Offer:
    """A judgement that is offered again."""

    subject: str
    value: Judgement
    origin: Entry[Judgement]


class _Carrier:
    """Finds what of one round is offered in the next."""

    def __init__(self, view: View, now: Entry[Cycle], before: Entry[Cycle]) -> None:
        self._now = now
        self._keys = set(keys_of(now.value, requirements_of(view, now.value)))
        self._becomes = dict(_becomes(view, now.value, before.value))
        self.left: dict[str, int] = {}

    def offers(self, said: tuple[Entry[Judgement], ...]) -> Iterator[_Offer]:
        for one in said:
            value = one.held
            if value is None or value.line is Line.BOARD:
                continue
            descent = self._becomes.get(value.about)
            why_not = self._why_not(value, descent)
            if why_not or descent is None:
                self.left[why_not] = self.left.get(why_not, 0) + 1
                continue
            key = Key(value.scope, descent.now.subject, value.aspect)
            yield _Offer(
                subject_of_judgement(self._now.subject, key, value.line),
                self._again(one, descent),
                one,
            )

    def _why_not(self, value: Judgement, descent: Descent | None) -> str:
        if descent is None:
            return "no longer asked"
        if not descent.carries:
            return descent.relation
        if Key(value.scope, descent.now.subject, value.aspect) not in self._keys:
            return "not judged in this round"
        return ""

    def _again(self, one: Entry[Judgement], descent: Descent) -> Judgement:
        # Every field was checked when it was made; only what tells the two rounds apart changes.
        return one.value.model_copy(
            update={
                "about": descent.now.subject,
                "edition": descent.now.value.edition,
                "cycle": self._now.subject,
                "answers": None,
                "standing": "carried",
                "carried_from": one.value.carried_from or one.seq,
            }
        )


def _becomes(view: View, now: Cycle, before: Cycle) -> Iterator[tuple[str, Descent]]:
    """What each requirement of the last round became in this one."""
    for edition in now.editions:
        for origin in before.editions:
            try:
                found = descents(view, edition, origin)
            except NotComparable:
                continue  # editions of two instruments, or one that skips the crosswalk
            for one in found:
                yield from ((was, one) for was in one.was)


def close(register: Register, cycle: str, *, by: Speaker) -> Entry[Cycle]:
    """Close a round in which everybody has spoken who must.

    Raises:
        NotKnown: there is no such round.
        AccessRefused: the speaker may not run rounds.
        EntryRefused: a line has not spoken of some cells, of which the message names the number
            and the first; or the round was closed already.
    """
    entry: Entry[Cycle] = register.view(by).one(cycle)
    if entry.value.stage == "open":
        _must_be_whole(register.view(EVERYTHING), cycle)
    return register.enter(
        changed(entry.value, stage="closed"), subject=cycle, by=by, after=entry.seq
    )


def _must_be_whole(view: View, cycle: str) -> None:
    silences = still_to_speak(view, cycle)
    if not silences:
        return
    number = sum(len(one.keys) for one in silences)
    listed = "\n  ".join(str(one.statement) for one in silences[:FIRST_FEW])
    more = f"\n  and {len(silences) - FIRST_FEW:,} more" if len(silences) > FIRST_FEW else ""
    raise EntryRefused(
        f"{cycle} cannot be closed: {number:,} words are missing\n  {listed}{more}",
        expected="a word of every line on every cell of its duty",
        next_step=f"see who has still to speak with: regard round still {cycle.partition(':')[2]}",
    )
