"""The command line's front door."""

import pytest
from django.db import OperationalError, connections

from regard.cli.main import NOUNS


def test_its_help_names_every_noun_without_reading_a_module(regard):
    told = regard("--help")

    assert "Usage:" in told.out
    assert all(noun in told.out for noun in NOUNS)


@pytest.mark.parametrize("noun", sorted(NOUNS))
def test_every_noun_has_help_and_verbs(regard, noun):
    told = regard(noun, "--help")

    assert told.code == 0
    assert "Commands:" in told.out


def test_an_unknown_noun_is_a_word_it_does_not_know(regard):
    told = regard("record", "import")

    assert told.code == 2
    assert "record" in told.err


def test_a_refusal_says_three_things_and_leaves_with_its_own_code(regard):
    told = regard("dataset", "show", "crimes")

    assert told.code == 15
    assert told.out == ""
    assert told.err == (
        "regard: no dataset is called 'crimes'\n"
        "Expected: one of crime, recorded_crime\n"
        "Next: list them with: regard dataset list\n"
    )


def test_the_version_is_said(regard):
    assert regard("--version").out.startswith("regard 0.")


def test_a_damaged_database_is_said_so_and_no_new_one_is_advised(regard, tmp_path):
    assert regard("register", "found", "west-midlands", "--name", "West Midlands Police").code == 0
    connections.close_all()
    file = tmp_path / "home" / "register.sqlite3"
    file.write_bytes(b"not a database at all" * 500)

    told = regard("register", "posts")

    assert told.code == 25
    assert "cannot be read: file is not a database" in told.err
    assert "restore the last backup that verifies" in told.err


def test_what_the_database_fails_at_is_a_refusal(regard, monkeypatch):
    assert regard("register", "found", "west-midlands", "--name", "West Midlands Police").code == 0
    monkeypatch.setattr("regard.cli.register.posts_of", _fails)

    told = regard("register", "posts")

    assert told.code == 25
    assert "the database of the register failed: disk I/O error" in told.err


def _fails(_register: object) -> None:
    raise OperationalError("disk I/O error")


def test_a_stop_while_a_module_is_read_says_how_to_go_on(regard, monkeypatch):
    monkeypatch.setattr("regard.cli.register.posts_of", _stopped)

    told = regard("register", "found", "west-midlands", "--name", "West Midlands Police")
    stopped = regard("register", "posts")

    assert told.code == 0
    assert stopped.code == 130
    assert "stopped before the end" in stopped.err


def _stopped(_register: object) -> None:
    raise RuntimeError("Error calling __set_name__") from KeyboardInterrupt()


def test_a_folder_that_cannot_be_made_is_a_refusal(regard_at, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")

    told = regard_at("file/below", "register", "found", "west-midlands", "--name", "X")

    assert told.code == 22
    assert "could not be written" in told.err
