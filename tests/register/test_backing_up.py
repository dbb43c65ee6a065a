"""The whole register in one file, and back."""

from __future__ import annotations

import gzip
import hashlib
import stat
from pathlib import Path
from random import Random

import pytest

from regard.core.errors import FileRefused, FileUnreadable, NotStored, RegisterDamaged
from regard.register import backing_up
from regard.register.backing_up import TRAILER_BYTES, back_up, restore
from regard.register.exporting import exported
from regard.register.register import Register
from regard.register.verifying import verify
from register.forces import World
from register.tampering import url_of

CORRUPTIONS = 200


@pytest.fixture
def backup(world: World, tmp_path: Path) -> Path:
    return back_up(world.register, tmp_path / "kept.backup").file


def test_a_backup_restored_elsewhere_is_the_same_register(world, backup, tmp_path, database_url):
    brought = restore(backup, tmp_path / "other", url=database_url)

    other = Register.open(tmp_path / "other", url=database_url)
    assert brought.head == other.head() == world.register.head()
    assert list(exported(other)) == list(exported(world.register))
    assert verify(other, projections=True).whole
    other.close()


def test_the_same_journal_gives_the_same_bytes(world, backup, tmp_path):
    assert back_up(world.register, tmp_path / "again").file.read_bytes() == backup.read_bytes()


def test_a_backup_can_be_read_without_regard(world, backup):
    held = backup.read_bytes()[:-TRAILER_BYTES]

    assert gzip.decompress(held) == b"".join(exported(world.register))
    assert backup.read_bytes().endswith(f"\nsha256 {hashlib.sha256(held).hexdigest()}\n".encode())
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


UNCHECKED = range(4, 10)  # of gzip's header: time, effort and system, which no reader asks


def corrupted(backup: Path, place: int, flip: int) -> Path:
    held = bytearray(backup.read_bytes())
    held[place] ^= flip
    made = backup.with_name("corrupted")
    made.write_bytes(held)
    return made


def test_every_backup_with_one_byte_changed_is_refused(backup, tmp_path):
    random, length = Random(4), backup.stat().st_size
    places = [*UNCHECKED, *(random.randrange(length) for _ in range(CORRUPTIONS))]

    for place in places:
        with pytest.raises(FileUnreadable, match="not restored: it"):
            restore(
                corrupted(backup, place, random.randrange(1, 256)), tmp_path / "elsewhere", url=""
            )

    assert not (tmp_path / "elsewhere").exists()


def test_without_the_hash_some_changed_backups_would_come_back(backup, tmp_path, monkeypatch):
    length = backup.stat().st_size - TRAILER_BYTES
    monkeypatch.setattr(backing_up, "_checked", lambda _file: length)

    for place in UNCHECKED:
        assert restore(corrupted(backup, place, 1), tmp_path / str(place), url="")


@pytest.mark.parametrize("left", [0, 1, TRAILER_BYTES, -1, -TRAILER_BYTES, -TRAILER_BYTES - 9])
def test_a_backup_that_was_cut_off_is_refused(backup, tmp_path, left):
    backup.write_bytes(backup.read_bytes()[:left])

    with pytest.raises(FileUnreadable, match="cut off"):
        restore(backup, tmp_path / "elsewhere", url="")


def sealed(held: bytes) -> bytes:
    return held + f"\nsha256 {hashlib.sha256(held).hexdigest()}\n".encode()


@pytest.mark.parametrize(
    ("held", "told"),
    [
        (b"no gzip at all", "not restored"),
        (gzip.compress(b"", mtime=0)[:-3], "ends too early"),
        (gzip.compress(b"", mtime=0) + b"more", "too early or too late"),
    ],
)
def test_a_file_that_is_no_backup_is_refused_though_its_hash_is_right(tmp_path, held, told):
    file = tmp_path / "made"
    file.write_bytes(sealed(held))

    with pytest.raises((FileUnreadable, FileRefused), match=told):
        restore(file, tmp_path / "elsewhere", url="")


def test_a_journal_that_is_bad_is_refused_though_the_hash_of_the_file_is_right(world, tmp_path):
    lines = list(exported(world.register))
    lines[7] = lines[7].replace(b'"post"', b'"form"', 1).replace(b'form":"post', b'form":"body')
    file = tmp_path / "made"
    file.write_bytes(sealed(gzip.compress(b"".join(lines))))

    with pytest.raises(FileRefused, match="line 8"):
        restore(file, tmp_path / "elsewhere", url="")


def test_neither_a_file_nor_a_register_is_written_over(world, backup):
    with pytest.raises(NotStored, match="there already"):
        back_up(world.register, backup)
    with pytest.raises(RegisterDamaged, match="stands here already"):
        restore(backup, world.register.home, url=url_of(world.register))


def test_a_folder_that_is_not_there_is_said(world, backup, tmp_path):
    with pytest.raises(NotStored, match="was not written"):
        back_up(world.register, tmp_path / "none" / "kept")
    with pytest.raises(FileUnreadable, match="No such file"):
        restore(tmp_path / "none", tmp_path / "elsewhere", url="")


def test_a_line_without_end_is_not_read_into_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(backing_up, "LONGEST", 10_000)
    monkeypatch.setattr(backing_up, "BLOCK", 4_000)
    file = tmp_path / "made"
    file.write_bytes(sealed(gzip.compress(b"x" * 10_000_000)))

    with pytest.raises(FileUnreadable, match="a line is longer"):
        restore(file, tmp_path / "elsewhere", url="")
