"""Sites with records: three years of burglaries of the West Midlands that fall at a step."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

from records.brought_in import answers, bring_in, offences
from regard.core.periods import Month, months_between
from regard.records.store import Store
from regard.web.measured import kept
from web.conftest import Site

AREA = "west-midlands"
FIRST, STEP, LAST = Month(2011, 4), Month(2012, 10), Month(2014, 2)
BROUGHT_IN = datetime(2026, 1, 5, 9, tzinfo=UTC)
HOSTILE = '<script>alert("x")</script>.csv'


def made_records(home: Path, *, source: str = AREA) -> Path:
    """A folder of records: burglaries of dwellings each month, halved from a month on."""
    store = Store(home)
    bring_in(store, "crime", _burglaries(source), file=HOSTILE, at=BROUGHT_IN)
    survey = [answers(month.iso, 84, 100) for month in months_between(Month(2012, 4), LAST)]
    bring_in(store, "survey", survey, file="=1+1.csv", at=BROUGHT_IN)
    return home / "records"


def _burglaries(source: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for number, month in enumerate(months_between(FIRST, LAST)):
        count = (60 if month < STEP else 30) + number % 3
        for at in range(count):
            day = date(month.year, month.number, 1 + at * month.days // count)
            rows += offences(source, day, "28A", 1, crime_type="burglary")
    return rows


def with_records(site: Site, records: Path) -> Site:
    """A site that holds a copy of these records; nothing is remembered of another."""
    shutil.copytree(records, site.home / "records")
    kept.forget()
    return site


def looks_at(site: Site, post: str, day: date) -> None:
    """Let a post look at an earlier day."""
    sent = {"day_day": day.day, "day_month": day.month, "day_year": day.year}
    assert site.client(post).post("/as-at", sent).status_code == 302
