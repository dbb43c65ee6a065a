"""Steps as other people's tools find them, in the counts as they are.

    python -m bench.studies.others FILE ANSWER STEPS    ruptures alone, as the parent starts it

None of them knows month length, season, dispersion or autocorrelation.
"""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from regard.kernels.compiling import compiled
from regard.signals.kernel import Places, Values

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv-oracles" / "bin" / "python"
ABSENT = "ruptures not measured: there is no .venv-oracles"
LEAST = 6  # shortest level in months, as ours
PENALTY = 3.0  # logarithms of the number of months that a step must gain, as ours was at first
MOVE = 1.128  # average move between two neighbours of a normal series of standard deviation 1
SECONDS = 600.0
Matrix = np.ndarray[Any, np.dtype[np.float64]]
Counts = np.ndarray[Any, np.dtype[np.int64]]


@compiled
def poisson_steps(values: Values, penalty: float, least: int) -> Places:
    """How many steps of Poisson likelihood each row of counts has (R's changepoint, exactly).

    The cost of a level is 2 S (ln n - ln S), S the sum of its n counts; the least cost over
    every set of steps is found by looking at them all, which PELT only does faster.
    """
    rows, months = values.shape
    found = np.zeros(rows, np.int64)
    price = penalty * math.log(months)
    for row in range(rows):
        sums, best = np.zeros(months + 1), np.full(months + 1, math.inf)
        before = np.zeros(months + 1, np.int64)
        for i in range(months):
            sums[i + 1] = sums[i] + values[row, i]
        best[0] = -price
        for end in range(least, months + 1):
            for start in range(end - least + 1):
                total, held = sums[end] - sums[start], end - start
                cost = 2 * total * (math.log(held) - math.log(total)) if total > 0 else 0.0
                if best[start] + cost + price < best[end]:
                    best[end], before[end] = best[start] + cost + price, start
        at = before[months]
        while at > 0:
            found[row] += 1
            at = before[at]
    return found


def with_ruptures(values: Matrix, folder: Path, *, steps: int = 0) -> Counts | None:
    """The first months of new levels by ruptures' kernel search, -1 where there are fewer.

    Args:
        values: Counts, shape (series, months).
        folder: Where arrays are passed to its own environment and back.
        steps: How many steps there are, if it is told; at 0 a step must gain `PENALTY`
            logarithms of the number of months, times the variance by the average move.

    Returns:
        Months counted from 0, shape (series, the most steps of any); None without the environment.

    Raises:
        ChildProcessError: it failed.
    """
    if not PYTHON.exists():
        return None
    asked, answered = folder / "values.npy", folder / "steps.npy"
    np.save(asked, values)
    done = subprocess.run(
        [PYTHON, "-m", "bench.studies.others", asked, answered, str(steps)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=SECONDS,
    )  # fmt: skip
    if done.returncode:
        raise ChildProcessError(f"ruptures left with {done.returncode}: {done.stderr[-2000:]}")
    return np.load(answered)


def _asked_of_ruptures(values: Matrix, steps: int) -> Counts:
    from ruptures import KernelCPD  # here: only its own environment has it

    found = []
    for row in values:
        search = KernelCPD(kernel="linear", min_size=LEAST).fit(row)
        if steps:
            found.append(search.predict(n_bkps=steps)[:-1])
            continue
        variance = (np.abs(np.diff(row)).mean() / MOVE) ** 2
        found.append(search.predict(pen=PENALTY * math.log(len(row)) * variance)[:-1])
    most = max(1, *(len(one) for one in found))
    return np.array([[*one, *[-1] * (most - len(one))] for one in found], np.int64)


if __name__ == "__main__":
    np.save(sys.argv[2], _asked_of_ruptures(np.load(sys.argv[1]), int(sys.argv[3])))
