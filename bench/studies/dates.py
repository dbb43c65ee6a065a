"""The date of a step: how near the truth it is, and how often its 95% interval holds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy import stats

from bench.figures import Line, measured
from bench.studies.designs import (
    AUTOCORRELATED,
    POISSON,
    START,
    Design,
    Matrix,
    in_per_cent,
    of_size,
)
from bench.studies.looks import Flags
from bench.studies.others import LEAST, with_ruptures
from regard.signals.adjusted.charts import adjusted_many
from regard.signals.adjusted.tuning import TUNING, Tuning

SEED = 52_033
SERIES = 6_000
STEP = 60
KNOWING = "all known but the date"
FAR = 10_000  # months from the truth, where no step is found
LEAST_CHANCE = 1e-12  # a mid-rank chance kept off 0 and 1


@dataclass(frozen=True)
class Dated:
    """The step found nearest the true one in each series; arrays have shape (series,).

    Attributes:
        off: Months from the true date, `FAR` where no step was found.
        covered: Whether the 95% interval holds the true month; False where none was found.
        wide: Months from the first to the last of the interval, NaN where none was found.
    """

    off: Matrix
    covered: Flags
    wide: Matrix

    @property
    def found(self) -> Flags:
        """Whether any step was found."""
        return self.off < FAR


def lines(folder: Path, *, small: bool) -> list[Line]:
    """How near a date is, beside the best there could be; the cover of its interval."""
    series = of_size(small, SERIES)
    told = [line for design in date_designs() for line in dates(design, series)]
    return told + list(beside_ruptures(folder, series))


def date_designs() -> Iterator[Design]:
    """A fall of 20% at 200 a month in the middle of ten years."""
    base = Design(step=STEP, factor=0.8)
    yield from (replace(base, dispersion=over) for over in (None, 1.0, 2.2, 3.0))
    yield replace(base, autocorrelation=AUTOCORRELATED)


def dated(values: Matrix, step: int, tuning: Tuning = TUNING) -> Dated:
    """What the chart says of the step nearest the true one."""
    steps = adjusted_many(values, START, tuning=tuning).steps
    off = np.full(len(values), float(FAR))
    covered, wide = np.zeros(len(values), bool), np.full(len(values), np.nan)
    far_to_near = np.argsort(-abs(steps["column"] - step), kind="stable")
    rows = steps["row"][far_to_near].astype(int)
    held = (steps["earliest"] <= step) & (step <= steps["latest"])
    # Of several steps of a row the last one written, the nearest, stays.
    off[rows] = (steps["column"] - step)[far_to_near]
    covered[rows] = held[far_to_near]
    wide[rows] = (steps["latest"] - steps["earliest"])[far_to_near]
    return Dated(off, covered, wide)


def dates(design: Design, series: int, tuning: Tuning = TUNING) -> Iterator[Line]:
    """The share of series dated within a month, and of dates whose interval holds the truth."""
    random = design.random(SEED)
    peaks = design.peaks(series, random)
    values = design.counts(design.means(peaks), random)
    ours = dated(values, design.step, tuning)
    likelihood = log_likelihood(design, values, peaks)
    best = likelihood.argmax(axis=1) - design.step
    nearest = within_a_month(likelihood).argmax(axis=1) - design.step
    share, error = in_per_cent(abs(ours.off) <= 1)
    exact, known = in_per_cent(ours.off == 0)[0], in_per_cent(best == 0)[0]
    found = in_per_cent(ours.found)[0]
    yield measured(
        f"signals.dates.within-a-month.{design.name}",
        share,
        peer=(KNOWING, in_per_cent(abs(best) <= 1)[0]),
        n=series,
        seed=SEED,
        note=f"standard error {error:.2f}; dispersion {design.over:g}; a step is found in"
        f" {found:.1f}%, in the exact month in {exact:.1f}%; the peer knows levels, season and"
        f" spread and takes the likeliest month, the exact one in {known:.1f}%; were it to take"
        " the month likeliest to be within one of the truth, it would be so in"
        f" {in_per_cent(abs(nearest) <= 1)[0]:.1f}%",
    )
    cover, error = in_per_cent(ours.covered[ours.found])
    yield measured(
        f"signals.dates.coverage.{design.name}",
        cover,
        n=int(ours.found.sum()),
        seed=SEED,
        note=f"standard error {error:.2f}; dispersion {design.over:g}; on average"
        f" {np.nanmean(ours.wide) + 1:.1f} months long",
    )


def beside_ruptures(folder: Path, series: int) -> Iterator[Line]:
    """The same dates beside ruptures, told that there is one step; none where it is not."""
    design = next(date_designs())
    values = design.drawn(series, SEED)
    theirs = with_ruptures(values, folder, steps=1)
    if theirs is None:
        return
    share, error = in_per_cent(abs(dated(values, design.step).off) <= 1)
    yield measured(
        "signals.dates.within-a-month.v-ruptures",
        share,
        peer=("ruptures", in_per_cent(abs(theirs[:, 0] - design.step) <= 1)[0]),
        n=series,
        seed=SEED,
        note=f"standard error {error:.2f}; ruptures (KernelCPD, squared error) on the counts"
        " as they are, told that there is exactly one step; ours is not told",
    )


def log_likelihood(design: Design, values: Matrix, peaks: Matrix) -> Matrix:
    """Of the true model with everything known but the date, shape (series, months).

    Column s holds the log likelihood, up to a constant, of a step in month s; less than nought
    without end where a level would be shorter than the shortest one. Autocorrelation enters by
    the density of its Gaussian copula at mid-rank normal scores.
    """
    before = replace(design, step=-1).means(peaks)
    first, score = _logs_and_scores(design, values, before)
    second, moved = _logs_and_scores(design, values, before * design.factor)
    rho, months = design.autocorrelation, values.shape[1]

    def turns(last: Matrix, now: Matrix) -> Matrix:
        """What each month adds for following the month before it; nought for the first."""
        gaps = now[:, 1:] - rho * last[:, :-1]
        found = now[:, 1:] ** 2 / 2 - gaps**2 / (2 * (1 - rho**2))
        return np.hstack([np.zeros((len(found), 1)), found])

    within, across, beyond = turns(score, score), turns(score, moved), turns(moved, moved)
    zero = np.zeros((len(values), 1))
    old = np.hstack([zero, np.cumsum(first + within, axis=1)])[:, :months]
    new = np.cumsum((second + beyond)[:, ::-1], axis=1)[:, ::-1]
    found = old + new - beyond + across
    found[:, :LEAST], found[:, months - LEAST + 1 :] = -np.inf, -np.inf
    return found


def _logs_and_scores(design: Design, values: Matrix, means: Matrix) -> tuple[Matrix, Matrix]:
    more = design.over - 1
    counted = (
        stats.poisson(means) if more < POISSON else stats.nbinom(means / more, 1 / design.over)
    )
    logs = counted.logpmf(values)
    if not design.autocorrelation:
        return logs, np.zeros_like(logs)
    middle = counted.cdf(values) - np.exp(logs) / 2
    return logs, stats.norm.ppf(np.clip(middle, LEAST_CHANCE, 1 - LEAST_CHANCE))


def within_a_month(likelihood: Matrix) -> Matrix:
    """The chance, up to a factor, that the truth lies within a month of each column."""
    chance = np.exp(likelihood - likelihood.max(axis=1, keepdims=True))
    total = chance.copy()
    total[:, 1:] += chance[:, :-1]
    total[:, :-1] += chance[:, 1:]
    return total
