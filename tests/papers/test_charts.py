from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.sample import crime_chart, survey_chart
from regard.core.errors import PaperRefused
from regard.core.periods import Month
from regard.papers import (
    AcceptedStep,
    Chart,
    ControlChart,
    FanMonth,
    Flag,
    Missing,
    Proposal,
    Segment,
    Wave,
    WaveChart,
    control_chart,
    wave_chart,
)
from regard.papers.chart_values import CONCERN, IMPROVEMENT, NOT_SUPPLIED
from regard.papers.checking import reaches
from regard.papers.month_axis import MOST_MONTH_LABELS

START = Month(2013, 4)


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


def rows(made: Chart, name: str) -> list[Any]:
    return list(layer(made, name)["data"]["values"])


def layer(made: Chart, name: str) -> Any:
    return named(made, name)[0]


def named(made: Chart, name: str) -> list[Any]:
    return [one for one in made.spec["layer"] if one.get("name", "").partition("-")[0] == name]


def test_a_month_not_supplied_is_a_gap_with_a_mark_and_says_why() -> None:
    made = control_chart(chart())

    assert [row["run"] for row in rows(made, "values")] == [0, 0, 2]
    assert rows(made, "points")[2]["kind"] == NOT_SUPPLIED
    assert made.table.rows[2].cells[0] == Missing("June 2013 was not supplied")
    assert "Not supplied: June 2013." in made.alt


def test_a_step_breaks_the_lines_and_carries_its_date_and_the_level_before() -> None:
    made = crime_chart()

    first, second = rows(made, "limits")
    assert (first["to"][:7], second["from"][:7]) == ("2013-01", "2013-01")
    assert [row["label"] for row in rows(made, "steps")] == ["step accepted: Feb 2013"]
    assert {row["level"] for row in rows(made, "before")} == {4_800}
    labels = {row["label"] for row in rows(made, "labels")}
    assert {"average so far 4,300", "milestone 4,560"} <= labels


def test_flagged_months_are_drawn_and_told_as_what_they_are() -> None:
    made = crime_chart()

    kinds = [row["kind"] for row in rows(made, "points")]
    assert (kinds[9], kinds[27], kinds[30]) == (CONCERN, NOT_SUPPLIED, IMPROVEMENT)
    assert made.table.rows[9].cells[-1] == "Concern: high"
    assert "Concern: January 2012. Improvement: October 2013." in made.alt


def test_an_axis_that_does_not_start_at_nought_says_so() -> None:
    high = control_chart(chart())
    low = control_chart(chart(values=(90.0, 950.0, None, 870.0)))

    titles = [layer(one, "values")["encoding"]["y"]["axis"]["title"] for one in (high, low)]

    assert titles == [
        "Burglary dwelling (offences); axis starts at 600, not 0",
        "Burglary dwelling (offences)",
    ]


@given(st.lists(st.none() | st.floats(0, 1e5).map(round), min_size=1, max_size=90).filter(any))
def test_a_chart_is_plain_data_that_fetches_nothing_and_tells_every_month(
    some: list[float | None],
) -> None:
    made = control_chart(chart(values=tuple(some), why_missing={}, segments=()))

    assert json.loads(json.dumps(made.spec)) == made.spec
    assert list(reaches(made.spec)) == []
    assert len(made.table.rows) == len(some)
    axis = layer(made, "values")["encoding"]["x"]["axis"]
    assert len(re.findall(r"'\d{4}-\d\d'", axis["labelExpr"])) <= MOST_MONTH_LABELS
    assert len(axis["values"]) <= 36


def test_the_axis_names_each_april_and_marks_the_quarters() -> None:
    axis = layer(crime_chart(months=47), "values")["encoding"]["x"]["axis"]

    assert "['2011-04', '2012-04', '2013-04', '2014-04']" in axis["labelExpr"]
    assert len(axis["values"]) == 16
    assert axis["tickSize"]["value"] < axis["tickSize"]["condition"]["value"]


def test_no_key_is_drawn_where_all_months_are_usual() -> None:
    made = control_chart(chart(values=(900.0, 950.0), segments=()))

    assert [one for one in made.spec["layer"] if one.get("name", "").startswith("key")] == []


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

    assert len(made.spec["layer"][0]["data"]["values"]) == 5
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
    assert made.spec["layer"][0]["data"]["values"] == []


def test_waves_of_nothing_are_refused() -> None:
    nothing = WaveChart("None", "Confidence", "West Midlands", "%", (Wave("Wave 1", None),))

    with pytest.raises(PaperRefused, match="Confidence, West Midlands has no value in 1 waves"):
        wave_chart(nothing)


def test_a_description_of_ones_own_is_kept() -> None:
    assert control_chart(replace(chart(), alt="A line.")).alt == "A line."


MONTHS = 8
WAVING = {
    "values": (900.0, 950.0, 940.0, 910.0, 700.0, 720.0, 690.0, 705.0),
    "why_missing": {},
    "segments": (),
    "centres": (920.0, 900.0, 930.0, 915.0, 700.0, 690.0, 710.0, 700.0),
    "lowers": (800.0, 780.0, 810.0, 795.0, 600.0, 590.0, 610.0, 600.0),
    "uppers": (1_040.0, 1_020.0, 1_050.0, 1_035.0, 800.0, 790.0, 810.0, 800.0),
    "steps": (AcceptedStep(START + 4, (915.0, 905.0, 925.0)),),
}
FAN = tuple(
    FanMonth(START + (MONTHS + n), 700.0, 650.0 - n, 750.0 + n, 620.0 - n, 780.0 + n)
    for n in range(3)
)
PROPOSED = Proposal(START + 5, START + 3, START + 7, 700.0, 640.0, confirmed=True)


def test_limits_that_wave_hold_for_each_month_and_break_at_an_accepted_step() -> None:
    made = control_chart(chart(**WAVING))

    drawn = rows(made, "limits")
    assert [row["stretch"] for row in drawn] == [0] * 5 + [1] * 5  # each month, and the end
    assert [row["upper"] for row in drawn[3:6]] == [1_035.0, 1_035.0, 800.0]
    assert drawn[4]["at"] == drawn[5]["at"]
    labels = [row["label"] for row in rows(made, "labels")]
    assert labels == ["lower limit 600", "expected 700", "upper limit 800"]
    assert made.table.rows[4].cells[:3] == ("700", "700", "600 to 800")
    assert "in November 2013 700, with limits from 600 to 800" in made.alt


def test_both_baselines_of_an_accepted_step_are_viewable_and_told() -> None:
    made = control_chart(chart(**WAVING))

    assert [row["level"] for row in rows(made, "before")] == [915.0, 905.0, 925.0, 925.0]
    assert "Step accepted: August 2013; the level before, 915 in that month, is drawn on to" in (
        made.alt
    )
    assert "Step accepted: August 2013" in str(made.table.note)
    assert "Step accepted: August 2013" in str(made.sheet.note)


def test_a_proposed_step_is_drawn_and_told_as_not_accepted() -> None:
    made = control_chart(chart(**WAVING, proposals=(PROPOSED,)))

    labels = [row["label"] for one in named(made, "steps") for row in one["data"]["values"]]
    assert sorted(labels) == ["step accepted: Aug 2013", "step proposed: Sep 2013"]
    assert len(rows(made, "brackets")) == 3
    told = "Step proposed, not accepted: September 2013, from 700 to 640, dated within July 2013"
    for words in (made.alt, str(made.table.note), str(made.sheet.note)):
        assert f"{told} to November 2013." in words


def test_among_level_lines_a_proposal_shows_the_levels_before_and_since() -> None:
    level = Segment(START, START + 10, 670, 500, 840)
    values = (700.0,) * 5 + (640.0,) * 6
    made = control_chart(
        chart(values=values, why_missing={}, segments=(level,), proposals=(PROPOSED,))
    )

    assert {row["level"] for row in rows(made, "proposed")} == {640.0}
    assert {row["level"] for row in rows(made, "before proposed")} == {700.0}


def test_among_lines_that_wave_a_proposal_carries_the_level_before_on() -> None:
    carried = replace(PROPOSED, carried=(700.0, 690.0))

    made = control_chart(chart(**WAVING, proposals=(carried,)))

    assert {row["level"] for row in rows(made, "before proposed")} == {700.0, 690.0}
    assert "proposed" not in [one.get("name") for one in made.spec["layer"]]
    assert "level before the step, drawn on" in json.dumps(made.spec)


def test_a_step_that_is_not_confirmed_is_called_possible() -> None:
    made = control_chart(chart(**WAVING, proposals=(replace(PROPOSED, confirmed=False),)))

    assert "possible step: Sep 2013" in json.dumps(made.spec)
    assert "Possible step, not confirmed: September 2013" in made.alt


def test_months_to_come_lengthen_the_axis_and_stand_in_words_and_both_tables() -> None:
    made = control_chart(chart(**WAVING, fan=FAN))

    scale = layer(made, "values")["encoding"]["x"]["scale"]
    assert scale["domain"][1].startswith("2014-02")
    assert "95%: 618 to 782" in [row["label"] for row in rows(made, "labels")]
    assert "To come, February 2014: expected 700, 80% range 648 to 752" in made.alt
    assert made.table.rows[-1].cells == (
        Missing("to come"),
        "700",
        "648 to 752",
        "To come: 95% range 618 to 782",
    )
    printed = {str(row.header): row.cells for row in made.sheet.rows}
    assert printed["2013/14 95% to"][8:11] == ("780", "781", "782")
    assert printed["2013/14 expected"][:2] == ("920", "900")


def test_why_limits_wave_is_said_below_the_chart() -> None:
    made = control_chart(chart(**WAVING, waves_why="Limits follow the season."))

    assert made.note == "Limits follow the season."
    assert control_chart(chart(**WAVING)).note is None


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"lowers": (1.0,)}, r"has 8 values and \[8, 1, 8\] centres, lowers, uppers"),
        ({"values": (float("nan"), *[900.0] * 7)}, "has the value nan"),
        ({"fan": FAN[1:]}, "January 2014 is 2 months after November 2013, as number 1"),
        ({"fan": (replace(FAN[0], low80=710.0),)}, "the ranges of December 2013 cross"),
        (
            {"proposals": (replace(PROPOSED, earliest=START + 6),)},
            "proposed for September 2013 lies outside October 2013",
        ),
    ],
)
def test_lines_that_do_not_fit_the_months_are_refused(other: dict[str, Any], told: str) -> None:
    with pytest.raises(PaperRefused, match=told):
        control_chart(chart(**(WAVING | other)))


def test_a_month_pointed_at_on_a_screen_says_its_value_its_kind_and_its_limits() -> None:
    flags = (Flag(START + 4, "improvement", "exceptionally low"),)

    made = control_chart(chart(**WAVING, flags=flags))

    assert rows(made, "points")[4]["told"] == (
        "August 2013: 700 offences. Improvement: exceptionally low. Expected 700, limits 600 to 800"
    )


def test_the_same_values_are_the_same_bytes() -> None:
    one, other = (
        json.dumps(control_chart(chart(**WAVING, fan=FAN, proposals=(PROPOSED,))).spec)
        for _ in range(2)
    )

    assert one == other
