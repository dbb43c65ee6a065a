"""Rates and shares of changing bases beside shewhart's Laney charts and WA Health's engine.

Laney's sigma stands on d2: shewhart takes 2/sqrt(pi), WA Health and the printed tables 1.128.
Nothing is guarded here: they know no least spread and no exact limits for few events.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from agreement.wa_health import START
from regard.signals.others.individuals import individuals_many
from regard.signals.others.proportions import shares_many
from regard.signals.others.rates import rates_many
from regard.signals.others.rows import PUBLISHED

shewhart = pytest.importorskip("shewhart", reason="no oracle environment")
controlchartspy = pytest.importorskip("controlchartspy", reason="no oracle environment")

pytestmark = [pytest.mark.slow, pytest.mark.oracle]

SERIES, MONTHS, SEED = 60, 48, 20_268
EXACT = replace(PUBLISHED, table=False)


@pytest.fixture(scope="module")
def bases():
    return np.random.default_rng(SEED).integers(400, 900, (SERIES, MONTHS)).astype(float)


@pytest.fixture(scope="module")
def events(bases):
    random = np.random.default_rng(SEED + 1)
    return random.binomial(bases.astype(int), random.beta(60, 140, bases.shape)).astype(float)


def wa_health(kind, events, bases):
    """Lower and upper limits of their chart of one series; no range is screened out."""
    months = [(START + at).start for at in range(len(events))]
    made = controlchartspy.spc(
        {"month": months, "events": events.tolist(), "bases": bases.tolist()},
        keys="month", numerators="events", denominators="bases", return_objs="limits",
        spc_settings={
            "chart_type": kind, "outliers_in_limits": True, "perc_labels": "No", "multiplier": 1,
        },
    ).limits  # fmt: skip
    return np.array([[point["ll99"], point["ul99"]] for point in made]).T


def differ(ours, row, theirs, scale=1.0):
    """The largest gap between our limits of a series and theirs."""
    return np.abs(np.stack([ours.lower[row], ours.upper[row]]) / scale - theirs).max()


def test_rates_are_shewharts_u_prime(events, bases):
    ours = rates_many(events, bases, choices=EXACT)

    for row in range(SERIES):
        made = shewhart.laney_u(events[row], size=bases[row])
        assert differ(ours, row, made.table[["lcl", "ucl"]].to_numpy().T) <= 1e-9
        assert ours.spread[row, 0] == pytest.approx(made.stats["sigma_z"], rel=1e-12)


def test_shares_are_shewharts_p_prime(events, bases):
    ours = shares_many(events, bases, choices=EXACT)

    for row in range(SERIES):
        made = shewhart.laney_p(events[row], size=bases[row])
        assert differ(ours, row, made.table[["lcl", "ucl"]].to_numpy().T, 100) <= 1e-9
        assert ours.spread[row, 0] == pytest.approx(made.stats["sigma_z"], rel=1e-12)


def test_rates_are_wa_healths_u_prime_by_the_printed_tables(events, bases):
    ours = rates_many(events, bases, choices=PUBLISHED)

    assert max(
        differ(ours, row, wa_health("up", events[row], bases[row])) for row in range(SERIES)
    ) <= 1e-9  # fmt: skip


def test_shares_are_wa_healths_p_prime_by_the_printed_tables(events, bases):
    ours = shares_many(events, bases, choices=PUBLISHED)

    assert max(
        differ(ours, row, wa_health("pp", events[row], bases[row]), 100) for row in range(SERIES)
    ) <= 1e-9  # fmt: skip


@pytest.mark.parametrize("method", ["average_mr", "median_mr"])
def test_averages_on_even_bases_are_shewharts_individuals(events, bases, method):
    minutes = events / bases * 60
    choices = replace(PUBLISHED, ranges="median" if method == "median_mr" else "mean", table=False)
    # The median range is theirs over sqrt(2) z(0.75), ours over 0.954 as JMP prints it.
    finer = 0.954 / (np.sqrt(2) * 0.6744897501960817) if method == "median_mr" else 1.0

    ours = individuals_many(minutes, choices=choices)

    for row in range(SERIES):
        theirs = shewhart.imr(minutes[row], rules="none", method=method).stats
        half = (ours.upper[row, 0] - ours.centre[row, 0]) * finer
        assert ours.centre[row, 0] == pytest.approx(theirs["i_center"], abs=1e-9)
        assert half == pytest.approx(theirs["i_ucl"] - theirs["i_center"], abs=1e-9)
