from __future__ import annotations

from papers.seen import contrast
from regard.papers.fan_drawing import BANDS, CENTRE, fan_layers

ROW = {"at": "2013-04-01", "centre": 5, "low80": 4, "high80": 6, "low95": 3, "high95": 7}


def test_the_ranges_are_nested_and_differ_in_dash_and_lightness() -> None:
    (_, _, outer, edge_95), (_, _, inner, edge_80) = BANDS

    dashes = [tuple(one["strokeDash"]) for one in (edge_95, edge_80, CENTRE)]
    assert len(set(dashes)) == 3
    assert contrast(outer, "#ffffff") > 1.2
    assert contrast(inner, outer) > 1.2
    assert all(contrast(one["color"], area) > 3 for one in (edge_95, edge_80) for area in
               (inner, outer, "#ffffff"))  # fmt: skip


def test_the_outer_band_is_drawn_first_and_the_middle_last() -> None:
    (fan,) = fan_layers([ROW], {}, {})

    drawn = [one["encoding"]["y"]["field"] for one in fan["layer"]]
    assert drawn == ["low95", "low95", "high95", "low80", "low80", "high80", "centre"]


def test_nothing_to_come_draws_nothing() -> None:
    assert fan_layers([], {}, {}) == []
