from __future__ import annotations

from regard.core.periods import Month
from regard.papers import ControlChart
from regard.papers.limit_drawing import limit_layers, stairs

START = Month(2013, 4)


def chart(centres: tuple[float | None, ...]) -> ControlChart:
    lowers, uppers = (
        tuple(None if one is None else one + away for one in centres) for away in (-10, 10)
    )
    values = (5.0,) * len(centres)
    return ControlChart(
        "Read", "Burglary", "Here", "offences", START, values,
        centres=centres, lowers=lowers, uppers=uppers,
    )  # fmt: skip


def test_stairs_hold_a_months_line_from_its_first_day_to_the_next() -> None:
    steps = stairs([START, START + 1], [{"value": 1}, {"value": 2}])

    assert [(one["at"][:10], one["value"]) for one in steps] == [
        ("2013-03-16", 1),
        ("2013-04-16", 2),
        ("2013-05-16", 2),
    ]


def test_a_month_without_limits_leaves_a_gap_in_the_band() -> None:
    (limits,) = limit_layers(chart((100.0, 101.0, None, 103.0)), {}, {})

    rows = limits["data"]["values"]
    assert [(row["stretch"], row["centre"]) for row in rows] == [
        (0, 100.0), (0, 101.0), (0, 101.0), (1, 103.0), (1, 103.0),
    ]  # fmt: skip
    assert [one["mark"]["type"] for one in limits["layer"]] == ["area", "line", "line", "line"]


def test_a_chart_without_lines_has_no_band() -> None:
    assert limit_layers(chart(()), {}, {}) == []
