from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regard.core.errors import PaperRefused
from regard.core.periods import Month
from regard.papers import Missing
from regard.papers.checking import reaches
from regard.papers.pack_drawing import BETWEEN
from regard.papers.pack_sheet import Panel, Sheet, sheet_charts

START = Month(2016, 4)
PANEL = Panel(
    name="Burglary",
    scope="Camden",
    unit="offences",
    start=START,
    values=(100.0, 110.0, None, 140.0),
    state="Exceptionally high in July 2016",
    centres=(105.0, 104.0, 103.0, 104.0),
    lowers=(85.0, 84.0, 83.0, 84.0),
    uppers=(125.0, 124.0, 123.0, 124.0),
    kind="concern",
)


@given(st.integers(1, 60))
@settings(max_examples=20)
def test_every_panel_stands_on_one_sheet_in_order(count: int) -> None:
    panels = tuple(replace(PANEL, name=f"Measure {n}") for n in range(count))

    charts = sheet_charts(Sheet("A pack", panels, id="pack"))

    told = [str(row.header) for chart in charts for row in chart.table.rows]
    assert told == [f"Measure {n}" for n in range(count)]
    assert sum(len(chart.spec["concat"]) for chart in charts) == count
    assert [chart.id for chart in charts][:2] == ["pack", "pack-2"][: len(charts)]


def test_a_sheet_is_one_specification_that_fits_a_page() -> None:
    charts = sheet_charts(Sheet("A pack", (PANEL,) * 40))

    spec = charts[0].spec
    plot = spec["concat"][0]
    pitch = plot["height"] + spec["spacing"]["row"]
    rows = -(-len(spec["concat"]) // spec["columns"])
    assert rows * pitch <= 870
    assert spec["columns"] * (plot["width"] + spec["spacing"]["column"]) <= 640 + BETWEEN
    assert list(reaches(spec)) == []
    assert json.loads(json.dumps(spec)) == spec
    assert str(charts[1].note).startswith(f"Sheet 2 of {len(charts)}. ")


def test_a_panel_marks_its_last_month_and_its_title_by_kind() -> None:
    (chart,) = sheet_charts(Sheet("A pack", (PANEL,)))

    layers = {one["name"]: one for one in chart.spec["concat"][0]["layer"]}
    assert layers["panel-1-last"]["mark"]["shape"] == "diamond"
    assert layers["panel-1-flag"]["mark"]["shape"] == "diamond"
    assert len(layers["panel-1-gaps"]["data"]["values"]) == 1
    assert [row["run"] for row in layers["panel-1-values"]["data"]["values"]] == [0, 0, 2]


def test_the_pack_is_told_in_words_and_as_a_table() -> None:
    missing = replace(PANEL, name="Robbery", values=(*PANEL.values[:3], None), kind="change")

    (chart,) = sheet_charts(Sheet("A pack", (PANEL, missing)))

    assert "Burglary, Camden: concern. Exceptionally high in July 2016." in chart.alt
    first, second = chart.table.rows
    assert first.cells == (
        "Camden", "July 2016", "140 offences", "84 to 124", "Concern",
        "Exceptionally high in July 2016",
    )  # fmt: skip
    assert second.cells[2] == Missing("not supplied")


def test_long_words_make_room_above_every_plot() -> None:
    long = replace(PANEL, state="Possible fall since November 2017; needs three more months " * 2)

    short, tall = (sheet_charts(Sheet("A pack", (one,)))[0].spec for one in (PANEL, long))

    assert tall["spacing"]["row"] > short["spacing"]["row"]


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"kind": "bad"}, "the last month of Burglary, Camden is of the kind 'bad'"),
        ({"values": (None,) * 4}, "the panel of Burglary, Camden has no value in 4 months"),
        ({"lowers": ()}, r"has 4 values and \[4, 0, 4\] centres, lowers, uppers"),
        ({"values": (float("inf"),) * 4}, "has the value inf"),
    ],
)
def test_a_panel_that_cannot_be_read_is_refused(other: dict[str, Any], told: str) -> None:
    with pytest.raises(PaperRefused, match=told):
        sheet_charts(Sheet("A pack", (replace(PANEL, **other),)))


def test_a_sheet_of_nothing_is_refused() -> None:
    with pytest.raises(PaperRefused, match="has 0 panels"):
        sheet_charts(Sheet("A pack", ()))
