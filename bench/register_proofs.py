"""The register's proofs under attack, and how fast they are made and checked.

Beside Regard's verifier stand three with a planted fault each; the same effort must fool them.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from hashlib import sha256
from time import perf_counter

from bench.forging import OfDocument, Scheme, forged_documents, forgeries, holds, truths
from regard.register import check_proof
from regard.register.proofs import Refused, check, make_inclusion
from regard.register.tree import (
    HASH_BYTES,
    Peaks,
    Tree,
    leaf_hash,
    node_hash,
    verify_consistency,
    verify_inclusion,
)

SEED = 20261122
FORGERIES = 100_000
IN_DOCUMENTS = 0.2  # of the forgeries; the others attack the verifiers of paths themselves
ENTRIES = 1_000_000
SIZES = (1, 2, 3, 7, 8, 9, 33, 64)  # of the registers whose documents are forged
OLDEST = "2015-02-03T10:00:00.000000Z"


def _document_holds(text: str, head: str) -> bool:
    here = not isinstance(check(text, head=head), Refused)
    assert here == _stands_alone(text, head), f"the two checkers disagree about {text}"
    return here


def _stands_alone(text: str, head: str) -> bool:
    try:
        check_proof.proven(text, head)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return False
    return True


REGARD = Scheme(
    "regard", leaf_hash, node_hash, verify_inclusion, verify_consistency, _document_holds
)


def _climbed(node, leaf, index, size, path):
    # The root reached, what is left of the size, and what is left of the path.
    here, last, reached = index, size - 1, leaf
    left = list(path)
    while left and last:
        beside = left.pop(0)
        if here & 1 or here == last:
            reached = node(beside, reached)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            reached = node(reached, beside)
        here, last = here >> 1, last >> 1
    return reached, last, left


def _of_32_bytes(leaf, path):
    return all(len(one) == HASH_BYTES for one in (leaf, *path))


def _plain_leaf(data):
    return sha256(data).digest()


def _plain_node(left, right):
    return sha256(left + right).digest()


def _unmarked(leaf, index, size, path, root):
    if not (0 <= index < size and _of_32_bytes(leaf, path)):
        return False
    return _climbed(_plain_node, leaf, index, size, path) == (root, 0, [])


def _unmeasured(leaf, index, size, path, root):
    if not (0 <= index < size and _of_32_bytes(leaf, path)):
        return False
    return _climbed(node_hash, leaf, index, size, path)[0] == root


def _unweighed(leaf, index, size, path, root):
    return 0 <= index < size and _climbed(node_hash, leaf, index, size, path) == (root, 0, [])


def _never(*_claimed):
    return False


def _headless(text, _head):
    return not isinstance(check(text), Refused)


FAULTS = (
    Scheme("leaf and node hashed alike", _plain_leaf, _plain_node, _unmarked, _never),
    Scheme("length of the path not checked", leaf_hash, node_hash, _unmeasured, _never),
    Scheme("length of the hashes not checked", leaf_hash, node_hash, _unweighed, _never),
    Scheme("head not compared", leaf_hash, node_hash, _never, _never, _headless),
)


def true_documents(draw: random.Random) -> list[tuple[str, str]]:
    """True documents with words, and the heads printed for them, of registers of several sizes."""
    found = []
    for size in SIZES:
        written = _journal(draw, size)
        tree = Tree([leaf_hash(header.encode()) for header, _, _ in written])
        for header, salt, words in written:
            made = make_inclusion(tree, header, salt=salt, words=words)
            found.append((made.as_json(), made.head.said))
    return found


def _journal(draw: random.Random, size: int) -> list[tuple[str, str, str]]:
    written, previous = [], "0" * 64
    for seq in range(1, size + 1):
        salt = draw.randbytes(16).hex()
        words = _canonical({"reason": f"reason {draw.random()}", "value": "met"})
        header = _canonical(
            {
                "body": sha256(bytes.fromhex(salt) + words.encode()).hexdigest(),
                "kind": "judgement",
                "previous": previous,
                "recorded": OLDEST,
                "seq": seq,
                "subject": "judgement:merseyside/public-order",
            }
        )
        previous = leaf_hash(header.encode()).hex()
        written.append((header, salt, words))
    return written


def _canonical(held: object) -> str:
    return json.dumps(held, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def accepted_by_kind(n: int, seed: int, scheme: Scheme = REGARD) -> tuple[int, Counter[str]]:
    """How many forgeries were tried, and those accepted, by the way they were made."""
    draw = random.Random(seed)
    in_documents = round(n * IN_DOCUMENTS) if scheme.document else 0
    tried, accepted = 0, Counter[str]()
    for forged in forgeries(draw, n - in_documents, scheme):
        tried += 1
        accepted[forged.how] += holds(scheme, forged.claim)
    if in_documents:
        for forged in forged_documents(draw, in_documents, true_documents(draw)):
            tried += 1
            accepted[forged.how] += holds(scheme, forged.claim)
    return tried, +accepted


def measure_forgeries(n: int, seed: int, scheme: Scheme = REGARD) -> tuple[int, int]:
    """How many forged proofs were tried, and how many of them were accepted.

    Raises:
        AssertionError: a true proof of the same trees was refused, so that refusing says nothing,
            or the two checkers of documents disagree.
    """
    if scheme is REGARD:
        draw = random.Random(seed)
        true = [OfDocument(*one) for one in true_documents(draw)]
        for claim in (*true, *truths(draw, max(1, n // 100), scheme)):
            assert holds(scheme, claim), f"a true claim was refused: {claim}"
    tried, accepted = accepted_by_kind(n, seed, scheme)
    return tried, accepted.total()


def measure_speeds(entries: int = ENTRIES) -> dict[str, float]:
    """Appends and trees a second, and microseconds to make and to check a path."""
    leaves = [leaf_hash(number.to_bytes(8, "big")) for number in range(entries)]
    start = perf_counter()
    peaks = Peaks()
    for leaf in leaves:
        peaks.append(leaf)
    appended = perf_counter() - start
    start = perf_counter()
    tree = Tree(leaves)
    grown = perf_counter() - start
    assert tree.root() == peaks.root()
    asked = range(0, entries, max(1, entries // 10_000))
    start = perf_counter()
    paths = [tree.inclusion(index) for index in asked]
    made = perf_counter() - start
    root = tree.root()
    start = perf_counter()
    for index, path in zip(asked, paths, strict=True):
        assert verify_inclusion(leaves[index], index, entries, path, root)
    checked = perf_counter() - start
    return {
        "append_seconds": appended,
        "tree_seconds": grown,
        "path_microseconds": made / len(paths) * 1e6,
        "check_microseconds": checked / len(paths) * 1e6,
    }
