"""Where each deliverable stands: told here, told elsewhere, or not told at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from regard.core.errors import NotKnown
from regard.core.periods import Month
from regard.core.statements import Statement
from regard.plan.model import CADENCES, GIVEN, MORE, TO_COME, Deliverable, Plan, Report

HERE = "reported here"
ELSEWHERE = "points elsewhere"
SILENT = "nothing to say"
STATES = (HERE, ELSEWHERE, SILENT)
LONGEST_MONTH = 31  # days; a month of a cadence is never counted shorter, to the lead's benefit

SHORT_TITLE = 4  # words of a title that a list of many deliverables prints
POINTING = {TO_COME: "To be included in", GIVEN: "Given in", MORE: "More detail in"}
_LEADING = {
    TO_COME: "The position is to be included in {paper}, {when}",
    GIVEN: "The position was given in {paper}, {when}",
    MORE: "More detail stands in {paper}, {when}",
}


@dataclass(frozen=True)
class Told:
    """What a paper says of one deliverable.

    Attributes:
        deliverable: Which.
        state: One of `STATES`; a duplicate has the state of what it repeats.
        reading: The state in one sentence.
        quoted: The position in its lead's words.
        references: Where else it is reported, a sentence a paper.
        flags: What does not fit: an old reference, a paper from before the plan.
        repeats: The deliverable of which this is a duplicate, if it is one.
        repeated_as: The deliverables that are duplicates of this.
    """

    deliverable: Deliverable
    state: str
    reading: Statement
    quoted: tuple[Statement, ...]
    references: tuple[Statement, ...]
    flags: tuple[Statement, ...]
    repeats: Deliverable | None = None
    repeated_as: tuple[Deliverable, ...] = ()

    @property
    def pointer(self) -> str:
        """Where the position is to be looked for, in a few words."""
        reports = self.deliverable.reported
        coming = [one for one in reports if one.how == TO_COME]
        return "; ".join(
            f"{POINTING[one.how]} {one.paper}, {one.when}" for one in coming or reports
        )

    @property
    def short(self) -> str:
        """Its id, the first words of its title, and where it is repeated."""
        one = self.deliverable
        words = one.title.split()
        cut = " ".join(words[:SHORT_TITLE]).rstrip(",;:")
        cut += "…" if len(words) > SHORT_TITLE else ""
        also = f" (repeated as {', '.join(x.id for x in self.repeated_as)})"
        return f"{one.id} {cut}{also if self.repeated_as else ''}"


def deliverables_told(plan: Plan) -> tuple[Told, ...]:
    """Every deliverable of a plan, in the plan's order, as its board reads it."""
    return tuple(told(plan, one) for one in plan.deliverables)


def told(plan: Plan, deliverable: Deliverable) -> Told:
    """What the paper says of one deliverable.

    Where the position is said to be in a paper still to come, the deliverable points
    elsewhere whatever else is said: the words given are then its background.
    """
    repeats = _named(plan, deliverable.duplicate_of) if deliverable.duplicate_of else None
    first = repeats or deliverable
    state = _state(first)
    return Told(
        deliverable=deliverable,
        state=state,
        reading=_reading(plan, deliverable, state, repeats),
        quoted=tuple(plan.quote(one) for one in first.position),
        references=tuple(_reference(plan, one) for one in first.reported),
        flags=tuple(_flags(plan, first, state)),
        repeats=repeats,
        repeated_as=tuple(one for one in plan.deliverables if one.duplicate_of == deliverable.id),
    )


def _named(plan: Plan, named: str) -> Deliverable:
    held = {one.id: one for one in plan.deliverables}
    if named not in held:
        raise NotKnown("deliverable", named, held)
    return held[named]


def _state(one: Deliverable) -> str:
    deferred = any(report.how == TO_COME for report in one.reported)
    if deferred:
        return ELSEWHERE
    if one.position or one.complete:
        return HERE
    return ELSEWHERE if one.reported else SILENT


def _reading(plan: Plan, one: Deliverable, state: str, repeats: Deliverable | None) -> Statement:
    if repeats is not None:
        outcome = plan.outcome(repeats.outcome)
        under = f"{repeats.id}, under outcome {outcome.letter or outcome.title}"
        return _marked(
            plan, "This repeats, in the same words and with the same lead, {it}.", it=under
        )
    if one.complete:
        return _marked(plan, "The lead reports it as complete.")
    if state == HERE:
        return _marked(plan, "The position is reported here, in the lead’s words.")
    if state == SILENT:
        return _marked(
            plan, "Nothing is said: neither a position nor a paper in which one could be read."
        )
    if one.position:
        return _marked(
            plan, "The position itself is left to another paper; the words given are background."
        )
    return _marked(plan, "No position here.")


def _reference(plan: Plan, report: Report) -> Statement:
    words = _LEADING[report.how] + (" ({note})." if report.note else ".")
    values = {"paper": report.paper, "when": report.when}
    if report.note:
        values["note"] = report.note
    return _marked(plan, words, **values)


def _flags(plan: Plan, one: Deliverable, state: str) -> list[Statement]:
    found = [
        _marked(
            plan,
            "{paper} of {when} is from before the year {year} began.",
            paper=report.paper,
            when=report.when,
            year=plan.year,
        )
        for report in one.reported
        if report.on.end < plan.year.start
    ]
    found.extend(
        _marked(
            plan,
            "{paper} of {when} was due before this board, and its position is not here.",
            paper=report.paper,
            when=report.when,
        )
        for report in one.reported
        if report.how == TO_COME and report.on.end < plan.board_on
    )
    if state == ELSEWHERE:
        found.extend(_cadence_flags(plan, one))
    return found


def _cadence_flags(plan: Plan, one: Deliverable) -> list[Statement]:
    if not one.cadence:
        return [_marked(plan, "No cadence of reporting is stated.")]
    given = _last_given(one.reported, plan.board_on)
    if given is None:
        return [
            _marked(
                plan,
                "It is to be reported {cadence}, and no earlier paper is named that gave it.",
                cadence=one.cadence,
            )
        ]
    days = (plan.board_on - given.on.end).days
    if days <= CADENCES[one.cadence] * LONGEST_MONTH:
        return []
    months = Month.of(plan.board_on) - Month.of(given.on.start)
    return [
        _marked(
            plan,
            "It is to be reported {cadence}, and was last given in {when}, {ago} before this "
            "board.",
            cadence=one.cadence,
            when=given.when,
            ago=plan.number(
                months, "month", measure=f"age of the report on {one.id}", as_at=plan.board_on
            ),
        )
    ]


def _last_given(reported: Sequence[Report], board_on: date) -> Report | None:
    given = [one for one in reported if one.how != TO_COME and one.on.start <= board_on]
    return max(given, key=lambda one: one.on.end, default=None)


def _marked(plan: Plan, template: str, /, **values: object) -> Statement:
    return Statement.of(template, marking=plan.marking, **values)  # type: ignore[arg-type]
