"""The document of an answer in the formats of a paper, once somebody has had it written."""

from __future__ import annotations

import hashlib
import secrets
import shutil
from pathlib import Path

from regard.capability.scenarios import FOLDER
from regard.core.errors import NotKnown
from regard.papers.writing import FORMATS, Told, file_stem, render
from regard.web.reading import Reading

WRITTEN = "written"  # folder, within that of answers, of their documents in each format


def write_formats(home: Path, name: str, reading: Reading, *, told: Told) -> None:
    """Write the document of an answer in every format: all of them, or none.

    Args:
        home: The data folder.
        name: By which the answer is called.
        reading: Its document.
        told: Told each format before it is written.

    Raises:
        PaperRefused: the document is faulty, or an engine refuses it.
    """
    rendered = render(reading.paper, told=told)
    place = _folder(home, name, reading)
    beside = place.with_name(f".{place.name}.{secrets.token_hex(4)}.part")
    beside.mkdir(parents=True)
    try:
        for one in rendered:
            (beside / f"{_stem(name, reading)}.{one.format}").write_bytes(one.content)
        if not place.is_dir():
            beside.replace(place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def formats_written(home: Path, name: str, reading: Reading) -> tuple[str, ...]:
    """The formats in which the document lies there."""
    return FORMATS if _folder(home, name, reading).is_dir() else ()


def in_format(home: Path, name: str, reading: Reading, format: str) -> tuple[str, bytes]:  # noqa: A002
    """The document in one format, and what its file is called.

    Raises:
        NotKnown: there is no such format, or it was not written yet.
    """
    held = formats_written(home, name, reading)
    if format not in held:
        raise NotKnown(
            "format in which this answer was written",
            format,
            held,
            next_step="have the answer written for download first",
        )
    file = f"{_stem(name, reading)}.{format}"
    return file, (_folder(home, name, reading) / file).read_bytes()


def _stem(name: str, reading: Reading) -> str:
    return file_stem(reading.paper, f"stress-test-{name}")


def _folder(home: Path, name: str, reading: Reading) -> Path:
    """By what is written: an answer that is held otherwise, or says otherwise, is another."""
    told = f"{reading.paper.inputs} {reading.marking}".encode()
    return home / FOLDER / WRITTEN / f"{name}-{hashlib.sha256(told).hexdigest()[:12]}"
