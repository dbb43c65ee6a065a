"""Segments, points and icons of a reading."""

from __future__ import annotations

from functools import partial

import pytest

from regard.core.periods import Month
from regard.signals.conventions import ASSURANCES, NHS, NHS_UNGUARDED, NHSR_PARITY, VARIATIONS
from regard.signals.methods import read as read_by
from signals.test_xmr import V5, V6

read = partial(read_by, method=NHS.name)

USUAL = [200, 210, 190, 205, 195] * 5


def test_each_accepted_baseline_has_its_own_segment(vehicle_crime):
    reading = read(vehicle_crime([100, 104] * 10 + [50, 54] * 10), baselines=(Month(2011, 12),))

    first, second = reading.segments
    assert (first.start, first.end, first.mean) == (Month(2010, 4), Month(2011, 11), 102)
    assert (second.start, second.end, second.mean) == (Month(2011, 12), Month(2013, 7), 52)
    assert reading.current is second
    assert reading.average.value == 52


@pytest.mark.parametrize(("months", "provisional"), [(12, True), (13, False)])
def test_limits_are_provisional_below_thirteen_points(vehicle_crime, months, provisional):
    reading = read(vehicle_crime(([200, 210] * 7)[:months]))

    assert reading.current.provisional is provisional
    assert any(flag.code == "provisional limits" for flag in reading.flags) is provisional


def test_frozen_limits_come_from_the_first_months(vehicle_crime):
    reading = read(vehicle_crime([100, 102] * 6 + [200] * 12), freeze=12)

    assert reading.current.mean == 101
    assert reading.current.limit_months == 12
    assert reading.current.provisional


@pytest.mark.parametrize(
    ("better", "last", "icon"),
    [
        ("lower", 400, "concern (high)"),
        ("lower", 20, "improvement (low)"),
        ("higher", 400, "improvement (high)"),
        ("higher", 20, "concern (low)"),
        ("neither", 400, "special cause (high)"),
        ("neither", 20, "special cause (low)"),
        ("lower", 200, "common cause"),
    ],
)
def test_the_variation_icon_is_that_of_the_last_month(vehicle_crime, better, last, icon):
    reading = read(vehicle_crime([*USUAL, last], better=better))

    assert reading.variation == icon
    assert icon in VARIATIONS


FALL_UNDER_AVERAGE = [*[200, 220] * 8, 191, 198, 192, 193, 194, 195, 196, 197, 198]


def test_when_both_directions_meet_making_data_count_shows_improvement_and_says_so(vehicle_crime):
    series = vehicle_crime(FALL_UNDER_AVERAGE, better="lower")

    reading = read(series, method=NHS_UNGUARDED.name)

    assert {"rising", "run below the average"} <= set(reading.latest.signals)
    assert reading.variation == "improvement (low)"
    assert any(flag.code == "both directions" for flag in reading.flags)


def test_when_both_directions_meet_the_package_follows_precedence(vehicle_crime):
    reading = read(vehicle_crime(FALL_UNDER_AVERAGE, better="lower"), method=NHSR_PARITY.name)

    assert reading.latest.signals[0] == "rising"
    assert reading.variation == "concern (high)"


@pytest.mark.parametrize(
    ("better", "target", "icon"),
    [
        ("lower", 1000, "consistently meets the target"),
        ("lower", 1, "consistently fails the target"),
        ("higher", 1000, "consistently fails the target"),
        ("higher", 1, "consistently meets the target"),
        ("lower", 201, "hit or miss"),
        ("neither", 201, "not judged"),
        ("lower", None, "no target"),
    ],
)
def test_the_assurance_icon_sets_the_target_against_the_limits(vehicle_crime, better, target, icon):
    reading = read(vehicle_crime(USUAL, better=better), target=target)

    assert reading.assurance == icon
    assert icon in ASSURANCES


def test_assurance_is_that_of_the_last_baseline(vehicle_crime):
    series = vehicle_crime([500, 510] * 10 + USUAL)

    reading = read(series, baselines=(Month(2011, 12),), target=300)

    assert reading.assurance == "consistently meets the target"


def test_vector_5_and_6_are_read_with_finite_limits_and_a_flag(vehicle_crime):
    heavy, constant = read(vehicle_crime(V5)), read(vehicle_crime(V6))

    assert heavy.current.upper > heavy.current.lower
    assert [flag.code for flag in heavy.flags][0] == "every range used"
    assert constant.current.upper > constant.current.lower
    assert constant.signals == ()
    assert [flag.code for flag in constant.flags][0] == "widened to Poisson"


@pytest.mark.parametrize("values", [V5, V6])
def test_the_unguarded_rules_say_where_they_collapse(vehicle_crime, values):
    reading = read(vehicle_crime(values), method=NHSR_PARITY.name)

    assert [flag.code for flag in reading.flags][0] == "no usable limits"


def test_constant_percentages_raise_no_signal(vehicle_crime):
    reading = read(vehicle_crime([80] * 15, unit="%", kind="proportion", better="higher"))

    assert (reading.current.lower, reading.current.upper) == (80, 80)
    assert reading.signals == ()
    assert reading.variation == "not judged"
    assert (
        str(reading.statements()[0]) == "The same in every month supplied since April 2010: 80.0%."
    )


SURVEY = {"unit": "%", "kind": "proportion", "better": "higher"}


def test_a_smooth_survey_has_limits_of_its_sampling_error_and_says_so(vehicle_crime):
    reading = read(vehicle_crime([76.5, 77, 77.5, 77] * 6, bases=(500.0,) * 24, **SURVEY))

    assert reading.current.upper - 77 == pytest.approx(5.6, abs=0.05)
    assert reading.current.guards == ("widened to binomial",)
    assert [(flag.code, str(flag.statement)) for flag in reading.flags][0] == (
        "widened to binomial",
        "The limits from April 2010 are widened to the least that percentages on bases of this "
        "size vary by chance alone.",
    )
    assert "single months between 71.4% and 82.6% are normal" in str(reading.statements()[0])


def test_an_overdispersed_survey_keeps_its_own_limits(vehicle_crime):
    values = [70, 84] * 12

    sized = read(vehicle_crime(values, bases=(500.0,) * 24, **SURVEY))

    assert sized.segments == read(vehicle_crime(values, **SURVEY)).segments
    assert sized.current.guards == ()


@pytest.mark.parametrize("method", [NHS_UNGUARDED.name, NHSR_PARITY.name])
def test_bases_change_nothing_under_unguarded_rules(vehicle_crime, method):
    values = [76.5, 77, 77.5, 77] * 6

    sized = read(vehicle_crime(values, bases=(500.0,) * 24, **SURVEY), method=method)

    assert sized.points == read(vehicle_crime(values, **SURVEY), method=method).points


def test_the_residents_of_a_rate_are_no_answers(vehicle_crime):
    values = [5.1, 5.2] * 12

    rated = read(vehicle_crime(values, unit="per 1,000", kind="rate", bases=(900.0,) * 24))

    assert rated.current.guards == ()


def test_the_normal_range_of_counts_is_whole_and_not_below_nought(vehicle_crime):
    reading = read(vehicle_crime([3, 9, 1, 6, 2, 8] * 4))

    low, high = reading.current.normal
    assert reading.current.lower < 0 == low
    assert high == int(reading.current.upper)


def test_percentages_keep_within_a_hundred(vehicle_crime):
    reading = read(vehicle_crime([99, 93] * 10, unit="%", kind="proportion", better="higher"))

    assert reading.current.upper > 100
    assert reading.current.normal[1] == 100


def test_a_missing_month_keeps_its_limits_and_has_no_value(vehicle_crime):
    reading = read(vehicle_crime([*USUAL[:5], None, *USUAL]))

    point = reading.points[5]
    assert (point.value, point.signals, point.sense) == (None, (), "missing")
    assert point.centre == reading.current.mean


def test_months_of_one_length_move_a_short_february(vehicle_crime):
    even = [round(10 * Month(2010, 4).days)] * 0 + [
        10 * (Month(2010, 4) + at).days for at in range(36)
    ]

    reading = read(vehicle_crime(even), calendar="per 30.4375 days")

    assert {round(point.value, 6) for point in reading.points} == {304.375}
    assert reading.points[10].counted == 280
    assert reading.unit == "offences per 30.4375 days"


def test_waves_of_a_survey_are_read_as_they_come(vehicle_crime):
    held = [83.0, 83.5, 82.9, 83.6, 83.3, 83.2, 82.4]
    values = [value for wave in held for value in (wave, *[None] * 5)][:-5]
    series = vehicle_crime(
        values, unit="%", kind="proportion", better="higher", start=Month(2010, 10)
    )

    reading = read(series)

    assert reading.cadence == 6
    assert reading.current.mean_moving_range is not None
    assert [flag.code for flag in reading.flags][0] == "waves"


def test_a_wave_that_did_not_take_place_is_missing(vehicle_crime):
    held = [83.0, 83.5, None, 83.6, 83.3, 83.2, 82.4]
    values = [value for wave in held for value in (wave, *[None] * 5)][:-5]
    series = vehicle_crime(
        values, unit="%", kind="proportion", better="higher", start=Month(2010, 10)
    )

    told = [str(flag.statement) for flag in read(series).flags]

    assert told[0] == "No value for October 2011: left out, not counted as nought."


def test_a_count_of_every_other_month_is_not_taken_for_waves(vehicle_crime):
    reading = read(vehicle_crime([50, None] * 13))

    assert reading.cadence == 1
    assert [flag.code for flag in reading.flags][0] == "missing months"
