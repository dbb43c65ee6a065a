"""How many PSUs a number of people can make, where some of them can fill more than one role.

Each person stands in one place. People can fill all places of n PSUs just when, for every set of
roles, at least as many people can fill one of them as they need together (Hall 1935, "On
representatives of subsets"). With few roles every set is checked: exact, in whole numbers, and
for thousands of draws at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from regard.core.errors import DefinitionRefused
from regard.mobilisation.muster.makeups import MakeUp

Counts: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Places:
    """The places of a make-up, and the kinds of people who may fill them.

    Attributes:
        make_up: What a PSU is made of.
        kinds: What each kind may fill, as `MakeUp.filled_by` says it: one column of `counts`.
    """

    make_up: MakeUp
    kinds: tuple[int, ...]

    def __post_init__(self) -> None:
        most = 1 << len(self.make_up.roles)
        for one in self.kinds:
            if not 0 < one < most:
                raise DefinitionRefused(
                    f"people who fill the roles {one:b} of make-up {self.make_up.name!r}",
                    expected=f"one bit or more of {len(self.make_up.roles)} roles",
                )

    @cached_property
    def sets(self) -> tuple[int, ...]:
        """Every set of roles but the empty one, one bit a role."""
        return tuple(range(1, 1 << len(self.make_up.roles)))

    @cached_property
    def reach(self) -> NDArray[np.float64]:
        """Which kinds can fill a role of which set, 0 or 1, shape (kinds, sets)."""
        kinds = np.array(self.kinds, dtype=np.int64)[:, None]
        return (kinds & np.array(self.sets)[None, :] != 0).astype(np.float64)

    def able(self, counts: Counts) -> Counts:
        """How many people can fill one role of each set.

        Args:
            counts: People of each kind, shape (..., kinds).

        Returns:
            People, shape (..., sets).
        """
        return np.rint(counts.astype(np.float64) @ self.reach).astype(np.int64)

    def needed(self, most: int) -> Counts:
        """How many people each set of roles needs for 0 to `most` PSUs, shape (sets, most + 1)."""
        by_role = np.array([self.make_up.needed(n) for n in range(most + 1)], dtype=np.int64)
        bits = np.arange(len(self.make_up.roles))
        members = (np.array(self.sets)[:, None] >> bits) & 1
        return np.asarray(members @ by_role.T)

    def psus(self, counts: Counts) -> Counts:
        """The most PSUs that people can make.

        Args:
            counts: People of each kind, shape (..., kinds).

        Returns:
            PSUs, shape (...).
        """
        return self.psus_of(self.able(counts))

    def psus_of(self, able: Counts) -> Counts:
        """The most PSUs for numbers of people as `able` gives them, shape (..., sets)."""
        most = int(able.max(initial=0)) + 1
        least = np.full(able.shape[:-1], most, dtype=np.int64)
        for place, steps in enumerate(self.needed(most)):
            np.minimum(least, np.searchsorted(steps, able[..., place], side="right") - 1, out=least)
        return least

    def binding(self, able: Counts, psus: Counts) -> Flags:
        """Which roles stand in the way of one PSU more.

        A role binds where it belongs to a smallest set of roles that too few people can fill:
        by itself, or together with the roles that the same people would have to fill. Several
        can bind at once.

        Args:
            able: People by set of roles, shape (draws, sets).
            psus: PSUs that they make, shape (draws,).

        Returns:
            Shape (draws, roles).
        """
        steps = self.needed(int(psus.max(initial=0)) + 1)
        wanting: dict[int, Flags] = {0: np.zeros(len(psus), dtype=np.bool_)}
        binds = np.zeros((len(psus), len(self.make_up.roles)), dtype=np.bool_)
        for place, one in enumerate(self.sets):
            members = [bit for bit in range(len(self.make_up.roles)) if one >> bit & 1]
            within = np.logical_or.reduce([wanting[one ^ (1 << bit)] for bit in members])
            short = able[:, place] < steps[place][psus + 1]
            smallest = short & ~within
            binds[:, members] |= smallest[:, None]
            wanting[one] = short | within
        return binds

    def one_more(self, able: Counts, role: str, people: int = 1) -> Counts:
        """The most PSUs with so many people more who can fill one role alone, shape (...)."""
        bit = self.make_up.roles.index(role)
        more = (np.array(self.sets) >> bit & 1) * people
        return self.psus_of(able + more)

    def assignment(self, counts: Counts, psus: int) -> Counts:
        """Who stands where in so many PSUs, as a flow of people to places.

        Args:
            counts: People of each kind, shape (kinds,).
            psus: PSUs to be filled.

        Returns:
            People of each kind in each role, shape (kinds, roles).

        Raises:
            DefinitionRefused: these people cannot fill so many.
        """
        kinds, roles = len(self.kinds), len(self.make_up.roles)
        needed = self.make_up.needed(psus)
        capacity = np.zeros((kinds + roles + 2, kinds + roles + 2), dtype=np.int32)
        capacity[0, 1 : kinds + 1] = counts
        for place, kind in enumerate(self.kinds):
            for bit in range(roles):
                if kind >> bit & 1:
                    capacity[1 + place, 1 + kinds + bit] = counts[place]
        capacity[1 + kinds : -1, -1] = needed
        found = maximum_flow(csr_array(capacity), 0, kinds + roles + 1)
        if found.flow_value < sum(needed):
            raise DefinitionRefused(
                f"{psus} PSUs need {sum(needed)} places filled and {found.flow_value} can be",
                expected=f"at most {int(self.psus(counts))} PSUs of these people",
            )
        flow = found.flow.toarray()[1 : kinds + 1, 1 + kinds : -1]
        return np.asarray(flow, dtype=np.int64)
