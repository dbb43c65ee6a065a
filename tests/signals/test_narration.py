"""What a reading says, sentence by sentence."""

from __future__ import annotations

from functools import partial

import pytest

from regard.core.periods import Month
from regard.signals.conventions import NHS
from regard.signals.methods import read as read_by

read = partial(read_by, method=NHS.name)

USUAL = [200, 210, 190, 205, 195] * 5


def words(reading):
    return [str(statement) for statement in reading.statements()]


def test_a_stable_series_is_said_to_be_stable_with_what_is_normal(vehicle_crime):
    reading = read(vehicle_crime(USUAL))

    low, high = reading.current.normal
    assert words(reading)[0] == (
        f"Stable at an average of 200 offences a month since April 2010; single months between "
        f"{low:.0f} and {high:.0f} are normal."
    )
    assert reading.is_stable


def test_confidence_of_the_source_paper_is_within_a_range_that_is_still_provisional(vehicle_crime):
    """S4-06: 82.4% against an average of 83.1% since October 2010."""
    held = [83.0, 83.5, 82.9, 83.6, 83.3, 83.0, 82.4]
    values = [value for wave in held for value in (wave, *[None] * 5)][:-5]
    series = vehicle_crime(
        values, unit="%", kind="proportion", better="higher", start=Month(2010, 10)
    )

    told = words(read(series))

    assert told[0].startswith(
        "An average of 83.1% on 7 readings since October 2010; single readings"
    )
    assert told[1] == "October 2013 was 82.4%, within that range."


def test_eight_months_below_the_average_are_a_run(vehicle_crime):
    """S4-39: a step change down in December 2013, after 8 months below average."""
    held = [86, 87, 88, 86, 87] * 7 + [86, 87] + [84, 83, 84, 85, 84, 83, 84, 84]
    series = vehicle_crime(held, unit="%", kind="proportion", better="higher")

    told = words(read(series))

    assert "8 months in a row below the average: May 2013 to December 2013." in told


def test_a_month_beyond_the_limits_is_named_with_what_was_normal(vehicle_crime):
    told = words(read(vehicle_crime([*USUAL, 400, *USUAL[:3]])))

    assert any(one.startswith("May 2012 was above the normal range: 400 against") for one in told)
    assert told[0].startswith("Not at one level: the last twelve months do not all fit")


def test_months_in_a_row_beyond_the_limits_are_said_once(vehicle_crime):
    told = words(read(vehicle_crime([*USUAL * 3, 90, 92, 91])))

    beyond = [one for one in told if "below the normal range" in one]
    assert len(beyond) == 1
    assert beyond[0].startswith("3 months in a row were below the normal range of")
    assert beyond[0].endswith(": July 2016 to September 2016.")
    assert not any(one.startswith("Two out of three") for one in told)


def test_a_signal_that_is_only_the_length_of_the_month_is_said_to_be(vehicle_crime):
    daily = [*[100, 101] * 29, 100, 97]
    held = [daily[at] * (Month(2009, 3) + at).days for at in range(60)]
    series = vehicle_crime(held, start=Month(2009, 3))

    told = words(read(series))

    assert (
        "February 2014 is outside that range as counted, but within it once every month is put "
        "on one length; it has 28 days." in told
    )


def test_a_february_that_is_short_in_a_run_too_is_said_to_be_outside_by_its_length(vehicle_crime):
    held = [100 * (Month(2010, 4) + at).days for at in range(39)]
    held += [round(96.8 * (Month(2013, 7) + at).days) for at in range(8)]

    reading = read(vehicle_crime(held))

    february = reading.points[-1]
    assert february.by_length
    assert "run below the average" in february.signals


def test_a_signal_against_a_young_average_is_told_as_provisional(vehicle_crime):
    held = [*USUAL[:12], *[300, 301, 299, 300, 420, 300, 301, 299, 300]]
    start = Month(2010, 4) + 12

    told = words(read(vehicle_crime(held), baselines=(start,)))

    assert told[0].startswith("An average of 313 offences a month on 9 months since April 2011;")
    assert any("was above the provisional range: 420" in one for one in told)


@pytest.mark.parametrize("held", [[200, 205, 195, 400, 200, 198], [0, 1, 0, 0, 4] * 4])
def test_a_series_too_short_or_too_sparse_to_judge_carries_no_limits_and_no_signals(
    vehicle_crime, held
):
    reading = read(vehicle_crime(held))

    assert reading.variation == "not judged"
    assert reading.signals == ()
    assert {point.lower for point in reading.points} == {None}
    assert {segment.normal for segment in reading.segments} == {None}


def test_missing_months_are_named_and_never_counted_as_nought(vehicle_crime):
    told = words(read(vehicle_crime([*USUAL[:15], None, *USUAL])))

    assert "No value for July 2011: left out, not counted as nought." in told


def test_many_missing_months_are_counted(vehicle_crime):
    told = words(read(vehicle_crime([*USUAL[:15], *[None] * 9, *USUAL])))

    assert (
        "No value for 9 months between July 2011 and March 2012: left out, not counted as nought."
        in told
    )


def test_a_run_over_a_missing_month_says_that_it_counts_supplied_months(vehicle_crime):
    told = words(read(vehicle_crime([*USUAL, 170, 171, 172, None, 170, 171, 170, 171])))

    at = next(place for place, one in enumerate(told) if "in a row below" in one)
    assert told[at] == "7 months in a row below the average: May 2012 to December 2012."
    assert told[at + 1].startswith("That counts the months supplied only")


def test_short_series_are_too_early_to_judge(vehicle_crime):
    reading = read(vehicle_crime([200, 210, 190]))

    assert words(reading)[0] == "Too early to judge: 3 months of data since April 2010."
    assert reading.variation == "not judged"


def test_sparse_series_are_too_few_to_chart(vehicle_crime):
    reading = read(vehicle_crime([0, 0, 1, 0, 0, 0, 2, 0, 0, 1, 0, 1] * 2))

    assert words(reading)[0] == (
        "Too few to chart, at an average of 0.4 offences a month since April 2010: 5 offences in "
        "the last 12 months supplied, against 5 in as many before."
    )
    assert reading.variation == "not judged"
    assert any(flag.code == "too few" for flag in reading.flags)


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (500, "Every normal month at this level meets the target of 500 offences a month."),
        (10, "No normal month at this level meets the target of 10 offences a month."),
        (200, "Some normal months at this level meet the target of 200 offences a month and"),
    ],
)
def test_a_target_is_set_against_normal_months(vehicle_crime, target, said):
    told = words(read(vehicle_crime(USUAL), target=target))

    assert any(one.startswith(said) for one in told)


def test_a_trend_and_two_of_three_are_said(vehicle_crime):
    rise = words(read(vehicle_crime([*USUAL, 180, 185, 190, 195, 200, 205, 211])))
    pair = words(read(vehicle_crime([*USUAL * 2, 235, 203, 235])))

    assert any("in a row, each higher than the one before" in one for one in rise)
    assert any(one.startswith("Two out of three in a row close to") for one in pair)


def test_the_rules_confess_that_they_know_no_season(vehicle_crime):
    assert "take no account of season" in words(read(vehicle_crime(USUAL)))[-1]


def test_a_short_month_in_a_stretch_beyond_the_limits_says_that_it_is_its_length(vehicle_crime):
    daily = [*[100, 101] * 28, 100, 101, 80, 97]
    held = [daily[at] * (Month(2009, 3) + at).days for at in range(60)]

    told = words(read(vehicle_crime(held, start=Month(2009, 3))))

    assert any(one.endswith("January 2014 to February 2014.") for one in told)
    assert any(one.startswith("February 2014 is outside that range as counted") for one in told)
