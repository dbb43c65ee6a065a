"""What has been brought in: months and gaps, rows without an area, twins, repeated references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import narwhals.stable.v2 as nw

from regard.core.periods import Month
from regard.records.contracts import Contract, contracts
from regard.records.expressions import plain
from regard.records.ledger import Ledger
from regard.records.question import Records
from regard.records.supply import Supply

AREA = "area"  # the dataset of official area codes; its sources are vintages
REFERENCES = ("crime_id", "incident_id")
_ROWS, _FLAG = "regard_rows", "regard_flag"


@dataclass(frozen=True)
class SourceCoverage:
    """What one source has supplied of a dataset. Everything is in rows unless it says months.

    Attributes:
        source: Who supplied it.
        first, last: The first and last month; None where rows have no month.
        supplied: How many months were supplied.
        missing: Months between first and last that were not.
        rows: Rows that count.
        without_area: Rows without an area code; None if the dataset has no areas.
        matched: Rows whose area code stands in a vintage of the dataset `area`, by vintage;
            empty if no vintage was brought in.
        unmatched: Rows whose area code stands in none of the vintages brought in.
        stated: Vintages that were stated when the rows were brought in.
        twins: Rows equal in every column to an earlier row. They are real and they count.
        with_twin: Rows that have at least one such equal.
        repeated: References that stand on more than one row; None if there are no references.
        repeating: Rows that carry such a reference.
    """

    source: str
    first: Month | None
    last: Month | None
    supplied: int
    missing: tuple[Month, ...]
    rows: int
    without_area: int | None = None
    matched: Mapping[str, int] = field(default_factory=dict)
    unmatched: int = 0
    stated: tuple[str, ...] = ()
    twins: int = 0
    with_twin: int = 0
    repeated: int | None = None
    repeating: int = 0

    @property
    def vintage(self) -> str:
        """Of which vintage the area codes are, as far as it is known."""
        if self.without_area is None:
            return "no area codes"
        if self.matched:
            coded = self.rows - self.without_area
            told = (f"{rows:,} of {coded:,} in {one}" for one, rows in self.matched.items())
            return "; ".join(told)
        return ", ".join(self.stated) if self.stated else "vintage not stated"

    def row(self, dataset: str) -> dict[str, Any]:
        """The coverage as one row to be shown; what does not apply is None."""
        return {
            "dataset": dataset,
            "source": self.source,
            "first": self.first.iso if self.first else None,
            "last": self.last.iso if self.last else None,
            "months": self.supplied,
            "missing": ", ".join(month.iso for month in self.missing),
            "rows": self.rows,
            "without_area": self.without_area,
            "area_codes": self.vintage,
            "twins": self.twins,
            "with_twin": self.with_twin,
            "repeated_references": self.repeated,
        }


@dataclass(frozen=True)
class Coverage:
    """What has been brought in of a dataset, as known at an instant (None: now)."""

    dataset: str
    name: str
    known_at: datetime | None
    imports: int
    sources: tuple[SourceCoverage, ...]

    @property
    def rows(self) -> int:
        """Rows that count, of all sources."""
        return sum(one.rows for one in self.sources)

    def of(self, source: str) -> SourceCoverage | None:
        """What one source has supplied; None if it has supplied nothing."""
        return next((one for one in self.sources if one.source == source), None)


def coverage_of(records: Records, dataset: str) -> Coverage:
    """What each source has supplied of a dataset.

    Raises:
        NotKnown: there is no such dataset.
    """
    supply = records.supply(dataset)
    contract = supply.contract
    frame = records.frame(supply, supply.imports)
    twins = _twins(records, contract, frame)
    repeated = _repeated(records, contract, frame)
    areas = _areas(records, contract, frame)
    found = []
    for source in supply.sources:
        twin, pair = twins.get(source, (0, 0))
        ids, rows = repeated.get(source, (0, 0)) if _reference(contract) else (None, 0)
        codes = areas.get(source, {})
        found.append(
            SourceCoverage(
                source=source,
                **_months(supply, source),
                rows=sum(
                    supply.rows(one, month) for one, month in supply.slices() if one == source
                ),
                without_area=codes.get(None, 0) if contract.area_column else None,
                **_matched(records, codes),
                stated=_stated(supply, source),
                twins=twin,
                with_twin=pair,
                repeated=ids,
                repeating=rows,
            )
        )
    return Coverage(dataset, contract.name, records.known_at, len(supply.imports), tuple(found))


def missing_months(months: tuple[Month, ...], months_apart: int) -> tuple[Month, ...]:
    """The months that lie between the first and last supplied and were not supplied.

    Args:
        months: The months supplied, in order.
        months_apart: Months from one supply to the next; 0 where none is expected.
    """
    if not months or not months_apart:
        return ()
    held = set(months)
    span = months[-1] - months[0]
    due = (months[0] + step for step in range(0, span, months_apart))
    return tuple(month for month in due if month not in held)


def _months(supply: Supply, source: str) -> dict[str, Any]:
    months = supply.months(source)
    return {
        "first": months[0] if months else None,
        "last": months[-1] if months else None,
        "supplied": len(months),
        "missing": missing_months(months, supply.contract.months_apart),
    }


def _stated(supply: Supply, source: str) -> tuple[str, ...]:
    held = (supply.imports[number].area_vintage for number in supply.holding(source))
    return tuple(sorted({one for one in held if one}))


def _twins(
    records: Records, contract: Contract, frame: nw.LazyFrame[Any] | None
) -> dict[str, tuple[int, int]]:
    """Rows equal to an earlier one, and rows with an equal, by source."""
    if frame is None:
        return {}
    equal = frame.group_by(list(contract.names)).agg(nw.len().alias(_ROWS))
    more = equal.filter(nw.col(_ROWS) > 1).group_by(contract.source_column)
    sums = more.agg(nw.len().alias(_FLAG), nw.col(_ROWS).sum())
    rows = records.engine.rows(sums.select(contract.source_column, _FLAG, _ROWS))
    return {source: (int(total) - int(groups), int(total)) for source, groups, total in rows}


def _reference(contract: Contract) -> str | None:
    return next((name for name in REFERENCES if name in contract.names), None)


def _repeated(
    records: Records, contract: Contract, frame: nw.LazyFrame[Any] | None
) -> dict[str, tuple[int, int]]:
    """References on more than one row, and the rows that carry them, by source."""
    name = _reference(contract)
    if frame is None or name is None:
        return {}
    named = frame.filter(~nw.col(name).is_null())
    each = named.group_by(contract.source_column, name).agg(nw.len().alias(_ROWS))
    more = each.filter(nw.col(_ROWS) > 1).group_by(contract.source_column)
    sums = more.agg(nw.len().alias(_FLAG), nw.col(_ROWS).sum())
    rows = records.engine.rows(sums.select(contract.source_column, _FLAG, _ROWS))
    return {source: (int(ids), int(total)) for source, ids, total in rows}


def _areas(
    records: Records, contract: Contract, frame: nw.LazyFrame[Any] | None
) -> dict[str, dict[str | None, int]]:
    """Rows an area code, by source; the code None where a row has none."""
    if frame is None or contract.area_column is None:
        return {}
    by = [contract.source_column, contract.area_column]
    counted = frame.group_by(by).agg(nw.len().alias(_ROWS)).select(*by, _ROWS)
    found: dict[str, dict[str | None, int]] = {}
    for source, code, rows in records.engine.rows(counted):
        found.setdefault(source, {})[plain(code)] = int(rows)
    return found


def _matched(records: Records, codes: Mapping[str | None, int]) -> dict[str, Any]:
    """Rows whose area code stands in each vintage brought in, and in none of them."""
    supply = records.supply(AREA)
    frame = records.frame(supply, supply.imports)
    if frame is None or not codes:
        return {}
    vintages: dict[str, set[str]] = {}
    for vintage, code in records.engine.rows(frame.select("source", "code")):
        vintages.setdefault(vintage, set()).add(code)
    everywhere: set[str] = set().union(*vintages.values())
    coded = {code: rows for code, rows in codes.items() if code is not None}
    return {
        "matched": {
            vintage: sum(rows for code, rows in coded.items() if code in known)
            for vintage, known in sorted(vintages.items())
        },
        "unmatched": sum(rows for code, rows in coded.items() if code not in everywhere),
    }


@dataclass(frozen=True)
class Held:
    """The months that a source has supplied of a dataset, as the ledger alone tells it.

    Attributes:
        dataset: Id of the contract.
        name: What the dataset is called.
        source: Who supplied it.
        first, last: The first and last month; None where rows have no month.
        supplied: How many months were supplied.
        missing: Months between first and last that were not.
    """

    dataset: str
    name: str
    source: str
    first: Month | None
    last: Month | None
    supplied: int
    missing: tuple[Month, ...]


def months_held(ledger: Ledger, known_at: datetime | None = None) -> tuple[Held, ...]:
    """What every source has supplied of every dataset, without looking at a row.

    Args:
        ledger: The bookkeeping of a store.
        known_at: As known at that instant; None for now.
    """
    found = []
    for contract in contracts().values():
        for source, texts in sorted(ledger.months(contract.id, known_at).items()):
            months = tuple(sorted(Month.parse(text) for text in texts if text))
            missing = missing_months(months, contract.months_apart)
            first, last = (months[0], months[-1]) if months else (None, None)
            found.append(
                Held(contract.id, contract.name, source, first, last, len(months), missing)
            )
    return tuple(found)
