"""Surveys and charts on bases: how often a range holds the truth, and how often chance is told.

Samples are clustered: answers come in tens that are alike, so that the design effect is 1.4 by
construction, and is known, as a survey's contractor states it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.figures import Line, measured
from bench.studies.designs import in_per_cent, of_size
from regard.core.periods import Month
from regard.signals import NHSR_PARITY, xmr_many
from regard.signals.intervals import points_interval, wilson
from regard.signals.others import LimitsMany, individuals_many, rates_many, shares_many
from regard.signals.surveys import Question, Wave, compare_waves, share_of, smallest_told, trend

SEED = 73_110
SAMPLES, TRENDS, SERIES = 20_000, 2_000, 20_000
TENS, EFFECT = 10, 1.4  # answers that are alike, and how much that widens the variance
MONTHS, LOOKED = 60, 24
START = Month(2010, 3)
ASKED = Question("confidence", "Confidence", "west-midlands", "survey-answers 1", smallest_cell=1)
Matrix = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Sample:
    """A sample of so many answers, of which a share is positive."""

    answers: int
    share: float

    @property
    def name(self) -> str:
        """As claims have it: `300-at-80`."""
        return f"{self.answers}-at-{round(100 * self.share)}"

    def drawn(self, times: int, seed: int, *, share: float | None = None) -> Matrix:
        """Positive answers of so many samples of clusters; shape (times,)."""
        random = np.random.default_rng((SEED, seed, self.answers, round(1000 * self.share)))
        alike = (EFFECT - 1) / (TENS - 1)
        size = (1 - alike) / alike
        p = self.share if share is None else share
        clusters = random.beta(p * size, (1 - p) * size, (times, self.answers // TENS))
        return random.binomial(TENS, clusters).sum(axis=1).astype(float)


DESIGNS = (Sample(50, 0.8), Sample(300, 0.5), Sample(300, 0.8), Sample(1250, 0.84))


def lines(folder: Path, *, small: bool) -> list[Line]:
    """Coverage of levels, differences and trends, power, and false signals on bases."""
    told = [level(one, of_size(small, SAMPLES)) for one in DESIGNS]
    told += [difference(one, of_size(small, SAMPLES)) for one in DESIGNS]
    told += [power(one, of_size(small, SAMPLES)) for one in DESIGNS[1:]]
    told.append(trends(of_size(small, TRENDS)))
    for kind, made in KINDS.items():
        told += on_bases(kind, made, of_size(small, SERIES))
    return told


def level(sample: Sample, times: int) -> Line:
    """How often Wilson's range at the effective sample size holds the true share."""
    found = sample.drawn(times, 1)
    held, plain = (
        np.array([
            sample.share in wilson(one, sample.answers, design_effect=effect) for one in found
        ])
        for effect in (EFFECT, 1.0)
    )  # fmt: skip
    return _covered(f"signals.surveys.level.{sample.name}", held, plain, times)


def difference(sample: Sample, times: int) -> Line:
    """How often Newcombe's range at the effective sizes holds no difference, there being none."""
    pairs = list(zip(100 * sample.drawn(times, 2), 100 * sample.drawn(times, 3), strict=True))
    held, plain = (
        np.array([
            0.0 in points_interval(
                now / sample.answers, then / sample.answers, base_now=n, base_then=n
            )
            for now, then in pairs
        ])
        for n in (sample.answers / EFFECT, float(sample.answers))
    )  # fmt: skip
    return _covered(f"signals.surveys.difference.{sample.name}", held, plain, times)


def _covered(claim: str, held: Matrix, plain: Matrix, times: int) -> Line:
    ours, error = in_per_cent(held)
    beside = in_per_cent(plain)[0]
    note = f"95% ranges; Monte Carlo error {error:.2f} points"
    return measured(claim, ours, peer=("no design effect", beside), n=times, seed=SEED, note=note)


def power(sample: Sample, times: int) -> Line:
    """How often the smallest difference said to be told four times in five is told."""
    one = Wave(START.period, sample.answers, sample.answers * sample.share, EFFECT)
    gap = smallest_told(one, one) / 100
    n = sample.answers / EFFECT
    lower = sample.drawn(times, 4, share=sample.share - gap)
    found = np.array([
        0.0 not in points_interval(
            100 * now / sample.answers, 100 * then / sample.answers, base_now=n, base_then=n
        )
        for now, then in zip(sample.drawn(times, 5), lower, strict=True)
    ])  # fmt: skip
    ours, error = in_per_cent(found)
    note = f"a fall of {100 * gap:.1f} points; Monte Carlo error {error:.2f} points"
    return measured(f"signals.surveys.power.{sample.name}", ours, n=times, seed=SEED, note=note)


def trends(times: int) -> Line:
    """How often a trend is told over eight quarters in which there is none."""
    sample = Sample(600, 0.8)
    found = sample.drawn(8 * times, 6).reshape(times, 8)
    told = [
        trend(
            ASKED,
            [
                Wave((START + 3 * at).period, sample.answers, positive, EFFECT)
                for at, positive in enumerate(row)
            ],
        ).verdict
        != "no trend"
        for row in found.tolist()
    ]
    first_last = [
        compare_waves(
            *(
                share_of(ASKED, Wave((START + 3 * at).period, sample.answers, row[at], EFFECT))
                for at in (7, 0)
            )
        ).stands_out
        for row in found.tolist()
    ]
    ours, error = in_per_cent(np.array(told))
    return measured(
        "signals.surveys.false-trend",
        ours,
        peer=("last wave v first", in_per_cent(np.array(first_last))[0]),
        n=times,
        seed=SEED,
        note=f"8 waves of {sample.answers} answers; Monte Carlo error {error:.2f} points",
    )


def _rates(random: np.random.Generator, series: int) -> tuple[LimitsMany, Matrix]:
    bases = random.integers(700, 1300, (series, MONTHS)).astype(float)
    counts = random.negative_binomial(bases / 10 / 1.2, 1 / 2.2)
    return rates_many(counts, bases), counts / bases


def _shares(random: np.random.Generator, series: int) -> tuple[LimitsMany, Matrix]:
    bases = random.integers(700, 1300, (series, MONTHS)).astype(float)
    own = random.beta(0.84 * 800, 0.16 * 800, bases.shape)
    counts = random.binomial(bases.astype(int), own)
    return shares_many(counts, bases), 100 * counts / bases


def _averages(random: np.random.Generator, series: int) -> tuple[LimitsMany, Matrix]:
    bases = random.integers(50, 400, (series, MONTHS)).astype(float)
    values = 30 + 40 * random.standard_normal(bases.shape) / np.sqrt(bases)
    return individuals_many(values, bases), values


KINDS: dict[str, Callable[[np.random.Generator, int], tuple[LimitsMany, Matrix]]] = {
    "rates": _rates,
    "shares": _shares,
    "averages": _averages,
}


def on_bases(
    kind: str, made: Callable[[np.random.Generator, int], tuple[LimitsMany, Matrix]], series: int
) -> list[Line]:
    """Stable overdispersed series: any signal in the last 24 of 60 months, and small chances."""
    chart, values = made(np.random.default_rng((SEED, len(kind))), series)
    known = xmr_many(values, rules=NHSR_PARITY, counts=False).signals
    ours, error = in_per_cent((chart.signals[:, -LOOKED:] > 0).any(axis=1))
    beside = in_per_cent((known[:, -LOOKED:] > 0).any(axis=1))[0]
    note = f"looked at once, at the end of 60 months; Monte Carlo error {error:.2f} points"
    any_signal = measured(
        f"signals.others.any-signal.{kind}", ours, peer=("NHS rules", beside), n=series,
        seed=SEED, note=note,
    )  # fmt: skip
    small, error = in_per_cent(chart.latest.p_value <= 0.01)
    note = f"Monte Carlo error {error:.2f} points"
    chance = measured(f"signals.others.small-chance.{kind}", small, n=series, seed=SEED, note=note)
    return [any_signal, chance]
