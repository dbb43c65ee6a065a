"""The horizontal axis of months: which are named, which are marked, where each one stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from regard.core.periods import FIRST_MONTH_OF_YEAR, Month
from regard.papers.chart_frame import GREY, LIGHT, WIDTH

MOST_MONTH_LABELS = 7
MONTHS_A_QUARTER = 3
MOST_QUARTERS = 24  # marked between the months that the axis names


def day(month: Month, *, half: int = 0) -> str:
    """The instant of a month on the axis; `half` of −1 or 1 goes half a month back or on."""
    if half < 0:
        previous = month + -1
        return f"{previous.iso}-16T00:00:00Z"
    return f"{month.iso}-{'16' if half else '01'}T00:00:00Z"


def pixel(month: Month, months: Sequence[Month], *, half: int = 0, width: float = WIDTH) -> float:
    """Where a month stands on the axis, in pixels from its left end.

    The months on the axis are taken for equally long, which is right to a pixel or two.
    """
    return (month - months[0] + 0.5 + half * 0.5) * width / len(months)


def month_axis(months: Sequence[Month]) -> dict[str, Any]:
    """The horizontal channel of every layer of a chart of these months."""
    named = _month_labels(months)
    is_named = f"indexof({[m.iso for m in named]}, utcFormat(datum.value, '%Y-%m')) >= 0"
    return {
        "type": "temporal",
        "scale": {"type": "utc", "domain": [day(months[0], half=-1), day(months[-1], half=1)]},
        "axis": {
            "title": None,
            "values": [day(m) for m in _ticks(months, named)],
            "labelExpr": f"{is_named} ? utcFormat(datum.value, '%b %Y') : ''",
            "labelOverlap": False,
            "tickSize": {"condition": {"test": is_named, "value": 7}, "value": 3},
            "tickColor": {"condition": {"test": is_named, "value": GREY}, "value": LIGHT},
            "grid": False,
        },
    }


def _month_labels(months: Sequence[Month]) -> list[Month]:
    """The months that the axis names: so many as can be read, April among them."""
    for step in (1, 2, 3, 6, 12, 24, 60):
        named = [m for m in months if (m.ordinal - FIRST_MONTH_OF_YEAR + 1) % step == 0]
        if len(named) <= MOST_MONTH_LABELS:
            return named
    return [months[0], months[-1]]


def _ticks(months: Sequence[Month], named: Sequence[Month]) -> list[Month]:
    """The months that the axis marks: those it names, and between them the quarters."""
    if len(months) > MOST_QUARTERS * MONTHS_A_QUARTER:
        return list(named)
    quarters = (m for m in months if (m.number - FIRST_MONTH_OF_YEAR) % MONTHS_A_QUARTER == 0)
    return sorted({*named, *quarters})
