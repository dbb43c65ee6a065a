from __future__ import annotations

from dataclasses import replace

import pytest

from capability.small_force import answering as small_force
from regard.capability import fits
from regard.capability.configured import Configured
from regard.capability.fits import answering_held
from regard.capability.questions import Question
from regard.capability.stress import Set
from regard.core.errors import NotEnoughData
from regard.records.store import Store

TOLD = Configured("west-midlands", within={"immediate": 15.0}, crew=1.5)
ASKED = Question(2, 1)


@pytest.fixture
def counted(monkeypatch):
    """A force that is fitted in a blink; how often it was."""
    calls = []

    def fitted(tables, force, aims, *, crew):
        calls.append((force, tuple(aims), crew))
        return replace(small_force(), crew=crew)

    monkeypatch.setattr(fits, "answering_of", fitted)
    return calls


def test_a_fit_is_made_once_and_read_back_to_the_same_model(tmp_path, counted):
    first = answering_held(Store(tmp_path), TOLD)
    again = answering_held(Store(tmp_path), TOLD)

    assert len(counted) == 1
    assert Set(again, ASKED).digest == Set(first, ASKED).digest
    assert again.sources == first.sources
    assert again.generated
    assert (again.as_at, again.crew) == (first.as_at, first.crew)
    assert again.fitted.missing == first.fitted.missing


def test_another_crew_or_another_aim_is_another_fit(tmp_path, counted):
    answering_held(Store(tmp_path), TOLD)
    answering_held(Store(tmp_path), replace(TOLD, crew=2.0))
    answering_held(Store(tmp_path), replace(TOLD, within={"immediate": 20.0}))

    assert len(counted) == 3


@pytest.mark.parametrize("text", ["", "{", "[]", '{"first": "2021-11-01"}', '{"first": 3}'])
def test_a_spoilt_file_is_as_good_as_none(tmp_path, counted, text):
    answering_held(Store(tmp_path), TOLD)
    (kept,) = (tmp_path / fits.FOLDER).iterdir()
    kept.write_text(text)

    found = answering_held(Store(tmp_path), TOLD)

    assert len(counted) == 2
    assert found.force == "west-midlands"
    assert len(list((tmp_path / fits.FOLDER).iterdir())) == 1


def test_what_cannot_be_fitted_is_refused_and_nothing_is_kept(tmp_path):
    with pytest.raises(NotEnoughData):
        answering_held(Store(tmp_path), TOLD)

    assert not (tmp_path / fits.FOLDER).exists()


def test_records_that_come_in_later_are_another_fit(tmp_path, counted, monkeypatch):
    answering_held(Store(tmp_path), TOLD)
    monkeypatch.setattr(
        "regard.records.ledger.Ledger.imports",
        lambda self, dataset=None, known_at=None: [type("I", (), {"number": 7, "file_sha": "ab"})],
    )

    answering_held(Store(tmp_path), TOLD)

    assert len(counted) == 2


def test_a_fit_of_records_that_came_in_meanwhile_is_not_kept_under_the_earlier_name(
    tmp_path, monkeypatch
):
    known = []
    monkeypatch.setattr(
        "regard.records.ledger.Ledger.imports",
        lambda self, dataset=None, known_at=None: list(known),
    )

    def fitted(tables, force, aims, *, crew):
        known.append(type("I", (), {"number": 7, "file_sha": "ab"}))
        return small_force()

    monkeypatch.setattr(fits, "answering_of", fitted)

    assert answering_held(Store(tmp_path), TOLD).force == "west-midlands"
    assert not (tmp_path / fits.FOLDER).exists()
