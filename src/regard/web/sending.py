"""Files sent to a browser: saved and never shown inside the site, whatever they hold."""

from __future__ import annotations

from django.http import HttpResponse

from regard.core.markings import OFFICIAL, Marking

TYPES = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "json": "application/json",
}
"""Media types by the ending of a file."""

ALONE = "sandbox; default-src 'none'"
"""The policy under which nothing in a file runs, fetches or frames (reliability, section 7)."""


def sent(name: str, content: bytes, *, marking: Marking = OFFICIAL) -> HttpResponse:
    """A file to be saved under a name.

    Args:
        name: What the file is called: small letters, digits, `.`, `_` and `-`.
        content: Its bytes.
        marking: How closely it is held; above OFFICIAL no cache keeps it.
    """
    kind = TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    answer = enclosed(content, kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    if marking != OFFICIAL:
        answer["Cache-Control"] = "no-store"
    return answer


def enclosed(content: bytes, kind: str) -> HttpResponse:
    """Bytes of a media type that can reach nothing."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Security-Policy"] = ALONE
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
