"""The check on a series' own past, and what it widens."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.periods import Month
from regard.signals.yearend.ahead import Window
from regard.signals.yearend.level import Row
from regard.signals.yearend.months import exposures, waves
from regard.signals.yearend.past import judged, origins, score
from regard.signals.yearend.rows import known_before

START = Month(2005, 4)


def row_of(counts, months):
    held = np.full(months, np.nan)
    held[: len(counts)] = counts
    return Row(
        held, exposures(START, months), waves(START, months), np.zeros(months), months - 12, months
    )


def points_of(scores, years):
    each = np.resize(np.arange(years), len(scores))
    return np.column_stack([np.arange(len(scores)), np.sort(each)]).astype(np.int64)


def test_points_stand_at_the_same_month_and_its_neighbours_in_earlier_years():
    row = row_of(np.full(64, 50.0), 72)

    found = origins(row, 64, known_before(row))

    assert [tuple(one) for one in found] == [
        (27, 36), (28, 36), (29, 36), (39, 48), (40, 48), (41, 48), (51, 60), (52, 60), (53, 60),
    ]  # fmt: skip


def test_eight_years_of_the_same_month_are_enough_alone():
    row = row_of(np.full(12 * 11 + 4, 50.0), 144)

    found = origins(row, 136, known_before(row))

    assert len(found) == 9
    assert np.all(found[:, 1] - found[:, 0] == 8)


def test_a_year_with_a_missing_month_to_come_cannot_be_checked():
    counts = np.full(64, 50.0)
    counts[44] = np.nan
    row = row_of(counts, 72)

    found = origins(row, 64, known_before(row))

    assert 48 not in found[:, 1]
    assert 60 in found[:, 1]


def test_the_end_of_march_has_points_before_the_year_begins():
    row = row_of(np.full(60, 50.0), 72)

    found = origins(row, 60, known_before(row))

    assert (36, 48) in {tuple(one) for one in found}
    assert np.all(found[:, 0] < found[:, 1])


def test_a_score_is_the_distance_in_standard_deviations():
    row = row_of(np.full(60, 100.0), 60)

    found = score(row, Window(52, 48, 60), 900.0, 900.0)

    assert found == pytest.approx((900 - 800) / 30, rel=0.05)


def test_ranges_stand_where_the_past_lay_within_them():
    scores = np.array([0.1, 0.9, 1.2, 0.4, 0.7])

    found = judged(scores, points_of(scores, 5))

    assert found.wider == 1.0
    assert (found.checked, found.inside80, found.years) == (5, 5, 5)


def test_ranges_are_widened_part_of_the_way_to_the_split_conformal_size():
    scores = np.array([0.1, 0.9, 3.0, 2.6, 2.8, 0.2, 2.9, 0.4])

    found = judged(scores, points_of(scores, 8))

    place = math.ceil(0.8 * 9) - 1
    wanted = np.sort(scores)[place] / 1.281552
    assert found.wider == pytest.approx(1 + (wanted - 1) * 8 / 24)
    assert (found.inside80, found.inside95) == (4, 4)


@pytest.mark.parametrize("scores, years", [([9.0, 9.0, 9.0], 3), ([9.0] * 6, 1), ([], 0)])
def test_too_little_past_widens_nothing(scores, years):
    scores = np.array(scores)

    assert judged(scores, points_of(scores, max(years, 1))).wider == 1.0


@given(st.lists(st.floats(0, 50), min_size=1, max_size=40), st.integers(1, 8))
def test_ranges_are_never_narrowed_and_worse_pasts_never_narrow(scores, years):
    held = np.array(scores)

    found = judged(held, points_of(held, years))
    worse = judged(held * 2, points_of(held, years))

    assert 1.0 <= found.wider <= worse.wider
    assert found.inside80 <= found.inside95 <= found.checked == len(scores)
