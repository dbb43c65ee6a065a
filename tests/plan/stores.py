"""Small stores of offences and answers for tests of positions and papers, in Merseyside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from records.brought_in import answers, bring_in, counting, crimes, offences
from regard.core.periods import Month, months_between
from regard.plan.loading import plan_of
from regard.plan.model import Plan
from regard.plan.positions import positions
from regard.plan.standing import Positions
from regard.records.store import Store

AREA = "merseyside"
FIRST, LAST = Month(2017, 4), Month(2020, 3)
DWELLING, SHOP = "28A", "46"


def burglaries(
    each: Mapping[Month, int], *, code: str = DWELLING, **more: Any
) -> Iterable[dict[str, Any]]:
    """So many burglaries of dwellings in each month, spread over its days."""
    for month, rows in each.items():
        for number in range(rows):
            day = date(month.year, month.number, 1 + number * month.days // rows)
            yield from offences(AREA, day, code, 1, **more)


def street(each: Mapping[Month, int], crime_type: str = "burglary") -> Iterable[dict[str, Any]]:
    """So many crimes in each month, as police.uk gives them: a month, no day, no code."""
    for month, rows in each.items():
        yield from crimes(AREA, month.iso, crime_type, rows)


def steady(rows: int, *, first: Month = FIRST, last: Month = LAST) -> dict[Month, int]:
    """The same number in every month, but for one more or less so that it varies."""
    return {
        month: rows + (month.ordinal % 3 - 1 if rows else 0)
        for month in months_between(first, last)
    }


def satisfaction(positive: int, asked: int = 100, **more: Any) -> list[dict[str, Any]]:
    """The same answers in every month of two years."""
    months = months_between(Month(2018, 4), LAST)
    return [answers(month.iso, positive, asked, source=AREA, **more) for month in months]


def store_with(home: Path, **datasets: Iterable[dict[str, Any]]) -> Store:
    """A store that holds the rows given, a dataset a keyword."""
    store = Store(home)
    for dataset, rows in datasets.items():
        bring_in(store, dataset, rows, file=f"{dataset}.csv")
    return store


def milestone(**changes: Any) -> dict[str, Any]:
    """A promise of 10 per cent fewer burglaries of dwellings in 2019/20, with changes."""
    told = {
        "id": "burglary",
        "outcome": "A",
        "title": "Reduce burglary by 10 per cent",
        "measure": "burglary-dwelling",
        "direction": "down",
        "percent": 10,
        "baseline": "2018/19",
        "window": "2019/20",
        "lead": "ACC Local Policing",
        "source": "page 5",
    } | changes
    return {name: value for name, value in told.items() if value is not None}


def watched(measure: str, **changes: Any) -> dict[str, Any]:
    """A measure on which nothing is promised."""
    told = {"id": f"watch-{measure}", "outcome": "A", "title": measure, "measure": measure}
    return told | {"source": "page 8"} | changes


def plan_with(tables: dict[str, Any], **items: list[dict[str, Any]]) -> Plan:
    """The smallest plan with other items in it."""
    return plan_of({**tables, **items}, file="plan.toml", sha256="ab12")


def asked(store: Store, plan: Plan, as_at: date) -> Positions:
    """Where the plan stands by the store."""
    with counting(store) as counter:
        return positions(plan, counter, store, as_at=as_at)
