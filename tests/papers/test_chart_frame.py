from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.papers.chart_frame import (
    HEIGHT,
    LABEL_GAP,
    TALL,
    Axis,
    numbered,
    vertical,
)

values = st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 3))


@given(st.lists(values, min_size=1, max_size=40), st.booleans())
def test_an_axis_holds_every_value_with_few_round_ticks(some: list[float], nought: bool) -> None:
    axis = Axis.holding(some, nought=nought)

    assert axis.low <= min(some)
    assert axis.high >= max(some)
    assert 2 <= len(axis.ticks) <= 8


@pytest.mark.parametrize(
    ("some", "ends"),
    [((0, 4_160), (0, 5_000)), ((0, 3_800), (0, 4_000)), ((3_950, 11_100), (0, 12_000))],
)
def test_an_axis_leaves_little_empty(some: tuple[float, ...], ends: tuple[float, float]) -> None:
    axis = Axis.holding(some)

    assert (axis.low, axis.high) == ends


def test_an_axis_that_need_not_show_nought_starts_near_the_values() -> None:
    assert Axis.holding((3_950, 11_100), nought=False).low > 0
    assert Axis.holding((1, 11_100), nought=False).low == 0


@given(st.lists(st.floats(0, 100), min_size=1, max_size=5), st.sampled_from([HEIGHT, TALL]))
def test_labels_never_cover_one_another(some: list[float], height: float) -> None:
    axis = Axis(0, 100, 25)

    heights = axis.apart(sorted(some), height=height)

    gap = 100 * LABEL_GAP / height
    assert all(later - earlier >= gap * 0.999 for earlier, later in pairwise(heights))
    assert max(heights) <= 100


def test_a_title_too_long_for_a_line_stands_in_two() -> None:
    long = "Solved and resolved violence with injury " * 4

    told = vertical(Axis(0, 1, 1), long)["axis"]

    assert " ".join(told["title"]) == long.strip()
    assert len(told["title"]) == 2
    assert told["titleY"] == vertical(Axis(0, 1, 1), "Short", lines=1)["axis"]["titleY"]


def test_layers_of_one_name_are_numbered() -> None:
    layers = [{"name": "key"}, {"mark": "rule"}, {"name": "key"}]

    assert [one.get("name") for one in numbered(layers)] == ["key", None, "key-2"]
