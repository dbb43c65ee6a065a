"""Bringing files in: one command is one batch, which becomes visible whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from regard.core.errors import DefinitionRefused
from regard.core.progress import Progress
from regard.records.batch import Batch, Order
from regard.records.bookkeeping import Bookkeeping, not_stored
from regard.records.disk import delete_rows, fresh_staging
from regard.records.ledger import Import
from regard.records.parsing import workspace
from regard.records.readers import reader_named
from regard.records.recipes import Mapping, load_mapping
from regard.records.results import BatchResult
from regard.records.store import Store


def import_files(
    store: Store,
    paths: Iterable[Path],
    *,
    reader: str | None = None,
    mapping: Mapping | Path | None = None,
    set_aside: bool = False,
    label: str = "",
    progress: Progress | None = None,
    now: datetime | None = None,
) -> BatchResult:
    """Bring files in as one batch, all or nothing; the same file twice is brought in once.

    Broken off at any instant, the same command goes on where it stopped.

    Args:
        store: The record store; it is made if it does not exist.
        paths: Files, folders or ZIPs.
        reader: Id of the reader; found from each file's header if left out.
        mapping: A mapping, or its file, for columns that no reader knows.
        set_aside: Keep rows that break the contract apart, each with its reason, instead of
            refusing the batch.
        label: A note kept with each import.
        progress: Told after every chunk.
        now: The instant of the import; taken from the clock if left out.

    Raises:
        FileRefused: rows or columns break the contract; nothing was stored.
        FileUnreadable: a file that cannot be read; nothing was stored.
        FileChanged: a file changed while it was read; nothing was stored.
        StoreBusy: another import into the store is under way.
        NotStored: the disk took no more; the same command goes on later.
        DefinitionRefused: the mapping breaks its own rules, or both ways to read are given.
        NotKnown: there is no such reader.
    """
    if reader and mapping:
        raise DefinitionRefused(
            f"both the reader {reader} and a mapping are given", expected="one of the two"
        )
    how = reader_named(reader) if reader else mapping
    how = load_mapping(how) if isinstance(how, Path) else how
    order = Order(how, set_aside, label, progress, now)
    with (
        _disk_errors_told(store),
        store.writing(),
        fresh_staging(store) as staging,
        workspace(staging) as connection,
    ):
        batch = Batch(store, order, Bookkeeping(store.ledger), connection, staging)
        return batch.run(paths)


def withdraw(
    store: Store, import_number: int, *, reason: str, now: datetime | None = None
) -> Import:
    """Let an import count no longer, by a later entry; what it replaced counts again.

    Args:
        store: The record store.
        import_number: Which import.
        reason: Why, in words; it is kept.
        now: From when on; taken from the clock if left out.

    Returns:
        The import as the ledger has it now.

    Raises:
        NotKnown: no import has that number.
        DefinitionRefused: it does not count any more, never did, or the reason is empty.
        StoreBusy: an import is under way.
    """
    found = store.ledger.import_numbered(import_number)
    with store.writing():
        books = Bookkeeping(store.ledger)
        books.withdraw(found, reason=reason, at=now or datetime.now(UTC))
    return store.ledger.import_numbered(import_number)


def give_up_unfinished(store: Store) -> tuple[int, ...]:
    """Give up what imports broke off and nobody will take up again, and delete their rows.

    Returns:
        The numbers of these imports.

    Raises:
        StoreBusy: an import is under way.
    """
    with store.writing(), fresh_staging(store):
        broken_off = [one for one in store.ledger.history() if one.state == "reading"]
        numbers = tuple(one.number for one in broken_off)
        if numbers:
            Bookkeeping(store.ledger).refuse(numbers)
        for one in broken_off:
            delete_rows(store, one.dataset, one.number)
    return numbers


@contextmanager
def _disk_errors_told(store: Store) -> Iterator[None]:
    try:
        yield
    except (OSError, duckdb.IOException) as error:
        raise not_stored(str(store.root), error) from error
