"""Benjamini-Hochberg over a pack: its laws, and what it does with what could not be tested."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused
from regard.signals.pack.discovery import adjusted, discoveries

chances = st.lists(st.floats(0, 1), min_size=1, max_size=30)
with_gaps = st.lists(st.one_of(st.floats(0, 1), st.just(math.nan)), max_size=30)
shares = st.floats(0.001, 0.999)

# Benjamini & Hochberg 1995, section 3.2: fifteen tests, of which four are rejected at 0.05.
PUBLISHED = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
    0.5719, 0.6528, 0.7590, 1.0000,
]  # fmt: skip


def test_the_published_example_rejects_four_of_fifteen():
    found = discoveries(PUBLISHED, 0.05)

    assert found.tolist() == [True] * 4 + [False] * 11


@given(chances)
def test_no_adjusted_chance_is_below_its_own_or_above_one(held):
    found = adjusted(held)

    assert (found >= np.array(held) - 1e-15).all()
    assert (found <= 1).all()


@given(chances)
def test_a_smaller_chance_never_has_the_larger_adjusted_one(held):
    found = adjusted(held)[np.argsort(held, kind="stable")]

    assert (np.diff(found) >= 0).all()


@given(chances, st.randoms(use_true_random=False))
def test_the_order_of_the_series_does_not_matter(held, random):
    order = list(range(len(held)))
    random.shuffle(order)

    found = adjusted([held[place] for place in order])

    assert found.tolist() == adjusted(held)[order].tolist()


@given(with_gaps)
def test_what_was_not_tested_stays_unknown_and_is_not_counted(held):
    known = [one for one in held if not math.isnan(one)]

    found = adjusted(held)

    assert np.isnan(found).tolist() == [math.isnan(one) for one in held]
    assert found[~np.isnan(found)].tolist() == adjusted(known).tolist()


@given(chances, shares, shares)
def test_bearing_more_false_discoveries_loses_none(held, one, other):
    strict, lax = discoveries(held, min(one, other)), discoveries(held, max(one, other))

    assert not (strict & ~lax).any()


@given(chances, shares)
def test_every_rejection_is_one_of_the_step_up_rule(held, q):
    """The largest rank k whose chance is at most k q / n; it and all smaller are rejected."""
    line = q * np.arange(1, len(held) + 1) / len(held)
    below = np.flatnonzero(np.sort(held) <= line * (1 + 1e-12))
    most = np.sort(held)[below[-1]] if len(below) else -1.0

    found = discoveries(held, q)

    assert not (found & (np.array(held) > most)).any()


@given(st.floats(0, 1))
def test_one_series_alone_is_its_own_test(chance):
    assert adjusted([chance]).tolist() == [chance]


def test_nothing_tested_finds_nothing():
    assert adjusted([]).tolist() == []
    assert not discoveries([math.nan, math.nan]).any()


@pytest.mark.parametrize("wrong", [-0.01, 1.01, math.inf])
def test_a_chance_outside_nought_to_one_is_refused_with_its_place(wrong):
    with pytest.raises(DefinitionRefused, match=f"the chance of series 1 is {wrong:g}"):
        adjusted([0.5, wrong])


def test_a_matrix_of_chances_is_refused():
    with pytest.raises(DefinitionRefused, match="2 dimensions"):
        adjusted([[0.5]])


@pytest.mark.parametrize("q", [0.0, 1.0, -1.0, math.nan])
def test_a_share_that_is_none_is_refused(q):
    with pytest.raises(DefinitionRefused, match="of false discoveries"):
        discoveries([0.5], q)
