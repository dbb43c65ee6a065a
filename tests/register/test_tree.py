"""The tree against the RFC's definitions, known answers, and whoever would forge a proof."""

from __future__ import annotations

import base64
import json
import os
import random
from pathlib import Path

import pytest
from bench.forging import OfLeaf, below, forgeries, turns
from bench.register_proofs import FAULTS, REGARD, SEED, accepted_by_kind, measure_forgeries
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import RegisterDamaged
from regard.register.tree import (
    EMPTY_ROOT,
    LARGEST,
    Head,
    Peaks,
    Tree,
    consistency,
    head_said,
    inclusion,
    leaf_hash,
    node_hash,
    root,
    verify_consistency,
    verify_inclusion,
)
from register import second_verifier

KNOWN = json.loads(
    (Path(__file__).parent / "vectors" / "reference_tree.json").read_text(encoding="utf-8")
)
TEN = [leaf_hash(bytes([number])) for number in range(10)]
EFFORT = 2_000
OTHERWISE = {"sizes are equal (one) and proof is empty"}  # see vectors/README.md

entries = st.lists(st.binary(max_size=70).map(leaf_hash), min_size=1, max_size=80)
junk = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=4),
    st.binary(min_size=31, max_size=33),
    st.lists(st.binary(min_size=31, max_size=33), max_size=3),
)


@st.composite
def places(draw, *, unique=False):
    leaves = draw(entries)
    if unique:
        leaves = list(dict.fromkeys(leaves))
    return leaves, draw(st.integers(0, len(leaves) - 1)), Tree(leaves)


# Known answers


@pytest.mark.parametrize("size", range(9))
def test_root_of_the_reference_tree_is_the_known_one(size):
    leaves = [leaf_hash(bytes.fromhex(one)) for one in KNOWN["entries"]]

    assert Tree(leaves).root(size).hex() == KNOWN["roots"][size]


@pytest.mark.parametrize("known", KNOWN["inclusion"], ids=lambda k: f"{k['index']} in {k['size']}")
def test_path_of_the_reference_tree_is_the_known_one(known):
    leaves = [leaf_hash(bytes.fromhex(one)) for one in KNOWN["entries"]]

    path = inclusion(leaves, known["index"], known["size"])

    assert [one.hex() for one in path] == known["path"]


@pytest.mark.parametrize(
    "known", KNOWN["consistency"], ids=lambda k: f"{k['first']} to {k['second']}"
)
def test_path_between_reference_roots_is_the_known_one(known):
    leaves = [leaf_hash(bytes.fromhex(one)) for one in KNOWN["entries"]]

    path = consistency(leaves, known["first"], known["second"])

    assert [one.hex() for one in path] == known["path"]


def test_no_entries_have_the_root_of_no_bytes():
    assert root([]) == Peaks().root() == Tree([]).root() == EMPTY_ROOT


@pytest.fixture(scope="session")
def vectors(request) -> list[tuple[str, dict]]:
    named = os.environ.get("REGARD_MERKLE_VECTORS")
    folder = Path(named) if named else request.getfixturevalue("shared_data") / "merkle-vectors"
    if not folder.is_dir():
        pytest.skip("the vectors of transparency-dev/merkle are not here: see vectors/README.md")
    return [
        (kind, json.loads(file.read_text(encoding="utf-8")))
        for kind in ("inclusion", "consistency")
        for file in sorted((folder / kind).rglob("*.json"))
    ]


def classed(verify_leaf, verify_roots, kind, held):
    path = [base64.b64decode(one) for one in held["proof"] or ()]
    of = {
        name: base64.b64decode(held.get(name) or "")
        for name in ("root", "leafHash", "root1", "root2")
    }
    if kind == "inclusion":
        return verify_leaf(of["leafHash"], held["leafIdx"], held["treeSize"], path, of["root"])
    return verify_roots(held["size1"], held["size2"], path, of["root1"], of["root2"])


def by_the_second(first, second, path, root1, root2):
    return second_verifier.extends(first, second, path, root1, root2)


@pytest.mark.parametrize(
    "verifiers",
    [(verify_inclusion, verify_consistency), (second_verifier.includes, by_the_second)],
    ids=["regard", "second"],
)
def test_every_vector_of_transparency_dev_is_classed_right(vectors, verifiers):
    wrong = [
        (kind, held["desc"])
        for kind, held in vectors
        if classed(*verifiers, kind, held) is held["wantErr"]
    ]

    assert len(vectors) == 196
    assert {what for _, what in wrong} == OTHERWISE
    assert len(wrong) == 1


# Laws


@given(entries)
def test_root_by_peaks_by_tree_and_by_definition_are_one(leaves):
    peaks = Peaks()
    for one in leaves:
        peaks.append(one)

    assert peaks.root() == Tree(leaves).root() == root(leaves) == second_verifier.mth(leaves)
    assert peaks.head() == Tree(leaves).head() == Head(len(leaves), root(leaves))


@given(entries, st.integers(0, 80))
def test_peaks_read_back_from_storage_go_on_as_if_never_stored(leaves, stop):
    peaks = Peaks()
    for one in leaves[:stop]:
        peaks.append(one)

    again = Peaks.of(peaks.size, peaks.stored())
    for one in leaves[stop:]:
        again.append(one)

    assert again.root() == root(leaves)


@given(places(), st.data())
def test_every_path_to_every_earlier_root_is_the_defined_one_and_verifies(place, data):
    leaves, index, tree = place
    size = data.draw(st.integers(index + 1, len(leaves)))

    path = tree.inclusion(index, size)

    assert list(path) == second_verifier.path_of(index, leaves[:size])
    assert verify_inclusion(leaves[index], index, size, path, tree.root(size))
    assert second_verifier.includes(leaves[index], index, size, list(path), tree.root(size))


@given(entries, st.data())
def test_every_path_between_roots_is_the_defined_one_and_verifies(leaves, data):
    tree = Tree(leaves)
    second = data.draw(st.integers(1, len(leaves)))
    first = data.draw(st.integers(1, second))

    path = tree.consistency(first, second)

    assert list(path) == second_verifier.proof_of(first, leaves[:second])
    assert verify_consistency(first, second, path, tree.root(first), tree.root(second))
    assert second_verifier.extends(first, second, list(path), tree.root(first), tree.root(second))


@given(places(unique=True), st.data())
def test_a_path_verifies_for_no_other_leaf_position_or_root(place, data):
    leaves, index, tree = place
    other = data.draw(st.integers(0, len(leaves) - 1).filter(lambda n: n != index) | st.none())
    changed = data.draw(st.binary(min_size=32, max_size=32))
    size, path, top = len(leaves), tree.inclusion(index), tree.root()

    assert not verify_inclusion(changed, index, size, path, top)
    assert not verify_inclusion(leaves[index], index, size, path, changed)
    assert other is None or not verify_inclusion(leaves[index], other, size, path, top)


@given(entries, st.data())
def test_a_changed_entry_breaks_the_way_from_every_head_after_it(leaves, data):
    changed = data.draw(st.integers(0, len(leaves) - 1))
    first = data.draw(st.integers(changed + 1, len(leaves)))
    anew = Tree([*leaves[:changed], node_hash(*[leaves[changed]] * 2), *leaves[changed + 1 :]])

    path = anew.consistency(first)

    assert not verify_consistency(first, len(leaves), path, Tree(leaves).root(first), anew.root())


# Junk


@given(junk, junk, junk, junk, junk)
def test_verifying_junk_is_false_and_never_raises(one, two, three, four, five):
    assert verify_inclusion(one, two, three, four, five) is False
    assert verify_consistency(one, two, three, four, five) is False


@given(st.integers(0, 4), junk)
def test_one_argument_of_junk_is_refused(which, anything):
    tree = Tree(TEN)
    of_leaf = [TEN[5], 5, 10, tree.inclusion(5), tree.root()]
    of_roots = [6, 10, tree.consistency(6), tree.root(6), tree.root()]
    of_leaf[which] = of_roots[which] = anything

    assert type(anything) is int or not verify_inclusion(*of_leaf)
    assert type(anything) is int or not verify_consistency(*of_roots)


@pytest.mark.parametrize("index", [-1, 10, 11, 2**63, 2**64 - 1, True, 5.0, "5"])
def test_position_outside_the_tree_is_refused(index):
    tree = Tree(TEN)

    assert not verify_inclusion(TEN[5], index, 10, tree.inclusion(5), tree.root())


def test_truth_is_no_position():
    tree = Tree(TEN)

    assert verify_inclusion(TEN[1], 1, 10, tree.inclusion(1), tree.root())
    assert not verify_inclusion(TEN[1], True, 10, tree.inclusion(1), tree.root())


@pytest.mark.parametrize("length", [65, 1_000])
def test_path_longer_than_any_tree_makes_is_refused(length):
    assert not verify_inclusion(TEN[0], 0, LARGEST, [TEN[0]] * length, TEN[0])
    assert not verify_consistency(1, LARGEST, [TEN[0]] * length, TEN[0], TEN[0])


def test_paths_of_the_largest_register_are_within_bounds():
    path = [TEN[0]] * 63

    top = second_verifier.root_by_path(TEN[0], 0, LARGEST, path)

    assert verify_inclusion(TEN[0], 0, LARGEST, path, top)


def test_size_beyond_what_a_register_can_hold_is_refused():
    path = [TEN[0]] * 63

    top = second_verifier.root_by_path(TEN[0], 0, LARGEST + 1, path)

    assert not verify_inclusion(TEN[0], 0, LARGEST + 1, path, top)


def test_a_hash_too_many_is_refused_even_under_a_root_made_for_it():
    more = TEN[9]
    once, twice = node_hash(more, TEN[0]), node_hash(TEN[1], node_hash(more, TEN[0]))

    assert not verify_inclusion(TEN[0], 0, 1, [more], once)
    assert not verify_inclusion(TEN[0], 1, 2, [more, TEN[1]], twice)
    assert not verify_consistency(1, 2, [TEN[1], more], node_hash(more, TEN[0]), TEN[2])


def test_a_hash_too_few_is_refused_even_under_a_root_made_for_it():
    assert not verify_inclusion(TEN[0], 0, 2, [], TEN[0])
    assert not verify_consistency(1, 2, [], TEN[0], TEN[0])


def test_nothing_is_consistent_with_everything_and_so_refused():
    assert not verify_consistency(0, 10, (), EMPTY_ROOT, Tree(TEN).root())
    assert not verify_consistency(0, 0, (), EMPTY_ROOT, EMPTY_ROOT)


def test_a_head_is_consistent_with_itself_on_an_empty_path_alone():
    top = Tree(TEN).root()

    assert verify_consistency(10, 10, (), top, top)
    assert not verify_consistency(10, 10, (top,), top, top)
    assert not verify_consistency(10, 10, (), top, TEN[0])


def test_size_is_fixed_by_the_head_and_not_by_the_path():
    tree = Tree(TEN)

    assert turns(0, 10) == turns(0, 16)
    assert verify_inclusion(TEN[0], 0, 16, tree.inclusion(0), tree.root())


# Refusals of what is asked


@pytest.mark.parametrize("index", [-1, 10, True])
def test_path_of_an_entry_that_is_not_there_is_refused(index):
    with pytest.raises(ValueError, match=rf"below 10, got {index}"):
        Tree(TEN).inclusion(index)


@pytest.mark.parametrize(("first", "second"), [(0, 10), (-1, 10), (8, 7)])
def test_path_from_a_head_that_is_not_earlier_is_refused(first, second):
    with pytest.raises(ValueError, match=f"got {first}"):
        Tree(TEN).consistency(first, second)


def test_size_that_the_tree_does_not_reach_is_refused():
    with pytest.raises(ValueError, match="holds 10 leaves, not 11"):
        Tree(TEN).root(11)


def test_leaf_of_another_length_is_refused():
    with pytest.raises(ValueError, match="leaf 1 has 31 bytes"):
        Tree([TEN[0], TEN[1][:31]])


def test_leaf_is_given_back_by_its_place():
    assert Tree(TEN).leaf(7) == TEN[7]


@pytest.mark.parametrize(
    ("size", "stored", "said"),
    [
        (3, ("00" * 32,), "holds 1 hashes"),
        (-1, (), "counts -1 entries"),
        (1, ("00" * 31,), "a stored hash reads '0000"),
        (1, ("0G" * 32,), "a stored hash reads '0G0G"),
    ],
)
def test_stored_edge_that_fits_no_tree_is_damage(size, stored, said):
    with pytest.raises(RegisterDamaged, match=said):
        Peaks.of(size, stored)


@pytest.mark.parametrize(("size", "top"), [(-1, EMPTY_ROOT), (True, EMPTY_ROOT), (0, b"short")])
def test_head_of_no_size_or_no_root_is_refused(size, top):
    with pytest.raises(ValueError, match="got"):
        Head(size, top)


def test_head_is_said_by_its_size_and_twelve_letters():
    assert str(Head(10, Tree(TEN).root())) == head_said(10, Tree(TEN).root())
    assert head_said(1_234_567, bytes.fromhex("ab" * 32)) == "1234567 · abababababab"


# Forgeries


def test_no_forgery_is_accepted():
    assert measure_forgeries(EFFORT, SEED) == (EFFORT, 0)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: one.name)
def test_same_effort_fools_a_verifier_with_a_planted_fault(fault):
    tried, accepted = measure_forgeries(EFFORT, SEED, fault)

    assert tried == EFFORT
    assert accepted > 0


def test_each_planted_fault_is_found_by_the_forgery_made_for_it():
    found = {one.name: set(accepted_by_kind(EFFORT, SEED, one)[1]) for one in FAULTS}

    assert found == {
        "leaf and node hashed alike": {"node_as_leaf", "leaf_as_node"},
        "length of the path not checked": {"leaf_padded", "leaf_resized"},
        "length of the hashes not checked": {"leaf_byte_shifted"},
        "head not compared": {"document_of_another", "document_resized"},
    }


def test_the_second_verifier_refuses_every_forgery_too():
    taken = [
        forged
        for forged in forgeries(random.Random(SEED), EFFORT, REGARD)
        if (
            second_verifier.includes(*vars(forged.claim).values())
            if isinstance(forged.claim, OfLeaf)
            else second_verifier.extends(*vars(forged.claim).values())
        )
    ]

    assert taken == []


@given(st.integers(2, 10_000))
def test_forgers_and_verifier_split_at_the_same_place(size):
    assert below(size) == second_verifier.split(size)
