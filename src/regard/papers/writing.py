"""Writes a paper to files: checked, laid out once, and the same bytes for the same paper."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from regard.core.errors import NotKnown
from regard.papers.checking import check
from regard.papers.laying import lay
from regard.papers.lock import Lock
from regard.papers.model import Document
from regard.papers.opendocument import opendocument
from regard.papers.pdf import pdf
from regard.papers.pictures import draw
from regard.papers.web_page import web_page
from regard.papers.word import word

FORMATS = ("html", "docx", "odt", "pdf")
_PICTURE_OF = {"html": "svg", "pdf": "svg", "docx": "png", "odt": "png"}
LONGEST_NAME = 60  # characters of a file name made from a title
Told = Callable[[str], None]
"""Told each format before it is rendered, as rendering takes its time."""

_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Rendered:
    """A paper in one format, and the lock that held the engines (None where none was needed)."""

    format: str
    content: bytes
    lock: Lock | None


@dataclass(frozen=True)
class Written:
    """A file of a paper: where it lies, its digest, its size in bytes and the lock."""

    format: str
    path: Path
    sha256: str
    size: int
    lock: Lock | None

    def row(self) -> dict[str, str | int]:
        """The same as one row of data."""
        return {
            "format": self.format,
            "path": str(self.path),
            "sha256": self.sha256,
            "bytes": self.size,
            "lock": self.lock.value if self.lock else "",
        }

    def __str__(self) -> str:
        held = f"; engines held by: {self.lock.value}" if self.lock else ""
        return f"{self.path.name}: {self.size:,} bytes, SHA-256 {self.sha256}{held}"


def render(
    document: Document, formats: Sequence[str] = FORMATS, *, told: Told = lambda _format: None
) -> tuple[Rendered, ...]:
    """The paper in each format, in the order asked for.

    Args:
        document: The paper.
        formats: Of `html`, `docx`, `odt` and `pdf`.
        told: Told each format before it is rendered.

    Raises:
        NotKnown: there is no such format.
        PaperRefused: the paper is faulty, or an engine refuses it.
    """
    for one in formats:
        if one not in FORMATS:
            raise NotKnown("format", one, FORMATS)
    check(document)
    if not formats:
        return ()
    paper = lay(document)
    pictures = draw(paper.charts, {_PICTURE_OF[one] for one in formats}, paper.icons)
    made = []
    for one in formats:
        told(one)
        lock = pictures.lock
        if one == "html":
            content = web_page(paper, pictures)
        elif one == "docx":
            content = word(paper, pictures)
        elif one == "odt":
            content = opendocument(paper, pictures)
        else:
            held = pdf(paper, pictures)
            content, lock = held.files["paper.pdf"], held.lock
        made.append(Rendered(one, content, lock))
    return tuple(made)


def write(
    document: Document, folder: Path, formats: Sequence[str] = FORMATS, *, name: str = ""
) -> tuple[Written, ...]:
    """Write the paper into a folder, a file a format, each whole or not at all.

    A file is called by the paper's name, its date and its marking's tier, such as
    `performance_2014-04-01_OFFICIAL.pdf`.

    Args:
        document: The paper.
        folder: Where the files go; made if it is not there.
        formats: Of `html`, `docx`, `odt` and `pdf`.
        name: The first part of the files' names; left empty, it is made from the title.

    Raises:
        NotKnown: there is no such format.
        PaperRefused: the paper is faulty, or an engine refuses it.
    """
    rendered = render(document, formats)
    folder.mkdir(parents=True, exist_ok=True)
    stem = file_stem(document, name)
    return tuple(_written(one, folder / f"{stem}.{one.format}") for one in rendered)


def file_stem(document: Document, name: str = "") -> str:
    """What the files of a paper are called, without the ending."""
    plain = unicodedata.normalize("NFKD", name or document.title.title).lower()
    words = _NOT_IN_NAMES.sub("-", plain)[:LONGEST_NAME].strip("-") or "paper"
    tier = str(document.marking).partition(":")[0]
    return f"{words}_{document.title.held_on.isoformat()}_{tier}"


def _written(one: Rendered, path: Path) -> Written:
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(one.content)
    beside.replace(path)
    digest = hashlib.sha256(one.content).hexdigest()
    return Written(one.format, path, digest, len(one.content), one.lock)
