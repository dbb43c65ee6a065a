"""Where the curve bends, for how long it lasts and when it is over."""

from __future__ import annotations

import pytest

from mobilisation.response_histories import BACK, LEVELS, grade, steady, strained
from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.mobilisation.response import lasting
from regard.mobilisation.response.model import Phase
from regard.mobilisation.response.running import run
from regard.mobilisation.response.scenarios import nobody_away


@pytest.fixture(scope="module")
def runs():
    return strained()


def test_beyond_the_knee_the_queue_only_grows(runs):
    """Twelve units' work: sixteen and fourteen keep up, ten do not."""
    found = lasting.knee(runs, levels=LEVELS, base="nobody away", away="away")

    assert (found.holds, found.grows) == (2.0, 4.0)
    assert [one.grows for one in found.growths] == [False, False, False, True]
    assert found.growths[-1].more.value == pytest.approx(2 * 24, rel=0.2)


def test_a_knee_needs_two_days(runs):
    with pytest.raises(NotEnoughData, match="phase 'day' has 24 hours"):
        lasting.knee(runs, levels=LEVELS, base="nobody away", away="day")


def test_a_grade_is_sustained_until_too_many_are_late(runs):
    told = {"grade": "Grade 2", "tolerance": 20.0, "away": "away"}

    calm = lasting.sustained(runs, scenario="nobody away", **told)
    strained = lasting.sustained(runs, scenario="four", **told)

    assert (calm.hours, calm.least, calm.most, calm.looked) == (None, None, None, 72)
    assert strained.hours is not None
    assert 24 <= strained.least <= strained.hours <= strained.most < 72


@pytest.mark.parametrize(
    "changed, refusal, said",
    [
        ({"tolerance": 101}, DefinitionRefused, "a tolerance of 101%"),
        ({"away": "odd"}, DefinitionRefused, "begins with hour 49"),
    ],
)
def test_endurance_that_cannot_be_read_is_refused(runs, changed, refusal, said):
    told = {"scenario": "four", "grade": "Grade 2", "tolerance": 20.0, "away": "away"}

    with pytest.raises(refusal, match=said):
        lasting.sustained(runs, **told | changed)


def test_recovery_simulated_and_fluid_agree_where_the_queue_is_long(runs):
    found = lasting.recovery(runs, scenario="four", base="nobody away", back=BACK)

    assert found.not_recovered == 0
    assert found.queue.value > 100
    assert found.fluid == pytest.approx(found.queue.value / 6, rel=0.01)  # 18 units, work of 12
    assert found.simulated.value == pytest.approx(found.fluid, rel=0.25)


def test_a_force_that_never_fell_behind_has_recovered_at_once(runs):
    found = lasting.recovery(runs, scenario="nobody away", base="nobody away", back=BACK)

    assert (found.simulated.value, found.fluid) == (0, 0)


def test_recovery_from_an_hour_that_is_not_is_refused(runs):
    with pytest.raises(DefinitionRefused, match="back in hour 9999"):
        lasting.recovery(runs, scenario="four", base="nobody away", back=9_999)


def test_fluid_recovery_is_the_integral_of_spare_units():
    """Spare of 21 units at 0.975 hours each clears 744 in 34.5 hours."""
    model = steady(grade(rate=40, minutes=58.5), units=60, hours=24)

    found = lasting.fluid_recovery(model, queue=744, back=5)

    assert found == pytest.approx(744 * 0.975 / 21)


def test_a_force_with_nothing_to_spare_does_not_recover():
    model = steady(grade(rate=40, minutes=60), units=40, hours=24)

    assert lasting.fluid_recovery(model, queue=5, back=5) is None


def test_the_hours_that_were_looked_at_end_with_the_last_look():
    """A phase of 66 hours is looked at after 24, 28 ... 64 hours, and no more."""
    model = steady(grade(rate=1), units=20, hours=96, warm_up=0, phases=(Phase("away", 8, 74),))
    runs = run(model, [nobody_away(model)], replications=2, seed=1)

    found = lasting.sustained(
        runs, scenario="nobody away", grade=model.demand.grades[0].name, tolerance=50.0, away="away"
    )

    assert (found.hours, found.looked) == (None, 64)
