"""Entries as rows."""

from __future__ import annotations

from regard.register.erasing import erase
from regard.register.telling import brief, lines, whole
from register.forces import World, concern, speaker

LEAD = speaker("avon", "spr-lead")


def test_an_entry_is_told_in_one_row_and_in_all_its_fields(world: World):
    entry = world.enter(concern("avon", text="carriers " * 30), "concern:a", LEAD)

    row, fields = brief(entry), {one["field"]: one["value"] for one in lines(entry)}

    assert row["says"].startswith("carriers carriers")
    assert len(row["says"]) == 80
    assert fields["form"] == "vulnerability"
    assert fields["hash"] == entry.hash
    assert whole(entry)["value"]["scope"] == "party:avon"


def test_what_was_erased_says_so(world):
    seq = world.enter(concern("avon"), "concern:a", LEAD).seq
    erase(world.register, [seq], by=speaker("avon", "register-keeper"), reason="it named somebody")

    entry = world.register.view(LEAD).one("concern:a")

    assert brief(entry)["says"] == "(lawfully erased)"
    assert whole(entry)["value"] is None
    assert {"field": "words", "value": "(lawfully erased)"} in list(lines(entry))
