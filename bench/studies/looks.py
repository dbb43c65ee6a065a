"""A series looked at month after month: what the latest month says each time, and nothing else.

Every look fits anew to the months there are by then, as a reader of a monthly paper would.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from bench.studies.designs import START, Matrix
from regard.kernels.compiling import compiled
from regard.signals import NHSR_PARITY, xmr_many
from regard.signals.adjusted.fitting import fit_months, supplied
from regard.signals.adjusted.lines import last_month
from regard.signals.adjusted.season import calendar_months, exposures
from regard.signals.adjusted.tuning import FEWEST_TO_CHART, TUNING, Tuning
from regard.signals.adjusted.watching import watch
from regard.signals.kernel import Bits, Places, Values

HIGH, LOW, RUN_UP, RUN_DOWN, RISING, FALLING = 1, 2, 4, 8, 16, 32
UPWARDS, DOWNWARDS = HIGH | RUN_UP | RISING, LOW | RUN_DOWN | FALLING
NHS_UPWARDS, NHS_DOWNWARDS = 0b01010101, 0b10101010  # kernel.UPPER, UP, HIGH2, ABOVE; the others
Flags = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Looks:
    """What each look says; arrays have shape (series, looks).

    Attributes:
        first: Months there were at the first look.
        bits: Signals of the latest month, `HIGH` ... `FALLING`.
        since: The month in which the current level starts, 0 where no step was found.
    """

    first: int
    bits: Bits
    since: Places

    @property
    def stepped(self) -> Flags:
        """Whether a step was found."""
        return self.since > 0

    @property
    def exceptional(self) -> Flags:
        """Whether the latest month lies beyond its limits."""
        return self.bits & (HIGH | LOW) > 0

    @property
    def run(self) -> Flags:
        """Whether the latest month ends a run that signals."""
        return self.bits & (RUN_UP | RUN_DOWN) > 0

    @property
    def drift(self) -> Flags:
        """Whether a cumulative sum signals."""
        return self.bits & (RISING | FALLING) > 0

    @property
    def any_signal(self) -> Flags:
        """Whether the latest month signals or a step was found."""
        return (self.bits > 0) | self.stepped


def looks(values: Matrix, first: int, tuning: Tuning = TUNING) -> Looks:
    """Look at each series with its first `first` months, then with one more, up to all."""
    return with_calendar(values, first, calendar_months(START, values.shape[1]), tuning)


def with_calendar(values: Matrix, first: int, calendar: Places, tuning: Tuning = TUNING) -> Looks:
    """The same where the calendar month of each column (0 to 11) is told, right or wrong."""
    lengths = exposures(START, values.shape[1])
    return Looks(first, *_looked(values, lengths, calendar, first, tuning))


def nhs_looks(values: Matrix, first: int) -> Bits:
    """The bits of the latest month by NHSRplotthedots on the counts as they are."""
    months = range(first, values.shape[1] + 1)
    return np.stack(
        [xmr_many(values[:, :now], rules=NHSR_PARITY).signals[:, -1] for now in months], axis=1
    )


@compiled
def _looked(
    values: Values, exposure: Values, calendar: Places, first: int, tuning: Tuning
) -> tuple[Bits, Places]:
    rows, columns = values.shape
    bits = np.zeros((rows, columns - first + 1), np.uint8)
    since = np.zeros((rows, columns - first + 1), np.int64)
    none = np.zeros(0, np.bool_)
    for row in range(rows):
        for now in range(first, columns + 1):
            months = supplied(values[row, :now], exposure, calendar, none)
            fit = fit_months(months, tuning)
            last = last_month(fit, months, tuning)
            latest, bit = months.counts[-1], 0
            bit |= HIGH * int(latest > last.upper) + LOW * int(latest < last.lower)
            if np.mean(months.counts) >= FEWEST_TO_CHART:
                seen = watch(fit, months, tuning)
                bit |= RISING * int(seen.rise > tuning.alarm)
                bit |= FALLING * int(seen.fall > tuning.alarm)
                bit |= RUN_UP * int(seen.run >= tuning.run)
                bit |= RUN_DOWN * int(-seen.run >= tuning.run)
            bits[row, now - first] = bit
            since[row, now - first] = months.where[fit.starts[-1]]
    return bits, since
