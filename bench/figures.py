"""The figures the project claims, and the lines of evidence that runs write for them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EVIDENCE = ROOT / "docs" / "reference" / "evidence"
BENCH, LARGE = "make bench", "make bench-large"


@dataclass(frozen=True)
class Line:
    """One figure as docs/reference/evidence holds it; `value` is None until it was measured."""

    id: str
    what: str
    value: float | None = None
    target: float | None = None
    relation: str = ">="
    unit: str = ""
    peer: str = ""
    peer_value: float | None = None
    n: int | None = None
    seed: int | None = None
    commit: str = ""
    date: str = ""
    command: str = BENCH
    note: str = ""

    @property
    def area(self) -> str:
        """The file the line stands in: what comes before the first full stop of its id."""
        return self.id.partition(".")[0]

    @property
    def ratio(self) -> float | None:
        """How many times as fast or as small as the peer: above 1 is better, below 1 worse."""
        if not self.value or not self.peer_value:
            return None
        times = self.value / self.peer_value
        return 1 / times if self.relation == "<=" else times

    @property
    def verdict(self) -> str:
        """Whether the target is `met` or missed (`short`); `not measured` is neither."""
        if self.value is None:
            return "not measured"
        if self.target is None:
            return "measured"
        kept = {
            "<=": self.value <= self.target,
            ">=": self.value >= self.target,
            "==": self.value == self.target,
        }
        return "met" if kept[self.relation] else "short"


def measured(
    claim: str,
    value: float,
    *,
    peer: tuple[str, float | None] = ("", None),
    n: int | None = None,
    seed: int | None = None,
    note: str = "",
) -> Line:
    """A claimed figure with the value a run has found now.

    Args:
        claim: The id of a line in `CLAIMS`.
        value: What was measured, in the claim's unit.
        peer: Who did the same beside it, and their value in the same unit.
        n: Over how many rows, series or runs.
        seed: Of the generated data.
        note: What a reader must know to judge the figure.
    """
    told = CLAIMS[claim]
    return Line(
        id=told.id,
        what=told.what,
        value=_short(value),
        target=told.target,
        relation=told.relation,
        unit=told.unit,
        peer=peer[0],
        peer_value=None if peer[1] is None else _short(peer[1]),
        n=n,
        seed=seed,
        commit=_commit(),
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        command=told.command,
        note=note or told.note,
    )


def _short(value: float) -> float:
    return int(value) if value == int(value) or abs(value) >= 1000 else float(f"{value:.4g}")


def _commit() -> str:
    def git(*words: str) -> str:
        done = subprocess.run(
            ["git", *words], cwd=ROOT, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    return git("rev-parse", "--short=10", "HEAD") + ("+" if git("status", "--porcelain") else "")


def record(lines: Iterable[Line], folder: Path = EVIDENCE) -> None:
    """Overwrite the lines of the same id, keep the others, and list what no run has measured."""
    held = {one.id: asdict(one) for file in sorted(folder.glob("*.jsonl")) for one in read(file)}
    told = {one.id: asdict(one) for one in CLAIMS.values()}
    for claim, line in told.items():
        if claim in held and held[claim]["value"] is not None:
            told[claim] = held[claim] | {
                name: line[name] for name in ("what", "target", "relation", "unit", "command")
            }
    told |= {one.id: asdict(one) for one in lines}
    folder.mkdir(parents=True, exist_ok=True)
    for area in sorted({claim.partition(".")[0] for claim in told}):
        text = "".join(
            json.dumps(line, ensure_ascii=False) + "\n"
            for claim, line in told.items()
            if claim.partition(".")[0] == area
        )
        (folder / f"{area}.jsonl").write_text(text, encoding="utf-8")


def read(file: Path) -> list[Line]:
    """The lines of one file of evidence."""
    return [Line(**json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]


_DECLARED = (
    Line(
        "records.import-speed",
        "rows a second from a police.uk CSV file of 1 million rows into the store",
        target=100_000,
        unit="rows/s",
        note="whole command, from start of the process to the last commit",
    ),
    Line("records.import-v-pandas", "the same, beside pandas", unit="rows/s"),
    Line("records.import-v-polars", "the same, beside Polars", unit="rows/s"),
    Line("records.import-v-plain", "the same, beside a plain-Python reader", unit="rows/s"),
    Line(
        "records.import-memory",
        "peak memory while 10 million rows are brought in",
        target=300,
        relation="<=",
        unit="MB",
        note="resident set of the importing process and its children, sampled",
    ),
    Line(
        "records.unaccounted",
        "rows read that are neither stored nor rejected",
        target=0,
        relation="==",
        unit="rows",
    ),
    Line(
        "records.killed-40",
        "rows lost or doubled after kill -9 at 40 random points of a 1-million-row import",
        target=0,
        relation="==",
        unit="rows",
        command=LARGE,
        note="make test-crash asserts the same",
    ),
    Line(
        "records.killed-40-control",
        "rows lost or doubled by an importer whose bookkeeping follows its rows, same effort",
        target=1,
        unit="rows",
        command=LARGE,
        note="a control: it must not be nought",
    ),
    Line(
        "records.killed-200",
        "rows lost or doubled after kill -9 at 200 random points of a 10-million-row import",
        target=0,
        relation="==",
        unit="rows",
        command=LARGE,
    ),
    Line(
        "records.killed-200-control",
        "rows lost or doubled by an importer whose bookkeeping follows its rows, same effort",
        target=1,
        unit="rows",
        command=LARGE,
        note="a control: it must not be nought",
    ),
    Line(
        "records.count-10m",
        "seconds to count 10 million crimes by area, type and month",
        target=2,
        relation="<=",
        unit="s",
    ),
    Line("records.count-v-pandas", "the same, beside pandas", relation="<=", unit="s"),
    Line("records.count-v-polars", "the same, beside Polars", relation="<=", unit="s"),
    Line("records.count-v-plain", "the same, beside plain Python", relation="<=", unit="s"),
    Line(
        "records.count-100m",
        "seconds to count 100 million crimes, a national case, by area, type and month",
        relation="<=",
        unit="s",
        command=LARGE,
    ),
    Line(
        "signals.xmr-speed", "series of 120 months read a second by the XmR rules", unit="series/s"
    ),
    Line("signals.xmr-v-pandas", "the same, beside pandas", unit="series/s"),
    Line("signals.xmr-v-polars", "the same, beside Polars", unit="series/s"),
    Line("signals.xmr-v-plain", "the same, beside plain Python", unit="series/s"),
    Line(
        "papers.performance-seconds",
        "seconds to write the performance paper in four formats, the records being there",
        relation="<=",
        unit="s",
        note="whole command, from start of the process",
    ),
    Line(
        "papers.same-bytes",
        "files of the paper that differ when it is written twice",
        target=0,
        relation="==",
        unit="files",
    ),
    Line(
        "papers.demo-seconds",
        "seconds from nothing to the four files of the demonstration's paper",
        relation="<=",
        unit="s",
    ),
)
CLAIMS = {one.id: one for one in _DECLARED}
