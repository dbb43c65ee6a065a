"""Answers side by side: what differs in what was asked, and what each says is late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.capability.questions import Question
from regard.capability.scenarios import LETTERS, Answered
from regard.core.errors import DefinitionRefused
from regard.core.periods import day_said
from regard.core.quantities import PERCENT, said
from regard.web.capable.asking import DAYS, ENDS
from regard.web.capable.finding import Found

FEWEST, MOST = 2, 4  # answers that stand side by side
LABELS: dict[str, Any] = {
    "psus": _("PSUs that go"),
    "days": _("Days"),
    "host_km": _("Kilometres to the host"),
    "weekday": _("Day they go"),
    "hour": _("Hour they go"),
    "make_up": _("Make-up of a PSU"),
    "on_shift": _("Taken from response, 07:00 to 19:00"),
    "otherwise": _("Taken from response, 19:00 to 07:00"),
    "rest_hours": _("Hours of rest after the return"),
    "recovery_days": _("Days looked at after the return"),
    "tolerance": _("Late answers of the first grade that are borne"),
    "levels": _("Numbers of PSUs that are shown"),
    "shift_end": _("At the end of a shift"),
    "reserve": _("Idle units kept for the first grade"),
    "divert": _("Whether a unit on its way may be taken"),
    "seed": _("Seed"),
}


@dataclass(frozen=True)
class Compared:
    """Answers side by side.

    Attributes:
        found: The answers.
        rows: A number of PSUs and a grade, with what each answer says of it; empty where it was
            not asked.
        differing: What differs in what was asked, with what each says.
        basis: Whether they met the same incidents, and what follows.
        one_force: Whether all are of one force.
    """

    found: tuple[Found, ...]
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]
    differing: tuple[tuple[str, tuple[str, ...]], ...]
    basis: str
    one_force: bool


def must_be_comparable(names: Sequence[str]) -> None:
    """Refuse too few or too many.

    Raises:
        DefinitionRefused: not two to four of them.
    """
    if not FEWEST <= len(names) <= MOST:
        raise DefinitionRefused(
            gettext("%(count)d answers were ticked") % {"count": len(names)},
            expected=gettext("two to four answers"),
        )


def compared(found: Sequence[Found]) -> Compared:
    """Answers side by side, in the order in which they were named."""
    answers = [one.answer for one in found]
    places = {(each["psus"], each["grade"]): None for one in answers for each in one.readings}
    order = {grade: place for place, (_psus, grade) in enumerate(reversed(places))}
    rows = tuple(
        (psus_said(psus), grade, tuple(late_said(one, psus, grade) for one in answers))
        for psus, grade in sorted(places, key=lambda one: (one[0], -order[one[1]]))
    )
    return Compared(
        tuple(found),
        rows,
        tuple(_differing(answers)),
        _basis(answers),
        len({one.force for one in answers}) == 1,
    )


def psus_said(psus: int) -> str:
    """A number of PSUs in words."""
    return gettext("Nobody away") if psus == 0 else f"{psus:,}"


def late_said(answer: Answered, psus: int, grade: str) -> str:
    """Per cent late with its range; empty where it was not asked."""
    for one in answer.readings:
        if (one["psus"], one["grade"]) == (psus, grade):
            return late_of(one["late"], one["low"], one["high"])
    return ""


def late_of(late: float, low: float, high: float) -> str:
    """Per cent late with its range, which ends where percentages do."""
    return gettext("%(late)s (%(low)s to %(high)s)") % {
        "late": said(late, PERCENT),
        "low": said(max(0.0, low), PERCENT),
        "high": said(min(100.0, high), PERCENT),
    }


def assumption_said(name: str, value: Any) -> str:
    """A value of a question as a page prints it."""
    if name == "weekday":
        return str(DAYS[value])
    if name == "hour":
        return f"{value:02d}:00"
    if name == "shift_end":
        return str(ENDS[value])
    if name in ("on_shift", "otherwise"):
        return said(100 * value, PERCENT)
    if name == "tolerance":
        return said(value, PERCENT)
    if name == "levels":
        return ", ".join(map(str, value)) or gettext("None but those that go")
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    return str(value) if name in ("seed", "make_up") else f"{value:,}"


def assumptions(question: Question) -> list[tuple[str, str]]:
    """Everything that was asked, with its label."""
    return [
        (str(LABELS[one.name]), assumption_said(one.name, getattr(question, one.name)))
        for one in fields(Question)
    ]


def _differing(answers: Sequence[Answered]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in fields(Question):
        values = [getattr(answer.question, one.name) for answer in answers]
        if len(set(values)) > 1:
            yield str(LABELS[one.name]), tuple(assumption_said(one.name, each) for each in values)
    others = (
        (gettext("Force"), tuple(one.force for one in answers)),
        (gettext("Last day of the records"), tuple(day_said(one.as_at) for one in answers)),
        (gettext("Replications"), tuple(f"{one.replications:,}" for one in answers)),
        (gettext("Inputs (SHA-256)"), tuple(one.inputs[:LETTERS] for one in answers)),
    )
    yield from ((label, values) for label, values in others if len(set(values)) > 1)


def _basis(answers: Sequence[Answered]) -> str:
    if len({one.inputs for one in answers}) == 1:
        return gettext("They are of the same inputs.")
    if len({one.incidents for one in answers}) == 1 and answers[0].incidents:
        return gettext(
            "The inputs differ in what was asked, and every replication met the same incidents. "
            "A difference between two answers is theirs and not of luck, but its range is in "
            "neither: ask one question with a curve for that."
        )
    return gettext("Not on the same incidents: the ranges must not be subtracted.")
