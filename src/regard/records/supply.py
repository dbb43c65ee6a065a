"""What each source has supplied: which months, which columns, which codes, by which import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Self

from regard.core.figures import Source
from regard.core.periods import Month
from regard.records.contracts import Contract
from regard.records.ledger import Import
from regard.records.measures import IN, Condition, Measure
from regard.records.store import Store

Replaced = tuple[int, str, str] | tuple[int, str, str, str]
SHOWN_OF_SHA = 8  # hexadecimal letters of a file's SHA-256 in a reference


def reference(one: Import) -> str:
    """How a figure names the import its rows came by."""
    return f"import {one.number}: {one.file} (sha256 {one.file_sha[:SHOWN_OF_SHA]}…)"


class Supply:
    """What the sources of one dataset have supplied, as known at an instant.

    It is read once and does not change: a later import is seen by a new one.

    Args:
        contract: The dataset.
        imports: The imports that count, by number.
        files: Their Parquet files.
        replaced: Slices (import number, source, month, and part where the dataset has parts)
            that a later import replaced.
    """

    def __init__(
        self,
        contract: Contract,
        *,
        imports: Mapping[int, Import] = MappingProxyType({}),
        files: Mapping[int, tuple[Path, ...]] = MappingProxyType({}),
        replaced: frozenset[Replaced] = frozenset(),
    ) -> None:
        self.contract = contract
        self.imports = imports
        self.files = files
        self.replaced = replaced
        self._slices: dict[tuple[str, str], dict[int, int]] = {}
        self._values: dict[str, dict[str, set[str]]] = {}
        self._carried: set[tuple[int, str, str]] = set()

    @classmethod
    def of_store(cls, store: Store, contract: Contract, known_at: datetime | None) -> Self:
        """What a store's ledger says was supplied, as known at an instant; None for now."""
        visible = store.visible(contract.id, known_at)
        imports = {one.number: one for one in visible.imports}
        slices = store.ledger.slices_of(imports)
        replaced: frozenset[Replaced] = visible.superseded
        if contract.part_column:
            slices, replaced = _by_part(store, imports)
        made = cls(contract, imports=imports, files=visible.files, replaced=replaced)
        supplied = store.ledger.supplied_of(imports)
        for number in imports:
            made.take(number, slices.get(number, {}), supplied.get(number, {}))
        return made

    def take(
        self,
        number: int,
        slices: Mapping[tuple[str, str], int],
        supplied: Iterable[tuple[str, str, str]],
    ) -> None:
        """Note what one import holds.

        Args:
            number: The import; 0 for a frame that an analyst brought.
            slices: Rows a source and month.
            supplied: Source, column and value; `*` for a column that holds no codes.
        """
        live = set()
        for (source, month), rows in slices.items():
            if (number, source, month) not in self.replaced:
                self._slices.setdefault((source, month), {})[number] = rows
                live.add(source)
        for source, column, value in supplied:
            if source in live:
                self._values.setdefault(source, {}).setdefault(column, set()).add(value)
                self._carried.add((number, source, column))

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """Every source that has supplied rows."""
        return tuple(sorted({source for source, _ in self._slices}))

    @cached_property
    def _months(self) -> dict[str, tuple[Month, ...]]:
        found: dict[str, list[Month]] = {}
        for source, month in sorted(self._slices):
            if month:
                found.setdefault(source, []).append(Month.parse(month))
        return {source: tuple(months) for source, months in found.items()}

    def months(self, source: str) -> tuple[Month, ...]:
        """The months that a source has supplied, in order."""
        return self._months.get(source, ())

    def rows(self, source: str, month: str) -> int:
        """Rows of a source and month (`YYYY-MM`, empty where rows have none)."""
        return sum(self._slices.get((source, month), {}).values())

    def holding(self, source: str, months: Iterable[Month] | None = None) -> tuple[int, ...]:
        """The imports that hold rows of a source; of some months only, if they are given."""
        wanted = None if months is None else {month.iso for month in months}
        return tuple(
            sorted(
                {
                    number
                    for (one, month), held in self._slices.items()
                    if one == source and (wanted is None or month in wanted)
                    for number in held
                }
            )
        )

    def slices(self) -> tuple[tuple[str, str], ...]:
        """Every source and month with rows, in order."""
        return tuple(sorted(self._slices))

    def carries(self, number: int, source: str, column: str) -> bool:
        """Whether an import has any value of a column for a source."""
        return (number, source, column) in self._carried

    def values(self, source: str, column: str) -> frozenset[str]:
        """Every code of a column that a source has ever supplied; `*` for other columns."""
        return frozenset(self._values.get(source, {}).get(column, ()))

    def definition(self, measure: Measure, source: str) -> tuple[Measure | None, str]:
        """The first definition that a source's rows can answer, or why none of them can be."""
        reasons = []
        for one in measure.definitions:
            lacking = self.lacking(one.needs, source)
            if not lacking:
                return one, ""
            reasons.append(lacking)
        # A code that never came says more than a column that is not there at all.
        return None, next((why for why in reasons if "never" in why), reasons[-1])

    def lacking(self, needs: Iterable[Condition], source: str) -> str:
        """What a source has not supplied of all that is needed; empty if nothing is lacking."""
        for need in needs:
            values = self.values(source, need.column)
            if not values:
                return f"no row of {source} carries {need.column}"
            coded = self.contract.column(need.column).type == "code"
            if need.rule == IN and coded and not values & {str(code) for code in need.codes}:
                return f"{source} has never supplied a row whose {need}"
        return ""

    def slice_lacks(self, columns: Iterable[str], source: str, month: Month) -> str:
        """Why a month's rows cannot answer, given the columns needed; empty if they can."""
        held = self._slices.get((source, month.iso), {})
        if not held:
            return f"no rows for {month} were brought in for {source}"
        for number in held:
            for column in columns:
                if not self.carries(number, source, column):
                    by = f" ({reference(self.imports[number])})" if number else ""
                    return f"the rows for {month} of {source} carry no {column}{by}"
        return ""

    def source_of(self, number: int, detail: str) -> Source:
        """An import as the source of a figure."""
        return Source("rows", reference(self.imports[number]), detail)


def _by_part(
    store: Store, imports: Mapping[int, Import]
) -> tuple[dict[int, dict[tuple[str, str], int]], frozenset[Replaced]]:
    """Rows that count an import, source and month, and the parts of months that were replaced.

    A file may bring one survey of a month again and leave the others of that month alone.
    """
    held = {
        (row["import_number"], row["source"], row["month"], row["part"]): row["rows"]
        for row in store.ledger.parts_of(imports)
    }
    newest: dict[tuple[str, str, str], int] = {}
    for number, *place in held:
        at = (place[0], place[1], place[2])
        newest[at] = max(newest.get(at, 0), imports[number].finished_order or 0)
    replaced = frozenset(
        one for one in held if (imports[one[0]].finished_order or 0) < newest[one[1:]]
    )
    slices: dict[int, dict[tuple[str, str], int]] = {number: {} for number in imports}
    for (number, source, month, part), rows in held.items():
        if (number, source, month, part) not in replaced:
            here = slices[number]
            here[source, month] = here.get((source, month), 0) + rows
    return slices, replaced
