"""The tests' own PostgreSQL starts, speaks, survives being killed, and leaves nothing behind."""

from __future__ import annotations

import socket
import subprocess
from pathlib import Path

import psutil
import psycopg
import pytest

from clusters import NotStarted, cluster, drop_database, may_be_absent, new_database

slow = pytest.mark.slow


def postgres(test):
    return pytest.mark.usefixtures("postgres_installed")(pytest.mark.postgres(test))


def asked(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
    return row[0] if row else None


def told(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for one in statements:
            connection.execute(one)


def processes_in(folder: Path) -> list[psutil.Process]:
    return [
        one
        for one in psutil.process_iter(["cmdline", "status"])
        if one.info["status"] != psutil.STATUS_ZOMBIE
        and str(folder) in " ".join(one.info["cmdline"] or ())
    ]


def memory_is_held(segment: str) -> bool:
    listed = subprocess.run(["ipcs", "-m"], capture_output=True, text=True, check=True)
    return any(segment in line.split()[1:2] for line in listed.stdout.splitlines())


@slow
@postgres
def test_a_server_listens_on_loopback_with_checksums_and_durable_commits(own_postgres):
    expected = {
        "listen_addresses": "127.0.0.1",
        "data_checksums": "on",
        "synchronous_commit": "on",
        "fsync": "on",
        "timezone": "UTC",
        "dynamic_shared_memory_type": "mmap",
    }

    found = {name: asked(own_postgres.url, f"SHOW {name}") for name in expected}

    assert found == expected
    assert asked(own_postgres.url, "SELECT 'a' < 'B'") is True


@slow
@postgres
def test_a_server_asks_for_its_password(own_postgres):
    stranger = own_postgres.url.replace(own_postgres.password, "guessed")

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        asked(stranger, "SELECT 1")


@slow
@postgres
def test_a_killed_server_keeps_what_was_committed_and_nothing_else(own_postgres):
    url = new_database(own_postgres.url)
    told(url, "CREATE TABLE said (word text)", "INSERT INTO said VALUES ('kept')")
    with psycopg.connect(url) as connection:
        connection.execute("INSERT INTO said VALUES ('never committed')")
        before = own_postgres.pid

        own_postgres.kill()

        assert own_postgres.pid is None
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    own_postgres.start()
    assert own_postgres.pid not in (None, before)
    assert asked(url, "SELECT string_agg(word, ',') FROM said") == "kept"
    assert "database system was not properly shut down" in own_postgres.log.read_text("utf-8")


@slow
@postgres
@pytest.mark.parametrize("ended", ["stop", "kill"])
def test_nothing_that_was_started_is_left(ended):
    with cluster(fast=True) as server:
        running = processes_in(server.folder)
        lock = (server.data / "postmaster.pid").read_text("utf-8").splitlines()
        segment = lock[6].split()[1]
        assert memory_is_held(segment)
        getattr(server, ended)()
        left = processes_in(server.folder)

    assert running
    assert not left
    assert not processes_in(server.folder)
    assert not server.folder.exists()
    assert not memory_is_held(segment)
    with socket.socket() as door:
        assert door.connect_ex(("127.0.0.1", server.port)) != 0


@slow
@postgres
def test_a_test_that_fails_leaves_no_server_either():
    server = None

    def fails():
        nonlocal server
        with cluster(fast=True) as server:
            asked(server.url, "SELECT 1 / 0")

    with pytest.raises(psycopg.errors.DivisionByZero):
        fails()

    assert not processes_in(server.folder)
    assert not server.folder.exists()


@slow
@postgres
def test_a_server_that_cannot_start_says_why():
    with cluster(fast=True) as server:
        server.stop()
        (server.data / "PG_VERSION").write_text("9.6\n", encoding="utf-8")

        with pytest.raises(NotStarted, match="data directory was initialized by PostgreSQL"):
            server.start()


@slow
@postgres
def test_a_database_is_copied_from_its_template_and_dropped_under_whoever_uses_it(postgres_url):
    template = new_database(postgres_url)
    told(template, "CREATE TABLE said AS SELECT 7 AS word")

    copy = new_database(postgres_url, template=template)

    user = psycopg.connect(copy)
    assert user.execute("SELECT word FROM said").fetchone() == (7,)
    drop_database(postgres_url, copy)
    drop_database(postgres_url, template)
    user.close()
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        asked(copy, "SELECT 1")


def test_without_postgres_no_server_is_promised(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("clusters.INSTALLED", tmp_path)

    with pytest.raises(NotStarted, match="no initdb"), cluster():
        pass


@pytest.mark.parametrize(
    ("ci", "required", "skipped"), [("", "", True), ("true", "", False), ("", "1", False)]
)
def test_absent_postgres_is_no_excuse_where_it_is_asked_for(monkeypatch, ci, required, skipped):
    monkeypatch.setenv("CI", ci)
    monkeypatch.setenv("REQUIRE_POSTGRES", required)

    assert may_be_absent() is skipped


def test_each_context_has_a_database_of_its_own(fresh_database):
    with fresh_database() as one, fresh_database() as other:
        assert (one, other) == ("", "") or one != other


def test_the_database_of_a_test_is_empty(database_url):
    tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"

    assert database_url == "" or asked(database_url, tables) == 0
