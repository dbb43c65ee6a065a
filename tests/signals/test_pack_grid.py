"""Many series on one grid: gaps stay missing, and what cannot be is refused by name and month."""

import math
from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.core.periods import Month
from regard.signals.pack.backing import backing_of
from regard.signals.pack.grid import Asked, by_series, grid_of, named
from signals.pack_frames import KINDS, crimes

COUNTS = Asked(("area",), "month", "count", None, "count")
cells = st.dictionaries(
    st.tuples(st.sampled_from(["camden", "brent"]), st.integers(0, 30)),
    st.one_of(st.none(), st.integers(0, 5000)),
    min_size=1,
)


def as_rows(held):
    return [
        {"area": area, "month": (Month(2015, 1) + step).iso, "count": count}
        for (area, step), count in held.items()
    ]


@given(cells, st.randoms(use_true_random=False))
def test_every_row_stands_in_its_cell_and_every_other_cell_is_missing(held, random):
    rows = as_rows(held)
    random.shuffle(rows)

    grid = grid_of(backing_of(rows), COUNTS)

    for row, (area,) in enumerate(grid.keys):
        for column, month in enumerate(grid.months):
            count = held.get((area, month - Month(2015, 1)))
            value = grid.values[row, column]
            assert math.isnan(value) if count is None else value == count


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_cell_and_a_month_without_a_row_are_missing_and_nought_is_not(kind):
    frame = pl.DataFrame(
        {"area": ["a", "a", "b"], "month": ["2018-01", "2018-03", "2018-04"], "count": [0, None, 2]}
    )

    grid = grid_of(backing_of(KINDS[kind](frame)), COUNTS)

    np.testing.assert_array_equal(
        grid.values, [[0, np.nan, np.nan, np.nan], [np.nan, np.nan, np.nan, 2]]
    )
    assert (grid.start, grid.end) == (Month(2018, 1), Month(2018, 4))
    assert grid.last.tolist() == [0, 3]


@pytest.mark.parametrize("kind", KINDS)
def test_two_rows_of_one_month_are_refused_naming_the_first(kind):
    frame = pl.concat([crimes(3, 6), crimes(3, 6)[7:9]])

    with pytest.raises(DefinitionRefused) as refused:
        grid_of(backing_of(KINDS[kind](frame)), COUNTS)

    assert str(refused.value) == (
        "2 rows hold 2013-05 of area 01 (cells held twice: 2)\n"
        "Expected: one row a series and month\n"
        "Next: add them up, or name the columns that tell them apart in series="
    )


@pytest.mark.parametrize(
    ("kind", "value", "base", "said"),
    [
        ("count", -3.0, None, "camden, brent holds -3 in 2018-02"),
        ("count", math.inf, None, "camden, brent holds inf in 2018-02"),
        ("count", 2.5, None, "camden, brent holds 2.5 in 2018-02"),
        ("rate", -3.0, 10.0, "camden, brent holds -3 in 2018-02"),
        ("rate", 3.0, 0.0, "camden, brent holds 0 in 2018-02"),
        ("rate", 3.0, -1.0, "camden, brent holds -1 in 2018-02"),
        ("proportion", 11.0, 10.0, "camden, brent holds 11 in 2018-02"),
        ("average", math.inf, None, "camden, brent holds inf in 2018-02"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_its_series_and_month(kind, value, base, said):
    rows = [
        {"one": "camden", "two": "brent", "month": f"2018-{month:02d}", "held": held, "of": of}
        for month, held, of in ((1, 2.0, 10.0), (2, value, base))
    ]
    asked = Asked(("one", "two"), "month", "held", None if base is None else "of", kind)

    with pytest.raises(DefinitionRefused, match=said):
        grid_of(backing_of(rows), asked)


def test_money_may_be_below_nought():
    rows = [{"month": "2018-01", "held": -3.5}]

    grid = grid_of(backing_of(rows), Asked((), "month", "held", None, "average"))

    assert grid.values.tolist() == [[-3.5]]
    assert grid.label(0) == "the series"


@pytest.mark.parametrize(
    ("to", "end"),
    [
        (None, Month(2014, 3)),
        ("2014-01", Month(2014, 1)),
        (Month(2014, 2), Month(2014, 2)),
        (date(2014, 2, 27), Month(2014, 1)),
        (date(2014, 2, 28), Month(2014, 2)),
    ],
)
def test_a_month_that_is_not_whole_by_a_day_is_left_out(to, end):
    grid = grid_of(backing_of(crimes(1, 12)), COUNTS, to)

    assert grid.end == end


def test_a_last_month_after_the_frame_leaves_the_months_between_missing():
    grid = grid_of(backing_of(crimes(1, 12)), COUNTS, "2014-05")

    assert grid.end == Month(2014, 5)
    assert np.isnan(grid.values[0]).tolist() == [False] * 12 + [True] * 2


def test_a_frame_with_no_month_whole_by_then_is_refused():
    with pytest.raises(NotEnoughData, match="no month is whole by 2013-04-29: the first is April"):
        grid_of(backing_of(crimes(1, 12)), COUNTS, date(2013, 4, 29))


@pytest.mark.parametrize("kind", ["polars", "pandas", "pyarrow"])
def test_a_frame_without_rows_is_refused(kind):
    with pytest.raises(NotEnoughData, match="with columns area, month, count has no row"):
        grid_of(backing_of(KINDS[kind](crimes(1, 1)[:0])), COUNTS)


def test_a_year_that_was_mistyped_is_refused_rather_than_filled_with_missing_months():
    rows = as_rows({("camden", 0): 1}) + [{"area": "camden", "month": "0217-01", "count": 3}]

    with pytest.raises(DefinitionRefused, match="the months go from January 217"):
        grid_of(backing_of(rows), COUNTS)


def test_a_series_is_named_by_its_key_or_by_its_one_part():
    grid = grid_of(backing_of(crimes(3, 2)), COUNTS)

    assert by_series(grid, {"area 01": 1, ("area 02",): 2}, "tests") == {1: 1, 2: 2}
    assert named(("camden", "burglary")) == "camden, burglary"


def test_a_series_that_is_not_in_the_frame_is_refused_by_name():
    grid = grid_of(backing_of(crimes(3, 2)), COUNTS)

    with pytest.raises(DefinitionRefused, match="tests name the series 'area 09', which the frame"):
        by_series(grid, {"area 09": 1}, "tests")
