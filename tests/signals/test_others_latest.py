"""Chances of the latest month are chances: counted over many stable series."""

from __future__ import annotations

import numpy as np
import pytest

from regard.signals.others import individuals_many, rates_many, shares_many

SERIES = 4_000
SEED = 20_268


def made(kind, random, months):
    bases = random.integers(700, 1300, (SERIES, months)).astype(float)
    if kind == "rates by chance alone":
        return rates_many(random.poisson(bases / 10), bases)
    if kind == "overdispersed rates":
        return rates_many(random.negative_binomial(bases / 10 / 3, 1 / 4), bases)
    if kind == "shares by chance alone":
        return shares_many(random.binomial(bases.astype(int), 0.84), bases)
    if kind == "overdispersed shares":
        own = random.beta(0.84 * 400, 0.16 * 400, bases.shape)
        return shares_many(random.binomial(bases.astype(int), own), bases)
    return individuals_many(30 + random.standard_normal(bases.shape) / np.sqrt(bases), bases)


@pytest.mark.parametrize("months", [13, 37])
@pytest.mark.parametrize(
    "kind",
    ["rates by chance alone", "overdispersed rates", "shares by chance alone",
     "overdispersed shares", "averages"],
)  # fmt: skip
def test_one_stable_series_in_twenty_at_most_has_a_chance_below_one_in_twenty(kind, months):
    found = made(kind, np.random.default_rng(SEED), months).latest.p_value

    # Monte Carlo error of a share of 5% among 4,000: 0.34 points.
    assert (found <= 0.05).mean() <= 0.05 + 2 * 0.0034
    assert (found <= 0.05).mean() >= 0.02
    assert (found <= 0.01).mean() <= 0.01 + 2 * 0.0016
