"""What the figures of a run are about, so that its sentences can be traced to its inputs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from regard.core.figures import Figure, Source
from regard.core.quantities import PERCENT, Range

UNITS = {
    "PSUs": "PSU", "hours": "hour", "days": "day", "people": "person", "weeks": "week",
    "units": "unit", "duties": "duty", "rest days": "rest day",
}  # fmt: skip


@dataclass(frozen=True)
class About:
    """What every figure of a run shares.

    Attributes:
        scope: Which body it is about, such as `west-midlands`.
        as_at: The day to which the inputs are true.
        method: How it was made, with its version.
        digest: SHA-256 of the inputs.
        generated: Whether the inputs were made up.
    """

    scope: str
    as_at: date
    method: str
    digest: str
    generated: bool = False

    def figure(
        self,
        value: float,
        unit: str,
        measure: str,
        *,
        interval: Range | None = None,
        places: int | None = 0,
    ) -> Figure:
        """A figure of the run; one of a thing is said in the singular.

        Args:
            value: The number.
            unit: Its unit in the plural, such as `PSUs`.
            measure: What is measured.
            interval: Its range.
            places: Decimal places.
        """
        made_up = "generated inputs, " if self.generated else ""
        return Figure(
            value=value,
            unit=UNITS.get(unit, unit) if value == 1 else unit,
            measure=measure,
            scope=self.scope,
            basis="estimate",
            method=self.method,
            as_at=self.as_at,
            sources=(Source("figures", f"{made_up}digest {self.digest[:12]}"),),
            interval=interval,
            places=places,
        )

    def percent(self, share: float, measure: str, interval: Range | None = None) -> Figure:
        """A share of 1 as a percentage without decimals."""
        scaled = interval and Range(100 * interval.low, 100 * interval.high, interval.level)
        return self.figure(100 * share, PERCENT, measure, interval=scaled)
