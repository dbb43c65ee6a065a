"""Whether every edit of a stored register is found, and the first bad entry named.

The edits are made in the database itself, its triggers taken away, and read by the very function
of `regard register verify`; each is undone by rolling its transaction back.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from django.db import transaction

from bench.figures import Line, measured
from bench.register_edits import (
    BY_WITNESS,
    HEAD,
    INSIDE,
    LINE,
    OF_WITNESS,
    Bad,
    Edit,
    Hand,
    suffix_rewritten,
    truncated_with_its_head,
    witness_forged,
    witnessed,
)
from bench.register_small import BEGUN, POSTGRESQL, SQLITE, made_small, places, without_triggers
from regard.core.errors import RegardError
from regard.register import checking, verifying
from regard.register.register import Register
from regard.register.signing import SignedHead
from regard.register.streaming import Row, snapshot, stretches
from regard.register.tree import hash_from_hex
from regard.register.verifying import Verified, verify

SEED = 20261122
EDITS = {SQLITE: 100_000, POSTGRESQL: 10_000}
SMALL_EDITS = {SQLITE: 1_000, POSTGRESQL: 200}
SIZES = (24, 64, 131)  # entries of the registers that are spoilt; 64 is a whole tree
HEADS = 6  # that a witness keeps of each
CONTROLS = 5  # of every so many edits, one is also shown to a checker with a fault
SAYS = "Not proved"


@dataclass(frozen=True)
class Spoiling:
    """A register that may be spoilt, and what is known of it from before."""

    register: Register
    rows: list[Row]
    witness: tuple[SignedHead, ...]
    key: str
    file: Path


@dataclass
class Tally:
    """What became of edits.

    Attributes:
        tried: How many were made.
        found: How many were found.
        named: How many were laid at the entry, the head or the line that they spoilt.
        missed: Those not found or not named, by the way they were made.
        told: How many reports said that a rewriting is not excluded.
    """

    tried: int = 0
    found: int = 0
    named: int = 0
    told: int = 0
    missed: Counter[str] = field(default_factory=Counter)

    def take(self, edit: Edit, bad: Bad, found: Verified) -> None:
        """Count one edit."""
        self.tried += 1
        self.found += not found.whole
        self.told += any(line.startswith(SAYS) for line in found.said())
        if _named(bad, found):
            self.named += 1
        else:
            self.missed[edit.__name__] += 1


def _named(bad: Bad, found: Verified) -> bool:
    if bad.where == LINE:
        first = next((at for at, one in enumerate(found.claims, 1) if not one.holds), 0)
        return first == bad.seq
    if found.bad is None:
        return False
    if bad.where == HEAD:
        return found.bad.part is checking.Part.HEAD
    return found.bad.seq == bad.seq


def lines(folder: Path, *, small: bool = False) -> list[Line]:
    """Every figure of tampering, on each database that is here."""
    found: list[Line] = []
    with places(folder, fast=True) as here:
        for name, url in here:
            edits = (SMALL_EDITS if small else EDITS)[name]
            found += _on(folder / name, name, url, edits)
    return found


def _on(folder: Path, name: str, url: str, edits: int) -> list[Line]:
    spoiling = _registers(folder, url)
    share, draw = edits // 10, random.Random(SEED)
    inside = tampered(spoiling, INSIDE, edits - 2 * share, draw)
    by_witness = tampered(spoiling, BY_WITNESS, share, draw)
    of_witness = tampered(spoiling, OF_WITNESS, share, draw)
    alone = tampered(spoiling, (suffix_rewritten, truncated_with_its_head), share, draw, witness=False)
    keyless = tampered(spoiling, (witness_forged,), share, draw, key=False)
    with fault_planted():
        blind = tampered(spoiling, INSIDE, edits // CONTROLS, draw)
    for one in spoiling:
        assert verify(one.register, projections=True, witness=one.file, key=one.key).whole
        one.register.close()
    seen = [inside, by_witness, of_witness]
    note = "; ".join(
        f"{said} {one.tried:,}" for said, one in
        zip(("within the journal", "consistent to its end", "of the witness file"), seen, strict=True)
    )
    missed = sum((one.missed for one in seen), Counter[str]())
    if missed:
        note += f"; not named: {dict(missed)}"
    return [
        _line("found", name, sum(one.found for one in seen), sum(one.tried for one in seen), note),
        _line("named", name, sum(one.named for one in seen), sum(one.tried for one in seen), note),
        _line("rewritten", name, by_witness.found, by_witness.tried, "with a witness of 6 heads"),
        _line("rewritten-unwitnessed", name, alone.found, alone.tried,
              f"{alone.told:,} of {alone.tried:,} reports say that it is not excluded"),
        _line("forged-witness-keyless", name, keyless.found, keyless.tried,
              "the same forged files with the key given are found"),
        _line("control", name, blind.found, blind.tried,
              "the same checker, but that it takes stored hashes for true"),
    ]  # fmt: skip


def _line(claim: str, name: str, some: int, of: int, note: str) -> Line:
    return measured(
        f"register.tampered.{claim}.{name}", 100 * some / of, n=of, seed=SEED, note=note
    )


def _registers(folder: Path, url: str) -> list[Spoiling]:
    found = []
    # One database holds one register: on PostgreSQL the largest serves alone.
    for size in SIZES[-1:] if url else SIZES:
        home = folder / str(size)
        home.mkdir(parents=True)
        small = made_small(home, url, entries=size, seed=SEED + size)
        without_triggers(small.register)
        with snapshot(small.register.connection) as cursor:
            vendor = small.register.connection.vendor
            rows = [row for some in stretches(cursor, vendor) for row in some]
        draw = random.Random(SEED)
        sizes = [*draw.sample(range(1, size), HEADS - 1), size]
        heads, key = witnessed(rows, sizes, BEGUN, draw)
        file = home / "witness.jsonl"
        _write(file, heads)
        found.append(Spoiling(small.register, rows, heads, key, file))
    return found


def _write(file: Path, heads: Sequence[SignedHead]) -> None:
    file.write_text("".join(f"{one.as_line()}\n" for one in heads), encoding="utf-8")


def tampered(
    spoiling: list[Spoiling],
    edits: Sequence[Edit],
    n: int,
    draw: random.Random,
    *,
    witness: bool = True,
    key: bool = True,
) -> Tally:
    """Make edits, `n` of them, and have each looked for.

    Args:
        spoiling: The registers.
        edits: The ways in which they are spoilt.
        n: How many edits.
        draw: Decides which, where and how.
        witness: Whether the heads of a witness are shown to whoever looks.
        key: Whether the key of its signatures is.
    """
    tally = Tally()
    while tally.tried < n:
        one, edit = draw.choice(spoiling), draw.choice(edits)
        with _undone(one.register) as cursor:
            sqlite = one.register.connection.vendor == "sqlite"
            bad = edit(draw, Hand(cursor, one.rows, one.witness, any_width=sqlite))
            if bad is None:
                continue
            tally.take(edit, bad, _looked(one, bad, edit, witness, key))
    return tally


def _looked(one: Spoiling, bad: Bad, edit: Edit, witness: bool, key: bool) -> Verified:
    shown = witness and edit not in INSIDE
    file = one.file
    if shown and bad.lines is not None:
        file = one.file.with_name("spoilt.jsonl")
        _write(file, bad.lines)
    try:
        return verify(
            one.register,
            projections=bad.projections,
            witness=file if shown else None,
            key=one.key if shown and key else "",
        )
    except RegardError as refusal:
        raise AssertionError(f"{edit.__name__} was refused rather than found") from refusal


@contextmanager
def _undone(register: Register) -> Iterator[object]:
    with transaction.atomic(using=register.alias), register.connection.cursor() as cursor:
        yield cursor
        transaction.set_rollback(True, using=register.alias)


@contextmanager
def fault_planted() -> Iterator[None]:
    """A checker that follows the stored hashes from entry to entry and works none out."""

    class Trusting(checking.Chain):
        def take(self, rows):
            for row in rows:
                linked = row[0] == self.size + 1 and row[11] == self.last
                if not linked or hash_from_hex(row[12]) is None:
                    return self._examined(row)
                self.size, self.subject, self.last = row[0], row[2], row[12]
                self._versions[row[2]], self._recorded = row[3], row[5]
                self.peaks.append(bytes.fromhex(row[12]))
            return None

    with patch.object(verifying, "Chain", Trusting):
        yield
