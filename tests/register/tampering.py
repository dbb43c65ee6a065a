"""Somebody who holds the database and writes past the register's triggers."""

from __future__ import annotations

from typing import Any

from regard.register.canonical import body_hash, entry_hash
from regard.register.entries import header_of
from regard.register.register import Register
from regard.register.streaming import hashes, snapshot, stretches
from regard.register.tree import Peaks

HASH, SALT, WORDS = 12, 13, 14


def tamper(register: Register, *statements: str) -> None:
    """Run statements that no trigger sees."""
    with register.connection.cursor() as cursor:
        if register.connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        for one in statements:
            cursor.execute(one)


def url_of(register: Register) -> str:
    """The URL of a register's database; empty for one in its folder."""
    held = register.connection.settings_dict
    if register.connection.vendor == "sqlite":
        return ""
    where = f"{held['HOST']}:{held['PORT']}/{held['NAME']}"
    return f"postgresql://{held['USER']}:{held['PASSWORD']}@{where}"


def rows_of(register: Register) -> list[tuple[Any, ...]]:
    """Every entry with its words, as a stream gives them."""
    with snapshot(register.connection) as cursor:
        return [row for some in stretches(cursor, register.connection.vendor) for row in some]


def rewritten(row: tuple[Any, ...], previous: str, words: str) -> tuple[Any, ...]:
    """An entry with other words, and hashes of its own that agree with them."""
    header = (*row[:10], body_hash(row[SALT], words), previous)
    return (*header, entry_hash(header_of(header)), row[SALT], words, row[15])


def rewrite_suffix(register: Register, first: int, words: str) -> None:
    """Write an entry and all after it anew, with every hash and the head in agreement."""
    last = rows_of(register)[first - 2][HASH] if first > 1 else "0" * 64
    told, statements = words, []
    for row in rows_of(register)[first - 1 :]:
        new = rewritten(row, last, told if told else row[WORDS])
        statements += [
            f"UPDATE entry SET body = '{new[10]}', previous = '{new[11]}', hash = '{new[HASH]}' "
            f"WHERE seq = {row[0]}",
            f"UPDATE body SET words = '{new[WORDS]}' WHERE seq = {row[0]}",
        ]
        last, told = new[HASH], ""
    tamper(register, *statements)
    mend_head(register)


def mend_head(register: Register) -> None:
    """Make the head agree with the entries that stand."""
    with snapshot(register.connection) as cursor:
        cursor.execute("SELECT MAX(seq) FROM entry")
        (size,) = cursor.fetchone()
        peaks = Peaks()
        last = ""
        for one in hashes(cursor, to=size):
            peaks.append(one)
            last = one.hex()
    edge = " ".join(peaks.stored())
    tamper(register, f"UPDATE head SET size = {size}, last = '{last}', peaks = '{edge}'")
