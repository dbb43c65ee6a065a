"""The projections thrown away and made anew from the journal, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from regard.register.filling import eased, empty, fill
from regard.register.projecting import Digest, projected
from regard.register.register import Register
from regard.register.rows import EDGE, VERSION
from regard.register.streaming import STRETCH, Progress, silent, stored_head, stretches

DOING = "rebuilding the projections"


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuilding made.

    Attributes:
        versions: Rows by which entries are found.
        edges: Rows by which subjects name one another.
        before: The digest of all rows as they were.
        after: The digest of all rows as they are.
    """

    versions: int
    edges: int
    before: str
    after: str

    @property
    def identical(self) -> bool:
        """Whether the rows are as they were before."""
        return self.before == self.after

    def said(self) -> tuple[str, ...]:
        """The report, a sentence a line."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[str]:
        yield (
            f"Made anew from the journal: {self.versions:,} rows by which entries are found, "
            f"{self.edges:,} by which subjects name one another."
        )
        if self.identical:
            yield f"They are identical to the rows before (SHA-256 {self.after[:12]}…)."
        else:
            yield "The rows before were others; the journal itself was not touched."


def rebuild(register: Register, *, progress: Progress = silent) -> Rebuilt:
    """Make the projections from zero; nobody writes meanwhile, and at an error nothing changes.

    Raises:
        RegisterBusy: another writer held the register for too long.
        RegisterDamaged: the journal has no head, or the database did not take the rows.
        DefinitionRefused: the words of an entry break the rules of its kind.
    """
    vendor = register.connection.vendor
    with register.upkeep(), register.connection.cursor() as cursor:
        if vendor == "postgresql":
            cursor.execute("SELECT size FROM head FOR UPDATE")
        size, _, _ = stored_head(cursor)
        before = digest_of(cursor, vendor)
        empty(cursor, vendor, VERSION, EDGE)
        after, versions, edges = Digest(), 0, 0
        with eased(cursor, vendor, VERSION, EDGE):
            for rows in stretches(cursor, vendor):
                made = projected(cursor, rows)
                fill(cursor, vendor, VERSION, made.versions)
                fill(cursor, vendor, EDGE, made.edges)
                after.take(made)
                versions, edges = versions + len(made.versions), edges + len(made.edges)
                progress(DOING, 0, versions, size)
    return Rebuilt(versions, edges, before, str(after))


def digest_of(cursor: Any, vendor: str) -> str:
    """The digest of every row of both projections, as the tables hold them."""
    digest = Digest()
    cursor.execute(
        "SELECT MIN(seq), MAX(seq) FROM (SELECT seq FROM version UNION ALL SELECT seq FROM edge) s"
    )
    lowest, highest = cursor.fetchone()
    if lowest is not None:
        for first in range(lowest, highest + 1, STRETCH):
            digest.take_stored(cursor, vendor, first, first + STRETCH - 1)
    return str(digest)
