"""Charts outside a paper: a picture that carries its own words, and its data as rows."""

from __future__ import annotations

from collections.abc import Iterator

from regard.core.errors import NotKnown
from regard.papers.layout import LaidChart, LaidTable
from regard.papers.model import Chart, Missing, Table
from regard.papers.pictures import draw

SVG, PNG = "svg", "png"
KINDS = (SVG, PNG)
_NO_TABLE = LaidTable("", (), "", (), (), (), "")  # the picture alone is drawn


def picture(chart: Chart, kind: str = SVG) -> bytes:
    """A chart as a picture. An SVG holds the reading as its title, and its alternative text.

    Raises:
        NotKnown: Regard draws no such kind of picture.
        PaperRefused: the chart cannot be drawn.
    """
    if kind not in KINDS:
        raise NotKnown("kind of picture", kind, KINDS)
    laid = LaidChart(
        number=1,
        label=str(chart.reading),
        reading=(),
        alt=chart.alt,
        spec=chart.spec,
        data=_NO_TABLE,
        sheet=_NO_TABLE,
        data_in="",
        anchor=chart.id or "chart",
    )
    drawn = draw([laid], [kind])
    return drawn.svg[1] if kind == SVG else drawn.png[1]


def data_rows(table: Table) -> Iterator[dict[str, str]]:
    """The data of a chart as printed, a row of its table each; what is missing says why."""
    for row in table.rows:
        cells = (one.why if isinstance(one, Missing) else str(one) for one in row.cells)
        names = (f"{one.header} ({one.unit})" if one.unit else one.header for one in table.columns)
        yield {table.stub: str(row.header), **dict(zip(names, cells, strict=True))}
