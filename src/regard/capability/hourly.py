"""The table by hour of a stress test as a file: who waits, which units work, what is late."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from regard.capability.questions import WEEKDAYS
from regard.capability.stress import HOME, Stress, named
from regard.core.cells import csv_text
from regard.mobilisation.response.model import DAY, WEEK

PLACES = 4  # decimal places of what is counted


def hours_csv(answer: Stress) -> str:
    """Every hour after the warm-up, for each number of PSUs, as comma-separated values.

    `hour` is that since they went, before it below 0; what is late is of the incidents of that
    hour of all replications, and empty where none arose.
    """
    grades = [one.name for one in answer.runs.model.demand.grades]
    late = [f"{one}_late_percent" for one in grades]
    heads = ("scenario", "psus", "hour", "day", "clock", "units", "busy", "waiting", "waiting_low",
             "waiting_high", *late)  # fmt: skip
    return csv_text([heads, *_rows(answer)])


def _rows(answer: Stress) -> Iterator[tuple[Any, ...]]:
    held, model = answer.asked, answer.runs.model
    for psus in held.question.shown:
        table = answer.hours(psus)
        low, high = table.waiting - table.margin, table.waiting + table.margin
        for hour in range(model.warm_up, model.horizon):
            of_week = (model.start + hour) % WEEK
            yield (
                HOME if psus == 0 else named(psus),
                psus,
                hour - held.goes,
                WEEKDAYS[of_week // DAY],
                f"{of_week % DAY:02d}:00",
                int(table.units[hour]),
                round(float(table.busy[hour]), PLACES),
                round(float(table.waiting[hour]), PLACES),
                round(max(0.0, float(low[hour])), PLACES),
                round(float(high[hour]), PLACES),
                *("" if math.isnan(one) else round(float(one), PLACES) for one in table.late[hour]),
            )
