"""What one PSU is made of: configuration with its source, because the sources differ."""

from __future__ import annotations

import math
from dataclasses import dataclass

from regard.core.errors import DefinitionRefused, NotKnown

CARRIER = "carrier"  # the one role that no person fills
MOST_ROLES = 12  # conditions are checked for every set of roles, so for two to this power


@dataclass(frozen=True)
class Need:
    """How many of a role a PSU needs, or a set of PSUs shares.

    Attributes:
        role: Such as `sergeant`, or `carrier`.
        count: How many (1 or more).
        per: For how many PSUs the count stands: 1 for what every PSU has, 3 for the one bronze
            commander of every three PSUs, begun sets counted whole.
    """

    role: str
    count: int
    per: int = 1

    def __post_init__(self) -> None:
        if self.count < 1 or self.per < 1:
            raise DefinitionRefused(
                f"a need of {self.count} {self.role} for {self.per} PSUs",
                expected="a count of 1 or more for 1 PSU or more",
            )

    def of(self, psus: int) -> int:
        """How many of the role so many PSUs need."""
        return self.count * math.ceil(psus / self.per)


@dataclass(frozen=True)
class MakeUp:
    """What a PSU is made of.

    Who must hold a skill within a role is a role of his own: a PSU of 18 constables of whom two
    are medics needs 16 `constable` and 2 `medic`, and a constable with the skill can be either.

    Attributes:
        name: What the make-up is called.
        needs: Every role once, people and carriers.
        source: Who says so.
        stands_as: Pairs of a role and another that its holders may fill as well, such as
            `("sergeant", "constable")`.
    """

    name: str
    needs: tuple[Need, ...]
    source: str
    stands_as: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        roles = [one.role for one in self.needs]
        if not roles or len(set(roles)) < len(roles) or len(roles) > MOST_ROLES:
            raise DefinitionRefused(
                f"make-up {self.name!r} names the roles {', '.join(roles) or 'none'}",
                expected=f"1 to {MOST_ROLES} roles, each once",
            )
        if not self.source:
            raise DefinitionRefused(
                f"make-up {self.name!r} names no source", expected="who says a PSU is made so"
            )
        for pair in self.stands_as:
            for role in pair:
                if role not in roles:
                    raise NotKnown("role", role, roles)

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles in their order."""
        return tuple(one.role for one in self.needs)

    @property
    def people(self) -> int:
        """People in one PSU; those whom several PSUs share are not among them."""
        return sum(one.count for one in self.needs if one.role != CARRIER and one.per == 1)

    def needed(self, psus: int) -> tuple[int, ...]:
        """How many of each role so many PSUs need, in the order of the roles."""
        return tuple(one.of(psus) for one in self.needs)

    def filled_by(self, role: str, skills: tuple[str, ...] = ()) -> int:
        """The roles that people of a role with skills may fill, one bit a role, first role lowest.

        A skill that is no role of this make-up counts for nothing here.
        """
        stood = {other for one, other in self.stands_as if one == role}
        mine = {role, *skills} | stood
        return sum(1 << place for place, one in enumerate(self.roles) if one in mine)


TWENTY_FIVE = MakeUp(
    "25",
    (
        Need("inspector", 1),
        Need("sergeant", 3),
        Need("constable", 18),
        Need("driver", 3),
        Need(CARRIER, 3),
    ),
    "one inspector, three sergeants, eighteen constables and three drivers in three carriers, as "
    "forces describe a PSU (Sussex committed 225 officers to 9 PSUs, 25 each); to be confirmed",
)
TWENTY_SIX = MakeUp(
    "26",
    (
        Need("inspector", 1),
        Need("sergeant", 3),
        Need("constable", 19),
        Need("driver", 3),
        Need(CARRIER, 3),
    ),
    "the arithmetic of a paper of December 2021: 1,326 officers trained to Level 2 are three "
    "times 17 PSUs of 26; it names no roles, and the one beyond 25 is taken as a constable",
)
MAKE_UPS = {one.name: one for one in (TWENTY_FIVE, TWENTY_SIX)}


def make_up(name: str) -> MakeUp:
    """The shipped make-up of a name.

    Raises:
        NotKnown: there is none.
    """
    if name not in MAKE_UPS:
        raise NotKnown("make-up", name, MAKE_UPS)
    return MAKE_UPS[name]
