from __future__ import annotations

import numpy as np
import pytest

from regard.core.errors import DefinitionRefused, NotKnown
from regard.mobilisation.muster import (
    ON_DUTY,
    TWENTY_FIVE,
    Assumptions,
    Between,
    Fleet,
    Group,
    MakeUp,
    Need,
    Roll,
    muster,
)
from regard.mobilisation.muster.illustration import ASSUMPTIONS, DRIVERS_AMONG, ROLL

SURE = Assumptions(
    releasable=Between(1.0, 1.0, 1.0),
    reachable=Between(1.0, 1.0, 1.0),
    abstraction=Between(0.0, 0.0, 0.0),
)


def everybody(**counts):
    groups = tuple(Group(role, count, ON_DUTY) for role, count in counts.items())
    return Roll("essex", groups, Fleet(27))


def test_everybody_on_duty_and_sure_to_come_raises_what_stands_on_paper():
    roll = everybody(inspector=9, sergeant=24, constable=210, driver=30)

    supply = muster(roll, TWENTY_FIVE, assumptions=SURE, draws=50)

    assert supply.paper == 8
    assert (supply.psus[:, -1] == 8).all()
    assert (np.diff(supply.psus, axis=1) >= 0).all()


def test_the_same_seed_gives_the_same_supply_and_another_another():
    one, same, other = (muster(ROLL, TWENTY_FIVE, draws=200, seed=seed) for seed in (3, 3, 4))

    assert np.array_equal(one.psus, same.psus)
    assert one.digest == same.digest != other.digest
    assert not np.array_equal(one.counts, other.counts)


def test_drivers_among_the_constables_make_one_psu_less_on_paper():
    beside, among = (muster(roll, TWENTY_FIVE, draws=2) for roll in (ROLL, DRIVERS_AMONG))

    assert (beside.paper, among.paper) == (9, 8)


def test_a_host_far_away_is_reached_later_and_by_no_more():
    home, away = (
        muster(ROLL, TWENTY_FIVE, assumptions=ASSUMPTIONS, distance_km=km, draws=200)
        for km in (0.0, 210.0)
    )

    assert away.travel_hours == 3.5
    assert (away.psus[:, 3:] <= home.psus[:, 3:]).all()
    assert (away.psus[:, 7] >= home.psus[:, 3]).all()


def test_who_fills_no_role_of_the_make_up_is_left_out():
    roll = everybody(inspector=1, sergeant=3, constable=18, driver=3, negotiator=40)

    supply = muster(roll, TWENTY_FIVE, assumptions=SURE, draws=5)

    assert supply.paper == 1


def test_commanders_and_medics_bind_where_the_make_up_asks_for_them():
    with_others = MakeUp(
        "with commanders and medics",
        (Need("constable", 4), Need("medic", 2), Need("bronze commander", 1, per=3)),
        "a test",
    )
    groups = (
        Group("constable", 40, ON_DUTY),
        Group("constable", 12, ON_DUTY, ("medic",)),
        Group("chief inspector", 1, ON_DUTY, ("bronze commander",)),
    )

    supply = muster(Roll("essex", groups, Fleet(0)), with_others, assumptions=SURE, draws=5)

    assert supply.paper == 3  # one bronze commander; the medics would do for six
    assert supply.binding(24)[:, supply.role("bronze commander")].all()
    assert not supply.binding(24)[:, supply.role("medic")].any()


def test_a_curve_for_an_allocation_is_a_quantile_of_the_draws_by_the_hour():
    supply = muster(ROLL, TWENTY_FIVE, assumptions=ASSUMPTIONS, draws=200)

    assert supply.raised() == tuple(one.median for one in supply.bands)
    assert supply.raised(0.1) == tuple(one.low for one in supply.bands)
    with pytest.raises(DefinitionRefused, match="quantile of 1.0"):
        supply.raised(1.0)


def test_hours_and_roles_that_the_run_does_not_have_are_refused():
    supply = muster(ROLL, TWENTY_FIVE, draws=2, hours=4)

    with pytest.raises(DefinitionRefused, match="hour 5 of a muster of 4 hours"):
        supply.band(5)
    with pytest.raises(NotKnown, match="role"):
        supply.role("medic")
    with pytest.raises(DefinitionRefused, match="0 draws"):
        muster(ROLL, TWENTY_FIVE, draws=0)
