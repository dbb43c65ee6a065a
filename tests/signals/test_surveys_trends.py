"""A line through the waves: its slope, its range, and when there is none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import NotEnoughData
from regard.core.periods import Month
from regard.signals.surveys import rolling, trend
from signals.test_surveys_waves import CONFIDENCE, JUNE, wave


def falling(number=9, *, a_wave=0.005, asked=1_250, deff=1.4):
    return [wave(Month(2012, 3) + 3 * at, asked, 0.85 - a_wave * at, deff) for at in range(number)]


def test_an_exact_line_has_its_slope_a_year():
    found = trend(CONFIDENCE, falling())

    assert found.slope.value == pytest.approx(-2.0, abs=0.01)
    assert found.slope.unit == "percentage points"
    assert found.scatter < 0.01
    assert found.verdict == "fall"


def test_the_range_is_that_of_known_variances_and_few_waves():
    waves = falling(6, deff=1.0)

    found = trend(CONFIDENCE, waves)

    p = np.array([(one.positive + 1) / (one.answers + 2) for one in waves])
    years = np.array([one.period.start.toordinal() for one in waves]) / 365.25
    weights = 1_250 / (p * (1 - p)) / 100**2
    spread = (weights * (years - np.average(years, weights=weights)) ** 2).sum()
    half = (found.slope.interval.high - found.slope.interval.low) / 2
    # Student's t of four degrees of freedom: 2.776445. Waves differ by a day or two in length.
    assert half == pytest.approx(2.776445 / np.sqrt(spread), rel=2e-3)


def test_a_trend_is_told_with_its_range():
    told = [str(one) for one in trend(CONFIDENCE, falling(a_wave=0.01)).statements()]

    assert told == [
        "Confidence in the police fell by 4.0 percentage points a year over 9 waves from March "
        "2012 to March 2014 (95% range −5.6 to −2.4 percentage points a year): more than waves of "
        "this size often show by chance."
    ]


def test_waves_that_scatter_more_than_chance_widen_the_range_and_say_so():
    rough = [wave(Month(2012, 3) + 3 * at, share=0.85 - 0.1 * (at % 2)) for at in range(9)]

    found = trend(CONFIDENCE, rough)

    assert found.scatter > 1
    assert found.verdict == "no trend"
    assert str(found.statements()[-1]).startswith("The waves lie further from a straight line")
    assert trend(CONFIDENCE, falling(a_wave=0)).slope.interval.high < found.slope.interval.high


def test_no_change_at_all_neither_rises_nor_falls():
    found = trend(CONFIDENCE, falling(a_wave=0))

    assert abs(found.slope.value) < 1e-9
    assert found.p_value == pytest.approx(1)
    assert str(found.statements()[0]).startswith(
        "Confidence in the police neither rose nor fell over 9 waves from March 2012 to March 2014"
    )


def test_waves_below_the_smallest_cell_are_left_out():
    found = trend(CONFIDENCE, [*falling(), wave(JUNE + 24, asked=12)])

    assert len(found.shares) == 9


@pytest.mark.parametrize(
    "waves",
    [falling(4), [one.wave for one in rolling(CONFIDENCE, falling(12)).shares], [wave()] * 5],
    ids=["four waves", "rolling values", "one day"],
)
def test_what_tells_no_trend_is_refused(waves):
    with pytest.raises(NotEnoughData, match="waves of confidence are shown"):
        trend(CONFIDENCE, waves)


@given(st.integers(0, 10_000))
def test_those_who_answered_otherwise_have_the_opposite_trend(seed):
    shares = np.random.default_rng(seed).uniform(0.2, 0.8, 8)
    waves = [wave(Month(2012, 3) + 3 * at, share=one) for at, one in enumerate(shares)]
    others = [wave(Month(2012, 3) + 3 * at, share=1 - one) for at, one in enumerate(shares)]

    found, turned = trend(CONFIDENCE, waves), trend(CONFIDENCE, others)

    assert turned.slope.value == pytest.approx(-found.slope.value, abs=1e-6)
    assert turned.p_value == pytest.approx(found.p_value, rel=1e-6)


@pytest.mark.slow
@pytest.mark.statistics
def test_of_questions_without_a_trend_few_are_said_to_have_one():
    random = np.random.default_rng(20_265)
    found = [
        trend(
            CONFIDENCE,
            [
                wave(Month(2012, 3) + 3 * at, 600, random.binomial(600, 0.8) / 600, 1.0)
                for at in range(8)
            ],
        ).verdict
        for _ in range(1_000)
    ]

    # At most 5%, less for the few waves; Monte Carlo error 0.7 points.
    assert np.mean([one != "no trend" for one in found]) < 0.05 + 2 * 0.007
