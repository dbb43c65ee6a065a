"""Whether erased words are gone from every file, and whether a spoilt backup is refused."""

from __future__ import annotations

import random
import shutil
import zlib
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from tests.clusters import Cluster, drop_database, new_database

from bench.figures import Line, measured
from bench.filling import Ticking
from bench.register_small import POSTGRESQL, SQLITE, made_small, server
from regard.core.errors import RegardError
from regard.register import backing_up
from regard.register.backing_up import GZIP, TRAILER_BYTES, back_up, restore
from regard.register.entries import Speaker
from regard.register.erasing import erase
from regard.register.exporting import exported
from regard.register.kinds import Term, made
from regard.register.register import Register
from regard.register.verifying import verify

SEED = 20261122
CANARIES, SMALL_CANARIES = 200, 10
CORRUPTIONS, SMALL_CORRUPTIONS = 200, 20
BACKED_UP = 400  # entries of the register whose backup is spoilt
AT_AN_END = 10  # one in so many corruptions is in the header of the packing, and one in the trailer
GZIP_HEADER = 10  # bytes (RFC 1952)
JOURNAL_OF_CHANGES = "pg_wal"


def lines(folder: Path, *, small: bool = False) -> list[Line]:
    """Every figure of erasing and of spoilt backups."""
    canaries = SMALL_CANARIES if small else CANARIES
    found = list(_erased(folder / SQLITE, None, canaries))
    with server() if not small else nullcontext() as one:
        if one is not None:
            found += _erased(folder / POSTGRESQL, one, canaries)
    found += _corrupted(folder / "backups", SMALL_CORRUPTIONS if small else CORRUPTIONS)
    return found


def _erased(folder: Path, cluster: Cluster | None, canaries: int) -> Iterator[Line]:
    name = SQLITE if cluster is None else POSTGRESQL
    for claim, really in (("erased-control", False), ("erased", True)):
        home = folder / claim
        url = "" if cluster is None else new_database(cluster.url)
        register, words, proved = _with_canaries(home, url, canaries, really)
        places = _files(home, register, cluster)
        found = {place: _seen(file, words) for place, file in places}
        register.close()
        if cluster is not None:
            drop_database(cluster.url, url)
        told = ", ".join(f"{place} {len(seen)}" for place, seen in sorted(found.items()))
        counted = [seen for place, seen in found.items() if place != JOURNAL_OF_CHANGES]
        note = f"of {canaries} words: {told}; {proved:,} entries verify"
        if cluster is not None:
            note += "; the server's log of changes holds them until it is recycled: not counted"
        yield measured(
            f"register.{claim}.{name}", len(set().union(*counted)), n=canaries, seed=SEED, note=note
        )


def _with_canaries(
    home: Path, url: str, canaries: int, really: bool
) -> tuple[Register, list[bytes], int]:
    """A register with canaries in its words, erased or not, and how many entries of it verify."""
    draw, clock = random.Random(SEED), Ticking(datetime(2015, 1, 5, 9, tzinfo=UTC))
    register, keeper = Register.found(home, body="bench", name="Bench", url=url, clock=clock)
    words = [f"canary-{draw.getrandbits(64):016x}" for _ in range(canaries)]
    seqs = [_told(register, keeper, number, word) for number, word in enumerate(words)]
    if really:
        erase(register, seqs, by=keeper, reason="asked for, and granted")
    found = verify(register, projections=True)
    assert found.whole, found.bad
    return register, [word.encode() for word in words], found.head.size


def _told(register: Register, keeper: Speaker, number: int, word: str) -> int:
    """An entry that holds the word and is answered by one that does not."""
    subject = f"term:bench/{number}"
    with register.acting(keeper) as act:
        entry = act.enter(made(Term, scheme="bench", label=f"About {word}"), subject=subject)
        act.enter(made(Term, scheme="bench", label="About somebody"), subject=subject)
    return entry.seq


def _files(home: Path, register: Register, cluster: Cluster | None) -> Iterator[tuple[str, Path]]:
    """Every file that could hold words, with where it is; export and backup are made now."""
    if cluster is None:
        yield from ((file.name, file) for file in sorted(home.iterdir()))
    else:
        with register.connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")
        yield "database", _gathered(cluster.data, home / "data", within=False)
        yield JOURNAL_OF_CHANGES, _gathered(cluster.data, home / "log", within=True)
    export, backup = home / "made.jsonl", home / "made.backup"
    with export.open("wb") as file:
        file.writelines(exported(register))
    back_up(register, backup)
    unpacked = home / "made.unpacked"
    unpacked.write_bytes(zlib.decompress(backup.read_bytes()[:-TRAILER_BYTES], GZIP))
    yield "export", export
    yield "backup", backup
    yield "backup unpacked", unpacked


def _gathered(data: Path, into: Path, *, within: bool) -> Path:
    with into.open("wb") as file:
        for one in sorted(data.rglob("*")):
            if one.is_file() and (JOURNAL_OF_CHANGES in one.parts) == within:
                file.write(one.read_bytes())
    return into


def _seen(file: Path, words: list[bytes]) -> set[bytes]:
    held = file.read_bytes()
    return {word for word in words if word in held}


# Backups


def _corrupted(folder: Path, corruptions: int) -> Iterator[Line]:
    folder.mkdir()
    small = made_small(folder / "home", "", entries=BACKED_UP, seed=SEED)
    backup = folder / "register.backup"
    back_up(small.register, backup)
    small.register.close()
    whole = backup.read_bytes()
    for claim, hashed in (("corrupted-backup", True), ("corrupted-backup-control", False)):
        draw = random.Random(SEED)
        with suppress_hash(not hashed):
            restored = sum(
                _is_restored(_spoilt(draw, whole, number), folder / f"{claim}-{number}")
                for number in range(corruptions)
            )
        note = f"a backup of {len(whole):,} bytes; one in {AT_AN_END} in the packing's header, and "
        note += "one in as many in the line with the hash"
        yield measured(f"register.{claim}", restored, n=corruptions, seed=SEED, note=note)


def _spoilt(draw: random.Random, whole: bytes, number: int) -> bytes:
    place = {
        0: lambda: draw.randrange(GZIP_HEADER),
        1: lambda: len(whole) - 1 - draw.randrange(TRAILER_BYTES),
    }.get(number % AT_AN_END, lambda: draw.randrange(len(whole)))()
    other = whole[place] ^ draw.randrange(1, 256)
    return whole[:place] + bytes([other]) + whole[place + 1 :]


def _is_restored(spoilt: bytes, folder: Path) -> bool:
    folder.mkdir()
    backup = folder / "spoilt.backup"
    backup.write_bytes(spoilt)
    home = folder / "home"
    with suppress(RegardError):
        restore(backup, home, url="")
    left = [one for one in home.rglob("*") if one.is_file()] if home.exists() else []
    shutil.rmtree(folder)
    return bool(left)


def suppress_hash(really: bool) -> patch:
    """Take the bytes before the trailer without asking whether they give the hash in it."""
    checked = backing_up._checked
    unasked = (lambda file: file.stat().st_size - TRAILER_BYTES) if really else checked
    return patch.object(backing_up, "_checked", unasked)
