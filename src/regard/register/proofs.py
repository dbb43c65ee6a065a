"""Proof documents: what a third party needs to check one entry, or two heads, alone.

A document is JSON. The hash of an entry is the leaf hash of its header in canonical form (sorted
keys, no spaces, UTF-8, no binary fractions); the header holds the SHA-256 of the salt and the
canonical words. The sentence in a document must be the one that follows from its values, so that
a true path cannot carry a false claim. `check_proof.py` checks the same with no Regard at hand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NoReturn

from regard.core.errors import RegisterDamaged, shown
from regard.register.tree import (
    LARGEST,
    Head,
    Tree,
    hash_from_hex,
    head_said,
    is_hash,
    is_size,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)

__all__ = [
    "Checked",
    "ConsistencyProof",
    "InclusionProof",
    "Proven",
    "Refused",
    "check",
    "head_matches",
    "head_said",
    "make_consistency",
    "make_inclusion",
]

FORM = "regard-proof/1"
OF_ENTRY = {"form", "proves", "says", "header", "size", "root", "path"}
WITH_WORDS = {"salt", "words"}
OF_HEADS = {"form", "proves", "says", "first", "second", "path"}
OF_HEAD = {"size", "root"}
SALT = re.compile(r"(?:[0-9a-f]{2}){16,64}")  # bytes; below 16 short words could be guessed
SAID = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,19})\s*(?:[·.:-]|\s)\s*([0-9a-fA-F]{12,64})")
COMPARE = "Compare that head with one printed on an issued paper."


@dataclass(frozen=True)
class Proven:
    """What a document proves, read off the values that were checked.

    Attributes:
        sentence: What is proven, in one sentence and what is left to compare.
        head: The head it is proven against; the later one of two.
        earlier: The earlier head, of a proof about two heads.
        header: The entry's header, of a proof about an entry.
        words: The entry's words, where the document gives them.
    """

    sentence: str
    head: Head
    earlier: Head | None = None
    header: Mapping[str, Any] | None = None
    words: Any = None

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True)
class Refused:
    """Why a document proves nothing. It is false where a truth is asked for."""

    reason: str

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return f"Not proven: {self.reason}."


Checked = Proven | Refused


@dataclass(frozen=True)
class InclusionProof:
    """That an entry stands at its place under a head.

    Attributes:
        header: The entry's header, canonical JSON.
        head: Size and root.
        path: The hashes beside the way from the entry to the root.
        salt: The salt of its words in hexadecimal letters, where the words are given.
        words: Its words, canonical JSON; None where they are withheld or erased.
    """

    header: str
    head: Head
    path: tuple[bytes, ...]
    salt: str | None = None
    words: str | None = None

    @property
    def sentence(self) -> str:
        """What the document says it proves."""
        return _entry_said(json.loads(self.header), self.head, self.words is not None)

    def as_json(self) -> str:
        """The document as a file holds it: the same values, the same bytes."""
        held = {
            "form": FORM,
            "proves": "entry",
            "says": self.sentence,
            "header": json.loads(self.header),
            **_head_held(self.head),
            "path": [one.hex() for one in self.path],
        }
        if self.words is not None:
            held |= {"salt": self.salt, "words": json.loads(self.words)}
        return _written(held)


@dataclass(frozen=True)
class ConsistencyProof:
    """That a later register begins with the whole of an earlier one.

    Attributes:
        first: The earlier head.
        second: The later head.
        path: The hashes between their roots.
    """

    first: Head
    second: Head
    path: tuple[bytes, ...]

    @property
    def sentence(self) -> str:
        """What the document says it proves."""
        return _heads_said(self.first, self.second)

    def as_json(self) -> str:
        """The document as a file holds it: the same values, the same bytes."""
        return _written(
            {
                "form": FORM,
                "proves": "heads",
                "says": self.sentence,
                "first": _head_held(self.first),
                "second": _head_held(self.second),
                "path": [one.hex() for one in self.path],
            }
        )


def make_inclusion(
    tree: Tree,
    header: str,
    *,
    size: int | None = None,
    salt: str | None = None,
    words: str | None = None,
) -> InclusionProof:
    """The proof that an entry stands under the head of the first `size` entries.

    Args:
        tree: The tree over the entry hashes.
        header: The entry's header, canonical JSON; its `seq` is its place, from 1.
        size: How many entries the head covers; all of them if not said.
        salt: The salt of the words in hexadecimal letters, if the words are shown.
        words: The entry's words, canonical JSON, if they are shown.

    Raises:
        RegisterDamaged: the tree holds another entry there, or the words are not the entry's.
    """
    place = json.loads(header).get("seq")
    head = tree.head(size)
    if not is_size(place) or not 1 <= place <= head.size:
        raise RegisterDamaged(
            f"an entry calls itself number {shown(place)} of {head.size:,}",
            expected=f"a place from 1 to {head.size:,}",
        )
    made = InclusionProof(header, head, tree.inclusion(place - 1, head.size), salt, words)
    held = check(made.as_json())
    if isinstance(held, Refused):
        raise RegisterDamaged(
            f"entry {place:,} cannot be proven: {held.reason}",
            next_step="run `regard register verify`, which names the first entry that is wrong",
        )
    return made


def make_consistency(tree: Tree, first: int, second: int | None = None) -> ConsistencyProof:
    """The proof that the register of `second` entries begins with that of `first`.

    Args:
        tree: The tree over the entry hashes.
        first: How many entries the earlier head covers, 1 or more.
        second: How many the later head covers; all of them if not said.

    Raises:
        ValueError: the earlier size is 0 or above the later, or there are not that many entries.
    """
    path = tree.consistency(first, second)
    return ConsistencyProof(tree.head(first), tree.head(second), path)


def head_matches(said: object, size: int, root: bytes) -> bool:
    """Whether a head read off a paper is this one.

    What is typed may have commas in the size, a full stop, colon, hyphen or space for the middle
    dot, and more letters of the root than the 12 printed; every letter given must agree. Twelve
    letters are 48 bits: enough against a slip or a casual hand, not against whoever keeps the
    register and has computers to spend. For that, compare the whole root with a witness's.

    Args:
        said: The head as it was printed.
        size: How many entries the register holds.
        root: Its root.
    """
    found = SAID.fullmatch(said.strip()) if isinstance(said, str) else None
    if found is None or not (is_size(size) and is_hash(root)):
        return False
    return int(found[1].replace(",", "")) == size and root.hex().startswith(found[2].lower())


def check(
    document: object, *, head: Head | str | None = None, earlier: Head | str | None = None
) -> Checked:
    """What a proof document proves, or why it proves nothing. It never raises.

    Args:
        document: The document: its text, its bytes, or the object read from them.
        head: A head you trust: as printed (text), or whole. Of two heads, the later one.
        earlier: The earlier head you trust, for a proof about two heads.
    """
    try:
        held = _read(document)
        proves = held.get("proves")
        if held.get("form") != FORM or proves not in ("entry", "heads"):
            return Refused(f"it is no document of the form {FORM}")
        return _entry(held, head, earlier) if proves == "entry" else _heads(held, head, earlier)
    except _NothingProven as reason:
        return Refused(str(reason))
    except RecursionError as reason:
        return Refused(f"it is nested too deeply: {reason}")


def _entry(held: Mapping[str, Any], trusted: object, earlier: object) -> Checked:
    _only(held, OF_ENTRY | (WITH_WORDS if WITH_WORDS & held.keys() else set()))
    if earlier is not None:
        raise _NothingProven(f"it is about one entry, and an earlier head was given: {earlier}")
    head, path, header = _head(held), _path(held["path"]), held["header"]
    if not isinstance(header, dict) or not is_size(header.get("seq")):
        raise _NothingProven(f"its header is {shown(header)}, which has no place in a register")
    _trusted(head, trusted)
    shows_words = "words" in held
    if shows_words and _body(held["salt"], held["words"]) != header.get("body"):
        raise _NothingProven(f"its words are not those of entry {header['seq']}")
    leaf = leaf_hash(_canonical(header))
    if not verify_inclusion(leaf, header["seq"] - 1, head.size, path, head.root):
        raise _NothingProven(
            f"its path does not lead from this entry, as number {header['seq']}, to the head {head}"
        )
    sentence = _entry_said(header, head, shows_words)
    _says(held, sentence)
    left = "" if trusted is not None else f" {COMPARE}"
    return Proven(sentence + left, head, header=header, words=held.get("words"))


def _heads(held: Mapping[str, Any], trusted: object, trusted_earlier: object) -> Checked:
    _only(held, OF_HEADS)
    for name in ("first", "second"):
        _only(held[name], OF_HEAD)
    first, second, path = _head(held["first"]), _head(held["second"]), _path(held["path"])
    _trusted(second, trusted)
    _trusted(first, trusted_earlier)
    if not verify_consistency(first.size, second.size, path, first.root, second.root):
        raise _NothingProven(f"its path does not lead from the head {first} to the head {second}")
    sentence = _heads_said(first, second)
    _says(held, sentence)
    both = trusted is not None and trusted_earlier is not None
    left = "" if both else " Compare those heads with the ones printed on issued papers."
    return Proven(sentence + left, second, earlier=first)


class _NothingProven(Exception):  # noqa: N818 - leaves this module as a Refused
    """A document that proves nothing, with the reason."""


def _read(document: object) -> Mapping[str, Any]:
    try:
        if isinstance(document, Mapping):
            document = json.dumps(document)
        if isinstance(document, (bytes, bytearray)):
            document = bytes(document).decode("utf-8")
        if not isinstance(document, str):
            raise _NothingProven(f"it is not text but {type(document).__name__}")
        held = json.loads(
            document,
            parse_float=_no_fraction,
            parse_constant=_no_fraction,
            object_pairs_hook=_once_each,
        )
    except (ValueError, TypeError, RecursionError) as reason:
        raise _NothingProven(f"it cannot be read as JSON: {reason}") from reason
    if not isinstance(held, dict):
        raise _NothingProven(f"it is no object but {shown(held)}")
    return held


def _no_fraction(letters: str) -> NoReturn:
    raise _NothingProven(f"it holds the binary fraction {shown(letters)}")


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # Readers differ in which of two equal keys they keep, and so in what they think was proven.
    held = dict(pairs)
    if len(held) != len(pairs):
        raise _NothingProven(
            f"a name stands twice among {shown(', '.join(key for key, _ in pairs))}"
        )
    return held


def _only(held: object, names: set[str]) -> None:
    if not isinstance(held, dict) or held.keys() != names:
        wrong = sorted(names ^ held.keys()) if isinstance(held, dict) else [shown(held)]
        raise _NothingProven(f"it lacks, or holds beyond its form, {shown(', '.join(wrong))}")


def _head(held: Mapping[str, Any]) -> Head:
    size, root = held["size"], hash_from_hex(held["root"])
    if root is None or not is_size(size) or size == 0:
        raise _NothingProven(f"a head has a size from 1 to {LARGEST:,} and a root of 64 letters")
    return Head(size, root)


def _path(held: object) -> tuple[bytes, ...]:
    read = [hash_from_hex(one) for one in held] if isinstance(held, list) else [None]
    found = tuple(one for one in read if one is not None)
    if len(found) != len(read):
        raise _NothingProven(f"its path is not a list of hashes of 64 letters: {shown(held)}")
    return found


def _trusted(head: Head, trusted: object) -> None:
    if trusted is None or head == trusted:
        return
    if not head_matches(trusted, head.size, head.root):
        raise _NothingProven(f"its head is {head}, and the head given is {shown(str(trusted))}")


def _says(held: Mapping[str, Any], sentence: str) -> None:
    if held["says"] != sentence:
        raise _NothingProven(f"it says {shown(held['says'])}, which is not what its values prove")


def _canonical(held: object) -> bytes:
    text = json.dumps(held, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as reason:
        raise _NothingProven(f"it holds half a character: {reason}") from reason


def _body(salt: object, words: object) -> str:
    if not isinstance(salt, str) or not SALT.fullmatch(salt):
        raise _NothingProven(f"its salt is not 16 to 64 bytes in small letters: {shown(salt)}")
    return sha256(bytes.fromhex(salt) + _canonical(words)).hexdigest()


def _entry_said(header: Mapping[str, Any], head: Head, shows_words: bool) -> str:
    which = ", and the words given are its words" if shows_words else "; its words are not given"
    return f"Entry {header['seq']} stands in the register with the head {head}{which}."


def _heads_said(first: Head, second: Head) -> str:
    return f"The register with the head {second} begins with all of the register with {first}."


def _head_held(head: Head) -> dict[str, Any]:
    return {"size": head.size, "root": head.root.hex()}


def _written(held: Mapping[str, Any]) -> str:
    return json.dumps(held, ensure_ascii=False, indent=2) + "\n"
