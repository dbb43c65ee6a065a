"""Papers: how long the performance paper takes, and whether it comes out the same twice."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from bench.children import REGARD, ran
from bench.figures import Line, measured
from regard.examples import west_midlands_2013

PLAN = Path(west_midlands_2013.__file__).with_name("plan.toml")
FORMATS = ("html", "docx", "odt", "pdf")


def performance(folder: Path) -> list[Line]:
    """Build the demonstration, then write its paper twice more from the records that are there."""
    built = ran([*REGARD, "demo", "build"], home=folder / "demo")
    known_at = datetime.now(UTC).isoformat()  # one instant for both, since it is printed
    written = [_paper(folder / "demo", known_at, folder / f"paper-{turn}") for turn in range(2)]
    differ = _differ(folder / "paper-0", folder / "paper-1")
    note = f"{', '.join(FORMATS)}; peak memory {written[0][1]:.0f} MB"
    return [
        measured("papers.performance-seconds", min(one[0] for one in written), note=note),
        measured("papers.same-bytes", differ, n=len(FORMATS)),
        measured("papers.demo-seconds", built.seconds),
    ]


def _paper(home: Path, known_at: str, out: Path) -> tuple[float, float]:
    words = ["paper", "performance", "--plan", PLAN, "--as-at", "2014-03-14", "--out", out]
    done = ran([*REGARD, *words, "--known-at", known_at], home=home)
    return done.seconds, done.peak_mb


def _differ(one: Path, other: Path) -> int:
    names = {p.relative_to(top) for top in (one, other) for p in top.rglob("*") if p.is_file()}
    if len(names) < len(FORMATS):
        raise FileNotFoundError(f"{len(names)} files were written: {sorted(map(str, names))}")
    return sum(_hash(one / name) != _hash(other / name) for name in names)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "not written"
