"""Draws the example chart of docs/explanation/how-a-series-is-read.md from made-up counts.

python docs/build_images.py
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np

from regard.core.periods import FinancialYear, Month
from regard.core.series import COUNT, LOWER, Series
from regard.papers.charts import AcceptedStep, ControlChart, FanMonth, Flag, Proposal, control_chart
from regard.papers.lock import run_locked
from regard.signals import Reading, read
from regard.signals.yearend import year_end

PICTURE = Path(__file__).parent / "images" / "how-to-read-a-chart.svg"
START, MONTHS, SEED = Month(2016, 4), 56, 4
ACCEPTED, MISSING, ODD = Month(2018, 2), Month(2019, 2), Month(2017, 9)
LEVELS = ((Month(2016, 4), 400.0), (ACCEPTED, 300.0), (Month(2019, 11), 375.0))


def made_up() -> Series:
    """Counts with a season, two steps, a month out of the ordinary and one that is missing."""
    random = np.random.default_rng(SEED)
    values: list[float | None] = []
    for month in (START + at for at in range(MONTHS)):
        level = [mean for since, mean in LEVELS if since <= month][-1]
        wave = 1 + 0.12 * math.cos(2 * math.pi * (month.start.month - 7) / 12)
        expected = level * wave * month.days / 30.4375 * (1.35 if month == ODD else 1)
        counted = float(random.negative_binomial(expected, 0.5))
        values.append(None if month == MISSING else counted)
    return Series(
        measure="example", name="Example", scope="nowhere", unit="offences", kind=COUNT,
        better=LOWER, basis="actual", method="made up 1", start=START, values=tuple(values),
        counted_to=(START + (MONTHS - 1)).end, why_missing={MISSING: "not supplied"},
    )  # fmt: skip


def drawn(reading: Reading) -> ControlChart:
    """The reading as a chart, with the months to come."""
    points = reading.points
    ahead = year_end(reading.series, FinancialYear(2020), baselines=(ACCEPTED,))
    before, after = reading.levels[0], reading.levels[1]
    at = ACCEPTED - START
    carried = tuple((one.centre or 0) * before.mean / after.mean for one in points[at : at + 12])
    return ControlChart(
        reading=reading.statements()[0],
        name="Example, made up",
        scope="nowhere",
        unit=reading.unit,
        start=START,
        values=tuple(point.value for point in points),
        why_missing=dict(reading.series.why_missing),
        flags=tuple(
            Flag(one.month, one.sense, ", ".join(one.signals))
            for one in points
            if one.sense in ("concern", "improvement")
        ),
        centres=tuple(point.centre for point in points),
        lowers=tuple(point.lower for point in points),
        uppers=tuple(point.upper for point in points),
        steps=(AcceptedStep(ACCEPTED, carried),),
        proposals=tuple(
            Proposal(
                one.month,
                one.earliest,
                one.latest,
                one.before.known,
                one.after.known,
                confirmed=True,
            )  # fmt: skip
            for one in reading.proposals
        ),
        fan=tuple(
            FanMonth(one.month, one.centre, one.low80, one.high80, one.low95, one.high95)
            for one in ahead.fan
        ),
    )


def picture() -> bytes:
    """The chart as SVG, drawn as those of papers are."""
    chart = control_chart(drawn(read(made_up(), baselines=(ACCEPTED,))))
    job = {"specs": [dict(chart.spec)], "kinds": ["svg"], "scale": 1.0}
    held = run_locked("draw_engine", {"job.json": json.dumps(job).encode()}, ["chart-1.svg"])
    return held.files["chart-1.svg"]


if __name__ == "__main__":
    PICTURE.write_bytes(picture())
