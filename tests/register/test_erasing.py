"""Lawful erasure: the words go everywhere, the proof stays."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from regard.core.errors import AccessRefused, DefinitionRefused, EntryRefused
from regard.register.access import EVERYTHING
from regard.register.backing_up import back_up, restore
from regard.register.database import file_of
from regard.register.erasing import clear, erase
from regard.register.exporting import exported
from regard.register.kinds import Concern, Judgement, changed
from regard.register.proofs import Proven, check
from regard.register.proving import prove
from regard.register.rebuilding import rebuild
from regard.register.verifying import verify
from register.forces import SPR, World, concern, counts, judgement, speaker
from register.watching import past_the_journal

LEAD, KEEPER = speaker("avon", "spr-lead"), speaker("avon", "register-keeper")
CANARY = "Zebediah Quillfeather"


def said(world: World, text: str = CANARY, subject: str = "concern:a") -> int:
    return world.enter(concern("avon", text=text), subject, LEAD).seq


def test_the_words_are_gone_and_the_entry_and_its_proof_stand(world):
    seq = said(world)
    before = world.register.head()
    proof = prove(world.register, world.register.view(LEAD), seq)

    erased = erase(world.register, [seq], by=KEEPER, reason="it named somebody", power="UK GDPR")

    entry = world.register.view(LEAD).one("concern:a")
    after = prove(world.register, world.register.view(LEAD), seq)
    assert entry.held is None
    assert erased.decision.value.erased == (seq,)
    assert isinstance(check(proof.as_json(), head=before), Proven)
    assert isinstance(check(after.as_json(), head=world.register.head()), Proven)
    assert verify(world.register, projections=True, heads=[before.said]).whole
    with pytest.raises(DefinitionRefused, match="were erased"):
        prove(world.register, world.register.view(LEAD), seq, words=True)


def test_no_byte_of_the_words_is_left_in_any_file(world, tmp_path):
    if world.register.connection.vendor != "sqlite":
        pytest.skip("a server keeps its files itself; its tables are asked in another test")
    for number in range(30):
        said(world, f"{CANARY} " * 300, f"concern:long-{number}")
    seqs = [world.register.view(LEAD).one(f"concern:long-{n}").seq for n in range(30)]
    files = [file_of(world.register.home), *world.register.home.glob("register*")]
    assert any(CANARY.encode() in one.read_bytes() for one in files)  # the grep can find it

    told = erase(world.register, seqs, by=KEEPER, reason="they named somebody")

    kept = back_up(world.register, tmp_path / "kept.backup").file
    restore(kept, tmp_path / "other", url="")
    (tmp_path / "all.jsonl").write_bytes(b"".join(exported(world.register)))
    everything = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert told.cleared
    assert len(everything) >= 4
    assert [one for one in everything if CANARY.encode() in one.read_bytes()] == []


def test_no_table_holds_the_words_any_more(world):
    erase(world.register, [said(world)], by=KEEPER, reason="it named somebody")

    with world.register.connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM body WHERE words LIKE %s", [f"%{CANARY}%"])
        assert cursor.fetchone()[0] == 0


def test_a_reader_that_stands_in_the_way_is_told(world):
    if world.register.connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's readers hold no log")
    seq = said(world)
    with closing(sqlite3.connect(file_of(world.register.home))) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM entry").fetchall()
        world.register.connection.ensure_connection()
        with world.register.connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout=50")

        told = erase(world.register, [seq], by=KEEPER, reason="it named somebody")

    assert not told.cleared
    assert "regard register clear" in told.told
    assert clear(world.register)[0]


@past_the_journal
def test_an_erased_answer_still_stands_before_what_it_answered(world):
    first = said(world, "it is bad")
    second = world.enter(concern("avon", text=CANARY), "concern:a", LEAD).seq

    told = erase(world.register, [second], by=KEEPER, reason="it named somebody")

    found = world.register.view(LEAD).all(Concern, scope="party:avon")
    assert [(one.seq, one.held) for one in found] == [(second, None)]
    assert told.others == (first,)
    assert rebuild(world.register).identical


@past_the_journal
def test_a_subject_without_words_is_found_by_its_name_alone(world):
    by = speaker("avon", "business-lead")
    seq = world.enter(judgement("avon", 1, reason=CANARY), "judgement:a", by).seq

    erase(world.register, [seq], by=KEEPER, reason="it named somebody")

    view = world.register.view(EVERYTHING)
    assert view.all(Judgement, edition=SPR) == ()
    assert view.one("judgement:a").held is None
    assert rebuild(world.register).identical


def test_who_may_not_erase_is_refused_and_nothing_is_written(world):
    seq = said(world)
    before = counts(world.register)

    for by in (LEAD, speaker("mercia", "register-keeper")):
        with pytest.raises(AccessRefused):
            erase(world.register, [seq], by=by, reason="it named somebody")

    assert counts(world.register) == before


def test_what_may_not_be_erased_is_refused_with_the_reason(world):
    erased = erase(world.register, [said(world)], by=KEEPER, reason="it named somebody")
    view = world.register.view(EVERYTHING)
    before = counts(world.register)
    wrong = {
        erased.decision.seq: "is a decision to erase",
        erased.seqs[0]: "were erased before",
        10_000: "no entry 10,000",
        view.one("party:avon/spr-lead").seq: "the last version of",
        view.one("party:avon/holder-spr-lead").seq: "an edition or an account",
        view.one(SPR).seq: "an edition or an account",
    }

    for seq, told in wrong.items():
        with pytest.raises(EntryRefused, match=told):
            erase(world.register, [seq], by=KEEPER, reason="it named somebody")
    with pytest.raises(EntryRefused, match="no entry was named"):
        erase(world.register, [], by=KEEPER, reason="it named somebody")

    assert counts(world.register) == before


def test_a_post_that_was_renamed_can_lose_its_earlier_name(world):
    named = "party:avon/spr-lead"
    entry = world.register.view(EVERYTHING).one(named)
    world.enter(changed(entry.value, name="SPR lead"), named, world.house, shared=True)

    erase(world.register, [entry.seq], by=KEEPER, reason="it named somebody")

    assert world.register.view(LEAD).one(named).value.name == "SPR lead"
    assert verify(world.register, projections=True).whole
