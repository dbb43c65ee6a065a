"""Targets with their formulas: the public order numbers of source paper 001, P35 and P36."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused
from regard.core.figures import Figure
from regard.core.quantities import PERCENT
from regard.workforce.targets import (
    Reading,
    Target,
    attained,
    product,
    readings_of,
    share_of,
    trained_target,
)
from workforce.rocu import DAY, counted

WMP = "West Midlands Police"


def number(value: float, unit: str, measure: str, scope: str = WMP) -> Figure:
    return Figure(value, unit, measure, scope, "printed", "printed", DAY)


RATIO = number(3, "times", "training ratio")


def level_2(units: float = 17, size: float = 26, scope: str = WMP) -> Target:
    return trained_target(
        RATIO,
        number(units, "PSUs", "PSUs", scope),
        number(size, "officers", "officers in a PSU"),
    )


@pytest.mark.parametrize("size, total", [(26, 1326), (25, 1275), (22, 1122)])
def test_the_target_follows_from_ratio_units_and_size(size, total):
    found = level_2(size=size)

    assert found.figure.known == total
    assert found.formula == "training ratio × PSUs × officers in a PSU"
    assert [part.known for part in found.figure.parts] == [3, 17, size]


def test_the_formula_is_said_in_numbers_and_in_words():
    assert str(level_2().statement()) == (
        "1,326 officers = 3 × 17 × 26 (training ratio × PSUs × officers in a PSU)."
    )


def test_ninety_per_cent_of_the_target():
    found = attained(level_2(), counted(90, unit=PERCENT, scope=WMP))

    assert found.held.known == pytest.approx(1193.4, abs=1e-9)
    assert found.short.known == pytest.approx(132.6, abs=1e-9)
    assert str(found.statement) == ("90.0% of 1,326 officers is 1,193.4, about 1,193: 133 short.")
    assert share_of(level_2(), found.held).known == pytest.approx(90)


def test_the_wording_names_another_base_than_the_number():
    region = Reading("the requirement of the region", level_2(31, scope="West Midlands region"))
    force = Reading("the commitment of the force", level_2())

    found = readings_of(counted(1326), [region, force])

    assert (found.verdict, found.reason) == ("BASIS", "base")
    assert found.computed.known == 2418
    assert str(found.statement) == (
        "Read as the requirement of the region: 2,418 officers = 3 × 31 × 26 (not the 1,326 "
        "printed). Read as the commitment of the force: 1,326 officers = 3 × 17 × 26 (as printed)."
    )


def test_a_standard_size_is_another_basis_of_the_same_target():
    readings = [Reading(f"a PSU of {size}", level_2(size=size)) for size in (25, 26)]

    assert readings_of(counted(1326), readings).verdict == "BASIS"
    assert readings_of(counted(1326), readings, wording=1).verdict == "OK"
    assert readings_of(counted(1300), readings).verdict == "BAD"


@pytest.mark.parametrize(
    "ask",
    [
        lambda: product([], measure="officers", scope=WMP, unit="officers"),
        lambda: readings_of(counted(1), []),
        lambda: share_of(level_2(0), counted(1)),
    ],
)
def test_a_target_of_nothing_is_refused(ask):
    with pytest.raises(DefinitionRefused):
        ask()


@given(st.integers(1, 5), st.integers(0, 100), st.integers(1, 40))
def test_a_target_is_the_product_of_its_parts(ratio, units, size):
    found = product(
        [
            number(ratio, "times", "ratio"),
            number(units, "PSUs", "PSUs"),
            number(size, "officers", "size"),
        ],
        measure="officers",
        scope=WMP,
        unit="officers",
    )

    assert found.figure.known == ratio * units * size
