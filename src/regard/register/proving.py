"""Proofs out of the register: of one entry, and that the journal has only grown."""

from __future__ import annotations

from regard.core.errors import DefinitionRefused, NotKnown
from regard.register.proofs import (
    ConsistencyProof,
    InclusionProof,
    make_consistency,
    make_inclusion,
)
from regard.register.register import Register
from regard.register.seeing import View
from regard.register.streaming import hashes, snapshot, stored_head
from regard.register.tree import Tree


def prove(
    register: Register, view: View, seq: int, *, size: int | None = None, words: bool = False
) -> InclusionProof:
    """The proof that an entry stands in the register.

    Args:
        register: The register.
        view: What the one who asks may see.
        seq: The entry.
        size: Under the head of how many entries; of all of them if left out.
        words: Whether the proof gives the words, which whoever holds it can then read.

    Raises:
        NotKnown: there is no such entry, or the one who asks may not see it.
        DefinitionRefused: the words are asked for and erased, or the register is smaller.
    """
    entry = view.entry(seq)
    if entry is None:
        raise NotKnown("entry", str(seq), [])
    with snapshot(register.connection) as cursor:
        tree = _tree(cursor, size, least=seq)
        cursor.execute("SELECT salt, words FROM body WHERE seq = %s", [seq])
        salt, said = (cursor.fetchone() or (None, None)) if words else (None, None)
    if words and said is None:
        raise DefinitionRefused(
            f"the words of entry {seq:,} were erased",
            expected="a proof without words",
            next_step="ask for it without --words",
        )
    return make_inclusion(tree, entry.header, salt=salt, words=said)


def prove_growth(register: Register, first: int, *, size: int | None = None) -> ConsistencyProof:
    """The proof that the journal of so many entries begins with the journal of fewer.

    Args:
        register: The register.
        first: The size of the earlier journal.
        size: The size of the later one; all of it if left out.

    Raises:
        DefinitionRefused: the register is smaller.
    """
    with snapshot(register.connection) as cursor:
        tree = _tree(cursor, size, least=first)
    return make_consistency(tree, first)


def _tree(cursor: object, size: int | None, *, least: int) -> Tree:
    held, _, _ = stored_head(cursor)
    wanted = held if size is None else size
    if not 1 <= least <= wanted <= held:
        raise DefinitionRefused(
            f"a proof about entry {least:,} under a head of {wanted:,} entries",
            expected=f"an entry within the head, and a head of at most {held:,} entries",
        )
    return Tree(list(hashes(cursor, to=wanted)))
