from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from regard.core.periods import Month
from regard.papers import ControlChart, Flag, Missing, Segment
from regard.papers.chart_tables import SIGNALS, control_sheet, control_table
from regard.papers.chart_values import kinds_of

START = Month(2013, 2)
CHART = ControlChart(
    reading="Burglary is steady",
    name="Burglary dwelling",
    scope="West Midlands",
    unit="offences a month",
    start=START,
    values=(1_900.0, 950.0, None, 870.0),
    why_missing={START + 2: "April 2013 was not supplied"},
    segments=(
        Segment(START, START, 1_900, 1_700, 2_100),
        Segment(START + 1, START + 3, 907, 700, 1_100, provisional=True),
    ),
    flags=(
        Flag(START, "concern", "above the upper limit, run above the average"),
        Flag(START + 1, "concern", "run above the average"),
        Flag(START + 3, "change", "an earthquake"),
    ),
)
LINES = (
    "February 2013: average 1,900, limits 1,700 to 2,100. "
    "March 2013 to May 2013: average so far 907, limits 700 to 1,100. "
    "Step accepted: March 2013; the level before, 1,900 in that month, is drawn on to May 2013."
)


def test_a_row_a_month_says_its_reading_in_short_words_explained_below() -> None:
    table = control_table(CHART, kinds_of(CHART))

    assert [(row.header, *row.cells) for row in table.rows] == [
        ("February 2013", "1,900", "Concern: high, run high"),
        ("March 2013", "950", "Concern: run high"),
        ("April 2013", Missing("April 2013 was not supplied"), "Not supplied"),
        ("May 2013", "870", "Change: an earthquake"),
    ]
    assert table.note == (
        f"{LINES} In the readings, high means above the upper limit, run high means run above the "
        "average."
    )


def test_a_row_a_year_holds_each_month_with_its_strongest_signal_and_all_signals_below() -> None:
    table = control_sheet(CHART, kinds_of(CHART))

    assert [one.header for one in table.columns][:3] == ["Apr", "May", "Jun"]
    first, second = ((row.header, *row.cells) for row in table.rows)
    assert first == ("2012/13", *[""] * 10, "1,900\N{NO-BREAK SPACE}H", "950\N{NO-BREAK SPACE}A")
    assert second == ("2013/14", Missing("no value"), "870\N{NO-BREAK SPACE}*", *[""] * 10)
    assert table.caption == "Burglary dwelling (offences a month), West Midlands, month by month"
    assert table.note == (
        f"{LINES} Concern: H above the upper limit Feb 2013; A run above the average Feb 2013 to "
        "Mar 2013. Not supplied: April 2013 was not supplied Apr 2013. "
        "Change: * an earthquake May 2013."
    )


def test_signals_have_a_letter_of_their_own_and_a_meaning_where_the_name_does_not_say_it() -> None:
    names, short, letters, meanings = zip(*SIGNALS, strict=True)

    assert len(set(names)) == len(set(letters)) == len(SIGNALS)
    adjusted = 6
    assert all(meanings[:adjusted])
    assert names[:adjusted] == short[:adjusted]
    assert not any(meanings[adjusted:])
    assert len(set(short[adjusted:])) == len(SIGNALS) - adjusted


def test_signals_of_the_adjusted_chart_are_explained_below_the_table() -> None:
    chart = replace(CHART, flags=(Flag(START, "concern", "exceptionally high, drift up"),))

    table, sheet = (made(chart, kinds_of(chart)) for made in (control_table, control_sheet))

    assert table.rows[0].cells[-1] == "Concern: exceptionally high, drift up"
    assert (
        "In the readings, exceptionally high means far above what was expected, drift up means "
        "small excesses over what was expected that add up."
    ) in str(table.note)
    assert sheet.rows[0].cells[10] == "1,900\N{NO-BREAK SPACE}E"
    assert "Concern: E exceptionally high Feb 2013; D drift up Feb 2013." in str(sheet.note)


@given(st.lists(st.none() | st.integers(0, 10**6), min_size=1, max_size=90))
def test_every_value_stands_in_both_tables_in_order(some: list[int | None]) -> None:
    chart = ControlChart("Read", "Crime", "Here", "offences", START, tuple(some))

    kinds = kinds_of(chart)

    expected = [Missing("no value") if one is None else f"{one:,}" for one in some]
    by_year = [cell for row in control_sheet(chart, kinds).rows for cell in row.cells]
    by_month = [row.cells[0] for row in control_table(chart, kinds).rows]
    assert [cell for cell in by_year if cell != ""] == expected
    assert [
        Missing("no value") if isinstance(one, Missing) else one for one in by_month
    ] == expected
