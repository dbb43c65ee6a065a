"""The size of accepted step changes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from regard.core.periods import Month
from regard.core.quantities import Range
from regard.signals.conventions import NHS
from regard.signals.methods import read as read_by
from regard.signals.steps import reaches_nought

read = partial(read_by, method=NHS.name)

SINCE = Month(2012, 12)


def poisson(seed, before, after):
    random = np.random.default_rng(seed)
    return [*random.poisson(before, 32).tolist(), *random.poisson(after, 15).tolist()]


def test_a_step_of_the_source_paper_is_said_with_its_size_and_range(vehicle_crime):
    """P36: a step change down from December 2012, to an average of 1,829 a month."""
    series = vehicle_crime([1930, 1970] * 16 + [1809, 1849] * 7 + [1829])

    reading = read(series, baselines=(SINCE,))

    assert str(reading.changes[0].statement).startswith(
        "Step change down since December 2012: from 1,950, the average since April 2010, to "
        "1,829 offences a month (−6.2%; 95% range −"
    )
    assert reading.changes[0].direction == "down"
    assert str(reading.statements()[0]).startswith(
        "Stable at an average of 1,829 offences a month since December 2012; single months between"
    )


def test_a_baseline_that_the_months_do_not_bear_out_says_that_its_range_takes_in_no_change(
    vehicle_crime,
):
    reading = read(vehicle_crime(poisson(1, 100, 100)), baselines=(SINCE,))

    told = str(reading.changes[0].statement)
    assert told.startswith("New average accepted from December 2012")
    assert told.endswith("it is not a step that stands out from usual variation.")


def test_a_range_that_is_printed_as_reaching_nought_is_no_step_that_stands_out(vehicle_crime):
    change = read(vehicle_crime(poisson(1, 100, 100)), baselines=(SINCE,)).changes[0].percent

    assert reaches_nought(replace(change, interval=Range(0.02, 3.8, 0.95)))
    assert not reaches_nought(replace(change, interval=Range(0.06, 3.8, 0.95)))


def test_a_step_says_where_the_months_before_were_not_at_one_level(vehicle_crime):
    falling = [200 - 3 * month for month in range(32)]

    reading = read(vehicle_crime([*falling, *[80, 82] * 8]), baselines=(SINCE,))

    assert str(reading.changes[0].statement).endswith(
        "The months before were not all at one level: the twelve just before averaged 124 "
        "offences a month."
    )
    assert reading.changes[0].stands_out


def test_an_average_below_years_ago_and_above_last_year_is_no_step_down(vehicle_crime):
    """Paragraph 31 of the source: fewer than since 2010, and more than in the year before."""
    falling = [*[200, 201] * 10, *[100, 101] * 6]

    change = read(vehicle_crime([*falling, *[110, 111] * 8]), baselines=(SINCE,)).changes[0]

    assert str(change.statement).startswith("New average accepted from December 2012: 111")
    assert not change.stands_out


@pytest.mark.slow
@pytest.mark.statistics
def test_the_range_covers_the_truth_about_nineteen_times_in_twenty(vehicle_crime):
    covered = 0
    for seed in range(300):
        reading = read(vehicle_crime(poisson(seed, 400, 360)), baselines=(SINCE,))
        covered += -10 in reading.changes[0].percent.interval

    assert 0.90 <= covered / 300 <= 1.0


def test_percentages_change_in_points(vehicle_crime):
    series = vehicle_crime(
        [86, 85, 87] * 8 + [81, 82, 80] * 5, unit="%", kind="proportion", better="higher"
    )

    change = read(series, baselines=(Month(2012, 4),)).changes[0]

    assert change.difference.unit == "percentage points"
    assert change.percent.value is None
    assert "from 86.0%, the average since April 2010, to 81.0% (−5.0 percentage points;" in str(
        change.statement
    )
    assert change.interval is change.difference.interval


def test_a_step_from_nought_has_no_percentage(vehicle_crime):
    change = read(vehicle_crime([0] * 12 + [5, 6] * 8), baselines=(Month(2011, 4),)).changes[0]

    assert change.percent.missing
    assert change.difference.value == pytest.approx(5.5)


def test_no_step_is_said_that_nobody_accepted(vehicle_crime):
    reading = read(vehicle_crime(poisson(1, 1950, 1400)))

    assert reading.changes == ()
    assert not any("Step change" in str(one) for one in reading.statements())


def test_the_range_of_a_step_of_a_smooth_survey_is_no_narrower_than_its_sampling_error(
    vehicle_crime,
):
    values, since = [76.5, 77, 77.5, 77] * 3 + [78, 78.5, 79, 78.5] * 3, Month(2011, 4)
    survey = {"unit": "%", "kind": "proportion", "better": "higher"}

    change = read(vehicle_crime(values, bases=(500.0,) * 24, **survey), baselines=(since,))

    error = ((77 * 23 + 78.5 * 21.5) / 500 / 12) ** 0.5
    span = change.changes[0].interval
    assert (span.high - span.low) / 2 == pytest.approx(1.959964 * error)


def test_a_step_and_its_range_are_one_figure(vehicle_crime):
    change = read(vehicle_crime(poisson(1, 1950, 1400)), baselines=(SINCE,)).changes[0]

    assert change.statement.figures == (change.before, change.after, change.percent)
