"""What can be asked of a reading."""

from __future__ import annotations

from functools import partial

from regard.core.periods import Month
from regard.signals.conventions import NHS
from regard.signals.methods import read as read_by

read = partial(read_by, method=NHS.name)


def test_the_average_is_a_figure_with_its_months_and_its_rows(vehicle_crime):
    series = vehicle_crime([200, 210] * 10)

    average = read(series).average

    assert (average.value, str(average)) == (205, "205 offences a month")
    assert average.sources == series.sources
    assert average.period.months[0] == Month(2010, 4)


def test_the_latest_point_is_the_last_with_a_value(vehicle_crime):
    assert read(vehicle_crime([200, 210, None])).latest.month == Month(2010, 5)


def test_an_old_odd_month_leaves_a_series_stable(vehicle_crime):
    reading = read(vehicle_crime([*[200, 210] * 3, 260, *[200, 210] * 12]))

    assert [point.month for point in reading.signals] == [Month(2010, 10)]
    assert reading.signals[0].is_high
    assert reading.is_stable
