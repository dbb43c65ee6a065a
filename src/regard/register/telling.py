"""Entries as rows that a command or a page shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from regard.register.entries import Entry
from regard.register.kinds.reading import words_of
from regard.register.kinds.values import Kind

LONGEST = 80  # characters of what a row tells of an entry
ERASED = "(lawfully erased)"
_SAYING = ("name", "title", "text", "label", "reason", "code", "type")


def whole(entry: Entry[Any]) -> dict[str, Any]:
    """Everything of an entry; `value` is None where its words were lawfully erased."""
    return {
        **_header(entry),
        "holder": entry.holder,
        "force": entry.force,
        "marking": str(entry.marking),
        "hash": entry.hash,
        "value": None if entry.held is None else json.loads(words_of(entry.held)),
    }


def lines(entry: Entry[Any]) -> Iterator[dict[str, Any]]:
    """Everything of an entry, a row a field."""
    held = whole(entry)
    value = held.pop("value")
    for name, one in {**held, **(value or {"words": ERASED})}.items():
        yield {"field": name, "value": one if isinstance(one, str) else json.dumps(one)}


def brief(entry: Entry[Any]) -> dict[str, Any]:
    """An entry as a row among others: where it stands, who said it, and how it begins."""
    return {**_header(entry), "says": _saying(entry)}


def _header(entry: Entry[Any]) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "subject": entry.subject,
        "version": entry.version,
        "effective": entry.effective.isoformat(),
        "recorded": f"{entry.recorded:%Y-%m-%dT%H:%M:%SZ}",
        "post": entry.post,
    }


def _saying(entry: Entry[Any]) -> str:
    if entry.held is None:
        return ERASED
    told = saying(entry.held)
    return told if len(told) <= LONGEST else told[: LONGEST - 1] + "…"


def saying(value: Kind) -> str:
    """What a value is called, or else its words: its name, title, text, label or reason."""
    return next((str(found) for name in _SAYING if (found := getattr(value, name, ""))), "")
