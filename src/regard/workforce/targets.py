"""Targets that follow from other numbers: the number, its formula and what it was made of.

A target of people trained is so many for each officer of each unit that is promised. Written out,
it can be asked what each number stands for; a wording that names another base gives another
target, and the two are told apart.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from regard.core.errors import DefinitionRefused
from regard.core.figures import Figure, Source
from regard.core.quantities import PERCENT
from regard.core.statements import Statement, together
from regard.core.verdicts import Verdict
from regard.workforce.printed import Finding, agrees
from regard.workforce.wording import say

TARGET = "target"
TIMES = " × "


@dataclass(frozen=True)
class Target:
    """A number of people that follows from others.

    Attributes:
        figure: The number, with what it was made of as its parts.
        formula: The formula in words, such as `training ratio × PSUs × officers in a PSU`.
    """

    figure: Figure
    formula: str

    @property
    def reckoned(self) -> Statement:
        """The formula with its numbers, such as `1,326 trained officers = 3 × 17 × 26`."""
        inputs = {f"input_{place}": one for place, one in enumerate(self.figure.parts)}
        product = TIMES.join(f"{{{name}:number}}" for name in inputs)
        return say(f"{{whole}} = {product}", whole=self.figure, **inputs)

    def statement(self) -> Statement:
        """The formula in numbers and in words."""
        return self.reckoned + say("({formula}).", formula=self.formula)


def product(inputs: Sequence[Figure], *, measure: str, scope: str, unit: str) -> Target:
    """The product of several figures as a target.

    Args:
        inputs: The figures, at least one; each says by its measure what it is.
        measure: What the target is of.
        scope: Whose target it is.
        unit: Its unit.

    Raises:
        DefinitionRefused: there are no inputs.
        NotEnoughData: one of them is missing.
    """
    if not inputs:
        raise DefinitionRefused(f"{measure} of no inputs", expected="at least one input")
    formula = TIMES.join(one.measure for one in inputs)
    figure = Figure(
        value=float(math.prod(one.known for one in inputs)),
        unit=unit,
        measure=measure,
        scope=scope,
        basis=TARGET,
        method=formula,
        as_at=max(one.as_at for one in inputs),
        sources=(Source("figures", formula),),
        parts=tuple(inputs),
    )
    return Target(figure, formula)


def trained_target(ratio: Figure, units: Figure, size: Figure) -> Target:
    """How many officers are to be trained: the ratio for each officer of each promised unit.

    Args:
        ratio: Trained officers for one that is promised (ratio).
        units: Units promised, such as PSUs; the target has their scope.
        size: Officers in one unit (count).
    """
    return product(
        (ratio, units, size), measure="officers to be trained", scope=units.scope, unit="officers"
    )


@dataclass(frozen=True)
class Attained:
    """How far a target is met.

    Attributes:
        held: How many there are.
        short: How many are lacking; below nought, how many there are beyond.
        statement: The same in a sentence.
    """

    held: Figure
    short: Figure
    statement: Statement


def attained(target: Target, percent: Figure) -> Attained:
    """How many people a printed share of a target comes to, and how many are lacking.

    The number is kept as it comes out, since only the share was printed; sentences round it.

    Args:
        target: The target.
        percent: The share that is met, in per cent.
    """
    whole = target.figure
    held = _of(target, percent.known * whole.known / 100, "share of target", percent)
    short = _of(target, whole.known - held.known, "target less what is held", held)
    said = say(
        "{percent} of {whole} is {held:number}, about {round:number}: {short:number} short.",
        percent=percent,
        whole=whole,
        held=held.printed(places=1),
        round=held.printed(places=0),
        short=short.printed(places=0),
    )
    return Attained(held, short, said)


@dataclass(frozen=True)
class Reading:
    """One way of reading the wording of a target.

    Attributes:
        words: What the wording would mean, such as `the requirement of the region`.
        target: The target that it gives.
    """

    words: str
    target: Target


def readings_of(printed: Figure, readings: Sequence[Reading], *, wording: int = 0) -> Finding:
    """Which reading of a wording gives the number that was printed.

    Args:
        printed: The number printed.
        readings: The ways of reading it, at least one.
        wording: Which of them is what the words say, counted from 0.

    Returns:
        OK where what the words say gives the number; BASIS where another reading does; BAD where
        none does. The statement has every reading with its number.

    Raises:
        DefinitionRefused: there is no such reading.
    """
    if not 0 <= wording < len(readings):
        raise DefinitionRefused(
            f"reading {wording} of {len(readings)}", expected="one of the readings"
        )
    fits = [agrees(one.target.figure.known, printed.known) is not Verdict.BAD for one in readings]
    told = [
        say("Read as {words}:", words=one.words)
        + one.target.reckoned
        + (
            say("(as printed).")
            if fit
            else say("(not the {printed:number} printed).", printed=printed)
        )
        for one, fit in zip(readings, fits, strict=True)
    ]
    verdict = Verdict.OK if fits[wording] else Verdict.BASIS if any(fits) else Verdict.BAD
    reason = "base" if verdict is Verdict.BASIS else ""
    meant = readings[wording].target.figure
    return Finding(verdict, reason, meant, printed, together(told))


def share_of(target: Target, held: Figure) -> Figure:
    """What is held in per cent of a target.

    Raises:
        DefinitionRefused: the target is nought or below.
    """
    whole = target.figure.known
    if whole <= 0:
        raise DefinitionRefused(f"{held} of {target.figure}", expected="a target above 0")
    return Figure(
        value=100 * held.known / whole,
        unit=PERCENT,
        measure=f"share of {target.figure.measure}",
        scope=target.figure.scope,
        basis=held.basis,
        method="held over target",
        as_at=held.as_at,
        sources=(Source("figures", "held over target"),),
        parts=(held, target.figure),
    )


def _of(target: Target, number: float, method: str, from_: Figure) -> Figure:
    return Figure(
        value=number,
        unit=target.figure.unit,
        measure=target.figure.measure,
        scope=target.figure.scope,
        basis="derived",
        method=method,
        as_at=from_.as_at,
        sources=(Source("figures", method),),
        parts=(from_, target.figure),
    )
