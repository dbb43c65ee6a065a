"""Packs the parts of a document file so that the same parts give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

EARLIEST = 1980  # a ZIP archive knows no year before


def packed(parts: Iterable[tuple[str, bytes]], day: tuple[int, int, int]) -> bytes:
    """A ZIP archive of parts in the given order, all dated by one day.

    A part named `mimetype` is stored as it is, as ODF (Part 2, 2.2) wants; the others are
    compressed.
    """
    year, month, number = day
    stamp = (year, month, number, 0, 0, 0) if year >= EARLIEST else (EARLIEST, 1, 1, 0, 0, 0)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts:
            told = zipfile.ZipInfo(name, date_time=stamp)
            told.create_system = 3  # Unix, whatever system writes it
            told.external_attr = 0o644 << 16
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(told, content, compress_type=kind, compresslevel=6)
    return made.getvalue()
