from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mobilisation.exhaustive import small
from regard.mobilisation.allocating.tours import Tour, Tours, cohorts_of, raised_by


def test_tours_that_are_alike_within_the_demand_stand_once():
    found = Tours.of(small([[0, 1]], [(1, 0)] * 2, tours=(1, 2, 6))).tours

    assert {(one.day, one.end, one.back) for one in found} == {(0, 1, 2), (0, 2, 2), (1, 2, 2)}
    assert len(found) == 6


def test_no_tour_touches_a_day_of_own_disorder_not_even_in_recovery():
    found = Tours.of(small([[0, 1]], [(1, 0)] * 4, tours=(1,), unavailable=[(2,)])).tours

    assert {(one.day, one.back) for one in found} == {(0, 2), (3, 4)}


def test_psus_that_are_not_raised_in_time_do_not_start():
    slow = (*[0] * 22, 1, 1)  # the first PSU stands ready 23 hours from the call

    found = Tours.of(small([[0, 1, 2]], [(1, 1)], released=[slow]))

    # the day shift begins 19 hours from the call, the night shift 31
    assert {one.shift for one in found.tours} == {1}
    assert not found.releases


def test_a_start_is_limited_by_what_is_raised_less_travel():
    curve = tuple(range(1, 25))

    (one,) = Tours.of(small([[0] * 31], [(1, 0)], released=[curve])).releases

    assert one.most == 18  # nineteen hours from the call, less one of travel


def test_everybody_is_there_beyond_the_hours_of_the_curve():
    assert [raised_by((1, 2), hours, 9) for hours in (0.5, 1.0, 2.9, 3.0)] == [0, 1, 2, 9]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 4)), min_size=1, max_size=20))
def test_no_psu_is_on_two_tours_at_once_and_none_more_is_used_than_needed(spans):
    tours = sorted(Tour(0, day, 0, day + length, day + length) for day, length in spans)

    numbers = cohorts_of(tours)

    for day in range(14):
        away = [n for one, n in zip(tours, numbers, strict=True) if one.day <= day < one.back]
        assert len(set(away)) == len(away)
    peak = max(sum(one.day <= day < one.back for one in tours) for day in range(14))
    assert max(numbers) == peak
