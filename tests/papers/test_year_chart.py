from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import PaperRefused
from regard.core.periods import FinancialYear, Month
from regard.papers import FanMonth, Missing
from regard.papers.checking import reaches
from regard.papers.year_chart import YearChart, running_totals, year_chart

FAN = tuple(
    FanMonth(
        Month(2013, 12) + n, 900.0 + 100 * n, 880.0 + 90 * n, 920.0 + 110 * n, 860.0 + 80 * n,
        940.0 + 120 * n,
    )
    for n in range(4)
)  # fmt: skip
YEAR = YearChart(
    reading="About a 3 in 10 chance of meeting the milestone",
    name="Robbery",
    scope="West Midlands",
    unit="offences",
    year=FinancialYear(2013),
    so_far=tuple(100.0 * n for n in range(1, 9)),
    last_year=tuple(110.0 * n for n in range(1, 13)),
    target=1_140.0,
    target_label="milestone",
    fan=FAN,
)


def layer(spec: Any, name: str) -> Any:
    return next(one for one in spec["layer"] if one.get("name") == name)


def test_the_year_so_far_last_year_the_way_and_what_may_come_are_drawn() -> None:
    made = year_chart(YEAR)

    drawn = {one.get("name") for one in made.spec["layer"]}
    assert {"fan", "last-year", "path", "target", "so-far", "points", "labels", "key"} <= drawn
    labels = [row["label"] for row in layer(made.spec, "labels")["data"]["values"]]
    assert set(labels) == {
        "expected 1,200",
        "80%: 1,150 to 1,250",
        "95%: 1,100 to 1,300",
        "last year 1,320",
        "milestone 1,140",
    }
    assert layer(made.spec, "fan")["data"]["values"][0]["low95"] == 800.0
    assert list(reaches(made.spec)) == []


def test_the_alternative_text_says_where_the_year_stands_and_how_it_may_end() -> None:
    assert year_chart(YEAR).alt == (
        "Running total of Robbery, West Midlands, in 2013/14. To the end of November 2013: 800 "
        "offences, against 880 in the same months of last year. The whole of 2012/13: 1,320. The "
        "milestone for 2013/14 is 1,140. To the end of March 2014: expected 1,200, 80% range "
        "1,150 to 1,250, 95% range 1,100 to 1,300."
    )


def test_the_table_holds_each_month_with_its_ranges() -> None:
    table = year_chart(YEAR).table

    assert [one.header for one in table.columns] == [
        "2013/14", "2012/13", "Way to the milestone", "Expected", "80% range", "95% range",
    ]  # fmt: skip
    assert table.rows[7].cells == ("800", "880", "760", "", "", "")
    assert table.rows[-1].cells == (
        Missing("to come"), "1,320", "1,140", "1,200", "1,150 to 1,250", "1,100 to 1,300",
    )  # fmt: skip


def test_a_chart_of_this_year_alone_has_neither_way_nor_range() -> None:
    made = year_chart(replace(YEAR, last_year=(), target=None, fan=(), why_missing="not supplied"))

    assert {"fan", "path", "target", "last-year"}.isdisjoint(
        one.get("name") for one in made.spec["layer"]
    )
    assert [one.header for one in made.table.columns] == ["2013/14"]
    assert made.table.rows[-1].cells == (Missing("not supplied"),)
    assert "It ends there: not supplied." in made.alt


def test_a_way_of_ones_own_is_kept_and_not_called_equal_parts() -> None:
    made = year_chart(replace(YEAR, path=tuple(90.0 * n for n in range(1, 13))))

    assert "equal parts" not in json.dumps(made.spec)
    assert made.table.rows[0].cells[2] == "90"


@given(st.lists(st.none() | st.integers(0, 1_000).map(float), max_size=12))
def test_a_running_total_ends_before_the_first_month_without_a_value(
    values: list[float | None],
) -> None:
    totals = running_totals(values)

    whole = values[: values.index(None)] if None in values else values
    assert len(totals) == len(whole)
    assert [b - a for a, b in zip((0.0, *totals), totals, strict=False)] == whole


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"so_far": ()}, "the year 2013/14 of Robbery, West Midlands has no month with a total"),
        ({"last_year": (1.0,) * 13}, "last_year of Robbery, West Midlands has 13 months"),
        ({"fan": FAN[1:]}, "January 2014 is 2 months after November 2013"),
        ({"so_far": (float("nan"),)}, "has the value nan"),
    ],
)
def test_what_does_not_fit_the_year_is_refused(other: dict[str, Any], told: str) -> None:
    with pytest.raises(PaperRefused, match=told):
        year_chart(replace(YEAR, **other))
