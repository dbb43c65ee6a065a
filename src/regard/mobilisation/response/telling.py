"""Sentences a board reads, with figures that lead back to the run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from regard.core.figures import Figure, Source
from regard.core.quantities import PERCENT, POINTS, Range, said
from regard.core.statements import Statement
from regard.mobilisation.response.estimates import MINUTES, Estimate
from regard.mobilisation.response.lasting import HOURS, Knee, Recovery, Sustained
from regard.mobilisation.response.model import DAY
from regard.mobilisation.response.results import Runs

METHOD = "response simulation 1"
BASIS = "estimate"
PLACES = {PERCENT: 1, POINTS: 1, MINUTES: 1}
HOUR_ALONE = "hour"
DIGEST_LETTERS = 12
TEMPLATES = {
    "late": (
        "With {away} away, {late} of {grade} incidents would be answered late ({late:level} range "
        "{late:range}), against {base:number} with nobody away."
    ),
    "late, more": (
        "That is {more} more than with nobody away ({more:level} range {more:range}), both on "
        "the same incidents."
    ),
    "sustained": (
        "With {away} away, {grade} would stay within {tolerance} answered late for {hours}."
    ),
    "sustained throughout": (
        "With {away} away, {grade} would stay within {tolerance} answered late for all {looked} "
        "looked at."
    ),
    "sustained, at once": (
        "With {away} away, more than {tolerance} of {grade} incidents would be answered late over "
        "the first {hours}."
    ),
    "knee": (
        "Up to {holds} away the queue stays level; from {grows} on it grows for as long as they "
        "are away."
    ),
    "knee, none": "At every level looked at, up to {holds} away, the queue stays level.",
    "knee, at once": "From {grows} on the queue grows for as long as they are away.",
    "recovery": (
        "After the return it would take {mean} until no more wait than would have "
        "({hours:level} range {hours:range})."
    ),
    "recovery, some not": (
        "After the return it would take at least {hours} until no more wait than would have: in "
        "{open} of {runs} the hours looked at were too few."
    ),
}


@dataclass(frozen=True)
class Telling:
    """Says readings of one run about one force.

    Attributes:
        runs: What was run.
        scope: The force, by its identifier.
        as_at: The day to which its records were true.
        thing: What is away, in the singular, such as `PSU`.
    """

    runs: Runs
    scope: str
    as_at: date
    thing: str = "PSU"

    def figure(self, reading: Estimate, measure: str, *, signed: bool = False) -> Figure:
        """An estimate as a figure with its interval and the run it comes from.

        Args:
            reading: What the run says, in its unit.
            measure: What is measured.
            signed: Whether a plus sign is printed.
        """
        return self._number(
            reading.value, reading.unit, measure, places=PLACES.get(reading.unit, 0),
            reading=reading, signed=signed,
        )  # fmt: skip

    def _number(
        self,
        value: float,
        unit: str,
        measure: str,
        *,
        places: int = 0,
        reading: Estimate | None = None,
        signed: bool = False,
    ) -> Figure:
        runs = self.runs
        span = None
        if reading is not None and reading.replications > 1:
            span = _possible(reading, signed=signed)
        once = unit == HOURS and span is None and said(value, "", places=places) == "1"
        return Figure(
            value=value,
            unit=HOUR_ALONE if once else unit,
            measure=measure,
            scope=self.scope,
            basis=BASIS,
            method=METHOD,
            as_at=self.as_at,
            sources=(
                Source(
                    "figures",
                    f"run {runs.digest[:DIGEST_LETTERS]}",
                    f"inputs {runs.inputs[:DIGEST_LETTERS]}, seed {runs.seed}, "
                    f"{runs.replications:,} replications",
                ),
            ),
            interval=span,
            places=places,
            signed=signed,
        )

    def away(self, count: float) -> Figure:
        """How much is away, as a figure."""
        unit = self.thing if count == 1 else f"{self.thing}s"
        return self._number(count, unit, "units away", places=0 if count == int(count) else 1)

    def late(
        self, *, grade: str, away: float, reading: Estimate, base: Estimate, more: Estimate
    ) -> Statement:
        """How many of a grade would be answered late, and how many more than now.

        Args:
            grade: Its name.
            away: How much is away.
            reading: Percentage late with so much away.
            base: Percentage late with nobody away.
            more: Percentage points more, on the same incidents.
        """
        told = Statement.of(
            TEMPLATES["late"],
            away=self.away(away),
            grade=grade,
            late=self.figure(reading, f"{grade} answered late"),
            base=self.figure(base, f"{grade} answered late"),
        )
        rise = self.figure(more, f"{grade} answered late")
        return told + Statement.of(TEMPLATES["late, more"], more=rise)

    def sustained(self, found: Sustained, *, away: float) -> Statement:
        """For how long a grade stays within what the force bears."""
        tolerance = self._number(found.tolerance, PERCENT, "tolerance", places=1)
        told: dict[str, Any] = {
            "away": self.away(away),
            "grade": found.grade,
            "tolerance": tolerance,
        }
        if found.hours is None:
            looked = self._number(found.looked, HOURS, "hours looked at")
            return Statement.of(TEMPLATES["sustained throughout"], looked=looked, **told)
        hours = self._number(found.hours, HOURS, f"{found.grade} sustained")
        # The first look is at the first day: what fails there was never within it.
        held = "sustained" if found.hours > DAY else "sustained, at once"
        return Statement.of(TEMPLATES[held], hours=hours, **told)

    def knee(self, found: Knee) -> Statement:
        """Where the queue begins to grow."""
        if found.grows is None:
            return Statement.of(TEMPLATES["knee, none"], holds=self.away(found.holds or 0))
        grows = self.away(found.grows)
        if found.holds is None:
            return Statement.of(TEMPLATES["knee, at once"], grows=grows)
        return Statement.of(TEMPLATES["knee"], holds=self.away(found.holds), grows=grows)

    def recovery(self, found: Recovery) -> Statement:
        """How long it takes after the return."""
        hours = self.figure(found.simulated, "recovery")
        if found.not_recovered:
            return Statement.of(
                TEMPLATES["recovery, some not"],
                hours=hours,
                open=self._number(found.not_recovered, "", "runs not recovered"),
                runs=self._number(self.runs.replications, "runs", "replications"),
            )
        mean = hours
        if hours.number == "1":  # one hour, of a range of hours
            mean = replace(hours, unit=HOUR_ALONE, interval=None)
        return Statement.of(TEMPLATES["recovery"], mean=mean, hours=hours)


def _possible(reading: Estimate, *, signed: bool) -> Range:
    """The interval as far as it can be: what is no difference is never below nought."""
    span = reading.range
    if signed or reading.unit == POINTS or reading.value < 0:
        return span
    return replace(span, low=max(0.0, span.low))
