"""Random numbers that have a name: each is worked out from a seed, a stream and an index.

Nothing is drawn in turn, so it does not matter who asks first, how many ask, or on how many
cores: incident 4,711 of replication 12 meets the same unit time in every scenario. The mixing is
the finaliser of splitmix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number
generators", and Vigna's public-domain constants) over a counter, as in Salmon et al. 2011,
"Parallel random numbers: as easy as 1, 2, 3".

A stream is a number for one use within a replication; seeds and streams are below 2^64.
"""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv, ndtri

from regard.core.errors import DefinitionRefused
from regard.kernels.compiling import compiled

Values: TypeAlias = NDArray[np.float64]
Words: TypeAlias = NDArray[np.uint64]

WORD = 1 << 64
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST, SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
BY_30, BY_27, BY_31, BY_11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
ONE_OF = 2.0**-53


@compiled
def mixed(word: np.uint64) -> np.uint64:
    """A 64-bit word whose every bit depends on every bit of another."""
    word = (word ^ (word >> BY_30)) * FIRST
    word = (word ^ (word >> BY_27)) * SECOND
    return word ^ (word >> BY_31)


@compiled
def uniform(key: np.uint64, index: int) -> float:
    """The number between 0 and 1, neither of them included, at an index of a key."""
    word = mixed(key + GOLDEN * np.uint64(index + 1))
    return (float(word >> BY_11) + 0.5) * ONE_OF


@compiled
def exponential(key: np.uint64, index: int) -> float:
    """The exponential number of mean 1 at an index of a key."""
    return -math.log(uniform(key, index))


def key(seed: int, *streams: int) -> np.uint64:
    """The name under which numbers are found: a seed and the streams within it.

    Args:
        seed: The seed of a whole run.
        streams: Such as the replication and then the use; each makes another key.

    Raises:
        DefinitionRefused: one of them is below 0 or of more than 64 bits.
    """
    held = 0
    for place, one in enumerate((seed, *streams)):
        if not 0 <= one < WORD:
            raise DefinitionRefused(
                f"{'stream' if place else 'seed'} {one} of random numbers cannot be used",
                expected=f"a whole number from 0 to {WORD - 1}",
            )
        held = _mixed_whole(held ^ _mixed_whole((one + int(GOLDEN) * (place + 1)) % WORD))
    return np.uint64(held)


def uniforms(named: np.uint64, count: int, *, first: int = 0) -> Values:
    """The numbers between 0 and 1 at the indices `first` to `first + count - 1` of a key."""
    words = _words(named, first, count)
    return ((words >> BY_11).astype(np.float64) + 0.5) * ONE_OF


def exponentials(named: np.uint64, count: int, *, first: int = 0) -> Values:
    """Exponential numbers of mean 1 at the indices of a key."""
    return -np.log(uniforms(named, count, first=first))


def normals(named: np.uint64, count: int, *, first: int = 0) -> Values:
    """Normal numbers of mean 0 and standard deviation 1 at the indices of a key."""
    return np.asarray(ndtri(uniforms(named, count, first=first)))


def gammas(named: np.uint64, count: int, *, shape: float, first: int = 0) -> Values:
    """Gamma numbers of mean 1 and variance 1/shape at the indices of a key.

    Raises:
        DefinitionRefused: the shape is not above 0.
    """
    if not shape > 0:
        raise DefinitionRefused(f"a gamma of shape {shape}", expected="a shape above 0")
    return np.asarray(gammaincinv(shape, uniforms(named, count, first=first)) / shape)


def _words(named: np.uint64, first: int, count: int) -> Words:
    with np.errstate(over="ignore"):
        words = named + GOLDEN * (np.arange(first, first + count, dtype=np.uint64) + np.uint64(1))
        words = (words ^ (words >> BY_30)) * FIRST
        words = (words ^ (words >> BY_27)) * SECOND
        return np.asarray(words ^ (words >> BY_31))


def _mixed_whole(word: int) -> int:
    word = ((word ^ (word >> 30)) * int(FIRST)) % WORD
    word = ((word ^ (word >> 27)) * int(SECOND)) % WORD
    return word ^ (word >> 31)
