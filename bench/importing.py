"""Import: rows a second beside the peers, and how much memory ten million rows take."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.children import REGARD, Ran, ran
from bench.crimes import street_file
from bench.figures import Line, measured
from bench.peers import PEERS
from regard.records.store import Store

MILLION = 1_000_000
SEED = 20140401
BEST_OF = 2
SAID = {"polars": "Polars", "plain": "plain Python"}


def speed(folder: Path, *, rows: int = MILLION) -> list[Line]:
    """Rows a second of the whole command, best of two, and the same of each peer."""
    file = street_file(folder / "speed", rows=rows, seed=SEED)
    ours = _best([_imported(file, folder / f"home-{turn}") for turn in range(BEST_OF)], rows)
    lines = [measured("records.import-speed", ours, n=rows, seed=SEED)]
    for name in PEERS:
        turns = []
        for turn in range(BEST_OF):
            place = folder / f"{name}-{turn}"
            place.mkdir()
            turns.append(ran([sys.executable, "-m", "bench.peers", name, file, place]))
        peer = (SAID.get(name, name), _best(turns, rows))
        note = "the peer keeps no hash, row number, rejected row or ledger"
        lines.append(
            measured(f"records.import-v-{name}", ours, peer=peer, n=rows, seed=SEED, note=note)
        )
    lines.append(measured("records.unaccounted", _unaccounted(folder / "home-0"), n=rows))
    return lines


def _imported(file: Path, home: Path) -> Ran:
    return ran([*REGARD, "records", "import", file], home=home)


def _best(turns: list[Ran], rows: int) -> float:
    return rows / min(turn.seconds for turn in turns)


def _unaccounted(home: Path) -> int:
    imports = Store(home).ledger.history()
    return sum(abs(one.rows_read - one.rows_stored - one.rows_rejected) for one in imports)


def memory(folder: Path, *, rows: int = 10 * MILLION) -> list[Line]:
    """Peak memory of bringing in a file of ten million rows."""
    file = street_file(folder / "memory", rows=rows, seed=SEED)
    done = _imported(file, folder / "home-memory")
    file.unlink()
    note = f"{file.name}; {done.seconds:.0f} s, {rows / done.seconds:,.0f} rows/s"
    return [measured("records.import-memory", done.peak_mb, n=rows, seed=SEED, note=note)]
