"""At which tier a thing is promised: in the force's own area, to its region, to the country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from regard.assurance.gaps import Apart, Gap, Unmeasured
from regard.assurance.targets import Target
from regard.core.errors import NotKnown
from regard.core.figures import Figure
from regard.core.statements import Statement
from regard.register.entries import Entry
from regard.register.kinds.facts import Expectation
from regard.register.kinds.frame import Measure
from regard.register.seeing import Position, View

TIER = "tier"
"""The scheme of the terms by which an expectation says at which tier it is promised."""

TIERS = ("local", "regional", "national")
"""The tiers of mobilisation, from the nearest (Authorised Professional Practice, mobilisation)."""

MAKE_UP = "make-up"
"""The scheme of the terms by which an expectation says of which make-up its units are."""

TEMPLATES = {
    "level": "{tier} {figure}",
    "level on a base": "{tier} {figure} ({base})",
    "for": "{tier} {days}",
    "for not stated": "{tier} not stated",
}
_WORDS = {2: "two", 3: "three"}


@dataclass(frozen=True)
class Level:
    """What a body promises at one tier.

    Attributes:
        target: The promise.
        tier: `local`, `regional` or `national`.
        alone: It set against what was observed on its own base, as if there were no other.
    """

    target: Target
    tier: str
    alone: Gap | Apart | Unmeasured

    @property
    def entry(self) -> Entry[Expectation]:
        """The expectation."""
        return self.target.entry

    @property
    def days(self) -> int | None:
        """For how many days it must be kept up; None where that is not stated."""
        return self.entry.value.sustain_for

    @property
    def lasts(self) -> Figure:
        """For how long it must be kept up; missing where that is not stated."""
        days = self.days
        return Figure(
            value=days,
            unit="day" if days == 1 else "days",
            measure=f"days for which {self.target.figure.measure} must be kept up",
            scope=self.target.figure.scope,
            basis="target",
            method="as stated",
            as_at=self.entry.effective,
            sources=(self.entry.source,),
            places=0,
            missing="" if days else "for how long is not stated",
        )

    def statement(self) -> Statement:
        """The tier and how much, with the base it stands on."""
        figure, base = self.target.figure, self.target.base
        if base:
            return self._said("level on a base", tier=self.tier, figure=figure, base=base)
        return self._said("level", tier=self.tier, figure=figure)

    def lasting(self) -> Statement:
        """The tier and for how long."""
        if self.days is None:
            return self._said("for not stated", tier=self.tier)
        return self._said("for", tier=self.tier, days=self.lasts)

    def _said(self, key: str, **values: str | Figure) -> Statement:
        return Statement.of(TEMPLATES[key], marking=self.entry.marking, **values)


def tier_term(tier: str) -> tuple[str, ...]:
    """The terms by which an expectation says at which tier it is promised.

    Raises:
        NotKnown: there is no such tier.
    """
    if tier not in TIERS:
        raise NotKnown("tier", tier, TIERS)
    return (f"{TIER}/{tier}",)


def tier_of(value: Expectation) -> str:
    """At which tier an expectation is promised; empty if it says none."""
    return next((one for one in TIERS if f"{TIER}/{one}" in value.terms), "")


def make_ups_of(levels: Iterable[Level]) -> tuple[str, ...]:
    """The make-ups that promises say their units are of, each once; empty where one says none."""
    found: set[str] = set()
    for level in levels:
        terms = (one.partition("/") for one in level.entry.value.terms)
        found |= {named for scheme, _, named in terms if scheme == MAKE_UP} or {""}
    return tuple(sorted(found))


def not_added(levels: Iterable[Level]) -> str:
    """Why promises are not one sum; empty where they are.

    A tier at which two are stated may state the same promise twice, and units of another make-up,
    or of one that nobody stated, are not known to be the same units.
    """
    held = tuple(levels)
    for tier, count in Counter(one.tier for one in held).items():
        if count > 1:
            return f"{_WORDS.get(count, 'several')} are stated at the tier {tier}"
    several = make_ups_of(held)
    if len(several) < 2:  # noqa: PLR2004 - one make-up is one unit
        return ""
    told = " and ".join(one for one in several if one)
    return (
        f"they are of the make-ups {told}"
        if all(several)
        else f"some are of the make-up {told}, and of others none is stated"
    )


def asked_on(view: View, scope: str, as_at: date) -> Iterator[Entry[Expectation]]:
    """Every expectation of a body, or of all, in the version of the day: one question for all."""
    narrow = {"scope": scope} if scope else {}  # of whom it is asked never changes
    found = view.all(Expectation, **narrow)
    if any(one.effective > as_at for one in found):
        of_the_day = view.up_to(view.position.seq)
        of_the_day.position = Position(view.position.seq, as_at)
        found = of_the_day.all(Expectation, **narrow)
    yield from (one for one in found if one.held is not None)


def better_lower(view: View, measures: set[str]) -> set[str]:
    """The measures of which less is better: what is asked of them is a limit, and no promise."""
    found = (view.find(one) for one in measures)  # their names were asked for with the targets
    return {
        one.subject
        for one in found
        if one is not None and isinstance(one.held, Measure) and one.held.better == "lower"
    }
