"""From the paths a person gives to the files to read: folders, ZIPs, CSV and Parquet."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from regard.core.errors import FileChanged, FileRefused, FileUnreadable, Problem, shown

BLOCK = 1024 * 1024
MOST_MEMBERS = 20_000  # a download of every force for three years has about 5,000
MOST_BYTES = 64 * 1024**3  # of one archive, unpacked
HIGHEST_RATIO = 200  # unpacked to packed; police.uk's CSV packs about 6 to 1
RATIO_FROM = 8 * 1024**2  # bytes from which on the ratio is looked at

ARCHIVES = (".zip", ".gz", ".7z", ".rar", ".xz", ".bz2", ".tar", ".parquet")

_KINDS = {  # the first bytes of a file -> what it is
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"PAR1": "parquet",
    b"\x1f\x8b": "a gzip file",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"\xd0\xcf\x11\xe0": "an Excel workbook of the old kind",
    b"%PDF": "a PDF file",
    b"\xff\xfe": "text in UTF-16",
    b"\xfe\xff": "text in UTF-16",
}


@dataclass(frozen=True)
class Input:
    """One file to read.

    Attributes:
        name: As messages and the ledger call it; of an archive, with its members.
        path: Where its bytes are: the file itself, or a copy of our own.
        kind: `csv` or `parquet`.
        sha: SHA-256 of its bytes.
        size: Its length in bytes.
        ours: Whether the bytes are a copy that nobody else can change.
        stamp: Length and time of change when the first hash was begun.
    """

    name: str
    path: Path
    kind: str
    sha: str
    size: int
    ours: bool
    stamp: tuple[int, int] = (0, 0)


def stamp_of(path: Path) -> tuple[int, int]:
    """Length and time of the last change, by which a change midway is seen at once."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def inputs(paths: Iterable[Path], staging: Path) -> Iterator[Input]:
    """The files behind the paths, one at a time, in order.

    Members of an archive, and Parquet files, are copied to the staging folder while they are
    read; a copy is gone when the next file is asked for.

    Raises:
        FileUnreadable: a path that does not exist, a folder or archive without CSV files, a
            truncated archive or one that unpacks without end, or a file of another kind.
        FileChanged: a file changed while it was copied.
    """
    for path in paths:
        for file in _files(Path(path)):
            kind = kind_of(file)
            if kind == "zip":
                yield from _members(file, staging)
            elif kind == "parquet":
                with _copied(file, staging) as found:
                    yield found
            else:
                stamp = stamp_of(file)
                yield Input(file.name, file, "csv", hash_of(file), stamp[0], False, stamp)


def hash_of(path: Path) -> str:
    """SHA-256 of a file's bytes.

    Raises:
        FileUnreadable: it cannot be read.
    """
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise _unreadable(path, error) from error


def kind_of(path: Path, name: str = "") -> str:
    """What a file is, by its first bytes: `csv`, `zip` or `parquet`.

    Args:
        path: The file.
        name: The name by which people know it, if it lies under another.

    Raises:
        FileUnreadable: a file of a kind that is not read, an empty one, or none at all.
    """
    try:
        with path.open("rb") as stream:
            begin = stream.read(8)
    except OSError as error:
        raise _unreadable(path, error) from error
    name = name or path.name
    suffix = PurePosixPath(name).suffix.lower()
    kind = _kind(name, begin)
    if kind == "csv" and suffix in (".zip", ".parquet"):
        raise FileUnreadable(
            f"{name} is not what its name says: it begins with {shown(begin)}",
            expected=f"the first bytes of a {suffix} file",
            next_step="fetch it again: a page saying why a download failed may stand in its place",
        )
    return kind


def _kind(name: str, begin: bytes) -> str:
    if not begin:
        raise FileUnreadable(
            f"{name} is empty: 0 bytes",
            expected="a header and at least one row",
            next_step="fetch the file again, or leave it out",
        )
    for magic, kind in _KINDS.items():
        if begin.startswith(magic):
            if kind in ("zip", "parquet"):
                return kind
            raise _other_kind(name, kind)
    return "csv"


def _other_kind(name: str, kind: str) -> FileUnreadable:
    step = "save the sheet as CSV UTF-8" if "workbook" in kind else "unpack it"
    step = "save it as CSV UTF-8" if "UTF-16" in kind or "PDF" in kind else step
    return FileUnreadable(
        f"{name} is {kind}",
        expected="CSV in UTF-8, Parquet, or a ZIP of CSV files",
        next_step=f"{step} and give the command again",
    )


def _unreadable(path: Path, error: OSError) -> FileUnreadable:
    return FileUnreadable(
        f"{path} cannot be read: {error.strerror or error}",
        expected="a file, folder or ZIP that is there and may be read",
        next_step="check the path and the file's permissions",
    )


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(
        one
        for one in path.rglob("*")
        if one.is_file() and one.suffix.lower() in (".csv", ".parquet") and _is_shown(one, path)
    )
    if not found:
        raise FileUnreadable(
            f"the folder {path} has no CSV or Parquet file in it",
            expected="a folder with files named *.csv or *.parquet, at any depth",
            next_step="give the folder into which the download was unpacked, or the ZIP itself",
        )
    return found


def _is_shown(path: Path, root: Path) -> bool:
    parts = path.relative_to(root).parts
    return not any(part.startswith((".", "__MACOSX")) for part in parts)


@contextmanager
def _copied(file: Path, staging: Path) -> Iterator[Input]:
    stamp, copy = stamp_of(file), staging / "input.parquet"
    hasher, size = hashlib.sha256(), 0
    with file.open("rb") as stream, copy.open("wb") as out:
        while block := stream.read(BLOCK):
            hasher.update(block)
            size += out.write(block)
    if stamp_of(file) != stamp:
        raise changed(file.name)
    try:
        yield Input(file.name, copy, "parquet", hasher.hexdigest(), size, True)
    finally:
        copy.unlink(missing_ok=True)


def changed(name: str) -> FileChanged:
    """The message for a file that changed while it was read."""
    return FileChanged(
        f"{name} changed while it was being read; nothing of it was stored",
        expected="a file that stays as it is until the import has finished",
        next_step="wait until whatever writes it has finished, then give the same command again",
    )


def _members(archive: Path, staging: Path) -> Iterator[Input]:
    try:
        with zipfile.ZipFile(archive) as opened:
            wanted = members_wanted(archive.name, opened)
            room = Room(archive.name)
            for member in wanted:
                with _unpacked(archive, opened, member, staging, room) as found:
                    yield found
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise torn_zip(archive.name, error) from error


def torn_zip(name: str, error: Exception) -> FileUnreadable:
    """The message for a ZIP that cannot be unpacked."""
    return FileUnreadable(
        f"{name} is a ZIP that cannot be unpacked: {error}",
        expected="a whole ZIP; a download that broke off has no table of contents at its end",
        next_step="fetch it again and compare its length with the one that was announced",
    )


def members_wanted(archive: str, opened: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The CSV files of an archive by their names, as its table of contents has them.

    Args:
        archive: Its name, for messages.
        opened: The archive.

    Raises:
        FileUnreadable: a workbook, too many members, an archive within it, or no CSV file.
    """
    names = {one.filename for one in opened.infolist()}
    if "[Content_Types].xml" in names or "mimetype" in names:
        raise _other_kind(archive, "a workbook or document, not a ZIP of CSV files")
    if len(names) > MOST_MEMBERS:
        raise FileUnreadable(
            f"{archive} has {len(names):,} members",
            expected=f"at most {MOST_MEMBERS:,}",
            next_step="unpack it and give the folders one by one",
        )
    packed = sorted(name for name in names if PurePosixPath(name).suffix.lower() in ARCHIVES)
    if packed:
        raise FileUnreadable(
            f"{archive} holds {packed[0]}, which is not looked into",
            expected="a ZIP of CSV files, as police.uk gives it",
            next_step="unpack it and give the command for what is in it",
        )
    found = [one for one in opened.infolist() if _is_csv(one)]
    if not found:
        raise FileUnreadable(
            f"{archive} has no CSV file in it; members in all: {len(names):,}",
            expected="a ZIP of CSV files, as police.uk gives it",
            next_step="check that it is the file you meant",
        )
    return sorted(found, key=lambda one: one.filename)


def _is_csv(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename)
    hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in path.parts)
    return path.suffix.lower() == ".csv" and not member.is_dir() and not hidden


class Room:
    """How much of an archive has been unpacked, and whether that is still believable.

    What an archive declares of itself is not looked at: the bytes are counted as they come.

    Args:
        archive: Its name, for messages.
    """

    def __init__(self, archive: str) -> None:
        self.archive = archive
        self.total = 0

    def take(self, member: zipfile.ZipInfo, size: int, block: int) -> None:
        """Count a block of a member.

        Raises:
            FileUnreadable: the member or the archive has grown beyond belief.
        """
        self.total += block
        ratio = size / max(member.compress_size, 1)
        if self.total > MOST_BYTES or (size > RATIO_FROM and ratio > HIGHEST_RATIO):
            raise FileUnreadable(
                f"{self.archive} unpacks without end: {member.filename} has reached {size:,} "
                f"bytes from {member.compress_size:,}",
                expected=f"at most {MOST_BYTES:,} bytes in all and {HIGHEST_RATIO} times its "
                "packed length a member",
                next_step="unpack it by hand if you trust it, and give the folder",
            )


@contextmanager
def _unpacked(
    archive: Path,
    opened: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    staging: Path,
    room: Room,
) -> Iterator[Input]:
    name, copy = f"{archive.name}/{member.filename}", staging / "input.csv"
    if member.flag_bits & 0x1:
        raise FileUnreadable(
            f"{name} is locked with a password",
            expected="a ZIP without a password",
            next_step="unpack it and give the folder",
        )
    hasher, size = hashlib.sha256(), 0
    with opened.open(member) as stream, copy.open("wb") as out:
        while block := stream.read(BLOCK):
            hasher.update(block)
            size += out.write(block)
            room.take(member, size, len(block))
    try:
        with copy.open("rb") as stream:
            kind = _kind(name, stream.read(8))
        if kind != "csv":
            raise _other_kind(name, f"a {kind} file under the name of a CSV file")
        yield Input(name, copy, kind, hasher.hexdigest(), size, True)
    finally:
        copy.unlink(missing_ok=True)


def no_rows(name: str) -> FileRefused:
    """The refusal of a file that has a header and nothing below it."""
    return FileRefused(
        [Problem(name, 0, "", "", "there is a header and no row below it")],
        expected="at least one row; a month without offences is still a month not supplied",
        next_step="leave the file out; the month stays missing until rows come",
    )
