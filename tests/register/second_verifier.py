"""A second verifier, written from the definitions of RFC 6962 (section 2.1) alone.

It climbs nothing and shifts no bits: it splits the tree as the definition of MTH does and asks each
half for its own root. Slow, plain, and sharing no line with the one it is set beside.
"""

from __future__ import annotations

import hashlib


class Wrong(Exception):
    """The path cannot belong to a tree of this size."""


def mth(leaves: list[bytes]) -> bytes:
    """The Merkle tree hash of leaf hashes (RFC 6962, section 2.1)."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return pair(mth(leaves[:k]), mth(leaves[k:]))


def pair(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"".join([b"\x01", left, right])).digest()


def split(n: int) -> int:
    """The largest power of two smaller than n, found by trying."""
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def path_of(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH(m, D[n]) (section 2.1.1)."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*path_of(m, leaves[:k]), mth(leaves[k:])]
    return [*path_of(m - k, leaves[k:]), mth(leaves[:k])]


def proof_of(m: int, leaves: list[bytes]) -> list[bytes]:
    """PROOF(m, D[n]) (section 2.1.2)."""
    return subproof(m, leaves, True)


def subproof(m: int, leaves: list[bytes], b: bool) -> list[bytes]:
    n = len(leaves)
    if m == n:
        return [] if b else [mth(leaves)]
    k = split(n)
    if m <= k:
        return [*subproof(m, leaves[:k], b), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), mth(leaves[:k])]


def includes(leaf: bytes, m: int, n: int, path: list[bytes], root: bytes) -> bool:
    """Whether PATH(m, D[n]) may be this path, the leaf and the root being these."""
    if not (_plain(m, n) and 0 <= m < n and _hashes(leaf, root, path)):
        return False
    try:
        return root_by_path(leaf, m, n, list(path)) == root
    except Wrong:
        return False


def root_by_path(leaf: bytes, m: int, n: int, path: list[bytes]) -> bytes:
    # The last hash of PATH is the half that the leaf is not in.
    if n == 1:
        if path:
            raise Wrong("hashes are left over")
        return leaf
    if not path:
        raise Wrong("hashes are missing")
    k = split(n)
    *inner, other = path
    if m < k:
        return pair(root_by_path(leaf, m, k, inner), other)
    return pair(other, root_by_path(leaf, m - k, n - k, inner))


def extends(m: int, n: int, path: list[bytes], old: bytes, new: bytes) -> bool:
    """Whether PROOF(m, D[n]) may be this path, the roots being these."""
    if not (_plain(m, n) and 1 <= m <= n and _hashes(old, new, path)):
        return False
    try:
        return roots_by_proof(m, n, list(path), old) == (old, new)
    except Wrong:
        return False


def roots_by_proof(m: int, n: int, path: list[bytes], old: bytes | None) -> tuple[bytes, bytes]:
    # `old` is SUBPROOF's b: the old root is known, and so is left out of the proof.
    if m == n:
        if old is not None and not path:
            return old, old
        if old is None and len(path) == 1:
            return path[0], path[0]
        raise Wrong("hashes are left over, or missing")
    if not path:
        raise Wrong("hashes are missing")
    k = split(n)
    *inner, other = path
    if m <= k:
        before, after = roots_by_proof(m, k, inner, old)
        return before, pair(after, other)
    before, after = roots_by_proof(m - k, n - k, inner, None)
    return pair(other, before), pair(other, after)


def _plain(*numbers: object) -> bool:
    return all(type(one) is int and one < 2**63 for one in numbers)


def _hashes(first: object, second: object, path: object) -> bool:
    return isinstance(path, (list, tuple)) and all(
        type(one) is bytes and len(one) == 32 for one in (first, second, *path)
    )
