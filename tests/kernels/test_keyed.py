"""Random numbers are the same whoever asks, and behave as random numbers do."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from regard.core.errors import DefinitionRefused
from regard.kernels import keyed

WORDS = st.integers(min_value=0, max_value=keyed.WORD - 1)
MANY = 200_000


@given(WORDS, WORDS, st.integers(0, 2**40), st.integers(1, 20))
def test_many_at_once_are_those_asked_for_one_by_one(seed, stream, first, count):
    named = keyed.key(seed, stream)

    told = keyed.uniforms(named, count, first=first)

    assert [keyed.uniform(named, first + i) for i in range(count)] == told.tolist()
    assert all(0 < one < 1 for one in told)


def test_a_word_is_mixed_as_splitmix64_mixes_it():
    """The first words of splitmix64 seeded with 1234567, as its author's code gives them."""
    expected = [6457827717110365317, 3203168211198807973, 9817491932198370423]

    told = [int(keyed.mixed(np.uint64((1234567 + int(keyed.GOLDEN) * i) % keyed.WORD)))
            for i in (1, 2, 3)]  # fmt: skip

    assert told == expected
    assert keyed._words(np.uint64(1234567), 0, 3).tolist() == expected


def test_streams_do_not_follow_each_other():
    drawn = np.array([keyed.uniforms(keyed.key(7, one), 2_000) for one in range(40)])
    apart = np.corrcoef(drawn)[np.triu_indices(40, 1)]

    assert np.abs(apart).max() < 5 / math.sqrt(2_000)


def test_the_order_of_streams_matters():
    assert (
        len({int(keyed.key(*one)) for one in ((1, 2, 3), (1, 3, 2), (3, 2, 1), (1, 2), (1,))}) == 5
    )


@pytest.mark.parametrize(
    "drawn, law",
    [
        (keyed.uniforms, stats.uniform()),
        (keyed.exponentials, stats.expon()),
        (keyed.normals, stats.norm()),
        (lambda named, count: keyed.gammas(named, count, shape=4.0), stats.gamma(4.0, scale=0.25)),
    ],
)
def test_numbers_follow_their_law(drawn, law):
    told = drawn(keyed.key(2026, 11), MANY)

    assert stats.kstest(told, law.cdf).pvalue > 1e-4


def test_neighbours_in_a_stream_are_not_alike():
    told = keyed.uniforms(keyed.key(0, 0), MANY)

    assert abs(np.corrcoef(told[1:], told[:-1])[0, 1]) < 4 / math.sqrt(MANY)


@pytest.mark.parametrize("asked", [(-1,), (0, -1), (keyed.WORD,), (0, 2**64)])
def test_what_is_no_word_is_refused(asked):
    with pytest.raises(DefinitionRefused, match="random numbers"):
        keyed.key(*asked)


def test_a_gamma_without_a_shape_is_refused():
    with pytest.raises(DefinitionRefused, match="shape 0"):
        keyed.gammas(keyed.key(1), 3, shape=0)
