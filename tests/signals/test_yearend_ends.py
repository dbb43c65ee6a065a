"""The chance of a target, its words, and when nothing is left to chance."""

import numpy as np
import pytest

from regard.core.errors import DefinitionRefused
from regard.core.periods import FinancialYear
from regard.signals.yearend import year_end
from regard.signals.yearend.ends import Past, within

YEAR = FinancialYear(2014)


@pytest.fixture(scope="module")
def end(vehicle_crime):
    random = np.random.default_rng(12)
    return year_end(vehicle_crime(random.poisson(200.0, 52).astype(float)), YEAR)


def at(end, chance):
    """A target that this share of simulated years lie at or below."""
    return float(end.totals[round(chance * len(end.totals)) - 1])


@pytest.mark.parametrize(
    "chance, words, band",
    [
        (0.97, "More than a 19 in 20 chance", "on track"),
        (0.93, "About a 9 in 10 chance", "on track"),
        (0.79, "About an 8 in 10 chance", "likely"),
        (0.5, "About a 5 in 10 chance", "in the balance"),
        (0.31, "About a 3 in 10 chance", "unlikely"),
        (0.07, "About a 1 in 10 chance", "will not be met without a change"),
        (0.02, "Less than a 1 in 20 chance", "will not be met without a change"),
    ],
)
def test_a_chance_is_said_in_tenths_with_its_word(end, chance, words, band):
    target = at(end, chance)

    found = end.chance_of(target, "lower")

    assert found.value == pytest.approx(chance, abs=0.015)
    assert found.band == band
    assert str(found) == (
        f"{words} of vehicle crime ending 2014/15 at or below {target:,.0f} offences: {band}; "
        f"likely range {end.likely.range_said}."
    )


def test_every_number_of_the_sentence_is_a_figure_that_can_be_followed(end):
    found = end.chance_of(2400.0, "lower")

    assert found.figure.parts == (end.total, found.target)
    assert {one.unit for one in found.said.figures} >= {"offences"}
    assert found.figure.unit == "%"
    assert found.figure.known == pytest.approx(100 * found.value)


@pytest.mark.parametrize(
    "chance, said", [(0.97, "19 in 20"), (0.79, "8 in 10"), (0.07, "1 in 10"), (0.02, "1 in 20")]
)
def test_the_chance_is_one_figure_made_from_the_percentage(end, chance, said):
    found = end.chance_of(at(end, chance), "lower")

    odds = found.said.figures[0]

    assert str(odds) == said
    assert odds.parts == (found.figure,)


def test_at_or_above_is_the_other_side_and_the_target_itself_is_on_both(end):
    target = at(end, 0.5)

    below, above = end.chance_of(target, "lower"), end.chance_of(target, "higher")

    assert below.value + above.value == pytest.approx(1 + (end.totals == target).mean())
    assert f"at or above {target:,.0f} offences" in str(above)


def test_a_target_already_passed_can_no_longer_be_met(end):
    found = end.chance_of(end.so_far.known - 1, "lower")

    assert found.settled
    assert (found.value, found.band) == (0.0, "can no longer be met")
    assert str(found) == (
        f"The target for 2014/15, at or below {end.so_far.known - 1:,.0f} offences, can no longer "
        f"be met: {end.so_far} so far."
    )


def test_a_target_already_reached_is_met(end):
    found = end.chance_of(end.so_far.known, "higher")

    assert (found.value, found.band, found.settled) == (1.0, "already met", True)


@pytest.mark.parametrize(
    "extra, better, band", [(0, "lower", "met"), (-1, "lower", "not met"), (1, "higher", "not met")]
)
def test_after_the_year_it_is_a_fact(vehicle_crime, extra, better, band):
    whole = year_end(vehicle_crime([100.0] * 60), YEAR)

    found = whole.chance_of(1200.0 + extra, better)

    assert found.band == band
    assert f"was {band}: 1,200 offences." in str(found)


@pytest.mark.parametrize("target, better", [(100.0, "neither"), (float("nan"), "lower")])
def test_a_target_without_a_side_or_a_number_is_refused(end, target, better):
    with pytest.raises(DefinitionRefused, match=f"a target of {target} .* better '{better}'"):
        end.chance_of(target, better)


def test_coverage_of_no_past_is_not_nought():
    assert Past(0, 0, 0, 0, 1.0).coverage80 is None
    assert Past(3, 8, 6, 8, 1.2).coverage80 == 0.75
    assert Past(3, 8, 6, 8, 1.2).coverage95 == 1.0


@pytest.mark.parametrize(
    "name, said",
    [
        ("Vehicle crime", "vehicle crime"),
        ("Burglary dwelling", "burglary dwelling"),
        ("ASB incidents", "ASB incidents"),
        ("A&E visits", "A&E visits"),
    ],
)
def test_a_name_loses_its_capital_within_a_sentence(name, said):
    assert within(name) == said
