"""Rounds and access: editions upgraded, a full round carried, and every case of who may do what."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.register.watching import watched

from bench import upgrades
from bench.carrying import FORCES, measure_carrying
from bench.children import ROOT
from bench.figures import Line, measured
from bench.register_small import grow, made_small, places
from regard.core.errors import EntryRefused
from regard.register.erasing import erase
from regard.register.kinds import Link

SMALL_FORCES, SMALL_UPGRADES, SMALL_CASES = 2, 10, 200
FIRST, WATCHED, SMALL_WATCHED = 24, 2_000, 60  # entries before, and in the end
EVERY_CASE = 1_000_000
SEED = 20261122  # of the sample of cases in small mode, as in `bench.register_access`
FAULTY = 10  # one in so many upgrades is made again with the planted fault


def rounds(folder: Path, *, small: bool = False) -> list[Line]:
    """Upgrades of editions, and a round of the country carried, on each database that is here."""
    with places(folder, server_too=not small) as here:
        found = [one for name, url in here for one in _carried(name, url, small)]
    n = SMALL_UPGRADES if small else upgrades.UPGRADES
    done, wrong = upgrades.measure_upgrades(n)
    again = max(upgrades.IN_A_ROW, n // FAULTY)
    caught = _with_fault(again)
    return [
        *found,
        measured("register.upgrades", wrong, n=done, seed=upgrades.SEED),
        measured("register.upgrades-control", caught, n=again, seed=upgrades.SEED),
    ]


def _with_fault(n: int) -> int:
    """Judgements that the planted fault took away and that were missed afterwards."""
    caught = 0
    for turn in range(n // upgrades.IN_A_ROW):
        try:
            _, wrong = upgrades.measure_upgrades(
                upgrades.IN_A_ROW, upgrades.SEED + turn, fault=upgrades.oldest_is_taken_away
            )
        except EntryRefused:  # a law met the damage before it was counted
            wrong = 1
        caught += wrong
    return caught


def _carried(name: str, url: str, small: bool) -> Iterator[Line]:
    found = measure_carrying(forces=SMALL_FORCES if small else FORCES, url=url)
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    yield measured(
        f"register.carry-forward.{name}", found.carrying, n=found.cells,
        note=f"closing the round before it took {found.closing:.2f} s; {load}",
    )  # fmt: skip
    yield measured(
        f"register.matrix.{name}", found.matrix, n=found.cells,
        note=f"of one force {found.of_one:.3f} s; {load}",
    )  # fmt: skip


def access(folder: Path, *, small: bool = False) -> list[Line]:
    """Every case of access, and those that a planted fault turns red."""
    paths = os.pathsep.join(str(one) for one in (ROOT, ROOT / "tests"))
    done = subprocess.run(
        [sys.executable, "-m", "bench.register_access", str(SMALL_CASES if small else EVERY_CASE)],
        cwd=ROOT, env=dict(os.environ) | {"PYTHONPATH": paths, "TMPDIR": str(folder)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout)
    share = 100 * found["red"] / found["reading"]
    note = f"of {found['reading']:,} cases of reading, where whoever reads may read everything"
    return [
        measured("register.access-cases", found["cases"], seed=SEED),
        measured("register.access-wrong", found["wrong"], n=found["cases"], seed=SEED),
        measured("register.access-control", share, n=found["reading"], seed=SEED, note=note),
        *_watched(folder, small),
    ]


def _watched(folder: Path, small: bool) -> Iterator[Line]:
    """Every statement of many acts and of an erasure, each with an entry in its transaction."""
    writes = orphans = caught = 0
    entries = SMALL_WATCHED if small else WATCHED
    with places(folder, fast=True, server_too=not small) as here:
        for name, url in here:
            one = made_small(folder / name, url, entries=FIRST, seed=SEED)
            register = one.register
            with watched(register.connection) as watch:
                grow(one, entries, seed=SEED)
                seqs = [link.seq for link in register.view(one.keeper).all(Link)]
                erase(register, seqs, by=one.keeper, reason="asked for, and granted")
            with watched(register.connection) as control, register.connection.cursor() as cursor:
                cursor.execute("UPDATE version SET scope = '' WHERE seq = 1")
            register.close()
            writes += watch.writes
            orphans += len(watch.orphans)
            caught += len(control.orphans)
    yield measured("register.unjournalled", orphans, n=writes, seed=SEED)
    yield measured("register.unjournalled-control", caught, n=len(here), seed=SEED)
