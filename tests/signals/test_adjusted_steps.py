"""Steps: exact against every partition there is, and where two well-known series have them."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused
from regard.signals.adjusted.steps import find_steps, step_price

# Annual flow of the Nile at Aswan, 1871-1970, 10^8 m^3: R datasets, Nile (Durbin & Koopman 2001).
NILE = [
    1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020,
    960, 1180, 799, 958, 1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840,
    874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969, 831, 726, 456, 824, 702, 1120, 1100,
    832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944,
    984, 897, 822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744,
    749, 838, 1050, 918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718,
    714, 740,
]  # fmt: skip
# British coal-mining disasters a year, 1851-1962: Jarrett 1979, Biometrika 66, 191-193.
COAL = [
    4, 5, 4, 1, 0, 4, 3, 4, 0, 6, 3, 3, 4, 0, 2, 6, 3, 3, 5, 4, 5, 3, 1, 4, 4, 1, 5, 5, 3,
    4, 2, 5, 2, 2, 3, 4, 2, 1, 3, 2, 2, 1, 1, 1, 1, 3, 0, 0, 1, 0, 1, 1, 0, 0, 3, 1, 0, 3,
    2, 2, 0, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 2, 1, 0, 0, 0, 1, 1, 0, 2, 3, 3, 1, 1, 2, 1, 1,
    1, 1, 2, 4, 2, 0, 0, 0, 1, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1,
]  # fmt: skip


def cost_of(starts, values, weights, price, accepted):
    """Squared error of these levels plus the price of each start that was not given."""
    ends = [*starts, len(values)]
    total = 0.0
    for first, last in zip([0, *starts], ends, strict=True):
        heavy, held = weights[first:last], values[first:last]
        mean = np.sum(heavy * held) / np.sum(heavy)
        total += float(np.sum(heavy * (held - mean) ** 2))
    return total + price * len(set(starts) - set(accepted))


def allowed(starts, months, least, accepted):
    """Every given start is there, and only levels between given ones are short."""
    edges = {0, months, *accepted}
    bounds = [0, *starts, months]
    pairs = zip(bounds, bounds[1:], strict=False)
    long = all(b - a >= least or {a, b} <= edges for a, b in pairs)
    return long and set(accepted) <= set(starts)


def best_of_all(values, weights, price, least, accepted):
    """The lowest cost over all partitions."""
    months = len(values)
    every = (
        starts
        for size in range(months)
        for starts in combinations(range(1, months), size)
        if allowed(starts, months, least, accepted)
    )
    return min(cost_of(starts, values, weights, price, accepted) for starts in every)


@st.composite
def short_series(draw):
    months = draw(st.integers(2, 8))
    values = draw(st.lists(st.integers(0, 9), min_size=months, max_size=months))
    weights = draw(st.lists(st.sampled_from([0.9, 1.0, 1.25]), min_size=months, max_size=months))
    accepted = draw(st.sets(st.integers(1, months - 1), max_size=3))
    return np.array(values, float), np.array(weights), tuple(sorted(accepted))


@given(short_series(), st.sampled_from([0.0, 0.5, 3.0, 20.0]), st.integers(1, 4))
def test_no_partition_of_a_short_series_is_better(series, price, least):
    values, weights, accepted = series

    found = find_steps(values, price=price, weights=weights, least=least, accepted=accepted)

    assert allowed(found, len(values), least, accepted)
    ours = cost_of(found, values, weights, price, accepted)
    assert ours == pytest.approx(best_of_all(values, weights, price, least, accepted), abs=1e-9)


@st.composite
def long_series(draw):
    values = draw(st.lists(st.floats(-100, 100), min_size=2, max_size=60))
    accepted = draw(st.sets(st.integers(1, len(values) - 1), max_size=5))
    return values, tuple(sorted(accepted))


@given(long_series(), st.floats(0, 1e4), st.integers(1, 12))
def test_accepted_starts_are_always_kept_and_no_other_level_is_short(series, price, least):
    values, accepted = series

    found = find_steps(values, price=price, least=least, accepted=accepted)

    assert allowed(found, len(values), least, accepted)


@given(long_series())
def test_at_an_infinite_price_only_accepted_steps_are_left(series):
    values, accepted = series

    assert find_steps(values, price=math.inf, accepted=accepted) == accepted


def test_at_no_price_every_month_that_differs_starts_a_level():
    values = [3.0, 3.0, 5.0, 2.0, 2.0, 9.0]

    assert find_steps(values, price=0, least=1) == (2, 3, 5)


@given(long_series(), st.sampled_from([2.0**-10, 0.5, 2.0, 1024.0]))
def test_scaling_weights_and_price_alike_moves_no_step(series, scale):
    values, accepted = series
    weights = np.linspace(0.9, 1.1, len(values))

    scaled = find_steps(values, price=30 * scale, weights=scale * weights, accepted=accepted)

    assert scaled == find_steps(values, price=30, weights=weights, accepted=accepted)


@given(long_series(), st.sampled_from([0.25, 2.0, 16.0]))
def test_scaling_values_and_their_squared_price_moves_no_step(series, scale):
    values, accepted = series

    scaled = find_steps(np.array(values) * scale, price=40 * scale**2, accepted=accepted)

    assert scaled == find_steps(values, price=40, accepted=accepted)


@given(long_series())
def test_a_higher_price_never_finds_more_steps(series):
    values, _ = series

    counts = [len(find_steps(values, price=price)) for price in (0.1, 1, 10, 100, 1000)]

    assert counts == sorted(counts, reverse=True)


def test_the_nile_has_one_step_after_1898():
    """V15: 28 years at 1,097.75, then 849.97."""
    flow = np.array(NILE, float)
    variance = float(np.var(flow[28:], ddof=1))

    found = find_steps(flow, price=step_price(100, dispersion=variance))

    assert found == (28,)
    assert (flow[:28].mean(), flow[28:].mean()) == pytest.approx((1097.75, 849.9722222), abs=1e-6)


def test_coal_mining_has_one_step_after_1891():
    """V15: 191 events, 41 years at 3.09756 and 71 at 0.90141; likelihood ratio 69.98834."""
    events = np.array(COAL, float)
    roots = 2 * np.sqrt(events + 3 / 8)

    found = find_steps(roots, price=step_price(112))

    assert events.sum() == 191
    assert found == (41,)
    parts = [(events, -1), (events[:41], 1), (events[41:], 1)]
    ratio = sum(2 * sign * part.sum() * math.log(part.mean()) for part, sign in parts)
    assert ratio == pytest.approx(69.98834, abs=1e-5)
    assert (events[:41].mean(), events[41:].mean()) == pytest.approx((3.09756, 0.90141), abs=1e-5)


def test_the_price_of_a_step_is_three_logs_times_the_long_run_variance():
    assert step_price(120) == pytest.approx(3 * math.log(120))
    assert step_price(120, dispersion=2.2) == pytest.approx(6.6 * math.log(120))
    assert step_price(120, autocorrelation=0.5) == pytest.approx(9 * math.log(120))
    assert step_price(90, penalty=4) == pytest.approx(4 * math.log(90))


def test_a_short_series_pays_the_price_of_six_years():
    assert step_price(36) == step_price(72) < step_price(73)


def test_a_step_found_gains_its_price_and_one_not_found_does_not():
    """A rise of 4 between two levels of ten gains 4 squared times 10 x 10 / 20: 80."""
    values = [0.0] * 10 + [4.0] * 10

    assert find_steps(values, price=80 - 1e-9) == (10,)
    assert find_steps(values, price=80 + 1e-9) == ()


@pytest.mark.parametrize(
    ("values", "options", "said"),
    [
        ([], {"price": 1}, "steps in values of shape (0,) at a price of 1, levels of 6"),
        ([[1.0]], {"price": 1}, "steps in values of shape (1, 1) at a price of 1, levels of 6"),
        ([1.0], {"price": -2}, "steps in values of shape (1,) at a price of -2, levels of 6"),
        ([1.0], {"price": math.nan}, "steps in values of shape (1,) at a price of nan"),
        ([1.0], {"price": 1, "least": 0}, "at a price of 1, levels of 0"),
        ([1.0, 2.0], {"price": 1, "accepted": (2,)}, "an accepted step at 2"),
        ([1.0, 2.0], {"price": 1, "accepted": (0,)}, "an accepted step at 0"),
        ([1.0, math.nan], {"price": 1}, "the value nan of weight 1 at place 1"),
        ([math.inf, 1.0], {"price": 1}, "the value inf of weight 1 at place 0"),
        ([1.0, 2.0], {"price": 1, "weights": [1.0, 0.0]}, "the value 2 of weight 0 at place 1"),
        ([1.0, 2.0], {"price": 1, "weights": [1.0]}, "weights of shape (1,)"),
    ],
)
def test_what_cannot_be_searched_is_refused_with_its_value(values, options, said):
    with pytest.raises(DefinitionRefused) as refused:
        find_steps(values, **options)

    assert said in str(refused.value)
    assert "Expected: " in str(refused.value)
