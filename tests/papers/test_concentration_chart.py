from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from regard.core.errors import PaperRefused
from regard.papers import Missing
from regard.papers.checking import reaches
from regard.papers.concentration_chart import ConcentrationChart, Share, concentration_chart

CHART = ConcentrationChart(
    reading="Half of burglary lies in a tenth of the areas",
    name="burglary",
    scope="Merseyside, 2019",
    places_name="LSOAs",
    curve=((0, 0), (5, 30.2), (9.5, 50), (100, 100)),
    chance_curve=((0, 0), (28, 50), (100, 100)),
    marks=(Share(50, 9.5, 28), Share(80, 31)),
)


def layers(spec: Any) -> dict[str, Any]:
    return {one["name"]: one for one in spec["layer"] if "name" in one}


def test_the_curve_stands_beside_what_chance_alone_would_give() -> None:
    made = concentration_chart(CHART)

    drawn = layers(made.spec)
    assert [row["crime"] for row in drawn["found"]["data"]["values"]] == [0, 30.2, 50, 100]
    assert [row["places"] for row in drawn["by-chance"]["data"]["values"]] == [0, 28, 100]
    assert drawn["found"]["mark"].get("strokeDash") != drawn["by-chance"]["mark"]["strokeDash"]
    assert len(drawn["gaps"]["data"]["values"]) == 1
    assert [row["label"] for row in drawn["names"]["data"]["values"]] == [
        "50% in 9.5%, by chance in 28%",
        "80% in 31%",
    ]
    assert list(reaches(made.spec)) == []


def test_marks_are_told_in_words_and_as_a_table() -> None:
    made = concentration_chart(CHART)

    assert "50% of burglary lies in 9.5% of LSOAs; by chance alone in 28%." in made.alt
    assert [(row.header, *row.cells) for row in made.table.rows] == [
        ("50%", "9.5%", "28%"),
        ("80%", "31%", Missing("not worked out")),
    ]


def test_a_curve_without_chance_has_no_second_line() -> None:
    made = concentration_chart(replace(CHART, chance_curve=()))

    assert "by-chance" not in layers(made.spec)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"marks": ()}, "has 4 points and 0 marks"),
        ({"marks": (Share(5, 130),)}, "130% of burglary or of LSOAs is no share"),
        ({"curve": ((float("nan"), 3),)}, "nan% of burglary or of LSOAs is no share"),
    ],
)
def test_what_is_no_concentration_is_refused(other: dict[str, Any], told: str) -> None:
    with pytest.raises(PaperRefused, match=told):
        concentration_chart(replace(CHART, **other))
