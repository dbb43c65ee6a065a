"""A frame of many series in, the same readings out, whatever the kind and order of its rows."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused, NotKnown, RegardError
from regard.core.periods import Month
from regard.records.tables import count_frame
from regard.signals.pack.frames import read_frame
from regard.signals.pack.tiers import NOT_TESTED
from signals.pack_frames import FIRST, KINDS, crimes, rows_of
from signals.pack_pages import PAGES, as_run

COUNTS = {"series": "area", "value": "count", "unit": "offences", "better": "lower"}
OF_THE_PACK = ("adjusted_chance", "tier", "state", "words")


def tables(found):
    return [rows_of(table) for table in (found.readings, found.points, found.steps)]


def own(found):
    """The readings without what depends on the other series of the pack."""
    return [
        {name: cell for name, cell in row.items() if name not in OF_THE_PACK}
        for row in rows_of(found.readings)
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_counts_give_the_same_tables_in_every_kind_of_frame(kind):
    frame = crimes(8, 60).filter(pl.col("month") != (FIRST + 7).iso)
    expected = read_frame(frame, **COUNTS)

    found = read_frame(KINDS[kind](frame), **COUNTS)

    assert tables(found) == tables(expected)
    assert str(found) == str(expected)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=15)
def test_the_order_of_the_rows_does_not_matter(seed):
    frame = crimes(5, 40)

    found = read_frame(frame.sample(fraction=1, shuffle=True, seed=seed), **COUNTS)

    assert tables(found) == tables(read_frame(frame, **COUNTS))


def test_a_series_reads_the_same_whoever_else_is_in_the_pack():
    frame = crimes(12, 60)

    few = read_frame(frame.filter(pl.col("area") < "area 04"), **COUNTS)

    assert own(few) == own(read_frame(frame, **COUNTS))[:4]


@pytest.mark.parametrize("columns", [["area", "type"], ["type", "area"]])
def test_a_series_may_be_named_by_several_columns(columns):
    frame = crimes(6, 40).with_columns(
        type=pl.col("area").str.slice(5, 2).cast(pl.Int64) % 2, area=pl.col("area").str.slice(5, 2)
    )

    found = read_frame(frame, **COUNTS | {"series": columns})

    assert found.readings.columns[:2] == columns
    assert found.readings["area"].n_unique() == 6
    assert found.readings.schema["type"] == pl.Int64
    assert found.of(*found.readings.select(columns).row(3)).state == found.readings["state"][3]


def test_a_frame_of_one_series_needs_no_name():
    frame = crimes(1, 40).drop("area")

    found = read_frame(frame, series=None, value="count")

    assert len(found.readings) == 1
    assert found.of().series.name == "the series"


def test_steps_that_were_proposed_can_be_given_back_as_accepted():
    frame = crimes(8, 96)
    proposed = read_frame(frame, **COUNTS).steps
    assert set(proposed["standing"]) == {"proposed"}

    found = read_frame(frame, **COUNTS, accepted=proposed)

    kept = found.steps.filter(pl.col("standing") == "accepted")
    assert kept.select("area", "month").rows() == proposed.select("area", "month").rows()


@pytest.mark.parametrize(
    "told",
    [
        {"area 02": "2014-10"},
        {("area 02",): [Month(2014, 10)]},
        {"area 02": ["2014-10", date(2014, 10, 31)]},
        {"area 02": ["2014-10", "2010-01", "2031-01", FIRST]},
        [{"area": "area 02", "month": "2014-10"}],
    ],
)
def test_accepted_steps_may_be_told_in_any_of_these_ways(told):
    found = read_frame(crimes(4, 60), **COUNTS, accepted=told)

    steps = found.steps.filter(pl.col("standing") == "accepted")

    assert steps.select("area", "month").rows() == [("area 02", "2014-10")]


def test_no_accepted_steps_is_an_empty_list():
    found = read_frame(crimes(4, 60), **COUNTS, accepted=[])

    assert "accepted" not in found.steps["standing"]


def test_a_step_of_a_series_that_is_not_there_is_refused():
    with pytest.raises(DefinitionRefused, match="accepted steps name the series 'Area 02'"):
        read_frame(crimes(4, 60), **COUNTS, accepted={"Area 02": "2014-10"})


@pytest.mark.parametrize(
    ("better", "told"),
    [
        ("higher", ["higher"] * 3),
        ({"area 01": "lower"}, ["neither", "lower", "neither"]),
        ("direction", ["lower", "lower", "higher"]),
    ],
)
def test_what_is_better_is_told_for_all_by_series_or_in_a_column(better, told):
    lower = pl.col("area") < "area 02"
    frame = crimes(3, 24).with_columns(
        pl.when(lower).then(pl.lit("lower")).otherwise(pl.lit("higher")).alias("direction")
    )

    found = read_frame(frame, **COUNTS | {"better": better})

    assert [found.pack.series(row).better for row in range(3)] == told


def test_a_direction_that_changes_within_a_series_is_refused():
    frame = crimes(1, 24).with_columns(
        pl.when(pl.col("month") < "2014")
        .then(pl.lit("lower"))
        .otherwise(pl.lit("higher"))
        .alias("d")
    )

    with pytest.raises(DefinitionRefused, match="better for area 00 is"):
        read_frame(frame, **COUNTS | {"better": "d"})


def test_a_series_that_ended_is_not_tested_and_says_why():
    frame = crimes(4, 40).filter(
        (pl.col("area") != "area 01") | (pl.col("month") < (FIRST + 30).iso)
    )

    found = read_frame(frame, **COUNTS)

    row = rows_of(found.readings)[1]
    assert row["tier"] == NOT_TESTED
    assert row["month"] == (FIRST + 29).iso
    assert row["adjusted_chance"] is None
    assert "1 could not be tested: no value in the month." in str(found)


def test_the_last_month_can_be_told():
    frame = crimes(4, 60)

    found = read_frame(frame, **COUNTS, to="2016-03")

    assert tables(found) == tables(read_frame(frame.filter(pl.col("month") <= "2016-03"), **COUNTS))


def test_the_cells_of_a_counted_table_are_read():
    crime = pl.DataFrame(
        {
            "source": "merseyside",
            "month": [(FIRST + at // 9).iso for at in range(9 * 14)],
            "crime_type": "burglary",
        }
    )
    cells = count_frame(crime, "burglary")

    found = read_frame(cells, series="source", unit="offences", better="lower")

    (row,) = found.readings
    assert (row["source"], row["value"], row["tier"]) == ("merseyside", 9.0, "background")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"kind": "ratio"}, "a kind called 'ratio'"),
        ({"kind": "rate"}, "a rate of count has no base"),
        ({"base": "month"}, "counts with a base, month"),
        ({"workers": 0}, "0 workers"),
        ({"q": 2.0}, "a share of 2 of false discoveries"),
        ({"better": {"area 77": "lower"}}, "name the series 'area 77'"),
    ],
)
def test_what_cannot_be_done_is_refused(changed, said):
    with pytest.raises(DefinitionRefused, match=said):
        read_frame(crimes(2, 24), **COUNTS | changed)


@pytest.mark.parametrize("name", ["series", "month", "value", "better"])
def test_a_column_that_is_not_there_is_refused_by_name(name):
    with pytest.raises(NotKnown, match="no column of the frame is called 'burglary'"):
        read_frame(crimes(2, 24), **COUNTS | {name: "burglary"})


def test_a_series_that_is_asked_for_and_not_there_is_refused():
    with pytest.raises(DefinitionRefused, match="the frame does not hold"):
        read_frame(crimes(2, 24), **COUNTS, words=False).of("camden")


counts = st.one_of(st.none(), st.integers(0, 3), st.integers(0, 100_000))


@given(st.lists(st.lists(counts, min_size=1, max_size=45), min_size=1, max_size=4))
@settings(max_examples=40)
def test_any_counts_at_all_are_read_or_refused_in_words(held):
    rows = [
        {"area": f"area {place}", "month": (FIRST + step).iso, "count": count}
        for place, counted in enumerate(held)
        for step, count in enumerate(counted)
    ]

    try:
        found = read_frame(rows, **COUNTS)
    except RegardError as refused:
        assert str(refused)  # noqa: PT017
    else:
        assert len(found.readings) == len(held)
        assert all(row["words"] for row in found.readings)
        for row in found.readings:
            assert row["chance"] is None or 0 <= row["chance"] <= 1


@pytest.mark.slow
@pytest.mark.real
@pytest.mark.parametrize("page", PAGES, ids=lambda one: one.stem)
def test_a_page_with_code_prints_what_it_shows(page, shared_data):
    assert (shared_data / "mps_borough_monthly_2010-04_2018-03.parquet").is_file()
    told = page.read_text(encoding="utf-8")

    assert as_run(told) == told


def test_a_page_that_shows_what_its_code_does_not_print_is_found():
    page = "```python\nprint(1 + 1)\n```\n\n```text\n3\n```\n"

    assert as_run(page) == "```python\nprint(1 + 1)\n```\n\n```text\n2\n```\n"
