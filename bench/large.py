"""What takes long: importers killed again and again, and a hundred million crimes."""

from __future__ import annotations

from pathlib import Path

from tests.records.crash.harness import FAULTY, SOUND, kill_again_and_again

from bench import counting
from bench.figures import Line, measured

SEED = 20190701
CRIMES = 100_000_000  # police.uk publishes about six million rows a year, since December 2010


def killed(folder: Path) -> list[Line]:
    """Kill the sound importer and the one with the planted fault, at both efforts."""
    return [
        _killed(folder / claim, claim, kills=kills, rows=rows, importer=importer)
        for claim, kills, rows, importer in (
            ("records.killed-40", 40, 1_000_000, SOUND),
            ("records.killed-40-control", 40, 1_000_000, FAULTY),
            ("records.killed-200", 200, 10_000_000, SOUND),
            ("records.killed-200-control", 200, 10_000_000, FAULTY),
        )
    ]


def _killed(folder: Path, claim: str, *, kills: int, rows: int, importer: str) -> Line:
    found = kill_again_and_again(folder, kills=kills, rows=rows, seed=SEED, importer=importer)
    if found.kills < kills:
        raise ChildProcessError(f"{claim}: {found.kills} kills of {kills}")
    wrong = found.lost + found.duplicated + (importer == SOUND and not found.equal)
    note = f"{found.lost} lost, {found.duplicated} doubled, resumed {found.resumed} times"
    note += f"; multiset {'equal' if found.equal else 'not equal'} to the file"
    return measured(
        claim, wrong, n=kills, seed=SEED, note=f"{note}; {rows:,} rows; {found.seconds:.0f} s"
    )


def national(folder: Path) -> list[Line]:
    """Count a hundred million crimes by area, type and month from Parquet."""
    found = counting.run(CRIMES, folder, peers=False)
    note = f"{found['cells']:,.0f} cells; no peer holds it in memory here"
    return [
        measured("records.count-100m", found["regard"], n=CRIMES, seed=counting.SEED, note=note)
    ]
