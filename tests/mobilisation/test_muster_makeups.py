from __future__ import annotations

import pytest

from regard.core.errors import DefinitionRefused, NotKnown
from regard.mobilisation.muster import CARRIER, TWENTY_FIVE, TWENTY_SIX, MakeUp, Need, make_up


def test_the_shipped_make_ups_hold_as_many_people_as_their_names_say():
    assert (TWENTY_FIVE.people, TWENTY_SIX.people) == (25, 26)
    assert {one.of(1) for one in TWENTY_FIVE.needs if one.role == CARRIER} == {3}
    assert 17 * 3 * TWENTY_SIX.people == 1326
    assert "1,326" in TWENTY_SIX.source


def test_a_commander_of_three_psus_is_needed_once_for_each_begun_three():
    assert [Need("bronze commander", 1, per=3).of(psus) for psus in range(8)] == [
        0, 1, 1, 1, 2, 2, 2, 3,
    ]  # fmt: skip


def test_people_fill_their_role_their_skills_and_what_they_may_stand_as():
    one = MakeUp(
        "test",
        (Need("sergeant", 1), Need("constable", 4), Need("driver", 1)),
        "a test",
        stands_as=(("sergeant", "constable"),),
    )

    assert one.filled_by("sergeant") == 0b011
    assert one.filled_by("constable", ("driver", "juggler")) == 0b110
    assert one.filled_by("dog handler") == 0


@pytest.mark.parametrize(
    ("needs", "source"),
    [((), "x"), ((Need("a", 1), Need("a", 2)), "x"), ((Need("a", 1),), "")],
)
def test_a_make_up_without_roles_or_source_or_with_a_role_twice_is_refused(needs, source):
    with pytest.raises(DefinitionRefused, match="make-up 'odd'"):
        MakeUp("odd", needs, source)


def test_a_make_up_nobody_has_defined_is_not_known():
    with pytest.raises(NotKnown, match="no make-up is called '24'"):
        make_up("24")


def test_a_role_that_stands_as_something_unknown_is_refused():
    with pytest.raises(NotKnown, match="role"):
        MakeUp("odd", (Need("a", 1),), "x", stands_as=(("a", "b"),))
