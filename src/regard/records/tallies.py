"""What stored rows hold, for the ledger: months, codes, filled columns, rows without an area."""

from __future__ import annotations

from pathlib import Path

import duckdb

from regard.records.bookkeeping import Tally
from regard.records.contracts import Contract
from regard.records.parsing import quoted


def tally_of(connection: duckdb.DuckDBPyConnection, contract: Contract, file: Path) -> Tally:
    """What a Parquet file of a contract's rows holds.

    Args:
        connection: DuckDB, in memory.
        contract: The dataset.
        file: The rows.
    """
    rows = f"read_parquet({quoted(str(file))})"
    month, part = contract.month_column, contract.part_column
    keys = (
        contract.source_column,
        f"coalesce({month}, '')" if month else "''",
        part or "''",
    )
    slices = _asked(connection, ", ".join((*keys, "count(*)")), rows, "GROUP BY 1, 2, 3")
    without_area = 0
    if contract.area_column:
        wanted = f"count(*) - count({contract.area_column})"
        without_area = _asked(connection, wanted, rows)[0][0]
    return Tally(
        {(source, when, which): count for source, when, which, count in slices},
        {**_codes(connection, contract, rows), **_filled(connection, contract, rows)},
        without_area,
    )


def _codes(
    connection: duckdb.DuckDBPyConnection, contract: Contract, rows: str
) -> dict[tuple[str, str, str], int]:
    found = {}
    for column in contract.columns:
        if column.type != "code":
            continue
        wanted = f'{contract.source_column}, "{column.name}", count(*)'
        grouped = f'WHERE "{column.name}" IS NOT NULL GROUP BY 1, 2'
        for source, code, count in _asked(connection, wanted, rows, grouped):
            found[source, column.name, code] = count
    return found


def _filled(
    connection: duckdb.DuckDBPyConnection, contract: Contract, rows: str
) -> dict[tuple[str, str, str], int]:
    names = [column.name for column in contract.columns if column.type != "code"]
    counts = ", ".join(f'count("{name}")' for name in names)
    if not names:
        return {}
    found = _asked(connection, f"{contract.source_column}, {counts}", rows, "GROUP BY 1")
    return {
        (row[0], name, "*"): count
        for row in found
        for name, count in zip(names, row[1:], strict=True)
        if count
    }


def _asked(
    connection: duckdb.DuckDBPyConnection, wanted: str, rows: str, rest: str = ""
) -> list[tuple]:
    return connection.execute(" ".join(("SELECT", wanted, "FROM", rows, rest))).fetchall()
