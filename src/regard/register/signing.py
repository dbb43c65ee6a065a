"""Signed heads, and the witness file in which somebody else keeps them.

A chain of hashes proves nothing against whoever holds the file: they can write all of it anew. A
head that was signed and handed over, or printed on an issued paper, is what they cannot take back.
Ed25519 (RFC 8032); what is signed begins with words of its own, so that a signature made for
another purpose is none here.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from regard.core.errors import FileRefused, FileUnreadable, NotStored, Problem, shown
from regard.register.tree import Head, Tree, hash_from_hex, is_size

SIGNED = b"regard register head 1\n"
AT = "%Y-%m-%dT%H:%M:%S.%fZ"
OWNER_ALONE = 0o600
OTHERS = stat.S_IRWXG | stat.S_IRWXO
LETTERS = re.compile(r"[0-9a-f]*")
KEY_LETTERS = 64  # hexadecimal letters of a public key (RFC 8032, section 5.1.5: 32 bytes)
SIGNATURE_LETTERS = 128  # of a signature (section 5.1.6: 64 bytes)
FIELDS = {"size", "root", "at", "key", "signature"}


@dataclass(frozen=True)
class SignedHead:
    """A head, the instant at which it was signed, and by which key.

    Attributes:
        head: Size and root.
        at: When it was signed, in UTC.
        key: The public key, in 64 hexadecimal letters; a claim until `verify` was given the key.
        signature: The signature, in 128 hexadecimal letters.

    Raises:
        ValueError: the instant names no time zone.
    """

    head: Head
    at: datetime
    key: str
    signature: str

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError(f"an instant names its time zone, got {self.at}")
        object.__setattr__(self, "at", self.at.astimezone(UTC))

    def as_line(self) -> str:
        """One line of a witness file, without its end."""
        held = {**_signed(self.head, self.at), "key": self.key, "signature": self.signature}
        return json.dumps(held, sort_keys=True, separators=(",", ":"))

    def __str__(self) -> str:
        return f"{self.head}, signed {self.at:{AT}} by {self.key[:12]}"


def new_key(path: Path) -> str:
    """Make a signing key in a file that its owner alone may read.

    Returns:
        The public key, in 64 hexadecimal letters: give it to whoever checks.

    Raises:
        NotStored: a file is there already, which is never overwritten, or there is no leave.
    """
    key = Ed25519PrivateKey.generate()
    text = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ALONE)
    except FileExistsError as reason:
        raise NotStored(
            f"{path}: a file is there already, and a key is never overwritten",
            next_step="name another file, or move the old key away and keep it",
        ) from reason
    except OSError as reason:
        raise NotStored(f"{path}: no key could be written there: {reason.strerror}") from reason
    with os.fdopen(opened, "wb") as file:
        os.fchmod(opened, OWNER_ALONE)
        file.write(text)
        file.flush()
        os.fsync(opened)
    return public_key_of(key)


def read_key(path: Path) -> Ed25519PrivateKey:
    """The signing key in a file.

    Raises:
        FileUnreadable: there is none, it is no Ed25519 key, or others may read it.
    """
    try:
        if path.stat().st_mode & OTHERS:
            raise FileUnreadable(
                f"{path}: others than its owner may read this key",
                expected="a key that its owner alone may read",
                next_step=f"run `chmod 600 {path.name}`, and think about who read it until now",
            )
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as reason:
        raise FileUnreadable(f"{path}: no key could be read there: {reason}") from reason
    if not isinstance(key, Ed25519PrivateKey):
        raise FileUnreadable(f"{path}: a key of another kind", expected="an Ed25519 key")
    return key


def public_key_of(key: Ed25519PrivateKey) -> str:
    """The public half of a key, in 64 hexadecimal letters."""
    return key.public_key().public_bytes_raw().hex()


def sign_head(head: Head, at: datetime, key: Ed25519PrivateKey) -> SignedHead:
    """A head as the holder of this key vouches for it at this instant.

    Raises:
        ValueError: the instant names no time zone.
    """
    unsigned = SignedHead(head, at, public_key_of(key), "")
    return replace(unsigned, signature=key.sign(_message(head, unsigned.at)).hex())


def verify(signed: SignedHead, public_key: str) -> bool:
    """Whether this key signed this head at this instant. It never raises.

    Args:
        signed: The head; the key it names counts for nothing unless it is the key given.
        public_key: The key you trust, in 64 hexadecimal letters.
    """
    if signed.key != public_key or not _is_hex(public_key, KEY_LETTERS):
        return False
    if not _is_hex(signed.signature, SIGNATURE_LETTERS):
        return False
    try:
        known = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        known.verify(bytes.fromhex(signed.signature), _message(signed.head, signed.at))
    except (InvalidSignature, ValueError):
        return False
    return True


def _is_hex(letters: object, length: int) -> bool:
    if not isinstance(letters, str) or len(letters) != length:
        return False
    return LETTERS.fullmatch(letters) is not None


def _signed(head: Head, at: datetime) -> dict[str, Any]:
    return {"size": head.size, "root": head.root.hex(), "at": f"{at:{AT}}"}


def _message(head: Head, at: datetime) -> bytes:
    return SIGNED + json.dumps(_signed(head, at), sort_keys=True, separators=(",", ":")).encode()


def append_witness(path: Path, signed: SignedHead) -> None:
    """Add a signed head to a witness file and wait until the disk has it.

    Raises:
        FileRefused: a line of the file is no signed head, or its last line was cut off.
        NotStored: the disk did not take it.
    """
    if path.exists():
        read_witness(path)
    try:
        with path.open("ab") as file:
            file.write(signed.as_line().encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as reason:
        raise NotStored(f"{path}: no head could be added: {reason.strerror}") from reason


def read_witness(path: Path) -> tuple[SignedHead, ...]:
    """Every signed head of a witness file, in the order of its lines.

    That a line can be read says nothing of its signature: see `verify` and `first_doubt`.

    Raises:
        FileUnreadable: the file cannot be read.
        FileRefused: lines that are no signed head, each by its number.
    """
    try:
        text = path.read_bytes()
    except OSError as reason:
        raise FileUnreadable(f"{path}: {reason.strerror}") from reason
    lines = text.split(b"\n")
    problems = []
    if lines.pop():
        problems.append(_problem(path, len(lines) + 1, "", "the last line was cut off"))
    found = []
    for number, line in enumerate(lines, start=1):
        try:
            found.append(_head_of(line))
        except (ValueError, TypeError, RecursionError) as reason:
            problems.append(_problem(path, number, line.decode("utf-8", "replace"), str(reason)))
    if problems:
        raise FileRefused(problems, expected="one signed head a line, as Regard writes it")
    return tuple(found)


def _problem(path: Path, number: int, line: str, what: str) -> Problem:
    return Problem(path.name, number, "", line, what)


def _head_of(line: bytes) -> SignedHead:
    held = json.loads(line.decode("utf-8"))
    if not isinstance(held, dict) or held.keys() != FIELDS:
        raise ValueError(f"no object of {', '.join(sorted(FIELDS))}: {shown(held)}")
    root = hash_from_hex(held["root"])
    if root is None or not is_size(held["size"]):
        raise ValueError(f"no head: {shown(held['size'])} and {shown(held['root'])}")
    if not _is_hex(held["key"], KEY_LETTERS):
        raise ValueError(f"no public key: {shown(held['key'])}")
    if not _is_hex(held["signature"], SIGNATURE_LETTERS):
        raise ValueError(f"no signature: {shown(held['signature'])}")
    at = datetime.strptime(held["at"], AT).replace(tzinfo=UTC)
    signed = SignedHead(Head(held["size"], root), at, held["key"], held["signature"])
    if signed.as_line().encode() != line:
        raise ValueError(f"written otherwise than Regard writes it: {shown(held['at'])}")
    return signed


@dataclass(frozen=True)
class Doubt:
    """A line of a witness file that speaks against the register, or for nobody.

    Attributes:
        line: Its number in the file, from 1.
        signed: What it says.
        reason: What is wrong with it.
    """

    line: int
    signed: SignedHead
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.signed}: {self.reason}"


def first_doubt(witnessed: Iterable[SignedHead], tree: Tree, public_key: str) -> Doubt | None:
    """The first witnessed head that does not hold; None where all of them hold.

    A head holds if the key you trust signed it and the register still begins with exactly the
    entries that the head covers.

    Args:
        witnessed: Signed heads as somebody outside kept them, in the order of their lines.
        tree: The tree over the register's entry hashes now.
        public_key: The register's key, in 64 hexadecimal letters.
    """
    for line, signed in enumerate(witnessed, start=1):
        size = signed.head.size
        if not verify(signed, public_key):
            return Doubt(line, signed, f"the key {public_key[:12]} did not sign it")
        if size > tree.size:
            return Doubt(line, signed, f"the register has only {tree.size:,} entries now")
        if tree.root(size) != signed.head.root:
            now = tree.head(size)
            return Doubt(line, signed, f"the head of those entries is {now} now")
    return None
