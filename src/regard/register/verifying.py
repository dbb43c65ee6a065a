"""Whether the whole register is as it was written, and which entry is the first that is not.

A chain proves that nothing within it was changed by somebody who did not also write anew all that
follows. Against those who did, only a head helps that they cannot reach: printed on an issued
paper, or signed and kept by a witness. The report says which of the two was proved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from regard.core.errors import RegardError, RegisterDamaged
from regard.register.checking import Bad, Chain, Part
from regard.register.kinds.reading import value_of
from regard.register.kinds.speech import IN_EFFECT, Act, Decision
from regard.register.outside import Claim, printed, witnessed
from regard.register.projecting import Projected, projected, stored
from regard.register.register import Register
from regard.register.streaming import (
    Progress,
    Row,
    Unreadable,
    silent,
    snapshot,
    stored_head,
    stretches,
)
from regard.register.tree import Head, Peaks

DOING = "verifying the register"


_AGAIN = "read the head and the key that were given once more; if they are right, "
_RESTORE = (
    "keep this database as it is, and restore the last backup that verifies into an empty folder"
)


@dataclass(frozen=True)
class Verified:
    """What a verification found.

    Attributes:
        head: The head of the entries that were found whole.
        bad: The first bad entry, if there is one.
        erased: How many entries were lawfully erased.
        claims: The heads kept outside, with what became of them.
        projections: Whether the projections were compared.
        signed: Whether the signatures of a witness file were checked with a key.
    """

    head: Head
    bad: Bad | None = None
    erased: int = 0
    claims: tuple[Claim, ...] = ()
    projections: bool = False
    signed: bool = False

    @property
    def whole(self) -> bool:
        """Whether nothing bad was found."""
        return self.bad is None and all(one.holds for one in self.claims)

    def must_be_whole(self) -> None:
        """Refuse a register that is not.

        Raises:
            RegisterDamaged: it names the first bad entry, or the head that does not hold.
        """
        if self.whole:
            return
        wrong = str(self.bad or next(str(one) for one in self.claims if not one.holds))
        raise RegisterDamaged(
            wrong,
            expected="a journal that is as it was written",
            next_step=_AGAIN + _RESTORE if self._by_a_head_alone else _RESTORE,
        )

    @property
    def _by_a_head_alone(self) -> bool:
        """Whether only a head or key that was given speaks against it, which may be mistyped."""
        return self.bad is None or self.bad.part is Part.OUTSIDE

    def said(self) -> tuple[str, ...]:
        """The report, a sentence a line."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[str]:
        if self.bad is not None:
            yield f"The first bad entry is {self.bad}."
            yield f"Entries before it that are whole: {self.head.size:,}."
        else:
            yield (
                f"{_counted(self.head.size)} verified: words, headers, links, numbers, versions "
                f"and times are as they were written. The head is {self.head}."
            )
        if self.erased:
            yield f"Lawfully erased, with their proof kept: {self.erased:,}."
        if self.projections and self.bad is None:
            yield "The projections are what the journal gives."
        for one in self.claims:
            yield f"{str(one)[:1].upper()}{str(one)[1:]}."
        yield from self._limits()

    def _limits(self) -> Iterator[str]:
        held = max((one.size for one in self.claims if one.holds), default=0)
        if held:
            yield f"Proved by heads kept outside: the first {_counted(held)} are those of then."
        if self.bad is None and held < self.head.size:
            yield (
                f"Not proved: that entries {held + 1:,} to {self.head.size:,} were not written "
                "anew as a whole by somebody who holds the database, for no head kept outside "
                "covers them. Compare the head with one on an issued paper (--head) or with a "
                "witness file (--witness)."
            )
        if any(one.where.startswith("line") for one in self.claims) and not self.signed:
            yield "The signatures of the witness file were not checked: give the key (--key)."


def verify(
    register: Register,
    *,
    projections: bool = False,
    heads: Iterable[str] = (),
    witness: Path | None = None,
    key: str = "",
    progress: Progress = silent,
) -> Verified:
    """Read the whole journal and work out anew everything that can be.

    Args:
        register: The register.
        projections: Whether to compare the projections too.
        heads: Heads as they were printed: `131 · 3f9a1c2b77de`.
        witness: A witness file.
        key: The public key with which its heads were signed, in 64 hexadecimal letters.
        progress: Told how far it is.

    Raises:
        DefinitionRefused: a printed head is none.
        FileUnreadable, FileRefused: the witness file cannot be read.
    """
    claims = [*map(printed, heads), *(witnessed(witness, key) if witness else ())]
    with snapshot(register.connection) as cursor:
        found = _verified(cursor, register.connection.vendor, claims, projections, progress)
    return replace(found, signed=bool(key))


def _verified(
    cursor: Any, vendor: str, claims: list[Claim], projections: bool, progress: Progress
) -> Verified:
    cursor.execute("SELECT MAX(seq), MIN(seq) FROM entry")
    highest, lowest = cursor.fetchone()
    chain = Chain(_Erasures(cursor).unlawful, highest or 0)
    stations = _Stations({one.size for one in claims})
    bad: Bad | None = None
    if lowest is not None and lowest < 1:
        bad = Bad(lowest, "", Part.PLACE, "no entry has such a number")
    try:
        head = stored_head(cursor)
        stations.sizes.add(head[0])
        bad = bad or _streamed(cursor, vendor, chain, stations, projections, progress, highest or 0)
        bad = bad or _ended(cursor, chain, stations, head)
        bad = bad or (_strange_projection(cursor, chain.size) if projections else None)
    except Unreadable as reason:
        bad = Bad(max(reason.first, chain.size + 1), "", Part.UNREADABLE, reason.reason)
    except RegisterDamaged as damage:
        bad = Bad(chain.size, chain.subject, Part.HEAD, damage.wrong)
    compared = tuple(replace(one, found=stations.heads.get(one.size)) for one in claims)
    bad = _first(bad, compared, chain.size)
    return Verified(chain.head(), bad, len(chain.erased), compared, projections)


class _Stations:
    """The heads of the journal at the sizes that somebody asks for, taken on the way."""

    def __init__(self, sizes: set[int]) -> None:
        self.sizes = sizes
        self.heads: dict[int, Head] = {0: Peaks().head()} if 0 in sizes else {}
        self.edges: dict[int, tuple[str, ...]] = {0: ()}

    def take(self, chain: Chain, rows: list[Row]) -> Bad | None:
        """Check the next entries, with a halt at each size that is asked for."""
        start = 0
        for size in sorted(one for one in self.sizes if chain.size < one):
            halt = start + size - chain.size
            if halt > len(rows):
                break
            if bad := chain.take(rows[start:halt]):
                return bad
            start = halt
            self.heads[size], self.edges[size] = chain.head(), chain.peaks.stored()
        return chain.take(rows[start:])


def _streamed(
    cursor: Any,
    vendor: str,
    chain: Chain,
    stations: _Stations,
    projections: bool,
    progress: Progress,
    highest: int,
) -> Bad | None:
    for rows in stretches(cursor, vendor):
        if bad := stations.take(chain, rows):
            return chain.laid_at_its_cause(bad, _named_after(cursor, bad.seq))
        if projections and (bad := _unprojected(cursor, rows)):
            return bad
        progress(DOING, 0, chain.size, highest)
    return None


def _named_after(cursor: Any, seq: int) -> str:
    cursor.execute("SELECT previous FROM entry WHERE seq = %s", [seq + 1])
    found = cursor.fetchone()
    if found is None:
        cursor.execute("SELECT last FROM head WHERE size = %s", [seq])
        found = cursor.fetchone()
    return found[0] if found else ""


def _unprojected(cursor: Any, rows: list[Row]) -> Bad | None:
    try:
        expected = projected(cursor, rows)
    except RegardError:
        return next(_no_value(rows), None)
    held = stored(cursor, rows[0][0], rows[-1][0])
    if held == expected:
        return None
    for row in rows:
        if _of(expected, row[0]) != _of(held, row[0]):
            told = "the tables hold something else than the journal gives"
            return Bad(row[0], row[2], Part.PROJECTION, told)
    return None


def _strange_projection(cursor: Any, size: int) -> Bad | None:
    for table in ("version", "edge"):
        cursor.execute(
            f"SELECT MIN(seq) FROM {table} WHERE seq < 1 OR seq > %s",  # noqa: S608
            [size],
        )
        (seq,) = cursor.fetchone()
        if seq is not None:
            return Bad(seq, "", Part.PROJECTION, "there is no such entry")
    return None


def _of(some: Projected, seq: int) -> Projected:
    return Projected(
        [one for one in some.versions if one[0] == seq],
        [one for one in some.edges if one[1] == seq],
    )


def _no_value(rows: list[Row]) -> Iterator[Bad]:
    for row in rows:
        try:
            if row[14] is not None:
                value_of(row[1], row[14])
        except RegardError as refusal:
            yield Bad(row[0], row[2], Part.WORDS, refusal.wrong)


def _ended(
    cursor: Any, chain: Chain, stations: _Stations, head: tuple[int, str, Peaks]
) -> Bad | None:
    """Whether the journal ends where its head says, and has no words but its own."""
    size, last, peaks = head
    here = Bad(chain.size, chain.subject, Part.HEAD, "")
    same_last, same_edge = last == chain.last, peaks.stored() == chain.peaks.stored()
    if size > chain.size and not same_last:
        told = f"the head counts {size:,} entries"
        return Bad(chain.size + 1, "", Part.MISSING, told)
    if size < chain.size and peaks.stored() == stations.edges.get(size):
        told = f"it stands beyond the head, which counts {_counted(size)}"
        return Bad(size + 1, "", Part.PLACE, told)
    if size != chain.size:
        return replace(here, told=f"it counts {_counted(size)}, and there are {chain.size:,}")
    if not same_last and not same_edge:
        told = f"the head names another hash for it, {last[:12]}…"
        return replace(here, part=Part.REPLACED, told=told)
    if not same_last:
        return replace(here, told=f"it names {last[:12]}… as the last hash, not {chain.last[:12]}…")
    if not same_edge:
        return replace(here, told="its tree is not the one over the entries")
    return _left_over(cursor, chain)


def _left_over(cursor: Any, chain: Chain) -> Bad | None:
    for table, expected in (
        ("body", chain.size - len(chain.erased)),
        ("erasure", len(chain.erased)),
    ):
        cursor.execute(f"SELECT COUNT(*) FROM {table}")  # noqa: S608
        if cursor.fetchone()[0] != expected:
            cursor.execute(
                f"SELECT MIN(seq) FROM {table} WHERE seq NOT IN (SELECT seq FROM entry)"  # noqa: S608
            )
            return Bad(
                cursor.fetchone()[0] or chain.size,
                "",
                Part.WORDS if table == "body" else Part.ERASURE,
                f"the table {table} holds a row that belongs to no entry",
            )
    return None


def _first(bad: Bad | None, claims: tuple[Claim, ...], size: int) -> Bad | None:
    """The first bad entry, if heads kept outside show an earlier one than the chain did."""
    broken = [one.size for one in claims if one.found and not one.holds and not one.doubt]
    short = [one for one in claims if not one.found and not one.doubt and one.size > size]
    if broken:
        first = min(broken)
        held = max((one.size for one in claims if one.holds and one.size < first), default=0)
        if bad is None or held + 1 <= bad.seq:
            told = (
                f"the journal was written anew from an entry between {held + 1:,} and {first:,} "
                "on; its hashes agree with one another, and not with what was kept"
            )
            return Bad(held + 1, "", Part.OUTSIDE, told)
    if bad is None and short:
        wanted = min(one.size for one in short)
        told = f"a head counts {_counted(wanted)}, and the journal ends before"
        return Bad(size + 1, "", Part.OUTSIDE, told)
    return bad


class _Erasures:
    """Which entries each decision to erase names."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self._named: dict[int, frozenset[int]] = {}

    def unlawful(self, seq: int, decision: int) -> str:
        """Why the words of an entry were not lawfully erased; empty if they were."""
        if decision not in self._named:
            self._named[decision] = self._read(decision)
        if decision <= seq or seq not in self._named[decision]:
            return f"its words are gone, and entry {decision:,} is no decision to erase it"
        return ""

    def _read(self, decision: int) -> frozenset[int]:
        self._cursor.execute(
            "SELECT b.words FROM entry e JOIN body b ON b.seq = e.seq "
            "WHERE e.seq = %s AND e.kind = 'decision'",
            [decision],
        )
        found = self._cursor.fetchone()
        with suppress(RegardError):
            held = value_of("decision", found[0]) if found else None
            if isinstance(held, Decision) and held.act is Act.ERASE and held.stage in IN_EFFECT:
                return frozenset(held.erased)
        return frozenset()


def _counted(size: int) -> str:
    return f"{size:,} entr{'y' if size == 1 else 'ies'}"
