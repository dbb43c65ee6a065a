"""Protective markings as the Government Security Classifications (August 2024) give them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from regard.core.errors import DefinitionRefused


class Tier(IntEnum):
    """How closely words are held. SENSITIVE is an extra marking of OFFICIAL, ordered above it."""

    OFFICIAL = 1
    OFFICIAL_SENSITIVE = 2


_WORDS = {Tier.OFFICIAL: "OFFICIAL", Tier.OFFICIAL_SENSITIVE: "OFFICIAL-SENSITIVE"}


@dataclass(frozen=True)
class Marking:
    """A tier and the groups that need to know; joined, the higher tier and every group.

    `need_to_know` names groups all of which a reader must belong to; it goes only with
    OFFICIAL-SENSITIVE.

    Example:
        >>> print(Marking() | Marking.parse("OFFICIAL-SENSITIVE"))
        OFFICIAL-SENSITIVE
    """

    tier: Tier = Tier.OFFICIAL
    need_to_know: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.need_to_know and self.tier is Tier.OFFICIAL:
            raise DefinitionRefused(
                f"OFFICIAL cannot be limited to {sorted(self.need_to_know)}",
                expected="need-to-know groups on OFFICIAL-SENSITIVE only",
            )

    @classmethod
    def parse(cls, text: str) -> Marking:
        """Read `OFFICIAL` or `OFFICIAL-SENSITIVE: group, group`.

        Raises:
            DefinitionRefused: the tier is neither of the two.
        """
        words, _, groups = text.partition(":")
        tiers = {word: tier for tier, word in _WORDS.items()}
        if words.strip().upper() not in tiers:
            raise DefinitionRefused(
                f"{text!r} is not a marking Regard holds", expected=" or ".join(tiers)
            )
        named = frozenset(group.strip() for group in groups.split(",") if group.strip())
        return cls(tiers[words.strip().upper()], named)

    def __or__(self, other: Marking) -> Marking:
        return Marking(max(self.tier, other.tier), self.need_to_know | other.need_to_know)

    def covers(self, other: Marking) -> bool:
        """Whether something marked so may hold words marked as `other`."""
        return self | other == self

    def __str__(self) -> str:
        groups = f": {', '.join(sorted(self.need_to_know))}" if self.need_to_know else ""
        return _WORDS[self.tier] + groups


OFFICIAL = Marking()
