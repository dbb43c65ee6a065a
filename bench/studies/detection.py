"""A real step: how many months until the latest month signals, and until the step is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.figures import CLAIMS, Line, measured
from bench.studies.designs import AUTOCORRELATED, START, Design, in_per_cent, of_size
from bench.studies.looks import DOWNWARDS, NHS_DOWNWARDS, Flags, looks, nhs_looks
from regard.signals.adjusted.charts import adjusted_many
from regard.signals.adjusted.tuning import TUNING, Tuning

SEED = 52_032
SERIES, POWERED = 3_000, 4_000  # series of each design: looked at month by month, and once
STEP, MONTHS = 72, 108
BEFORE = 24  # looks before the step, in which every signal is a false one
NEAR = 6  # months within which a found step is the true one
NEVER = 10_000
HALF = 60  # where the step is when power over ten years is asked for


def lines(folder: Path, *, small: bool) -> list[Line]:
    """Months to a signal and to the step, beside the NHS rules; and power over ten years."""
    told = [line for design in delay_designs() for line in delays(design, of_size(small, SERIES))]
    return told + [power(design, of_size(small, POWERED)) for design in power_designs()]


def delay_designs() -> Iterator[Design]:
    """The three of the goals, the same with autocorrelation, and other dispersions."""
    stepped = Design(months=MONTHS, step=STEP)
    for rho in (0.0, AUTOCORRELATED):
        for mean, factor in ((200, 0.8), (200, 0.9), (2000, 0.9)):
            yield replace(stepped, mean=mean, factor=factor, autocorrelation=rho)
    for over in (1.0, 2.2, 3.0):
        yield from (replace(stepped, dispersion=over, factor=one) for one in (0.8, 0.9))


def power_designs() -> Iterator[Design]:
    """Three sizes and three steps in the middle of ten years."""
    for mean in (20, 50, 200):
        yield from (Design(mean, step=HALF, factor=factor) for factor in (0.95, 0.9, 0.8))


def fall(design: Design) -> str:
    """The step in the id of a figure."""
    return f"minus-{round(100 * (1 - design.factor))}-at-{design.name}"


def first_month(hits: Flags) -> np.ndarray:
    """The first month after the step that hits, from 1; `NEVER` where none does."""
    return np.where(hits.any(axis=1), hits.argmax(axis=1) + 1, NEVER)


def delays(design: Design, series: int, tuning: Tuning = TUNING) -> Iterator[Line]:
    """Median months from the step to a signal that points down, and to the step itself."""
    values = design.drawn(series, SEED)
    first = design.step - BEFORE + 1
    seen, theirs = looks(values, first, tuning), nhs_looks(values, first)
    since = seen.since[:, BEFORE:]
    found = (since > 0) & (abs(since - design.step) <= NEAR)
    signal = first_month(found | (seen.bits[:, BEFORE:] & DOWNWARDS > 0))
    by_nhs = first_month(theirs[:, BEFORE:] & NHS_DOWNWARDS > 0)
    false, false_error = in_per_cent(seen.any_signal[:, :BEFORE].any(axis=1))
    nhs_false = in_per_cent((theirs[:, :BEFORE] > 0).any(axis=1))[0]
    at_a_cost = (
        f"false alarms in the {BEFORE} months before the step: ours {false:.1f}%"
        f" (standard error {false_error:.1f}), NHS rules {nhs_false:.1f}%"
    )
    for kind, months in (("signal", signal), ("found", first_month(found))):
        claim = f"signals.detection.{kind}.{fall(design)}"
        asked = CLAIMS[claim].target or np.median(months)
        share, error = in_per_cent(months <= asked)
        yield measured(
            claim,
            told_median(months),
            peer=("NHS rules", told_median(by_nhs)) if kind == "signal" else ("", None),
            n=series,
            seed=SEED,
            note=f"{share:.1f}% (standard error {error:.1f}) within {asked:g} months;"
            f" dispersion {design.over:g}; {at_a_cost}",
        )


def told_median(months: np.ndarray) -> float:
    """The month by which half of the series have hit."""
    return float(np.sort(months)[(len(months) - 1) // 2])


def power(design: Design, series: int) -> Line:
    """The share of ten-year series in whose middle the step is found, within six months."""
    steps = adjusted_many(design.drawn(series, SEED), START).steps
    near = (abs(steps["column"] - HALF) <= NEAR) & (steps["after"] < steps["before"])
    any_step, found = np.zeros(series, bool), np.zeros(series, bool)
    any_step[steps["row"].astype(int)] = True
    found[steps["row"][near].astype(int)] = True
    share, error = in_per_cent(found)
    return measured(
        f"signals.detection.power.{fall(design)}",
        share,
        n=series,
        seed=SEED,
        note=f"standard error {error:.1f}; any step at all in {in_per_cent(any_step)[0]:.1f}%;"
        f" dispersion {design.over:.3g}",
    )
