"""How many rows of an import equal an earlier one in every column: counted, never dropped."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import numpy as np

from regard.records.contracts import Contract
from regard.records.parsing import quoted

AT_ONCE = 500_000  # 64-bit hashes looked at together: 4 MB, and as much again to sort


def count_twins(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    files: Sequence[Path],
    staging: Path,
) -> int:
    """Rows that equal an earlier row of the same import in every column of the contract.

    Rows are compared by a 64-bit hash; among ten million different rows the chance that any
    two share one is three in a million.

    Args:
        connection: DuckDB, in memory.
        contract: The dataset.
        files: The import's Parquet files.
        staging: A folder for the hashes, so that memory stays flat.
    """
    path = staging / "hashes.bin"
    columns = ", ".join(f'"{name}"' for name in contract.names)
    rows = 0
    with path.open("wb") as out:
        for file in files:
            parts = (
                "SELECT",
                f"hash({columns}) AS h",
                "FROM",
                f"read_parquet({quoted(str(file))})",
            )
            hashes = connection.execute(" ".join(parts)).fetchnumpy()["h"]
            hashes.astype(np.uint64).tofile(out)
            rows += len(hashes)
    shares = rows // AT_ONCE + 1
    twins = sum(_twins_of_share(path, share, shares) for share in range(shares))
    path.unlink()
    return twins


def _twins_of_share(path: Path, share: int, shares: int) -> int:
    """Twins among the hashes that leave one remainder; twins always leave the same."""
    kept = []
    with path.open("rb") as stream:
        while len(block := np.fromfile(stream, dtype=np.uint64, count=AT_ONCE)):
            kept.append(block[block % shares == share] if shares > 1 else block)
    hashes = np.concatenate(kept) if kept else np.empty(0, dtype=np.uint64)
    hashes.sort()
    return int((hashes[1:] == hashes[:-1]).sum())
