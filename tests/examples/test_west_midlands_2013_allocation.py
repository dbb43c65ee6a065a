"""Whole numbers are shared out exactly, and chance is the same everywhere."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused
from regard.examples.west_midlands_2013.allocation import (
    chosen,
    dealt,
    keys,
    picks,
    shares_out,
    shares_within,
    strays,
)

totals = st.integers(0, 500_000)
weights = st.lists(st.integers(0, 10_000), min_size=1, max_size=40).filter(any)


@given(totals, weights)
def test_shares_sum_to_the_total_and_lie_within_one_of_proportion(
    total: int, told: list[int]
) -> None:
    shares = shares_out(total, told)

    assert sum(shares) == total
    for share, weight in zip(shares, told, strict=True):
        assert abs(share - total * weight / sum(told)) < 1


@given(totals, weights)
def test_a_share_without_weight_gets_nothing(total: int, told: list[int]) -> None:
    shares = shares_out(total, told)

    assert all(share == 0 for share, weight in zip(shares, told, strict=True) if weight == 0)


def test_equal_remainders_are_served_from_the_first() -> None:
    assert shares_out(2, [1, 1, 1, 1]) == [1, 1, 0, 0]


def test_nothing_to_divide_needs_no_weight() -> None:
    assert shares_out(0, [0, 0]) == [0, 0]


def test_rows_without_any_weight_are_refused() -> None:
    with pytest.raises(DefinitionRefused, match="1,200 rows cannot be divided: every weight is 0"):
        shares_out(1200, [0, 0])


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 30)), min_size=1), st.data())
def test_shares_within_limits_sum_and_keep_them(
    told: list[tuple[int, int]], data: st.DataObject
) -> None:
    likelier, most = [one for one, _ in told], [limit for _, limit in told]
    total = data.draw(st.integers(0, sum(most)))

    shares = shares_within(total, likelier, most)

    assert sum(shares) == total
    assert all(share <= limit for share, limit in zip(shares, most, strict=True))


def test_more_rows_than_the_limits_hold_are_refused() -> None:
    with pytest.raises(DefinitionRefused, match="8 rows are to be divided among fewer"):
        shares_within(8, [1, 1, 0], [3, 4, 9])


def splitmix64(seed: str, count: int) -> list[int]:
    """The published algorithm in Python's own whole numbers."""
    state = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "little")
    told = []
    for _ in range(count):
        state = (state + 0x9E3779B97F4A7C15) % 2**64
        mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB % 2**64
        told.append(mixed ^ (mixed >> 31))
    return told


def test_keys_are_those_of_splitmix64() -> None:
    assert keys(0, "example", 100).tolist() == splitmix64("0:example", 100)


def test_streams_differ_by_name_and_by_seed() -> None:
    assert keys(1, "a", 5).tolist() != keys(1, "b", 5).tolist()
    assert keys(1, "a", 5).tolist() != keys(2, "a", 5).tolist()


def test_strays_spread_as_asked() -> None:
    told = np.array(strays(7, "any", 4000, spread=20))

    assert abs(told.mean() - 1000) < 1.5
    assert 19 < told.std() < 21


def test_picks_follow_the_weights() -> None:
    found = np.bincount(picks(keys(3, "pick", 20_000), [500, 300, 0, 200]), minlength=4)

    assert found[2] == 0
    assert np.abs(found / 20 - [500, 300, 0, 200]).max() < 15


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8))
def test_what_is_dealt_comes_out_exactly(counts: list[int]) -> None:
    found = dealt(keys(5, "deal", sum(counts)), counts)

    assert np.bincount(found, minlength=len(counts)).tolist() == counts


@given(st.lists(st.integers(0, 4), min_size=1, max_size=60), st.data())
def test_exactly_so_many_of_each_kind_are_chosen(kinds: list[int], data: st.DataObject) -> None:
    quotas = {kind: data.draw(st.integers(0, kinds.count(kind))) for kind in range(5)}

    taken = chosen(keys(9, "choose", len(kinds)), np.array(kinds), quotas)

    for kind, quota in quotas.items():
        assert int(taken[np.array(kinds) == kind].sum()) == quota


def test_choosing_more_than_there_are_is_refused() -> None:
    with pytest.raises(DefinitionRefused, match="3 rows are to be marked and there are 2"):
        chosen(keys(9, "choose", 2), np.array([1, 1]), {1: 3})
