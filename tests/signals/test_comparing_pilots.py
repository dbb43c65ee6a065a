"""Pilot areas against comparison areas: printed vectors, laws, and what a design can show."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused, NotComparable, NotEnoughData
from regard.signals.comparing.pilots import BeforeAfter, harm_difference, pilot_difference
from signals.conftest import made_figure
from signals.test_sentences import check

BEFORE, AFTER = (date(2012, 4, 1), date(2013, 3, 31)), (date(2013, 4, 1), date(2014, 3, 31))


def area(before: float, after: float, size: float = 1.0, **changed) -> BeforeAfter:
    return BeforeAfter(
        made_figure(before, *BEFORE, **changed), made_figure(after, *AFTER, **changed), size
    )


def four(pilot, comparison, beside_pilot, beside_comparison, **more):
    sizes = more.pop("sizes", (1, 1, 1, 1))
    held = (pilot, comparison, beside_pilot, beside_comparison)
    made = [area(*counts, size) for counts, size in zip(held, sizes, strict=True)]
    return pilot_difference(
        made[0], made[1], beside_pilot=made[2], beside_comparison=made[3], **more
    )


PRINTED = ((207, 110), (308, 318), (178, 157), (150, 140))


def test_vector_13_of_wheeler_and_ratcliffe():
    found = four(*PRINTED)

    assert found.local.value == -107
    assert found.displaced.value == -11
    assert found.total.value == -118
    assert found.error == pytest.approx(39.59798, abs=5e-6)
    assert found.z == pytest.approx(-2.97995, abs=5e-6)
    assert found.total.interval.low == pytest.approx(-195.6106, abs=5e-5)
    assert found.total.interval.high == pytest.approx(-40.3894, abs=5e-5)
    assert found.verdict == "fewer"


def test_the_printed_vector_with_areas_of_different_size():
    """ptools, tests/testthat: area weights 0.9, 1.2, 1.6, 1.5 of control, treated and beside."""
    found = four(*PRINTED, sizes=(1.2, 0.9, 1.5, 1.6))

    assert found.total.value == pytest.approx(-99.69444444)
    assert found.error == pytest.approx(35.4280755)
    assert found.z == pytest.approx(-2.813995483)
    assert found.total.interval.low == pytest.approx(-169.1321965, abs=1e-4)
    assert "per unit of size" in " ".join(map(str, found.statements()))


def test_vector_13_summed_by_harm():
    counts = {
        "vehicle": ((130, 74), (133, 91)),
        "theft": ((327, 202), (388, 305)),
        "burglary": ((398, 190), (148, 97)),
        "robbery": ((144, 92), (86, 64)),
        "assault": ((183, 96), (94, 67)),
    }
    weights = dict(zip(counts, (3, 2, 5, 7, 10), strict=True))
    kinds = {name: pilot_difference(area(*p), area(*c)) for name, (p, c) in counts.items()}

    found = harm_difference(kinds, weights)

    assert found.total.value == -1721
    assert found.error == pytest.approx(304.1036, abs=5e-5)
    assert found.z == pytest.approx(-5.65925558)
    assert found.total.interval.low == pytest.approx(-2317.03210507, abs=1e-3)
    assert found.total.unit == "harm points"
    check(found.statements())


def test_a_pilot_is_told_without_a_word_of_what_brought_it_about():
    told = [str(one) for one in four(*PRINTED).statements()]

    assert told == [
        "In the pilot area 207 were counted before and 110 offences after; in the comparison "
        "area, 308 and 318 offences.",
        "Beside the pilot area 178 were counted before and 157 offences after; beside the "
        "comparison area, 150 and 140 offences.",
        "With the areas beside it, the pilot area counted 118 offences fewer than if they had "
        "moved as the comparison areas did (95% range −196 to −40 offences): a difference that "
        "stands out from usual variation.",
        "Of that, −107 offences are in the pilot area itself (95% range −167 to −47 offences) "
        "and −11 offences beside it (95% range −60 to +38 offences).",
        "It is a difference between areas over time: whatever else differed between them is in "
        "it too.",
        "Counts of this size would show a true difference of 111 offences 80% of the time; a "
        "smaller one would be missed more often.",
        "The range takes it that the counts vary by chance alone.",
    ]


def test_what_a_design_could_have_shown_is_said_in_per_cent_of_what_was_expected():
    found = pilot_difference(area(40, 30), area(45, 44), dispersion=2.2)

    text = " ".join(map(str, found.statements()))
    assert found.verdict == "not apart"
    assert found.expected == 39
    assert found.least.value == pytest.approx((1.959964 + 0.841621) * (2.2 * 159) ** 0.5, rel=1e-6)
    assert "a true difference of 52 offences, 134% of what moving as the comparison area" in text
    assert "vary 2.2 times as much as by chance alone" in text
    assert "no difference that stands out" in text


def test_a_true_difference_of_the_least_size_is_found_as_often_as_said():
    random = np.random.default_rng(5)
    level = 400
    least = pilot_difference(area(level, level), area(level, level)).least.known
    found = 0
    for _ in range(600):
        there, before, comparison = random.poisson(level, 3)
        after = random.poisson(level - least)
        found += pilot_difference(area(before, after), area(there, comparison)).verdict == "fewer"

    assert 0.76 < found / 600 < 0.88


def test_counts_before_are_put_on_the_length_of_after():
    short = (date(2013, 10, 1), date(2014, 3, 31))
    pilot, comparison = (
        BeforeAfter(made_figure(365, *BEFORE), made_figure(after, *short)) for after in (100, 182)
    )

    found = pilot_difference(pilot, comparison)

    assert found.total.value == pytest.approx((100 - 182) - (182 - 182))
    assert found.error**2 == pytest.approx(100 + 182 + 2 * 365 * (182 / 365) ** 2)
    assert "Before was 365 days and after was 182 days" in " ".join(map(str, found.statements()))


counts = st.integers(0, 5_000)
pairs = st.tuples(counts, counts)


@given(pairs, pairs, pairs, pairs)
def test_pilot_and_comparison_changed_over_turn_the_sign(pilot, comparison, beside, there):
    if not sum((*pilot, *comparison, *beside, *there)):
        return
    straight = four(pilot, comparison, beside, there)
    turned = four(comparison, pilot, there, beside)

    assert turned.total.value == pytest.approx(-straight.total.known)
    assert turned.error == pytest.approx(straight.error)
    check(straight.statements())


@given(pairs, pairs, pairs, pairs, st.floats(1, 40))
def test_dispersion_widens_the_range_by_its_root_and_moves_nothing(a, b, c, d, phi):
    if not sum((*a, *b, *c, *d)):
        return
    plain, wide = four(a, b, c, d), four(a, b, c, d, dispersion=phi)

    assert wide.total.value == plain.total.value
    assert wide.error == pytest.approx(phi**0.5 * plain.error)
    assert wide.least.known == pytest.approx(phi**0.5 * plain.least.known)


@given(pairs, pairs, pairs, pairs)
def test_two_pilots_in_one_differ_by_the_sum_of_their_differences(a, b, c, d):
    if not sum((*a, *b)) or not sum((*c, *d)):
        return
    apart = [pilot_difference(area(*a), area(*b)), pilot_difference(area(*c), area(*d))]

    together = pilot_difference(area(a[0] + c[0], a[1] + c[1]), area(b[0] + d[0], b[1] + d[1]))

    assert together.total.known == sum(one.total.known for one in apart)
    assert together.error == pytest.approx(sum(one.error**2 for one in apart) ** 0.5)


@pytest.mark.parametrize(
    ("call", "refusal", "words"),
    [
        (lambda: pilot_difference(area(-1, 2), area(3, 4)), DefinitionRefused, "is −1 offences"),
        (lambda: pilot_difference(area(1, 2), area(3, 4, 0.0)), DefinitionRefused, "size 0.0"),
        (
            lambda: pilot_difference(area(1, 2), area(3, 4), dispersion=0.4),
            DefinitionRefused,
            "dispersion of 0.4",
        ),
        (
            lambda: pilot_difference(area(1, 2), area(3, 4), beside_pilot=area(1, 1)),
            DefinitionRefused,
            "beside the pilot area alone",
        ),
        (
            lambda: pilot_difference(area(1, 2), area(3, 4, measure="burglary")),
            NotComparable,
            "differ in measure",
        ),
        (
            lambda: pilot_difference(
                area(1, 2), BeforeAfter(made_figure(3, *AFTER), made_figure(4, *AFTER))
            ),
            NotComparable,
            "differ in period",
        ),
        (
            lambda: pilot_difference(area(1, 2), area(None, None, missing="July was not supplied")),
            NotEnoughData,
            "July was not supplied",
        ),
        (lambda: pilot_difference(area(0, 0), area(0, 0)), NotEnoughData, "0 offences"),
        (
            lambda: harm_difference({"theft": pilot_difference(area(1, 2), area(3, 4))}, {}),
            DefinitionRefused,
            "without a weight: theft",
        ),
    ],
)
def test_what_cannot_be_set_against_each_other_is_refused(call, refusal, words):
    with pytest.raises(refusal, match=words):
        call()
