"""Our NHS rules beside WA Health's engine: lines, every flag of every point, and icons.

Their conventions, each met by a parameter of ours or by the translation named here:

- sigma is the mean moving range over 1.128, where NHS charts take 2.66 ranges: `constant`;
- a point beyond three sigma counts to two of three, as NHS has it since November 2023:
  `two_of_three`;
- two of three asks nothing of the third point, and of the first two points alone: where the NHS
  rule wants all three on one side, their flags are read again by `_all_on_one_side`;
- a value like the one before neither ends a trend nor makes it longer: such a value is given to
  ours as missing, over which trends are judged on the values either side, and what they say of
  any value of a tie is held against the one that stands for it;
- a value on the average neither ends a run nor makes it longer: the same;
- a point that ends one trend and begins the next keeps the direction of the first, where the NHS
  rule gives it to the one it begins: their flags are read again by `_to_the_trend_it_begins`;
- the icons of both directions stand side by side where we show the one of improvement.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from agreement.wa_health import Theirs, charted, icons
from regard.core.series import HIGHER, LOWER, NEITHER
from regard.signals import kernel
from regard.signals.charting import read_chart
from regard.signals.conventions import (
    ALWAYS_MEETS,
    COMMON,
    CONCERN_HIGH,
    CONCERN_LOW,
    HIT_OR_MISS,
    IMPROVEMENT_HIGH,
    IMPROVEMENT_LOW,
    NEITHER_HIGH,
    NEITHER_LOW,
    NEVER_MEETS,
    NHS_UNGUARDED,
    TABLE_CONSTANT,
)
from regard.signals.limits import median_limits, t_limits
from regard.signals.readings import MethodVersion, Options
from regard.signals.xmr import xmr_many
from signals.conftest import made_series
from signals.test_xmr import V1, V2, V3, V4, V5, V6, V7, V8

pytestmark = [pytest.mark.slow, pytest.mark.oracle]

SERIES, MONTHS, SEED = 200, 120, 20_261
RULES = replace(NHS_UNGUARDED, constant=TABLE_CONSTANT)
AS_THEIRS = MethodVersion("as-theirs", "1", "WA Health's conventions", RULES.published)
BITS = {
    "beyond": (kernel.UPPER, kernel.LOWER),
    "trend": (kernel.UP, kernel.DOWN),
    "two": (kernel.HIGH2, kernel.LOW2),
    "shift": (kernel.ABOVE, kernel.BELOW),
}
OUR_ICON = {
    "commonCause": COMMON,
    "improvementHigh": IMPROVEMENT_HIGH,
    "improvementLow": IMPROVEMENT_LOW,
    "concernHigh": CONCERN_HIGH,
    "concernLow": CONCERN_LOW,
    "neutralHigh": NEITHER_HIGH,
    "neutralLow": NEITHER_LOW,
    "consistentPass": ALWAYS_MEETS,
    "consistentFail": NEVER_MEETS,
    "inconsistent": HIT_OR_MISS,
}


def moving(random, series=SERIES):
    """Levels, steps and seasons of many sizes, shape (series, months)."""
    level = random.choice([20.0, 200.0, 2000.0], (series, 1))
    at = random.integers(0, 2 * MONTHS, (series, 1))
    month = np.arange(MONTHS)
    season = 1 + random.choice([0.0, 0.1], (series, 1)) * np.sin(2 * np.pi * month / 12)
    return level * np.where(month >= at, 0.85, 1.0) * season


@pytest.fixture(scope="module")
def measured():
    """Values with a fraction: no two alike, none on an average."""
    random = np.random.default_rng(SEED)
    mean = moving(random)
    return random.normal(mean, np.sqrt(mean))


@pytest.fixture(scope="module")
def counted():
    """Whole counts, down to three a month, with every tie that they bring."""
    random = np.random.default_rng(SEED + 1)
    mean = moving(random)
    mean[::4] = 3.0
    return random.poisson(mean).astype(float)


@pytest.fixture(scope="module")
def charts_of_measured(measured):
    return [charted(row) for row in measured]


@pytest.fixture(scope="module")
def charts_of_counted(counted):
    return [charted(row) for row in counted]


def our_sides(values, rule):
    """Which side each point is flagged on by one rule: 1 high, -1 low, 2 both."""
    bits = xmr_many(values, rules=RULES).signals
    high, low = (bits & bit > 0 for bit in BITS[rule])
    return np.where(high & low, 2, high.astype(int) - low.astype(int))


def stacked(charts, name):
    """One line or rule of many charts, shape (series, months)."""
    return np.array([getattr(chart, name) for chart in charts])


def _all_on_one_side(values, chart: Theirs):
    """Their flags by two of three, kept where some window of three lies on one side."""
    side = np.sign(values - chart.centre)
    beyond = (values > chart.upper_two).astype(int) - (values < chart.lower_two)
    kept = np.zeros(len(values), dtype=int)
    for last in range(2, len(values)):
        window = slice(last - 2, last + 1)
        for way in (1, -1):
            if (side[window] == way).all() and (beyond[window] == way).sum() >= 2:
                kept[window][beyond[window] == way] = way
    assert (chart.two[kept != 0] == kept[kept != 0]).all()
    return kept


def _to_the_trend_it_begins(values, trend):
    """Their flags by trend, with each turning point between two trends given to the second."""
    turned = trend.astype(int)
    steps = np.sign(np.diff(values))
    turning = (trend[:-1] * trend[1:] == -1) & (steps == trend[1:])
    turned[:-1][turning] = trend[1:][turning]
    return turned


def _one_of_each_tie(flags, kept):
    """The flag of the last value of each tie that has one: a trend that begins outranks an end."""
    ties = np.split(flags, np.flatnonzero(kept)[1:])
    return np.array([next((flag for flag in tie[::-1] if flag), 0) for tie in ties])


def first_by_precedence(beyond, trend, two, shift):
    label = np.where(two != 0, 30 + two, np.where(shift != 0, 40 + shift, 0))
    label = np.where(trend != 0, 20 + trend, label)
    return np.where(beyond != 0, 10 + beyond, label)


def test_every_label_of_24000_points_is_theirs(measured, charts_of_measured):
    charts = charts_of_measured
    pairs = list(zip(measured, charts, strict=True))
    trend = np.array([_to_the_trend_it_begins(row, chart.trend) for row, chart in pairs])
    two = np.array([_all_on_one_side(row, chart) for row, chart in pairs])
    theirs = first_by_precedence(stacked(charts, "beyond"), trend, two, stacked(charts, "shift"))

    ours = first_by_precedence(*(our_sides(measured, rule) for rule in BITS))

    assert ours.size >= 24_000
    assert (ours != 0).sum() > 2_000
    assert (ours != theirs).sum() == 0


def test_lines_of_48000_points_are_theirs_to_a_billionth(
    measured, counted, charts_of_measured, charts_of_counted
):
    values, charts = np.vstack([measured, counted]), charts_of_measured + charts_of_counted

    ours = xmr_many(values, rules=RULES)

    for line in ("centre", "lower", "upper"):
        assert np.abs(getattr(ours, line) - stacked(charts, line)).max() <= 1e-9


@pytest.mark.parametrize("rule", ["beyond", "trend", "shift", "two"])
def test_every_flag_of_24000_whole_counts_is_theirs_but_for_ties(counted, charts_of_counted, rule):
    differ = compared = 0
    for row, chart in zip(counted, charts_of_counted, strict=True):
        kept = without_ties(row, chart, rule)
        theirs = getattr(chart, rule)[kept]
        if rule == "trend":
            theirs = _to_the_trend_it_begins(row[kept], _one_of_each_tie(chart.trend, kept))
        elif rule == "two":
            theirs = _all_on_one_side(row, chart)

        ours = our_sides([np.where(kept, row, np.nan)], rule)[0, kept]

        differ += int((ours != theirs).sum())
        compared += len(theirs)

    assert compared >= 20_000
    assert differ == 0


def without_ties(row, chart, rule):
    """Which values stand where a rule counts them by both conventions."""
    if rule == "trend":
        return np.append(True, row[1:] != row[:-1])
    if rule == "shift":
        return row != chart.centre
    return np.ones(len(row), dtype=bool)


@pytest.mark.parametrize("values", [V1, V2, V3, V4, V8], ids=["V1", "V2", "V3", "V4", "V8"])
@pytest.mark.parametrize("screen", [True, False])
def test_printed_vectors_have_their_limits_and_points_beyond(values, screen):
    theirs = charted(values, screen=screen)

    ours = xmr_many([values], rules=replace(RULES, screen=screen))

    assert ours.lower[0] == pytest.approx(theirs.lower, abs=1e-9)
    assert ours.upper[0] == pytest.approx(theirs.upper, abs=1e-9)
    assert (ours.signals[0] & 1 > 0).tolist() == (theirs.beyond == 1).tolist()
    assert (ours.signals[0] & 2 > 0).tolist() == (theirs.beyond == -1).tolist()


def test_vector_4_has_their_two_of_three_since_november_2023():
    theirs = charted(V4, num_points_subset=20)

    ours = xmr_many([V4], rules=RULES, freeze=20)

    assert np.flatnonzero(theirs.two).tolist() == [20, 21]
    assert np.flatnonzero(ours.signals[0] & kernel.HIGH2).tolist() == [20, 21]


def test_vector_5_where_their_screen_leaves_no_width_ours_does_without_guards_alone():
    theirs = charted(V5)

    unguarded = xmr_many([V5], rules=RULES)
    guarded = xmr_many([V5])

    assert theirs.lower[0] == theirs.upper[0] == unguarded.upper[0, 0] == 3.125
    assert (unguarded.signals[0] > 0).all()
    assert guarded.upper[0, 0] - guarded.lower[0, 0] > 10


def test_vector_6_where_nothing_varies_neither_signals():
    theirs = charted(V6)

    ours = xmr_many([V6])

    assert not np.array([theirs.beyond, theirs.shift, theirs.trend, theirs.two]).any()
    assert not ours.signals.any()
    assert np.isfinite(ours.upper).all()


def test_vector_7_where_a_tie_ends_our_trend_and_not_theirs():
    theirs = charted(V7)

    ours = our_sides([V7], "trend")
    over_the_tie = our_sides([[np.nan if at == 4 else one for at, one in enumerate(V7)]], "trend")

    assert theirs.trend.tolist() == [1] * 8
    assert not ours.any()
    assert over_the_tie[0].tolist() == [1, 1, 1, 1, 0, 1, 1, 1]


@pytest.mark.parametrize("better", [HIGHER, LOWER, NEITHER])
def test_icons_are_theirs(measured, better):
    random = np.random.default_rng(SEED + 2)
    seen: set[str] = set()
    for row in measured[:30]:
        length = int(random.integers(24, MONTHS))
        values = row[:length]
        target = float(values.mean() + random.choice([-6, -1, 0, 1, 6]) * values.std())
        chart = charted(values)
        if (_all_on_one_side(values, chart) != chart.two)[-1]:
            continue

        theirs = icons(values, target=target, better=better)
        reading = read_chart(
            made_series(values, better=better), Options(target=target), rules=RULES,
            version=AS_THEIRS,
        )  # fmt: skip

        assert {OUR_ICON[one] for one in theirs} >= {reading.variation}
        if better != NEITHER:
            assert {OUR_ICON[one] for one in theirs} >= {reading.assurance}
        seen.update({reading.variation, reading.assurance})

    assert len(seen) >= 4


def test_median_chart_is_theirs(counted):
    for row in counted[:50]:
        theirs = charted(row, kind="i_mm", screen=False)

        ours = median_limits(row.tolist())

        assert ours.centre == theirs.centre[0]
        assert ours.lower[0] == pytest.approx(theirs.lower[0], abs=1e-9)
        assert ours.upper[0] == pytest.approx(theirs.upper[0], abs=1e-9)


def test_times_between_rare_events_have_their_limits():
    random = np.random.default_rng(SEED + 3)
    for days in random.exponential(40, (50, 30)):
        theirs = charted(days, kind="t", screen=False)

        ours = t_limits(days.tolist())

        assert ours.centre == pytest.approx(theirs.centre[0], rel=1e-12)
        assert ours.upper[0] == pytest.approx(theirs.upper[0], rel=1e-12)
        assert ours.lower[0] == pytest.approx(theirs.lower[0], abs=1e-9)
