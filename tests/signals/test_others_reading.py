"""Readings whose limits follow the base: segments, points, changes, fallbacks."""

from __future__ import annotations

import math

import numpy as np
import pytest

from regard.core.periods import Month
from regard.signals.conventions import NOT_JUDGED
from regard.signals.methods import read
from regard.signals.others import rates_many, shares_many
from signals.conftest import made_series
from signals.test_others_basing import crime_rate, satisfaction

ANSWERS = [900.0, 1400.0, 1000.0, 1250.0] * 9
SPLIT = Month(2011, 12)


def surveyed(shares, answers=ANSWERS, **changed):
    positive = [round(share * base) for share, base in zip(shares, answers, strict=True)]
    values = [100 * one / base for one, base in zip(positive, answers, strict=True)]
    return satisfaction(values, bases=tuple(answers), **changed)


def crimes(mean, residents, seed=4):
    counts = np.random.default_rng(seed).poisson(mean, len(residents))
    values = [1000 * one / base for one, base in zip(counts, residents, strict=True)]
    return counts, crime_rate(values, bases=tuple(residents))


def test_each_point_has_limits_of_its_own_base_and_the_segment_those_of_the_usual_one():
    series = surveyed([0.84, 0.85, 0.83, 0.845] * 9)

    reading = read(series, method="laney-shares")

    known = shares_many(np.array(series.values) * ANSWERS / 100, ANSWERS)
    assert [one.upper for one in reading.points] == pytest.approx(known.upper[0].tolist())
    assert len({round(one.upper, 6) for one in reading.points}) == 4
    usual = shares_many([*(np.array(series.values) * ANSWERS / 100), np.nan], [*ANSWERS, 1125.0])
    assert reading.current.upper == pytest.approx(usual.upper[0, -1])
    assert any(flag.code == "on bases" for flag in reading.flags)


def test_the_average_weighs_months_by_their_base():
    series = surveyed([0.9, 0.8] * 18, [900.0, 2700.0] * 18)

    reading = read(series, method="laney-shares")

    assert reading.average.value == pytest.approx(82.5)


def test_the_chance_of_the_last_month_is_that_of_the_many():
    residents = np.linspace(2.7e6, 2.8e6, 36)
    counts, series = crimes(15_000, residents)

    reading = read(series, method="laney-rates")

    known = rates_many(counts, residents, per=1000).latest
    assert reading.chance == known.p_value[0]
    assert reading.expected.value == pytest.approx(known.expected[0])
    assert reading.expected.interval.level == pytest.approx(0.9973)
    assert reading.expected.period == Month(2013, 3).period


def test_each_accepted_baseline_has_its_own_level_and_a_range_of_the_change():
    series = surveyed([0.86, 0.85] * 10 + [0.81, 0.82] * 8)

    reading = read(series, method="laney-shares", baselines=(SPLIT,))

    change = reading.changes[0]
    assert [one.start for one in reading.segments] == [Month(2010, 4), SPLIT]
    assert change.direction == "down"
    assert change.stands_out
    assert change.interval.low < change.difference.value < change.interval.high < 0
    assert str(change.statement).startswith("Step change down since December 2011: from 85.")


def test_the_range_of_a_step_of_a_rate_is_that_of_a_ratio_of_counts():
    series = crime_rate([4.0] * 12 + [3.0] * 12, bases=(1000.0,) * 24)

    reading = read(series, method="laney-rates", baselines=(Month(2011, 4),))

    # 48 and 36 events of variance 1: log ratio with se sqrt(1/48 + 1/36).
    reach = 1.959964 * math.sqrt(1 / 48 + 1 / 36)
    assert reading.changes[0].percent.interval.low == pytest.approx(
        100 * (0.75 * math.exp(-reach) - 1), rel=1e-6
    )


def test_a_step_from_or_to_no_event_at_all_has_a_range_where_there_can_be_one():
    series = crime_rate([0.0] * 12 + [3.0] * 12, bases=(1000.0,) * 24)
    back = crime_rate([3.0] * 12 + [0.0] * 12, bases=(1000.0,) * 24)

    up, down = (
        read(one, method="laney-rates", baselines=(Month(2011, 4),)) for one in (series, back)
    )

    assert up.changes[0].interval is None
    assert down.changes[0].percent.interval.high < 0


def test_a_step_of_times_has_a_range_from_the_two_spreads():
    series = crime_rate([10.0, 11.0] * 6 + [14.0, 15.0] * 6, bases=None, unit="minutes")

    reading = read(series, method="individuals", baselines=(Month(2011, 4),))

    assert reading.changes[0].percent.interval.low > 0


def test_a_month_without_a_base_is_drawn_and_not_judged():
    bases = [*ANSWERS[:-1], None]
    series = satisfaction([84.0, 85.0] * 17 + [84.0, 20.0], bases=tuple(bases))

    reading = read(series, method="laney-shares")

    last = reading.points[-1]
    assert (last.value, last.lower, last.upper, last.signals) == (20, None, None, ())
    assert last.sense == reading.variation == NOT_JUDGED
    assert any(flag.code == "unbased months" for flag in reading.flags)


@pytest.mark.parametrize(("months", "judged"), [(11, False), (12, True)])
def test_fewer_than_twelve_months_are_too_early_to_judge(months, judged):
    reading = read(
        surveyed([0.84, 0.86] * 6, ANSWERS[:12]).between(
            Month(2010, 4), Month(2010, 4) + (months - 1)
        ),
        method="laney-shares",
    )

    assert (reading.current.lower is not None) is judged
    assert (reading.chance is not None) is judged
    assert str(reading.statements()[0]).startswith("Too early to judge") is not judged


def test_survey_waves_are_no_missing_months():
    shares = [84.0, 86.0, 85.0] * 2
    values = [one for share in shares for one in (share, *[None] * 5)][:-5]
    bases = tuple(1250.0 if one else None for one in values)

    reading = read(satisfaction(values, bases=bases), method="laney-shares")

    assert reading.cadence == 6
    assert [flag.code for flag in reading.flags if "missing" in flag.code] == []


def test_a_month_beyond_a_limit_by_its_length_alone_is_marked():
    first = Month(2010, 3)
    counts = [100 * (first + at).days for at in range(36)]
    series = made_series(counts, start=first)

    reading = read(series, method="laney-rates", freeze=10)

    assert [one.month for one in reading.points if one.by_length] == [
        Month(2011, 2), Month(2013, 2),
    ]  # fmt: skip
    assert reading.is_stable
    assert any(
        "within it once every month is put on one length" in str(one) for one in reading.said
    )


@pytest.mark.parametrize(
    ("better", "icon"), [("lower", "concern (high)"), ("neither", "special cause (high)")]
)
def test_the_icon_follows_the_polarity(better, icon):
    series = crime_rate([5.0, 5.1] * 11 + [5.0, 9.0], better=better)

    assert read(series, method="laney-rates").variation == icon


def test_a_target_is_set_against_the_limits_of_the_usual_base():
    series = surveyed([0.84, 0.85, 0.83, 0.845] * 9)

    reading = read(series, method="laney-shares", target=95)

    assert reading.assurance == "consistently fails the target"


def test_money_below_nought_has_limits_below_nought():
    series = crime_rate([-5.0, 5.0] * 12, bases=None, unit="thousand pounds")

    reading = read(series, method="individuals")

    assert reading.current.normal[0] < 0
    assert reading.detectable.unit == "thousand pounds"


def test_a_step_in_a_sum_says_per_cent_of_what_could_be_told():
    reading = read(crime_rate([5.0, 6.0] * 12), method="laney-rates")

    assert reading.detectable.unit == "%"
    assert read(satisfaction(), method="laney-shares").detectable.unit == "percentage points"
