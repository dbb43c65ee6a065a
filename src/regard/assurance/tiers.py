"""At which tier a thing is promised: in the force's own area, to its region, to the country."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from regard.assurance.gaps import Apart, Gap, Unmeasured
from regard.assurance.targets import Target
from regard.assurance.versions import versions
from regard.core.errors import NotKnown
from regard.core.figures import Figure
from regard.core.statements import Statement
from regard.register.entries import Entry
from regard.register.kinds.facts import Expectation
from regard.register.seeing import View

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
    """The make-ups that promises say their units are of, each once."""
    terms = (one for level in levels for one in level.entry.value.terms)
    return tuple(sorted({one.partition("/")[2] for one in terms if one.startswith(f"{MAKE_UP}/")}))


def on_day(view: View, entry: Entry[Expectation], as_at: date) -> Entry[Expectation] | None:
    """A version that was true on a day; None if there was none."""
    if entry.effective <= as_at:
        return entry
    before: tuple[Entry[Expectation], ...] = versions(view, entry.subject, as_at=as_at)
    return max(before, key=lambda one: (one.effective, one.seq), default=None)
