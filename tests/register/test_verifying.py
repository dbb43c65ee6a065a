"""Verification: whole or not, the first bad entry, and what was proved."""

from __future__ import annotations

from pathlib import Path

import pytest

from regard.core.errors import DefinitionRefused, RegisterDamaged
from regard.register.checking import Part
from regard.register.erasing import erase
from regard.register.signing import append_witness, new_key, read_key, sign_head
from regard.register.verifying import verify
from register.forces import World, concern, observation, speaker
from register.tampering import mend_head, rewrite_suffix, rows_of, tamper
from register.watching import past_the_journal

LEAD = speaker("avon", "spr-lead")


@pytest.fixture
def told(world: World) -> World:
    """A register in which something was said on six subjects, and answered on one."""
    for number in range(6):
        world.enter(concern("avon", text=f"concern {number}"), f"concern:c-{number}", LEAD)
    world.enter(concern("avon", text="it grew worse"), "concern:c-1", LEAD)
    return world


def seq_of(world: World, number: int) -> int:
    return world.register.view(LEAD).history(f"concern:c-{number}")[0].seq


def test_a_register_as_it_was_written_is_whole(told):
    found = verify(told.register, projections=True)

    assert found.whole
    assert found.head == told.register.head()
    assert found.said()[0].startswith(f"{found.head.size:,} entries verified")
    assert "Not proved" in found.said()[-1]


def test_what_was_erased_by_a_decision_is_whole(told):
    keeper = speaker("avon", "register-keeper")
    erase(told.register, [seq_of(told, 1)], by=keeper, reason="named somebody")

    found = verify(told.register, projections=True)

    assert found.whole
    assert found.erased == 1


EDITS = {
    "words": ("UPDATE body SET words = '{{}}' WHERE seq = {n}", Part.WORDS),
    "salt": ("UPDATE body SET salt = '{zeros}' WHERE seq = {n}", Part.WORDS),
    "no words": ("DELETE FROM body WHERE seq = {n}", Part.WORDS),
    "post": ("UPDATE entry SET post = 'party:mercia/reader' WHERE seq = {n}", Part.HEADER),
    "time": (
        "UPDATE entry SET recorded = '2001-01-01T00:00:00.000000Z' WHERE seq = {n}",
        Part.HEADER,
    ),
    "version": ("UPDATE entry SET version = 7 WHERE seq = {n}", Part.HEADER),
    "own hash": ("UPDATE entry SET hash = '{zeros}{zeros}' WHERE seq = {n}", Part.HEADER),
    "link": ("UPDATE entry SET previous = '{zeros}{zeros}' WHERE seq = {n}", Part.LINK),
    "taken out": ("DELETE FROM entry WHERE seq = {n}", Part.MISSING),
    "moved": ("UPDATE entry SET seq = {n} + 1000 WHERE seq = {n}", Part.MISSING),
    "erased by nobody": ("INSERT INTO erasure (seq, decision) VALUES ({n}, 3)", Part.ERASURE),
    "gone by no decision": (
        "INSERT INTO erasure (seq, decision) VALUES ({n}, {n} + 1);"
        "DELETE FROM body WHERE seq = {n}",
        Part.ERASURE,
    ),
}


@past_the_journal
@pytest.mark.parametrize("edit", EDITS)
def test_the_first_entry_that_was_changed_is_named(told, edit):
    seq = seq_of(told, 2)
    statements, part = EDITS[edit]
    tamper(told.register, *statements.format(n=seq, zeros="0" * 32).split(";"))

    found = verify(told.register)

    assert (found.bad.seq, found.bad.part) == (seq, part)
    assert not found.whole
    with pytest.raises(RegisterDamaged, match=f"entry {seq}"):
        found.must_be_whole()


@past_the_journal
def test_two_entries_that_changed_places_are_told_by_the_first(told):
    first, second = seq_of(told, 2), seq_of(told, 4)
    swap = "UPDATE {table} SET seq = {to} WHERE seq = {of}"
    steps = ((-1, first), (first, second), (second, -1))
    tamper(
        told.register,
        *(swap.format(table=one, to=to, of=of) for one in ("entry", "body") for to, of in steps),
    )

    found = verify(told.register)

    assert (found.bad.seq, found.bad.part) == (first, Part.PLACE)
    assert f"it was entered as number {second}" in found.bad.told


@past_the_journal
def test_a_suffix_written_anew_is_found_only_by_what_was_kept_outside(told):
    before = told.register.head()
    seq = seq_of(told, 2)
    rewrite_suffix(told.register, seq, '{"text":"another"}')

    alone, compared = verify(told.register), verify(told.register, heads=[before.said])

    assert alone.whole
    assert any("Not proved" in line for line in alone.said())
    assert (compared.bad.part, compared.bad.seq) == (Part.OUTSIDE, 1)
    assert not compared.whole


@past_the_journal
def test_heads_kept_outside_narrow_where_the_rewriting_began(told):
    heads = []
    for number in range(3):
        told.enter(observation("avon"), f"observation:late-{number}", LEAD)
        heads.append(told.register.head())
    rewrite_suffix(told.register, heads[1].size, '{"text":"another"}')

    found = verify(told.register, heads=[one.said for one in heads])

    assert found.bad.seq == heads[1].size
    assert [one.holds for one in found.claims] == [True, False, False]


@past_the_journal
def test_an_entry_replaced_alone_is_named_by_the_link_after_it(told):
    seq = seq_of(told, 2)
    rows = rows_of(told.register)
    rewrite_suffix(told.register, seq, '{"text":"another"}')
    back = [
        f"UPDATE entry SET body = '{row[10]}', previous = '{row[11]}', hash = '{row[12]}' "
        f"WHERE seq = {row[0]}"
        for row in rows[seq:]
    ]
    tamper(told.register, *back)

    found = verify(told.register)

    assert (found.bad.seq, found.bad.part) == (seq, Part.REPLACED)


@past_the_journal
def test_entries_cut_off_the_end_are_missing_by_the_head(told):
    size = told.register.head().size
    tamper(told.register, f"DELETE FROM entry WHERE seq > {size - 2}")

    found = verify(told.register)

    assert (found.bad.seq, found.bad.part) == (size - 1, Part.MISSING)


@past_the_journal
def test_entries_cut_off_with_the_head_mended_are_missed_without_a_head_from_outside(told):
    before = told.register.head()
    tamper(told.register, *(
        f"DELETE FROM {one} WHERE seq > {before.size - 2}" for one in ("entry", "body")
    ))  # fmt: skip
    mend_head(told.register)

    alone, compared = verify(told.register), verify(told.register, heads=[before.said])

    assert alone.whole
    assert (compared.bad.seq, compared.bad.part) == (before.size - 1, Part.OUTSIDE)


@past_the_journal
@pytest.mark.parametrize(
    ("statement", "part"),
    [
        ("UPDATE head SET size = size - 1", Part.HEAD),
        ("UPDATE head SET size = size + 64", Part.HEAD),
        ("UPDATE head SET last = '{zeros}'", Part.HEAD),
        ("UPDATE head SET peaks = 'x' || peaks", Part.HEAD),
        ("DELETE FROM head", Part.HEAD),
    ],
)
def test_a_head_that_was_changed_is_told_from_an_entry_that_was(told, statement, part):
    tamper(told.register, statement.format(zeros="0" * 64))

    found = verify(told.register)

    assert found.bad.part is part


@past_the_journal
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE version SET about = 'measure:psus' WHERE seq = {n}",
        "DELETE FROM version WHERE seq = {n}",
        "DELETE FROM edge WHERE seq = {n}",
        "UPDATE edge SET target = 'measure:psus' WHERE seq = {n}",
    ],
)
def test_projections_that_were_changed_are_found_when_they_are_compared(told, statement):
    seq = seq_of(told, 2)
    tamper(told.register, statement.format(n=seq))

    alone, compared = verify(told.register), verify(told.register, projections=True)

    assert alone.whole
    assert (compared.bad.seq, compared.bad.part) == (seq, Part.PROJECTION)


@past_the_journal
def test_a_projection_of_no_entry_is_found(told):
    tamper(
        told.register,
        "INSERT INTO edge (id, seq, subject, type, source, target) "
        "VALUES (99999999, 90000, 'a', 'b', 'c', 'd')",
    )

    found = verify(told.register, projections=True)

    assert (found.bad.seq, found.bad.part) == (90_000, Part.PROJECTION)


@past_the_journal
def test_words_of_no_entry_are_found(told):
    tamper(told.register, "INSERT INTO body (seq, salt, words) VALUES (90000, '', '')")

    assert verify(told.register).bad.seq == 90_000


def test_a_witness_file_is_compared_line_by_line(told, tmp_path: Path):
    file, key = tmp_path / "witness.jsonl", tmp_path / "key.pem"
    public = new_key(key)
    append_witness(file, sign_head(told.register.head(), told.clock(), read_key(key)))
    told.enter(observation("avon"), "observation:late", LEAD)

    found = verify(told.register, witness=file, key=public)
    unsigned = verify(told.register, witness=file)
    stranger = verify(told.register, witness=file, key="0" * 64)

    assert found.whole
    assert f"Proved by heads kept outside: the first {found.claims[0].size:,}" in str(found.said())
    assert "signatures of the witness file were not checked" in str(unsigned.said())
    assert not stranger.whole
    assert "did not sign it" in str(stranger.said())


def test_a_head_that_is_none_is_refused(told):
    with pytest.raises(DefinitionRefused, match="131 apples"):
        verify(told.register, heads=["131 apples"])


def test_progress_is_told(told):
    seen: list[int] = []

    verify(told.register, progress=lambda _what, _rows, done, total: seen.append(done * 2 - total))

    assert seen == [told.register.head().size]


def test_a_head_that_may_be_mistyped_is_to_be_read_again_first(told):
    mistyped = told.register.head().said.split(" · ")[0] + " · 000000000000"

    found = verify(told.register, heads=[mistyped])

    with pytest.raises(RegisterDamaged) as refusal:
        found.must_be_whole()
    assert refusal.value.next_step.startswith("read the head and the key that were given once more")
