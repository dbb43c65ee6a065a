"""Has charts drawn under lock, and lets no picture into a paper that could reach out of it."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET  # noqa: S405 - reads only what our own engine drew

from regard.core.errors import PaperRefused, shown
from regard.papers.layout import LaidChart
from regard.papers.lock import Lock, run_locked

SVG = "http://www.w3.org/2000/svg"
_ALLOWED = frozenset(
    {"svg", "g", "path", "rect", "line", "circle", "text", "tspan", "defs", "clipPath"}
)
_DROPPED = frozenset({"class", "role", "style", "version"})  # the picture is one image to a reader
_POINTS_INSIDE = re.compile(r"url\(#([\w-]+)\)")

ET.register_namespace("", SVG)


PNG_SCALE = 2.5  # pixels of a PNG for one of the specification; 240 to the inch on A4
FULL_WIDTH = 640  # pixels of a specification that fill the column of a page
_PNG_SIZE = slice(16, 24)  # width and height in the header of a PNG (RFC 2083, 4.1.1)


@dataclass(frozen=True)
class Pictures:
    """The charts of a paper as pictures, by number, and the lock under which they were drawn."""

    svg: dict[int, bytes]
    png: dict[int, bytes]
    lock: Lock | None

    def png_shape(self, number: int) -> tuple[float, float]:
        """Share of the column that a PNG fills, and its height as a share of its width."""
        width, height = struct.unpack(">II", self.png[number][_PNG_SIZE])
        return min(1.0, width / PNG_SCALE / FULL_WIDTH), height / width


def draw(charts: Sequence[LaidChart], kinds: Iterable[str]) -> Pictures:
    """Draw charts as `svg`, `png` or both, all in one locked child.

    Raises:
        PaperRefused: a specification cannot be drawn, or the picture reaches outside itself.
    """
    kinds = sorted(kinds)
    if not charts or not kinds:
        return Pictures({}, {}, None)
    numbers = {chart.number: index for index, chart in enumerate(charts, start=1)}
    job = {"specs": [dict(chart.spec) for chart in charts], "kinds": kinds, "scale": PNG_SCALE}
    wanted = [f"chart-{index}.{kind}" for index in numbers.values() for kind in kinds]
    held = run_locked("draw_engine", {"job.json": json.dumps(job).encode()}, wanted)
    drawn = {
        kind: {number: held.files[f"chart-{index}.{kind}"] for number, index in numbers.items()}
        for kind in kinds
    }
    svg = {
        chart.number: enclosed(drawn["svg"][chart.number], chart)
        for chart in charts
        if "svg" in kinds
    }
    return Pictures(svg, drawn.get("png", {}), held.lock)


def enclosed(svg: bytes, chart: LaidChart) -> bytes:
    """The picture with nothing in it that could fetch or run, named by the chart's own words.

    Ids inside it start with the chart's anchor, so that many can stand in one page.

    Raises:
        PaperRefused: it holds an element, a link or a style that points out of it.
    """
    root = ET.fromstring(svg)  # noqa: S314 - drawn by our own engine from data
    for element in root.iter():
        _enclose(element, chart)
    root.set("role", "img")
    root.set("aria-labelledby", f"{chart.anchor}-name {chart.anchor}-alt")
    for index, (tag, name, text) in enumerate(
        (("title", "name", chart.label), ("desc", "alt", chart.alt))
    ):
        told = ET.Element(f"{{{SVG}}}{tag}", {"id": f"{chart.anchor}-{name}"})
        told.text = text
        root.insert(index, told)
    return ET.tostring(root, encoding="unicode").encode()


def _enclose(element: ET.Element, chart: LaidChart) -> None:
    tag = element.tag.removeprefix(f"{{{SVG}}}")
    if tag not in _ALLOWED:
        raise PaperRefused(
            f"the picture of {chart.label} holds {shown(tag)}, which could reach outside the paper",
            expected=f"only {', '.join(sorted(_ALLOWED))}",
            next_step="draw it with marks that hold their own data",
        )
    for name, value in list(element.attrib.items()):
        if name in _DROPPED or name.startswith("aria-"):
            del element.attrib[name]
        elif name == "id":
            element.set(name, f"{chart.anchor}-{value}")
        elif "url(" in value:
            element.set(name, _inside(value, chart))
        elif "href" in name or name.startswith("on"):
            raise PaperRefused(
                f"the picture of {chart.label} has {name} {shown(value)}",
                expected="a picture without links",
            )


def _inside(value: str, chart: LaidChart) -> str:
    found = _POINTS_INSIDE.fullmatch(value)
    if not found:
        raise PaperRefused(
            f"the picture of {chart.label} points to {shown(value)}",
            expected="a picture that points to its own parts alone",
        )
    return f"url(#{chart.anchor}-{found[1]})"
