"""Measures the simulator of the response, beside SimPy and Ciw where they are installed.

python -m bench.mobilisation_response            all but the 43 forces; writes the evidence
python -m bench.mobilisation_response --large    the 43 forces
python -m bench.mobilisation_response --small    small inputs, nothing written
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from bench.figures import Line, measured, record
from bench.peers_oracles import PYTHON, ROOT, why_absent
from bench.table import printed
from regard.mobilisation.response import (
    PLAIN,
    Capacity,
    Demand,
    Grade,
    Local,
    Model,
    Phase,
    Rules,
    Trace,
    away,
    drawing_of,
    drawn,
    given,
    nobody_away,
    read,
    run,
)
from regard.mobilisation.response.local_loop import locally
from regard.mobilisation.response.outcomes import answered

SEED = 20_266
MB = 1_000_000
WEEK, DAY, YEAR = 168, 24, 8_760  # hours
FINE = 1_024  # parts of a minute: sums of such minutes are exact in every package
AN_HOUR = 68.5  # incidents, of a large force
BY_HOUR = (0.62, 0.5, 0.45, 0.42, 0.41, 0.43, 0.5, 0.65, 0.85, 0.98, 1.05, 1.1, 1.15, 1.18, 1.22,
           1.28, 1.32, 1.35, 1.35, 1.32, 1.28, 1.2, 1.1, 0.9)  # fmt: skip
UNITS = (84, 84, 60, 60, 60, 60, 60, 80, 80, 80, 88, 88, 88, 88, 100, 100, 100, 100, 112, 112, 112,
         112, 100, 100)  # fmt: skip
LOST = 7  # units that a PSU takes from response by day, and half of that by night
MM10, OF_MM10 = 0.2045900754 * 60, 200  # minutes; runs
FORCES = 43


def force(*, hours: int, warm_up: int = 0, size: float = 1.0, **more: Any) -> Model:
    """A generated force with three grades of incident; `size` 1 has 68.5 an hour."""
    shape = np.tile(np.array(BY_HOUR), 7)
    week = size * AN_HOUR * shape / shape.mean()

    def grade(name: str, share: float, minutes: float, within: float, travel: float) -> Grade:
        rate = tuple(float(one) * share for one in week)
        return Grade(name, rate, minutes, within=within, travel=travel)

    grades = (
        grade("Grade 1", 0.2, 70, 15, 6), grade("Grade 2", 0.45, 60, 60, 15),
        grade("Grade 3", 0.35, 50, 255, 15),
    )  # fmt: skip
    units = tuple(round(size * UNITS[hour % DAY]) for hour in range(hours + warm_up))
    return Model(
        Demand(grades), Capacity(units), warm_up=warm_up, hours=hours, name="generated",
        generated=True, **more,
    )  # fmt: skip


def on_grid(trace: Trace) -> Trace:
    """The trace with minutes whose sums are exact."""
    return given(
        hours=trace.hours,
        at=np.floor(trace.at * FINE) / FINE,
        grade=trace.grade,
        minutes=np.ceil(trace.minutes * FINE) / FINE,
    )


def timed(call: Callable[[], Any], *, times: int = 1) -> tuple[Any, float]:
    """What a call gives and its least seconds on the clock."""
    best, found = float("inf"), None
    for _ in range(times):
        start = time.perf_counter()
        found = call()
        best = min(best, time.perf_counter() - start)
    return found, best


def speeds(folder: Path, *, small: bool) -> list[Line]:
    """One trace through ours and the packages, in incidents a second."""
    model = force(hours=WEEK if small else YEAR)
    trace = on_grid(drawn(drawing_of(model), SEED, 0))
    units, rules = np.array(model.capacity.units, np.int64), Rules()
    answered(trace, units, rules=rules, grades=3)  # compiled before the clock starts
    ours, numba = timed(lambda: answered(trace, units, rules=rules, grades=3), times=5)
    other, plain = timed(
        lambda: answered(trace, units, rules=rules, grades=3, engine=PLAIN), times=2
    )
    if not np.array_equal(ours.waits, other.waits, equal_nan=True):
        raise ArithmeticError(f"compiled and plain Python differ over {len(trace):,} incidents")
    told: dict[str, Any] = {"n": len(trace), "seed": SEED}
    speed = {"numba": len(trace) / numba, "plain": len(trace) / plain}
    told["note"] = f"numba {speed['numba']:,.0f}, plain {speed['plain']:,.0f} incidents a second"
    if why_absent():
        print(f"  packages: {why_absent()}")
        return []
    simpy = _peer("simpy", trace, model, folder)
    part = on_grid(drawn(drawing_of(force(hours=WEEK if small else 8 * WEEK)), SEED, 0))
    ciw = _peer("ciw", part, model, folder)
    return [
        measured(
            f"capability.response.{claim}",
            speed[mine] / its,
            peer=(peer, 1.0),
            **told | {"note": f"{told['note']}; {peer} {its:,.0f}"},
        )
        for claim, mine, peer, its in (
            ("plain-v-simpy", "plain", "SimPy", simpy),
            ("numba-v-simpy", "numba", "SimPy", simpy),
            ("numba-v-ciw", "numba", "Ciw", ciw),
        )
    ]


def _peer(peer: str, trace: Trace, model: Model, folder: Path) -> float:
    file = folder / f"{peer}.npz"
    np.savez(file, at=trace.at, grade=trace.grade, minutes=trace.minutes,
             capacity=np.array(model.capacity.units[: trace.hours]))  # fmt: skip
    done = subprocess.run(
        [PYTHON, "-m", "bench.peers_response", peer, file],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    if done.returncode:
        raise ChildProcessError(f"{peer} left with {done.returncode}: {done.stderr[-2000:]}")
    return len(trace) / json.loads(done.stdout)["seconds"]


def differences(folder: Path, *, small: bool) -> list[Line]:
    """How far any wait in plain Python, compiled and SimPy lies from another."""
    model = force(hours=2 * WEEK)
    full = on_grid(drawn(drawing_of(model), SEED, 1))
    keep = full.at < 60 * (DAY * (3 if small else 14))
    coarse = np.floor(full.at[keep] / 5) * 5  # so that much happens at one instant
    trace = given(hours=full.hours, at=coarse, grade=full.grade[keep], minutes=full.minutes[keep])
    units = np.array([0 if hour % DAY in (3, 4) else one
                      for hour, one in enumerate(model.capacity.units)], np.int64)  # fmt: skip
    numba, plain = (
        answered(trace, units, rules=Rules(), grades=3, engine=engine).waits
        for engine in ("compiled", PLAIN)
    )
    worst = float(np.nanmax(np.abs(numba - plain)))
    same = np.array_equal(np.isnan(numba), np.isnan(plain))
    beside, peer = "plain Python", ("", None)
    if not why_absent():
        theirs = _simpy_waits(trace, units, folder)
        worst = max(worst, float(np.nanmax(np.abs(numba - theirs))))
        same = same and np.array_equal(np.isnan(numba), np.isnan(theirs))
        beside, peer = "plain Python and SimPy", ("SimPy", 0.0)
    if not same:
        worst = float("inf")
    return [
        measured("capability.response.waits-differ", worst, n=len(trace), seed=SEED, peer=peer,
                 note=f"compiled beside {beside}"),
    ]  # fmt: skip


def _simpy_waits(trace: Trace, units: np.ndarray, folder: Path) -> np.ndarray:
    file, kept = folder / "waits.npz", folder / "waits.npy"
    np.savez(file, at=trace.at, grade=trace.grade, minutes=trace.minutes, capacity=units)
    code = (
        "import sys, numpy as np; from bench.peers_response import with_simpy; "
        "held = np.load(sys.argv[1]); "
        "names = ('at', 'grade', 'minutes', 'capacity'); "
        "np.save(sys.argv[2], with_simpy(*(held[one].tolist() for one in names)))"
    )
    subprocess.run([PYTHON, "-c", code, file, kept], cwd=ROOT, check=True, timeout=300)
    return np.load(kept)


def force_years(folder: Path, *, small: bool) -> list[Line]:
    """Many years of a force, compiled in threads and plain in two processes."""
    model = force(hours=4 * WEEK if small else YEAR)
    scenarios, count = [nobody_away(model)], 4 if small else 100
    run(model, scenarios, replications=2, seed=SEED)
    found, numba = timed(lambda: run(model, scenarios, replications=count, seed=SEED))
    incidents = int(found.results[0].tally.cells[..., 0].sum())
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        other, plain = timed(
            lambda: run(model, scenarios, replications=count, seed=SEED, executor=processes,
                        engine=PLAIN)
        )  # fmt: skip
    if found.digest != other.digest:
        raise ArithmeticError(f"{count} years differ between threads and processes")
    note = f"{incidents:,} incidents; drawing, the loop and all sums"
    told: dict[str, Any] = {"n": count, "seed": SEED}
    return [
        measured("capability.response.force-years", numba, note=note, **told),
        measured("capability.response.force-years-plain", plain, **told,
                 note=f"{note}; incidents are drawn by compiled code, the loop is plain Python"),
    ]  # fmt: skip


def curve_of(model: Model, levels: int) -> list[Any]:
    """Scenarios of 0, 1, 2... PSUs away for three days."""
    found = [nobody_away(model)]
    by_day = [LOST if 7 <= hour < 19 else LOST / 2 for hour in range(DAY)]
    start = model.phases[0].start
    for level in range(1, levels):
        lost = [round(level * one) for one in by_day]
        found.append(away(f"{level} away", model, lost, start=start, end=start + 3 * DAY))
    return found


def weeks_of(size: float = 1.0) -> Model:
    """A week of warm-up and six that are read, units away in three days of the third."""
    phase = Phase("away", 2 * WEEK, 2 * WEEK + 3 * DAY)
    return force(hours=6 * WEEK, warm_up=WEEK, size=size, phases=(phase,))


def curves(folder: Path, *, small: bool) -> list[Line]:
    """A curve of seven levels, and a preview of two scenarios."""
    model = weeks_of(0.2 if small else 1.0)
    levels, count = curve_of(model, 7), 4 if small else 100
    run(model, levels[:2], replications=2, seed=SEED)
    found, whole = timed(lambda: run(model, levels, replications=count, seed=SEED))
    _, preview = timed(
        lambda: run(model, [levels[0], levels[3]], replications=4 if small else 30, seed=SEED)
    )
    late = ", ".join(
        f"{read(found, 'late', scenario=one.name, grade='Grade 1', phase='away').value:.2f}"
        for one in levels
    )
    note = f"grade 1 late while they are away, by level: {late}%"
    return [
        measured("capability.response.curve", whole, n=count, seed=SEED, note=note),
        measured("capability.response.preview", preview, n=4 if small else 30, seed=SEED),
    ]


def areas(folder: Path, *, small: bool) -> list[Line]:
    """Ten areas that help each other, over a force-year."""
    many = range(10)
    model = force(hours=WEEK if small else YEAR)
    units = [[one // 10 + (area < one % 10) for one in model.capacity.units] for area in many]
    local = Local(
        names=tuple(f"area {one}" for one in many),
        share=((0.1,) * 10,) * 3,
        units=tuple(map(tuple, units)),
        journey=tuple(tuple(4 + 1.5 * abs(a - b) if a != b else 0.0 for a in many) for b in many),
        help_after=(0.0, 30.0, None),
    )
    model = Model(model.demand, model.capacity, warm_up=0, hours=model.hours, local=local)
    trace = drawn(drawing_of(model), SEED, 0)
    capacity = np.ascontiguousarray(np.array(units, np.int64).T)
    after, journey = np.array([0.0, 30.0, np.inf]), np.array(local.journey)
    locally(trace, capacity, after, journey)
    found, seconds = timed(lambda: locally(trace, capacity, after, journey), times=5)
    events = 2 * int((~np.isnan(found[0])).sum()) + model.hours
    return [
        measured("capability.response.areas", events / seconds, n=len(trace), seed=SEED,
                 note="incidents that arise and units that clear, and hours; "
                 f"{100 * (found[1] != trace.area).mean():.0f}% answered from another area"),
    ]  # fmt: skip


def coverage(folder: Path, *, small: bool) -> list[Line]:
    """How many of many intervals hold the truth of a queue of ten units."""
    one = Grade("all", (8.0,) * WEEK, 60.0)
    model = Model(Demand((one,)), Capacity((10,) * (3 * WEEK)), warm_up=WEEK, hours=2 * WEEK)
    runs = 20 if small else OF_MM10
    held = 0
    for seed in range(runs):
        found = run(model, [nobody_away(model)], replications=20, seed=seed)
        held += MM10 in read(found, "wait", scenario="nobody away", grade="all").range
    told: dict[str, Any] = {"n": runs, "seed": 0, "note": "20 replications of two weeks each"}
    return [
        measured(f"capability.response.coverage-{end}", 100 * held / runs, **told)
        for end in ("least", "most")
    ]


class Watched:
    """The greatest resident memory, in MB, of any worker of this process while it stands."""

    def __enter__(self) -> Watched:
        self.peak, self._over = 0.0, threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *about: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.05):
            for child in psutil.Process().children():
                try:
                    self.peak = max(self.peak, child.memory_info().rss / MB)
                except psutil.NoSuchProcess:
                    continue


def forces(folder: Path, *, small: bool) -> list[Line]:
    """All forces of a country, average ones, in two processes."""
    size = 0.05 if small else 1.0
    model, many, count = weeks_of(size), 2 if small else FORCES, 2 if small else 100
    levels = curve_of(model, 7)
    with Watched() as watched, ProcessPoolExecutor(2, mp_context=get_context("spawn")) as workers:
        run(model, levels[:1], replications=2, seed=SEED, executor=workers)
        start = time.perf_counter()
        for one in range(many):
            run(model, levels, replications=count, seed=SEED + one, executor=workers)
        seconds = time.perf_counter() - start
    told: dict[str, Any] = {"n": many, "seed": SEED}
    note = f"each of {size * AN_HOUR:.1f} incidents an hour"
    return [
        measured("capability.response.forces", seconds, note=note, **told),
        measured("capability.response.forces-memory", watched.peak, note="sampled", **told),
    ]


USUAL = (speeds, differences, force_years, curves, areas, coverage)
OF_LARGE = (forces,)


def lines(folder: Path, *, small: bool = False, large: bool = False) -> list[Line]:
    """What was measured.

    Args:
        folder: Where traces are passed to the packages.
        small: Small inputs, for seconds.
        large: The benchmark that takes minutes instead.
    """
    chosen = (*USUAL, *OF_LARGE) if small else OF_LARGE if large else USUAL
    return [line for part in chosen for line in part(folder, small=small)]


def main(arguments: Sequence[str]) -> int:
    """Run what is asked for; a target that is missed is written down as short, not hidden."""
    parser = argparse.ArgumentParser(prog="python -m bench.mobilisation_response")
    parser.add_argument("--small", action="store_true", help="small inputs, nothing written")
    parser.add_argument("--large", action="store_true", help="43 forces, minutes")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="regard-bench-") as folder:
        found = lines(Path(folder), small=options.small, large=options.large)
    printed(found)
    if not options.small:
        record(found)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
