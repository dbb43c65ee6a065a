from __future__ import annotations

from itertools import combinations

import pytest

from papers.seen import WITHOUT, contrast, seen
from regard.papers.chart_frame import BLUE, DARK, GREY, INK, LIGHT, ORANGE, PURPLE
from regard.papers.drawing import LOOKS
from regard.papers.fan_drawing import CENTRE as TO_COME
from regard.papers.limit_drawing import CENTRE, EXPECTED, LIMIT
from regard.papers.step_drawing import BEFORE, PROPOSED

READERS = ("", *WITHOUT)
BAND = "#ecedee"  # the band between the limits as it is seen on white
NON_TEXT = 3.0  # WCAG 2.2, success criterion 1.4.11


@pytest.mark.parametrize("reader", READERS)
def test_every_mark_stands_out_from_paper_and_band_in_grey_and_for_every_reader(
    reader: str,
) -> None:
    marks = (INK, DARK, GREY, LIGHT, ORANGE, BLUE, PURPLE)

    assert min(contrast(one, ground, reader) for one in marks for ground in ("#ffffff", BAND)) > (
        NON_TEXT
    )


def test_kinds_of_months_that_do_not_differ_in_grey_differ_in_shape() -> None:
    for (shape, colour), (other, another) in combinations(LOOKS.values(), 2):
        assert contrast(colour, another) >= NON_TEXT or shape != other


@pytest.mark.parametrize("reader", WITHOUT)
def test_concern_and_improvement_differ_in_hue_for_colour_blind_readers(reader: str) -> None:
    concern, improvement = seen(ORANGE, reader), seen(BLUE, reader)

    assert concern[2] < concern[0]
    assert improvement[2] > improvement[0] * 2


def test_lines_that_do_not_differ_in_lightness_differ_in_how_they_are_broken() -> None:
    lines = (CENTRE, EXPECTED, LIMIT, BEFORE, PROPOSED, TO_COME)

    for one, other in combinations(lines, 2):
        dashes = one.get("strokeDash"), other.get("strokeDash")
        assert dashes[0] != dashes[1] or contrast(str(one["color"]), str(other["color"])) >= (
            NON_TEXT
        )
