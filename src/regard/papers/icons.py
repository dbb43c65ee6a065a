"""The summary icons of Making Data Count, drawn anew so that black and white keeps them apart.

NHS England's Making Data Count programme sums a control chart up in two icons: *variation* (has
anything changed?) and *assurance* (will the target be met?). Its public guides (Making Data
Count, "Strengthening your decisions", "Using summary icons") give grey to common cause, orange to
concern, blue to improvement and purple to a special cause that is neither; H and L say that the
values run high or low; P and F that the target is always passed or always failed, and ? that it is
sometimes met. Those meanings, letters and hues are kept, none of its artwork is. Here a shape goes
with each meaning, the one that marks it in the charts: diamond for concern, square for
improvement, triangle for neither, circle for nothing to act on. Variation is filled, assurance an
outline.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from regard.core.errors import NotKnown
from regard.papers.chart_frame import (
    BLUE,
    FONT,
    GREY,
    ORANGE,
    PURPLE,
    SCHEMA,
    TEXT,
    from_row,
)
from regard.papers.model import Column, Icon, Row, Table

SIDE = 40  # pixels of the square that holds an icon
LETTER = 20  # pixels of its letter
MIDDLE = SIDE / 2
_DASHED = [3, 2.5]
# The shape's side in pixels, and how far below the middle its letter stands, in pixels.
_SIZES = {
    "circle": (33.0, 1.0),
    "square": (31.0, 1.0),
    "diamond": (39.0, 1.0),
    "triangle-up": (39.0, 6.0),
    "triangle-down": (39.0, -5.0),
}
# What the icons are called, as the NHS method names them: the file's name, the shape, its
# colour, the letter, and the words that it stands for.
_VARIATION = {
    "common cause": ("common-cause", "circle", GREY, "", "common cause, no significant change"),
    "improvement (high)": ("improvement-high", "square", BLUE, "H", "improvement, values high"),
    "improvement (low)": ("improvement-low", "square", BLUE, "L", "improvement, values low"),
    "concern (high)": ("concern-high", "diamond", ORANGE, "H", "concern, values high"),
    "concern (low)": ("concern-low", "diamond", ORANGE, "L", "concern, values low"),
    "special cause (high)": (
        "special-high",
        "triangle-up",
        PURPLE,
        "H",
        "special cause, values high, neither better nor worse",
    ),
    "special cause (low)": (
        "special-low",
        "triangle-down",
        PURPLE,
        "L",
        "special cause, values low, neither better nor worse",
    ),
    "not judged": ("not-judged", "circle", GREY, "–", "not judged"),
}
_ASSURANCE = {
    "consistently meets the target": ("meets", "square", BLUE, "P", "consistently meets it"),
    "consistently fails the target": ("fails", "diamond", ORANGE, "F", "consistently fails it"),
    "hit or miss": ("hit-or-miss", "circle", GREY, "?", "sometimes meets it, sometimes not"),
    "no target": ("no-target", "circle", GREY, "", "there is no target"),
    "not judged": ("not-judged", "circle", GREY, "–", "not judged"),
}
_OPEN = {"no target", "not judged"}  # drawn with a broken edge: nothing was judged


def variation_icon(name: str) -> Icon:
    """The icon for the variation of a series, by what the NHS method calls it.

    Raises:
        NotKnown: there is no variation of that name.
    """
    if name not in _VARIATION:
        raise NotKnown("variation", name, tuple(_VARIATION))
    file, shape, colour, letter, words = _VARIATION[name]
    if name == "common cause":
        layers = [_shape(shape, fill="white", stroke=colour), _level(colour)]
    elif name in _OPEN:
        layers = [_shape(shape, fill="white", stroke=colour, dashed=True), *_letter(letter, shape)]
    else:
        layers = [_shape(shape, fill=colour, stroke=colour), *_letter(letter, shape, "white")]
    return Icon(f"variation-{file}", f"Variation: {words}", _framed(layers))


def assurance_icon(name: str) -> Icon:
    """The icon for whether a target will be met, by what the NHS method calls it.

    Raises:
        NotKnown: there is no assurance of that name.
    """
    if name not in _ASSURANCE:
        raise NotKnown("assurance", name, tuple(_ASSURANCE))
    file, shape, colour, letter, words = _ASSURANCE[name]
    layers = [
        _shape(shape, fill="white", stroke=colour, dashed=name in _OPEN),
        *_letter(letter, shape, colour),
    ]
    return Icon(f"assurance-{file}", f"Target: {words}", _framed(layers))


def icon_table(variations: Iterable[str], assurances: Iterable[str]) -> Table:
    """What the icons of a paper stand for, a row each.

    Args:
        variations: The variations to explain, in order.
        assurances: The assurances to explain, in order.

    Raises:
        NotKnown: there is no icon of such a name.
    """
    icons = [*map(variation_icon, variations), *map(assurance_icon, assurances)]
    rows = []
    for icon in icons:
        about, _, meaning = icon.alt.partition(": ")
        rows.append(Row(about, (icon, meaning[:1].upper() + meaning[1:])))
    return Table(
        caption="The icons and what they stand for",
        stub="About",
        columns=(Column("Icon"), Column("Meaning")),
        rows=tuple(rows),
    )


def _shape(shape: str, *, fill: str, stroke: str, dashed: bool = False) -> dict[str, Any]:
    side, _ = _SIZES[shape]
    edge: dict[str, Any] = {"stroke": stroke, "strokeWidth": 3.5, "strokeJoin": "round"}
    if dashed:
        edge |= {"strokeWidth": 2, "strokeDash": _DASHED}
    mark = {"type": "point", "shape": shape, "size": side**2, "opacity": 1, "fill": fill, **edge}
    return _marked([{"left": MIDDLE, "top": MIDDLE}], mark)


def _letter(letter: str, shape: str, colour: str = GREY) -> list[dict[str, Any]]:
    if not letter:
        return []
    text = {
        "type": "text",
        "text": letter,
        "fontSize": LETTER,
        "color": colour,
        "stroke": colour,  # makes the letter bold in every writer
        "strokeWidth": 0.9,
        "align": "center",
        "baseline": "middle",
    }
    return [_marked([{"left": MIDDLE, "top": MIDDLE + _SIZES[shape][1]}], text)]


def _level(colour: str) -> dict[str, Any]:
    """Dots that go up and down about one level."""
    heights = (2.5, -3, 1.5, -2)
    rows = [
        {"left": MIDDLE + (number - 1.5) * 6.5, "top": MIDDLE + height}
        for number, height in enumerate(heights)
    ]
    return _marked(
        rows, {"type": "point", "filled": True, "opacity": 1, "size": 20, "color": colour}
    )


def _marked(rows: list[dict[str, float]], mark: dict[str, Any]) -> dict[str, Any]:
    return {"data": {"values": rows}, "mark": mark, "encoding": from_row(x="left", y="top")}


def _framed(layers: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "$schema": SCHEMA,
        "width": SIDE,
        "height": SIDE,
        "padding": 2,
        "autosize": "none",
        "background": None,
        "layer": layers,
        "config": {"font": FONT, "text": {"fontSize": TEXT}, "view": {"stroke": None}},
    }
