"""The measures of an area as a list: the latest value of each, and what it says in a few words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from regard.core.periods import Month
from regard.core.quantities import PERCENT, said
from regard.plan.packs import Pack, fresh
from regard.records.measures import Measure
from regard.signals import Reading
from regard.signals.conventions import (
    COMMON,
    CONCERN_HIGH,
    CONCERN_LOW,
    IMPROVEMENT_HIGH,
    IMPROVEMENT_LOW,
    NEITHER_HIGH,
    NEITHER_LOW,
)
from regard.signals.pack.tiers import BACKGROUND, HEADLINE, NOT_TESTED, TIERS, WATCH

NO_VALUE = "no value"
ORDER = (*TIERS, NO_VALUE)

ATTENTION: dict[str, tuple[Promise, str]] = {
    HEADLINE: (_("Stands out"), "orange"),
    WATCH: (pgettext_lazy("attention", "Watch"), "yellow"),
    BACKGROUND: (_("Background"), "grey"),
    NOT_TESTED: (_("Not tested"), "grey"),
    NO_VALUE: (_("Cannot be counted"), "grey"),
}
"""How much attention a measure asks for: its word and the colour of its tag."""

_STATES: dict[str, Promise] = {
    "too early to judge": _("Too early to judge"),
    "too few to chart": _("Too few to chart"),
    "exceptional month": _("An exceptional month"),
    "possible step": _("Possibly a step"),
    "no stable level": _("No stable level"),
    "step change": _("A step change"),
    "stable": _("No real change"),
}
_VARIATIONS: dict[str, Promise] = {
    COMMON: _("No real change"),
    IMPROVEMENT_HIGH: _("Better: higher than usual"),
    IMPROVEMENT_LOW: _("Better: lower than usual"),
    CONCERN_HIGH: _("Worse: higher than usual"),
    CONCERN_LOW: _("Worse: lower than usual"),
    NEITHER_HIGH: _("Higher than usual"),
    NEITHER_LOW: _("Lower than usual"),
}


@dataclass(frozen=True)
class Listed:
    """A measure in the list.

    Attributes:
        measure: Its definition.
        tier: Of `ORDER`.
        month: The last month with a value; None where there is none.
        value: That value with its unit.
        words: What the reading says, in a few words; why there is none, where there is none.
        proposed: The month of a step that nobody has decided on yet.
    """

    measure: Measure
    tier: str
    month: Month | None
    value: str
    words: str
    proposed: Month | None = None

    @property
    def attention(self) -> str:
        """How much attention it asks for, in words."""
        return str(ATTENTION[self.tier][0])

    @property
    def colour(self) -> str:
        """The colour of the tag beside the word."""
        return ATTENTION[self.tier][1]


def listed(known: Iterable[Measure], pack: Pack | str) -> tuple[Listed, ...]:
    """Every measure, those that ask for most attention first.

    Args:
        known: The measures there are.
        pack: What was read of the area; or why nothing was.
    """
    if isinstance(pack, str):
        why = gettext("Nothing was supplied that answers it")
        return tuple(Listed(one, NO_VALUE, None, "", why) for one in known)
    read = {
        one.series.measure: (one, str(tier))
        for one, tier in zip(pack.readings, pack.tiers.tier, strict=True)
    }
    lacking = {one.measure: one.why for one in pack.left_out}
    rows = [_listed(one, read.get(one.id), lacking.get(one.id, "")) for one in known]
    return tuple(sorted(rows, key=lambda row: ORDER.index(row.tier)))


def _listed(measure: Measure, read: tuple[Reading, str] | None, lacking: str) -> Listed:
    if read is None:
        why = lacking or gettext("Nothing was supplied that answers it")
        return Listed(measure, NO_VALUE, None, "", why)
    reading, tier = read
    newest = fresh(reading)
    return Listed(
        measure=measure,
        tier=tier,
        month=reading.latest.month,
        value=_value(reading),
        words=in_a_few_words(reading),
        proposed=newest[-1].month if newest else None,
    )


def _value(reading: Reading) -> str:
    """The last value with its unit; a percentage with what it is of."""
    series, latest = reading.series, reading.latest
    told = said(latest.value or 0.0, series.unit)
    at = latest.month - series.start
    base = series.bases[at] if series.bases and series.unit == PERCENT else None
    if base is None:
        return told
    return gettext("%(share)s of %(base)s") % {"share": told, "base": said(base, "")}


def in_a_few_words(reading: Reading) -> str:
    """What a reading says, in a few words."""
    if reading.state:
        return str(_STATES.get(reading.state, reading.state))
    return str(_VARIATIONS.get(reading.variation, _STATES["too early to judge"]))


def matching(rows: Sequence[Listed], words: str, tier: str) -> tuple[Listed, ...]:
    """The rows whose names hold all the words, and of one tier if one is asked for."""
    wanted = words.casefold().split()
    return tuple(
        one
        for one in rows
        if (not tier or one.tier == tier)
        and all(word in f"{one.measure.name} {one.measure.id}".casefold() for word in wanted)
    )
