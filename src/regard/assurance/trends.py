"""From one observation to the next: a change of one and the same thing, or a break in the line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from regard.assurance.amounts import binary, places_of
from regard.assurance.gaps import NONE_NAMED, Apart, Difference, unit_of_a_difference
from regard.assurance.observed import FORECAST, Observed, series
from regard.assurance.target_words import listed, marked, within
from regard.core.errors import NotEnoughData
from regard.core.figures import Figure
from regard.core.statements import Statement, Value
from regard.register.seeing import View

EXERCISE = "exercise"


def between(now: Observed, then: Observed) -> Figure:
    """How much more was observed now than then, of the same thing.

    Raises:
        NotComparable: measure, scope, base, unit or method differ, or one is a forecast or an
            exercise and the other is not; the message names each difference.
        NotEnoughData: one of them is missing.
    """
    apart = _apart(now, then)
    if apart is not None:
        raise apart.refusal()
    exact = _exact(now) - _exact(then)
    return Figure(
        value=binary(exact),
        unit=unit_of_a_difference(now.figure.unit),
        measure=now.figure.measure,
        scope=now.figure.scope,
        basis=now.figure.basis,
        method="difference",
        as_at=now.on,
        sources=(now.entry.source, then.entry.source),
        parts=(now.figure, then.figure),
        places=places_of(exact),
        signed=True,
    )


@dataclass(frozen=True)
class Step:
    """From one observation to the next.

    Attributes:
        then, now: The two.
        change: By how much; None where the line is broken.
        apart: In what they differ where it is.
    """

    then: Observed
    now: Observed
    change: Figure | None
    apart: Apart | None

    def statement(self) -> Statement:
        """The change, or that the line is broken and why."""
        shared: dict[str, Value | Statement] = {
            "body": self.now.body,
            "measure": self.now.measure,
            "then": self.then.figure,
            "before": self.then.on,
            "now": self.now.figure,
            "day": self.now.on,
        }
        marking = marked((self.now.entry, self.then.entry))
        if self.apart is not None:
            differs = listed(one.statement() for one in self.apart.differs)
            return within("break", marking=marking, differs=differs, **shared)
        assert self.change is not None
        return within("changed", marking=marking, change=self.change, **shared)


def trend(
    view: View,
    measure: str,
    scope: str | None,
    *,
    base: str | None = None,
    as_at: date | None = None,
) -> tuple[Step, ...]:
    """From each observation with a number to the next, with a break where the method changes.

    Args:
        view: The register at a position.
        measure: The measure.
        scope: The body or area.
        base: On which base; None for whichever, with a break where it changes.
        as_at: Leaves out what was collected later.
    """
    held = [
        one
        for one in series(view, measure, scope, base=base, as_at=as_at)
        if one.figure.value is not None
    ]
    steps = []
    for then, now in zip(held, held[1:], strict=False):
        apart = _apart(now, then)
        change = None if apart else between(now, then)
        steps.append(Step(then, now, change, apart))
    return tuple(steps)


def _apart(now: Observed, then: Observed) -> Apart | None:
    one, other = now.figure, then.figure
    pairs = (
        ("measure", one.measure, other.measure),
        ("scope", now.body, then.body) if one.scope != other.scope else ("scope", "", ""),
        ("base", now.base or NONE_NAMED, then.base or NONE_NAMED),
        ("unit", one.unit, other.unit),
        ("method", one.method, other.method),
        ("basis", _sort_of(now), _sort_of(then)),
    )
    differs = tuple(Difference(*pair) for pair in pairs if pair[1] != pair[2])
    if not differs:
        return None
    return Apart(one, other, (now.body, then.body), differs, (now.entry, then.entry))


def _sort_of(held: Observed) -> str:
    """Counted, estimated and worked out follow one another; exercised and foretold do not."""
    basis = held.entry.value.basis
    return basis if basis in (EXERCISE, FORECAST) else "what was found"


def _exact(held: Observed) -> Fraction:
    amount = held.entry.value.amount
    if amount is None:
        raise NotEnoughData(
            f"{held.entry.subject} has no number: {held.figure.missing}",
            expected="an observation with a number",
        )
    return Fraction(amount.value)
