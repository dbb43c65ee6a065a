"""Real monthly counts: types of crime in London boroughs, April 2010 to March 2018."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

LONDON = "mps_borough_monthly_2010-04_2018-03.parquet"
LEAST = 20  # mean count a month


def london_counts(folder: Path, *, series: int, seed: int) -> NDArray[np.float64]:
    """Some of the series with 20 a month and no month of nought, shape (series, 96).

    The test is skipped where the data is absent.
    """
    file = folder / LONDON
    if not file.exists():
        pytest.skip(f"no {LONDON} in the shared data")
    counts = (
        pl.read_parquet(file)
        .group_by("major", "borough", "month")
        .agg(pl.col("count").sum())
        .pivot("month", index=["major", "borough"], values="count", sort_columns=True)
        .sort("major", "borough")
        .drop("major", "borough")
        .to_numpy()
        .astype(float)
    )
    # Fraud, for one, went to a national body in 2013: its later months are nought.
    many = counts[(counts.mean(axis=1) >= LEAST) & (counts > 0).all(axis=1)]
    chosen = np.random.default_rng(seed).choice(len(many), series, replace=False)
    return many[np.sort(chosen)]
