"""What WA Health's engine (controlchartspy) says of a series: lines, flags and icons.

It is GPL: it is called here, in the oracles' own environment, and nothing of it is copied.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from regard.core.periods import Month

controlchartspy = pytest.importorskip("controlchartspy", reason="no oracle environment")

START = Month(2010, 4)
# "decrease" is better: what is high is a deterioration, what is low an improvement.
SIDE = {"none": 0, "deterioration": 1, "improvement": -1}
RULES: dict[str, Any] = {
    "astronomical": True,
    "trend": True,
    "trend_n": 7,
    "two_in_three": True,
    "shift": True,
    "shift_n": 7,
    "improvement_direction": "decrease",
}
ICON = re.compile(
    r'class="(commonCause|improvement(?:High|Low)|concern(?:High|Low)|neutral(?:High|Low)'
    r'|consistentPass|consistentFail|inconsistent)"'
)


@dataclass(frozen=True)
class Theirs:
    """Lines of a chart, and by rule which side each point is flagged on: 1 high, -1 low, 0 none."""

    centre: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    lower_two: NDArray[np.float64]
    upper_two: NDArray[np.float64]
    beyond: NDArray[np.int8]
    trend: NDArray[np.int8]
    two: NDArray[np.int8]
    shift: NDArray[np.int8]


def _told(values: Sequence[float]) -> dict[str, Any]:
    months = [(START + at).start for at in range(len(values))]
    return {"month": months, "value": [float(value) for value in values]}


def charted(values: Sequence[float], *, kind: str = "i", screen: bool = True, **spc: Any) -> Theirs:
    """Their chart of a series; `kind` and `spc` as their `spc_settings`."""
    made = controlchartspy.spc(
        _told(values),
        keys="month",
        numerators="value",
        return_objs="limits",
        spc_settings={"chart_type": kind, "outliers_in_limits": not screen, **spc},
        outlier_settings=RULES,
    ).limits

    def line(name: str) -> NDArray[np.float64]:
        return np.array([point[name] for point in made], dtype=np.float64)

    def side(name: str) -> NDArray[np.int8]:
        return np.array([SIDE[point[name]] for point in made], dtype=np.int8)

    return Theirs(
        centre=line("target"),
        lower=line("ll99"),
        upper=line("ul99"),
        lower_two=line("ll95"),
        upper_two=line("ul95"),
        beyond=side("astpoint"),
        trend=side("trend"),
        two=side("two_in_three"),
        shift=side("shift"),
    )


def icons(values: Sequence[float], *, target: float, better: str) -> set[str]:
    """The names of the icons that stand on their drawing; `better` is higher, lower or neither."""
    direction = {"higher": "increase", "lower": "decrease", "neither": "neutral"}[better]
    drawing = controlchartspy.spc(
        _told(values),
        keys="month",
        numerators="value",
        return_objs="static_plot",
        outlier_settings=RULES | {"improvement_direction": direction},
        nhs_icon_settings={"show_variation_icons": True, "show_assurance_icons": True},
        line_settings={"show_alt_target": True, "alt_target": target},
    ).static_plot
    return set(ICON.findall(drawing.svg))
