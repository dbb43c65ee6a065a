"""Twins are counted alike, however few of them are looked at together."""

from __future__ import annotations

from collections import Counter

import duckdb
import pytest

from records.street import ASB, BURGLARY, brought_in, written
from regard.records import twins
from regard.records.contracts import contract_named
from regard.records.twins import count_twins


@pytest.mark.parametrize("at_once", [1, 3, 1000])
def test_twins_are_counted_share_by_share(tmp_path, monkeypatch, at_once):
    monkeypatch.setattr(twins, "AT_ONCE", at_once)
    rows = [BURGLARY.replace("ab12", f"id{n % 7}") for n in range(20)] + [ASB] * 5
    store, _ = brought_in(tmp_path, written(tmp_path / "in", *rows))
    files = store.visible("crime").parquet

    with duckdb.connect() as connection:
        found = count_twins(connection, contract_named("crime"), files, tmp_path)

    assert found == sum(n - 1 for n in Counter(rows).values())
