from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.sample import crime_chart, survey_chart
from regard.core.errors import PaperRefused
from regard.core.periods import Month
from regard.papers import (
    ControlChart,
    Flag,
    Missing,
    Segment,
    Wave,
    WaveChart,
    control_chart,
    wave_chart,
)
from regard.papers.chart_frame import HEIGHT, LABEL_GAP, WIDTH, Axis
from regard.papers.chart_values import CONCERN, IMPROVEMENT, NOT_SUPPLIED, USUAL
from regard.papers.checking import reaches
from regard.papers.drawing import LOOKS, STEP_LABEL, _steps

START = Month(2013, 4)
values = st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 3))


def chart(**other: Any) -> ControlChart:
    told = {
        "reading": "Burglary is steady",
        "name": "Burglary dwelling",
        "scope": "West Midlands",
        "unit": "offences",
        "start": START,
        "values": (900.0, 950.0, None, 870.0),
        "why_missing": {START + 2: "June 2013 was not supplied"},
        "segments": (Segment(START, START + 3, 907, 700, 1_100),),
    }
    return ControlChart(**(told | other))


def layers(spec: Any, mark: str) -> list[Any]:
    return [one for one in spec["layer"] if one["mark"]["type"] == mark]


def test_a_month_not_supplied_is_a_gap_with_a_mark_and_says_why() -> None:
    made = control_chart(chart())

    (line,) = layers(made.spec, "line")
    (points,) = layers(made.spec, "point")
    assert [row["run"] for row in line["data"]["values"]] == [0, 0, 2]
    assert points["data"]["values"][2]["kind"] == NOT_SUPPLIED
    assert made.table.rows[2].cells[0] == Missing("June 2013 was not supplied")
    assert "Not supplied: June 2013." in made.alt


def test_a_step_breaks_the_lines_and_carries_its_date() -> None:
    made = crime_chart()

    rules = [one for one in layers(made.spec, "rule") if "x2" in one["encoding"]]
    dated = [row for one in layers(made.spec, "text") for row in one["data"]["values"]]
    assert [len(one["data"]["values"]) for one in rules] == [2, 2, 2]
    first, second = rules[0]["data"]["values"]
    assert (first["to"][:7], second["from"][:7]) == ("2013-01", "2013-01")
    assert "Feb 2013" in [row["label"] for row in dated]
    assert {"average so far 4,300", "milestone 4,560"} <= {row["label"] for row in dated}


def test_kinds_of_months_differ_in_shape_and_in_lightness() -> None:
    shapes = [shape for shape, _ in LOOKS.values()]
    lightness = {
        kind: sum(
            weight * int(colour[at : at + 2], 16)
            for weight, at in ((0.2126, 1), (0.7152, 3), (0.0722, 5))
        )
        for kind, (_, colour) in LOOKS.items()
    }

    assert len(set(shapes)) == len(shapes)
    assert lightness[USUAL] - lightness[CONCERN] > 40
    assert lightness[USUAL] - lightness[IMPROVEMENT] > 40


def test_flagged_months_are_drawn_and_told_as_what_they_are() -> None:
    made = crime_chart()

    (points,) = layers(made.spec, "point")
    kinds = [row["kind"] for row in points["data"]["values"]]
    assert (kinds[9], kinds[27], kinds[30]) == (CONCERN, NOT_SUPPLIED, IMPROVEMENT)
    assert made.table.rows[9].cells[-1] == "Concern: high"
    assert "Concern: January 2012. Improvement: October 2013." in made.alt


def test_an_axis_that_does_not_start_at_nought_says_so() -> None:
    high = control_chart(chart())
    low = control_chart(chart(values=(90.0, 950.0, None, 870.0)))

    titles = [layers(one.spec, "line")[0]["encoding"]["y"]["axis"]["title"] for one in (high, low)]

    assert titles == [
        "Burglary dwelling (offences); axis starts at 600, not 0",
        "Burglary dwelling (offences)",
    ]


@given(st.lists(values, min_size=1, max_size=40))
def test_an_axis_holds_every_value_with_few_round_ticks(some: list[float]) -> None:
    axis = Axis.holding(some)

    assert axis.low <= min(some)
    assert axis.high >= max(some)
    assert 2 <= len(axis.ticks) <= 8


@given(st.lists(st.floats(0, 100), min_size=1, max_size=5))
def test_labels_never_cover_one_another(some: list[float]) -> None:
    axis = Axis(0, 100, 25)

    heights = axis.apart(sorted(some))

    gap = 100 * LABEL_GAP / HEIGHT
    assert all(later - earlier >= gap * 0.999 for earlier, later in pairwise(heights))
    assert max(heights) <= 100


@given(st.lists(st.none() | st.floats(0, 1e5).map(round), min_size=1, max_size=90).filter(any))
def test_a_chart_is_plain_data_that_fetches_nothing_and_tells_every_month(
    some: list[float | None],
) -> None:
    made = control_chart(chart(values=tuple(some), why_missing={}, segments=()))

    assert json.loads(json.dumps(made.spec)) == made.spec
    assert list(reaches(made.spec)) == []
    assert len(made.table.rows) == len(some)
    axis = layers(made.spec, "line")[0]["encoding"]["x"]["axis"]
    assert axis["labelExpr"].count("-") - 2 <= 6  # the months named, and the two of the format
    assert len(axis["values"]) <= 36


@given(st.lists(st.integers(1, 30), min_size=1, max_size=8))
def test_dates_of_steps_never_cover_one_another(lengths: list[int]) -> None:
    starts = [START + sum(lengths[:n]) for n in range(len(lengths))]
    segments = tuple(
        Segment(start, start + (length - 1), 900, 700, 1_100)
        for start, length in zip(starts, lengths, strict=True)
    )
    drawn = chart(values=(900.0,) * sum(lengths), why_missing={}, segments=segments)

    steps = _steps(drawn)

    assert len(steps) == len(lengths) - 1
    pixels = [(one.start - START) * WIDTH / sum(lengths) for one in segments[1:]]
    lines: dict[int, list[float]] = {}
    for at, step in zip(pixels, steps, strict=True):
        lines.setdefault(step["line"], []).append(at - STEP_LABEL * step["before"])
    for lefts in lines.values():
        assert all(b - a >= STEP_LABEL * 0.999 for a, b in pairwise(lefts))
        assert max(lefts) + STEP_LABEL <= WIDTH * 1.001


def test_the_axis_names_each_april_and_marks_the_quarters() -> None:
    axis = layers(crime_chart(months=47).spec, "line")[0]["encoding"]["x"]["axis"]

    assert "['2011-04', '2012-04', '2013-04', '2014-04']" in axis["labelExpr"]
    assert len(axis["values"]) == 16
    assert axis["tickSize"]["value"] < axis["tickSize"]["condition"]["value"]


def test_no_legend_is_drawn_where_all_months_are_usual() -> None:
    made = control_chart(chart(values=(900.0, 950.0), segments=()))

    assert layers(made.spec, "point")[0]["encoding"]["shape"]["legend"] is None


def test_a_chart_of_nothing_is_refused() -> None:
    with pytest.raises(
        PaperRefused, match="Burglary dwelling, West Midlands has no value in 2 months"
    ):
        control_chart(chart(values=(None, None)))


def test_a_flag_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(PaperRefused, match="April 2013 is flagged as 'bad'"):
        control_chart(chart(flags=(Flag(START, "bad", "above"),)))


def test_waves_are_drawn_with_their_ranges_and_a_missing_wave_says_why() -> None:
    made = survey_chart()

    rules = layers(made.spec, "rule")
    assert len(rules[0]["data"]["values"]) == 5
    assert made.table.rows[-1].cells == (
        Missing("fieldwork not complete"),
        Missing("no range"),
        Missing("no range"),
    )
    assert "Wave 1: 83.4%, range 82.5% to 84.3%." in made.alt
    assert "Wave 6: not known, fieldwork not complete." in made.alt


def test_a_wave_without_a_range_is_drawn_without_one() -> None:
    made = wave_chart(
        WaveChart("Steady", "Confidence", "West Midlands", "%", (Wave("Wave 1", 82.4),))
    )

    assert "Wave 1: 82.4%." in made.alt
    assert layers(made.spec, "rule")[0]["data"]["values"] == []


def test_waves_of_nothing_are_refused() -> None:
    nothing = WaveChart("None", "Confidence", "West Midlands", "%", (Wave("Wave 1", None),))

    with pytest.raises(PaperRefused, match="Confidence, West Midlands has no value in 1 waves"):
        wave_chart(nothing)


def test_a_description_of_ones_own_is_kept() -> None:
    assert control_chart(replace(chart(), alt="A line.")).alt == "A line."
