"""Heads that leave the house: signed ones in a witness file, printed ones on issued documents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from regard.core.errors import RegisterDamaged
from regard.register.access import Reader
from regard.register.kinds.speech import Document
from regard.register.outside import Claim, printed
from regard.register.register import Register
from regard.register.signing import (
    SignedHead,
    append_witness,
    first_doubt,
    public_key_of,
    read_key,
    read_witness,
    sign_head,
)
from regard.register.streaming import hashes, snapshot, stored_head
from regard.register.tree import Tree


def witness(register: Register, file: Path, key_file: Path) -> SignedHead:
    """Sign the head of the journal and add it to a witness file.

    A head is signed only over what was signed before: where the journal no longer begins with the
    entries of an earlier line, nothing is added.

    Args:
        register: The register.
        file: The witness file; it belongs where who keeps the register cannot write.
        key_file: The signing key.

    Raises:
        RegisterDamaged: an earlier head does not hold.
        FileUnreadable, FileRefused: the key or the witness file cannot be read.
        NotStored: the disk did not take it.
    """
    key = read_key(key_file)
    with snapshot(register.connection) as cursor:
        size, _, _ = stored_head(cursor)
        tree = Tree(list(hashes(cursor, to=size)))
    if file.exists():
        doubt = first_doubt(read_witness(file), tree, public_key_of(key))
        if doubt is not None:
            raise RegisterDamaged(
                f"{file.name}, {doubt}",
                expected="a journal that begins with all that was signed before",
                next_step="sign nothing; find what is bad with: regard register verify --witness",
            )
    signed = sign_head(tree.head(), register.clock(), key)
    append_witness(file, signed)
    return signed


@dataclass(frozen=True)
class PrintedHead:
    """The head that an issued document prints, and whether it holds.

    Attributes:
        document: The subject of the document.
        claim: Its head, with the head of those entries now.
    """

    document: str
    claim: Claim


def printed_heads(register: Register, reader: Reader) -> tuple[PrintedHead, ...]:
    """The heads that the register's own documents print, each compared with the journal.

    The copies that count are those on paper: whoever writes the journal anew writes these too.

    Args:
        register: The register.
        reader: Who asks; it sees the documents it may see.
    """
    view = register.view(reader)
    held = {
        version.subject: version.held.head
        for one in view.all(Document)
        for version in view.history(one.subject)
        if version.held is not None and version.held.head
    }
    claims = {subject: replace(printed(head), where=subject) for subject, head in held.items()}
    with snapshot(register.connection) as cursor:
        size, _, _ = stored_head(cursor)
        most = max((one.size for one in claims.values() if one.size <= size), default=0)
        tree = Tree(list(hashes(cursor, to=most)))
    return tuple(
        PrintedHead(
            subject, replace(one, found=tree.head(one.size) if one.size <= tree.size else None)
        )
        for subject, one in claims.items()
    )
