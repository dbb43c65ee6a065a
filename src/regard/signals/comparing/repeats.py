"""Repeat places and repeat victims: how many have one crime, two, three, four or more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from regard.core.errors import NotComparable
from regard.core.figures import Figure
from regard.core.statements import Statement
from regard.signals.comparing.places import Spread, by_chance, spread_of_sizes
from regard.signals.comparing.words import percentage, say
from regard.signals.tallies import tally

MOST_TOLD = 4  # the last class of repeats is so many or more
OF_ALL, OF_ANY = "of all {}", "of {} with at least one"
NO_TOTAL = "how many there are in all is not known"
METHOD = "concentration 1"


@dataclass(frozen=True)
class Repeated:
    """Places, or victims, with so many crimes.

    Attributes:
        crimes: How many each; the last class is that many or more.
        or_more: Whether it is the last class.
        number: How many there are.
        share_of_crimes: The crimes they hold, in per cent of all located ones.
        by_chance: How many chance alone would give; missing where the total is not known.
    """

    crimes: int
    or_more: bool
    number: Figure
    share_of_crimes: Figure
    by_chance: Figure


@dataclass(frozen=True)
class Repeats:
    """Places, or victims, with one crime, with two, three, and four or more.

    Attributes:
        crimes: The crimes they hold.
        any: How many have at least one.
        all: How many there are; missing where that is not known.
        classes: One, two, three, four or more.
        repeat: How many have more than one.
        share: They in per cent of those with at least one.
        held: The crimes they hold, in per cent.
        by_chance: How many chance alone would give with more than one; missing likewise.
    """

    crimes: Figure
    any: Figure
    all: Figure
    classes: tuple[Repeated, ...]
    repeat: Figure
    share: Figure
    held: Figure
    by_chance: Figure

    def statements(self) -> tuple[Statement, ...]:
        """How many have more than one crime, and how many would by chance."""
        if not self.repeat.known:
            told = [say("no repeats", any=self.any)]
        else:
            told = [
                say(
                    "repeats",
                    repeat=self.repeat,
                    share=self.share,
                    any=self.any,
                    held=self.held,
                    crimes=self.crimes,
                )
            ]
        if self.by_chance.value is not None:
            told.append(say("repeats by chance", all=self.all, by_chance=self.by_chance))
        return tuple(told)


def repeat_victims(
    victims_with: Mapping[int, int], crimes: Figure, *, at_risk: int | None = None,
    who: str = "victim",
) -> Repeats:  # fmt: skip
    """Repeat victims, from how many victims had so many crimes: counts of counts, no person.

    Args:
        victims_with: Number of victims by number of crimes each had.
        crimes: The crimes they had together.
        at_risk: Persons or premises that could have been victims; None where not known.
        who: Who was a victim, in the singular, with an `s` for the plural.

    Raises:
        DefinitionRefused: a number is below nought, or victims outnumber those at risk.
        NotEnoughData: there is no victim.
        NotComparable: the crimes do not add up.
    """
    spread = spread_of_sizes(victims_with, places=at_risk)
    if abs(spread.all_crimes - crimes.known) > 0.5:
        raise NotComparable(
            f"victims had {spread.all_crimes:,.0f} crimes and {crimes} were counted",
            expected="one and the same count",
            next_step="count the crimes with a known victim alone",
        )
    return repeats_of(spread, crimes, at_risk, who)


def named(like: Figure, number: float, noun: str, what: str, *, places: int = 0) -> Figure:
    """A number of places or victims as a figure beside the crimes they hold.

    Args:
        like: The crimes.
        number: How many.
        noun: What they are, in the singular; an `s` makes the plural.
        what: Which of them, for the trace.
        places: Decimal places.
    """
    return replace(tally(like, number, noun, what=what, places=places), method=f"{METHOD}: {what}")


def not_known(figure: Figure) -> Figure:
    """The figure without a value, where it is not known how many places there are in all."""
    return replace(figure, value=None, missing=NO_TOTAL, interval=None)


def repeats_of(spread: Spread, crimes: Figure, total: int | None, noun: str) -> Repeats:
    """How many places or victims have one crime, two, three, four or more.

    Args:
        spread: Crimes over places.
        crimes: The crimes they hold.
        total: How many there are in all; None where that is not known.
        noun: What they are, in the singular.
    """
    any_number, located = spread.at_least(1)
    chance = None if total is None else by_chance(located, float(total))
    every = named(crimes, total or 0, noun, f"all {noun}s")
    classes = []
    for k in range(1, MOST_TOLD + 1):
        or_more = k == MOST_TOLD
        number, held = _class(spread, k, or_more=or_more)
        expected = named(crimes, 0, noun, "by chance alone")
        if chance is not None:
            expected = replace(expected, value=_class(chance, k, or_more=or_more)[0], places=1)
        classes.append(
            Repeated(
                k,
                or_more,
                named(crimes, number, noun, f"{noun}s with {k}{' or more' if or_more else ''}"),
                percentage(crimes, held / located, what="of the crimes"),
                not_known(expected) if chance is None else expected,
            )
        )
    number, held = spread.at_least(2)
    expected = named(crimes, 0 if chance is None else chance.at_least(2)[0], noun, "by chance")
    return Repeats(
        crimes=crimes,
        any=named(crimes, any_number, noun, f"{noun}s with at least one"),
        all=not_known(every) if total is None else every,
        classes=tuple(classes),
        repeat=named(crimes, number, noun, f"{noun}s with more than one"),
        share=share_of(crimes, number / any_number, OF_ANY.format(f"{noun}s")),
        held=percentage(crimes, held / located, what="of the crimes"),
        by_chance=not_known(expected) if chance is None else expected,
    )


def _class(spread: Spread, crimes: int, *, or_more: bool) -> tuple[float, float]:
    number, held = spread.at_least(crimes)
    if or_more:
        return number, held
    more, held_by_more = spread.at_least(crimes + 1)
    return number - more, held - held_by_more


def share_of(like: Figure, share: float, basis: str) -> Figure:
    """A share of places on one of the two bases, which keeps it from the other."""
    return replace(percentage(like, share, what=METHOD), basis=f"{like.basis}, {basis}")
