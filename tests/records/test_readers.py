"""The shapes that are known without a mapping."""

from __future__ import annotations

import pytest

from records.street import HEADER
from regard.core.errors import FileRefused, FileUnreadable, NotKnown
from regard.records.contracts import contracts
from regard.records.readers import reader_for, reader_named, readers


@pytest.mark.parametrize("reader", readers().values(), ids=lambda one: one.id)
def test_every_reader_knows_its_own_header(reader):
    assert reader_for(reader.origins, "a.csv").id == reader.id


def test_spaces_underscores_and_case_make_no_difference():
    header = [name.replace("_", " ").upper() for name in reader_named_origins()]

    assert reader_for(header, "a.csv").id == "home-office-recorded-crime"


def reader_named_origins() -> tuple[str, ...]:
    return reader_named("home-office-recorded-crime").origins


@pytest.mark.parametrize("contract", contracts().values(), ids=lambda one: one.id)
def test_a_header_of_a_contracts_own_columns_needs_no_reader(contract):
    assert reader_for(contract.names, "a.csv").dataset == contract.id


def test_a_shape_with_columns_missing_is_told_from_an_unknown_one():
    with pytest.raises(FileRefused, match="column Context: the column is missing"):
        reader_for(HEADER.split(",")[:-1], "a.csv")
    with pytest.raises(FileUnreadable, match="a.csv has columns that no reader knows: A, B"):
        reader_for(["A", "B"], "a.csv")


def test_an_unknown_reader_is_refused():
    with pytest.raises(NotKnown, match="no reader is called 'hats'"):
        reader_named("hats")
