from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from papers.sample import paper
from papers.seen import WITHOUT, contrast
from regard.core.errors import NotKnown, PaperRefused
from regard.papers.checking import check, reaches
from regard.papers.icons import assurance_icon, icon_table, variation_icon
from regard.papers.model import Icon
from regard.papers.pictures import draw, enclosed_icon

VARIATIONS = (
    "common cause", "improvement (high)", "improvement (low)", "concern (high)", "concern (low)",
    "special cause (high)", "special cause (low)", "not judged",
)  # fmt: skip
ASSURANCES = (
    "consistently meets the target", "consistently fails the target", "hit or miss", "no target",
    "not judged",
)  # fmt: skip


def icons() -> list[Icon]:
    return [*map(variation_icon, VARIATIONS), *map(assurance_icon, ASSURANCES)]


def looks(icon: Icon) -> tuple[Any, ...]:
    """What of an icon is left in black and white: shape, filled or not, edge, letter."""
    shape, *others = (one["mark"] for one in icon.spec["layer"])
    letter = next((one["text"] for one in others if one["type"] == "text"), "")
    return shape["shape"], shape["fill"] == "white", "strokeDash" in shape, letter, len(others)


def test_every_icon_has_a_name_and_words_of_its_own_and_fetches_nothing() -> None:
    names, words = zip(*((one.name, one.alt) for one in icons()), strict=True)

    assert len(set(names)) == len(set(words)) == len(VARIATIONS) + len(ASSURANCES)
    assert [reach for one in icons() for reach in reaches(one.spec)] == []


def test_icons_that_stand_for_different_things_differ_in_black_and_white() -> None:
    for one, other in combinations(icons(), 2):
        both_not_judged = {one.name, other.name} == {"variation-not-judged", "assurance-not-judged"}
        assert looks(one) != looks(other) or both_not_judged


@pytest.mark.parametrize("reader", ["", *WITHOUT])
def test_the_shape_stands_out_from_the_paper_and_the_letter_from_the_shape(reader: str) -> None:
    for icon in icons():
        shape, *others = (one["mark"] for one in icon.spec["layer"])
        ground = "#ffffff" if shape["fill"] == "white" else shape["fill"]
        assert contrast(shape["stroke"], "#ffffff", reader) >= 3
        for one in others:
            letter = "#ffffff" if one["color"] == "white" else one["color"]
            assert contrast(letter, ground, reader) >= 4.5


def test_the_table_of_icons_says_what_each_stands_for() -> None:
    table = icon_table(VARIATIONS[:1], ASSURANCES[2:3])

    assert [(row.header, row.cells[1]) for row in table.rows] == [
        ("Variation", "Common cause, no significant change"),
        ("Target", "Sometimes meets it, sometimes not"),
    ]
    assert table.rows[0].cells[0] == variation_icon("common cause")


@pytest.mark.parametrize("made", [variation_icon, assurance_icon])
def test_an_unknown_name_is_refused_with_the_names_there_are(made: Any) -> None:
    with pytest.raises(NotKnown, match="red"):
        made("red")


def test_icons_are_drawn_without_parts_that_could_be_pointed_to() -> None:
    pictures = draw([], ("svg", "png"), [(one.name, one.spec) for one in icons()])

    assert set(pictures.icon_svg) == set(pictures.icon_png) == {one.name for one in icons()}
    assert all(b" id=" not in one for one in pictures.icon_svg.values())
    assert b">H</text>" in pictures.icon_svg["variation-concern-high"]


@pytest.mark.parametrize("inside", ['<g id="a"/>', '<g clip-path="url(#a)"/>'])
def test_an_icon_with_parts_to_point_to_is_refused(inside: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode()

    with pytest.raises(PaperRefused, match="the picture of the icon a holds parts with ids"):
        enclosed_icon(svg, "a")


def test_an_icon_without_words_or_with_a_name_unfit_for_a_file_is_refused() -> None:
    table = icon_table(("common cause",), ())
    bad = Icon("../a", " ", {"data": {"url": "http://127.0.0.1"}})
    row = table.rows[0]

    with pytest.raises(PaperRefused) as refused:
        check(paper(blocks=(replace(table, rows=(replace(row, cells=(bad, "a")),)),)))

    told = str(refused.value)
    assert "no alternative text for icon" in told
    assert "is not small letters, digits and hyphens" in told
    assert "reaches outside the paper" in told
