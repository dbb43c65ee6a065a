"""One way to write and one to read: acts that stand whole or not at all, two writers, the clock."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.db import DatabaseError

from regard.core.errors import (
    EntryRefused,
    RegisterBusy,
    RegisterDamaged,
    RegisterMissing,
)
from regard.register import acting, database
from regard.register.access import EVERYTHING
from regard.register.kinds import Concern, Edition, changed
from regard.register.register import Register
from regard.register.tree import head_said, root
from register import forces
from register.forces import FORCES, counts, speaker
from register.watching import past_the_journal

LEAD = speaker(FORCES[0], "spr-lead")


def test_founding_gives_a_body_its_keeper_and_an_account(tmp_path, fresh_database):
    with fresh_database() as url:
        register, keeper = Register.found(tmp_path / "r", body="essex", name="Essex", url=url)

        view = register.view(keeper)

        assert view.one("party:essex").value.name == "Essex"
        assert [one.force for one in view.entries()] == ["party:essex"] * 3
        with pytest.raises(RegisterDamaged, match="stands here already"):
            Register.found(tmp_path / "r", body="kent", name="Kent", url=url)
        register.close()


def test_opening_where_nothing_was_founded_is_refused(tmp_path, fresh_database):
    with fresh_database() as url, pytest.raises(RegisterMissing, match="no register was founded"):
        Register.open(tmp_path, url=url)


def test_an_error_within_an_act_leaves_nothing(world, monkeypatch):
    monkeypatch.setattr(acting, "AT_ONCE", 2)
    before = (world.register.head(), counts(world.register))

    with pytest.raises(ZeroDivisionError), world.register.acting(LEAD) as act:  # noqa: PT012
        for number in range(5):
            act.enter(forces.concern(FORCES[0]), subject=f"concern:{number}")
        raise ZeroDivisionError

    assert (world.register.head(), counts(world.register)) == before


def test_a_refusal_that_is_caught_leaves_the_rest_of_the_act(world):
    with world.register.acting(LEAD) as act:
        act.enter(forces.concern(FORCES[0]), subject="concern:a")
        with pytest.raises(EntryRefused):
            act.enter(forces.concern(FORCES[0]), subject="measure:b")
        act.enter(forces.concern(FORCES[0]), subject="concern:c")

    view = world.register.view(LEAD)
    assert [one.subject for one in view.all(Concern)] == ["concern:a", "concern:c"]


@pytest.mark.parametrize("table", ["BODY", "VERSION", "EDGE"])
def test_an_act_whose_writing_failed_half_way_takes_no_more(world, monkeypatch, table):
    before = (world.register.head(), counts(world.register))
    broken = acting.__dict__[table]
    monkeypatch.setattr(acting, table, type(broken)("no_such_table", broken.columns))

    with pytest.raises((EntryRefused, RegisterDamaged)), world.register.acting(LEAD) as act:  # noqa: PT012
        act.enter(forces.concern(FORCES[0]), subject="concern:a")
        with pytest.raises(DatabaseError):
            act.flush()
        monkeypatch.undo()
        act.enter(forces.concern(FORCES[0]), subject="concern:b")

    assert (world.register.head(), counts(world.register)) == before


def test_an_act_that_has_ended_takes_no_entry(world):
    with world.register.acting(LEAD) as act:
        act.enter(forces.concern(FORCES[0]), subject="concern:a")

    with pytest.raises(EntryRefused, match="has ended"):
        act.enter(forces.concern(FORCES[0]), subject="concern:b")


def test_an_act_within_an_act_is_refused(world):
    with world.register.acting(LEAD) as act:
        act.enter(forces.concern(FORCES[0]), subject="concern:a")
        with pytest.raises(EntryRefused, match="act within an act"):
            world.enter(forces.concern(FORCES[0]), "concern:b", LEAD)

    assert world.register.view(LEAD).find("concern:a") is not None


def test_two_writers_at_once_both_stand_and_the_chain_holds(world):
    register, each = world.register, 15
    begun, refusals = threading.Barrier(2), []

    def write(name: str) -> None:
        try:
            begun.wait()
            for number in range(each):
                world.enter(forces.concern(FORCES[0]), f"concern:{name}/{number}", LEAD)
        except Exception as refusal:  # whatever it is, the test must tell it
            refusals.append(refusal)
        finally:
            register.close()

    before = register.head().size
    writers = [threading.Thread(target=write, args=(name,)) for name in ("one", "two")]
    for one in writers:
        one.start()
    for one in writers:
        one.join()

    assert refusals == []
    entries = register.view(EVERYTHING).entries(limit=10_000)
    assert len(entries) == before + 2 * each
    assert [one.seq for one in entries] == list(range(1, len(entries) + 1))
    assert all(now.previous == was.hash for was, now in zip(entries, entries[1:], strict=False))
    assert all(was.recorded <= now.recorded for was, now in zip(entries, entries[1:], strict=False))
    assert register.head().root == root(bytes.fromhex(one.hash) for one in entries)


def test_whoever_looked_before_another_wrote_is_refused(world):
    first = world.enter(forces.concern(FORCES[0]), "concern:x", LEAD, after=0)
    world.enter(forces.concern(FORCES[0]), "concern:x", LEAD, after=first.seq)

    with pytest.raises(EntryRefused, match="since it was looked at"):
        world.enter(forces.concern(FORCES[0]), "concern:x", LEAD, after=first.seq)


def test_a_writer_that_waits_too_long_is_told_that_the_register_is_busy(world, monkeypatch):
    monkeypatch.setattr(acting, "PATIENCE", 1)
    register, held, done, told = world.register, threading.Event(), threading.Event(), []

    def wait() -> None:
        held.wait()
        if register.connection.vendor == "sqlite":
            with register.connection.cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout = 100")
        try:
            world.enter(forces.concern(FORCES[0]), "concern:late", LEAD)
        except RegisterBusy as refusal:
            told.append(refusal)
        finally:
            register.close()
            done.set()

    waiting = threading.Thread(target=wait)
    waiting.start()
    with register.acting(LEAD) as act:
        act.enter(forces.concern(FORCES[0]), subject="concern:first")
        held.set()
        assert done.wait(20)
    waiting.join()

    assert "another writer held the register" in str(told[0])
    assert register.view(LEAD).find("concern:late") is None


def test_the_clock_never_goes_back(world):
    first = world.enter(forces.concern(FORCES[0]), "concern:a", LEAD)
    world.clock.now -= timedelta(days=30)

    second = world.enter(forces.concern(FORCES[0]), "concern:b", LEAD)

    assert second.recorded == first.recorded
    assert second.effective == first.effective


def test_a_clock_of_another_zone_says_the_same_instant_and_its_day_in_utc(world):
    ahead = datetime(2015, 6, 1, 1, 30, tzinfo=timezone(timedelta(hours=3)))
    world.register.clock = lambda: ahead

    entry = world.enter(forces.concern(FORCES[0]), "concern:a", LEAD)

    assert entry.recorded == ahead
    assert entry.recorded.tzinfo is UTC
    assert entry.effective == date(2015, 5, 31)


def test_what_all_share_stays_shared_when_it_is_amended(world):
    value = world.register.view(EVERYTHING).one("edition:running").value
    world.enter(changed(value, label="the list"), "edition:running", world.house)

    seen = world.register.view(speaker(FORCES[1], "reader")).one("edition:running")

    assert (seen.force, seen.version, seen.value.label) == ("", 2, "the list")
    assert isinstance(seen.value, Edition)


def test_the_printed_head_is_that_of_the_entries(world):
    entries = world.register.view(EVERYTHING).entries(limit=10_000)

    printed = head_said(len(entries), root(bytes.fromhex(one.hash) for one in entries))

    assert world.register.head().said == printed


@past_the_journal
def test_a_journal_without_its_head_takes_nothing(world):
    with world.register.connection.cursor() as cursor:
        cursor.execute("DELETE FROM head")

    with pytest.raises(RegisterDamaged, match="no head"):
        world.enter(forces.concern(FORCES[0]), "concern:a", LEAD)


def test_a_register_of_a_folder_lies_in_its_file(tmp_path):
    register, _ = Register.found(tmp_path, body="kent", name="Kent", url="")

    assert database.file_of(tmp_path).is_file()
    assert Register.open(tmp_path, url="").head() == register.head()
    register.close()
