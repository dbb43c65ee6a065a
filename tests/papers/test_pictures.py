from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from papers.sample import crime_chart, paper
from regard.core.errors import PaperRefused
from regard.papers.laying import lay
from regard.papers.layout import LaidChart
from regard.papers.pictures import SVG, draw, enclosed


@pytest.fixture
def chart() -> LaidChart:
    return lay(paper(blocks=(crime_chart(named="crime"),))).charts[0]


def drawn(inside: str) -> bytes:
    return f'<svg xmlns="{SVG}" xmlns:xlink="http://www.w3.org/1999/xlink">{inside}</svg>'.encode()


@pytest.mark.parametrize(
    "inside",
    [
        '<image xlink:href="http://127.0.0.1/x.png"/>',
        '<image href="file:///etc/passwd"/>',
        "<script>alert(1)</script>",
        "<style>@import url(http://127.0.0.1)</style>",
        "<foreignObject/>",
        '<a href="http://127.0.0.1"><rect/></a>',
        '<use href="#x"/>',
        '<rect onclick="alert(1)"/>',
        '<g fill="url(http://127.0.0.1/x.svg#a)"/>',
        '<text xlink:href="#x">a</text>',
    ],
)
def test_a_picture_that_could_reach_out_of_the_paper_is_refused(
    inside: str, chart: LaidChart
) -> None:
    with pytest.raises(PaperRefused, match="the picture of Chart 1"):
        enclosed(drawn(inside), chart)


def test_a_picture_is_one_image_named_by_the_chart_with_ids_of_its_own(chart: LaidChart) -> None:
    inside = (
        '<defs><clipPath id="clip0"><rect/></clipPath></defs>'
        '<g clip-path="url(#clip0)" role="graphics-symbol" aria-label="a" class="mark"/>'
    )

    root = ET.fromstring(enclosed(drawn(inside), chart))

    group = root.find(f"{{{SVG}}}g")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "crime-name crime-alt"
    assert root.find(f"{{{SVG}}}desc").text == chart.alt
    assert root.find(f".//{{{SVG}}}clipPath").get("id") == "crime-clip0"
    assert group.attrib == {"clip-path": "url(#crime-clip0)"}


def test_charts_are_drawn_in_both_kinds_under_a_lock(chart: LaidChart) -> None:
    pictures = draw([chart], ("svg", "png"))

    share, ratio = pictures.png_shape(1)
    assert pictures.lock is not None
    assert b"average so far 4,300" in pictures.svg[1]
    assert pictures.png[1].startswith(b"\x89PNG")
    assert 0.8 < share <= 1
    assert 0.3 < ratio < 0.8


def test_a_paper_without_charts_starts_no_engine() -> None:
    assert draw([], ("svg", "png")).lock is None
