"""What a reader may see, as a condition that the database itself applies.

It is worked out of `access.may_read`, asked once for each kind, marking and body there is: one
rule, and no row of what may not be seen ever leaves the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from regard.core.markings import OFFICIAL
from regard.register.access import Standing, may_read
from regard.register.kinds.reading import KINDS
from regard.register.kinds.speech import Document
from regard.register.rows import marking_of

ELSEWHERE = "another body"
"""Stands for any body that is not the reader's, which is all that is asked about it."""


@dataclass(frozen=True)
class Sight:
    """The rows of `entry` that a reader may see.

    Attributes:
        clause: A condition on the columns of one alias of the table.
        values: What fills its places.
        whole: Whether it is everything.
    """

    clause: Callable[[str], str]
    values: tuple[Any, ...] = ()
    whole: bool = False

    def of(self, alias: str) -> str:
        """The condition on an alias of the table."""
        return self.clause(alias)

    def whole_of(self, alias: str) -> tuple[str, list[Any]]:
        """The condition on an alias of the table, with all that a row must not give away.

        A version is hidden once a later one of its subject is held more closely than the reader
        may see, whenever that was: raising a marking would else leave the same words readable.
        A link is hidden where either end is.
        """
        if self.whole:
            return "1 = 1", []
        seen = (
            f"{self.of(alias)} AND (SELECT COUNT(*) FROM entry h WHERE h.subject = {alias}.subject "  # noqa: S608 - clauses of this module
            f"AND h.version > {alias}.version AND NOT ({self.of('h')})) = 0 "
            f"AND {self._both_ends(alias)}"
        )
        return seen, [*self.values, *self.values, *self.values]

    def count(self) -> tuple[str, list[Any]]:
        """How many entries up to a number are seen: what asks for all of them at once.

        The same as `whole_of`, by one pass over what is held more closely and one over the rest,
        instead of a question an entry. A subject never passes from one body to another, so that
        only a marking can hide its earlier versions.
        """
        if self.whole:
            return "SELECT COUNT(*) FROM entry e WHERE e.seq <= %s", []
        asked = (
            "SELECT COUNT(*) FROM entry e LEFT JOIN (SELECT h.subject, MAX(h.version) AS version "  # noqa: S608 - clauses of this module
            f"FROM entry h WHERE h.marking > 'OFFICIAL' AND h.version > 1 AND NOT ({self.of('h')}) "
            f"GROUP BY h.subject) r ON r.subject = e.subject WHERE {self.of('e')} "
            f"AND (r.version IS NULL OR e.version > r.version) AND {self._both_ends('e')} "
            "AND e.seq <= %s"
        )
        return asked, [*self.values, *self.values, *self.values]

    def _both_ends(self, alias: str) -> str:
        return (
            f"({alias}.kind <> 'link' OR (SELECT COUNT(*) FROM edge g JOIN entry h "  # noqa: S608 - clauses of this module
            f"ON h.subject IN (g.source, g.target) WHERE g.seq = {alias}.seq "
            f"AND NOT ({self.of('h')}) AND NOT EXISTS (SELECT 1 FROM entry l "
            "WHERE l.subject = h.subject AND l.version > h.version)) = 0)"
        )


EVERYTHING_SEEN = Sight(lambda _: "1 = 1", whole=True)

PUBLISHED_SEEN = Sight(
    lambda alias: f"({alias}.kind = %s AND {alias}.marking = %s)", (Document.kind, str(OFFICIAL))
)
"""What the public may see by its columns; that it was published is said by its words."""


def sight_of(standing: Standing, markings: Iterable[str]) -> Sight:
    """What a speaker may see.

    Args:
        standing: Who it is at this moment.
        markings: Every marking that there is in the journal.
    """
    held = {str(OFFICIAL), *markings}
    tables = {
        force: {
            marking: tuple(
                kind
                for kind in sorted(KINDS)
                if may_read(standing, kind, marking=marking_of(marking), force=force)
            )
            for marking in sorted(held)
        }
        for force in ("", standing.force, ELSEWHERE)
    }
    every = tuple(sorted(KINDS))
    if all(kinds == every for table in tables.values() for kinds in table.values()):
        return EVERYTHING_SEEN
    parts: list[str] = []
    values: list[Any] = []
    for force, table in tables.items():
        by_kinds: dict[tuple[str, ...], list[str]] = {}
        for marking, kinds in table.items():
            by_kinds.setdefault(kinds, []).append(marking)
        for kinds, marked in by_kinds.items():
            if kinds:
                clause, filled = _part(force, standing.force, kinds, marked)
                parts.append(clause)
                values += filled
    words = " OR ".join(parts) or "1 = 0"
    return Sight(lambda alias: f"({words.replace('@', alias)})", tuple(values))


def _part(force: str, own: str, kinds: tuple[str, ...], marked: list[str]) -> tuple[str, list[str]]:
    whose, filled = ("@.force = %s", [force])
    if force == ELSEWHERE:
        whose, filled = "@.force NOT IN (%s, %s)", ["", own]
    which = f" AND @.marking IN ({', '.join(['%s'] * len(marked))})"
    filled = [*filled, *marked]
    if len(kinds) < len(KINDS):
        which += f" AND @.kind IN ({', '.join(['%s'] * len(kinds))})"
        filled += kinds
    return f"({whose}{which})", filled
