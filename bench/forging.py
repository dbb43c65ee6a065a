"""Forged proofs: true ones from small generated trees, each spoilt in one way that must be seen.

Paths are made here from the definitions and not by the code under attack. A path does not fix the
size of its tree, so a size alone is forged only where the path must then have another shape; a
document is forged in any way, and is set beside the head that a reader trusts.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

Hash2 = Callable[[bytes, bytes], bytes]
DATA_BYTES = 24
LARGEST_TREE = 70
TREES = 48  # of them a quarter whole, where a leaf can be made to look like a node


@dataclass(frozen=True)
class Scheme:
    """How a tree is hashed, and the verifier that is under attack."""

    name: str
    leaf: Callable[[bytes], bytes]
    node: Hash2
    inclusion: Callable[..., bool]
    consistency: Callable[..., bool]
    document: Callable[[str, str], bool] | None = None


@dataclass(frozen=True)
class OfLeaf:
    """A claim that a leaf stands under a root."""

    leaf: bytes
    index: int
    size: int
    path: tuple[bytes, ...]
    root: bytes


@dataclass(frozen=True)
class OfRoots:
    """A claim that a later root begins with an earlier one."""

    first: int
    second: int
    path: tuple[bytes, ...]
    root1: bytes
    root2: bytes


@dataclass(frozen=True)
class OfDocument:
    """A proof document, and the printed head that its reader trusts."""

    text: str
    head: str


Claim = OfLeaf | OfRoots | OfDocument


@dataclass(frozen=True)
class Forged:
    """A claim that is false, and how it was made so."""

    how: str
    claim: Claim


class Grown:
    """A small tree over entries, hashed by the definition (RFC 6962, section 2.1)."""

    def __init__(self, scheme: Scheme, data: list[bytes]) -> None:
        self.scheme, self.data = scheme, data
        self.leaves = [scheme.leaf(one) for one in data]
        self.size = len(data)
        self._known: dict[tuple[int, int], bytes] = {}

    def root(self, low: int, high: int) -> bytes:
        """The root over the leaves from `low` up to `high`."""
        if high - low == 1:
            return self.leaves[low]
        if (low, high) not in self._known:
            middle = low + below(high - low)
            both = self.root(low, middle), self.root(middle, high)
            self._known[low, high] = self.scheme.node(*both)
        return self._known[low, high]

    def of_leaf(self, index: int) -> OfLeaf:
        """The true claim about one leaf."""
        path, low, high = [], 0, self.size
        while high - low > 1:
            middle = low + below(high - low)
            if index < middle:
                path, high = [self.root(middle, high), *path], middle
            else:
                path, low = [self.root(low, middle), *path], middle
        return OfLeaf(self.leaves[index], index, self.size, tuple(path), self.root(0, self.size))

    def of_roots(self, first: int) -> OfRoots:
        """The true claim about an earlier root."""
        path, low, high, left_out = [], 0, self.size, True
        while first != high:
            middle = low + below(high - low)
            if first <= middle:
                path, high = [self.root(middle, high), *path], middle
            else:
                path, low, left_out = [self.root(low, middle), *path], middle, False
        if not left_out:
            path = [self.root(low, high), *path]
        return OfRoots(first, self.size, tuple(path), self.root(0, first), self.root(0, self.size))


def below(size: int) -> int:
    """The largest power of two below a size."""
    return 1 << ((size - 1).bit_length() - 1)


def turns(index: int, size: int) -> str:
    """The way from the root down to a leaf, as L and R; two sizes may share it."""
    if size == 1:
        return ""
    middle = below(size)
    if index < middle:
        return "L" + turns(index, middle)
    return "R" + turns(index - middle, size - middle)


def steps(first: int, second: int, known: bool = True) -> int:
    """How many hashes a path between two sizes has."""
    if first == second:
        return 0 if known else 1
    middle = below(second)
    if first <= middle:
        return 1 + steps(first, middle, known)
    return 1 + steps(first - middle, second - middle, False)


def flipped(draw: random.Random, held: bytes) -> bytes:
    """The same bytes but for one bit."""
    bit = draw.randrange(8 * len(held))
    return bytes(one ^ (1 << bit % 8 if place == bit // 8 else 0) for place, one in enumerate(held))


def cut(draw: random.Random, path: tuple[bytes, ...]) -> tuple[bytes, ...] | None:
    """A path without one of its hashes."""
    if not path:
        return None
    place = draw.choice((0, len(path) - 1, draw.randrange(len(path))))
    return path[:place] + path[place + 1 :]


def padded(draw: random.Random, path: tuple[bytes, ...], near: bytes) -> tuple[bytes, ...]:
    """A path with a hash too many: made up, doubled, or one that stands nearby."""
    more = draw.choice((draw.randbytes(32), near, *path[:1], *path[-1:]))
    place = draw.choice((0, len(path), draw.randint(0, len(path))))
    return (*path[:place], more, *path[place:])


def swapped(draw: random.Random, path: tuple[bytes, ...]) -> tuple[bytes, ...] | None:
    """A path of which two hashes changed places."""
    if len(path) < 2:
        return None
    one, other = draw.sample(range(len(path)), 2)
    held = list(path)
    held[one], held[other] = held[other], held[one]
    return tuple(held)


def flipped_in(draw: random.Random, claim: Any, names: tuple[str, ...]) -> Any:
    """A claim with one bit changed in its path or in a named hash."""
    name = draw.choice((*names, *["path"] * len(claim.path)))
    if name != "path":
        return replace(claim, **{name: flipped(draw, getattr(claim, name))})
    place = draw.randrange(len(claim.path))
    path = list(claim.path)
    path[place] = flipped(draw, path[place])
    return replace(claim, path=tuple(path))


def _re_pathed(claim: Any, path: tuple[bytes, ...] | None) -> Any:
    return None if path is None or path == claim.path else replace(claim, path=path)


# Each way takes the luck of the draw, a tree and a true claim about it; None where it cannot spoil
# this one.


def leaf_bit(draw, tree, true):
    return flipped_in(draw, true, ("leaf", "root"))


def leaf_cut(draw, tree, true):
    return _re_pathed(true, cut(draw, true.path))


def leaf_padded(draw, tree, true):
    return _re_pathed(true, padded(draw, true.path, draw.choice((true.leaf, true.root))))


def leaf_swapped(draw, tree, true):
    return _re_pathed(true, swapped(draw, true.path))


def leaf_resized(draw, tree, true):
    size = draw.choice((true.size - 1, true.size + 1, true.size * 2, true.size // 2, 0, -1))
    same = 0 <= true.index < size and turns(true.index, size) == turns(true.index, true.size)
    return None if same else replace(true, size=size)


def leaf_moved(draw, tree, true):
    index = draw.choice(
        (true.index - 1, true.index + 1, true.index ^ 2, true.size, -true.index - 1, 2**64 - 1)
    )
    return replace(true, index=index)


def leaf_mismarked(draw, tree, true):
    mark = draw.choice((b"", b"\x01", b"\x02", b"\x00\x00"))
    leaf = sha256(mark + tree.data[true.index]).digest()
    return None if leaf == true.leaf else replace(true, leaf=leaf)


def node_as_leaf(draw, tree, true):
    """The two hashes below a node, given out as an entry one level up."""
    partner = true.index ^ 1
    if partner >= tree.size:
        return None
    left, right = sorted((true.index, partner))
    entry = tree.leaves[left] + tree.leaves[right]
    return OfLeaf(
        tree.scheme.leaf(entry), true.index // 2, (true.size + 1) // 2, true.path[1:], true.root
    )


def leaf_as_node(draw, tree, true):
    """An entry of 64 bytes, given out as a node with an entry of the forger's below it."""
    entry = tree.data[true.index]
    if len(entry) != 64 or tree.size & (tree.size - 1):
        return None
    return OfLeaf(entry[:32], 2 * true.index, 2 * tree.size, (entry[32:], *true.path), true.root)


def leaf_byte_shifted(draw, tree, true):
    """One byte moved from the leaf to the hash beside it: the same 64 bytes in a row."""
    if not true.path:
        return None
    beside, *others = true.path
    if turns(true.index, true.size).endswith("L"):
        return replace(true, leaf=true.leaf[:-1], path=(true.leaf[-1:] + beside, *others))
    return replace(true, leaf=true.leaf[1:], path=(beside + true.leaf[:1], *others))


def roots_bit(draw, tree, true):
    return flipped_in(draw, true, ("root1", "root2"))


def roots_cut(draw, tree, true):
    return _re_pathed(true, cut(draw, true.path))


def roots_padded(draw, tree, true):
    return _re_pathed(true, padded(draw, true.path, draw.choice((true.root1, true.root2))))


def roots_reordered(draw, tree, true):
    return _re_pathed(true, swapped(draw, true.path))


def roots_exchanged(draw, tree, true):
    same = true.root1 == true.root2
    return None if same else replace(true, root1=true.root2, root2=true.root1)


def roots_resized(draw, tree, true):
    first = draw.choice((true.first - 1, true.first + 1, true.first, true.first ^ 2, 0))
    second = draw.choice((true.second - 1, true.second + 1, true.second, true.second * 2))
    possible = 1 <= first <= second and steps(first, second) == len(true.path)
    return None if possible else replace(true, first=first, second=second)


def roots_rewritten(draw, tree, true):
    """An honest path of a register that was written anew behind the earlier head."""
    data = list(tree.data)
    place = draw.randrange(true.first)
    data[place] = draw.randbytes(DATA_BYTES)
    if data[place] == tree.data[place]:
        return None
    return replace(Grown(tree.scheme, data).of_roots(true.first), root1=true.root1)


OF_LEAF = (
    leaf_bit, leaf_cut, leaf_padded, leaf_swapped, leaf_resized, leaf_moved, leaf_mismarked,
    node_as_leaf, leaf_as_node, leaf_byte_shifted,
)  # fmt: skip
OF_ROOTS = (
    roots_bit, roots_cut, roots_padded, roots_reordered, roots_exchanged, roots_resized,
    roots_rewritten,
)  # fmt: skip


def trees(draw: random.Random, scheme: Scheme) -> list[Grown]:
    """Small trees of all sizes; some leaves are two hashes in a row, as a node is."""
    sizes = [2 ** draw.randint(0, 5) for _ in range(TREES // 4)]
    sizes += [draw.randint(1, LARGEST_TREE) for _ in range(TREES - len(sizes))]
    return [Grown(scheme, [_entry(draw, scheme) for _ in range(size)]) for size in sizes]


def _entry(draw: random.Random, scheme: Scheme) -> bytes:
    if draw.random() < 0.7:
        return draw.randbytes(DATA_BYTES)
    return scheme.leaf(draw.randbytes(DATA_BYTES)) + draw.randbytes(32)


def forgeries(draw: random.Random, n: int, scheme: Scheme) -> Iterator[Forged]:
    """Forged claims about paths, `n` of them, in an order that the seed decides."""
    grown, made = trees(draw, scheme), 0
    while made < n:
        tree = draw.choice(grown)
        way = draw.choice((*OF_LEAF, *OF_ROOTS))
        if way in OF_LEAF:
            true: Any = tree.of_leaf(draw.randrange(tree.size))
        else:
            true = tree.of_roots(draw.randint(1, tree.size))
        claim = way(draw, tree, true)
        if claim is not None:
            made += 1
            yield Forged(way.__name__, claim)


def truths(draw: random.Random, n: int, scheme: Scheme) -> Iterator[Claim]:
    """True claims from the same trees: a verifier that refuses all would see no forgery either."""
    grown = trees(draw, scheme)
    for _ in range(n):
        tree = draw.choice(grown)
        yield tree.of_leaf(draw.randrange(tree.size))
        yield tree.of_roots(draw.randint(1, tree.size))


def holds(scheme: Scheme, claim: Claim) -> bool:
    """Whether the verifier takes the claim for true."""
    if isinstance(claim, OfLeaf):
        return scheme.inclusion(claim.leaf, claim.index, claim.size, claim.path, claim.root)
    if isinstance(claim, OfRoots):
        return scheme.consistency(claim.first, claim.second, claim.path, claim.root1, claim.root2)
    return scheme.document is not None and scheme.document(claim.text, claim.head)


# Documents


def document_bit(draw, held, other):
    name = draw.choice(("root", "path", "salt", "body", "previous"))
    where = held["header"] if name in ("body", "previous") else held
    if name == "path":
        if not held["path"]:
            return False
        where, name = held["path"], draw.randrange(len(held["path"]))
    where[name] = flipped(draw, bytes.fromhex(where[name])).hex()
    return True


def document_cut(draw, held, other):
    if held["path"]:
        del held["path"][draw.randrange(len(held["path"]))]
        return True
    return False


def document_padded(draw, held, other):
    held["path"].insert(draw.randint(0, len(held["path"])), draw.randbytes(32).hex())
    return True


def document_resized(draw, held, other):
    size = held["size"]
    held["size"] = draw.choice((size - 1, size + 1, 2 * size))
    held["says"] = held["says"].replace(f"head {size} ", f"head {held['size']} ")
    return True


def document_moved(draw, held, other):
    held["header"]["seq"] += draw.choice((-1, 1, 2))
    return True


def document_reheaded(draw, held, other):
    if held["header"] == other["header"]:
        return False
    held["header"] = other["header"]
    return True


def document_reworded(draw, held, other):
    held["words"]["reason"] += draw.choice((" ", ".", "not"))
    return True


def document_retold(draw, held, other):
    held["says"] = held["says"].replace(
        "Entry ", draw.choice(("Entry 1", "Every entry ", "entry "))
    )
    return True


def document_without(draw, held, other):
    del held[draw.choice(sorted(held))]
    return True


def document_with_more(draw, held, other):
    held[draw.choice(("index", "note", "Size"))] = 1
    return True


def document_of_another(draw, held, other):
    """A true proof, of a register that is not the one whose head was printed."""
    if other["root"] == held["root"]:
        return False
    held.clear()
    held |= other
    return True


OF_DOCUMENTS = (
    document_bit, document_cut, document_padded, document_resized, document_moved,
    document_reheaded, document_reworded, document_retold, document_without, document_with_more,
    document_of_another,
)  # fmt: skip


def forged_documents(draw: random.Random, n: int, true: list[tuple[str, str]]) -> Iterator[Forged]:
    """Forged documents, `n` of them, from true ones and the heads printed for them."""
    made = 0
    while made < n:
        (text, head), (other, _) = draw.choice(true), draw.choice(true)
        held = json.loads(text)
        way = draw.choice(OF_DOCUMENTS)
        if way(draw, held, json.loads(other)):
            made += 1
            yield Forged(way.__name__, OfDocument(json.dumps(held), head))
