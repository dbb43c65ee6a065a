"""Stable series: how often a step is found that is not there, and how often a month signals."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.figures import Line, measured
from bench.studies.designs import AUTOCORRELATED, START, Design, Matrix, in_per_cent, of_size
from bench.studies.looks import Flags, looks, nhs_looks
from bench.studies.others import LEAST, PENALTY, poisson_steps, with_ruptures
from regard.core.periods import MONTHS_A_YEAR
from regard.signals.adjusted.charts import adjusted_many
from regard.signals.adjusted.tuning import TUNING, Tuning

SEED = 52_031
STEPPED, LOOKED = 10_000, 4_000  # series of each design
YEARS = (10, 5)
BASELINE, LOOKS = 60, 24  # months before the first look; looks, a month apart
BESIDE = 2_000  # series that ruptures is given
POISSON = "Poisson PELT"


def lines(folder: Path, *, small: bool) -> list[Line]:
    """False steps over 10 and 5 years, and any signal in 24 months, each beside a peer."""
    told = [
        false_steps(design, years, of_size(small, STEPPED))
        for years in YEARS
        for design in step_designs()
    ]
    told += beside_ruptures(folder, of_size(small, BESIDE))
    return told + [any_signal(design, of_size(small, LOOKED)) for design in look_designs()]


def step_designs() -> Iterator[Design]:
    """Two sizes and four dispersions, with and without autocorrelation."""
    for rho in (0.0, AUTOCORRELATED):
        yield from (Design(mean, autocorrelation=rho) for mean in (200, 2000))
        yield from (Design(dispersion=one, autocorrelation=rho) for one in (1.0, 2.2, 3.0))


def look_designs() -> Iterator[Design]:
    """The same, and without a season, and small counts."""
    yield from step_designs()
    for rho in (0.0, AUTOCORRELATED):
        yield Design(season=0.0, autocorrelation=rho)
        yield from (Design(mean, autocorrelation=rho) for mean in (15, 50))


def with_a_step(values: Matrix, tuning: Tuning = TUNING) -> Flags:
    """Whether a step is found in each series."""
    found = np.zeros(len(values), bool)
    found[adjusted_many(values, START, tuning=tuning).steps["row"].astype(int)] = True
    return found


def false_steps(design: Design, years: int, series: int, tuning: Tuning = TUNING) -> Line:
    """The share of stable series in which a step is found, looked at once, at their end."""
    values = replace(design, months=years * MONTHS_A_YEAR).drawn(series, SEED)
    ours, error = in_per_cent(with_a_step(values, tuning))
    by_poisson = poisson_steps(values, PENALTY, LEAST)
    return measured(
        f"signals.stable.step-{years}-years.{design.name}",
        ours,
        peer=(POISSON, in_per_cent(by_poisson > 0)[0]),
        n=series,
        seed=SEED,
        note=f"standard error {error:.2f}; dispersion {design.over:g}; {POISSON} on the counts"
        f" as they are finds {by_poisson.mean():.1f} steps a series at the same price a step",
    )


def beside_ruptures(folder: Path, series: int) -> Iterator[Line]:
    """The same for the base design beside ruptures; not measured where it is not there."""
    for years, rho in itertools.product(YEARS, (0.0, AUTOCORRELATED)):
        design = Design(months=years * MONTHS_A_YEAR, autocorrelation=rho)
        values = design.drawn(series, SEED)
        theirs = with_ruptures(values, folder)
        if theirs is None:
            continue
        ours, error = in_per_cent(with_a_step(values))
        yield measured(
            f"signals.stable.step-{years}-years.{design.name.replace('200', 'v-ruptures')}",
            ours,
            peer=("ruptures", in_per_cent((theirs >= 0).any(axis=1))[0]),
            n=series,
            seed=SEED,
            note=f"standard error {error:.2f}; 200 a month; ruptures (KernelCPD,"
            " squared error) on the counts as they are, at the same price a step times the"
            " variance by the average move",
        )


def any_signal(design: Design, series: int, tuning: Tuning = TUNING) -> Line:
    """The share of stable series with any signal or step in 24 months, a look every month."""
    values = replace(design, months=BASELINE + LOOKS).drawn(series, SEED)
    seen = looks(values, BASELINE + 1, tuning)
    ours, error = in_per_cent(seen.any_signal.any(axis=1))
    parts = {
        "a month": seen.exceptional, "run": seen.run, "drift": seen.drift, "step": seen.stepped,
    }  # fmt: skip
    shares = [f"{word} {in_per_cent(one.any(axis=1))[0]:.1f}" for word, one in parts.items()]
    return measured(
        f"signals.stable.any-signal.{design.name}",
        ours,
        peer=("NHS rules", in_per_cent((nhs_looks(values, BASELINE + 1) > 0).any(axis=1))[0]),
        n=series,
        seed=SEED,
        note=f"standard error {error:.2f}; dispersion {design.over:.3g}; 24 looks after"
        f" {BASELINE} months; by kind in % (a series may have several): {', '.join(shares)}",
    )
