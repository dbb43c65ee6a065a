"""The journal as JSON lines."""

from __future__ import annotations

import io
import json
import stat

import pytest

from regard.core.errors import NotStored, RegisterDamaged
from regard.register.canonical import canonical
from regard.register.erasing import erase
from regard.register.exporting import export_register, exported, head_of_line, row_of_line
from register.forces import World, concern, speaker
from register.tampering import rows_of, tamper
from register.watching import past_the_journal


def test_the_first_line_says_the_head_and_each_other_is_an_entry(world: World):
    first, *lines = exported(world.register)

    assert head_of_line(first) == world.register.head()
    assert [row_of_line(line) for line in lines] == rows_of(world.register)


def test_each_line_is_canonical_json(world):
    for line in exported(world.register):
        assert canonical(json.loads(line)).encode() + b"\n" == line


def test_a_line_of_what_was_erased_has_no_words_and_names_the_decision(world):
    lead = speaker("avon", "spr-lead")
    seq = world.enter(concern("avon", text="Alice"), "concern:a", lead).seq
    keeper = speaker("avon", "register-keeper")
    erased = erase(world.register, [seq], by=keeper, reason="it named somebody")

    line = list(exported(world.register))[seq]

    held = json.loads(line)
    assert (held["words"], held["salt"], held["erased_by"]) == (None, None, erased.decision.seq)
    assert row_of_line(line) == rows_of(world.register)[seq - 1]


@pytest.mark.parametrize(
    "change",
    [
        lambda line: line[:-1],
        lambda line: line.replace(b'"seq":', b'"seq": '),
        lambda line: line.replace(b'"seq":2,', b'"seq":2.0,'),
        lambda line: line.replace(b'"seq":2,', b'"seq":"2",'),
        lambda line: line.replace(b'"version":1', b'"version":true'),
        lambda line: line.replace(b'"kind":"party",', b""),
        lambda line: line.replace(b'"salt":"', b'"salt":"\\u0030'),
        lambda line: line.replace(b'"erased_by":null', b'"erased_by":[]'),
        lambda line: b'{"words":' * 9 + line,
        lambda line: b"[" * 100_000 + line,
        lambda _: b"\xff\n",
        lambda _: b"\n",
    ],
)
def test_a_line_written_otherwise_is_none(world, change):
    line = list(exported(world.register))[2]

    with pytest.raises((ValueError, RecursionError)):
        row_of_line(change(line))


@pytest.mark.parametrize(
    "line", [b"", b"[]\n", b"{}\n", b'{"form":"regard-register/1","root":"00","size":1}\n']
)
def test_a_first_line_that_says_no_head_is_none(line):
    with pytest.raises(ValueError):
        head_of_line(line)


def test_it_goes_to_a_new_file_that_its_owner_alone_reads_or_to_a_pipe(world, tmp_path):
    file, pipe = tmp_path / "all.jsonl", io.BytesIO()

    export_register(world.register, file, pipe)
    export_register(world.register, None, pipe)

    assert file.read_bytes() == pipe.getvalue() == b"".join(exported(world.register))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(NotStored, match="there already"):
        export_register(world.register, file, pipe)


@past_the_journal
def test_a_journal_with_a_gap_is_not_written_out(world, tmp_path):
    tamper(world.register, "DELETE FROM entry WHERE seq = 5")
    file = tmp_path / "all.jsonl"

    with pytest.raises(RegisterDamaged, match="entry 5"):
        export_register(world.register, file, io.BytesIO())

    assert not list(tmp_path.glob("*all*"))
