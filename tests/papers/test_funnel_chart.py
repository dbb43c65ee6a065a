from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from regard.core.errors import PaperRefused
from regard.papers import Missing
from regard.papers.checking import reaches
from regard.papers.funnel_chart import FunnelChart, FunnelLimit, FunnelPoint, funnel_chart

POINTS = (
    FunnelPoint("West Midlands", 2_900, 9.7, "own", "above the 99.8% limit"),
    FunnelPoint("Merseyside", 1_420, 9.2, "group", "within the 95% limits"),
    FunnelPoint("Kent", 1_860, 7.1),
    FunnelPoint("Dorset", 770, None, why_missing="Dorset was not supplied"),
)
LIMITS = tuple(
    FunnelLimit(base, 7.5 - wide, 7.5 + wide, 7.5 - 1.6 * wide, 7.5 + 1.6 * wide)
    for base, wide in ((500, 2.4), (1_500, 1.6), (2_500, 1.3), (3_500, 1.2))
)
FUNNEL = FunnelChart(
    reading="Burglary is higher than chance would make it",
    name="Burglary",
    scope="43 forces, year to March 2019",
    unit="offences per 1,000 residents",
    base_name="Residents (thousand)",
    points=POINTS,
    limits=LIMITS,
    centre=7.5,
    target=8.2,
    target_label="milestone",
)


def layer(spec: Any, name: str) -> Any:
    return next(one for one in spec["layer"] if one.get("name") == name)


def test_own_force_its_group_and_the_others_differ_in_shape_and_only_the_first_are_named() -> None:
    made = funnel_chart(FUNNEL)

    shapes = [layer(made.spec, kind)["mark"]["shape"] for kind in ("own", "group", "other")]
    assert shapes == ["diamond", "square", "circle"]
    names = [row["label"] for row in layer(made.spec, "names")["data"]["values"]]
    assert names == ["West Midlands", "Merseyside"]
    assert list(reaches(made.spec)) == []


def test_curves_and_target_are_labelled_with_what_they_are() -> None:
    labels = layer(funnel_chart(FUNNEL).spec, "labels")["data"]["values"]

    assert {row["label"] for row in labels} == {
        "all areas 7.5", "95% limits", "99.8% limits", "milestone 8.2",
    }  # fmt: skip


def test_the_funnel_is_told_in_words_and_every_area_stands_in_the_table() -> None:
    made = funnel_chart(FUNNEL)

    assert "West Midlands: 9.7 offences per 1,000 residents, above the 99.8% limit." in made.alt
    assert "Kent" not in made.alt
    assert [row.cells for row in made.table.rows] == [
        ("2,900", "9.7", "this force", "above the 99.8% limit"),
        ("1,420", "9.2", "most similar forces", "within the 95% limits"),
        ("1,860", "7.1", "other", "not stated"),
        ("770", Missing("Dorset was not supplied"), "other", "not stated"),
    ]


def test_bases_far_apart_are_drawn_on_a_logarithmic_scale_that_says_so() -> None:
    far = (*POINTS, *(FunnelPoint(f"Area {n}", 600 + n, 7.0) for n in range(4)))
    met = FunnelPoint("Metropolitan", 8_900, 7.0)

    x = layer(funnel_chart(replace(FUNNEL, points=(*far, met))).spec, "own")["encoding"]["x"]

    assert x["scale"]["type"] == "log"
    assert x["axis"]["title"] == "Residents (thousand), on a logarithmic scale"


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"points": (replace(POINTS[0], kind="ours"),)}, "West Midlands is of the kind 'ours'"),
        ({"points": (replace(POINTS[0], base=0),)}, "with a base of 0"),
        ({"points": POINTS[3:]}, "has 0 figures and 4 points of its limits"),
        ({"limits": LIMITS[:1]}, "has 3 figures and 1 points of its limits"),
    ],
)
def test_a_funnel_that_says_nothing_is_refused(other: dict[str, Any], told: str) -> None:
    with pytest.raises(PaperRefused, match=told):
        funnel_chart(replace(FUNNEL, **other))
