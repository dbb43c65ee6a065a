"""One way of writing content down, and its digest: no comment and no order of keys changes it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from regard.library.levels import Rule, Scale
from regard.library.model import Crosswalk, EditionFile, Scheme

Held = TypeVar("Held", EditionFile, Crosswalk, Scale, Rule, Scheme)
# Where it was read, what is computed from the rest, and what is settled by the next edition.
_ASIDE = {"file", "digest", "in_force_to"}


def content(value: Any) -> Any:
    """A value as plain lists, tables and text.

    A field that says no more than its default is left out, so that a field added to a later
    release changes no digest that an earlier one wrote down.
    """
    if isinstance(value, Crosswalk):
        by_id = {"earlier": value.earlier.id, "later": value.later.id}
        return {**_fields(value, aside=_ASIDE | set(by_id)), **by_id}
    if is_dataclass(value) and not isinstance(value, type):
        return _fields(value, aside=_ASIDE)
    if isinstance(value, tuple):
        return [content(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value


def _fields(value: Any, *, aside: set[str]) -> dict[str, Any]:
    held = {one.name: (getattr(value, one.name), one.default) for one in fields(value)}
    return {
        name: content(found)
        for name, (found, default) in held.items()
        if name not in aside and (default is MISSING or found != default)
    }


def canonical(value: Any) -> bytes:
    """The content of a value as one line of JSON: keys sorted, UTF-8, no spaces."""
    text = json.dumps(content(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8")


def digest_of(value: Any) -> str:
    """SHA-256 over the content of a value, in hexadecimal letters."""
    return hashlib.sha256(canonical(value)).hexdigest()


def sealed(value: Held) -> Held:
    """The same value with its digest."""
    return replace(value, digest=digest_of(value))
