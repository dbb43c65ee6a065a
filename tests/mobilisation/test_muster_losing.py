from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused
from regard.mobilisation.muster import Away, Taken, repaid, units_lost, units_repaid

SEVEN = Taken.by_shift(25, on_shift=0.56, otherwise=0.28, crew=2.0, first=7)


def test_seven_units_are_lost_for_each_psu_on_its_shift_and_half_that_otherwise():
    lost = units_lost((Away(2, 24, 72),), SEVEN, hours=24 * 7)

    assert lost[24 + 7 : 24 + 19] == (14,) * 12
    assert lost[24 : 24 + 7] == (7,) * 7
    assert not any(lost[:24])


def test_rest_after_the_return_is_lost_too():
    lost = units_lost((Away(2, 0, 24),), SEVEN, hours=48)

    assert lost[24:35] == (7,) * 7 + (14,) * 4
    assert not any(lost[35:])


def test_part_of_a_crew_is_a_whole_unit():
    alone = Taken(25, (0.28,) * 24, crew=2.0, rest_hours=0)

    assert units_lost((Away(1, 0, 1),), alone, hours=2) == (4, 0)  # three and a half


@given(st.integers(0, 6), st.integers(0, 50), st.integers(0, 100))
def test_more_psus_away_never_lose_fewer_units(psus, start, hours):
    fewer, more = (
        units_lost((Away(count, start, hours),), SEVEN, hours=120) for count in (psus, psus + 1)
    )

    assert all(a <= b for a, b in zip(fewer, more, strict=True))


def test_two_deployments_together_lose_no_more_than_apart():
    one, other = Away(1, 0, 30), Away(2, 10, 30)
    both = units_lost((one, other), SEVEN, hours=72)
    apart = [units_lost((each,), SEVEN, hours=72) for each in (one, other)]

    assert all(x <= a + b for x, a, b in zip(both, *apart, strict=True))


def test_rest_days_given_back_cost_units_on_their_days_alone():
    even = Taken(25, (1.0,) * 24, crew=2.0)

    lost = units_repaid(repaid(70, first_week=1, last_week=1), even, returned=5, hours=24 * 9)

    assert lost[:24] == (0,) * 24
    assert set(lost[24 : 24 * 8]) == {3}  # ten people, half of the day each, in crews of two
    assert lost[24 * 8 :] == (0,) * 24


def test_what_cannot_be_taken_is_refused():
    with pytest.raises(DefinitionRefused, match="24 shares"):
        Taken(25, (0.5,) * 23, crew=2.0)
    with pytest.raises(DefinitionRefused, match="crews of 0"):
        Taken(25, (0.5,) * 24, crew=0)
    with pytest.raises(DefinitionRefused, match="-1 PSUs away"):
        Away(-1, 0, 1)
