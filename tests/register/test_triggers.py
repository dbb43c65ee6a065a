"""Invariant 1: the database itself refuses to change what was written."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regard.register import triggers
from register import forces
from register.forces import FORCES, World, speaker
from register.watching import past_the_journal

ENTRY_COLUMNS = (
    "kind", "subject", "effective", "recorded", "post", "holder", "force", "marking", "body",
    "previous", "hash",
)  # fmt: skip
CHANGES = st.one_of(
    st.tuples(st.just("entry"), st.sampled_from(ENTRY_COLUMNS)),
    st.tuples(st.just("body"), st.sampled_from(("salt", "words"))),
)
QUICK = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def rows(world: World) -> list[tuple]:
    found = []
    with world.register.connection.cursor() as cursor:
        for table in ("entry", "body", "erasure"):
            cursor.execute(f"SELECT * FROM {table} ORDER BY seq")
            found.append(cursor.fetchall())
    return found


def run(world: World, sql: str, values: tuple = ()) -> None:
    register = world.register
    with transaction.atomic(using=register.alias), register.connection.cursor() as cursor:
        cursor.execute(sql, values)


@QUICK
@given(change=CHANGES, seq=st.integers(1, 50), to=st.text("abc", max_size=3))
def test_no_row_of_the_journal_is_ever_changed(shared_world, change, seq, to):
    table, column = change
    before = rows(shared_world)

    with pytest.raises(DatabaseError):
        run(shared_world, f"UPDATE {table} SET {column} = %s WHERE seq = %s", (to, seq))

    assert rows(shared_world) == before


@QUICK
@given(table=st.sampled_from(("entry", "body")), seq=st.integers(1, 50))
def test_no_row_of_the_journal_is_ever_removed(shared_world, table, seq):
    before = rows(shared_world)

    with pytest.raises(DatabaseError):
        run(shared_world, f"DELETE FROM {table} WHERE seq = %s", (seq,))

    assert rows(shared_world) == before


@past_the_journal
@pytest.mark.parametrize("table", ["entry", "body", "erasure"])
def test_no_table_of_the_journal_is_ever_emptied(world, table):
    run(world, "INSERT INTO erasure (seq, decision) VALUES (9, 10)")
    before = rows(world)
    empties = "TRUNCATE" if world.register.connection.vendor == "postgresql" else "DELETE FROM"

    with pytest.raises(DatabaseError):
        run(world, f"{empties} {table}")

    assert rows(world) == before


REPLACING = [
    "INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE seq = 3",
    "REPLACE INTO {table} SELECT * FROM {table} WHERE seq = 3",
    "UPDATE OR REPLACE {table} SET seq = 4 WHERE seq = 3",
]


@past_the_journal
@pytest.mark.parametrize("sql", REPLACING)
@pytest.mark.parametrize("table", ["entry", "body"])
def test_no_row_is_replaced_by_sqlites_own_way(world, table, sql):
    if world.register.connection.vendor != "sqlite":
        pytest.skip("REPLACE is SQLite's; PostgreSQL's ON CONFLICT asks the trigger on UPDATE")
    before = rows(world)

    with pytest.raises(DatabaseError):
        run(world, sql.format(table=table))

    assert rows(world) == before


@past_the_journal
def test_no_row_is_replaced_by_its_hidden_number_nor_by_its_version(world):
    if world.register.connection.vendor != "sqlite":
        pytest.skip("hidden numbers of rows are SQLite's")
    before = rows(world)
    columns = ", ".join(("version", *ENTRY_COLUMNS))

    for number in ("rowid, seq", "seq"):
        first = "3, 9999" if number.startswith("rowid") else "9999"
        with pytest.raises(DatabaseError):
            run(
                world,
                f"INSERT OR REPLACE INTO entry ({number}, {columns}) "
                f"SELECT {first}, {columns} FROM entry WHERE seq = 3",
            )

    assert rows(world) == before


@past_the_journal
def test_words_go_only_once_they_are_erased_and_do_not_come_back(world):
    entry = world.enter(forces.concern(FORCES[0]), "concern:a", speaker(FORCES[0], "spr-lead"))
    with pytest.raises(DatabaseError):
        run(world, "DELETE FROM body WHERE seq = %s", (entry.seq,))

    run(world, "INSERT INTO erasure (seq, decision) VALUES (%s, 1)", (entry.seq,))
    run(world, "DELETE FROM body WHERE seq = %s", (entry.seq,))

    found = world.register.view(speaker(FORCES[0], "spr-lead")).entry(entry.seq)
    assert found is not None
    assert found.held is None
    with pytest.raises(DatabaseError):
        run(world, "DELETE FROM erasure WHERE seq = %s", (entry.seq,))


@past_the_journal
@pytest.mark.parametrize("table", ["entry", "body"])
def test_fault_without_its_triggers_a_row_is_changed(world, table):
    connection = world.register.connection
    before = rows(world)
    with connection.schema_editor() as schema:
        triggers.drop(schema, connection.vendor)

    run(world, f"UPDATE {table} SET seq = seq + 100000 WHERE seq = 3")

    assert rows(world) != before


@past_the_journal
def test_dropping_and_making_the_triggers_again_is_whole(world):
    connection = world.register.connection
    with connection.schema_editor() as schema:
        triggers.drop(schema, connection.vendor)
        triggers.create(schema, connection.vendor)

    with pytest.raises(DatabaseError):
        run(world, "DELETE FROM entry")
