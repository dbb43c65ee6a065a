"""How fast other people's packages read the same series, in their own environment.

    python -m bench.peers_oracles                      ours and theirs on the same generated series
    python -m bench.peers_oracles PEER FILE SECONDS    one peer alone, as the parent starts it
    python -m bench.peers_oracles totals FILE OUT AHEAD    what AutoETS foretells, kept as an array

Each peer is a child process of `.venv-oracles` on one thread. It reads the arrays that ours
reads, one series warms it up, and its CPU seconds are counted from there until its time is over
or its series are. What is counted is the call alone: no import, no reading of the file.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
PYTHON = ROOT / ".venv-oracles" / "bin" / "python"
ABSENT = "not measured: there is no .venv-oracles (make .venv-oracles/ready)"
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMBA", "NIXTLA")}
SECONDS = 4.0
START_SECONDS = 60.0  # that a child may take to import its packages and to warm up
SEED = 20_264
LEAST, PENALTY = 8, 3.0  # shortest level in months; logarithms of the months a step must gain
DRAWS, AHEAD, YEAR = 2_000, 8, 12  # paths a series, months that are left of its year

Matrix = np.ndarray[Any, np.dtype[np.float64]]
Read = Callable[[Matrix], Any]


@dataclass(frozen=True)
class Speed:
    """What a peer did: series read in so many CPU seconds."""

    peer: str
    version: str
    series: int
    cpu_seconds: float

    @property
    def a_second(self) -> float:
        """Series a CPU second."""
        return self.series / self.cpu_seconds


def shewhart() -> Read:
    """Individuals chart with Nelson's eight rules."""
    from shewhart import imr  # here, so that no peer pays for another's start

    return imr


def controlchartspy() -> Read:
    """NHS chart: limits, points beyond them, trend, two of three and run."""
    from controlchartspy import spc

    rules = {"astronomical": True, "trend": True, "two_in_three": True, "shift": True}

    def read(row: Matrix) -> Any:
        months = [f"{1990 + at // YEAR}-{at % YEAR + 1:02}-01" for at in range(len(row))]
        told = {"month": months, "value": row.tolist()}
        return spc(
            told, keys="month", numerators="value", return_objs="limits", outlier_settings=rules
        ).limits

    return read


def ruptures_pelt() -> Read:
    """PELT in Python, every place a candidate, squared error."""
    from ruptures import Pelt

    return lambda row: (
        Pelt(model="l2", min_size=LEAST, jump=1)
        .fit(row)
        .predict(pen=PENALTY * float(np.log(len(row))))
    )


def ruptures_kernel() -> Read:
    """PELT in C: a linear kernel is squared error."""
    from ruptures import KernelCPD

    return lambda row: (
        KernelCPD(kernel="linear", min_size=LEAST)
        .fit(row)
        .predict(pen=PENALTY * float(np.log(len(row))))
    )


def statsforecast_ets() -> Read:
    """AutoETS chosen and fitted, and the year's total from 2,000 joint paths of what is left."""
    from statsforecast.models import AutoETS

    def read(row: Matrix) -> Matrix:
        model = AutoETS(season_length=YEAR).fit(row)
        paths = model.simulate(h=AHEAD, n_paths=DRAWS, seed=SEED)
        totals = row[AHEAD - YEAR :].sum() + paths.sum(axis=1)
        return np.quantile(totals, (0.025, 0.1, 0.5, 0.9, 0.975))

    return read


# Name of the peer, its package, and how it reads a series; by what they read.
CHARTS = {
    "shewhart": ("shewhart", shewhart),
    "controlchartspy": ("controlchartspy", controlchartspy),
}
STEPS = {
    "ruptures Pelt": ("ruptures", ruptures_pelt),
    "ruptures KernelCPD": ("ruptures", ruptures_kernel),
}
YEARS = {"statsforecast AutoETS": ("statsforecast", statsforecast_ets)}
PEERS = CHARTS | STEPS | YEARS


def why_absent() -> str:
    """Why no peer can be measured here; empty where they can."""
    return "" if PYTHON.exists() else ABSENT


def peer_speeds(
    folder: Path,
    *,
    charts: Matrix | None = None,
    steps: Matrix | None = None,
    years: Matrix | None = None,
    seconds: float = SECONDS,
) -> dict[str, float]:
    """Series a CPU second by each peer; empty where their environment is not (`why_absent`).

    Args:
        folder: Where the arrays are passed.
        charts: Values to chart, shape (series, months), none missing.
        steps: Values of variance 1 about their levels, in which steps are looked for.
        years: Counts whose last four months are the year so far.
        seconds: CPU seconds that each peer may take; at least one series is read.

    Raises:
        ChildProcessError: a peer failed.
    """
    return {
        one.peer: one.a_second
        for one in measured_peers(folder, charts=charts, steps=steps, years=years, seconds=seconds)
    }


def measured_peers(
    folder: Path,
    *,
    charts: Matrix | None = None,
    steps: Matrix | None = None,
    years: Matrix | None = None,
    seconds: float = SECONDS,
) -> Iterator[Speed]:
    """The same with versions, series and seconds."""
    if why_absent():
        return
    for peers, name, values in (
        (CHARTS, "charts", charts), (STEPS, "steps", steps), (YEARS, "years", years),
    ):  # fmt: skip
        if values is None:
            continue
        file = folder / f"{name}.npy"
        np.save(file, np.ascontiguousarray(values, np.float64))
        for peer in peers:
            yield asked(peer, file, seconds)


def asked(peer: str, file: Path, seconds: float) -> Speed:
    """What a child of the oracles' environment measured of one peer.

    Raises:
        ChildProcessError: it left with another code than 0.
    """
    said = child(peer, file, str(seconds), limit=START_SECONDS + 10 * seconds)
    return Speed(**json.loads(said.splitlines()[-1]))


def child(*told: str | Path, limit: float) -> str:
    """What a child of the oracles' environment says, on one thread, within `limit` seconds.

    Raises:
        ChildProcessError: it left with another code than 0.
    """
    done = subprocess.run(
        [PYTHON, "-m", "bench.peers_oracles", *told], cwd=ROOT, env=dict(os.environ) | ONE_THREAD,
        capture_output=True, text=True, check=False, timeout=limit,
    )  # fmt: skip
    if done.returncode:
        raise ChildProcessError(f"{told[0]} left with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


def ets_totals(folder: Path, counts: Matrix, *, ahead: int) -> Matrix:
    """What AutoETS foretells for the months ahead together: 2,000 totals, shape (series, draws).

    For studies that score ours and theirs on the same cases; about seven series a second.

    Args:
        folder: Where the arrays are passed.
        counts: Counts to the month of the forecast, shape (series, months), none missing.
        ahead: Months that are left of the year.

    Raises:
        FileNotFoundError: their environment is not there.
        ChildProcessError: the child failed.
    """
    if why_absent():
        raise FileNotFoundError(f"{PYTHON.relative_to(ROOT)}: {why_absent()}")
    file, kept = folder / "counts.npy", folder / "totals.npy"
    np.save(file, np.ascontiguousarray(counts, np.float64))
    child("totals", file, kept, str(ahead), limit=START_SECONDS + len(counts))
    return np.load(kept)


def keep_totals(file: Path, kept: Path, ahead: int) -> None:
    """The child's part of `ets_totals`."""
    from statsforecast.models import AutoETS

    rows = np.load(file)
    totals = np.empty((len(rows), DRAWS))
    for at, row in enumerate(rows):
        model = AutoETS(season_length=YEAR).fit(row)
        totals[at] = model.simulate(h=ahead, n_paths=DRAWS, seed=SEED).sum(axis=1)
    np.save(kept, totals)


def timed(peer: str, file: Path, seconds: float) -> Speed:
    """Read series after series until the time is over."""
    package, made = PEERS[peer]
    rows, read = np.load(file), made()
    read(rows[0])
    start, used, count = time.process_time(), 0.0, 0
    for row in rows:
        read(row)
        count += 1
        used = time.process_time() - start
        if used >= seconds:
            break
    return Speed(peer, version(package), count, used)


def generated(series: int, months: int) -> Matrix:
    """Whole counts with a season and, in half of the series, a step; shape (series, months)."""
    random = np.random.default_rng(SEED)
    level = random.choice([20.0, 200.0, 2000.0], (series, 1))
    at, month = random.integers(0, 2 * months, (series, 1)), np.arange(months)
    season = 1 + 0.1 * np.sin(2 * np.pi * month / YEAR)
    return random.poisson(level * season * np.where(month >= at, 0.85, 1.0)).astype(float)


def ours(charts: Matrix, steps: Matrix, years: Matrix) -> dict[str, float]:
    """Series a CPU second by ours, on the same arrays."""
    from regard.core.periods import FinancialYear  # the child has no need of ours
    from regard.signals.adjusted.steps import find_steps, step_price
    from regard.signals.xmr import xmr_many
    from regard.signals.yearend.many import year_end_many

    def speed(read: Callable[[], Any], series: int) -> float:
        read()
        start = time.process_time()
        read()
        return series / (time.process_time() - start)

    price, year = step_price(steps.shape[1], penalty=PENALTY), FinancialYear(2018)
    start = year.months[0] + (YEAR - AHEAD - years.shape[1])
    return {
        "ours, chart and rules": speed(lambda: xmr_many(charts), len(charts)),
        "ours, steps": speed(
            lambda: [find_steps(row, price=price, least=LEAST) for row in steps], len(steps)
        ),
        "ours, year ends": speed(
            lambda: year_end_many(years, start=start, year=year, draws=DRAWS), len(years)
        ),
    }


def main() -> None:
    """One peer if told so, or ours and all of theirs."""
    if sys.argv[1:2] == ["totals"]:
        keep_totals(Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
        return
    if len(sys.argv) > 1:
        peer, file, seconds = sys.argv[1:]
        print(json.dumps(asdict(timed(peer, Path(file), float(seconds)))))
        return
    charts, steps = generated(5_000, 120), 2 * np.sqrt(generated(2_000, 180) + 3 / 8)
    years = generated(300, 100)
    told: dict[str, Any] = ours(charts, steps, years)
    with tempfile.TemporaryDirectory(prefix="regard-bench-") as folder:
        told |= peer_speeds(Path(folder), charts=charts, steps=steps, years=years)
    print(json.dumps(told | ({"peers": why_absent()} if why_absent() else {}), indent=1))


if __name__ == "__main__":
    main()
