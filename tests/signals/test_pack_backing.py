"""Frames of every kind: what is read from them, and tables of the same kind made again."""

from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from regard.core.errors import DefinitionRefused, NotKnown
from regard.core.periods import Month
from regard.signals.pack.backing import Coded, backing_of, month_of, must_have
from signals.pack_frames import KINDS, crimes, rows_of

MARCH = Month(2018, 3)


@pytest.mark.parametrize("kind", KINDS)
def test_a_frame_of_any_kind_gives_the_same_rows(kind):
    plain = backing_of(crimes(3, 5).to_dicts()).long(("area",), "month", ("count",))

    long = backing_of(KINDS[kind](crimes(3, 5))).long(("area",), "month", ("count",))

    assert long.keys == plain.keys == (("area 00",), ("area 01",), ("area 02",))
    cells, others = (
        sorted(zip(one.numbers, one.ordinals, one.numeric["count"], strict=True))
        for one in (long, plain)
    )
    assert cells == others


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_is_made_of_the_kind_that_was_brought(kind):
    brought = KINDS[kind](crimes(2, 3))
    places = np.array([1, 0, -1])

    table = backing_of(brought).made(
        {"area": Coded(["a", "b"], places)},
        {"when": Coded([MARCH, MARCH + 1], places)},
        {"value": np.array([1.5, np.nan, 0.0]), "tier": Coded(["watch"], np.array([0, -1, 0]))},
        order=("area", "when", "tier", "value"),
        like="month",
    )

    assert isinstance(table, type(brought))
    assert rows_of(table) == [
        {"area": "b", "when": "2018-04", "tier": "watch", "value": 1.5},
        {"area": "a", "when": "2018-03", "tier": None, "value": None},
        {"area": None, "when": None, "tier": "watch", "value": 0.0},
    ]


DAY_KINDS = {
    "polars dates": lambda frame: frame,
    "polars instants": lambda frame: frame.with_columns(pl.col("month").cast(pl.Datetime("us"))),
    "polars local instants": lambda frame: frame.with_columns(
        pl.col("month").cast(pl.Datetime("us")).dt.replace_time_zone("Europe/London")
    ),
    "pandas instants": lambda frame: frame.to_pandas(),
    "pyarrow dates": lambda frame: frame.to_arrow(),
    "rows": lambda frame: frame.to_dicts(),
}


@pytest.mark.parametrize("kind", DAY_KINDS)
def test_months_come_back_as_days_where_they_were_days(kind):
    days = crimes(1, 3).with_columns(pl.col("month").str.to_date("%Y-%m").dt.month_end())
    backing = backing_of(DAY_KINDS[kind](days))

    long = backing.long(("area",), "month", ("count",))
    months = {"when": Coded([MARCH], np.array([0]))}
    (row,) = rows_of(
        backing.made({}, months, {"n": np.array([1.0])}, order=("when",), like="month")
    )

    assert [Month(o // 12, o % 12 + 1).iso for o in long.ordinals] == [
        "2013-04", "2013-05", "2013-06",
    ]  # fmt: skip
    assert row == {"when": "2018-03"}


def test_an_instant_comes_back_as_the_first_of_its_month_in_its_own_time_zone():
    local = (
        pl.col("month")
        .str.to_date("%Y-%m")
        .cast(pl.Datetime("us"))
        .dt.replace_time_zone("Europe/London")
    )
    frame = crimes(1, 3).with_columns(local)

    made = backing_of(frame).made(
        {}, {"when": Coded([MARCH + 2], np.array([0]))}, {}, order=("when",), like="month"
    )

    assert made["when"][0].isoformat() == "2018-05-01T00:00:00+01:00"


def test_days_and_periods_in_a_pandas_column_of_objects_are_months():
    frame = crimes(1, 3).to_pandas()
    days = frame.assign(month=[date(2013, 4, 30), date(2013, 5, 1), date(2013, 6, 2)])
    periods = frame.assign(month=pd.PeriodIndex(frame["month"], freq="M"))

    for one in (days, periods):
        long = backing_of(one).long(("area",), "month", ("count",))

        assert long.ordinals.tolist() == [2013 * 12 + 3, 2013 * 12 + 4, 2013 * 12 + 5]


@pytest.mark.parametrize(
    "told", ["2019-07", date(2019, 7, 31), datetime(2019, 7, 1, tzinfo=UTC), Month(2019, 7)]
)
def test_a_text_a_day_an_instant_and_a_month_are_months(told):
    assert month_of(told) == Month(2019, 7)


def test_what_is_no_month_is_refused_with_its_value():
    with pytest.raises(DefinitionRefused, match="201907 is not a month"):
        month_of(201907)


def test_a_text_that_is_no_month_is_refused_with_its_value():
    frame = pl.DataFrame({"month": ["2019-07", "July"], "value": [1, 2]})

    with pytest.raises(DefinitionRefused, match="'July' is not a month"):
        backing_of(frame).long((), "month", ("value",))


@pytest.mark.parametrize("kind", ["polars", "pandas", "pyarrow", "rows"])
@pytest.mark.parametrize("column", ["area", "month"])
def test_a_row_without_a_name_or_month_is_refused_by_its_number(kind, column):
    rows = crimes(1, 3).to_dicts()
    rows[1][column] = None

    with pytest.raises(DefinitionRefused, match=f"row 2 has no {column}"):
        backing_of(KINDS[kind](pl.DataFrame(rows))).long(("area",), "month", ("count",))


@pytest.mark.parametrize("kind", ["polars", "pandas", "pyarrow"])
def test_a_column_of_text_holds_no_values(kind):
    frame = crimes(1, 3).with_columns(pl.lit("many").alias("count"))

    with pytest.raises(DefinitionRefused, match="column count holds String"):
        backing_of(KINDS[kind](frame)).long(("area",), "month", ("count",))


@pytest.mark.parametrize("wrong", ["many", True])
def test_a_row_that_holds_no_number_is_refused_by_its_number(wrong):
    rows = [{"month": "2019-07", "value": 1}, {"month": "2019-08", "value": wrong}]

    with pytest.raises(DefinitionRefused, match=f"row 2 holds {wrong!r} in column value"):
        backing_of(rows).long((), "month", ("value",))


def test_a_lazy_frame_is_refused_and_told_what_to_do():
    with pytest.raises(DefinitionRefused, match="LazyFrame is no frame") as refused:
        backing_of(crimes(1, 3).lazy())

    assert "collect a lazy frame first" in str(refused.value)


def test_rows_that_are_no_mappings_are_refused_by_their_number():
    with pytest.raises(DefinitionRefused, match="row 2 is a tuple"):
        backing_of([{"month": "2019-07"}, ("2019-08", 3)])


def test_a_column_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(NotKnown, match="no column of the frame is called 'counts'"):
        must_have(backing_of(crimes(1, 1)), ("area", "counts"))


def test_a_column_that_is_named_twice_is_refused():
    with pytest.raises(DefinitionRefused, match="column month is named twice"):
        must_have(backing_of(crimes(1, 1)), ("month", "month"))


def test_pairs_are_each_told_once():
    frame = crimes(2, 3).with_columns(pl.lit("lower").alias("better"))

    for kind in KINDS.values():
        found = backing_of(kind(frame)).pairs(("area",), "better")

        assert found == [(("area 00",), "lower"), (("area 01",), "lower")]


def test_an_arrow_table_with_a_dictionary_of_names_is_read():
    table = crimes(2, 3).to_arrow()
    coded = table.set_column(0, "area", pa.array(table["area"].to_pylist()).dictionary_encode())

    assert backing_of(coded).long(("area",), "month", ("count",)).keys == (
        ("area 00",), ("area 01",),
    )  # fmt: skip
