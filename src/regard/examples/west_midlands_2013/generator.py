"""Writes the example: generated rows in a force's own columns and codes, one file a year."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from regard.core.periods import FinancialYear, Period
from regard.examples.west_midlands_2013.offences import offence_lines, offence_rows
from regard.examples.west_midlands_2013.recipe import Recipe, recipe
from regard.examples.west_midlands_2013.surveys import (
    resident_lines,
    satisfaction_lines,
    wave_lines,
)

NAMED = "GENERATED"  # begins the name of every file, so that no copy passes for a force's own
MAPPINGS = {
    "crime": "crime.mapping.toml",
    "satisfaction": "satisfaction.mapping.toml",
    "confidence": "confidence.mapping.toml",
    "residents": "residents.mapping.toml",
}


@dataclass(frozen=True)
class Generated:
    """What was written.

    Attributes:
        files: The CSV files in the order in which they are to be brought in.
        mappings: For each file the mapping by which it is brought in, shipped beside this module.
        label: What every import of these files is to say of itself.
        seed: The seed.
        digest: SHA-256 over the names and bytes of the files, in hexadecimal letters.
    """

    files: tuple[Path, ...]
    mappings: tuple[Path, ...]
    label: str
    seed: int
    digest: str

    @property
    def pairs(self) -> tuple[tuple[Path, Path], ...]:
        """Each file with its mapping."""
        return tuple(zip(self.files, self.mappings, strict=True))


def generate(folder: Path, *, seed: int | None = None) -> Generated:
    """Write the West Midlands example into a folder, over what an earlier run left there.

    The same seed gives the same bytes on every machine. Another seed moves months and days
    within the published totals; the totals stay.

    Args:
        folder: Where the files go; made if it is not there.
        seed: A whole number; None takes the recipe's own.

    Returns:
        The files and how to bring them in.
    """
    told = recipe()
    chosen = told.seed if seed is None else seed
    folder.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    mappings: list[Path] = []
    digest = hashlib.sha256()
    for name, mapping, lines in _contents(told, chosen):
        file = folder / f"{NAMED}-{told.force}-{name}.csv"
        file.write_bytes(lines)
        digest.update(f"{file.name}\0".encode() + lines)
        files.append(file)
        mappings.append(Path(__file__).with_name(MAPPINGS[mapping]))
    return Generated(tuple(files), tuple(mappings), told.label, chosen, digest.hexdigest())


def _contents(told: Recipe, seed: int) -> Iterator[tuple[str, str, bytes]]:
    rows = offence_rows(told, seed=seed)
    first, last = FinancialYear.of(told.days.start), FinancialYear.of(told.days.end)
    for number in range(first.first_year, last.first_year + 1):
        year = FinancialYear(number)
        period = Period(max(year.start, told.days.start), min(year.end, told.days.end))
        named = f"crime-{number}-{(number + 1) % 100:02d}"
        yield named, "crime", offence_lines(told, rows, period)
    yield "victim-satisfaction", "satisfaction", satisfaction_lines(told, seed=seed)
    yield "feeling-the-difference", "confidence", wave_lines(told)
    yield "residents", "residents", resident_lines(told)
