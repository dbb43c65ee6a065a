"""Three tiers over a pack, and the family that was tested together."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused
from regard.core.periods import Month
from regard.signals.pack.tiers import BACKGROUND, HEADLINE, NOT_TESTED, TIERS, WATCH, tiers

MARCH = Month(2018, 3)


def sorted_out(chances, watched=None, beyond=None, untested=None, **told):
    count = len(chances)
    return tiers(
        MARCH,
        chances,
        [False] * count if watched is None else watched,
        beyond=[True] * count if beyond is None else beyond,
        untested=[""] * count if untested is None else untested,
        **told,
    )


def test_what_stands_out_is_a_headline_what_signals_is_watched_the_rest_is_background():
    found = sorted_out(
        [1e-6, 0.001, 0.5, 0.9],
        watched=[True, True, True, False],
        beyond=[True, False, False, False],
    )

    assert found.tier.tolist() == [HEADLINE, WATCH, WATCH, BACKGROUND]


def test_a_month_within_its_own_limits_makes_no_headline_however_small_the_pack():
    found = sorted_out([0.03], beyond=[False])

    assert found.adjusted.tolist() == [0.03]
    assert found.tier.tolist() == [WATCH]


def test_a_series_that_was_not_tested_has_no_tier_and_is_not_counted():
    found = sorted_out(
        [1e-9, 0.04, math.nan], watched=[True] * 3, untested=["too short", "", "no value"]
    )

    assert found.tier.tolist() == [NOT_TESTED, HEADLINE, NOT_TESTED]
    assert np.isnan(found.adjusted).tolist() == [True, False, True]
    assert found.family.tested == 1


def test_the_family_says_how_many_were_tested_what_stands_out_and_why_some_were_not():
    found = sorted_out(
        [1e-6, 0.5, 0.5, math.nan, math.nan, math.nan],
        untested=["", "", "", "too short", "no value in the month", "no value in the month"],
        beyond=[True, False, False, False, False, False],
    )

    assert str(found.family) == (
        "3 of 6 series were tested together for March 2018. 1 made the headline tier, where no "
        "more than 5% of the series are expected to be false alarms. 2 could not be tested: no "
        "value in the month. 1 could not be tested: too short."
    )


def test_every_number_of_the_family_is_a_figure():
    statement = sorted_out([1e-6, math.nan], untested=["", "too short"]).family.statement()

    numbers = [part for part in statement.parts if part.figure is None and part.text[:1].isdigit()]

    assert numbers == []
    assert [figure.value for figure in statement.figures] == [1, 2, 1, 5, 1]


def test_a_pack_without_a_headline_says_so():
    found = sorted_out([0.5], beyond=[False])

    assert str(found.family) == (
        "1 of 1 series were tested together for March 2018. None made the headline tier."
    )


def test_a_pack_in_which_nothing_was_tested_promises_nothing():
    found = sorted_out([math.nan], untested=["too short"])

    assert "headline" not in str(found.family)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans(), st.booleans(), st.booleans())))
def test_every_series_has_one_tier_and_the_family_adds_up(rows):
    chances = [chance for chance, _, _, _ in rows]
    untested = ["too short" if skip else "" for _, _, _, skip in rows]

    found = sorted_out(
        chances, [one for _, one, _, _ in rows], [one for _, _, one, _ in rows], untested
    )

    assert set(found.tier) <= set(TIERS)
    assert found.family.series == len(rows)
    assert found.family.tested == int((found.tier != NOT_TESTED).sum())
    assert found.family.headlines == int((found.tier == HEADLINE).sum())


def test_a_chance_that_is_missing_without_a_reason_is_refused():
    with pytest.raises(DefinitionRefused, match="series 1 has no chance and does not say why"):
        sorted_out([0.5, math.nan])


def test_arrays_that_do_not_fit_are_refused_with_their_shapes():
    with pytest.raises(DefinitionRefused, match=r"chances of shape \(2,\), \(1,\) watched"):
        sorted_out([0.5, 0.5], watched=[True])
