"""A board pack: 5,000 series from a frame to tiers, tables and sentences, on both cores.

Nobody else offers the whole. Beside it, what pandas and Polars take for the XmR rules alone on the
same frame.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl

from bench.figures import Line, measured
from bench.reading import MONTHS, SEED, generated, timed, with_pandas, with_polars
from regard.core.periods import Month
from regard.signals.pack.backing import backing_of
from regard.signals.pack.frames import Readings, read_frame
from regard.signals.pack.grid import Asked, grid_of

SERIES = 5_000
IN_MEMORY = 10_000  # series of the frame that is only put on its grid
START = Month(2010, 4)
BOTH = 2  # cores
KINDS = {
    "pandas": lambda f: f.to_pandas(),
    "Polars": lambda f: f,
    "PyArrow": lambda f: f.to_arrow(),
}
ASKED = Asked(("series",), "month", "value", None, "count")


def frame_of(series: int) -> pl.DataFrame:
    """Generated counts in long form, the rows in no order."""
    counts = generated(series)
    frame = pl.DataFrame(
        {
            "series": np.repeat([f"area {place:05d}" for place in range(series)], MONTHS),
            "month": np.tile([(START + step).iso for step in range(MONTHS)], series),
            "value": counts.reshape(-1).astype(np.int64),
        }
    )
    return frame.sample(fraction=1, shuffle=True, seed=SEED)


def whole(frame: Any, *, words: bool, workers: int = 1) -> Readings:
    """Read a frame and make its three tables."""
    found = read_frame(
        frame, series="series", unit="offences", better="lower", words=words, workers=workers
    )
    found.readings, found.points, found.steps  # noqa: B018 - made when first asked for
    return found


def lines(folder: Path, *, series: int = SERIES) -> list[Line]:
    """Seconds of a whole pack, of its numbers alone, and of putting a frame on its grid.

    Raises:
        ArithmeticError: two workers say something else than one.
    """
    frame = frame_of(series)
    whole(frame[: 12 * MONTHS], words=True)  # compiled before the clock starts
    both, seconds = timed(lambda: whole(frame, words=True, workers=BOTH))
    one, alone = timed(lambda: whole(frame, words=True))
    if not one.readings.equals(both.readings):
        raise ArithmeticError(f"{BOTH} workers read {series:,} series otherwise than one")
    _, numbers = timed(lambda: whole(frame, words=False), times=3)
    told = {"n": series, "seed": SEED}
    note = f"{MONTHS} months; steps, season, spread, tiers, three tables and every sentence"
    rest = f"; the numbers alone {numbers:.2f} s"
    return [
        measured(
            "signals.pack-speed.whole",
            seconds,
            peer=("not offered", None),
            note=note + rest,
            **told,
        ),
        measured("signals.pack-speed.one-core", alone, note=note, **told),
        *beside(frame, numbers, told),
        on_grid(series * (IN_MEMORY // SERIES)),
    ]


def beside(frame: pl.DataFrame, numbers: float, told: dict[str, int]) -> list[Line]:
    """The numbers of the whole pack beside the XmR rules alone of the same frame."""
    ordered = frame.sort("series", "month").select("series", pl.col("value").cast(pl.Float64))
    in_pandas = ordered.to_pandas()
    in_pandas["series"] = pd.factorize(in_pandas["series"])[0]
    _, pandas = timed(lambda: with_pandas(in_pandas))
    _, polars = timed(lambda: with_polars(ordered))
    note = "ours from the frame to three tables; theirs the XmR rules alone, rows already in order"
    return [
        measured(
            "signals.pack-speed.v-pandas", numbers, peer=("pandas", pandas), note=note, **told
        ),
        measured(
            "signals.pack-speed.v-polars", numbers, peer=("Polars", polars), note=note, **told
        ),
    ]


def on_grid(series: int) -> Line:
    """Seconds to put a frame on its grid of months, in the slowest of three kinds of frame."""
    frame = frame_of(series)
    taken = {}
    for name, kind in KINDS.items():
        brought = kind(frame)
        _, taken[name] = timed(lambda one=brought: grid_of(backing_of(one), ASKED), times=3)
    note = f"{MONTHS} months, rows in no order; " + ", ".join(
        f"{name} {seconds:.2f} s" for name, seconds in taken.items()
    )
    return measured("signals.pack-speed.frame", max(taken.values()), n=series, seed=SEED, note=note)
