"""Steps and exceptional months beside R: strucchange's dates and surveillance's Farrington."""

from __future__ import annotations

import numpy as np
import pytest

from agreement.london import london_counts
from regard.core.periods import Month
from regard.signals.adjusted.charts import adjusted_many
from regard.signals.adjusted.season import exposures
from regard.signals.adjusted.steps import find_steps, step_price

datasets = pytest.importorskip("statsmodels.datasets", reason="no oracle environment")

pytestmark = [pytest.mark.slow, pytest.mark.oracle]

SEED = 20_270
START = Month(2010, 4)
DATES = """
library(strucchange)
answer <- do.call(rbind, lapply(given, function(series) {
  found <- breakpoints(series ~ 1, h = 8, breaks = 1)
  as.data.frame(confint(found)$confint)
}))
names(answer) <- c("low", "at", "high")
"""


ALARMS = """
library(surveillance)
seen <- sts(as.matrix(given), start = c(2010, 4), frequency = 12)
# Whether a fit that does not settle is one to warn of is theirs to say.
said <- suppressWarnings(farringtonFlexible(seen, control = list(
  range = (nrow(given) - 11):nrow(given), b = 5, w = 1, noPeriods = 6, reweight = TRUE,
  weightsThreshold = 2.58, trend = TRUE, pThresholdTrend = 0.05, pastWeeksNotIncluded = 0,
  thresholdMethod = "nbPlugin", alpha = 0.00135)))
answer <- as.data.frame(1 * alarms(said))
"""
BOROUGHS, YEAR = 60, 12  # series that are asked, and the last months of each


def test_the_nile_has_its_step_and_its_interval_where_strucchange_has_them(ask_r):
    flow = datasets.nile.load_pandas().data["volume"].to_numpy(float)
    theirs = ask_r(DATES, {"flow": flow.tolist()}, "strucchange")

    # As counts of months whose length is put back, so that the rates are the flow.
    chart = adjusted_many([flow * exposures(START, len(flow))], START)
    (step,) = chart.steps_of(0)

    assert theirs == {"low": [25], "at": [28], "high": [32]}
    assert step.column == 28
    assert 25 <= step.earliest <= 28 <= step.latest <= 32
    assert (step.before, step.after) == pytest.approx((1097.75, 849.97), rel=0.002)


@pytest.mark.parametrize(("percent", "fewest"), [(20, 55), (10, 35)])
def test_dates_of_one_fall_are_those_of_strucchange(ask_r, say_rate, percent, fewest):
    random = np.random.default_rng(SEED)
    at = random.integers(30, 90, 60)
    mean = np.where(np.arange(120) >= at[:, None], 200.0 - 2 * percent, 200.0)
    counts = random.poisson(mean).astype(float)
    roots = 2 * np.sqrt(counts + 3 / 8)
    theirs = ask_r(DATES, {f"s{n}": row.tolist() for n, row in enumerate(roots)}, "strucchange")
    low, high = np.array(theirs["low"]), np.array(theirs["high"])

    found = [find_steps(row, price=step_price(120), least=8) for row in roots]
    charts = adjusted_many(counts * exposures(START, 120), START)
    alone = [n for n, places in enumerate(found) if len(places) == 1]
    told = [n for n in alone if len(charts.steps_of(n)) == 1]
    earliest, latest = np.array(
        [(step.earliest, step.latest) for n in told for step in charts.steps_of(n)]
    ).T
    at, low, high = at[told], low[told], high[told]
    covers = ((earliest <= at) & (at <= latest)).mean()
    say_rate(
        f"95% intervals of the date of a fall of {percent}% at 200 a month: ours hold "
        f"{covers:.0%}, {np.mean(latest - earliest):.1f} months long, those of strucchange "
        f"{((low <= at) & (at <= high)).mean():.0%}, {np.mean(high - low):.1f} months, of {len(at)}"
    )

    assert len(alone) >= fewest
    assert [found[n][0] for n in alone] == [int(theirs["at"][n]) for n in alone]
    assert covers >= 0.85


def test_exceptionally_high_months_in_london_beside_farringtons(ask_r, shared_data, say_rate):
    london = london_counts(shared_data, series=BOROUGHS, seed=SEED)
    given = {f"s{n:03}": row.tolist() for n, row in enumerate(london)}
    theirs = np.array(list(ask_r(ALARMS, given, "surveillance").values())) > 0
    ours, chance = np.zeros(theirs.shape, dtype=bool), np.ones(theirs.shape)
    for month in range(YEAR):
        seen = london[:, : london.shape[1] - YEAR + month + 1]
        last = adjusted_many(seen, START).rows
        high = last["high"] > 0
        ours[:, month] = high & (seen[:, -1] > last["expected_upper"])
        chance[high, month] = last["chance"][high]

    agreed = (ours == theirs).mean()
    say_rate(
        f"months exceptionally high by ours {ours.sum()}, by farringtonFlexible {theirs.sum()}, "
        f"by both {(ours & theirs).sum()} of {ours.size} in London; {agreed:.1%} alike; where "
        f"theirs alarms our chance is {np.median(chance[theirs]):.4f} in the middle"
    )

    # A second opinion by another model (trend, no steps), not a truth: it must be near.
    assert agreed >= 0.96
    assert np.median(chance[theirs]) <= 0.05
