"""From a folder or a URL to a database with the register's settings."""

from __future__ import annotations

import pytest

from regard.core.errors import DefinitionRefused
from regard.register import database
from regard.register.register import Register


@pytest.mark.parametrize("url", ["mysql://a:secret@h/d", "nonsense", "http://a:secret@h/d"])
def test_a_url_of_no_such_database_is_refused_without_its_password(tmp_path, url):
    with pytest.raises(DefinitionRefused) as refused:
        database.connect(tmp_path, url)

    assert "secret" not in str(refused.value)


def test_a_file_is_kept_so_that_what_was_acknowledged_stays(tmp_path):
    register, _ = Register.found(tmp_path, body="kent", name="Kent", url="")

    with register.connection.cursor() as cursor:
        told = {}
        for name in ("journal_mode", "synchronous", "foreign_keys"):
            cursor.execute(f"PRAGMA {name}")
            told[name] = cursor.fetchone()[0]

    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    register.close()


def test_the_url_of_the_environment_is_used_where_none_is_given(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/else")

    assert database.url_given() == "postgres://somewhere/else"
    assert database.url_given("") == ""
