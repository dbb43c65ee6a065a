"""Proof documents: true ones are proven; whatever is changed in one is refused with a reason."""

from __future__ import annotations

import copy
import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import RegisterDamaged
from regard.register.proofs import (
    Proven,
    Refused,
    check,
    head_matches,
    make_consistency,
    make_inclusion,
)
from regard.register.tree import Head, Tree, leaf_hash

SALT = "5a" * 16


def canonical(held):
    return json.dumps(held, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def written(count):
    """Headers and words of a small register, chained."""
    found, previous = [], "0" * 64
    for seq in range(1, count + 1):
        words = canonical({"reason": f"Häufung {seq}", "value": "met", "amount": "1326"})
        header = canonical(
            {
                "body": sha256(bytes.fromhex(SALT) + words.encode()).hexdigest(),
                "kind": "judgement",
                "post": "party:acc-security",
                "previous": previous,
                "seq": seq,
                "subject": f"judgement:merseyside/{seq}",
                "version": 1,
            }
        )
        previous = leaf_hash(header.encode()).hex()
        found.append((header, words))
    return found


ENTRIES = written(13)
TREE = Tree([leaf_hash(header.encode()) for header, _ in ENTRIES])
HEAD = TREE.head()
WITH_WORDS = make_inclusion(TREE, ENTRIES[4][0], salt=SALT, words=ENTRIES[4][1])
WITHOUT = make_inclusion(TREE, ENTRIES[4][0], size=9)
OF_HEADS = make_consistency(TREE, 6)
HEADER, OTHER_HEADER = json.loads(ENTRIES[4][0]), json.loads(ENTRIES[5][0])
OTHER_WORDS = json.loads(ENTRIES[5][1])
DOCUMENTS = [WITH_WORDS.as_json(), WITHOUT.as_json(), OF_HEADS.as_json()]


def changed(document, **fields):
    return json.loads(document) | fields


# Proven


def test_entry_with_its_words_is_proven_against_the_printed_head():
    held = check(WITH_WORDS.as_json(), head=HEAD.said)

    assert isinstance(held, Proven)
    assert str(held) == (
        f"Entry 5 stands in the register with the head {HEAD.said}, "
        "and the words given are its words."
    )
    assert (held.head, held.header["seq"], held.words["value"]) == (HEAD, 5, "met")


def test_entry_whose_words_are_withheld_is_proven_and_says_so():
    held = check(WITHOUT.as_json(), head=TREE.head(9))

    assert str(held) == (
        f"Entry 5 stands in the register with the head {TREE.head(9)}; its words are not given."
    )
    assert held.words is None


def test_without_a_head_to_trust_the_sentence_says_what_is_left_to_compare():
    held = check(WITH_WORDS.as_json())

    assert str(held).endswith(" Compare that head with one printed on an issued paper.")


def test_later_head_is_proven_to_begin_with_the_earlier():
    held = check(OF_HEADS.as_json(), head=HEAD.said, earlier=TREE.head(6).said)

    assert str(held) == (
        f"The register with the head {HEAD.said} begins with all of the register "
        f"with {TREE.head(6).said}."
    )
    assert (held.earlier, held.head) == (TREE.head(6), HEAD)


def test_two_heads_with_one_to_trust_leave_a_comparison():
    assert "Compare those heads" in str(check(OF_HEADS.as_json(), head=HEAD))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_text_bytes_and_object_of_a_document_are_proven_alike(document):
    assert check(document) == check(document.encode()) == check(json.loads(document))
    assert isinstance(check(document), Proven)


def test_same_proof_is_the_same_bytes():
    again = make_inclusion(TREE, ENTRIES[4][0], salt=SALT, words=ENTRIES[4][1])

    assert again.as_json() == WITH_WORDS.as_json()


@given(st.integers(1, 13), st.data())
def test_every_entry_is_proven_under_every_head_that_covers_it(seq, data):
    size = data.draw(st.integers(seq, 13))

    made = make_inclusion(TREE, ENTRIES[seq - 1][0], size=size)

    assert isinstance(check(made.as_json(), head=TREE.head(size)), Proven)


@given(st.integers(1, 13), st.data())
def test_every_head_is_proven_to_begin_with_every_earlier_one(second, data):
    first = data.draw(st.integers(1, second))

    made = make_consistency(TREE, first, second)

    assert isinstance(
        check(made.as_json(), head=TREE.head(second), earlier=TREE.head(first)), Proven
    )


# Refused, on the whole text


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("", "it cannot be read as JSON: Expecting value: line 1 column 1 (char 0)"),
        (None, "it is not text but NoneType"),
        ("[1]", "it is no object but [1]"),
        ("{}", "it is no document of the form regard-proof/1"),
        ('{"form":1.5}', "it holds the binary fraction '1.5'"),
        ('{"form":NaN}', "it holds the binary fraction 'NaN'"),
        ('{"form":1,"form":2}', "a name stands twice among 'form, form'"),
        (changed(DOCUMENTS[0], note=1), "it lacks, or holds beyond its form, 'note'"),
        (
            {k: v for k, v in json.loads(DOCUMENTS[0]).items() if k != "salt"},
            "it lacks, or holds beyond its form, 'salt'",
        ),
        (changed(DOCUMENTS[0], salt="5A" * 16), None),
        (changed(DOCUMENTS[0], size=0), None),
        (changed(DOCUMENTS[0], size=True), None),
        (changed(DOCUMENTS[0], path="ab"), None),
        (changed(DOCUMENTS[0], header=[]), None),
        (changed(DOCUMENTS[0], header={"seq": "5"}), None),
        (changed(DOCUMENTS[0], words={"half": "\ud800"}), None),
        (changed(DOCUMENTS[0], words=OTHER_WORDS), "its words are not those of entry 5"),
        (
            changed(DOCUMENTS[0], says="Merseyside is assured."),
            "it says 'Merseyside is assured.', which is not what its values prove",
        ),
        (
            changed(DOCUMENTS[0], header=OTHER_HEADER | {"body": HEADER["body"]}),
            f"its path does not lead from this entry, as number 6, to the head {HEAD}",
        ),
        (
            changed(DOCUMENTS[2], path=[]),
            f"its path does not lead from the head {TREE.head(6)} to the head {HEAD}",
        ),
        (changed(DOCUMENTS[2], first={"size": 6}), None),
        (changed(DOCUMENTS[2], first=None), None),
    ],
)
def test_what_is_wrong_with_a_document_is_said(document, reason):
    held = check(document)

    assert isinstance(held, Refused)
    assert not held
    assert reason is None or str(held) == f"Not proven: {reason}."


def test_nesting_without_end_is_refused():
    assert not check("[" * 100_000)
    deep = changed(DOCUMENTS[0])
    deep["words"] = json.loads("[" * 900 + "]" * 900)
    assert not check(json.dumps(deep))


@pytest.mark.parametrize(
    "trusted", ["14 · " + HEAD.root.hex()[:12], f"13 · {'0' * 12}", "13", 13, Head(13, b"\0" * 32)]
)
def test_another_head_than_the_trusted_one_is_refused(trusted):
    held = check(DOCUMENTS[0], head=trusted)

    assert isinstance(held, Refused)
    assert held.reason.startswith(f"its head is {HEAD}, and the head given is ")


def test_another_later_head_than_the_trusted_one_is_refused():
    assert not check(DOCUMENTS[2], head=TREE.head(12), earlier=TREE.head(6))


def test_an_earlier_head_has_no_place_in_a_proof_about_an_entry():
    assert not check(DOCUMENTS[0], head=HEAD, earlier=TREE.head(6))


def test_another_earlier_head_than_the_trusted_one_is_refused():
    assert check(DOCUMENTS[2], head=HEAD, earlier=TREE.head(6))
    assert not check(DOCUMENTS[2], head=HEAD, earlier=TREE.head(5))


def leaves_of(held, way=()):
    pairs = held.items() if isinstance(held, dict) else enumerate(held)
    for name, value in pairs:
        if isinstance(value, (dict, list)):
            yield from leaves_of(value, (*way, name))
        else:
            yield (*way, name)


EVERY_VALUE = [(document, way) for document in DOCUMENTS for way in leaves_of(json.loads(document))]


@given(st.sampled_from(EVERY_VALUE), st.data())
def test_any_value_changed_is_refused(place, data):
    document, way = place
    held = json.loads(document)
    inner = held
    for name in way[:-1]:
        inner = inner[name]
    old = inner[way[-1]]
    new = data.draw(
        st.sampled_from([old * 2, None, [], {}, str(old) + " ", str(old)[1:], 1, True, "0" * 64])
        | st.text()
        | st.integers()
    )
    inner[way[-1]] = new

    held = check(held, head=HEAD if way[0] in ("size", "root", "second") else None)

    assert isinstance(held, Proven) is (type(new) is type(old) and new == old)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text() | st.floats(),
                    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))  # fmt: skip
def test_anything_at_all_is_refused_and_nothing_raises(held):
    assert not check(held)
    assert not check(json.dumps(held))
    assert not check(changed(DOCUMENTS[0], header=held))


@given(st.integers(1, 13), st.integers(1, 13))
def test_words_of_another_entry_are_refused(seq, other):
    made = make_inclusion(TREE, ENTRIES[seq - 1][0], salt=SALT, words=ENTRIES[seq - 1][1])

    held = check(changed(made.as_json(), words=json.loads(ENTRIES[other - 1][1])))

    assert bool(held) is (seq == other)


# Heads as they are typed


@pytest.mark.parametrize(
    "typed",
    [
        "1234567 · abcdefabcdef",
        " 1,234,567 · abcdefabcdef\n",
        "1234567 ABCDEFABCDEF",
        "1234567: abcdefabcdefabcd",
        "1234567.abcdefabcdef",
        "1234567 - " + "abcdef" * 10 + "abcd",
    ],
)
def test_head_is_known_as_people_type_it(typed):
    assert head_matches(typed, 1_234_567, bytes.fromhex("abcdef" * 10 + "abcd"))


@pytest.mark.parametrize(
    "typed",
    [
        "1234567 · abcdefabcde",
        "1234567 · abcdefabcdee",
        "1234568 · abcdefabcdef",
        "1234567 · abcdefabcdef0",
        "12,34567 · abcdefabcdef",
        "1234567abcdefabcdef",
        "abcdefabcdef",
        "",
        None,
        b"1234567 \xb7 abcdefabcdef",
    ],
)
def test_another_head_or_half_a_head_is_not_taken(typed):
    assert not head_matches(typed, 1_234_567, bytes.fromhex("abcdef" * 10 + "abcd"))


def test_head_of_no_root_matches_nothing():
    assert not head_matches("1 · abababababab", 1, b"\xab" * 31)
    assert not head_matches("1 · abababababab", True, b"\xab" * 32)


# Making


def test_entry_that_the_tree_does_not_hold_there_is_damage():
    header = canonical(json.loads(ENTRIES[4][0]) | {"post": "party:pcc"})

    with pytest.raises(RegisterDamaged, match="entry 5 cannot be proven: its path does not lead"):
        make_inclusion(TREE, header)


def test_words_that_are_not_the_entry_s_are_damage():
    with pytest.raises(RegisterDamaged, match="its words are not those of entry 5"):
        make_inclusion(TREE, ENTRIES[4][0], salt=SALT, words=ENTRIES[5][1])


def test_header_that_is_not_in_canonical_form_is_damage():
    spaced = json.dumps(json.loads(ENTRIES[4][0]))
    tree = Tree(
        [*[leaf_hash(header.encode()) for header, _ in ENTRIES[:4]], leaf_hash(spaced.encode())]
    )

    with pytest.raises(RegisterDamaged, match="entry 5 cannot be proven"):
        make_inclusion(tree, spaced)


@pytest.mark.parametrize("seq", [0, 10, "5", None])
def test_entry_outside_the_head_is_damage(seq):
    header = canonical(json.loads(ENTRIES[4][0]) | {"seq": seq})

    with pytest.raises(RegisterDamaged, match="calls itself number"):
        make_inclusion(TREE, header, size=9)


def test_making_a_proof_changes_nothing_it_was_given():
    before = copy.deepcopy(ENTRIES)

    make_inclusion(TREE, ENTRIES[0][0], salt=SALT, words=ENTRIES[0][1]).as_json()

    assert before == ENTRIES
