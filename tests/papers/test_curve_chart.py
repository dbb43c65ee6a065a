from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from regard.core.errors import PaperRefused
from regard.papers.checking import reaches
from regard.papers.curve_chart import Curve, CurveChart, CurvePoint, Mark, curve_chart

IMMEDIATE = Curve(
    "immediate",
    (CurvePoint(0, 2.04, 1.9, 2.2), CurvePoint(10, 10.0, 9.0, 11.0), CurvePoint(21, 26.1, 24, 29)),
)
PRIORITY = Curve("priority", (CurvePoint(0, 3.0), CurvePoint(21, 41.7)))
CHART = CurveChart(
    reading="Late answers grow with every PSU away",
    name="Answered late",
    scope="West Midlands",
    unit="%",
    x_name="PSUs away",
    curves=(IMMEDIATE, PRIORITY),
    marks=(Mark(4, "promised"), Mark(17, "asked")),
    level=10.0,
    level_label="borne",
)


def layers(spec: Any, name: str) -> list[Any]:
    return [one for one in spec["layer"] if one.get("name", "").partition("-")[0] == name]


def test_curves_differ_in_their_dashes_and_their_marks_and_not_in_colour_alone() -> None:
    spec = curve_chart(CHART).spec

    assert {one["mark"]["shape"] for one in layers(spec, "points")} == {"circle", "square"}
    assert len({str(one["mark"].get("strokeDash")) for one in layers(spec, "line")}) == 2
    assert list(reaches(spec)) == []


def test_only_a_curve_with_ranges_has_a_band_and_both_its_ends_are_drawn() -> None:
    spec = curve_chart(CHART).spec

    (band,) = layers(spec, "ranges")
    assert [row["low"] for row in band["data"]["values"]] == [1.9, 9.0, 24]
    assert len(layers(spec, "ends")) == 2


def test_what_stands_out_and_the_level_are_named() -> None:
    spec = curve_chart(CHART).spec

    named = {row["label"] for one in layers(spec, "named") for row in one["data"]["values"]}
    assert named == {"promised", "asked"}
    labels = {row["label"] for row in layers(spec, "labels")[0]["data"]["values"]}
    assert labels == {"immediate 26.1", "priority 41.7", "borne 10.0"}


def test_every_point_stands_in_the_table_with_its_range_and_none_is_made_up() -> None:
    table = curve_chart(CHART).table

    assert [one.header for one in table.columns] == [
        "immediate", "immediate, 95% range", "priority",
    ]  # fmt: skip
    assert [(row.header, row.cells) for row in table.rows] == [
        ("0", ("2.0", "1.9 to 2.2", "3.0")),
        ("10", ("10.0", "9.0 to 11.0", "")),
        ("21", ("26.1", "24.0 to 29.0", "41.7")),
    ]


def test_it_is_told_in_words() -> None:
    told = curve_chart(CHART).alt

    assert "immediate: at 0 PSUs away: 2.0% (95% range 1.9 to 2.2)" in told
    assert "borne: 10.0%." in told
    assert "asked at 17." in told


def test_ranges_say_the_share_that_they_hold() -> None:
    chart = curve_chart(replace(CHART, range_level=0.8))

    assert "(80% range 1.9 to 2.2)" in chart.alt
    assert [one.header for one in chart.table.columns][1].endswith(", 80% range")
    assert "95%" not in f"{chart.spec}{chart.alt}{chart.table}"


def test_places_may_have_names_such_as_months() -> None:
    named = replace(CHART, x_labels={0: "April 2022", 21: "January 2024"})

    table = curve_chart(named).table

    assert [row.header for row in table.rows] == ["April 2022", "10", "January 2024"]


@pytest.mark.parametrize(
    "curves",
    [
        (),
        (IMMEDIATE, PRIORITY, IMMEDIATE, PRIORITY),
        (Curve("none", ()),),
        (Curve("back", (CurvePoint(2, 1.0), CurvePoint(1, 1.0))),),
        (Curve("twice", (CurvePoint(1, 1.0), CurvePoint(1, 2.0))),),
        (Curve("outside", (CurvePoint(1, 5.0, 1.0, 2.0),)),),
        (Curve("half", (CurvePoint(1, 5.0, 1.0, None),)),),
        (Curve("no number", (CurvePoint(1, float("nan")),)),),
    ],
)
def test_curves_that_cannot_be_drawn_are_refused(curves) -> None:
    with pytest.raises(PaperRefused):
        curve_chart(replace(CHART, curves=curves))
