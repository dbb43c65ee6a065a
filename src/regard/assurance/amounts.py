"""Exact numbers of the register as figures: the one place where they become binary numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from regard.core.errors import DefinitionRefused
from regard.core.figures import Figure, Source
from regard.core.quantities import Range
from regard.register.entries import Entry
from regard.register.kinds.values import Amount, Input
from regard.register.subjects import path_of

ALL_BODIES = "every body"
"""The scope of a figure of what binds all bodies alike."""

_A_HUNDRED = 100


def binary(number: Decimal | Fraction) -> float:
    """The binary number nearest to an exact one; nothing is computed with it afterwards."""
    return float(number)


def decimal_of(number: Fraction) -> Decimal:
    """A fraction as the decimal number that it exactly is.

    Raises:
        DefinitionRefused: it is none, as a third is not.
    """
    rest, places = number.denominator, 0
    while rest % 10 == 0 or rest % 2 == 0 or rest % 5 == 0:
        rest //= 10 if rest % 10 == 0 else 2 if rest % 2 == 0 else 5
        places += 1
    if rest != 1:
        raise DefinitionRefused(
            f"{number} has no end as a decimal number",
            expected="a formula that says how it rounds: round_down(…), round_up(…)",
        )
    digits = abs(number.numerator) * 10**places // number.denominator
    return Decimal((int(number < 0), tuple(int(one) for one in str(digits)), -places))


def places_of(number: Decimal | Fraction) -> int | None:
    """Decimal places with which a number is printed whole; None if no number of places does."""
    if isinstance(number, Fraction):
        try:
            number = decimal_of(number)
        except DefinitionRefused:
            return None
    if number == number.to_integral_value():
        return 0
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else None


def interval_of(amount: Amount) -> Range | None:
    """The range of an estimate whose level is said, in the unit of the amount; else None.

    A range without a level cannot be read as one with a level of our own choice.
    """
    if amount.low is None or amount.high is None or amount.level is None:
        return None
    if not 0 < amount.level < _A_HUNDRED:
        return None
    return Range(binary(amount.low), binary(amount.high), binary(amount.level / _A_HUNDRED))


def named_scope(subject: str | None) -> str:
    """The scope of a figure from the subject of a body."""
    return path_of(subject) if subject else ALL_BODIES


def input_figures(entry: Entry[Any], inputs: Iterable[Input], *, scope: str) -> tuple[Figure, ...]:
    """The inputs of a formula as figures, each with the entry that holds it."""
    return tuple(
        Figure(
            value=binary(one.value),
            unit=one.unit,
            measure=one.name,
            scope=scope,
            basis="input",
            method="as stated",
            as_at=entry.effective,
            sources=(entry.source, *((Source("said", one.source),) if one.source else ())),
            places=places_of(one.value),
        )
        for one in inputs
    )


def counted(
    number: int,
    unit: str,
    *,
    what: str,
    scope: str,
    as_at: date,
    entries: Iterable[Entry[Any]],
) -> Figure:
    """A count of entries, or of days between two, that names them.

    Args:
        number: How many.
        unit: In the singular; an `s` is added for any number but one.
        what: What was counted, for the trace.
        scope: The body or area.
        as_at: The day to which it is true.
        entries: What was counted.
    """
    return Figure(
        value=number,
        unit=unit if number == 1 else f"{unit}s",
        measure=what,
        scope=scope,
        basis="counted",
        method="count of entries",
        as_at=as_at,
        sources=tuple(one.source for one in entries),
        places=0,
    )
