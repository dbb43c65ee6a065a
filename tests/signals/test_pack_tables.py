"""The three tables of a pack: which columns they have and what stands in them."""

import polars as pl
import pytest

from regard.core.errors import DefinitionRefused
from regard.signals.pack.frames import read_frame
from regard.signals.pack.tables import IN_WORDS, POINTS, READINGS, STEPS, coded, must_not_clash
from signals.pack_frames import FIRST, crimes, rows_of

COUNTS = {"series": "area", "value": "count", "words": False}


def stepped():
    frame = crimes(3, 60)
    late = pl.col("month") >= (FIRST + 40).iso
    one = pl.col("area") == "area 02"
    return frame.with_columns(
        pl.when(late & one).then(pl.col("count") * 3).otherwise(pl.col("count")).alias("count")
    )


def test_the_tables_have_the_columns_that_are_promised():
    found = read_frame(crimes(3, 36), series="area", value="count")

    assert found.readings.columns == ["area", *READINGS]
    assert found.points.columns == ["area", *POINTS]
    assert found.steps.columns == ["area", *STEPS]


def test_without_words_there_is_no_column_for_them():
    found = read_frame(crimes(3, 36), **COUNTS)

    assert found.readings.columns == ["area", *(one for one in READINGS if one not in IN_WORDS)]


def test_a_reading_shows_the_newest_step_of_its_series():
    found = read_frame(stepped(), **COUNTS)
    row = rows_of(found.readings)[2]
    (step,) = [one for one in rows_of(found.steps) if one["area"] == "area 02"]

    assert row["step"] == row["level_since"] == step["month"] == (FIRST + 40).iso
    assert row["step_percent"] == step["percent"]
    assert row["step_standing"] == step["standing"] == "proposed"
    assert row["level"] == pytest.approx(step["after"])


def test_a_series_without_a_step_has_empty_cells_for_it():
    row = rows_of(read_frame(stepped(), **COUNTS).readings)[0]

    assert row["steps"] == 0
    assert [row[name] for name in READINGS if name.startswith("step_")] == [None] * 6
    assert row["step"] is None


def test_points_hold_a_row_a_month_with_its_signals_in_words():
    frame = crimes(2, 36).with_columns(
        pl.when(pl.col("month") == (FIRST + 20).iso)
        .then(pl.col("count") + 500)
        .otherwise(pl.col("count"))
        .alias("count")
    )
    points = rows_of(read_frame(frame, **COUNTS).points)

    assert len(points) == 72
    assert "exceptionally high" in points[20]["signals"]
    assert {row["signals"] for row in points[:15]} == {""}


def test_a_missing_month_has_lines_and_no_value():
    frame = crimes(1, 36).filter(pl.col("month") != (FIRST + 20).iso)
    point = rows_of(read_frame(frame, **COUNTS).points)[20]

    assert point["value"] is None
    assert point["lower"] <= point["centre"] <= point["upper"]
    assert point["signals"] == ""


def test_a_column_called_as_one_of_the_readings_is_refused():
    with pytest.raises(DefinitionRefused, match="named by a column state"):
        must_not_clash(("area", "state"))


def test_texts_are_coded_once_each():
    found = coded(["b", None, "a", "b"])

    assert found.values == ["a", "b"]
    assert found.places.tolist() == [1, -1, 0, 1]
