"""Series a second on one core: charts, steps alone and the whole analysis, beside the packages.

Ours read whole matrices; the packages read the same series one call each in their own
environment, and their lines are left out where that is not there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from bench.figures import Line, measured
from bench.peers_oracles import LEAST, PENALTY, SEED, generated, peer_speeds, why_absent
from regard.core.periods import Month
from regard.signals import NHSR_PARITY, xmr_many
from regard.signals.adjusted.charts import adjusted_many
from regard.signals.adjusted.steps import best_levels

SERIES, MONTHS, START = 10_000, 120, Month(2010, 4)
TIMES = 3  # of which the best counts: the machine is shared
PEERS = {
    "signals.xmr-v-shewhart": ("charts", "shewhart"),
    "signals.xmr-v-wa-health": ("charts", "controlchartspy"),
    "signals.steps-v-kernelcpd": ("steps", "ruptures KernelCPD"),
    "signals.steps-v-pelt": ("steps", "ruptures Pelt"),
}
Matrix = np.ndarray[Any, np.dtype[np.float64]]


def lines(folder: Path, *, series: int = SERIES) -> list[Line]:
    """What was measured, with each package beside it.

    Args:
        folder: Where arrays are passed to the packages.
        series: How many of 120 months.
    """
    counts = generated(series, MONTHS)
    roots = 2 * np.sqrt(counts + 3 / 8)
    few = max(1, series // 100)
    adjusted_many(counts[:few], START)  # compiled before the clock starts
    charts = _a_second(lambda: xmr_many(counts, rules=NHSR_PARITY), series)
    alone = _a_second(lambda: _steps(roots), series)
    whole = _a_second(lambda: adjusted_many(counts, START), series)
    note = f"{MONTHS} months; season, length, spread, steps with dates and ranges, limits, signals"
    told = [measured("signals.steps-speed", whole, n=series, seed=SEED, note=note)]
    seconds = 4.0 if series == SERIES else 0.2
    theirs = peer_speeds(folder, charts=counts[:500], steps=roots[:500], seconds=seconds)
    for claim, (kind, peer) in PEERS.items():
        if peer in theirs:
            ours = charts if kind == "charts" else alone
            told.append(measured(claim, ours, peer=(peer, theirs[peer]), n=series, seed=SEED))
    if why_absent():
        print(f"  packages: {why_absent()}")
    return told


def _steps(roots: Matrix) -> None:
    """PELT's problem alone, with the packages' own price and shortest level."""
    heavy, free = np.ones(MONTHS), np.zeros(MONTHS, bool)
    price = PENALTY * float(np.log(MONTHS))
    for row in roots:
        best_levels(row, heavy, free, price, LEAST)


def _a_second(call: Callable[[], Any], series: int) -> float:
    call()
    best = float("inf")
    for _ in range(TIMES):
        start = time.process_time()
        call()
        best = min(best, time.process_time() - start)
    return series / best
