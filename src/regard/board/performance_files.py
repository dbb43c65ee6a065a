"""Performance papers that lie written in a home: outside the register, known by their files."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from regard.board.issuing import PAPERS
from regard.core.errors import NotKnown
from regard.core.markings import OFFICIAL
from regard.papers.writing import FORMATS

HASHES_HELD = 256  # files whose hash is kept for as long as they are not touched

_NAME = re.compile(
    r"performance-(?P<about>[a-z0-9-]+?)(?:-as-at-(?P<as_at>\d{4}-\d{2}-\d{2}))?"
    rf"_(?P<on>\d{{4}}-\d{{2}}-\d{{2}})_{OFFICIAL}\.(?P<format>{'|'.join(FORMATS)})"
)


@dataclass(frozen=True)
class PaperFile:
    """One file of a performance paper.

    Attributes:
        name: What it is called.
        format: Its format.
        sha256: The SHA-256 of its bytes as they lie there, in hexadecimal letters.
        size: Its length in bytes.
    """

    name: str
    format: str
    sha256: str
    size: int


@dataclass(frozen=True)
class PerformancePaper:
    """A performance paper by its files.

    Attributes:
        about: The force or area, as its file names it.
        as_at: The day to which it is true; None where its name does not say.
        on: The day of the paper.
        files: Its files, one a format.
    """

    about: str
    as_at: date | None
    on: date
    files: tuple[PaperFile, ...]


def performance_papers(home: Path) -> tuple[PerformancePaper, ...]:
    """The OFFICIAL performance papers of a home, the latest first; others are left out."""
    found: dict[tuple[str, str, str], list[PaperFile]] = {}
    folder = home / PAPERS
    for path in sorted(folder.glob("performance-*")) if folder.is_dir() else ():
        told = _NAME.fullmatch(path.name)
        if told is None or not path.is_file() or path.is_symlink():
            continue
        held = path.stat()
        digest = _sha256(path, held.st_mtime_ns, held.st_size)
        one = PaperFile(path.name, told["format"], digest, held.st_size)
        found.setdefault((told["on"], told["as_at"] or "", told["about"]), []).append(one)
    return tuple(
        PerformancePaper(
            about,
            date.fromisoformat(as_at) if as_at else None,
            date.fromisoformat(on),
            tuple(sorted(files, key=lambda one: FORMATS.index(one.format))),
        )
        for (on, as_at, about), files in sorted(found.items(), reverse=True)
        if _is_day(on) and (not as_at or _is_day(as_at))
    )


def performance_file(home: Path, name: str) -> bytes:
    """The bytes of one of these files.

    Raises:
        NotKnown: none of them is called so.
    """
    known = [one.name for paper in performance_papers(home) for one in paper.files]
    if name not in known:
        raise NotKnown("file of a performance paper", name, known)
    return (home / PAPERS / name).read_bytes()


@lru_cache(maxsize=HASHES_HELD)
def _sha256(path: Path, _changed: int, _size: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
