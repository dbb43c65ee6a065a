"""Files that somebody sent, brought in by a child that can do nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from records.street import ASB, BURGLARY, NAME, brought_in, text, written
from regard.core.errors import FileRefused, FileUnreadable, StoreBusy
from regard.records import confining
from regard.records.bookkeeping import Bookkeeping, Start
from regard.records.confining import Given, ImporterFault, Limits, import_confined
from regard.records.coverage import months_held
from regard.records.imports import give_up_unfinished
from regard.records.store import Store

BAD = BURGLARY.replace("Burglary", "Arson by dragon")
SMALL = Limits(wall_seconds=60, memory=64 * confining.MEGABYTE)


@pytest.fixture
def store(tmp_path) -> Store:
    return Store(tmp_path / "home")


def given(folder: Path, *rows: str, name: str = NAME) -> Given:
    path = folder / "held-under-another-name"
    path.write_text(text(*rows), encoding="utf-8")
    return Given(path, name)


def reading(store: Store) -> list[str]:
    return [one.file for one in store.ledger.history() if one.state == "reading"]


def test_a_child_says_the_same_as_the_importer_itself(store, tmp_path):
    told = []

    result = import_confined(
        store,
        [given(tmp_path, BURGLARY, ASB, BAD)],
        set_aside=True,
        label="June",
        progress=lambda *one: told.append(one),
    )

    _, alone = brought_in(
        tmp_path / "alone", written(tmp_path, BURGLARY, ASB, BAD), set_aside=True, label="June"
    )
    assert result.files == alone.files
    assert result.said() == alone.said()
    assert told[-1][0] == NAME
    assert store.ledger.imports()[0].label == "June"


@pytest.mark.parametrize("bubblewrap", [True, False])
def test_a_refusal_of_the_child_is_raised_as_it_is(store, tmp_path, monkeypatch, bubblewrap):
    if not bubblewrap:
        monkeypatch.setattr(confining, "_has_bubblewrap", lambda: False)

    with pytest.raises(FileRefused) as told:
        import_confined(store, [given(tmp_path, ASB, BAD)])

    assert [(one.row, one.column, one.value) for one in told.value.problems] == [
        (2, "Crime type", "Arson by dragon")
    ]
    assert "crime_type" in str(told.value)
    assert reading(store) == []


def test_past_a_limit_nothing_is_kept_and_it_is_told(store, tmp_path):
    with pytest.raises(FileUnreadable, match="broke off past what one delivery may use"):
        import_confined(store, [given(tmp_path, *[BURGLARY] * 50_000)], limits=SMALL)

    assert reading(store) == []
    assert not list(store.root.glob("staging/*"))


def test_past_its_time_a_child_is_ended(store, tmp_path):
    # Long enough for the confinement to stand, which takes milliseconds, and far too short for the
    # child to have read so much.
    with pytest.raises(FileUnreadable, match="broke off"):
        import_confined(
            store, [given(tmp_path, *[BURGLARY] * 100_000)], limits=Limits(wall_seconds=0.2)
        )


def test_a_fault_of_our_own_is_no_refusal(store, tmp_path, monkeypatch):
    monkeypatch.setattr(confining, "CHILD", "regard.records.nothing")

    with pytest.raises(ImporterFault, match="No module named"):
        import_confined(store, [given(tmp_path, BURGLARY)])


def test_a_mapping_that_is_no_text_is_refused(store, tmp_path):
    file = given(tmp_path, BURGLARY)
    own = tmp_path / "own"
    own.write_bytes(b"\xff\xfe")

    with pytest.raises(FileUnreadable, match=r"the mapping own\.toml cannot be read"):
        import_confined(store, [file], mapping=Given(own, "own.toml"))


def test_another_import_under_way_is_left_alone(store, tmp_path, monkeypatch):
    monkeypatch.setattr("regard.records.store.SETTLED_SECONDS", 0.1)
    file = given(tmp_path, BURGLARY)

    with store.writing(), pytest.raises(StoreBusy):
        import_confined(store, [file])


def test_what_was_broken_off_can_be_given_up(store, tmp_path):
    brought_in(store.home, written(tmp_path, BURGLARY))
    start = Start("b", "crime", "x.csv", "sha", 1, "test 1", "test", False, "", ())
    imported = store.ledger.imports()[0]
    number = Bookkeeping(store.ledger).begin(start, imported.started_at)
    rows = store.folder_of("crime", number)
    rows.mkdir()

    assert give_up_unfinished(store) == (number,)

    assert reading(store) == []
    assert not rows.exists()
    assert store.ledger.imports() == [imported]


def test_months_are_told_from_the_ledger_alone(store, tmp_path):
    one = written(tmp_path, BURGLARY.replace("2019-06", "2019-05"), name=NAME.replace("06", "05"))
    two = written(tmp_path, BURGLARY.replace("2019-06", "2019-08"), name=NAME.replace("06", "08"))
    brought_in(store.home, one, two)
    before = store.ledger.imports()[0].started_at.replace(year=2000)

    (held,) = months_held(store.ledger)

    assert (held.dataset, held.source, held.supplied) == ("crime", "merseyside", 2)
    assert [str(held.first), str(held.last)] == ["May 2019", "August 2019"]
    assert [str(month) for month in held.missing] == ["June 2019", "July 2019"]
    assert months_held(store.ledger, before) == ()
