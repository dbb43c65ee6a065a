from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from regard.papers.chart_frame import LABEL_GAP, TEXT
from regard.papers.label_placing import Spot, placed
from regard.papers.lettering import width_of

spots = st.builds(
    Spot, st.floats(0, 440), st.floats(0, 220), st.sampled_from(["", "Kent", "West Midlands"])
)


@given(st.lists(spots, max_size=12))
def test_names_stay_within_the_plot_in_the_order_of_their_points(some: list[Spot]) -> None:
    labels = placed(some, width=440, height=220)

    assert [one.name for one in labels] == [one.name for one in some if one.name]
    for one in labels:
        assert one.left >= -0.1
        assert one.left + width_of(one.name, TEXT) <= 440.1


def test_names_of_points_close_together_cover_neither_each_other() -> None:
    some = [Spot(200 + n * 6, 100 + n * 3, "West Midlands") for n in range(8)]

    labels = placed(some, width=440, height=220)

    wide = width_of("West Midlands", TEXT)
    for one, other in combinations(labels, 2):
        apart = abs(one.left - other.left) >= wide - 0.2
        assert apart or abs(one.top - other.top) >= LABEL_GAP - 0.2


def test_a_name_beside_its_point_needs_no_line_and_one_away_from_it_has_one() -> None:
    alone, *_ = placed([Spot(100, 100, "Kent")], width=440, height=220)
    crowd = [Spot(100 + x, 100 + y) for x in range(-40, 41, 8) for y in (-16, -8, 0, 8, 16)]
    crowded, *_ = placed([Spot(100, 100, "Kent"), *crowd], width=440, height=220)

    assert alone.leader is None
    assert crowded.leader is not None
    assert crowded.leader[:2] == (100, 100)
