"""Low counts: a gamma-Poisson that drifts."""

import numpy as np
import pytest
from scipy import special, stats

from regard.core.periods import Month
from regard.signals.yearend.ahead import Stand, Window
from regard.signals.yearend.chances import shared
from regard.signals.yearend.few import (
    counted,
    gamma_drawn,
    node_of,
    paths_of_few,
    sweep_few,
    total_of_few,
)
from regard.signals.yearend.level import Row
from regard.signals.yearend.months import exposures, waves
from regard.signals.yearend.settings import settings

START = Month(2010, 4)


def row_of(counts, months=60):
    held = np.full(months, np.nan)
    held[: len(counts)] = counts
    return Row(
        held, exposures(START, months), waves(START, months), np.zeros(months), months - 12, months
    )


def one_node(drift, dispersion):
    return settings()._replace(drifts=np.array([drift]), dispersions=np.array([dispersion]))


def test_without_drift_or_excess_it_is_the_textbook_gamma_poisson():
    counts = np.random.default_rng(6).poisson(2.0, 48).astype(float)
    row = row_of(counts)

    held = sweep_few(row, np.array([48]), one_node(1e-9, 1.0))

    assert held.shape[0, 0] == pytest.approx(counts.sum() + 0.5)
    assert held.rate[0, 0] == pytest.approx(row.exposure[:48].sum())


def test_its_weight_is_the_likelihood_of_each_month_given_those_before():
    counts = np.array([3.0, 0.0, 5.0, 2.0] * 6)
    row, rules = row_of(counts), one_node(1e-9, 1.0)

    held = sweep_few(row, np.array([24]), rules)
    start = sweep_few(row, np.array([1]), rules)

    shapes = 0.5 + np.cumsum(counts)[:-1]
    rates = np.cumsum(row.exposure[:24])[:-1]
    chance = rates / (rates + row.exposure[1:24])
    wanted = stats.nbinom.logpmf(counts[1:], shapes, chance).sum()
    factorials = special.gammaln(counts[1:] + 1).sum()  # the same at every node: left out
    assert held.weight[0, 0] - start.weight[0, 0] == pytest.approx(wanted + factorials)


def test_a_level_that_drifts_forgets():
    counts = np.r_[np.full(40, 8.0), np.full(8, 1.0)]

    still = sweep_few(row_of(counts), np.array([48]), one_node(0.01, 1.0))
    moving = sweep_few(row_of(counts), np.array([48]), one_node(0.3, 1.0))

    assert still.shape[0, 0] / still.rate[0, 0] > 4
    assert moving.shape[0, 0] / moving.rate[0, 0] < 2.5


@pytest.mark.parametrize("mean, excess", [(0.2, 1.0), (3.0, 1.6), (9.0, 3.5), (40.0, 1.0)])
def test_counts_come_out_of_chances_as_from_a_negative_binomial(mean, excess):
    chances = np.array([0.001, 0.1, 0.37, 0.5, 0.9, 0.999])

    found = [counted(chance, mean, excess) for chance in chances]

    exact = stats.poisson(mean) if excess == 1 else stats.nbinom(mean / (excess - 1), 1 / excess)
    assert found == list(exact.ppf(chances))


def test_a_count_too_large_to_add_up_is_still_near_its_mean():
    assert counted(0.5, 5000.0, 1.0) == 5000.0
    assert counted(0.975, 5000.0, 1.0) == pytest.approx(5000 + 1.96 * 5000**0.5, rel=0.01)


@pytest.mark.parametrize("shape", [0.5, 1.0, 4.0, 29.0, 200.0])
def test_gamma_levels_have_the_right_mean_and_spread(shape):
    held = shared(20_000)

    found = np.array([gamma_drawn(shape, held.level[at], held.boosts[at]) for at in range(20_000)])

    exact = stats.gamma(shape)
    assert found.mean() == pytest.approx(shape, rel=0.02)
    assert found.var() == pytest.approx(shape, rel=0.08)
    # Three dimensions are spread evenly one by one and not together: a hundredth of chance.
    assert exact.cdf(np.quantile(found, [0.1, 0.5, 0.9])) == pytest.approx(
        [0.1, 0.5, 0.9], abs=0.012
    )


@pytest.mark.parametrize("mean, dispersion", [(0.3, 1.0), (4.0, 1.6)])
def test_simulated_totals_have_the_mean_and_variance_worked_out(mean, dispersion):
    counts = np.random.default_rng(7).poisson(mean, 52).astype(float)
    row, rules, window = row_of(counts), one_node(0.07, dispersion), Window(52, 48, 60)
    held = sweep_few(row, np.array([52]), rules)

    drawn = paths_of_few(
        row, 52, window, held, Stand(0, 0, 0, np.ones(1), 1.0), rules, shared(20_000)
    )

    wanted, variance = total_of_few(row, window, held, 0, 0, rules)
    totals = drawn.sum(axis=1)
    assert np.all(drawn == np.floor(drawn))
    assert totals.mean() == pytest.approx(wanted, rel=0.02)
    assert totals.var() == pytest.approx(variance, rel=0.08)


def test_widening_leaves_the_mean():
    row, rules, window = row_of(np.full(52, 4.0)), one_node(0.07, 1.25), Window(52, 48, 60)
    held = sweep_few(row, np.array([52]), rules)

    plain, wide = (
        paths_of_few(
            row, 52, window, held, Stand(0, 0, 0, np.ones(1), by), rules, shared(5000)
        ).sum(axis=1)
        for by in (1.0, 1.5)
    )

    assert wide.mean() == pytest.approx(plain.mean(), rel=0.03)
    assert wide.std() == pytest.approx(1.5 * plain.std(), rel=0.06)


def test_a_node_is_a_drift_and_a_dispersion():
    rules = settings()

    found = {node_of(node, rules) for node in range(40)}

    assert found == {(d, f) for d in rules.drifts for f in rules.dispersions}
