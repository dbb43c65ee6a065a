"""Numbers of a claims file: read in number, reckoned from one another, and said in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil, floor
from typing import Any

from regard.core.errors import DefinitionRefused, shown
from regard.core.quantities import said
from regard.papers.findings import Given
from regard.papers.printed import Printed, Rounded

NOUGHT = Rounded.exact(0)
NOISE_PLACES = 9  # beyond any place that a paper prints; what arithmetic leaves is cut there


def plain(number: float | Rounded, unit: str = "") -> str:
    """A number as a finding says it: one decimal if broken, as posts are counted by halves."""
    value = number.value if isinstance(number, Rounded) else number
    return said(round(value, NOISE_PLACES), unit)


def joined(numbers: Iterable[float | Rounded]) -> str:
    """Several numbers in a sentence."""
    return ", ".join(plain(one) for one in numbers)


def several(given: Given, name: str, *, count: int | None = None) -> tuple[Rounded, ...]:
    """An input of one number or more.

    Args:
        given: The inputs.
        name: Which of them.
        count: How many numbers it must have; None for any but none at all.

    Raises:
        DefinitionRefused: it has another count of numbers.
    """
    numbers = given.numbers(name)
    if not numbers or count not in (None, len(numbers)):
        raise DefinitionRefused(
            f"{given.place}: {name} has {len(numbers)} numbers",
            expected=f"{count} numbers" if count else "one number or more",
        )
    return numbers


def implied_whole(part: Rounded, share: Rounded) -> tuple[Rounded, range]:
    """The whole of which so many are that share, and the whole numbers that it can be.

    Args:
        part: The part.
        share: Its share, as a part of one.
    """
    whole = part / share
    return whole, range(ceil(whole.low), floor(whole.high) + 1)


def fits_said(fits: range) -> str:
    """Which whole numbers would do, in a sentence."""
    if not fits:
        return "no whole number"
    return plain(fits[0]) if len(fits) == 1 else f"{plain(fits[0])} to {plain(fits[-1])}"


def reckoned(given: Mapping[str, Any] | float, place: str) -> Rounded:
    """A number of a claims file: printed, or reckoned from others of that paper.

    Args:
        given: `{ part, whole }` is a share in per cent, `{ share, of }` a part, `{ part, share }`
            the one whole number of which the part is that share; else a printed number.
        place: Claim and input, for messages.

    Raises:
        DefinitionRefused: no number, or more than one, is that whole.
    """
    if not isinstance(given, Mapping) or {"value", "words"} & set(given):
        return Printed.read(given, place).number
    named = {name: reckoned(one, place) for name, one in given.items()}
    if set(named) == {"part", "whole"}:
        return named["part"] / named["whole"] * 100
    if set(named) == {"share", "of"}:
        return named["share"] / 100 * named["of"]
    fits = range(0)
    if set(named) == {"part", "share"}:
        _, fits = implied_whole(named["part"], named["share"] / 100)
    if len(fits) != 1:
        raise DefinitionRefused(
            f"{place}: {shown(dict(given))} makes {fits_said(fits)}",
            expected="part and whole, share and of, or a part and share of one whole number",
        )
    return Rounded.exact(fits[0])
