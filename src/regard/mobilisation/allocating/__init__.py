"""A demand for PSUs shared between forces at the least cost to those that send."""

from regard.mobilisation.allocating.comparing import (
    Flip,
    Price,
    Ranges,
    price_of_fairness,
    with_ranges,
)
from regard.mobilisation.allocating.leximax import leximax
from regard.mobilisation.allocating.once import BY_INCREMENT, BY_LEVEL, SharedOnce, share_once
from regard.mobilisation.allocating.problem import Demand, Force, Problem, Rules
from regard.mobilisation.allocating.sharing import NOT_MODELLED, Allocation, allocate
from regard.mobilisation.allocating.solving import SOLVER
from regard.mobilisation.allocating.stages import CAPPED, CHEAP, FAIR, LEXIMAX, Reached
from regard.mobilisation.allocating.tours import Tour
from regard.mobilisation.allocating.wording import allocation_said, price_said, ranges_said

__all__ = [
    "BY_INCREMENT",
    "BY_LEVEL",
    "CAPPED",
    "CHEAP",
    "FAIR",
    "LEXIMAX",
    "NOT_MODELLED",
    "SOLVER",
    "Allocation",
    "Demand",
    "Flip",
    "Force",
    "Price",
    "Problem",
    "Ranges",
    "Reached",
    "Rules",
    "SharedOnce",
    "Tour",
    "allocate",
    "allocation_said",
    "leximax",
    "price_of_fairness",
    "price_said",
    "ranges_said",
    "share_once",
    "with_ranges",
]
