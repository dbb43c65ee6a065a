"""Repeat victims from counts of counts alone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused, NotComparable, NotEnoughData
from regard.signals.comparing.repeats import repeat_victims
from signals.conftest import made_figure
from signals.test_sentences import check

YEAR = (date(2018, 1, 1), date(2018, 12, 31))


def victims(sizes, **more):
    crimes = sum(crimes * number for crimes, number in sizes.items())
    return repeat_victims(sizes, made_figure(crimes, *YEAR), **more)


def test_repeat_victims_are_told_from_how_many_had_so_many():
    found = victims({1: 900, 2: 60, 3: 20, 5: 10}, at_risk=100_000)

    assert [str(one) for one in found.statements()] == [
        "90 victims had more than one: 9.1% of the 990 victims with at least one, and 20.4% of "
        "1,130 offences.",
        "Spread over all 100,000 victims by chance alone, about 6 victims would have had more "
        "than one.",
    ]
    assert [one.number.value for one in found.classes] == [900, 60, 20, 10]


def test_without_a_number_at_risk_chance_is_not_compared():
    found = victims({1: 5, 2: 1}, who="household")

    assert found.by_chance.value is None
    assert len(found.statements()) == 1
    assert "household" in str(found.statements()[0])


@given(st.dictionaries(st.integers(1, 12), st.integers(0, 500), min_size=1))
def test_what_is_said_of_any_victims_can_be_traced(sizes):
    if not sum(sizes.values()):
        return

    found = victims(sizes, at_risk=10_000)

    assert check(found.statements())
    assert sum(one.number.known for one in found.classes) == found.any.value


def test_what_cannot_be_is_refused():
    with pytest.raises(NotComparable, match="victims had 7 crimes"):
        repeat_victims({1: 5, 2: 1}, made_figure(9, *YEAR))
    with pytest.raises(DefinitionRefused):
        victims({1: 5}, at_risk=3)
    with pytest.raises(NotEnoughData):
        repeat_victims({1: 0}, made_figure(0, *YEAR))
