"""A reading by the adjusted count chart: states, icons, refusals."""

from __future__ import annotations

import numpy as np
import pytest

from regard.core.errors import DefinitionRefused
from regard.core.periods import Month
from regard.signals.adjusted.charts import adjusted_many
from regard.signals.adjusted.reading import read_adjusted, reading_of
from regard.signals.conventions import CONCERN_HIGH, IMPROVEMENT_LOW, PER_MEAN_MONTH
from regard.signals.methods import read
from regard.signals.readings import Options
from regard.signals.states import (
    EXCEPTIONAL,
    POSSIBLE,
    STABLE,
    STEP,
    TOO_EARLY,
    TOO_FEW,
    UNSETTLED,
)


def poisson(*parts, seed=1):
    random = np.random.default_rng(seed)
    return [int(v) for mean, months in parts for v in random.poisson(mean, months)]


def test_months_that_vary_by_chance_alone_are_stable(vehicle_crime):
    reading = read(vehicle_crime(poisson((200, 60))))

    assert reading.state == STABLE
    assert reading.season is not None
    assert reading.proposals == ()
    assert reading.spread.dispersion < 1.5
    low, high = reading.usual
    assert 150 < low < 170 < 230 < high < 250


@pytest.mark.parametrize(
    "values,state",
    [
        (poisson((200, 11)), TOO_EARLY),
        (poisson((0.4, 40)), TOO_FEW),
        ([*poisson((200, 60)), 300], EXCEPTIONAL),
        ([*poisson((200, 60)), 166, 168, 167], POSSIBLE),
        (poisson((200, 60), (150, 14)), STEP),
        (poisson((100, 40), (140, 10), (190, 10), (260, 10)), UNSETTLED),
        (poisson((200, 40), (150, 30)), STABLE),
    ],
)
def test_a_series_is_in_the_state_it_was_made_for(vehicle_crime, values, state):
    assert read(vehicle_crime(values)).state == state


@pytest.mark.parametrize("last,icon", [(300, CONCERN_HIGH), (110, IMPROVEMENT_LOW)])
def test_an_exceptional_month_is_a_concern_or_an_improvement(vehicle_crime, last, icon):
    reading = read(vehicle_crime([*poisson((200, 60)), last]))

    assert reading.variation == icon
    assert reading.chance < 0.001
    assert reading.latest.beyond
    low, high = reading.expected.interval.low, reading.expected.interval.high
    assert not low <= last <= high


def test_over_a_pack_the_pack_says_what_stands_out(vehicle_crime):
    series = vehicle_crime([*poisson((200, 60)), 300])
    many = adjusted_many([series.values], series.start)

    alone = reading_of(many, 0, series, Options())
    among_many = reading_of(many, 0, series, Options(), exceptional=False)

    assert alone.state == EXCEPTIONAL
    assert among_many.state == STABLE
    assert "exceptionally high" in " ".join(map(str, among_many.statements()))


def test_what_is_no_longer_recorded_is_too_few_to_chart(vehicle_crime):
    reading = read(vehicle_crime([*poisson((300, 40)), *[0] * 18]))

    assert reading.state == TOO_FEW
    assert all(point.lower is None for point in reading.points)
    assert "Not one in the last 18 months" in str(reading.statements()[1])


def test_a_season_is_no_signal(vehicle_crime):
    turns = 1 + 0.2 * np.cos(2 * np.pi * np.arange(72) / 12)
    random = np.random.default_rng(4)

    reading = read(vehicle_crime(random.poisson(1000 * turns).tolist()))

    assert reading.state == STABLE
    assert reading.signals == ()
    assert reading.season.amplitude == pytest.approx(0.2, abs=0.03)
    assert reading.season.highest in (3, 4, 5)


def test_a_missing_month_has_lines_and_no_value(vehicle_crime):
    values = poisson((200, 40))
    values[20] = None

    point = read(vehicle_crime(values)).points[20]

    assert point.value is None
    assert point.sense == "missing"
    assert point.lower < point.centre < point.upper


def test_what_is_no_count_is_refused(vehicle_crime):
    series = vehicle_crime([50.0] * 20, kind="proportion", unit="%")

    with pytest.raises(DefinitionRefused, match="vehicle-crime is a proportion"):
        read_adjusted(series, Options())


@pytest.mark.parametrize("asked", [{"calendar": PER_MEAN_MONTH}, {"freeze": 12}])
def test_a_calendar_or_a_freeze_is_refused(vehicle_crime, asked):
    with pytest.raises(DefinitionRefused, match="the adjusted count chart asked for"):
        read(vehicle_crime(poisson((200, 20))), method="adjusted-counts", **asked)


def test_a_count_below_nought_is_refused_with_its_month(vehicle_crime):
    with pytest.raises(DefinitionRefused, match="holds -3 in May 2010"):
        read(vehicle_crime([5, -3, *[5] * 20]))


def test_the_same_series_gives_the_same_reading_whatever_it_is_read_with(vehicle_crime):
    rows = [poisson((mean, 50), seed=mean) for mean in (20, 200, 2000)]
    many = adjusted_many(rows, Month(2010, 4))

    for at, values in enumerate(rows):
        series = vehicle_crime(values)
        together = [str(one) for one in reading_of(many, at, series, Options()).statements()]
        assert together == [str(one) for one in read(series).statements()]
