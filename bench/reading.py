"""Reading: the XmR chart and its four rules over many series, beside pandas, Polars and Python.

All four read the same counts by the same rules (NHSRplotthedots: limits, trend, two of three,
run) in one run, and every label must be the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl

from bench.figures import Line, measured
from regard.core.periods import Month
from regard.core.series import Series
from regard.signals import NHSR_PARITY, read, xmr_many

SERIES, MONTHS, SEED = 10_000, 120, 20_260
PLAIN_SHARE = 20  # plain Python reads every twentieth series: its time a series is the same
READ = 500  # series that are also put into words
CONSTANT, SCREEN = 2.66, 3.267
Matrix = np.ndarray[Any, np.dtype[np.float64]]


def run(series: int = SERIES) -> dict[str, Any]:
    """Series read a second by each, how many labels they gave and how many differ."""
    counts = generated(series)
    plain = counts[: max(1, series // PLAIN_SHARE)]
    xmr_many(counts[:1], rules=NHSR_PARITY)  # compiled before the clock starts
    frame = pd.DataFrame(
        {"series": np.repeat(np.arange(series), MONTHS), "value": counts.reshape(-1)}
    )
    lazy = pl.from_pandas(frame)
    ours, kernel = timed(lambda: xmr_many(counts, rules=NHSR_PARITY).labels, times=5)
    by_pandas, pandas = timed(lambda: with_pandas(frame))
    by_polars, polars = timed(lambda: with_polars(lazy))
    by_python, python = timed(lambda: with_plain_python(plain))
    return {
        "series": series,
        "months": MONTHS,
        "seed": SEED,
        "kernel": series / kernel,
        "pandas": series / pandas,
        "polars": series / polars,
        "plain": len(plain) / python,
        "plain_series": len(plain),
        "readings": in_words(counts[:READ]),
        "labels": ours.size,
        "flagged": int((ours > 0).sum()),
        "differ": {
            "pandas": int((by_pandas.reshape(ours.shape) != ours).sum()),
            "polars": int((by_polars.reshape(ours.shape) != ours).sum()),
            "plain": int((by_python != ours[: len(plain)]).sum()),
        },
    }


def lines(folder: Path, *, series: int = SERIES) -> list[Line]:
    """The same as lines of evidence; a label that differs stops the run.

    Raises:
        ArithmeticError: a peer labels a month otherwise.
    """
    found = run(series)
    if any(found["differ"].values()):
        raise ArithmeticError(f"labels differ: {found['differ']} of {found['labels']}")
    note = f"{MONTHS} months; {found['labels']:,} labels, 0 differ; ours on one core"
    note += f"; with every sentence {found['readings']:,.0f} a second"
    ours = found["kernel"]
    differ = sum(found["differ"].values())
    told = [
        measured("signals.nhs.labels-differ", differ, n=found["labels"], seed=SEED),
        measured("signals.xmr-speed", ours, n=series, seed=SEED, note=note),
    ]
    for peer, name in (("pandas", "pandas"), ("polars", "Polars"), ("plain", "plain Python")):
        many = found["plain_series"] if peer == "plain" else series
        told.append(
            measured(
                f"signals.xmr-v-{peer}",
                ours,
                peer=(name, found[peer]),
                n=many,
                seed=SEED,
                note=note,
            )
        )
    return told


def in_words(counts: Matrix) -> float:
    """Series a second through `read`: limits, rules, dispersion, a step and every sentence."""
    start = Month(2010, 4)
    series = [
        Series(
            measure="generated", name="Generated", scope="nowhere", unit="offences", kind="count",
            better="lower", basis="actual", method="generated", start=start, values=tuple(row),
            counted_to=(start + (MONTHS - 1)).end,
        )
        for row in counts.tolist()
    ]  # fmt: skip
    read(series[0])
    _, seconds = timed(lambda: [read(one, baselines=(start + 60,)) for one in series])
    return len(series) / seconds


def generated(series: int) -> Matrix:
    """Whole counts of many sizes, some with a step, shape (series, months)."""
    random = np.random.default_rng(SEED)
    level = random.choice([3.0, 20.0, 200.0, 2000.0], (series, 1))
    at = random.integers(0, 2 * MONTHS, (series, 1))
    return random.poisson(level * np.where(np.arange(MONTHS) >= at, 0.85, 1.0)).astype(float)


def timed(call: Callable[[], Any], times: int = 1) -> tuple[Any, float]:
    """What a call gives, and the seconds of its fastest run."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        given = call()
        seconds.append(time.perf_counter() - start)
    return given, min(seconds)


def with_pandas(frame: pd.DataFrame) -> np.ndarray:
    key = frame["series"]

    def lag(column: pd.Series, by: int) -> pd.Series:
        return column.groupby(key).shift(by, fill_value=0)

    def back(ends: pd.Series, points: int) -> pd.Series:
        return sum(lag(ends.astype("int8"), -by) for by in range(points)) > 0

    value = frame["value"]
    mean = value.groupby(key).transform("mean")
    ranges = value.groupby(key).diff().abs()
    average = ranges.groupby(key).transform("mean")
    average = ranges.where(ranges < SCREEN * average).groupby(key).transform("mean")
    half, near = CONSTANT * average, 2 * (CONSTANT / 3) * average
    side = np.sign(value - mean).astype("int8")
    step = np.sign(value.groupby(key).diff().fillna(0)).astype("int8")
    sides = sum(lag(side, by) for by in range(7))
    steps = sum(lag(step, by) for by in range(6))
    up, down = back(steps == 6, 7), back(steps == -6, 7)
    rises = lag(step, -1) > 0
    tests = [value > mean + half, value < mean - half]
    tests += [up & (~down | rises), down]
    for way in (1, -1):
        beyond = (way * (value - mean) > 0) & (
            (value > mean + near) & ~(value > mean + half)
            if way > 0
            else (value < mean - near) & ~(value < mean - half)
        )
        close = beyond.astype("int8")
        three = sum(lag(side, by) for by in range(3)) == 3 * way
        two = sum(lag(close, by) for by in range(3)) >= 2
        tests.append(beyond & back(three & two, 3))
    tests += [back(sides == 7, 7), back(sides == -7, 7)]
    return np.select(tests, range(1, 9), 0).astype(np.int8)


def with_polars(frame: pl.DataFrame) -> np.ndarray:
    value = pl.col("value")

    def lag(name: str, by: int) -> pl.Expr:
        return pl.col(name).shift(by, fill_value=0).over("series")

    def total(name: str, points: int, way: int = 1) -> pl.Expr:
        return pl.sum_horizontal(*(lag(name, way * by) for by in range(points)))

    frame = frame.with_columns(
        mean=value.mean().over("series"), range=value.diff().abs().over("series")
    )
    usual = pl.col("range").mean().over("series")
    kept = pl.when(pl.col("range") < SCREEN * usual).then(pl.col("range"))
    frame = frame.with_columns(average=kept.mean().over("series"))
    mean, average = pl.col("mean"), pl.col("average")
    half, near = CONSTANT * average, 2 * (CONSTANT / 3) * average
    frame = frame.with_columns(
        side=(value - mean).sign().cast(pl.Int8),
        step=value.diff().over("series").fill_null(0).sign().cast(pl.Int8),
        high=((value > mean + near) & ~(value > mean + half)).cast(pl.Int8),
        low=((value < mean - near) & ~(value < mean - half)).cast(pl.Int8),
    )
    three = total("side", 3)
    frame = frame.with_columns(
        up=(total("step", 6) == 6).cast(pl.Int8),
        down=(total("step", 6) == -6).cast(pl.Int8),
        above=(total("side", 7) == 7).cast(pl.Int8),
        below=(total("side", 7) == -7).cast(pl.Int8),
        two_high=((three == 3) & (total("high", 3) >= 2)).cast(pl.Int8),
        two_low=((three == -3) & (total("low", 3) >= 2)).cast(pl.Int8),
    )
    up, down = total("up", 7, -1) > 0, total("down", 7, -1) > 0
    tests = [
        value > mean + half,
        value < mean - half,
        up & (~down | (lag("step", -1) > 0)),
        down,
        (pl.col("high") == 1) & (total("two_high", 3, -1) > 0),
        (pl.col("low") == 1) & (total("two_low", 3, -1) > 0),
        total("above", 7, -1) > 0,
        total("below", 7, -1) > 0,
    ]
    label = pl.coalesce(
        *(pl.when(test).then(pl.lit(at, pl.Int8)) for at, test in enumerate(tests, 1)),
        pl.lit(0, pl.Int8),
    )
    return frame.select(label.alias("label"))["label"].to_numpy()


def with_plain_python(counts: Matrix) -> np.ndarray:
    return np.array([_labels(row) for row in counts.tolist()], np.int8)


def _labels(row: list[float]) -> list[int]:
    mean = sum(row) / len(row)
    ranges = [abs(b - a) for a, b in zip(row, row[1:], strict=False)]
    usual = sum(ranges) / len(ranges)
    kept = [one for one in ranges if one < SCREEN * usual]
    average = sum(kept) / len(kept) if kept else float("nan")
    half, near = CONSTANT * average, 2 * (CONSTANT / 3) * average
    side = [(one > mean) - (one < mean) for one in row]
    step = [0, *((b > a) - (b < a) for a, b in zip(row, row[1:], strict=False))]
    labels = [0] * len(row)
    for way, label in ((1, 7), (-1, 8)):
        _back(labels, [sum(side[max(0, at - 6) : at + 1]) == 7 * way for at in range(len(row))],
              7, label)  # fmt: skip
    for way, label in ((1, 5), (-1, 6)):
        close = [way * (one - mean) > 0 and _close(one, mean, half, near, way) for one in row]
        for at in range(2, len(row)):
            three = range(at - 2, at + 1)
            if sum(side[one] for one in three) == 3 * way and sum(close[o] for o in three) >= 2:
                for one in three:
                    labels[one] = label if close[one] else labels[one]
    for at in range(6, len(row)):
        whole = sum(step[at - 5 : at + 1])
        if abs(whole) == 6:
            # In order of time a later trend writes over the point that ended the one before.
            labels[at - 6 : at + 1] = [3 if whole > 0 else 4] * 7
    for at, one in enumerate(row):
        labels[at] = 1 if one > mean + half else 2 if one < mean - half else labels[at]
    return labels


def _close(value: float, mean: float, half: float, near: float, way: int) -> bool:
    if way > 0:
        return value > mean + near and not value > mean + half
    return value < mean - near and not value < mean - half


def _back(labels: list[int], ends: list[bool], points: int, label: int) -> None:
    for at, end in enumerate(ends):
        if end:
            labels[at - points + 1 : at + 1] = [label] * points


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name}: {value:,.0f}" if isinstance(value, int | float) else f"{name}: {value}")
