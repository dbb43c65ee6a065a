"""T1: every write stands in the journal, in the transaction of its entry."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps
from django.db import transaction

from regard.core.errors import AccessRefused, EntryRefused
from regard.register import acting
from regard.register.kinds import Act, Cycle, Stage, changed
from register import forces
from register.forces import FORCES, PSUS, World, body, speaker
from register.watching import Watch, past_the_journal, watched


def table(name: str):
    """A model of the register; its module cannot be imported before the register is set up."""
    return apps.get_model("register", name)


def whole_round(world: World) -> None:
    """A round from its opening to its close, with every sort of act."""
    force = FORCES[0]
    lead, chief = speaker(force, "spr-lead"), speaker(force, "chief-officer")
    board, officer = speaker(force, "board-member"), speaker(force, "governance-officer")
    cycle = world.round(force)
    with world.register.acting(speaker(force, "business-lead")) as act:
        for aspect in ("capacity", "capability"):
            value = forces.judgement(force, 1, cycle=cycle, aspect=aspect)
            act.enter(value, subject=world.fresh("judgement"))
    said = world.judged(force, 2, lead, cycle=cycle)
    world.judged(force, 3, speaker(force, "independent-reviewer"), cycle=cycle, answers=said.seq)
    value = forces.decision(
        force, act=Act.SIGN_OFF, cycle=cycle, scope=body(force), stage=Stage.TAKEN
    )
    world.enter(value, world.fresh("decision"), chief)
    world.judged(force, 0, board, cycle=cycle, scale="board@1", level="assured")
    paper = forces.document(force, rests_on=(PSUS,))
    named = world.enter(paper, world.fresh("document"), officer).subject
    world.enter(changed(paper, stage="issued"), named, officer)
    held: Cycle = world.register.view(lead).one(cycle).value
    world.enter(changed(held, stage="closed"), cycle, lead)
    with pytest.raises(EntryRefused):
        world.judged(force, 2, lead, cycle=cycle)
    with pytest.raises(AccessRefused):
        world.enter(forces.meeting(force), world.fresh("meeting"), lead)


def test_every_write_of_a_whole_round_stands_with_an_entry(world, monkeypatch):
    monkeypatch.setattr(acting, "AT_ONCE", 1)  # so that acts write more than once

    with watched(world.register.connection) as watch:
        whole_round(world)

    assert watch.writes >= 40
    assert watch.orphans == []


def _orphans(world: World, plant) -> Watch:
    with watched(world.register.connection) as watch:
        whole_round(world)
        plant()
    return watch


@past_the_journal
def test_fault_a_saved_row_is_caught(world):
    alias = world.register.alias

    def plant():
        row = table("EdgeRow")(
            id=1, seq=1, subject="concern:x", type="names", source="a:b", target="c:d"
        )
        row.save(using=alias)

    assert _orphans(world, plant).orphans


@past_the_journal
def test_fault_a_changed_head_is_caught(world):
    alias = world.register.alias

    def plant():
        table("HeadRow").objects.using(alias).update(size=1)

    assert _orphans(world, plant).orphans


@past_the_journal
def test_fault_a_raw_row_of_a_projection_is_caught_within_a_transaction_of_its_own(world):
    register = world.register

    def plant():
        with transaction.atomic(using=register.alias), register.connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO version (seq, kind, subject, effective, scope, about, cycle, edition) "
                "VALUES (99999, 'concern', 'concern:x', '2015-01-01', '', '', '', '')"
            )

    assert _orphans(world, plant).orphans
    assert table("VersionRow").objects.using(register.alias).filter(seq=99999).exists()


@past_the_journal
def test_an_entry_without_its_act_cannot_be_saved_over_another(world):
    row = table("EntryRow").objects.using(world.register.alias).get(seq=3)
    row.post = "party:somebody-else"

    with pytest.raises(Exception, match="only grows"):
        row.save(using=world.register.alias)


def test_an_entry_is_effective_on_the_day_that_is_said(world):
    day = date(2014, 12, 1)

    entry = world.enter(
        forces.concern(FORCES[0]), "concern:a", speaker(FORCES[0], "spr-lead"), effective=day
    )

    assert (entry.effective, entry.version) == (day, 1)


def test_many_entries_of_one_act_are_one_chain(world, monkeypatch):
    monkeypatch.setattr(acting, "AT_ONCE", 7)
    with world.register.acting(speaker(FORCES[0], "spr-lead")) as act:
        made = [
            act.enter(forces.concern(FORCES[0]), subject=f"concern:{number}")
            for number in range(20)
        ]

    assert [one.previous for one in made[1:]] == [one.hash for one in made[:-1]]
    assert world.register.head().size == made[-1].seq
