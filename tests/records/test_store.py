"""The store: what counts, where it lies, and whether it is still what was stored."""

from __future__ import annotations

import pytest

from records.street import BURGLARY, brought_in, on_disk, written
from regard.core.errors import NotKnown, StoreDamaged
from regard.records.store import Store


def test_opening_a_store_writes_nothing_and_an_absent_store_is_empty(tmp_path):
    store = Store(tmp_path / "home")

    assert store.visible("crime").imports == ()
    assert store.ledger.history() == []
    assert not (tmp_path / "home").exists()


def test_an_unknown_dataset_is_refused(tmp_path):
    with pytest.raises(NotKnown, match="no dataset is called 'hats'"):
        Store(tmp_path).visible("hats")


def test_files_lie_by_dataset_import_and_chunk(tmp_path):
    store, _ = brought_in(tmp_path, written(tmp_path / "in", BURGLARY))

    assert on_disk(tmp_path) == ["records/crime/00000001/000000.parquet"]
    assert store.visible("crime").parquet == (store.folder(1) / "000000.parquet",)


def test_stray_files_do_not_count(tmp_path):
    store, _ = brought_in(tmp_path, written(tmp_path / "in", BURGLARY))
    stray = store.folder(1) / "000001.parquet"
    stray.write_bytes(store.visible("crime").parquet[0].read_bytes())

    assert stray not in store.visible("crime").parquet


def test_a_missing_file_is_named_with_its_import(tmp_path):
    store, _ = brought_in(tmp_path, written(tmp_path / "in", BURGLARY))
    path = store.visible("crime").parquet[0]
    size = path.stat().st_size
    path.unlink()

    with pytest.raises(StoreDamaged) as refusal:
        store.visible("crime")

    assert str(refusal.value) == (
        f"{path} of import 1 (2019-06-merseyside-street.csv) is missing\n"
        f"Expected: the {size:,} bytes stored, as the ledger says\n"
        "Next: restore the records folder from its backup, or withdraw the import and bring the "
        "file in again"
    )


def test_a_changed_byte_is_found_by_verifying(tmp_path):
    store, _ = brought_in(tmp_path, written(tmp_path / "in", BURGLARY))
    assert store.verify() == 1
    path = store.visible("crime").parquet[0]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    with pytest.raises(StoreDamaged, match="has SHA-256"):
        store.verify()


def test_rejected_rows_that_are_gone_are_named(tmp_path):
    store, _ = brought_in(tmp_path, written(tmp_path / "in", BURGLARY, "x"), set_aside=True)
    store.rejected_path("crime", 1, 0).unlink()

    with pytest.raises(StoreDamaged, match="is missing"):
        store.rejected(1)
