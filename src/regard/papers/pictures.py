"""Has charts drawn under lock, and lets no picture into a paper that could reach out of it."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET  # noqa: S405 - reads only what our own engine drew

from regard.core.errors import PaperRefused, shown
from regard.papers.chart_frame import FULL_WIDTH
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
_PNG_SIZE = slice(16, 24)  # width and height in the header of a PNG (RFC 2083, 4.1.1)


@dataclass(frozen=True)
class Pictures:
    """The charts of a paper as pictures, by number, its icons by name, and the lock on the engine.

    Icons in SVG carry no words: where one stands, what holds it says what it stands for.
    """

    svg: dict[int, bytes]
    png: dict[int, bytes]
    lock: Lock | None
    icon_svg: dict[str, bytes] = field(default_factory=dict)
    icon_png: dict[str, bytes] = field(default_factory=dict)

    def png_shape(self, number: int) -> tuple[float, float]:
        """Share of the column that a PNG fills, and its height as a share of its width."""
        width, height = struct.unpack(">II", self.png[number][_PNG_SIZE])
        return min(1.0, width / PNG_SCALE / FULL_WIDTH), height / width


def draw(
    charts: Sequence[LaidChart],
    kinds: Iterable[str],
    icons: Sequence[tuple[str, Mapping[str, Any]]] = (),
) -> Pictures:
    """Draw charts and icons as `svg`, `png` or both, all in one locked child.

    Raises:
        PaperRefused: a specification cannot be drawn, or the picture reaches outside itself.
    """
    kinds = sorted(kinds)
    specs = [*(chart.spec for chart in charts), *(spec for _, spec in icons)]
    if not specs or not kinds:
        return Pictures({}, {}, None)
    job = {"specs": [dict(spec) for spec in specs], "kinds": kinds, "scale": PNG_SCALE}
    wanted = [f"chart-{index + 1}.{kind}" for index in range(len(specs)) for kind in kinds]
    held = run_locked("draw_engine", {"job.json": json.dumps(job).encode()}, wanted)
    drawn: dict[str, list[bytes]] = {"svg": [], "png": []}
    for kind in kinds:
        drawn[kind] = [held.files[one] for one in wanted if one.endswith(kind)]
    of_charts = {kind: pictures[: len(charts)] for kind, pictures in drawn.items()}
    of_icons = {kind: pictures[len(charts) :] for kind, pictures in drawn.items()}
    numbers, names = [chart.number for chart in charts], [name for name, _ in icons]
    held_in = zip(charts, of_charts["svg"], strict=False)
    return Pictures(
        svg={chart.number: enclosed(svg, chart) for chart, svg in held_in},
        png=dict(zip(numbers, of_charts["png"], strict=False)),
        lock=held.lock,
        icon_svg={
            name: enclosed_icon(svg, name)
            for name, svg in zip(names, of_icons["svg"], strict=False)
        },
        icon_png=dict(zip(names, of_icons["png"], strict=False)),
    )


def enclosed(svg: bytes, chart: LaidChart) -> bytes:
    """The picture with nothing in it that could fetch or run, named by the chart's own words.

    Ids inside it start with the chart's anchor, so that many can stand in one page.

    Raises:
        PaperRefused: it holds an element, a link or a style that points out of it.
    """
    root = ET.fromstring(svg)  # noqa: S314 - drawn by our own engine from data
    for element in root.iter():
        _enclose(element, chart.label, chart.anchor)
    root.set("role", "img")
    root.set("aria-labelledby", f"{chart.anchor}-name {chart.anchor}-alt")
    for index, (tag, name, text) in enumerate(
        (("title", "name", chart.label), ("desc", "alt", chart.alt))
    ):
        told = ET.Element(f"{{{SVG}}}{tag}", {"id": f"{chart.anchor}-{name}"})
        told.text = text
        root.insert(index, told)
    return ET.tostring(root, encoding="unicode").encode()


def enclosed_icon(svg: bytes, name: str) -> bytes:
    """The picture of an icon with nothing in it that could fetch, run or be pointed to.

    It has no ids, so that one icon can stand many times in one page.

    Raises:
        PaperRefused: it holds an element, a link, a style or a part that something points to.
    """
    root = ET.fromstring(svg)  # noqa: S314 - drawn by our own engine from data
    for element in root.iter():
        _enclose(element, f"the icon {name}", name)
        if "id" in element.attrib or "clip-path" in element.attrib:
            raise PaperRefused(
                f"the picture of the icon {name} holds parts with ids",
                expected="marks alone, without a clip or a gradient",
            )
    return ET.tostring(root, encoding="unicode").encode()


def _enclose(element: ET.Element, label: str, anchor: str) -> None:
    tag = element.tag.removeprefix(f"{{{SVG}}}")
    if tag not in _ALLOWED:
        raise PaperRefused(
            f"the picture of {label} holds {shown(tag)}, which could reach outside the paper",
            expected=f"only {', '.join(sorted(_ALLOWED))}",
            next_step="draw it with marks that hold their own data",
        )
    for name, value in list(element.attrib.items()):
        if name in _DROPPED or name.startswith("aria-"):
            del element.attrib[name]
        elif name == "id":
            element.set(name, f"{anchor}-{value}")
        elif "url(" in value:
            element.set(name, _inside(value, label, anchor))
        elif "href" in name or name.startswith("on"):
            raise PaperRefused(
                f"the picture of {label} has {name} {shown(value)}",
                expected="a picture without links",
            )


def _inside(value: str, label: str, anchor: str) -> str:
    found = _POINTS_INSIDE.fullmatch(value)
    if not found:
        raise PaperRefused(
            f"the picture of {label} points to {shown(value)}",
            expected="a picture that points to its own parts alone",
        )
    return f"url(#{anchor}-{found[1]})"
