"""Crimes over places: printed Gini coefficients, chance against a simulation, and laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.signals.comparing.places import (
    by_chance,
    curve,
    fewest_holding,
    generalised,
    gini,
    resampled,
    spread_of,
    spread_of_sizes,
)


@pytest.mark.parametrize(
    ("counts", "plain", "against_most_even"),
    [
        ([10, 8, 2, 0, 0, 0, 0, 0, 0, 0], 0.78, 0.78),
        ([5, 2, 1, 0, 0, 0, 0, 0, 0, 0], 0.80, 0.75),
        ([10] + [0] * 9, 0.90, 0.90),
        ([10] + [0] * 99, 0.99, 0.90),
        ([1] * 5 + [0] * 5, 0.50, 0.00),
    ],
)
def test_gini_and_its_form_for_sparse_crime_are_those_of_bernasco_and_steenbeek(
    counts, plain, against_most_even
):
    """The examples of their package lorenzgini (R/gini.R), without its small-sample factor."""
    spread = spread_of(counts)

    assert gini(spread) == pytest.approx(plain)
    assert generalised(gini(spread), spread) == pytest.approx(against_most_even)


def plain_gini(counts):
    held = np.sort(np.asarray(counts, dtype=float))
    ranks = np.arange(1, len(held) + 1)
    return 2 * (ranks @ held) / (len(held) * held.sum()) - (len(held) + 1) / len(held)


def plain_fewest(counts, share):
    held = np.cumsum(np.sort(counts)[::-1])
    return int(np.argmax(held >= share * held[-1] * (1 - 1e-12))) + 1


some = st.lists(st.integers(0, 40), min_size=1, max_size=80).filter(any)


@given(some, st.sampled_from([0.25, 0.5, 0.8, 1.0]))
def test_classes_of_places_give_what_places_one_by_one_give(counts, share):
    spread = spread_of(counts)

    assert gini(spread) == pytest.approx(plain_gini(counts), abs=1e-12)
    assert fewest_holding(spread, share) == plain_fewest(counts, share)
    assert spread.all_crimes == sum(counts)
    assert spread.all_places == len(counts)


@given(some, st.integers(0, 300), st.randoms())
def test_order_does_not_matter_and_empty_places_only_concentrate(counts, empty, random):
    plain = spread_of(counts)
    turned = spread_of(random.sample(counts, len(counts)))
    wider = spread_of(counts, places=len(counts) + empty)

    assert (turned.places == plain.places).all()
    assert gini(wider) >= gini(plain) - 1e-12
    assert fewest_holding(wider, 0.5) == fewest_holding(plain, 0.5)


@given(some, st.integers(2, 9))
def test_every_place_doubled_or_every_crime_doubled_leaves_the_coefficient(counts, times):
    plain = gini(spread_of(counts))

    assert gini(spread_of(counts * times)) == pytest.approx(plain)
    assert gini(spread_of([times * one for one in counts])) == pytest.approx(plain)


@given(some)
def test_the_curve_runs_from_nothing_to_all_and_never_below_the_diagonal(counts):
    points = curve(spread_of(counts))

    assert points[0] == (0, 0)
    assert points[-1] == pytest.approx((1, 1))
    assert all(crimes >= places - 1e-12 for places, crimes in points)
    assert list(points) == sorted(points)


@pytest.mark.parametrize(("crimes", "places"), [(60, 900), (900, 900), (9_000, 900)])
def test_chance_alone_is_what_crimes_thrown_at_places_give(crimes, places):
    random = np.random.default_rng(3)
    thrown = [
        spread_of(random.multinomial(crimes, np.full(places, 1 / places))) for _ in range(300)
    ]

    expected = by_chance(crimes, places)

    assert expected.all_places == pytest.approx(places, rel=1e-6)
    assert expected.all_crimes == pytest.approx(crimes, rel=1e-6)
    for of in (gini, lambda one: fewest_holding(one, 0.5, whole=False) / one.all_places):
        assert of(expected) == pytest.approx(np.mean([of(one) for one in thrown]), abs=0.004)
    repeats = np.mean([one.at_least(2)[0] for one in thrown])
    assert expected.at_least(2)[0] == pytest.approx(repeats, rel=0.1, abs=0.3)


def test_drawing_places_again_is_the_same_twice_and_agrees_with_drawing_them_one_by_one():
    random = np.random.default_rng(4)
    counts = random.negative_binomial(0.6, 0.2, 700)
    spread = spread_of(counts)

    first, again = (resampled(spread, (0.5,)) for _ in range(2))
    drawn = [
        plain_gini(random.choice(counts, len(counts))) for _ in range(600)
    ]  # fmt: skip

    assert (first.ginis == again.ginis).all()
    assert (first.fewest == again.fewest).all()
    assert first.ginis.mean() == pytest.approx(np.mean(drawn), abs=0.003)
    assert first.ginis.std() == pytest.approx(np.std(drawn), rel=0.15)


@pytest.mark.parametrize(
    ("call", "refusal", "words"),
    [
        (lambda: spread_of([1, 2.5]), DefinitionRefused, "2.5 crimes"),
        (lambda: spread_of([3, -1]), DefinitionRefused, "-1 crimes"),
        (lambda: spread_of([1, 2, 3], places=2), DefinitionRefused, "3 places hold a crime"),
        (lambda: spread_of([0, 0]), NotEnoughData, "none of 2 places"),
        (lambda: spread_of_sizes({1: -2}), DefinitionRefused, "-2"),
    ],
)
def test_counts_that_cannot_be_are_refused(call, refusal, words):
    with pytest.raises(refusal, match=words):
        call()
