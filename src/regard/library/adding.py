"""An edition of a force's own, taken in as text: checked with all that is known, then kept."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from regard.core.errors import FileUnreadable, NotStored
from regard.library.editions import edition_of
from regard.library.model import EditionFile
from regard.library.shelf import library
from regard.library.tables import Problems, parsed

LARGEST = 512 * 1024  # bytes of an edition's file; the longest that ships has a tenth of it
WITHIN = "editions"


def add_edition(folder: Path, content: bytes, file: str) -> EditionFile:
    """Take an edition into a force's own folder, or nothing of it if anything is wrong.

    Args:
        folder: The force's own folder of the library; made if it is not there.
        content: The file.
        file: What the file is called, for messages.

    Raises:
        FileUnreadable: it is too large, or no TOML in UTF-8.
        DefinitionRefused: it breaks a rule, alone or together with what is known already;
            everything that is wrong is named, up to fifty.
        NotStored: the disk did not take it.
    """
    edition = _read(content, file)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix="edition-") as aside:
            tried = Path(aside)
            made = tried / WITHIN / f"{edition.id}.toml"
            made.parent.mkdir()
            made.write_bytes(content)
            library(*([folder] if folder.is_dir() else []), tried)
            kept = folder / WITHIN / made.name
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(made, kept)
    except OSError as reason:
        raise NotStored(
            f"{folder} did not take {file}: {reason}", expected="room, and leave to write"
        ) from reason
    return edition


def _read(content: bytes, file: str) -> EditionFile:
    if len(content) > LARGEST:
        raise FileUnreadable(
            f"{file} has {len(content):,} bytes", expected=f"at most {LARGEST:,} bytes"
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as reason:
        raise FileUnreadable(f"{file} is not UTF-8: {reason}", expected="a TOML file") from reason
    problems = Problems()
    edition = edition_of(parsed(text, file), file, problems)
    problems.settle(file)
    if edition is None:
        raise FileUnreadable(f"{file} has no [edition]", expected="the file of an edition")
    return edition
