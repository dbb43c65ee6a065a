"""The charts of a pack beside those of each kind's own engine."""

import numpy as np
import polars as pl
import pytest

from regard.signals.adjusted.charts import adjusted_many
from regard.signals.adjusted.power import smallest_fall
from regard.signals.others.individuals import individuals_many
from regard.signals.others.proportions import shares_many
from regard.signals.others.rates import rates_many
from regard.signals.pack.backing import backing_of
from regard.signals.pack.charted import NO_VALUE, NOTHING_BEFORE, TOO_SHORT, charted
from regard.signals.pack.grid import Asked, grid_of
from regard.signals.states import RECENT_STEP
from signals.pack_frames import FIRST, crimes


def of_counts(frame, accepted=()):
    grid = grid_of(backing_of(frame), Asked(("area",), "month", "count", None, "count"))
    starts = np.zeros(grid.values.shape, np.bool_)
    for row, column in accepted:
        starts[row, column] = True
    return grid, charted(grid, starts, "offences")


def stepped(months=72, at=60, before=400, after=200):
    """One area whose counts halve."""
    random = np.random.default_rng(7)
    counts = random.poisson(np.where(np.arange(months) >= at, after, before))
    return pl.DataFrame(
        {
            "area": ["camden"] * months,
            "month": [(FIRST + step).iso for step in range(months)],
            "count": counts,
        }
    )


def with_bases(kind):
    random = np.random.default_rng(11)
    frame = crimes(4, 48).with_columns(of=pl.Series(random.integers(2_000, 3_000, 4 * 48)))
    grid = grid_of(backing_of(frame), Asked(("area",), "month", "count", "of", kind))
    starts = np.zeros(grid.values.shape, np.bool_)
    starts[1, 24] = True
    return grid, starts


def test_counts_are_charted_as_the_adjusted_count_chart_draws_them():
    grid, found = of_counts(crimes(8, 96))
    alone = adjusted_many(grid.values, grid.start)

    np.testing.assert_array_equal(found.upper, alone.upper)
    np.testing.assert_array_equal(found.signals, alone.signals)
    np.testing.assert_array_equal(found.chance, alone.rows["chance"])
    assert found.many is not None


def test_a_step_carries_its_levels_its_dates_and_its_size():
    _, found = of_counts(stepped())
    steps = found.steps

    assert steps.row.tolist() == [0]
    assert steps.earliest[0] <= 60 <= steps.latest[0]
    assert steps.low[0] <= steps.percent[0] <= steps.high[0]
    assert steps.percent[0] == pytest.approx(-50, abs=5)
    assert found.level[0] == pytest.approx(steps.after[0])
    assert found.since[0] == steps.column[0]
    assert not steps.accepted[0]


def test_a_step_that_is_accepted_says_so():
    _, found = of_counts(stepped(), accepted=[(0, 60)])

    assert found.steps.accepted.tolist() == [True]
    assert found.steps.column.tolist() == [60]


@pytest.mark.parametrize(("age", "watched"), [(12, True), (RECENT_STEP + 12, False)])
def test_a_proposed_step_is_watched_for_two_years(age, watched):
    _, found = of_counts(stepped(months=96, at=96 - age))
    calm = (found.signals_now == 0).all()

    assert calm
    assert found.watched.tolist() == [watched]


def test_an_accepted_step_is_not_watched():
    _, found = of_counts(stepped(), accepted=[(0, 60)])

    assert found.watched.tolist() == [False]


def test_what_can_be_detected_is_told_of_the_last_level():
    grid, found = of_counts(stepped(), accepted=[(0, 60)])
    share = smallest_fall(
        found.level[0],
        12,
        dispersion=found.dispersion[0],
        autocorrelation=found.autocorrelation[0],
    )

    assert found.months.tolist() == [12]
    assert found.detectable[0] == pytest.approx(100 * share)
    assert grid.end == FIRST + 71


def test_rates_are_charted_by_laney_in_their_own_unit():
    grid, starts = with_bases("rate")
    many = rates_many(grid.values, grid.bases, per=1000, baselines=starts)

    found = charted(grid, starts, "offences per 1,000 residents")

    np.testing.assert_array_equal(found.centre, many.centre)
    np.testing.assert_allclose(found.values, 1000 * grid.values / grid.bases)
    np.testing.assert_array_equal(found.chance, many.latest.p_value)
    assert found.steps.column.tolist() == [24]
    assert found.levels[1].tolist() == [0] * 24 + [1] * 24


def test_proportions_are_charted_by_laney_in_per_cent():
    grid, starts = with_bases("proportion")
    many = shares_many(grid.values, grid.bases, baselines=starts)

    found = charted(grid, starts, "%")

    np.testing.assert_array_equal(found.upper, many.upper)
    np.testing.assert_allclose(found.values, 100 * grid.values / grid.bases)


@pytest.mark.parametrize("kind", ["average", "weighted-sum"])
def test_averages_and_sums_are_charted_as_individuals(kind):
    grid, starts = with_bases(kind)
    many = individuals_many(grid.values, grid.bases, baselines=starts)

    found = charted(grid, starts, "minutes")

    np.testing.assert_array_equal(found.lower, many.lower)
    np.testing.assert_array_equal(found.values, grid.values)
    assert np.isnan(found.dispersion).all()


def test_the_level_of_a_rate_is_told_of_its_last_stretch():
    grid, starts = with_bases("rate")

    found = charted(grid, starts, "offences per 1,000 residents")

    assert found.since.tolist() == [0, 24, 0, 0]
    assert found.months.tolist() == [48, 24, 48, 48]
    assert found.level[1] == found.steps.after[0]


def test_why_a_series_was_not_tested_is_told():
    months = [(FIRST + step).iso for step in range(40)]
    held = {
        "ended": [30] * 39 + [None],
        "new": [None] * 35 + [30] * 5,
        "fresh": [30] * 40,
        "tested": [30, 28, 33, 29] * 10,
    }
    rows = [
        {"area": area, "month": month, "count": count}
        for area, counts in held.items()
        for month, count in zip(months, counts, strict=True)
    ]
    _, found = of_counts(rows, accepted=[(1, 39)])  # by name: ended, fresh, new, tested

    assert found.untested() == [NO_VALUE, NOTHING_BEFORE, TOO_SHORT, ""]


def test_a_part_of_the_charts_holds_its_own_series_and_no_other():
    _, found = of_counts(pl.concat([crimes(6, 72), stepped()]))

    part = found.part(5, 7)

    np.testing.assert_array_equal(part.centre, found.centre[5:7])
    np.testing.assert_array_equal(part.chance, found.chance[5:7])
    np.testing.assert_array_equal(part.many.upper, found.upper[5:7])
    assert part.steps.row.tolist() == [row - 5 for row in found.steps.row if row >= 5]
    assert part.many.steps_of(1) == found.many.steps_of(6)
    assert part.watched.tolist() == found.watched[5:7].tolist()
