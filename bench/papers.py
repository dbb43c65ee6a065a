"""Papers: how long the performance paper takes, and whether it comes out the same twice."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bench.children import REGARD, ran
from bench.figures import Line, measured

FORMATS = ("html", "docx", "odt", "pdf")


def performance(folder: Path) -> list[Line]:
    """Build the demonstration, then write its paper twice more from the records that are there."""
    demo = folder / "demo"
    built = ran([*REGARD, "demo", "build", "--out", demo])
    plan, home = _one(demo, "plan.toml"), _one(demo, "records").parent
    written = [_paper(home, plan, folder / f"paper-{turn}") for turn in range(2)]
    differ = _differ(folder / "paper-0", folder / "paper-1")
    note = f"{', '.join(FORMATS)}; peak memory {written[0][1]:.0f} MB"
    return [
        measured("papers.performance-seconds", min(one[0] for one in written), note=note),
        measured("papers.same-bytes", differ, n=len(FORMATS)),
        measured("papers.demo-seconds", built.seconds),
    ]


def _one(folder: Path, name: str) -> Path:
    found = sorted(folder.rglob(name))
    if not found:
        raise FileNotFoundError(f"the demonstration made no {name} in {folder}")
    return found[0]


def _paper(home: Path, plan: Path, out: Path) -> tuple[float, float]:
    words = ["paper", "performance", "--plan", plan, "--as-at", "2014-03-14", "--out", out]
    done = ran([*REGARD, *words], home=home)
    return done.seconds, done.peak_mb


def _differ(one: Path, other: Path) -> int:
    names = {p.relative_to(top) for top in (one, other) for p in top.rglob("*") if p.is_file()}
    return sum(_hash(one / name) != _hash(other / name) for name in names)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "not written"
