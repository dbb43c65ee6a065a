"""The importer that the harness kills: the real one, or one with a planted fault.

python importer.py HOME FILE CHUNK_BYTES sound|faulty
"""

from __future__ import annotations

import sys
import uuid
from pathlib import Path

import duckdb

from regard.records import batch, stream
from regard.records.disk import ChunkFiles, Written
from regard.records.imports import import_files
from regard.records.store import Store
from regard.records.stream import Step
from regard.records.validation import Checker


class RowsFirst(ChunkFiles):
    """The planted fault: rows lie in their folder, and count, before the ledger hears of them.

    An importer that goes on after a kill in between stores the chunk a second time.
    """

    def write(
        self, connection: duckdb.DuckDBPyConnection, checker: Checker, step: Step, chunk: int
    ) -> Written:
        written = super().write(connection, checker, step, chunk)
        place = self.rows_path(chunk)
        place.parent.mkdir(parents=True, exist_ok=True)
        place = place.with_name(f"{place.stem}-{uuid.uuid4().hex}.parquet")
        half = place.with_suffix(".part")  # whole or not at all: one fault is planted, not two
        half.write_bytes(written.made.read_bytes())
        half.rename(place)
        return written

    def keep(self, written: Written, chunk: int) -> None:
        """Nothing is left to be done: the rows are there already."""


def main(home: str, file: str, chunk_bytes: str, kind: str) -> None:
    stream.CHUNK_BYTES = int(chunk_bytes)
    if kind == "faulty":
        batch.Batch.chunk_files = RowsFirst
        batch.count_twins = lambda *_: 0  # looks for files by the names that the fault changes
    told: list[int] = []

    def progress(_: str, rows: int, *__: int) -> None:
        if not told:
            sys.stdout.write(f"begun behind row {rows}\n")
            sys.stdout.flush()
        told.append(rows)

    import_files(Store(Path(home)), [Path(file)], progress=progress)
    sys.stdout.write("finished\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
