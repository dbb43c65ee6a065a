"""One history of incidents, given row by row: what every scenario then meets alike.

A trace is drawn from a model, or given from records and replayed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from regard.core.errors import DefinitionRefused
from regard.kernels.compiling import compiled
from regard.mobilisation.response.model import HOUR

Reals: TypeAlias = NDArray[np.float64]
Wholes: TypeAlias = NDArray[np.int64]
Given: TypeAlias = Sequence[float] | NDArray[Any]


@dataclass(frozen=True, eq=False)
class Trace:
    """Incidents in the order in which they arise, each array of shape (incidents,).

    Attributes:
        hours: Hours from hour 0 that it covers.
        at: Minutes at which incidents arise, never falling, below the end.
        grade: Place of the grade, from 0.
        minutes: Minutes of a unit from dispatched to cleared.
        travel: Minutes of those that are its journey.
        units: How many units it needs.
        patience: Minutes after which it leaves the queue; infinite where it never does.
        area: Place of its area, from 0.
    """

    hours: int
    at: Reals
    grade: Wholes
    minutes: Reals
    travel: Reals
    units: Wholes
    patience: Reals
    area: Wholes

    def __len__(self) -> int:
        return len(self.at)

    @property
    def end(self) -> float:
        """Minutes from hour 0 to the end."""
        return HOUR * self.hours

    @property
    def alone(self) -> bool:
        """Whether every incident needs one unit and waits for as long as it takes."""
        return bool((self.units == 1).all() and np.isinf(self.patience).all())


def given(
    *,
    hours: int,
    at: Given,
    grade: Given,
    minutes: Given,
    travel: Given | float = 0.0,
    units: Given | int = 1,
    patience: Given | float = np.inf,
    area: Given | int = 0,
) -> Trace:
    """A trace from rows that were recorded or made elsewhere; see `Trace` for each column.

    Raises:
        DefinitionRefused: columns differ in length, or a row breaks what a trace is; the message
            names the row, counted from 1.
    """
    count = len(at)
    columns: dict[str, Any] = {
        "at": _column("at", at, count, np.float64),
        "grade": _column("grade", grade, count, np.int64),
        "minutes": _column("minutes", minutes, count, np.float64),
        "travel": _column("travel", travel, count, np.float64),
        "units": _column("units", units, count, np.int64),
        "patience": _column("patience", patience, count, np.float64),
        "area": _column("area", area, count, np.int64),
    }
    trace = Trace(hours, **columns)
    _check(trace)
    return trace


def _column(name: str, values: Any, count: int, kind: type) -> NDArray[Any]:
    held = np.asarray(values)
    if held.ndim == 0:
        held = np.full(count, held[()])
    if held.shape != (count,):
        raise DefinitionRefused(
            f"column {name} has shape {held.shape}", expected=f"{count} rows, as many as `at`"
        )
    made: NDArray[Any] = held.astype(kind)
    if kind is np.int64 and not (made == held).all():
        row = int(np.argmax(made != held))
        raise DefinitionRefused(
            f"row {row + 1} of {name} is {held[row]}", expected="a whole number"
        )
    return np.ascontiguousarray(made)


def _check(trace: Trace) -> None:
    if trace.hours < 1:
        raise DefinitionRefused(f"a trace of {trace.hours} hours", expected="at least one hour")
    kept = {
        "at": ((trace.at >= 0) & (trace.at < trace.end), "minutes from 0 to before the end"),
        "grade": (trace.grade >= 0, "the place of a grade, from 0"),
        "minutes": ((trace.minutes > 0) & np.isfinite(trace.minutes), "minutes above 0"),
        "travel": ((trace.travel >= 0) & np.isfinite(trace.travel), "minutes from 0 up"),
        "units": (trace.units >= 1, "at least one unit"),
        "patience": (trace.patience > 0, "minutes above 0, or infinity"),
        "area": (trace.area >= 0, "the place of an area, from 0"),
    }
    for name, (good, expected) in kept.items():
        _first_bad(name, getattr(trace, name), good, expected)
    rising = np.concatenate(([True], np.diff(trace.at) >= 0)) if len(trace) else np.array([True])
    _first_bad("at", trace.at, rising, "no earlier than the row before")


def _first_bad(name: str, values: NDArray[Any], good: NDArray[Any], expected: str) -> None:
    if not good.all():
        row = int(np.argmin(good))
        raise DefinitionRefused(f"row {row + 1} of {name} is {values[row]}", expected=expected)


@compiled
def lined_up(kind: Wholes, kinds: int) -> tuple[Wholes, Wholes]:
    """Incidents by kind, those of a kind in their order.

    Args:
        kind: Of each incident, from 0.
        kinds: How many kinds there are.

    Returns:
        Positions of incidents, shape (incidents,), and where each kind begins among them, shape
        (kinds + 1,).
    """
    first = np.zeros(kinds + 1, np.int64)
    for one in kind:
        first[one + 1] += 1
    for place in range(kinds):
        first[place + 1] += first[place]
    line = np.empty(kind.shape[0], np.int64)
    reached = first[:kinds].copy()
    for position in range(kind.shape[0]):
        one = kind[position]
        line[reached[one]] = position
        reached[one] += 1
    return line, first
