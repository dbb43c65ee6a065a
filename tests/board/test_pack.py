"""All measures of a paper together: tiers, steps that wait, what series could tell, the sheet."""

from __future__ import annotations

from datetime import date

import pytest

from plan.stores import asked, burglaries, satisfaction, steady, store_with
from regard.board.pack import (
    how_they_vary,
    read_together,
    sheet_of,
    steps_for_decision,
    this_month,
)
from regard.core.periods import Month
from regard.papers.model import Chart, Missing, Table
from regard.plan.drafting import monitoring_plan
from regard.plan.packs import last_month, tiers_of
from regard.signals.pack.tiers import HEADLINE, NOT_TESTED

AS_AT = date(2019, 12, 31)
LAST = Month(2019, 12)
WATCHED = ("burglary-dwelling", "shop-theft", "robbery", "drugs")


def held(tmp_path, **changed):
    rows = {
        "28A": steady(30, first=Month(2015, 4)),
        "46": steady(20, first=Month(2015, 4)),
        "34B": steady(12, first=Month(2015, 4)),
    }
    for code, months in changed.items():
        rows[code] |= months
    crimes = [one for code, each in rows.items() for one in burglaries(each, code=code)]
    store = store_with(tmp_path, crime=crimes)
    return asked(store, monitoring_plan("merseyside", AS_AT, watch=WATCHED), AS_AT)


def readings(positions):
    return [one.reading for one in positions]


@pytest.fixture(scope="module")
def steady_ones(tmp_path_factory):
    return held(tmp_path_factory.mktemp("steady"))


def test_only_monthly_counts_that_were_supplied_are_read_together(steady_ones):
    together = read_together(steady_ones)

    assert [one.measure.id for one in together] == ["burglary-dwelling", "shop-theft", "robbery"]
    assert last_month(readings(together)) == LAST


def test_where_nothing_stands_out_no_measure_makes_the_headline(steady_ones):
    _, told = this_month(steady_ones)

    assert "tested together for December 2019" in str(told.text)
    assert "None made the headline tier." in str(told.text)
    assert told.bullets == ()


def test_a_month_far_out_is_the_headline_and_says_why(tmp_path):
    found = held(tmp_path, **{"46": {LAST: 60}})

    blocks = this_month(found)

    (bullet,) = blocks[1].bullets
    assert str(bullet).startswith("Theft from shops and stalls: December 2019 was exceptionally")
    assert HEADLINE in tiers_of(readings(read_together(found))).tier


def test_a_measure_that_ends_earlier_is_not_tested_with_the_others(tmp_path):
    found = held(tmp_path)
    crimes = list(burglaries(steady(30, first=Month(2015, 4), last=Month(2019, 6))))
    other = asked(
        store_with(tmp_path / "b", crime=crimes),
        monitoring_plan("merseyside", AS_AT, watch=WATCHED[:1]),
        AS_AT,
    )

    mixed = (*read_together(found), *read_together(other))

    assert last_month(readings(mixed)) == LAST
    if mixed[-1].reading.latest.month != LAST:
        assert tiers_of(readings(mixed)).tier[-1] == NOT_TESTED


def test_steps_that_nobody_accepted_wait_in_one_table(tmp_path):
    drop = {month: 12 + month.ordinal % 3 for month in (Month(2018, 1) + n for n in range(24))}
    found = held(tmp_path, **{"28A": drop})

    heading, table = steps_for_decision(found)

    assert str(heading.text) == "Steps that wait for a decision"
    row = next(one for one in table.rows if "Burglary" in str(one.header))
    assert str(row.cells[0]) == "January 2018"
    assert "−" in str(row.cells[-1])
    assert "95% range" in str(row.cells[-1])


def test_without_steps_there_is_no_table_of_steps(steady_ones):
    assert steps_for_decision(steady_ones) == ()


def test_what_each_series_could_have_told_stands_in_one_table(steady_ones):
    _, table = how_they_vary(steady_ones)

    assert isinstance(table, Table)
    assert [str(row.header) for row in table.rows] == [
        one.measure.name for one in read_together(steady_ones)
    ]
    assert all(str(row.cells[0]).endswith("%") for row in table.rows)
    assert not any(isinstance(row.cells[1], Missing) for row in table.rows)


def test_the_sheet_has_a_panel_for_each_measure(steady_ones):
    _, chart = sheet_of(steady_ones, "Merseyside")

    assert isinstance(chart, Chart)
    assert len(chart.table.rows) == len(read_together(steady_ones))


def test_two_measures_make_no_sheet(tmp_path):
    store = store_with(tmp_path, crime=burglaries(steady(20)))
    found = asked(store, monitoring_plan("merseyside", AS_AT, watch=WATCHED[:2]), AS_AT)

    assert sheet_of(found, "Merseyside") == ()


def test_a_paper_without_monthly_counts_says_nothing_of_a_pack(tmp_path):

    store = store_with(tmp_path, survey=satisfaction(75))
    plan = monitoring_plan("merseyside", AS_AT, watch=("victim-satisfaction-crime",))

    assert this_month(asked(store, plan, AS_AT)) == ()
