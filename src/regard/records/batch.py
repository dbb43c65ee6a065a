"""A batch: the files of one command, read one by one and made to count all at once."""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from regard.core.errors import (
    MOST_PROBLEMS,
    FileRefused,
    NotStored,
    Problem,
    RegardError,
    StoreBusy,
)
from regard.core.periods import Month
from regard.core.progress import Progress
from regard.records.bookkeeping import Bookkeeping, Start
from regard.records.contracts import contract_named
from regard.records.delivery import refuse_months_held_twice, refuse_months_in_part
from regard.records.disk import ChunkFiles, Written, delete_rows
from regard.records.inputs import Input, inputs, no_rows
from regard.records.ledger import Chunk, Import
from regard.records.readers import missing_columns, reader_for
from regard.records.recipes import Mapping, matched
from regard.records.results import (
    KNOWN,
    LEFT_ALONE,
    STORED,
    BatchResult,
    FileResult,
    Replaced,
    months_missing,
)
from regard.records.store import Store
from regard.records.stream import (
    CHUNKS_AT_ONCE,
    FileStream,
    Header,
    Step,
    damaged_parquet,
    header_of,
)
from regard.records.twins import count_twins
from regard.records.validation import Checker, Shape, expectations, said_by_name

AGAIN = (
    "correct the rows at their source and bring the file in again, or keep them apart with "
    "their reasons: --set-aside"
)


@dataclass(frozen=True)
class Order:
    """What the command asks for, beyond the paths."""

    how: Mapping | None = None
    set_aside: bool = False
    label: str = ""
    progress: Progress | None = None
    now: datetime | None = None

    @property
    def clock(self) -> datetime:
        """The instant of what happens now."""
        return self.now or datetime.now(UTC)


@dataclass
class Taken:
    """A file of the batch on its way in."""

    number: int
    shape: Shape
    header: Header
    problems: list[Problem] = field(default_factory=list)


class Batch:
    """One command's files on their way in.

    Args:
        store: The record store, held by this process.
        order: What the command asks for.
        books: Where each step is entered.
        connection: DuckDB, in memory.
        staging: A folder for unfinished files.
    """

    chunk_files: type[ChunkFiles] = ChunkFiles

    def __init__(
        self,
        store: Store,
        order: Order,
        books: Bookkeeping,
        connection: duckdb.DuckDBPyConnection,
        staging: Path,
    ) -> None:
        self.store = store
        self.order = order
        self.books = books
        self.connection = connection
        self.staging = staging
        self.name = uuid.uuid4().hex
        self.taken: dict[int, Taken] = {}
        self.others: list[FileResult] = []
        self.order_of_files: list[FileResult | int] = []
        self.problems: list[Problem] = []
        self.refusals: list[FileRefused] = []

    def run(self, paths: Iterable[Path]) -> BatchResult:
        """Read every file, then let all of them count at once."""
        self._sweep()
        try:
            for found in inputs(paths, self.staging):
                if len(self.problems) >= MOST_PROBLEMS:
                    break
                try:
                    self._take(found)
                except FileRefused as refusal:
                    self.problems.extend(refusal.problems)
                    self.refusals.append(refusal)
            if self.problems:
                raise self._refusal()
            refuse_months_held_twice(self.store.ledger, self._deliveries())
            refuse_months_in_part(self.books, self._deliveries())
        except (NotStored, StoreBusy):
            raise
        except RegardError:
            self._give_up(self.taken)
            raise
        return self._finish()

    def _sweep(self) -> None:
        """Delete what imports that never counted have left behind."""
        for one in self.store.ledger.history():
            if one.state == "refused":
                delete_rows(self.store, one.dataset, one.number)

    def _give_up(self, numbers: Iterable[int]) -> None:
        numbers = list(numbers)
        if not numbers:
            return
        self.books.refuse(numbers)
        for number in numbers:
            delete_rows(self.store, self.store.ledger.import_numbered(number).dataset, number)

    def _refusal(self) -> FileRefused:
        problems = sorted(self.problems[:MOST_PROBLEMS], key=lambda one: self._place(one.file))
        expected = dict.fromkeys(one.expected for one in self.refusals if one.expected)
        steps = dict.fromkeys(one.next_step for one in self.refusals if one.next_step)
        return FileRefused(
            problems, expected="; ".join(expected), next_step="; ".join(steps) or AGAIN
        )

    def _place(self, file: str) -> int:
        files = [one.file for one in self.problems]
        return files.index(file)

    def _take(self, found: Input) -> None:
        taken = self._shaped(found)
        if taken is None:
            return
        shape, header = taken
        start = Start(
            batch=self.name,
            dataset=shape.mapping.dataset,
            file=found.name,
            file_sha=found.sha,
            file_bytes=found.size,
            reader=shape.mapping.reader,
            recipe=shape.mapping.recipe,
            set_aside=self.order.set_aside,
            area_vintage=shape.mapping.area_vintage,
            left_out=shape.left_out,
            label=self.order.label,
        )
        known = self.books.finished(start)
        if known is not None or self._twice(start):
            self._note_known(start, known)
            return
        stream = FileStream(found, header=header, shape=shape, staging=self.staging)
        number, last = self._entered(start, stream)
        self.taken[number] = Taken(number, shape, header)
        self.order_of_files.append(number)
        try:
            self._read(stream, self.taken[number], last)
        except duckdb.Error as error:
            if found.kind != "parquet" or isinstance(error, duckdb.IOException):
                raise
            raise damaged_parquet(found, error) from error

    def _shaped(self, found: Input) -> tuple[Shape, Header] | None:
        """The file's columns beside its mapping; None if no dataset takes its shape."""
        given = self.order.how
        header = header_of(self.connection, found, given.delimiter if given else ",")
        mapping = given or reader_for(header.columns, found.name)
        have = {matched(name) for name in header.columns}
        if not have.issuperset(matched(name) for name in mapping.origins):
            raise missing_columns(mapping, header.columns, found.name)
        if mapping.not_taken:
            note = FileResult(found.name, LEFT_ALONE, reader=mapping.reader, why=mapping.not_taken)
            self.order_of_files.append(note)
            return None
        said = said_by_name(mapping, found.name)
        return Shape(found.name, header.columns, mapping, said), header

    def _twice(self, start: Start) -> bool:
        same = (start.file_sha, start.dataset, start.recipe)
        return any(
            (one.file_sha, one.dataset, one.recipe) == same
            for one in map(self.store.ledger.import_numbered, self.taken)
        )

    def _note_known(self, start: Start, known: Import | None) -> None:
        note = FileResult(
            start.file,
            KNOWN,
            dataset=start.dataset,
            reader=start.reader,
            import_number=known.number if known else next(iter(self.taken)),
        )
        self.order_of_files.append(note)

    def _entered(self, start: Start, stream: FileStream) -> tuple[int, Chunk | None]:
        """The import's number, and the last chunk that is stored already."""
        broken_off = self.books.unfinished(start)
        if broken_off is not None:
            chunks = self.store.ledger.chunks(broken_off.number)
            if not chunks or stream.goes_on(chunks[-1]):
                self.books.adopt(broken_off.number, start)
                return broken_off.number, chunks[-1] if chunks else None
            self._give_up([broken_off.number])
        return self.books.begin(start, self.order.clock), None

    def _read(self, stream: FileStream, taken: Taken, last: Chunk | None) -> None:
        """Read a file on to its end: two threads write chunks while the next one is read.

        Each chunk is entered in the ledger in its turn, when its rows are in place.
        """
        checker = Checker(taken.shape, self.order.clock)
        files = self.chunk_files(
            self.store, taken.shape.mapping.dataset, taken.number, self.staging
        )
        before = self.store.ledger.chunks(taken.number)
        self._told(stream.found, rows := sum(one.rows_read for one in before), 0)
        under_way: deque[tuple[Step, Future[Written]]] = deque()
        with ThreadPoolExecutor(CHUNKS_AT_ONCE - 1) as threads:
            for number, step in enumerate(stream.steps(last, rows), len(before)):
                cursor = self.connection.cursor()
                work = threads.submit(_written, files, cursor, checker, step, number)
                under_way.append((step, work))
                if len(under_way) == CHUNKS_AT_ONCE:
                    rows += self._entered_next(under_way, checker, files, taken)
                    self._told(stream.found, rows, under_way[0][0].read_to)
                if self._has_enough(taken):
                    break
            while under_way:
                rows += self._entered_next(under_way, checker, files, taken)
        self._told(stream.found, rows, stream.found.size)
        if taken.problems:
            expected = expectations(taken.problems, taken.shape)
            raise FileRefused(taken.problems, expected=expected, next_step=AGAIN)
        if not rows:
            raise no_rows(stream.found.name)

    def _has_enough(self, taken: Taken) -> bool:
        return len(self.problems) + len(taken.problems) >= MOST_PROBLEMS

    def _entered_next(
        self,
        under_way: deque[tuple[Step, Future[Written]]],
        checker: Checker,
        files: ChunkFiles,
        taken: Taken,
    ) -> int:
        """Enter the chunk that was begun first; its rows."""
        step, work = under_way.popleft()
        written = work.result()
        if written.rejected and not self.order.set_aside:
            room = MOST_PROBLEMS - len(self.problems) - len(taken.problems)
            taken.problems.extend(checker.problems(self.connection, written.raw, room))
        if not self.problems and not taken.problems:
            self._keep(checker, files, step, written)
        return written.raw.rows

    def _keep(self, checker: Checker, files: ChunkFiles, step: Step, written: Written) -> None:
        number = len(self.store.ledger.chunks(files.import_number))
        if written.rejected:
            files.keep_rejected(self.connection, checker, written, number)
        files.keep(written, number)
        chunk = Chunk(
            import_number=files.import_number,
            chunk=number,
            read_to=step.read_to,
            read_sha=step.read_sha,
            rows_read=written.raw.rows,
            rows_stored=written.stored,
            rows_rejected=written.rejected,
            rows_without_area=written.tally.without_area,
            parquet_bytes=written.size,
            parquet_sha=written.sha,
        )
        self.books.add_chunk(chunk, written.tally)

    def _told(self, found: Input, rows: int, read_to: int) -> None:
        if self.order.progress is not None:
            total = found.size
            self.order.progress(found.name, rows, min(read_to, total), total)

    def _deliveries(self) -> dict[int, Shape]:
        return {number: taken.shape for number, taken in self.taken.items()}

    def _finish(self) -> BatchResult:
        datasets = {t.shape.mapping.dataset for t in self.taken.values()}
        before = {name: self.store.ledger.superseded(name) for name in datasets}
        twins = {number: self._twins(number) for number in self.taken}
        self._drop_abandoned()
        self.books.finish(twins, self.order.clock)
        replaced = {name: self.store.ledger.superseded(name) - before[name] for name in datasets}
        files = tuple(
            one if isinstance(one, FileResult) else self._result(one, replaced)
            for one in self.order_of_files
        )
        return BatchResult(self.name if self.taken else "", files, self._missing(files))

    def _twins(self, number: int) -> int:
        dataset = self.taken[number].shape.mapping.dataset
        files = [
            self.store.chunk_path(dataset, number, chunk.chunk)
            for chunk in self.store.ledger.chunks(number)
            if chunk.rows_stored
        ]
        return count_twins(self.connection, contract_named(dataset), files, self.staging)

    def _drop_abandoned(self) -> None:
        """Give up what earlier commands broke off and this one did not take up."""
        history = self.store.ledger.history()
        self._give_up(
            one.number for one in history if one.state == "reading" and one.number not in self.taken
        )

    def _result(self, number: int, replaced: dict[str, frozenset]) -> FileResult:
        one = self.store.ledger.import_numbered(number)
        area = contract_named(one.dataset).area_column
        mine = self.store.ledger.slices(number)
        gone: dict[tuple[int, str], list[str]] = {}
        for earlier, source, month in sorted(replaced[one.dataset]):
            if (source, month) in mine:
                gone.setdefault((earlier, source), []).append(month)
        unstated = area is not None and not one.area_vintage
        return FileResult(
            file=one.file,
            state=STORED,
            dataset=one.dataset,
            reader=one.reader,
            import_number=number,
            rows_read=one.rows_read,
            rows_stored=one.rows_stored,
            rows_rejected=one.rows_rejected,
            rows_without_area=one.rows_without_area,
            area_codes_of_unknown_vintage=(
                one.rows_stored - one.rows_without_area if unstated else 0
            ),
            twins=one.twins,
            left_out=one.left_out,
            replaced=tuple(Replaced(*key, tuple(months)) for key, months in gone.items()),
        )

    def _missing(self, files: Iterable[FileResult]) -> dict[tuple[str, str], tuple[Month, ...]]:
        found = {}
        for dataset in sorted({one.dataset for one in files if one.dataset}):
            apart = contract_named(dataset).months_apart
            for source, months in self.store.ledger.months(dataset).items():
                missing = months_missing(months, apart)
                if missing:
                    found[dataset, source] = missing
        return found


def _written(
    files: ChunkFiles,
    cursor: duckdb.DuckDBPyConnection,
    checker: Checker,
    step: Step,
    chunk: int,
) -> Written:
    """Write a chunk on a thread of its own, and let its cursor go."""
    with closing(cursor):
        return files.write(cursor, checker, step, chunk)
