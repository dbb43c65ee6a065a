"""Our charts beside shewhart: individuals, c, u and u' limits, and the rules that overlap.

Their conventions: sigma is the mean moving range over 2/sqrt(pi), unscreened; two of three asks
nothing of the third point; a run ends where a value lies on the centre, as ours does. They take
runs of nine and trends of six, so that each of our runs and trends of seven is set against a
count of theirs from the same primitive facts: at nine, every one of theirs lies in one of ours.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from regard.signals import kernel
from regard.signals.conventions import EXACT_CONSTANT, NHS_UNGUARDED, TABLE_CONSTANT
from regard.signals.limits import c_limits, individuals_limits, u_limits
from regard.signals.xmr import xmr_many
from signals.test_xmr import V1, V2, V3, V8

shewhart = pytest.importorskip("shewhart", reason="no oracle environment")

pytestmark = [pytest.mark.slow, pytest.mark.oracle]

SERIES, MONTHS, SEED = 200, 120, 20_262
RULES = replace(NHS_UNGUARDED, constant=EXACT_CONSTANT, screen=False)


@pytest.fixture(scope="module")
def values():
    random = np.random.default_rng(SEED)
    level = random.choice([20.0, 200.0, 2000.0], (SERIES, 1))
    at = random.integers(0, 2 * MONTHS, (SERIES, 1))
    mean = level * np.where(np.arange(MONTHS) >= at, 0.85, 1.0)
    return random.normal(mean, np.sqrt(mean))


@pytest.fixture(scope="module")
def charts(values):
    return [shewhart.imr(row) for row in values]


def flagged(chart, rule):
    """The points that one of their rules names."""
    found = np.zeros(MONTHS, dtype=bool)
    for signal in chart.signals:
        if signal.rule == rule and signal.chart == "i":
            found[list(signal.points)] = True
    return found


def test_limits_of_individuals_are_theirs(values, charts):
    theirs = np.array([[one.stats[key] for key in ("i_lcl", "i_ucl")] for one in charts])

    ours = xmr_many(values, rules=RULES)

    assert np.abs(ours.lower[:, 0] - theirs[:, 0]).max() <= 1e-9
    assert np.abs(ours.upper[:, 0] - theirs[:, 1]).max() <= 1e-9


@pytest.mark.parametrize("values", [V1, V2, V3, V8], ids=["V1", "V2", "V3", "V8"])
def test_limits_of_the_printed_vectors_are_theirs(values):
    theirs = shewhart.imr([float(value) for value in values], rules="none")

    ours = individuals_limits(values)

    assert ours.centre == pytest.approx(theirs.stats["i_center"], abs=1e-9)
    assert ours.lower[0] == pytest.approx(theirs.stats["i_lcl"], abs=1e-9)
    assert ours.upper[0] == pytest.approx(theirs.stats["i_ucl"], abs=1e-9)


def test_points_beyond_a_limit_of_24000_are_theirs(values, charts):
    ours = xmr_many(values, rules=RULES).signals & (kernel.UPPER | kernel.LOWER) > 0

    theirs = np.array([flagged(chart, "nelson_1") for chart in charts])

    assert theirs.sum() > 100
    assert (ours != theirs).sum() == 0


def test_two_of_three_are_theirs_where_the_third_lies_on_the_same_side(values, charts):
    chart = xmr_many(values, rules=RULES)
    ours = chart.signals & (kernel.HIGH2 | kernel.LOW2) > 0
    side = np.sign(values - chart.centre)
    beyond = 3 * np.abs(values - chart.centre) > 2 * (chart.upper - chart.centre)
    theirs = np.array([flagged(one, "nelson_5") for one in charts])

    assert not (ours & ~theirs).any()
    for row, point in np.argwhere(theirs & ~ours):
        assert not any(
            abs(side[row, first : first + 3].sum()) == 3
            and beyond[row, first : first + 3].sum() >= 2
            for first in range(max(0, point - 2), min(point, MONTHS - 3) + 1)
        )


def test_runs_of_nine_lie_in_our_runs_of_seven_and_ours_in_their_trends_of_six(values, charts):
    bits = xmr_many(values, rules=RULES).signals
    runs = bits & (kernel.ABOVE | kernel.BELOW) > 0
    trends = bits & (kernel.UP | kernel.DOWN) > 0

    nines = np.array([flagged(chart, "nelson_2") for chart in charts])
    sixes = np.array([flagged(chart, "nelson_3") for chart in charts])

    assert nines.sum() > 500
    assert not (nines & ~runs).any()
    assert trends.sum() > 5
    assert not (trends & ~sixes).any()


def test_c_chart_is_theirs():
    counts = np.random.default_rng(SEED).poisson(19.8, (50, 26))
    for row in counts:
        theirs = shewhart.c_chart(row)

        ours = c_limits(row.tolist())

        assert ours.centre == pytest.approx(theirs.stats["c_center"], abs=1e-9)
        assert ours.lower[0] == pytest.approx(theirs.stats["c_lcl"], abs=1e-9)
        assert ours.upper[0] == pytest.approx(theirs.stats["c_ucl"], abs=1e-9)


@pytest.mark.parametrize("overdispersed", [False, True])
def test_rates_over_changing_bases_are_theirs(overdispersed):
    random = np.random.default_rng(SEED)
    for _ in range(50):
        bases = random.integers(900, 1100, 36).astype(float)
        events = random.poisson(bases * random.gamma(20, 0.012, 36)).astype(float)
        chart = shewhart.laney_u if overdispersed else shewhart.u_chart
        theirs = chart(events, size=bases).table
        # Laney's sigma is theirs over 2/sqrt(pi), ours over 1.128 as the printed tables have it.
        spread = EXACT_CONSTANT / TABLE_CONSTANT if overdispersed else 1.0

        ours = u_limits(events.tolist(), bases.tolist(), overdispersed=overdispersed)

        half = (np.array(ours.upper) - ours.centre) * spread
        assert ours.centre + half == pytest.approx(theirs["ucl"].to_numpy(), abs=1e-9)
        assert np.maximum(0, ours.centre - half) == pytest.approx(
            theirs["lcl"].to_numpy(), abs=1e-9
        )
