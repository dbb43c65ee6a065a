"""Sets the names of points where they cover no point and no other name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from regard.papers.chart_frame import LABEL_GAP, TEXT
from regard.papers.lettering import width_of

AWAY = 8  # pixels between a point and its name
BESIDE = 4  # places beside a point; a name in any other has a line that leads to it
FARTHEST = 7  # lines of words that a name may stand above or below its point
WORSE = 10  # times as bad to cover another name as to cover a point
RADIUS = 6  # pixels around a point that a name leaves free


@dataclass(frozen=True)
class Spot:
    """A point and its name; without a name it only wants not to be covered.

    `left` and `top` are pixels from the left and the top of the plot.
    """

    left: float
    top: float
    name: str = ""


@dataclass(frozen=True)
class Label:
    """Where a name stands, in pixels from the left and the top of the plot.

    Attributes:
        name: The words.
        left: Where they begin.
        top: Their middle.
        leader: The line that leads from the point to a name that stands away from it: left and
            top of its start and of its end; None where the name is beside its point.
    """

    name: str
    left: float
    top: float
    leader: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: _Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def placed(spots: Sequence[Spot], *, width: float, height: float) -> list[Label]:
    """The names of points, in the order of the points, beside them in a plot of that size.

    Args:
        spots: The points, the most important first.
        width: Of the plot, in pixels.
        height: Of the plot, in pixels.
    """
    points = [
        _Box(one.left - RADIUS, one.top - RADIUS, one.left + RADIUS, one.top + RADIUS)
        for one in spots
    ]
    taken: list[_Box] = []
    labels = []
    for number, one in enumerate(spots):
        if not one.name:
            continue
        others = [*points[:number], *points[number + 1 :]]
        boxes = _around(one, width_of(one.name, TEXT))
        inside = [
            box
            for box in boxes
            if box.left >= 0 and box.right <= width and box.top >= 0 and box.bottom <= height
        ]
        best = min(
            inside or boxes,
            key=lambda box: WORSE * sum(map(box.covers, taken)) + sum(map(box.covers, others)),
        )
        taken.append(best)
        far = best in boxes[BESIDE:]
        labels.append(
            Label(
                one.name,
                round(best.left, 1),
                round((best.top + best.bottom) / 2, 1),
                _leader(one, best) if far else None,
            )
        )
    return labels


def _leader(spot: Spot, box: _Box) -> tuple[float, float, float, float]:
    nearest = min(max(spot.left, box.left), box.right), min(max(spot.top, box.top), box.bottom)
    left, top, right, bottom = (round(one, 1) for one in (spot.left, spot.top, *nearest))
    return left, top, right, bottom


def _around(spot: Spot, wide: float) -> list[_Box]:
    """Places for a name, the best first: right, left, above, below, then farther away."""
    half = LABEL_GAP / 2
    right, left = spot.left + AWAY, spot.left - AWAY - wide
    middle = spot.left - wide / 2
    places = [(right, spot.top), (left, spot.top)]
    places += [(middle, spot.top - AWAY - half), (middle, spot.top + AWAY + half)]
    for away in range(1, FARTHEST + 1):
        rise = away * LABEL_GAP
        sides = (right, left, middle, right + 3 * AWAY, left - 3 * AWAY)
        places += [(side, spot.top + up) for side in sides for up in (-rise, rise)]
    return [_Box(x, top - half, x + wide, top + half) for x, top in places]
