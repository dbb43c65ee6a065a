"""Lawful erasure: the words of entries removed by a decision, and the proof of them kept.

What stays for ever is an entry's header: its number, kind, subject, times, post, holder, body and
marking, and the hash of its salted words. The salt goes with the words, so that nobody can find
them again by guessing. Subjects and codes must therefore never name a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError

from regard.core.errors import AccessRefused, EntryRefused
from regard.register.access import Verb, may
from regard.register.acting import Acts
from regard.register.entries import Entry, Speaker
from regard.register.kinds.reading import made
from regard.register.kinds.speech import Act, Decision, Stage
from regard.register.projecting import facets_left
from regard.register.register import Register
from regard.register.subjects import subject_of

HOLDING = frozenset({"party", "term", "instrument", "measure", "cycle", "expectation"})
"""Kinds on whose last words access and laws rest: only an answered version of them is erased."""


@dataclass(frozen=True)
class Erased:
    """What an erasure did.

    Attributes:
        decision: The entry of the decision.
        seqs: The entries whose words are gone.
        others: Other entries of the same subjects that still have words.
        cleared: Whether the database's own file was cleared of them too.
        told: What is left to do, or why it was not cleared.
    """

    decision: Entry[Decision]
    seqs: tuple[int, ...]
    others: tuple[int, ...]
    cleared: bool
    told: str

    def said(self) -> tuple[str, ...]:
        """The report, a sentence a line."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[str]:
        numbers = ", ".join(f"{one:,}" for one in self.seqs)
        yield (
            f"The words of {numbers} were erased by entry {self.decision.seq:,}; "
            "their proofs still hold."
        )
        if self.others:
            others = ", ".join(f"{one:,}" for one in self.others)
            yield f"Other versions of the same subjects still have words: {others}."
        yield self.told
        yield (
            "Backups, exports and papers from before hold the words still: destroy them when "
            "their time is up, and repeat the erasure after restoring one."
        )


def erase(
    register: Register,
    seqs: Iterable[int],
    *,
    by: Speaker,
    reason: str,
    power: str = "",
    slug: str = "",
) -> Erased:
    """Remove the words of entries by a decision to do so, in one transaction.

    Not erased are decisions to erase, which are the proof that an erasure was lawful; editions and
    accounts, of which laws ask every version; and the last version of a body, post, term,
    instrument, measure, round or expectation, on which access and laws rest: enter a version with
    other words first.

    Args:
        register: The register.
        seqs: The entries.
        by: Who decides: a post that may erase.
        reason: Why; without the words that are erased, for it stays.
        power: The power relied on, such as `UK GDPR, article 17`.
        slug: The path of the decision; made of the day and the first entry if left out.

    Raises:
        AccessRefused: the post may not erase them.
        EntryRefused: an entry is none, was erased before or may not be.
    """
    wanted = tuple(sorted(set(seqs)))
    with register.acting(by) as act:
        found = [_erasable(act, one) for one in wanted]
        if not found:
            raise EntryRefused(
                f"no entry was named: {list(wanted)}", expected="the numbers of entries to erase"
            )
        path = slug or f"erasure/{act.today}-{wanted[0]}"
        decision = act.enter(
            made(
                Decision,
                by=by.post,
                act=Act.ERASE,
                stage=Stage.TAKEN,
                text=f"Erase the words of {len(wanted)} entries of the register.",
                reason=reason,
                power=power,
                erased=wanted,
            ),
            subject=subject_of("decision", *path.split("/")),
        )
        act.flush()
        others = _removed(register.connection, decision.seq, found)
    cleared, told = _cleared(register)
    return Erased(decision, wanted, others, cleared, told)


def _erasable(act: Acts, seq: int) -> Entry[Any]:
    entry = act.knowing.entry(seq)
    if entry is None:
        raise EntryRefused(
            f"there is no entry {seq:,}", expected="the number of an entry of this journal"
        )
    if not may(act.standing, Verb.ERASE, entry.kind, marking=entry.marking, force=entry.force):
        raise AccessRefused(
            f"{act.by.post} may not erase entry {seq:,}",  # what it is about is not theirs to know
            expected="a post whose role erases, of the body whose entry it is",
        )
    if entry.held is None:
        raise EntryRefused(
            f"the words of entry {seq:,} ({entry.subject}) were erased before",
            expected="an entry that has words",
        )
    if isinstance(entry.held, Decision) and entry.held.act is Act.ERASE:
        raise EntryRefused(
            f"entry {seq:,} ({entry.subject}) is a decision to erase",
            expected="another entry: such a decision proves that an erasure was lawful",
        )
    if entry.kind == "edition" or getattr(entry.held, "form", "") == "person":
        raise EntryRefused(
            f"entry {seq:,} ({entry.subject}) is of an edition or an account, of which laws ask "
            "every version",
            expected="an entry of another kind: editions are public, and accounts are codes",
        )
    latest = act.knowing.latest(entry.subject)
    if entry.kind in HOLDING and latest is not None and latest.seq == seq:
        raise EntryRefused(
            f"entry {seq:,} is the last version of {entry.subject}, on which others rest",
            expected=f"an earlier version of a {entry.kind}",
            next_step="enter a version with other words, then erase this one",
        )
    return entry


def _removed(connection: Any, decision: int, found: list[Entry[Any]]) -> tuple[int, ...]:
    """Take the words out of the tables; the other entries of the subjects that keep theirs."""
    others: list[int] = []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA secure_delete=ON")
        for entry in found:
            cursor.execute(
                "INSERT INTO erasure (seq, decision) VALUES (%s, %s)", [entry.seq, decision]
            )
            cursor.execute("DELETE FROM body WHERE seq = %s", [entry.seq])
            cursor.execute("DELETE FROM edge WHERE seq = %s", [entry.seq])
        for subject in sorted({entry.subject for entry in found}):
            cursor.execute(
                "UPDATE version SET scope = %s, about = %s, cycle = %s, edition = %s "
                "WHERE subject = %s AND seq IN (SELECT seq FROM erasure)",
                [*facets_left(cursor, subject), subject],
            )
            cursor.execute(
                "SELECT e.seq FROM entry e JOIN body b ON b.seq = e.seq WHERE e.subject = %s",
                [subject],
            )
            others += [seq for (seq,) in cursor.fetchall()]
    return tuple(sorted(others))


def _cleared(register: Register) -> tuple[bool, str]:
    """Clear the file of what a deletion leaves in it; the erasure stands either way."""
    connection = register.connection
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                for table in ("body", "edge", "version"):
                    cursor.execute(f"VACUUM FULL {table}")
                return True, (
                    "The tables were written anew without them. The server's log of changes and "
                    "its archive hold them until they are recycled: ask who keeps the server."
                )
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (busy, *_) = cursor.fetchone()
    except DatabaseError as reason:
        return False, f"The database could not be cleared of what was deleted: {reason}. {_AGAIN}"
    if busy:
        return False, f"Somebody else is reading, so the log beside the file stands. {_AGAIN}"
    return True, "The database file and the log beside it were written anew without them."


_AGAIN = "Close what else uses the register and run `regard register clear`."


def clear(register: Register) -> tuple[bool, str]:
    """Clear the database's file of what erasures before have left in it.

    Returns:
        Whether it was cleared, and what is left to do.
    """
    return _cleared(register)
