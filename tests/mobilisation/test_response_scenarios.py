"""Who is away, hour by hour."""

from __future__ import annotations

import pytest

from mobilisation.response_histories import grade, steady
from regard.core.errors import DefinitionRefused
from regard.mobilisation.response.model import Rules
from regard.mobilisation.response.scenarios import Scenario, away, nobody_away


@pytest.fixture
def model():
    return steady(grade(), units=10, hours=48, start=22)


def test_units_are_away_by_the_hour_of_the_day(model):
    by_day = list(range(24))

    found = away("some", model, by_day, start=1, end=27)

    assert found.away[:4] == (0, 23, 0, 1)
    assert found.away[26:29] == (0, 0, 0)
    assert found.of(model).capacity.units[:4] == (10, 0, 10, 9)


def test_nobody_away_changes_nothing(model):
    found = nobody_away(model)

    assert found.nobody_away
    assert found.of(model) == model


def test_a_scenario_may_send_units_otherwise(model):
    found = Scenario("reserve", (0,) * 48, Rules(reserve=2))

    assert not found.nobody_away
    assert found.of(model).rules.reserve == 2


@pytest.mark.parametrize(
    "made, said",
    [
        (lambda model: Scenario("", (0,)), "a scenario is called ''"),
        (lambda model: Scenario("minus", (-1,)), "units away in minus is -1 in hour 0"),
        (lambda model: Scenario("half", (0.5,)), "units away in half is 0.5"),
        (lambda model: away("few", model, [1], start=0, end=2), "at 1 hours of the day"),
        (lambda model: away("long", model, [1] * 24, start=0, end=99), "from hour 0 to 99"),
        (
            lambda model: Scenario("areas", (0,) * 48, by_area=((1,),)).of(model),
            "areas takes units from 1 areas",
        ),
    ],
)
def test_a_scenario_that_cannot_be_is_refused(model, made, said):
    with pytest.raises(DefinitionRefused, match=said):
        made(model)
