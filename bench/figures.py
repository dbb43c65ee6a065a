"""The figures the project claims, and the lines of evidence that runs write for them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from bench.calibrating_claims import calibrating_claims
from bench.mobilisation_allocating_claims import allocating_claims
from bench.mobilisation_response_claims import response_claims
from bench.mobilisation_theory_claims import theory_claims
from bench.register_claims import register_claims
from bench.web_claims import web_claims
from bench.workforce_claims import workforce_claims

ROOT = Path(__file__).resolve().parents[1]
EVIDENCE = ROOT / "docs" / "reference" / "evidence"
BENCH, LARGE = "make bench", "make bench-large"
YEAR_ENDS = "python -m bench.studies year_ends"


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


@cache
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
        "signals.nhs.labels-differ",
        "labels of the NHS rules that differ from pandas, Polars and plain Python computing them",
        target=0,
        relation="==",
        unit="labels",
    ),
    Line(
        "signals.xmr-speed",
        "series of 120 months read a second by the XmR rules, one core",
        target=200_000,
        unit="series/s",
    ),
    Line("signals.xmr-v-pandas", "the same, beside pandas", unit="series/s"),
    Line("signals.xmr-v-polars", "the same, beside Polars", unit="series/s"),
    Line("signals.xmr-v-plain", "the same, beside plain Python", unit="series/s"),
    Line("signals.xmr-v-shewhart", "the same, beside shewhart", unit="series/s"),
    Line(
        "signals.xmr-v-wa-health", "the same, beside WA Health's engine in Python", unit="series/s"
    ),
    Line(
        "signals.steps-speed",
        "series of 120 months a second through the whole analysis of season, levels and steps, "
        "one core",
        target=15_000,
        unit="series/s",
    ),
    Line(
        "signals.steps-v-kernelcpd",
        "series a second in which steps alone are looked for, one call each, beside ruptures in C",
        unit="series/s",
    ),
    Line("signals.steps-v-pelt", "the same, beside ruptures in Python", unit="series/s"),
    Line(
        "signals.pack-speed.whole",
        "seconds from a frame of 5,000 series of 120 months to every statistic and sentence, "
        "on 2 cores",
        target=20,
        relation="<=",
        unit="s",
    ),
    Line("signals.pack-speed.one-core", "the same on one core", relation="<=", unit="s"),
    Line(
        "signals.pack-speed.v-pandas",
        "seconds for every statistic of that frame without sentences, beside the XmR rules alone "
        "in pandas",
        relation="<=",
        unit="s",
    ),
    Line("signals.pack-speed.v-polars", "the same, beside Polars", relation="<=", unit="s"),
    Line(
        "signals.pack-speed.frame",
        "seconds to put a frame of 10,000 series of 120 months on its grid, slowest kind of frame",
        target=1,
        relation="<=",
        unit="s",
    ),
    Line(
        "signals.yearend.coverage-80-least",
        "year-end totals within their 80% range, London, all years and months kept for the test",
        target=76,
        unit="%",
        command=YEAR_ENDS,
    ),
    Line(
        "signals.yearend.coverage-80-most",
        "the same: not so many that the range says too little",
        target=84,
        relation="<=",
        unit="%",
        command=YEAR_ENDS,
    ),
    Line(
        "signals.yearend.coverage-95-least",
        "year-end totals within their 95% range, the same cases",
        target=92,
        unit="%",
        command=YEAR_ENDS,
    ),
    Line(
        "signals.yearend.coverage-95-most",
        "the same: not so many that the range says too little",
        target=97,
        relation="<=",
        unit="%",
        command=YEAR_ENDS,
    ),
    Line(
        "signals.yearend.coverage-worst-year",
        "year-end totals within their 80% range in the worst of those years",
        target=70,
        unit="%",
        command=YEAR_ENDS,
    ),
    Line(
        "signals.yearend.brier-gain-worst-year",
        "how far the Brier score of 'below last year' at month 4 lies under that of the rule by "
        "the year to date, in the worst of those years",
        target=30,
        unit="%",
        command=YEAR_ENDS,
    ),
    Line(
        "signals.yearend.brier-less-autoets",
        "the same Brier score less that of AutoETS on the same cases",
        target=0,
        relation="<=",
        command=YEAR_ENDS,
    ),
    Line(
        "signals.yearend.reliability-worst-bin",
        "percentage points between the chance said and how often it happened, in the worst tenth",
        target=10,
        relation="<=",
        unit="points",
        command=YEAR_ENDS,
    ),
    Line(
        "signals.yearend.fresh-coverage-80",
        "year-end totals within their 80% range, burglary in years that nothing was chosen on",
        unit="%",
        command=YEAR_ENDS,
    ),
    Line(
        "signals.yearend.fresh-coverage-95",
        "year-end totals within their 95% range, the same cases",
        unit="%",
        command=YEAR_ENDS,
    ),
    Line(
        "signals.yearend.fresh-brier",
        "Brier score of 'below last year' at month 4, the same years",
        relation="<=",
        command=YEAR_ENDS,
    ),
    Line(
        "signals.yearend.step-known",
        "interval score of year ends after an accepted step, the level read from the step on",
        relation="<=",
        unit="% of total",
        command=YEAR_ENDS,
    ),
    Line(
        "signals.yearend.step-not-cut",
        "the same where the months since the step alone would be enough",
        relation="<=",
        unit="% of total",
        command=YEAR_ENDS,
    ),
    Line(
        "signals.yearend.speed",
        "series of 120 months a second from counts to a simulated year end, one core",
        target=300,
        unit="series/s",
        command=YEAR_ENDS,
    ),
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


DISPERSIONS = ("1", "2.2", "3")
AUTOCORRELATED = "-rho-0.3"  # as bench.studies.designs.Design.name has it


def _of_stable() -> Iterator[Line]:
    """False steps and false signals, by the names of bench.studies.designs."""
    told = {"relation": "<=", "unit": "%", "command": "python -m bench.studies stable"}
    sizes = ("200", "2000", *(f"200-dispersion-{over}" for over in DISPERSIONS))
    for years in (10, 5):
        what = f"stable series of {years} years in which a step is found"
        for rho, most in (("", 1), (AUTOCORRELATED, 5)):
            step = f"signals.stable.step-{years}-years"
            for size in sizes:
                yield Line(f"{step}.{size}{rho}", what, target=most, **told)
            yield Line(f"{step}.v-ruptures{rho}", f"{what}, beside ruptures", **told)
    for rho, most in (("", 20), (AUTOCORRELATED, 25)):
        for size in (*sizes, "200-no-season", "15", "50"):
            yield Line(
                f"signals.stable.any-signal.{size}{rho}",
                "stable series with any signal or step in 24 months of looks",
                target=most,
                **told,
            )


def _of_detection() -> Iterator[Line]:
    """Delays and power, by the names of bench.studies.designs."""
    told = {"command": "python -m bench.studies detection"}
    goals = {"minus-20-at-200": (3, 6), "minus-10-at-200": (7, 11), "minus-10-at-2000": (4, 6)}
    cases = goals | {f"{fall}{AUTOCORRELATED}": (None, None) for fall in goals}
    for over in DISPERSIONS:
        cases |= {f"{fall}-dispersion-{over}": goals[fall] for fall in list(goals)[:2]}
    for fall, (to_signal, to_step) in cases.items():
        for kind, most, what in (
            ("signal", to_signal, "median months from a step to the first signal of it"),
            ("found", to_step, "median months from a step until it is found and dated"),
        ):
            claim = f"signals.detection.{kind}.{fall}"
            yield Line(claim, what, target=most, relation="<=", unit="months", **told)
    for size in (20, 50, 200):
        for fall in (5, 10, 20):
            claim = f"signals.detection.power.minus-{fall}-at-{size}"
            what = "series of 10 years in which a step in their middle is found"
            yield Line(claim, what, unit="%", **told)


def _of_dates() -> Iterator[Line]:
    """Dates of steps, by the names of bench.studies.designs."""
    told = {"target": 93, "unit": "%", "command": "python -m bench.studies dates"}
    within = "steps of -20% at 200 a month dated within one month of the truth"
    covered = "steps of -20% at 200 a month whose true date lies in the 95% interval"
    others = (f"200-dispersion-{over}" for over in DISPERSIONS)
    for case in ("200", *others, f"200{AUTOCORRELATED}"):
        yield Line(f"signals.dates.within-a-month.{case}", within, **told)
        yield Line(f"signals.dates.coverage.{case}", covered, **told)
    beside = {"what": f"{within}, beside ruptures", "target": None}
    yield Line("signals.dates.within-a-month.v-ruptures", **told | beside)


def _of_pack() -> Iterator[Line]:
    """Headlines of packs, by the names of bench.studies.pack."""
    told = {"command": "python -m bench.studies pack"}
    flags = "false headline flags per 1,000 stable series in a month"
    share = "false headline flags among all where 5% of series change to 0.6 or 1.5 times"
    for rho in ("", AUTOCORRELATED):
        for kind in ("200", "200-dispersion-3", "many-sizes"):
            pack = f"{kind}{rho}"
            most = {"relation": "<="} | told
            claim = f"signals.pack.false-headlines.{pack}"
            yield Line(claim, flags, target=0.5, unit="flags", **most)
            yield Line(f"signals.pack.false-share.{pack}", share, target=10, unit="%", **most)
            found = "those changes that make a headline"
            yield Line(f"signals.pack.changes-found.{pack}", found, unit="%", **told)


def _of_surveys() -> Iterator[Line]:
    """Ranges of surveys and signals on bases, by the names of bench.studies.surveys."""
    told = {"unit": "%", "command": "python -m bench.studies surveys"}
    level = "95% ranges of a share that hold the truth, clustered answers"
    gap = "95% ranges of a difference of two waves that hold the truth, clustered answers"
    for sample in ("50-at-80", "300-at-50", "300-at-80", "1250-at-84"):
        yield Line(f"signals.surveys.level.{sample}", level, target=93, **told)
        yield Line(f"signals.surveys.difference.{sample}", gap, target=93, **told)
    power = "samples that tell the difference said to be told four times in five"
    for sample in ("300-at-50", "300-at-80", "1250-at-84"):
        yield Line(f"signals.surveys.power.{sample}", power, target=78, **told)
    most = {"relation": "<="} | told
    trend = "questions without a trend that are said to have one over eight waves"
    yield Line("signals.surveys.false-trend", trend, target=5, **most)
    signal = "stable series on changing bases with any signal in 24 months"
    chance = "stable series whose latest month has a chance of at most 1 in 100"
    for kind in ("rates", "shares", "averages"):
        yield Line(f"signals.others.any-signal.{kind}", signal, target=20, **most)
        yield Line(f"signals.others.small-chance.{kind}", chance, target=1, **most)


CLAIMS = {
    one.id: one
    for one in (
        *_DECLARED,
        *_of_stable(),
        *_of_detection(),
        *_of_dates(),
        *_of_pack(),
        *_of_surveys(),
        *(Line(**one) for one in register_claims()),
        *(Line(**one) for one in response_claims()),
        *(Line(**one) for one in theory_claims()),
        *(Line(**one) for one in web_claims()),
        *(Line(**one) for one in workforce_claims()),
        *(Line(**one) for one in allocating_claims()),
        *(Line(**one) for one in calibrating_claims()),
    )
}
