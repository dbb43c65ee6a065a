"""Writes a paper as an OpenDocument text, with its own numbering, header rows and pictures."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from regard.papers.filling import filled
from regard.papers.fixed import FIXED
from regard.papers.layout import Laid, LaidChart, LaidTable
from regard.papers.model import LANGUAGE
from regard.papers.packing import packed
from regard.papers.pictures import Pictures

MIMETYPE = b"application/vnd.oasis.opendocument.text"
COLUMN_CM = 16.6  # A4 between margins of 2.2 cm


def opendocument(paper: Laid, pictures: Pictures) -> bytes:
    """The paper as ODT 1.3, dated by its own day and without anybody's name."""
    day = (paper.year, paper.month, paper.day)
    instant = datetime(*day, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    said = partial(_said, paper.language)
    parts = [
        ("mimetype", MIMETYPE),
        ("META-INF/manifest.xml", filled("odt-manifest.xml", paper=paper)),
        ("meta.xml", filled("odt-meta.xml", paper=paper, instant=instant, language=paper.language)),
        (
            "styles.xml",
            filled("odt-styles.xml", paper=paper, said=said, foreign=paper.language != LANGUAGE),
        ),
        (
            "content.xml",
            filled(
                "odt-content.xml",
                paper=paper,
                said=said,
                widths=_widths(paper),
                sizes={chart.number: _size(chart, pictures) for chart in paper.charts},
            ),
        ),
    ]
    parts.extend((f"Pictures/chart-{n}.png", png) for n, png in sorted(pictures.png.items()))
    parts.extend((f"Pictures/icon-{name}.png", png) for name, png in pictures.icon_png.items())
    return packed(parts, day)


def _said(language: str, name: str, **places: str) -> str:
    return FIXED.line(name, language, **places)


def _widths(paper: Laid) -> list[int]:
    """Every column width that a table needs, in thousandths of the page's column."""
    tables = [block for block in paper.blocks if isinstance(block, LaidTable)]
    return sorted({round(share * 1000) for table in tables for share in table.shares})


def _size(chart: LaidChart, pictures: Pictures) -> tuple[str, str]:
    """Width and height of a chart's picture in centimetres."""
    share, ratio = pictures.png_shape(chart.number)
    width = COLUMN_CM * share
    return f"{width:.3f}", f"{width * ratio:.3f}"
