"""The e-test against printed values and a brute sum, and where it does not apply."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from regard.core.errors import DefinitionRefused, NotComparable, NotEnoughData
from regard.signals.comparing.two_counts import compare_counts, e_test
from signals.conftest import made_figure
from signals.test_sentences import check

NOW, THEN = (date(2013, 4, 1), date(2014, 3, 31)), (date(2012, 4, 1), date(2013, 3, 31))


@pytest.mark.parametrize(
    ("one", "other", "chance"), [(3, 0, 0.0884), (6, 2, 0.1749), (25, 16, 0.1648)]
)
def test_vector_13_of_the_e_test(one, other, chance):
    assert e_test(one, other) == pytest.approx(chance, abs=5e-5)
    assert e_test(other, one) == pytest.approx(chance, abs=5e-5)


def brute(one, other, exposure, other_exposure):
    """Every pair of counts, as Krishnamoorthy and Thomson write it."""
    rate = (one + other) / (exposure + other_exposure)
    most = int(4 * rate * max(exposure, other_exposure) + 60)
    x, y = np.meshgrid(np.arange(float(most)), np.arange(float(most)), indexing="ij")
    variance = x / exposure**2 + y / other_exposure**2
    gap = x / exposure - y / other_exposure
    statistic = np.divide(gap**2, variance, out=np.zeros_like(gap), where=variance > 0)
    reached = (one / exposure - other / other_exposure) ** 2 / (
        one / exposure**2 + other / other_exposure**2
    )
    logs = [
        special.xlogy(k, rate * over) - rate * over - special.gammaln(k + 1)
        for k, over in ((x, exposure), (y, other_exposure))
    ]
    return np.exp(sum(logs))[statistic >= reached * (1 - 1e-9)].sum()


@given(
    st.integers(0, 30), st.integers(0, 30),
    st.sampled_from([1.0, 0.5, 2.0]), st.sampled_from([1.0, 365 / 366]),
)  # fmt: skip
def test_the_e_test_is_the_sum_over_every_pair_of_counts(one, other, exposure, other_exposure):
    if not one + other:
        return
    found = e_test(one, other, exposure=exposure, other_exposure=other_exposure)

    assert found == pytest.approx(brute(one, other, exposure, other_exposure), abs=1e-7)


def test_large_counts_are_near_the_normal_test():
    z = 1_000 / 399_000**0.5

    assert e_test(200_000, 199_000) == pytest.approx(special.erfc(z / 2**0.5), abs=1e-4)


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_chance_is_a_chance_and_equal_counts_are_no_sign(one, other):
    assert 0 <= e_test(one, other) <= 1
    assert e_test(one, one) == pytest.approx(1)


def test_counts_that_vary_by_chance_alone_are_tested():
    found = compare_counts(made_figure(25, *NOW), made_figure(16, *THEN), dispersion=1.0)

    assert found.chance == pytest.approx(0.1648, abs=5e-5)
    assert [str(one) for one in found.statements()] == [
        "25 offences against 16: counts of one and the same rate would lie at least so far apart "
        "16% of the time.",
        "The change is +56.3% (95% range −16.6% to +192.6%).",
    ]


def test_the_test_does_not_apply_to_overdispersed_counts_and_says_so():
    found = compare_counts(made_figure(250, *NOW), made_figure(160, *THEN), dispersion=2.2)
    unknown = compare_counts(made_figure(250, *NOW), made_figure(160, *THEN), dispersion=None)

    assert found.chance is None
    assert "does not apply, as these vary 2.2 times as much" in str(found.statements()[0])
    assert found.change.interval is not None
    assert "is not applied" in str(unknown.statements()[0])
    assert unknown.change.interval is None


@given(st.integers(0, 900), st.integers(0, 900), st.sampled_from([None, 1.0, 1.05, 3.0]))
def test_what_is_said_of_two_counts_can_be_traced(one, other, phi):
    if not one + other:
        return
    found = compare_counts(made_figure(one, *NOW), made_figure(other, *THEN), dispersion=phi)

    assert check(found.statements())
    assert (found.chance is None) == (phi is None or phi > 1.1)


@pytest.mark.parametrize(
    ("call", "refusal"),
    [
        (lambda: e_test(-1, 2), DefinitionRefused),
        (lambda: e_test(1, 2, exposure=0), DefinitionRefused),
        (
            lambda: compare_counts(made_figure(0, *NOW), made_figure(0, *THEN), dispersion=1),
            NotEnoughData,
        ),
        (
            lambda: compare_counts(made_figure(1.5, *NOW), made_figure(0, *THEN), dispersion=1),
            DefinitionRefused,
        ),
        (
            lambda: compare_counts(
                made_figure(1, *NOW), made_figure(2, *THEN, scope="kent"), dispersion=1
            ),
            NotComparable,
        ),
    ],
)
def test_what_cannot_be_tested_is_refused(call, refusal):
    with pytest.raises(refusal):
        call()
