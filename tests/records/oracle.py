"""Counting in plain Python over lists of rows, by other means than the code it checks."""

from __future__ import annotations

import math
from collections import defaultdict
from fractions import Fraction

from regard.core.periods import Month, months_between
from regard.records.contracts import contract_named
from regard.records.measures import Condition, Measure

STEP = {"month": 1, "quarter": 3, "wave": 0}


def counted(
    rows: list[dict], measure: Measure, residents: list[dict], weights: dict[str, float]
) -> dict[tuple[str, str], float | None]:
    """Value by source and month; None where it is missing."""
    found: dict[tuple[str, str], float | None] = {}
    by_source = defaultdict(list)
    for row in rows:
        by_source[row["source"]].append(row)
    for source, held in by_source.items():
        one = next((d for d in measure.definitions if _whole(d, held)), None)
        for month in _months(held, measure):
            here = [row for row in held if row["month"] == month]
            value = None
            if one is not None and here and _in_use(one, month):
                value = _value(one, here, source, month, residents, weights)
            if not (one is not None and here and measure.base and _outside(one, held, month)):
                found[source, month] = value
    return found


def _months(rows: list[dict], measure: Measure) -> list[str]:
    months = sorted({row["month"] for row in rows})
    if not STEP[measure.every]:
        return months
    every = months_between(Month.parse(months[0]), Month.parse(months[-1]))
    return [month.iso for month in every[:: STEP[measure.every]]]


def _outside(one: Measure, rows: list[dict], month: str) -> bool:
    """Whether a survey asked nothing in a month, or not yet, or no longer."""
    asked = {row["month"] for row in _wanted(one, rows)}
    if one.every == "wave":
        return month not in asked
    return not asked or not min(asked) <= month <= max(asked)


def _in_use(one: Measure, month: str) -> bool:
    return (one.since or "0") <= month <= (one.until or "9")


def _whole(one: Measure, rows: list[dict]) -> bool:
    columns = {c.name: c for c in contract_named(one.dataset).columns}

    def met(need: Condition) -> bool:
        values = {row.get(need.column) for row in rows} - {None}
        if need.rule == "filled" or columns[need.column].type != "code":
            return bool(values)
        return bool(values & set(need.codes))

    return all(met(need) for need in one.needs)


def _meets(row: dict, condition: Condition) -> bool:
    value = row.get(condition.column)
    if condition.rule == "filled":
        return value is not None
    return (
        (value in condition.codes) == (condition.rule == "in")
        if value is not None
        else (condition.rule == "not_in")
    )


def _wanted(one: Measure, rows: list[dict]) -> list[dict]:
    return [r for r in rows if all(_meets(r, c) for c in one.filter)]


def _value(
    one: Measure,
    rows: list[dict],
    source: str,
    month: str,
    residents: list[dict],
    weights: dict[str, float],
) -> float | None:
    kept = _wanted(one, rows)
    if one.kind == "weighted-sum":
        times = [row[one.value] if one.value else 1 for row in kept]
        pairs = zip(kept, times, strict=True)
        exact = [Fraction(weights[r[one.key]]) * t for r, t in pairs if r[one.key] in weights]
        return float(sum(exact))
    if one.base:
        base = sum(row[one.base] for row in kept)
        return float(100 * sum(Fraction(r[one.value]) for r in kept) / base) if base else None
    if one.kind == "proportion":
        hits = [row for row in kept if all(_meets(row, c) for c in one.numerator)]
        return float(Fraction(100 * len(hits), len(kept))) if kept else None
    total = sum(row[one.value] for row in kept) if one.value else len(kept)
    if one.kind == "count":
        return math.fsum([total])
    year = int(month[:4]) - (month[5:] < "04")
    known = [r for r in residents if r["source"] == source and r["month"] <= f"{year}-06"]
    if not known:
        return None
    latest = max(known, key=lambda row: (row["month"], row["edition"]))
    return float(Fraction(total * one.per, latest["persons"]))
