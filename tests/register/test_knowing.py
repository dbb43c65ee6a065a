"""What a transaction knows while it writes: the journal, and what it has not yet written."""

from __future__ import annotations

from datetime import date

import pytest

from regard.register import acting
from regard.register.kinds import Concern
from register import forces
from register.forces import FORCES, PSUS, speaker

LEAD = speaker(FORCES[0], "spr-lead")


@pytest.mark.parametrize("at_once", [1, 2, 100])
def test_what_was_written_and_what_waits_are_known_alike(world, monkeypatch, at_once):
    monkeypatch.setattr(acting, "AT_ONCE", at_once)
    about = forces.concern(FORCES[0], about=PSUS)
    with world.register.acting(LEAD) as act:
        knowing = act.knowing
        made = [act.enter(about, subject=f"concern:{name}") for name in ("a", "b", "a", "c", "a")]

        assert [one.seq for one in knowing.versions("concern:a")] == [
            made[0].seq, made[2].seq, made[4].seq,
        ]  # fmt: skip
        assert knowing.latest("concern:a") == made[4]
        assert knowing.entry(made[1].seq) == made[1]
        found = {one.subject: one.seq for one in knowing.all(Concern, about=PSUS)}
        assert found == {"concern:a": made[4].seq, "concern:b": made[1].seq,
                         "concern:c": made[3].seq}  # fmt: skip
        said = knowing.said_by(LEAD.holder, Concern, about=PSUS)
        assert [one.seq for one in said] == [one.seq for one in made]
        assert knowing.said_by("party:nobody", Concern) == ()


def test_what_holds_already_is_the_last_that_was_said_of_it(world):
    with world.register.acting(LEAD) as act:
        for text, day in (("one", 1), ("two", 9), ("three", 3)):
            value = forces.concern(FORCES[0], text=text)
            act.enter(value, subject="concern:a", effective=date(2015, 1, day))
        act.flush()

        told = [act.knowing.in_effect("concern:a", date(2015, 1, day)) for day in (1, 2, 3, 8, 9)]

    assert [one.value.text for one in told if one] == ["one", "one", "three", "three", "three"]


def test_every_marking_in_the_journal_is_known_once(world):
    lead = speaker(FORCES[0], "spr-lead", gold=True)
    for number, marking in enumerate((*forces.marks(), *forces.marks())):
        world.enter(forces.concern(FORCES[0]), f"concern:{number}", lead, marking=marking)

    with world.register.acting(lead) as act:
        assert act.knowing.markings() == ("OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE: gold")
