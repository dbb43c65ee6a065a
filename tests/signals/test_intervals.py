"""Intervals against the printed vectors, and the laws they keep."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused
from regard.signals.intervals import byar, points_interval, ratio_interval, wilson


@pytest.mark.parametrize(
    ("count", "level", "low", "high"),
    [
        (65, 0.95, 50.163188, 82.849139),
        (1045, 0.95, 982.593202, 1110.331213),
        (10, 0.95, 4.787450, 18.391459),
        (65, 0.998, 42.880261, 94.000291),
        (5, 0.95, 1.623486, 11.668332),
    ],
)
def test_vector_11_byar_and_exact_below_ten(count, level, low, high):
    found = byar(count, level=level)

    assert (found.low, found.high) == pytest.approx((low, high), abs=6e-7)


def test_no_event_has_an_interval_from_nought():
    found = byar(0)

    assert found.low == 0
    assert found.high == pytest.approx(3.688879, abs=6e-7)


@pytest.mark.parametrize(
    ("positive", "answers", "deff", "low", "high"),
    [
        (65, 100, 1, 0.552544, 0.736358),
        (1045, 5000, 1, 0.197955, 0.220491),
        (0, 10, 1, 0, 0.277533),
        (620, 1000, 1, 0.589511, 0.649571),
        (620, 1000, 1.4, 0.583852, 0.654864),
    ],
)
def test_vector_11_wilson_with_and_without_a_design_effect(positive, answers, deff, low, high):
    found = wilson(positive, answers, design_effect=deff)

    assert (found.low, found.high) == pytest.approx((low, high), abs=6e-7)


counts = st.floats(0.5, 1e7)


@given(counts, counts, st.floats(1, 50))
def test_a_ratio_lies_in_its_interval_and_turned_over_in_the_interval_turned_over(a, b, phi):
    straight, turned = ratio_interval(a, b, dispersion=phi), ratio_interval(b, a, dispersion=phi)

    assert straight.low <= a / b <= straight.high
    assert straight.low == pytest.approx(1 / turned.high)


@given(counts, counts, st.floats(1, 50))
def test_more_dispersion_never_narrows_an_interval(a, b, phi):
    plain, wider = ratio_interval(a, b), ratio_interval(a, b, dispersion=phi)

    assert wider.low <= plain.low * (1 + 1e-12)
    assert wider.high >= plain.high * (1 - 1e-12)


@given(st.floats(0, 100), st.floats(0, 100), st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_difference_of_percentages_lies_in_its_interval_and_within_100_points(a, b, m, n):
    found = points_interval(a, b, base_now=m, base_then=n)

    assert -100 - 1e-9 <= found.low <= a - b + 1e-9
    assert a - b - 1e-9 <= found.high <= 100 + 1e-9


@given(st.integers(0, 200), st.integers(1, 200))
def test_wilson_holds_the_share_and_stays_between_nought_and_one(positive, more):
    answers = positive + more

    found = wilson(positive, answers)

    assert 0 <= found.low <= positive / answers + 1e-12
    assert positive / answers <= found.high <= 1


@pytest.mark.parametrize(
    "call",
    [
        lambda: wilson(3, 2),
        lambda: wilson(0, 0),
        lambda: byar(-1),
        lambda: ratio_interval(0, 0),
        lambda: ratio_interval(1, 1, dispersion=0.5),
    ],
)
def test_what_has_no_interval_is_refused(call):
    with pytest.raises(DefinitionRefused):
        call()
