"""A journal brought into an empty place: every hash checked, all of it or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from regard.core.errors import FileRefused, FileUnreadable, RegisterDamaged, RegisterMissing
from regard.register.erasing import erase
from regard.register.exporting import exported
from regard.register.importing import import_register
from regard.register.rebuilding import rebuild
from regard.register.register import Register
from regard.register.verifying import verify
from register.forces import FreshDatabase, World, concern, speaker
from register.tampering import url_of
from register.watching import past_the_journal

LEAD = speaker("avon", "spr-lead")


@pytest.fixture
def file(world: World, tmp_path: Path) -> Path:
    """An export with an erasure of an entry whose subject was answered, and of one that was not."""
    for name in ("a", "b", "c"):
        world.enter(concern("avon", text=f"it is {name}"), f"concern:{name}", LEAD)
    later = world.enter(concern("avon", text="it is a still"), "concern:a", LEAD)
    lone = world.register.view(LEAD).one("concern:b")
    keeper = speaker("avon", "register-keeper")
    first = world.register.view(LEAD).history("concern:a")[0]
    erase(world.register, [first.seq, lone.seq], by=keeper, reason="they named somebody")
    assert later.version == 2
    made = tmp_path / "all.jsonl"
    made.write_bytes(b"".join(exported(world.register)))
    return made


@past_the_journal
def test_what_was_written_out_comes_back_byte_for_byte(world, file, tmp_path, database_url):
    brought = import_register(file, tmp_path / "other", url=database_url)

    other = Register.open(tmp_path / "other", url=database_url)
    assert brought.head == other.head() == world.register.head()
    assert brought.erased == 2
    assert b"".join(exported(other)) == file.read_bytes()
    assert verify(other, projections=True).whole
    assert rebuild(other).after == rebuild(world.register).after
    other.close()


def test_it_goes_on_from_there_and_refuses_changes_as_before(file, tmp_path, database_url):
    import_register(file, tmp_path / "other", url=database_url)
    other = Register.open(tmp_path / "other", url=database_url)

    other.enter(concern("avon", text="anew"), subject="concern:new", by=LEAD)

    assert verify(other, projections=True).whole
    with pytest.raises(Exception, match="only grows"), other.connection.cursor() as cursor:
        cursor.execute("UPDATE entry SET post = 'x' WHERE seq = 1")
    with (
        pytest.raises(Exception, match="UNIQUE|unique|already"),
        other.connection.cursor() as cursor,
    ):
        cursor.execute("INSERT INTO entry SELECT * FROM entry WHERE seq = 1")
    other.close()


Change = Callable[[list[bytes]], list[bytes]]


def edited(line: bytes, **fields: Any) -> bytes:
    held = {**json.loads(line), **fields}
    words = json.dumps(held.pop("words"), sort_keys=True, separators=(",", ":"))
    rest = json.dumps(held, sort_keys=True, separators=(",", ":"))
    return f'{rest[:-1]},"words":{words}}}\n'.encode()


CHANGES: dict[str, tuple[Change, str]] = {
    "other words": (lambda a: [*a[:9], edited(a[9], words={"form": "body"}), *a[10:]], "line 10"),
    "another post": (lambda a: [*a[:9], edited(a[9], post="party:x"), *a[10:]], "line 10"),
    "a line left out": (lambda a: [*a[:9], *a[10:]], "line 10"),
    "a line twice": (lambda a: [*a[:10], a[9], *a[10:]], "line 10"),
    "cut within a line": (lambda a: [*a[:-1], a[-1][:-20]], "line"),
    "cut between lines": (lambda a: a[:-3], "the first line says"),
    "no first line": (lambda a: a[1:], "line 1"),
    "nothing": (lambda _: [], "line 1"),
    "spaces": (lambda a: [*a[:9], a[9].replace(b'","', b'", "', 1), *a[10:]], "line 10"),
    "not lawfully erased": (
        lambda a: [*a[:9], edited(a[9], words=None, salt=None, erased_by=len(a) - 1), *a[10:]],
        "line 10",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_bad_line_is_named_and_nothing_is_kept(file, tmp_path, fresh_database, change):
    make, told = CHANGES[change]
    file.write_bytes(b"".join(make(file.read_bytes().splitlines(keepends=True))))
    home = tmp_path / "other"

    with fresh_database() as url:
        with pytest.raises(FileRefused, match=told):
            import_register(file, home, url=url)

        assert not list(home.iterdir())
        with pytest.raises(RegisterMissing):
            Register.open(home, url=url)


def test_a_place_where_a_register_stands_is_refused(world, file):
    with pytest.raises(RegisterDamaged, match="stands here already"):
        import_register(file, world.register.home, url=url_of(world.register))


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(FileUnreadable, match="No such file"):
        import_register(tmp_path / "none", tmp_path / "home", url="")


def test_a_register_moves_from_one_database_to_the_other(
    file, tmp_path, fresh_database: FreshDatabase
):
    with fresh_database() as url:
        import_register(file, tmp_path / "server", url=url)
        server = Register.open(tmp_path / "server", url=url)
        back = tmp_path / "back.jsonl"
        back.write_bytes(b"".join(exported(server)))
        server.close()

        import_register(back, tmp_path / "folder", url="")

    folder = Register.open(tmp_path / "folder", url="")
    assert b"".join(exported(folder)) == file.read_bytes()
    folder.close()
