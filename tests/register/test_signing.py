"""Signed heads and the witness file: only what the key signed, and only what the register keeps."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import FileRefused, FileUnreadable, NotStored
from regard.register.signing import (
    append_witness,
    first_doubt,
    new_key,
    public_key_of,
    read_key,
    read_witness,
    sign_head,
    verify,
)
from regard.register.tree import Head, Tree, leaf_hash

KEY = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
OTHER = Ed25519PrivateKey.from_private_bytes(b"\x08" * 32)
PUBLIC = public_key_of(KEY)
LEAVES = [leaf_hash(bytes([number])) for number in range(20)]
TREE = Tree(LEAVES)
AT = datetime(2015, 2, 3, 9, 30, tzinfo=UTC)
SIGNED = sign_head(TREE.head(12), AT, KEY)
sizes = st.integers(1, 20)


# Keys


def test_new_key_is_its_owner_s_alone_and_reads_back(tmp_path):
    path = tmp_path / "head.key"

    public = new_key(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert public_key_of(read_key(path)) == public


def test_key_that_is_there_is_never_overwritten(tmp_path):
    path = tmp_path / "head.key"
    path.write_bytes(b"held")

    with pytest.raises(NotStored, match="a key is never overwritten"):
        new_key(path)

    assert path.read_bytes() == b"held"


def test_key_in_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(NotStored, match="No such file"):
        new_key(tmp_path / "nowhere" / "head.key")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o777])
def test_key_that_others_may_read_is_refused(tmp_path, mode):
    path = tmp_path / "head.key"
    new_key(path)
    path.chmod(mode)

    with pytest.raises(FileUnreadable, match="chmod 600 head.key"):
        read_key(path)


@pytest.mark.parametrize("held", [b"", b"not a key", b"-----BEGIN PRIVATE KEY-----\n"])
def test_file_that_holds_no_key_is_refused(tmp_path, held):
    path = tmp_path / "head.key"
    path.write_bytes(held)
    path.chmod(0o600)

    with pytest.raises(FileUnreadable, match="no key could be read"):
        read_key(path)


def test_key_of_another_kind_is_refused(tmp_path):
    path = tmp_path / "head.key"
    path.write_bytes(
        X25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    path.chmod(0o600)

    with pytest.raises(FileUnreadable, match="a key of another kind"):
        read_key(path)


def test_key_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(FileUnreadable, match=r"head\.key: no key could be read"):
        read_key(tmp_path / "head.key")


# Signing


@given(sizes, st.datetimes(min_value=datetime(1000, 1, 1)))  # noqa: DTZ001 - given its zone below
def test_signed_head_verifies_with_its_key_and_no_other(size, at):
    signed = sign_head(TREE.head(size), at.replace(tzinfo=UTC), KEY)

    assert verify(signed, PUBLIC)
    assert not verify(signed, public_key_of(OTHER))


def test_same_head_at_the_same_instant_is_the_same_line():
    there = AT.astimezone(timezone(timedelta(hours=5)))

    assert sign_head(TREE.head(12), there, KEY).as_line() == SIGNED.as_line()


@pytest.mark.parametrize(
    "spoilt",
    [
        replace(SIGNED, head=TREE.head(13)),
        replace(SIGNED, head=Head(13, SIGNED.head.root)),
        replace(SIGNED, head=Head(12, LEAVES[0])),
        replace(SIGNED, at=AT + timedelta(microseconds=1)),
        replace(SIGNED, at=AT.replace(tzinfo=timezone(timedelta(hours=5)))),
        replace(SIGNED, key=public_key_of(OTHER)),
        replace(SIGNED, signature="00" * 64),
        replace(SIGNED, signature=SIGNED.signature.upper()),
        replace(SIGNED, signature=SIGNED.signature[:-2]),
        replace(SIGNED, signature=None),
    ],
)
def test_signed_head_with_anything_changed_does_not_verify(spoilt):
    assert not verify(spoilt, PUBLIC)


def test_a_stranger_s_own_head_does_not_verify_however_well_signed():
    stranger = sign_head(TREE.head(12), AT, OTHER)

    assert verify(stranger, stranger.key)
    assert not verify(stranger, PUBLIC)
    assert not verify(replace(stranger, key=PUBLIC), PUBLIC)


@pytest.mark.parametrize("public", ["", "zz" * 32, PUBLIC.upper(), PUBLIC[:-2], None, b"\x07" * 32])
def test_what_is_no_public_key_verifies_nothing(public):
    assert not verify(SIGNED, public)
    assert not verify(replace(SIGNED, key=public), public)


def test_signature_over_the_bare_head_is_none():
    bare = json.dumps(
        {"at": "2015-02-03T09:30:00.000000Z", "root": SIGNED.head.root.hex(), "size": 12},
        separators=(",", ":"),
    )

    assert not verify(replace(SIGNED, signature=KEY.sign(bare.encode()).hex()), PUBLIC)


def test_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="names its time zone, got 2015-02-03"):
        sign_head(TREE.head(12), AT.replace(tzinfo=None), KEY)


def test_signed_head_is_said_with_its_instant_and_key():
    assert str(SIGNED) == (
        f"{TREE.head(12).said}, signed 2015-02-03T09:30:00.000000Z by {PUBLIC[:12]}"
    )


# The witness


@pytest.fixture
def witness(tmp_path):
    path = tmp_path / "witness.jsonl"
    for day, size in enumerate((3, 8, 8, 20)):
        append_witness(path, sign_head(TREE.head(size), AT + timedelta(days=day), KEY))
    return path


def test_witness_gives_back_what_was_added_in_its_order(witness):
    found = read_witness(witness)

    assert [one.head for one in found] == [TREE.head(size) for size in (3, 8, 8, 20)]
    assert all(verify(one, PUBLIC) for one in found)
    assert first_doubt(found, TREE, PUBLIC) is None


LINE = SIGNED.as_line()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "Expecting value"),
        ("[]", "no object of at, key, root, signature, size"),
        ("{}", "no object of at, key, root, signature, size"),
        (LINE.replace(":12}", ":-12}"), "no head: -12 and "),
        (LINE.replace(":12}", ":12.0}"), "no head: 12.0 and "),
        (LINE.replace(SIGNED.head.root.hex(), "ab"), "no head: 12 and 'ab'"),
        (LINE.replace(PUBLIC, "ab"), "no public key: 'ab'"),
        (LINE.replace(SIGNED.signature, "ab"), "no signature: 'ab'"),
        (LINE.replace("2015-02-03", "3 Feb"), "does not match format"),
        (LINE.replace('"2015-02-03T09:30:00.000000Z"', "7"), "must be str"),
        (LINE.replace(",", ", "), "written otherwise than Regard writes it"),
        (LINE + "\r", "written otherwise"),
    ],
)
def test_malformed_line_is_named_by_its_number(witness, line, said):
    lines = witness.read_text(encoding="utf-8").splitlines()
    witness.write_text(
        "\n".join([*lines[:2], line, *lines[2:]]) + "\n", encoding="utf-8", newline=""
    )

    with pytest.raises(FileRefused, match=r"witness\.jsonl, row 3: ") as refused:
        read_witness(witness)

    assert len(refused.value.problems) == 1
    assert said in refused.value.problems[0].what


def test_bytes_that_are_no_text_are_named_by_their_line(witness):
    witness.write_bytes(b"\xff\n" + witness.read_bytes())

    with pytest.raises(FileRefused, match="row 1: "):
        read_witness(witness)


def test_line_that_was_cut_off_is_refused_and_nothing_is_welded_to_it(witness):
    witness.write_bytes(witness.read_bytes()[:-20])
    before = witness.read_bytes()

    with pytest.raises(FileRefused, match="row 4: the last line was cut off"):
        append_witness(witness, SIGNED)

    assert witness.read_bytes() == before


def test_witness_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(FileUnreadable, match="No such file"):
        read_witness(tmp_path / "witness.jsonl")


def test_witness_that_cannot_be_added_to_is_refused(tmp_path):
    with pytest.raises(NotStored, match="no head could be added"):
        append_witness(tmp_path / "nowhere" / "witness.jsonl", SIGNED)


@given(st.integers(0, 19))
def test_register_written_anew_is_doubted_at_the_first_head_that_covered_the_change(place):
    witnessed = [sign_head(TREE.head(size), AT, KEY) for size in (3, 8, 20)]
    anew = Tree([*LEAVES[:place], LEAVES[0] + b"" if place else LEAVES[1], *LEAVES[place + 1 :]])

    doubt = first_doubt(witnessed, anew, PUBLIC)

    assert doubt is not None
    assert doubt.line == 1 + sum(place >= size for size in (3, 8))
    assert "the head of those entries is" in str(doubt)


def test_register_whose_end_was_cut_is_doubted(witness):
    doubt = first_doubt(read_witness(witness), Tree(LEAVES[:19]), PUBLIC)

    assert (doubt.line, doubt.reason) == (4, "the register has only 19 entries now")


def test_head_in_the_witness_that_the_key_did_not_sign_is_doubted(witness):
    append_witness(witness, sign_head(TREE.head(20), AT, OTHER))

    doubt = first_doubt(read_witness(witness), TREE, PUBLIC)

    assert (doubt.line, doubt.reason) == (5, f"the key {PUBLIC[:12]} did not sign it")


def test_without_a_witness_a_register_written_anew_is_not_found():
    anew = Tree([LEAVES[1], *LEAVES[1:]])

    assert first_doubt([], anew, PUBLIC) is None
