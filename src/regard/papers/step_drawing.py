"""Draws accepted steps, and steps that are only proposed, each with its months in words.

Their names stand in lines above the plot. What is accepted breaks the limits and has a rule
across the plot; what is proposed has a bracket over the months between which it lies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from regard.core.periods import Month
from regard.papers.chart_frame import GREY, INK, LABEL_GAP, WIDTH, from_row
from regard.papers.chart_values import CONTINUED, AcceptedStep, ControlChart, Proposal
from regard.papers.lettering import width_of
from regard.papers.limit_drawing import STAIRS, stairs
from regard.papers.month_axis import day, pixel

Channel = Mapping[str, Any]
NAME_SIZE = 12  # pixels
APART = 8  # pixels between two names in one line
BRACKET = 5  # pixels that the ends of a bracket hang down
BEFORE = {"color": INK, "strokeWidth": 2.2, "strokeDash": [0.1, 4], "strokeCap": "round"}
PROPOSED = {"color": INK, "strokeWidth": 1.6, "strokeDash": [8, 4]}


@dataclass(frozen=True)
class Caption:
    """A name above the plot, and the bracket that belongs to it.

    Attributes:
        label: The words.
        left: Where they begin, in pixels from the left of the plot.
        line: The line above the plot in which they stand, 0 the lowest.
        start, end: The ends of the bracket, in pixels; the same for a rule, which has none.
        bracket_line: The line in which the bracket stands.
    """

    label: str
    left: float
    line: int
    start: float
    end: float
    bracket_line: int

    @property
    def right(self) -> float:
        """Where the words end, in pixels from the left of the plot."""
        return self.left + width_of(self.label, NAME_SIZE)


def captions(chart: ControlChart) -> list[Caption]:
    """The names of the accepted and of the proposed steps, so set that none covers another.

    A name stands to the right of its mark, or to its left where it would run past the plot, or
    over it where neither side has room; and so high that it covers nothing.
    """
    drawn = chart.drawn
    marks: list[tuple[float, float, str]] = []
    for step in chart.accepted:
        at = pixel(step.month, drawn, half=-1)
        marks.append((at, at, step_name(step)))
    for one in _within(chart):
        marks.append((*_bracket(one, drawn), one.name))
    names: list[Caption] = []
    taken: dict[int, list[tuple[float, float]]] = {}  # what stands in each line
    for start, end, label in sorted(marks):
        named = next(one for one in _places(start, end, label) if _free(one, taken))
        taken.setdefault(named.line, []).append((named.left, named.right))
        taken.setdefault(named.bracket_line, []).append((start, end))
        names.append(named)
    return names


def _places(start: float, end: float, label: str) -> Iterator[Caption]:
    """Where a name may stand, the best first: beside its mark or over it, line by line."""
    wide = width_of(label, NAME_SIZE) + APART / 2
    over = 0
    if end + wide <= WIDTH:
        left = end + APART / 2
    elif start - wide >= 0:
        left = start - wide
    else:
        left, over = max(0.0, min(start, WIDTH - wide)), 1
    for line in count():
        yield Caption(label, left, line + over, start, end, line)


def _free(named: Caption, taken: Mapping[int, Sequence[tuple[float, float]]]) -> bool:
    return all(
        right + APART / 2 <= start or left >= end + APART / 2
        for line, left, right in (
            (named.line, named.left, named.right),
            (named.bracket_line, named.start, named.end),
        )
        for start, end in taken.get(line, ())
    )


def step_name(step: AcceptedStep) -> str:
    """What the chart calls an accepted step, with its month."""
    return f"step accepted: {step.month.start:%b %Y}"


def step_layers(chart: ControlChart, x: Channel, y: Channel) -> list[dict[str, Any]]:
    """Rules and brackets, the names above the plot, and the levels that they speak of."""
    names = captions(chart)
    if not names:
        return []
    rows = [
        {"label": one.label, "left": round(one.left, 1), "top": -3 - one.line * LABEL_GAP}
        for one in names
    ]
    text = {"type": "text", "align": "left", "baseline": "bottom", "fontSize": NAME_SIZE}
    place = {**from_row(x="left", y="top"), "text": {"field": "label", "type": "nominal"}}
    return [
        *_accepted(chart, x, y),
        *_proposed(chart, names, x, y),
        {"name": "steps", "data": {"values": rows}, "mark": text, "encoding": place},
    ]


def _accepted(chart: ControlChart, x: Channel, y: Channel) -> list[dict[str, Any]]:
    steps = chart.accepted
    if not steps:
        return []
    rules = [{"at": day(one.month, half=-1)} for one in steps]
    rule = {"type": "rule", "color": GREY, "strokeWidth": 1.4}
    layers = [
        {
            "name": "accepted",
            "data": {"values": rules},
            "mark": rule,
            "encoding": {"x": {"field": "at", **x}},
        }
    ]
    rows = [
        {**row, "step": one.month.iso} for one in steps for row in _drawn_on(one, chart.months[-1])
    ]
    return [*layers, _levels("before", rows, BEFORE, (x, y))] if rows else layers


def _drawn_on(step: AcceptedStep, last: Month) -> list[dict[str, Any]]:
    count = min(len(step.before), last - step.month + 1)
    months = [step.month + n for n in range(count)]
    return stairs(months, [{"level": value} for value in step.before[:count]])


def _levels(
    name: str,
    rows: Sequence[Mapping[str, Any]],
    look: Mapping[str, Any],
    scales: tuple[Channel, Channel],
) -> dict[str, Any]:
    x, y = scales
    return {
        "name": name,
        "data": {"values": list(rows)},
        "mark": {"type": "line", "interpolate": STAIRS, **look},
        "encoding": {
            "x": {"field": "at", **x},
            "y": {"field": "level", **y},
            "detail": {"field": "step", "type": "nominal"},
        },
    }


def _proposed(
    chart: ControlChart, names: Sequence[Caption], x: Channel, y: Channel
) -> list[dict[str, Any]]:
    proposals = _within(chart)
    if not proposals:
        return []
    levels, before = _flat(chart, proposals)
    if chart.waves:
        # The line of what is expected already shows the level since, in its season.
        levels, before = [], _carried(chart, proposals)
    brackets = [row for one in names if one.end > one.start for row in _bracket_rows(one)]
    drawn = (("before proposed", before, BEFORE), ("proposed", levels, PROPOSED))
    return [
        *(_levels(name, rows, look, (x, y)) for name, rows, look in drawn if rows),
        {
            "name": "from",
            "data": {"values": [{"at": day(one.month, half=-1)} for one in proposals]},
            "mark": {"type": "rule", "color": GREY, "strokeWidth": 1, "strokeDash": [2, 3]},
            "encoding": {"x": {"field": "at", **x}},
        },
        {
            "name": "brackets",
            "data": {"values": brackets},
            "mark": {"type": "rule", "color": INK, "strokeWidth": 1.4},
            "encoding": from_row(x="left", y="top", x2="right", y2="bottom"),
        },
    ]


def _flat(
    chart: ControlChart, proposals: Sequence[Proposal]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The levels since and before each proposal as level lines."""
    since, before = [], []
    for one in proposals:
        until = _until(chart, one)
        since += _level(one, one.after, until)
        before += _level(one, one.before, min(until, one.month + (CONTINUED - 1)))
    return since, before


def _carried(chart: ControlChart, proposals: Sequence[Proposal]) -> list[dict[str, Any]]:
    """The level before each proposal, drawn on month by month."""
    rows = []
    for one in proposals:
        step = AcceptedStep(one.month, one.carried)
        rows += [{**row, "step": one.month.iso} for row in _drawn_on(step, _until(chart, one))]
    return rows


def _until(chart: ControlChart, proposal: Proposal) -> Month:
    """The last month of a proposed level: the one before the next step, or the last drawn."""
    steps = [one.month for one in chart.accepted] + [one.month for one in _within(chart)]
    later = [month for month in steps if month > proposal.month]
    return min(later) + -1 if later else chart.months[-1]


def _level(proposal: Proposal, level: float, last: Month) -> list[dict[str, Any]]:
    ends = (day(proposal.month, half=-1), day(last, half=1))
    return [{"at": at, "level": level, "step": proposal.month.iso} for at in ends]


def _bracket_rows(named: Caption) -> list[dict[str, float]]:
    """A bar over the months between which a step lies, with its ends turned down."""
    left, right = round(named.start, 1), round(named.end, 1)
    top = -6 - named.bracket_line * LABEL_GAP - BRACKET / 2
    low = top + BRACKET
    ends = [(left, top, right, top), (left, top, left, low), (right, top, right, low)]
    return [dict(zip(("left", "top", "right", "bottom"), one, strict=True)) for one in ends]


def _bracket(proposal: Proposal, months: Sequence[Month]) -> tuple[float, float]:
    first, last = max(proposal.earliest, months[0]), min(proposal.latest, months[-1])
    return pixel(first, months, half=-1), pixel(last, months, half=1)


def _within(chart: ControlChart) -> list[Proposal]:
    """The proposals whose step lies in the months drawn."""
    return [one for one in chart.proposals if 0 <= one.month - chart.start < len(chart.values)]
