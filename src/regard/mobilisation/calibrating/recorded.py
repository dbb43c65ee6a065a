"""Incidents as a force's own system recorded them, with what it did not record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from regard.core.errors import DefinitionRefused
from regard.mobilisation.response.model import DAY, HOUR, WEEK
from regard.mobilisation.response.traces import Reals, Wholes

BLOCK = 4  # hours of the cells in which a model is held against records
BLOCKS = DAY // BLOCK
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Recorded:
    """Incidents in the order of their calls, each array of shape (incidents,).

    Minutes are counted from hour 0, which is a midnight; what was not recorded, or stands before
    what it follows, is not a number.

    Attributes:
        start: Hour of the week of hour 0, a multiple of 24.
        hours: Hours that are covered, whole days.
        grades: What the grades are called, the most urgent first.
        at: When the call came.
        grade: Place of the grade, from 0.
        ready: When a unit could be sent: the call was graded or queued.
        sent: When the first unit was sent.
        arrived: When it arrived.
        cleared: When it was free again.
        units: Units sent; 0 where they were not counted.
    """

    start: int
    hours: int
    grades: tuple[str, ...]
    at: Reals
    grade: Wholes
    ready: Reals
    sent: Reals
    arrived: Reals
    cleared: Reals
    units: Wholes

    def __len__(self) -> int:
        return len(self.at)

    @property
    def days(self) -> int:
        """Days that are covered."""
        return self.hours // DAY

    @property
    def day(self) -> Wholes:
        """The day of each call, from 0."""
        return (self.at // (HOUR * DAY)).astype(np.int64)

    @property
    def hour(self) -> Wholes:
        """The hour of each call, from 0."""
        return (self.at // HOUR).astype(np.int64)

    @property
    def block(self) -> Wholes:
        """The four hours of the day of each call, from 0 to 5."""
        return (self.hour % DAY) // BLOCK

    @property
    def response(self) -> Reals:
        """Minutes from the call to the arrival."""
        return self.arrived - self.at

    @property
    def journey(self) -> Reals:
        """Minutes from being sent to the arrival."""
        return self.arrived - self.sent

    @property
    def minutes(self) -> Reals:
        """Minutes of a unit from being sent to being free."""
        return self.cleared - self.sent

    @property
    def complete(self) -> Flags:
        """Incidents whose every time was recorded."""
        return np.isfinite(self.response) & np.isfinite(self.minutes) & np.isfinite(self.ready)

    def missing(self, grade: int) -> float:
        """The share of a grade's incidents that lack a time."""
        held = self.grade == grade
        return float(1 - self.complete[held].mean()) if held.any() else 0.0

    def of(self, chosen: Flags) -> Recorded:
        """Some of the incidents, of the same hours."""
        return replace(
            self,
            **{
                name: getattr(self, name)[chosen]
                for name in ("at", "grade", "ready", "sent", "arrived", "cleared", "units")
            },
        )

    def between(self, first: int, last: int) -> Recorded:
        """The incidents of the days from `first` to `last`, without the last, from hour 0 again.

        Raises:
            DefinitionRefused: the days are not among those that are covered.
        """
        if not 0 <= first < last <= self.days:
            raise DefinitionRefused(
                f"days {first} to {last} of {self.days}", expected="days that are covered, in order"
            )
        kept = self.of((self.day >= first) & (self.day < last))
        gone = HOUR * DAY * first
        return replace(
            kept,
            start=(self.start + DAY * first) % WEEK,
            hours=DAY * (last - first),
            **{
                name: getattr(kept, name) - gone
                for name in ("at", "ready", "sent", "arrived", "cleared")
            },
        )


def recorded(
    *,
    start: int,
    hours: int,
    grades: Sequence[str],
    at: Reals,
    grade: Wholes,
    ready: Reals,
    sent: Reals,
    arrived: Reals,
    cleared: Reals,
    units: Wholes | None = None,
) -> Recorded:
    """Incidents from columns; see `Recorded` for each.

    A time that stands before the one it follows cannot be true and becomes not a number; calls
    are put in order.

    Raises:
        DefinitionRefused: columns differ in length, a grade or a call lies outside, or the hours
            are not whole days.
    """
    columns = {"at": at, "ready": ready, "sent": sent, "arrived": arrived, "cleared": cleared}
    count = len(at)
    lengths = {name: len(one) for name, one in (*columns.items(), ("grade", grade))}
    if set(lengths.values()) != {count}:
        raise DefinitionRefused(f"columns of {lengths} rows", expected="columns of one length")
    if hours % DAY or hours < DAY or start % DAY or not 0 <= start < WEEK:
        raise DefinitionRefused(
            f"{hours} hours from hour {start} of the week", expected="whole days from a midnight"
        )
    given = {name: np.asarray(one, np.float64) for name, one in columns.items()}
    outside = ~((given["at"] >= 0) & (given["at"] < HOUR * hours))
    place = np.asarray(grade, np.int64)
    for wrong, named, values in (
        (outside, "at", given["at"]),
        ((place < 0) | (place >= len(grades)), "grade", place),
    ):
        if wrong.any():
            row = int(np.argmax(wrong))
            raise DefinitionRefused(
                f"row {row + 1} has {named} {values[row]}",
                expected=f"calls within {hours} hours, and grades from 0 to {len(grades) - 1}",
            )
    order = np.argsort(given["at"], kind="stable")
    ready_at = _after(given["ready"], given["at"])
    sent_at = _after(given["sent"], np.where(np.isnan(ready_at), given["at"], ready_at))
    return Recorded(
        start,
        hours,
        tuple(grades),
        given["at"][order],
        place[order],
        ready_at[order],
        sent_at[order],
        _after(given["arrived"], sent_at)[order],
        _after(given["cleared"], sent_at)[order],
        np.zeros(count, np.int64) if units is None else np.asarray(units, np.int64)[order],
    )


def _after(later: Reals, earlier: Reals) -> Reals:
    return np.where(later >= earlier, later, np.nan)
