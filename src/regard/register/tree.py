"""The Merkle tree over the entries: its root, and proofs that a third party checks alone.

RFC 6962 (section 2.1) and RFC 9162 (section 2.1), with SHA-256. A leaf is hashed with a 0 before
it and a node with a 1, so that no node can pass for a leaf. Hashes are 32 bytes.

A path does not fix the size of the tree it belongs to: sizes that put the leaf at the same turns
share it. What fixes the size is the head, size and root together, so a checker takes both from a
head it trusts and never from the proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeGuard

from regard.core.errors import RegisterDamaged, shown

LEAF = b"\x00"  # RFC 6962, section 2.1
NODE = b"\x01"
HASH_BYTES = 32
LARGEST = 2**63 - 1  # entries: what a position in SQLite or PostgreSQL can hold
LONGEST_PATH = 64  # hashes: a consistency path of LARGEST entries has 63 levels and its start
SMALL_HEX = re.compile(r"[0-9a-f]{64}")
EMPTY_ROOT = sha256(b"").digest()  # RFC 6962, section 2.1: the root of no entries


def leaf_hash(data: bytes) -> bytes:
    """What an entry contributes to the tree: 32 bytes."""
    return sha256(LEAF + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Two subtrees as one: 32 bytes."""
    return sha256(NODE + left + right).digest()


@dataclass(frozen=True)
class Head:
    """The state of a register: how many entries it holds, and the root over them.

    Raises:
        ValueError: the size is no count of entries, or the root is not 32 bytes.

    Example:
        >>> print(Head(0, EMPTY_ROOT))
        0 · e3b0c44298fc
    """

    size: int
    root: bytes

    def __post_init__(self) -> None:
        if not is_size(self.size):
            raise ValueError(f"a head counts its entries from 0 to {LARGEST}, got {self.size!r}")
        if not is_hash(self.root):
            raise ValueError(f"a root has {HASH_BYTES} bytes, got {self.root!r}")

    @property
    def said(self) -> str:
        """The head as it is printed on a paper: size and the first 12 letters of the root."""
        return head_said(self.size, self.root)

    def __str__(self) -> str:
        return self.said


PRINTED = 12  # hexadecimal letters of the root on a paper


def head_said(size: int, root: bytes) -> str:
    """A head as a paper prints it: the count of entries and 12 letters of the root.

    Example:
        >>> head_said(131, leaf_hash(b"an entry"))
        '131 · 83f8e3a5ce2a'
    """
    return f"{size} · {root.hex()[:PRINTED]}"


class Peaks:
    """The right edge of a growing tree: the roots of its whole subtrees, the largest first.

    It holds one hash for every 1 in the binary size, and so stays small enough to be saved with
    each entry.
    """

    __slots__ = ("_hashes", "_size")

    def __init__(self) -> None:
        self._hashes: list[bytes] = []
        self._size = 0

    @property
    def size(self) -> int:
        """How many entries the tree holds."""
        return self._size

    def append(self, leaf: bytes) -> None:
        """Take in the hash of one more leaf: on average one node is hashed."""
        hashes = self._hashes
        carried = self._size
        while carried & 1:
            leaf = sha256(NODE + hashes.pop() + leaf).digest()
            carried >>= 1
        hashes.append(leaf)
        self._size += 1

    def root(self) -> bytes:
        """The root over everything taken in: 32 bytes."""
        return _folded(self._hashes)

    def head(self) -> Head:
        """Size and root together."""
        return Head(self._size, self.root())

    def stored(self) -> tuple[str, ...]:
        """The hashes in hexadecimal letters, the largest subtree first."""
        return tuple(one.hex() for one in self._hashes)

    @classmethod
    def of(cls, size: int, stored: Iterable[str]) -> Peaks:
        """The edge of a tree of `size` entries, as `stored` gave it.

        Raises:
            RegisterDamaged: the hashes are not as many, or not as long, as that size has.
        """
        held = tuple(stored)
        if not is_size(size):
            raise RegisterDamaged(
                f"a stored head counts {shown(size)} entries", expected=f"from 0 to {LARGEST:,}"
            )
        if len(held) != size.bit_count():
            raise RegisterDamaged(
                f"the stored head of {size:,} entries holds {len(held)} hashes",
                expected=f"{size.bit_count()}, one for each whole subtree",
            )
        peaks = cls()
        peaks._hashes = [_hash_of(one) for one in held]
        peaks._size = size
        return peaks


def _hash_of(letters: str) -> bytes:
    read = hash_from_hex(letters)
    if read is None:
        raise RegisterDamaged(
            f"a stored hash reads {shown(letters)}",
            expected=f"{2 * HASH_BYTES} small hexadecimal letters",
        )
    return read


def _folded(hashes: Sequence[bytes]) -> bytes:
    # From the right, as RFC 6962 splits at the largest power of two below the size.
    if not hashes:
        return EMPTY_ROOT
    root = hashes[-1]
    for left in reversed(hashes[:-1]):
        root = node_hash(left, root)
    return root


class Tree:
    """A tree over leaf hashes that stay as they are; every whole subtree is hashed once.

    It answers for each size up to its own: a million leaves take 64 MB, and a path then takes
    microseconds.

    Args:
        leaves: Leaf hashes of 32 bytes, in the order of their entries.

    Raises:
        ValueError: a leaf hash is not 32 bytes.
    """

    __slots__ = ("_levels", "size")

    def __init__(self, leaves: Iterable[bytes]) -> None:
        held = leaves if isinstance(leaves, (list, tuple)) else list(leaves)
        wrong = next((n for n, one in enumerate(held) if len(one) != HASH_BYTES), None)
        if wrong is not None:
            raise ValueError(f"leaf {wrong} has {len(held[wrong])} bytes, not {HASH_BYTES}")
        self.size = len(held)
        self._levels = [b"".join(held)]
        while len(self._levels[-1]) >= 2 * HASH_BYTES:
            self._levels.append(_level_above(self._levels[-1]))

    def leaf(self, index: int) -> bytes:
        """The leaf hash at a position, from 0.

        Raises:
            ValueError: there is no such position.
        """
        self._within(index, self.size)
        return self._whole(0, index)

    def root(self, size: int | None = None) -> bytes:
        """The root over the first `size` leaves, or over all of them.

        Raises:
            ValueError: there are not that many leaves.
        """
        return self._range(0, self._sized(size))

    def head(self, size: int | None = None) -> Head:
        """Size and root together.

        Raises:
            ValueError: there are not that many leaves.
        """
        return Head(self._sized(size), self.root(size))

    def inclusion(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """The path from a leaf to the root over the first `size` leaves (RFC 9162, 2.1.3.1).

        Args:
            index: The leaf's position, from 0.
            size: How many leaves the root covers; all of them if not said.

        Raises:
            ValueError: the position is not below the size, or there are not that many leaves.
        """
        size = self._sized(size)
        self._within(index, size)
        path = []
        low, high = 0, size
        while high - low > 1:
            middle = low + _split(high - low)
            if index < middle:
                path.append(self._range(middle, high))
                high = middle
            else:
                path.append(self._range(low, middle))
                low = middle
        return tuple(reversed(path))

    def consistency(self, first: int, second: int | None = None) -> tuple[bytes, ...]:
        """The path that shows the first leaves unchanged under a later root (RFC 9162, 2.1.4.1).

        Args:
            first: How many leaves the earlier root covers, 1 or more.
            second: How many the later root covers; all of them if not said.

        Returns:
            The path; it is empty where both sizes are one.

        Raises:
            ValueError: the earlier size is 0 or above the later, or there are not that many leaves.
        """
        second = self._sized(second)
        if not is_size(first) or not 1 <= first <= second:
            raise ValueError(f"an earlier size lies from 1 to {second}, got {first!r}")
        path = []
        low, high, known = 0, second, True
        while first != high:
            middle = low + _split(high - low)
            if first <= middle:
                path.append(self._range(middle, high))
                high = middle
            else:
                path.append(self._range(low, middle))
                low, known = middle, False
        if not known:
            path.append(self._range(low, high))
        return tuple(reversed(path))

    def _sized(self, size: int | None) -> int:
        if size is None:
            return self.size
        if not is_size(size) or size > self.size:
            raise ValueError(f"the tree holds {self.size} leaves, not {size!r}")
        return size

    def _within(self, index: int, size: int) -> None:
        if not is_size(index) or index >= size:
            raise ValueError(f"a position in {size} leaves lies below {size}, got {index!r}")

    def _whole(self, level: int, place: int) -> bytes:
        return self._levels[level][place * HASH_BYTES : (place + 1) * HASH_BYTES]

    def _range(self, low: int, high: int) -> bytes:
        # `low` stands where a subtree as large as the range may begin, so each part is whole.
        parts = []
        while low < high:
            level = (high - low).bit_length() - 1
            parts.append(self._whole(level, low >> level))
            low += 1 << level
        return _folded(parts)


def _level_above(level: bytes) -> bytes:
    pair = 2 * HASH_BYTES
    return b"".join(
        sha256(NODE + level[start : start + pair]).digest()
        for start in range(0, len(level) - pair + 1, pair)
    )


def _split(size: int) -> int:
    # The largest power of two below the size (RFC 9162, section 2.1.1).
    return 1 << ((size - 1).bit_length() - 1)


def root(hashes: Iterable[bytes]) -> bytes:
    """The root over leaf hashes: 32 bytes."""
    peaks = Peaks()
    for one in hashes:
        peaks.append(one)
    return peaks.root()


def inclusion(hashes: Sequence[bytes], index: int, size: int | None = None) -> tuple[bytes, ...]:
    """`Tree.inclusion` of one leaf; for more than one path keep a `Tree`.

    Raises:
        ValueError: the position is not below the size, or there are not that many leaves.
    """
    return Tree(hashes).inclusion(index, size)


def consistency(
    hashes: Sequence[bytes], first: int, second: int | None = None
) -> tuple[bytes, ...]:
    """`Tree.consistency` of two sizes; for more than one path keep a `Tree`.

    Raises:
        ValueError: the earlier size is 0 or above the later, or there are not that many leaves.
    """
    return Tree(hashes).consistency(first, second)


def verify_inclusion(leaf: object, index: object, size: object, path: object, root: object) -> bool:
    """Whether the path leads from the leaf at this position to the root (RFC 9162, 2.1.3.2).

    It never raises: whatever is not a hash of 32 bytes, a whole number in range or a list or tuple
    of hashes is refused, and so is a path one hash too long or too short. Take `size` and `root`
    from a head you trust.

    Args:
        leaf: The leaf hash.
        index: Its position, from 0 and below the size.
        size: How many entries the root covers, 1 or more.
        path: The hashes beside the way up, the lowest first.
        root: The root.
    """
    if not (is_size(index) and is_size(size) and index < size):
        return False
    if not (is_hash(leaf) and is_hash(root) and is_path(path)):
        return False
    here, last, reached = index, size - 1, leaf
    for beside in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            reached = node_hash(beside, reached)
            here, last = _up_to_a_left_turn(here, last)
        else:
            reached = node_hash(reached, beside)
        here, last = here >> 1, last >> 1
    return last == 0 and reached == root


def _up_to_a_left_turn(here: int, last: int) -> tuple[int, int]:
    # On the right edge levels without a partner pass the hash up as it is.
    while here and not here & 1:
        here, last = here >> 1, last >> 1
    return here, last


def verify_consistency(
    first: object, second: object, path: object, root1: object, root2: object
) -> bool:
    """Whether the later tree begins with the whole of the earlier one (RFC 9162, 2.1.4.2).

    It never raises. A size of 0 is refused, as every tree begins with nothing and the proof would
    say nothing. Equal sizes need equal roots and an empty path. Take sizes and roots from two heads
    you trust.

    Args:
        first: How many entries the earlier root covers, 1 or more.
        second: How many the later one covers.
        path: The hashes between them.
        root1: The earlier root.
        root2: The later root.
    """
    if not (is_size(first) and is_size(second) and 1 <= first <= second):
        return False
    if not (is_hash(root1) and is_hash(root2) and is_path(path)):
        return False
    if first == second:
        return len(path) == 0 and root1 == root2
    if first & (first - 1) == 0:
        path = (root1, *path)
    return len(path) > 0 and _joined(first - 1, second - 1, path) == (root1, root2)


def _joined(here: int, last: int, path: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    while here & 1:
        here, last = here >> 1, last >> 1
    earlier = later = path[0]
    for beside in path[1:]:
        if last == 0:
            return None
        if here & 1 or here == last:
            earlier, later = node_hash(beside, earlier), node_hash(beside, later)
            here, last = _up_to_a_left_turn(here, last)
        else:
            later = node_hash(later, beside)
        here, last = here >> 1, last >> 1
    return (earlier, later) if last == 0 else None


def is_size(value: object) -> TypeGuard[int]:
    """Whether this is a whole number of entries that a register can hold, from 0."""
    return type(value) is int and 0 <= value <= LARGEST


def is_hash(value: object) -> TypeGuard[bytes]:
    """Whether this is 32 bytes."""
    return type(value) is bytes and len(value) == HASH_BYTES


def is_path(value: object) -> TypeGuard[Sequence[bytes]]:
    """Whether this is a list or tuple of hashes, no longer than any tree makes it."""
    return (
        isinstance(value, (list, tuple))
        and len(value) <= LONGEST_PATH
        and all(is_hash(one) for one in value)
    )


def hash_from_hex(letters: object) -> bytes | None:
    """A hash from its 64 small hexadecimal letters; None where they are anything else."""
    if isinstance(letters, str) and SMALL_HEX.fullmatch(letters):
        return bytes.fromhex(letters)
    return None
