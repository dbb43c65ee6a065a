"""One way of writing an entry down, so that it has one digest on every machine."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

LEAF = b"\x00"  # RFC 6962, section 2.1: what is hashed as a leaf begins so
SALT_BYTES = 16  # 128 bits: a short body cannot be guessed from its digest once it is erased
NOTHING = "0" * 64
"""What the first entry names as the hash of the entry before it."""


def canonical(held: Any) -> str:
    """Plain data as JSON with sorted keys and no spaces.

    Raises:
        TypeError: it holds a binary fraction, which has no one way of being written.
    """
    _must_be_exact(held)
    return json.dumps(
        held, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_refuse
    )


def _must_be_exact(held: Any) -> None:
    # json writes a float by itself and never asks `default` about it.
    if isinstance(held, float):
        _refuse(held)
    elif isinstance(held, dict):
        for one in held.values():
            _must_be_exact(one)
    elif isinstance(held, list | tuple):
        for one in held:
            _must_be_exact(one)


def _refuse(value: Any) -> Any:
    raise TypeError(f"{value!r} has no canonical form")


def new_salt() -> str:
    """A fresh salt, in hexadecimal letters."""
    return secrets.token_hex(SALT_BYTES)


def body_hash(salt: str, words: str) -> str:
    """SHA-256 over the salt and the canonical words, in hexadecimal letters."""
    return hashlib.sha256(bytes.fromhex(salt) + words.encode()).hexdigest()


def entry_hash(header: str) -> str:
    """SHA-256 over a canonical header as a leaf (RFC 6962), in hexadecimal letters."""
    return hashlib.sha256(LEAF + header.encode()).hexdigest()
