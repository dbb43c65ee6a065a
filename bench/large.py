"""What takes long: the national case, a hundred million crimes."""

from __future__ import annotations

from pathlib import Path

from bench import counting
from bench.figures import Line, measured

CRIMES = 100_000_000  # about as many as police.uk has published since December 2010


def national(folder: Path) -> list[Line]:
    """Count a hundred million crimes by area, type and month from Parquet."""
    found = counting.run(CRIMES, folder, peers=False)
    note = f"{found['cells']:,.0f} cells; no peer holds it in memory here"
    return [
        measured("records.count-100m", found["regard"], n=CRIMES, seed=counting.SEED, note=note)
    ]
