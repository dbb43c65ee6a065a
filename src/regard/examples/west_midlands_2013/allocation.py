"""Whole numbers shared out exactly, and chance that is the same on every machine.

Only whole-number arithmetic is used: NumPy does not promise the same stream of random
numbers from one release to the next, and decimals round differently between machines.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from regard.core.errors import DefinitionRefused

IntArray = NDArray[np.int64]
Keys = NDArray[np.uint64]

# SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
# OOPSLA 2014; the constants are those of its reference implementation.
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX = (
    (np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)),
    (np.uint64(27), np.uint64(0x94D049BB133111EB)),
)
_LAST = np.uint64(31)
_CHUNK = np.uint64(16)  # bits of one uniform draw in a sum of twelve
_DRAWS = 12  # uniform draws whose sum is near enough to normal


def shares_out(total: int, weights: Sequence[int]) -> list[int]:
    """A whole number of rows divided in proportion to weights, by the largest remainder.

    Args:
        total: Rows to be divided (count, >= 0).
        weights: One whole number >= 0 for each share; not all nought unless total is.

    Returns:
        Rows of each share; they sum to `total` exactly. Of two equal remainders the
        earlier share is served first.

    Raises:
        DefinitionRefused: nothing to divide by.
    """
    whole = sum(weights)
    if total and not whole:
        raise DefinitionRefused(
            f"{total:,} rows cannot be divided: every weight is 0", expected="a weight above 0"
        )
    if not total:
        return [0] * len(weights)
    parts = [divmod(total * weight, whole) for weight in weights]
    counts = [count for count, _ in parts]
    left = total - sum(counts)
    for index in sorted(range(len(parts)), key=lambda one: (-parts[one][1], one))[:left]:
        counts[index] += 1
    return counts


def shares_within(total: int, weights: Sequence[int], most: Sequence[int]) -> list[int]:
    """As `shares_out`, but no share above its limit; what is over goes to the others.

    Args:
        total: Rows to be divided (count, >= 0).
        weights: One whole number >= 0 for each share.
        most: The largest each share may be, in rows.

    Raises:
        DefinitionRefused: the limits together hold fewer rows than `total`.
    """
    if total > sum(limit for limit, weight in zip(most, weights, strict=True) if weight):
        raise DefinitionRefused(
            f"{total:,} rows are to be divided among fewer that may be chosen",
            expected="no more rows than there are",
        )
    full: set[int] = set()
    while True:
        left = total - sum(most[index] for index in full)
        open_to = [0 if index in full else weight for index, weight in enumerate(weights)]
        counts = shares_out(left, open_to)
        over = {index for index, count in enumerate(counts) if count > most[index]}
        if not over:
            return [most[i] if i in full else count for i, count in enumerate(counts)]
        full |= over


def keys(seed: int, stream: str, count: int) -> Keys:
    """So many 64-bit random numbers of a named stream, the same for the same seed everywhere."""
    digest = hashlib.sha256(f"{seed}:{stream}".encode()).digest()
    start = np.frombuffer(digest[:8], dtype="<u8").astype(np.uint64)
    state = start + np.arange(1, count + 1, dtype=np.uint64) * _GOLDEN
    for shift, factor in _MIX:
        state = (state ^ (state >> shift)) * factor
    return state ^ (state >> _LAST)


def strays(seed: int, stream: str, count: int, *, spread: int) -> list[int]:
    """How far each of so many months strays from 1,000, in thousandths, near normally.

    Args:
        seed: Seed of the whole example.
        stream: Name of the series.
        count: Number of months.
        spread: Standard deviation in thousandths.
    """
    drawn = keys(seed, f"stray:{stream}", count * 3).reshape(count, 3)
    pieces = [(drawn >> (_CHUNK * np.uint64(step))) & np.uint64(0xFFFF) for step in range(4)]
    sums = np.concatenate(pieces, axis=1).astype(np.int64).sum(axis=1)
    centred = sums - _DRAWS * 0x10000 // 2
    return [1000 + int(one) * spread // 0x10000 for one in centred]


def picks(drawn: Keys, weights: Sequence[int]) -> IntArray:
    """For each random number the index of a share, in proportion to whole-number weights."""
    edges = np.cumsum(np.asarray(weights, dtype=np.int64))
    spot = (drawn % np.uint64(edges[-1])).astype(np.int64)
    return np.searchsorted(edges, spot, side="right").astype(np.int64)


def dealt(drawn: Keys, counts: Sequence[int]) -> IntArray:
    """Shares of an exact size in random order: share 0 so many times, share 1 so many...

    Args:
        drawn: One random number a row; shape (rows,).
        counts: Rows of each share; they sum to the number of rows.
    """
    found = np.empty(len(drawn), dtype=np.int64)
    found[np.argsort(drawn, kind="stable")] = np.repeat(np.arange(len(counts)), counts)
    return found


def chosen(drawn: Keys, kinds: IntArray, quotas: Mapping[int, int]) -> NDArray[np.bool_]:
    """Exactly so many rows of each kind, chosen at random.

    Args:
        drawn: One random number a row; shape (rows,).
        kinds: The kind of each row; shape (rows,).
        quotas: Rows to be chosen of each kind.

    Raises:
        DefinitionRefused: more rows of a kind are to be chosen than there are.
    """
    order = np.lexsort((drawn, kinds))
    ranked = kinds[order]
    taken = np.zeros(len(drawn), dtype=bool)
    edges = [*np.flatnonzero(np.diff(ranked, prepend=-1)), len(ranked)]
    for start, end in pairwise(edges):
        quota = quotas.get(int(ranked[start]), 0)
        if quota > end - start:
            raise DefinitionRefused(
                f"{quota:,} rows are to be marked and there are {end - start:,}",
                expected="no more rows marked than there are",
            )
        taken[order[start : start + quota]] = True
    return taken
