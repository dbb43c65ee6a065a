"""How far a rate may be from what is assumed of it, and the distribution it is then drawn from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, ndtri

from regard.core.errors import DefinitionRefused, NotKnown

Values: TypeAlias = NDArray[np.float64]

NEARLY_NORMAL = 1e6
"""Events and others together from which a Beta distribution is drawn as the normal one it comes to.

Its skewness is then below 0.03 for a rate of a half per cent, and its inverse would take minutes.
"""

LEAVING, INTAKE, PASSING = "leaving", "intake", "passing"


@dataclass(frozen=True)
class Doubt:
    """How far a rate may be from what is assumed: drawn once for each path.

    Attributes:
        what: `leaving`, `passing` (both Beta) or `intake` (gamma).
        spread: Standard deviation over mean of the rate (ratio, above 0).
        stage: The stage it is about; none for the intake.
        to: For `passing`, where those go who pass.
        instead: For `passing`, where the others go.
    """

    what: str
    spread: float
    stage: str = ""
    to: str = ""
    instead: str = ""

    def __post_init__(self) -> None:
        if self.what not in (LEAVING, INTAKE, PASSING):
            raise NotKnown("rate to doubt", self.what, (LEAVING, INTAKE, PASSING))
        if not self.spread > 0:
            raise DefinitionRefused(
                f"a doubt about {self.what} of spread {self.spread}", expected="a spread above 0"
            )


def spread_of(events: float, person_months: float) -> float:
    """The spread of a monthly rate that was counted: standard deviation over mean (ratio).

    That of the Beta distribution with so many events and the rest of the person-months without.

    Args:
        events: Leavers, or passes, that were counted (count, above 0).
        person_months: Months that people were at risk in all, or attempts (count).

    Raises:
        DefinitionRefused: there were no events, or not more person-months than events.
    """
    if not 0 < events < person_months:
        raise DefinitionRefused(
            f"{events} events in {person_months} person-months",
            expected="at least one event, and more person-months",
        )
    mean = events / person_months
    return math.sqrt((1 - mean) / (mean * (person_months + 1)))


def beta_drawn(mean: float, spread: float, at: Values) -> Values:
    """Shares (0 to 1) of a Beta distribution at numbers between 0 and 1.

    Args:
        mean: Its mean (0 to 1); at either end there is nothing to draw.
        spread: Its standard deviation over its mean (ratio).
        at: Where each is wanted, any shape.

    Raises:
        DefinitionRefused: no Beta distribution is so wide.
    """
    if mean in (0.0, 1.0):
        return np.full_like(at, mean)
    size = (1 - mean) / (mean * spread**2) - 1
    if size <= 0:
        raise DefinitionRefused(
            f"a share of {mean:.4g} with a spread of {spread:.4g} times itself",
            expected=f"a spread below {math.sqrt((1 - mean) / mean):.4g}",
        )
    if size > NEARLY_NORMAL:
        return np.clip(mean * (1 + spread * ndtri(at)), 0.0, 1.0)
    return np.asarray(betaincinv(mean * size, (1 - mean) * size, at))
