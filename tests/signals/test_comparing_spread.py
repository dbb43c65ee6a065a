"""The arithmetic of a funnel against printed vectors, and the laws it keeps."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import special

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.signals.comparing.spread import (
    CHANCE_ALONE,
    KINDS,
    PROPORTION,
    RATE,
    RATIO,
    TRUNCATED,
    WINSORISED,
    Overdispersion,
    chances,
    limits,
    overdispersion,
    typical,
)

COUNTS = [420, 515, 610, 380, 702, 455, 590, 333]
BASES = [5000, 5200, 6100, 4100, 6500, 5100, 6000, 3900]
POOLED = sum(COUNTS) / sum(BASES)
CHANCE = Overdispersion(1.0, 0.0, 8, CHANCE_ALONE)


def test_vector_12_eight_areas_of_funnelplotr():
    found = overdispersion(PROPORTION, COUNTS, BASES, target=POOLED)

    assert pytest.approx(0.0955847, abs=5e-8) == POOLED
    assert found.phi == pytest.approx(2.4341270, abs=5e-8)
    assert found.tau_squared == pytest.approx(8.539086e-5, abs=5e-12)


@pytest.mark.parametrize(
    ("level", "low", "high"), [(0.95, 8.259929, 10.941136), (0.998, 7.550392, 11.775614)]
)
def test_vector_12_limits_widened_by_the_variation_between_areas(level, low, high):
    spread = overdispersion(PROPORTION, COUNTS, BASES, target=POOLED)

    band = limits(PROPORTION, [5000.0], target=POOLED, spread=spread, level=level)

    assert 100 * band.lower[0] == pytest.approx(low, abs=1e-6)
    assert 100 * band.upper[0] == pytest.approx(high, abs=1e-6)


@pytest.mark.parametrize(
    ("base", "level", "low", "high"),
    [
        (16, 0.95, 61.282902, 100),
        (16, 0.998, 50.118675, 100),
        (50, 0.95, 69.691035, 91.593861),
        (50, 0.998, 63.375595, 97.909301),
    ],
)
def test_vector_12_proportions_as_fingertips_draws_them(base, level, low, high):
    band = limits(PROPORTION, [base], target=0.80642448, spread=CHANCE, level=level)

    assert 100 * band.lower[0] == pytest.approx(low, abs=1.5e-6)
    assert 100 * band.upper[0] == pytest.approx(high, abs=1.5e-6)


@pytest.mark.parametrize(
    ("level", "low", "high"), [(0.95, 63.17010, 242.25796), (0.998, 48.13633, 392.40433)]
)
def test_vector_12_rates_as_fingertips_draws_them_at_ten_events(level, low, high):
    """Where ten events lie on a limit: residents that expect the ends of ten's exact interval."""
    target, tail = 116.1720835e-5, (1 - level) / 2
    many, few = special.gammaincinv(11, 1 - tail), special.gammaincinv(10, tail)

    lower = limits(RATE, [many / target], target=target, spread=CHANCE, level=level).lower
    upper = limits(RATE, [few / target], target=target, spread=CHANCE, level=level).upper

    assert 1e5 * lower[0] == pytest.approx(low, abs=2e-4)
    assert 1e5 * upper[0] == pytest.approx(high, abs=2e-4)


def test_the_moments_are_those_of_spiegelhalter_worked_by_hand():
    counts, bases = np.array([30.0, 55, 70, 41, 90]), np.array([40.0, 50, 60, 45, 70])
    z = (np.log(counts / bases) - math.log(1.1)) * np.sqrt(1.1 * bases)
    low, high = np.percentile(z, [10, 90])
    phi = np.mean(np.minimum(np.maximum(z, low), high) ** 2)
    weights = 1.1 * bases
    tau = (5 * phi - 4) / (weights.sum() - (weights**2).sum() / weights.sum())

    found = overdispersion(RATE, counts, bases, target=1.1)

    assert found.phi == pytest.approx(phi)
    assert found.tau_squared == pytest.approx(max(0.0, tau))


def test_truncation_leaves_the_outer_tenths_out_as_the_shmi_does():
    bases = np.full(20, 100.0)
    counts = np.array([1.0, 60.0, *range(91, 109)])
    inner = np.log(np.sort(counts)[2:-2] / 100) * 10

    found = overdispersion(RATE, counts, bases, target=1.0, trimming=TRUNCATED)

    assert found.areas == 16
    assert found.phi == pytest.approx(np.mean(inner**2))


def test_a_figure_of_a_typical_area_weighs_by_what_each_area_tells():
    counts, bases = [10.0, 24, 39, 52, 9_000], [100.0, 200, 300, 400, 1_000]

    found = typical(RATE, counts, bases, target=sum(counts) / sum(bases))

    assert 0.1 < found < 1.0
    spread = overdispersion(RATE, counts, bases, target=found)
    weights = 1 / (1 / (found * np.array(bases)) + spread.tau_squared)
    again = np.average(np.log(np.array(counts) / bases), weights=weights)
    assert math.log(found) == pytest.approx(again, abs=1e-6)


def areas(kind):
    base = st.integers(2, 100_000)
    share = st.floats(0, 1) if kind == PROPORTION else st.floats(0, 3)
    return st.tuples(base, share).map(lambda one: (float(round(one[0] * one[1])), float(one[0])))


several = st.sampled_from(KINDS).flatmap(
    lambda kind: st.tuples(st.just(kind), st.lists(areas(kind), min_size=3, max_size=12))
)
spreads = st.builds(
    Overdispersion,
    st.just(1.0),
    st.sampled_from([0.0, 1e-4, 0.02, 1.0]),
    st.just(9),
    st.sampled_from([WINSORISED, CHANCE_ALONE]),
)


@given(several, st.floats(0.01, 0.99), spreads, st.sampled_from([0.95, 0.998]))
def test_an_area_lies_outside_the_drawn_limits_exactly_where_its_chance_is_small(
    held, target, spread, level
):
    kind, found = held
    counts, bases = (np.array(column) for column in zip(*found, strict=True))

    band = limits(kind, bases, target=target, spread=spread, level=level)
    small = chances(kind, counts, bases, target=target, spread=spread)

    assume(np.all(np.abs(small - (1 - level)) > 1e-9))
    outside = (counts / bases < band.lower) | (counts / bases > band.upper)
    assert (outside == (small < 1 - level)).all()


@given(several, st.floats(0.01, 0.99), spreads)
def test_limits_hold_the_target_and_the_outer_hold_the_inner(held, target, spread):
    kind, found = held
    bases = np.array([base for _, base in found])

    inner = limits(kind, bases, target=target, spread=spread, level=0.95)
    outer = limits(kind, bases, target=target, spread=spread, level=0.998)

    assert (outer.lower <= inner.lower).all()
    assert (inner.lower <= target * (1 + 1e-9)).all()
    assert (inner.upper >= target * (1 - 1e-9)).all()
    assert (inner.upper <= outer.upper).all()


@given(several, st.randoms())
def test_the_order_of_areas_does_not_matter(held, random):
    kind, found = held
    counts, bases = zip(*found, strict=True)
    target = sum(counts) / sum(bases)
    assume(target > 0 and (kind != PROPORTION or target < 1))
    turned = random.sample(found, len(found))

    straight = overdispersion(kind, counts, bases, target=target)
    shuffled = overdispersion(kind, *zip(*turned, strict=True), target=target)

    assert shuffled.phi == pytest.approx(straight.phi)
    assert shuffled.tau_squared == pytest.approx(straight.tau_squared, rel=1e-9, abs=1e-9)


@given(st.lists(areas(RATE), min_size=3, max_size=12), st.floats(0.01, 100))
def test_residents_in_another_unit_give_the_same_chances(found, unit):
    counts, bases = (np.array(column) for column in zip(*found, strict=True))
    assume(counts.sum() > 0)
    target = counts.sum() / bases.sum()

    plain = overdispersion(RATE, counts, bases, target=target)
    scaled = overdispersion(RATE, counts, bases * unit, target=target / unit)

    assert scaled.phi == pytest.approx(plain.phi)
    assert chances(
        RATE, counts, bases * unit, target=target / unit, spread=scaled
    ) == pytest.approx(chances(RATE, counts, bases, target=target, spread=plain), abs=1e-9)


@given(st.sampled_from(KINDS), st.floats(0.05, 0.9), st.floats(0.1, 4))
def test_more_variation_between_areas_never_narrows_the_limits(kind, target, times):
    bases = [10.0, 400.0, 90_000.0]
    less = Overdispersion(1.0, 0.01, 9, WINSORISED)
    more = Overdispersion(1.0, 0.01 * (1 + times), 9, WINSORISED)

    narrow, wide = (
        limits(kind, bases, target=target, spread=one, level=0.95) for one in (less, more)
    )

    assert (wide.lower <= narrow.lower).all()
    assert (wide.upper >= narrow.upper).all()


def test_limits_never_fall_inside_the_exact_ones_where_counts_are_small():
    spread = Overdispersion(1.0, 0.04, 43, WINSORISED)

    found = chances(RATE, [0.0], [3.0], target=1.0, spread=spread)

    assert found[0] == pytest.approx(2 * math.exp(-3))  # not below 5%, though z is -2.9


@pytest.mark.parametrize("kind", [RATE, RATIO])
def test_stable_areas_lie_outside_as_often_as_the_limits_say(kind):
    random = np.random.default_rng(20)
    bases = np.full(4_000, 150.0)
    sizes = random.poisson(bases).astype(float) if kind == RATIO else bases
    counts = random.poisson(0.6 * bases).astype(float)

    spread = overdispersion(kind, counts, sizes, target=0.6)
    outside = np.mean(chances(kind, counts, sizes, target=0.6, spread=spread) < 0.05)

    assert 0.03 < outside < 0.055


@pytest.mark.parametrize("tau", [0.05, 0.2])
def test_the_variation_between_areas_is_found_again(tau):
    random = np.random.default_rng(7)
    bases = random.integers(200, 9_000, 2_000).astype(float)
    counts = random.poisson(bases * np.exp(random.normal(0, tau, 2_000))).astype(float)

    found = overdispersion(RATE, counts, bases, target=1.0)

    # Winsorising a tenth at either end takes about two fifths off a normal variance.
    assert 0.5 * tau**2 < found.tau_squared < tau**2


@pytest.mark.parametrize(
    ("call", "refusal"),
    [
        (lambda: overdispersion(RATE, [1, 2], [3, 4], target=1.0), NotEnoughData),
        (lambda: overdispersion(RATE, [1, 2, 3], [3, 0, 4], target=1.0), DefinitionRefused),
        (lambda: overdispersion(RATE, [1, -2, 3], [3, 1, 4], target=1.0), DefinitionRefused),
        (lambda: overdispersion(PROPORTION, [5, 2, 3], [3, 9, 4], target=0.5), DefinitionRefused),
        (lambda: overdispersion(PROPORTION, [1, 2, 3], [3, 9, 4], target=1.0), DefinitionRefused),
        (lambda: overdispersion("share", [1, 2, 3], [3, 9, 4], target=0.5), DefinitionRefused),
        (
            lambda: overdispersion(RATE, [1, 2, 3], [3, 9, 4], target=0.5, trimming="none"),
            DefinitionRefused,
        ),
    ],
)
def test_what_makes_no_funnel_is_refused(call, refusal):
    with pytest.raises(refusal):
        call()
