"""`regard register`: verify, prove, check, copies out and back, heads and the witness."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from regard.register import check_proof


@pytest.fixture
def kept(regard, monkeypatch):
    monkeypatch.setenv("REGARD_POST", "west-midlands-keeper")
    regard("register", "found", "west-midlands", "--name", "West Midlands")
    return regard


def head_of(regard) -> str:
    return json.loads(regard("register", "heads", "--json").out)["head"]


def test_a_whole_register_verifies_and_says_what_was_not_proved(kept):
    told = kept("register", "verify", "--projections", "--head", head_of(kept))
    alone = kept("register", "verify")

    assert told.code == alone.code == 0
    assert "3 entries verified" in told.out
    assert "holds" in told.out
    assert "Not proved" not in told.out
    assert "Not proved" in alone.out


def test_the_first_bad_entry_is_named_with_a_code_of_its_own(kept, tmp_path):
    with closing(sqlite3.connect(tmp_path / "home" / "register.sqlite3")) as past:
        past.execute("DROP TRIGGER body_refuses_update")
        past.execute("UPDATE body SET words = '{}' WHERE seq = 2")
        past.commit()

    told = kept("register", "verify")

    assert told.code == 25
    assert "The first bad entry is entry 2 (party:west-midlands-keeper): its words" in told.out
    assert "Next:" in told.err


def test_a_proof_is_checked_by_regard_and_by_the_script_alone(kept, tmp_path):
    proof, growth = tmp_path / "proof.json", tmp_path / "growth.json"
    kept("register", "prove", 2, "--words", "--out", proof)
    kept("register", "prove", "--from", 1, "--out", growth)

    told = kept("register", "check", proof, "--head", head_of(kept))
    grown = kept("register", "check", growth)
    script = subprocess.run(
        [sys.executable, check_proof.__file__, proof, head_of(kept)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert told.code == grown.code == script.returncode == 0
    assert told.out == script.stdout
    assert "Entry 2 stands in the register" in told.out
    assert "begins with all of the register" in grown.out


def test_a_proof_that_was_changed_proves_nothing(kept, tmp_path):
    proof = tmp_path / "proof.json"
    kept("register", "prove", 2, "--out", proof)
    proof.write_text(proof.read_text().replace('"version": 1', '"version": 2'))

    told = kept("register", "check", proof)

    assert told.code == 25
    assert "Not proven" in told.err


@pytest.mark.parametrize(
    ("words", "code"), [((), 14), ((2, "--from", 1), 14), ((9,), 15), (("--from", 9), 14)]
)
def test_what_cannot_be_proved_is_refused(kept, words, code):
    assert kept("register", "prove", *words).code == code


def test_an_export_goes_round_byte_for_byte(kept, regard_at, tmp_path):
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    kept("register", "export", "--out", first)

    told = regard_at("other", "register", "import", first)
    regard_at("other", "register", "export", "--out", second)

    assert "Brought in and verified: 3 entries" in told.out
    assert first.read_bytes() == second.read_bytes()
    assert regard_at("other", "register", "import", first).code == 25


def test_a_bad_line_is_refused_by_its_number(kept, regard_at, tmp_path):
    file = tmp_path / "all.jsonl"
    kept("register", "export", "--out", file)
    file.write_bytes(file.read_bytes().replace(b"Register keeper", b"Register reader"))

    told = regard_at("other", "register", "import", file)

    assert told.code == 11
    assert "all.jsonl, line 3" in told.err


def test_a_backup_comes_back_and_a_changed_one_does_not(kept, regard_at, tmp_path):
    file = tmp_path / "kept.backup"
    assert "3 entries" in kept("register", "backup", file).out

    told = regard_at("other", "register", "restore", file)
    held = bytearray(file.read_bytes())
    held[40] ^= 1
    file.write_bytes(held)
    changed = regard_at("third", "register", "restore", file)

    assert told.code == 0
    assert changed.code == 12
    assert "its bytes are not those that were written" in changed.err
    assert kept("register", "backup", file).code == 22


def test_projections_are_made_anew(kept):
    told = kept("register", "rebuild")

    assert "They are identical" in told.out


def test_a_witness_keeps_signed_heads(kept, tmp_path):
    key, witness = tmp_path / "key.pem", tmp_path / "witness.jsonl"
    public = kept("register", "key", key).out.strip()

    told = kept("register", "witness", witness, "--key", key)
    verified = kept("register", "verify", "--witness", witness, "--key", public)

    assert "signed" in told.out
    assert verified.code == 0
    assert "line 1 of witness.jsonl" in verified.out.lower()
