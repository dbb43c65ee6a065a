from __future__ import annotations

import pytest

from regard.core.errors import DefinitionRefused, NotKnown
from regard.mobilisation.muster import (
    DUE_LATER,
    ON_DUTY,
    Assumptions,
    Between,
    Delay,
    Fleet,
    Group,
    Roll,
)


def test_a_roll_counts_its_people_and_those_out_of_date():
    groups = (Group("constable", 5, ON_DUTY), Group("sergeant", 2, ON_DUTY, in_date=False))

    roll = Roll("essex", groups, Fleet(3))

    assert (roll.people, roll.out_of_date) == (7, 2)


def test_travel_is_distance_over_speed_and_reporting_and_nothing_at_home():
    assumed = Assumptions(speed=70.0, reporting=0.5)

    assert assumed.travel_hours(140.0) == 2.5
    assert assumed.travel_hours(0.0) == 0.0


@pytest.mark.parametrize(
    "made",
    [
        lambda: Group("constable", -1, ON_DUTY),
        lambda: Group("constable", 1, ON_DUTY, abstracted=1.2),
        lambda: Group("constable", 1, DUE_LATER),
        lambda: Group("constable", 1, DUE_LATER, hours=-1.0),
        lambda: Fleet(3, off_road=2.0),
        lambda: Between(1.0, 0.5, 2.0),
        lambda: Delay(2.0, 1.0),
        lambda: Assumptions().travel_hours(-1.0),
    ],
)
def test_what_cannot_be_is_refused_with_what_was_given(made):
    with pytest.raises(DefinitionRefused, match=r"\d"):
        made()


def test_a_state_nobody_has_defined_is_not_known():
    with pytest.raises(NotKnown, match="no state is called 'asleep'"):
        Group("constable", 1, "asleep")
