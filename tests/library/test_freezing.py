"""Frozen by hash: a published edition that was changed is refused, and nothing frozen is lost."""

from __future__ import annotations

from datetime import date

import pytest

from library.books import EDITION, shelved
from regard.core.errors import DefinitionRefused, NotStored
from regard.library.freezing import LOCK, SECTIONS, frozen_in, lock_text, written
from regard.library.shelf import SHIPPED, freeze, library


def test_everything_that_is_shipped_is_frozen():
    frozen = frozen_in(SHIPPED)

    assert frozen == {section: dict(library().digests[section]) for section in SECTIONS}


def test_the_lock_that_is_shipped_reads_as_it_would_be_written():
    text = (SHIPPED / LOCK).read_text(encoding="utf-8")

    assert text == lock_text(frozen_in(SHIPPED), library().digests)


def test_a_frozen_edition_that_was_changed_is_refused_with_the_reason(tmp_path):
    folder = shelved(tmp_path)
    before = library(folder).digests["editions"]["town-2020"]
    freeze(folder)
    shelved(tmp_path, town_2020=EDITION.replace("page 4", "page 5"))

    with pytest.raises(DefinitionRefused) as refusal:
        library(folder)

    told = str(refusal.value)
    assert told.startswith(
        f"town-2020 of the editions is frozen and has changed ({before[:12]} to "
    )
    assert "a revision is a new edition, never an edit" in told


@pytest.mark.parametrize("name", ["scales/ladder.toml", "terms/threats.toml"])
def test_scales_rules_and_vocabularies_are_frozen_too(tmp_path, name):
    folder = shelved(tmp_path)
    freeze(folder)
    path = folder / name
    path.write_text(path.read_text(encoding="utf-8").replace("The town's plan", "A plan"), "utf-8")

    with pytest.raises(DefinitionRefused, match="is frozen and has changed"):
        library(folder)


def test_a_frozen_edition_that_is_gone_is_refused(tmp_path):
    folder = shelved(tmp_path)
    freeze(folder)
    for path in (folder / "crosswalks" / "town.toml", folder / "editions" / "town-2020.toml"):
        path.unlink()

    with pytest.raises(DefinitionRefused, match="town-2020 of the editions is frozen and is gone"):
        library(folder)


def test_freezing_adds_what_is_new_and_names_it(tmp_path):
    folder = shelved(tmp_path)
    first = freeze(folder)
    new = EDITION.replace("town-2020", "port-2020").replace('"town"', '"port"')
    (folder / "editions" / "port.toml").write_text(new, encoding="utf-8")

    second = freeze(folder)

    assert "editions: town-2020" in first
    assert second == ("editions: port-2020",)
    assert set(frozen_in(folder)["editions"]) == {"town-2020", "town-2022", "port-2020"}


def test_the_last_day_of_a_frozen_edition_is_settled_by_the_next(tmp_path):
    folder = shelved(tmp_path)
    freeze(folder)

    shelved(tmp_path, town_2020=EDITION.replace("2021-12-31", "2021-06-30"))

    assert library(folder).edition("town-2020").in_force_to == date(2021, 6, 30)


def test_a_comment_leaves_what_is_frozen_alone(tmp_path):
    folder = shelved(tmp_path)
    freeze(folder)

    shelved(tmp_path, town_2020="# Checked in spring.\n" + EDITION)

    assert library(folder).edition("town-2020")


@pytest.mark.parametrize("text", ['[books]\n"x" = "y"\n', "[editions]\nx = 1\n", "editions = 1\n"])
def test_a_lock_that_holds_something_else_is_refused(tmp_path, text):
    folder = shelved(tmp_path)
    (folder / LOCK).write_text(text, encoding="utf-8")

    with pytest.raises(DefinitionRefused, match=LOCK):
        library(folder)


def test_a_lock_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(NotStored, match=LOCK):
        written(tmp_path / "nowhere", "")
