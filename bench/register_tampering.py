"""Whether every edit of a stored register is found, and the first bad entry named.

The edits are made in the database itself, its triggers taken away, and read by the very function
of `regard register verify`; each is undone by rolling its transaction back.
"""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlsplit

from click.testing import Result
from django.db import IntegrityError, connections, transaction
from tests.clusters import drop_database, new_database
from typer.testing import CliRunner

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
from regard.cli.main import app
from regard.core.errors import RegardError, RegisterDamaged
from regard.register import checking, database, verifying
from regard.register.register import Register
from regard.register.signing import SignedHead
from regard.register.streaming import Row, snapshot, stretches
from regard.register.tree import hash_from_hex
from regard.register.verifying import Verified, verify

SEED = 20261122
EDITS = {SQLITE: 100_000, POSTGRESQL: 10_000}
SMALL_EDITS = 1_000
SIZES = (24, 64, 131)  # entries of the registers that are spoilt; 64 is a whole tree
HEADS = 6  # that a witness keeps of each
CONTROLS = 5  # of every so many edits, one is also shown to a checker with a fault
COMMANDS, SMALL_COMMANDS = 300, 8  # edits shown to the command itself
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
    with places(folder, fast=True, server_too=not small) as here:
        for name, url in here:
            found += _on(folder / name, name, url, SMALL_EDITS if small else EDITS[name], small)
    return found


def _on(folder: Path, name: str, url: str, edits: int, small: bool) -> list[Line]:
    spoiling = registers(folder, url)
    share, draw = edits // 10, random.Random(SEED)
    commands = SMALL_COMMANDS if small else COMMANDS
    through = commanded(folder / "commanded", spoiling[-1], url, commands)
    inside = tampered(spoiling, INSIDE, edits - 2 * share, draw)
    by_witness = tampered(spoiling, BY_WITNESS, share, draw)
    of_witness = tampered(spoiling, OF_WITNESS, share, draw)
    alone = tampered(
        spoiling, (suffix_rewritten, truncated_with_its_head), share, draw, witness=False
    )
    keyless = tampered(spoiling, (witness_forged,), share, draw, key=False)
    with fault_planted():
        blind = tampered(spoiling, INSIDE, edits // CONTROLS, draw)
    for one in spoiling:
        assert verify(one.register, projections=True, witness=one.file, key=one.key).whole
        one.register.close()
    seen = [inside, by_witness, of_witness]
    note = "; ".join(
        f"{said} {one.tried:,}"
        for said, one in zip(
            ("within the journal", "consistent to its end", "of the witness file"),
            seen,
            strict=True,
        )
    )
    missed = sum((one.missed for one in seen), Counter[str]())
    if missed:
        note += f"; not named: {dict(missed)}"
    return [
        _line("found", name, sum(one.found for one in seen), sum(one.tried for one in seen), note),
        _line("named", name, sum(one.named for one in seen), sum(one.tried for one in seen), note),
        _line("command", name, through.named, through.tried, "projections, witness file and key"),
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


def registers(folder: Path, url: str) -> list[Spoiling]:
    """Registers to be spoilt, without triggers: of several sizes, or one where the URL is one."""
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
        draw = random.Random(f"the witness's own luck, {size}")  # else a forger draws its key too
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
            try:
                bad = edit(draw, Hand(cursor, one.rows, one.witness, any_width=sqlite))
            except IntegrityError:  # a key of the table refused it: another entry has that name
                bad = None
            if bad is None:
                continue
            tally.take(edit, bad, _looked(one, bad, edit, witness, key))
    return tally


def commanded(folder: Path, one: Spoiling, url: str, n: int) -> Tally:
    """Commit edits, each to a copy of its own, and have `regard register verify` look at it."""
    one.register.close()
    draw, tally = random.Random(SEED), Tally()
    while tally.tried < n:
        edit = draw.choice((*INSIDE, *BY_WITNESS, *OF_WITNESS))
        with _copied(folder, one, url) as copy:
            bad = _committed(copy, edit, draw)
            if bad is not None:
                _take_said(tally, edit, bad, _commanded(copy, bad, edit not in INSIDE))
    return tally


@dataclass(frozen=True)
class Copied:
    """A copy of a spoilt register: its folder, its URL, and what it is a copy of."""

    home: Path
    url: str
    of: Spoiling


@contextmanager
def _copied(folder: Path, one: Spoiling, url: str) -> Iterator[Copied]:
    folder.mkdir()
    try:
        if not url:
            shutil.copyfile(database.file_of(one.register.home), database.file_of(folder))
            yield Copied(folder, "", one)
            return
        server = urlsplit(url)._replace(path="/postgres").geturl()
        made = new_database(server, template=url)
        try:
            yield Copied(folder, made, one)
        finally:
            drop_database(server, made)
    finally:
        shutil.rmtree(folder)


def _committed(copy: Copied, edit: Edit, draw: random.Random) -> Bad | None:
    register = Register.open(copy.home, url=copy.url)
    hand = (copy.of.rows, copy.of.witness)
    bad = None
    with (
        suppress(IntegrityError),
        transaction.atomic(using=register.alias),
        register.connection.cursor() as cursor,
    ):
        bad = edit(draw, Hand(cursor, *hand, any_width=not copy.url))
    database.forget(register.alias)
    return bad


def _commanded(copy: Copied, bad: Bad, witnessed_too: bool) -> Result:
    witness = copy.home / "witness.jsonl"
    _write(witness, copy.of.witness if bad.lines is None else bad.lines)
    words = ["--home", str(copy.home), "register", "verify"]
    words += ["--witness", str(witness), "--key", copy.of.key] if witnessed_too else []
    words += ["--projections"] if bad.projections else []
    found = CliRunner().invoke(app, words, env={"DATABASE_URL": copy.url or None})
    for alias in [one for one in connections.settings if one.startswith("register-")]:
        connections[alias].close()
    return found


def _take_said(tally: Tally, edit: Edit, bad: Bad, found: Result) -> None:
    tally.tried += 1
    tally.found += isinstance(found.exception, RegardError)
    said = {HEAD: "the head", LINE: f"line {bad.seq} of"}.get(bad.where, f"entry {bad.seq:,}")
    named = re.search(rf"{said}\b", str(found.exception))
    if named and isinstance(found.exception, RegisterDamaged):
        tally.named += 1
    else:
        tally.missed[edit.__name__] += 1


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
                if row[15] is not None:
                    self.erased.append(row[0])
                self.peaks.append(bytes.fromhex(row[12]))
            return None

    with patch.object(verifying, "Chain", Trusting):
        yield
