"""Entries are found by their words, and what may not be seen is not found at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused, NotKnown
from regard.register import searching
from regard.register.kinds import Concern, changed, made
from regard.register.searching import search
from register.forces import FORCES, GOLD, SENSITIVE, World, body, post, speaker

AVON, MERCIA = FORCES
LEAD = speaker(AVON, "spr-lead")
READER = speaker(AVON, "reader")


def raised(world: World, text: str, *, force: str = AVON, by=None, **how):
    value = made(
        Concern,
        tense="present",
        form="vulnerability",
        text=text,
        scope=body(force),
        owner=post(force, "business-lead"),
    )
    gold = how.get("marking") == GOLD
    who = by or speaker(force, "spr-lead", gold=gold)
    return world.enter(value, world.fresh("concern"), who, **how)


def found(world: World, asked: str, *, who=LEAD, **how) -> list[int]:
    known = {name: how.pop(name) for name in ("known_at", "true_on") if name in how}
    hits = search(world.register.view(who, **known), asked, **how)
    return [one.entry.seq for one in hits.hits]


def test_an_entry_is_found_by_every_word_in_either_case(world):
    shields = raised(world, "The Shields are too old for public order")
    raised(world, "The shields are new")

    assert found(world, "OLD shields") == [shields.seq]


def test_the_name_of_a_field_is_no_find(world):
    raised(world, "Ŵy newydd a chŵn")

    assert found(world, "root_cause") == []
    assert found(world, '"text"') == []


def test_letters_of_welsh_are_found_in_either_case(world):
    entry = raised(world, "Ŵyn y Dŵr")

    assert found(world, "ŵyn DŴR") == [entry.seq]


@pytest.mark.parametrize("asked", ["50%", "a_b", "wow!", 'say "no"', "back\\slash", "it's; --"])
def test_what_is_a_wildcard_or_a_quotation_elsewhere_stands_for_itself(world, asked):
    entry = raised(world, f"They told us {asked} of it")
    raised(world, "They told us 500 aab wowo sayno backslash it is of it")

    assert found(world, asked) == [entry.seq]


def test_only_the_version_that_stands_is_found(world):
    first = raised(world, "Too few carriers")
    second = world.enter(
        changed(first.value, text="Too few vans"), first.subject, LEAD, after=first.seq
    )

    assert found(world, "carriers") == []
    assert found(world, "vans") == [second.seq]
    assert found(world, "carriers", known_at=first.seq) == [first.seq]


def test_what_is_true_later_is_not_found_on_an_earlier_day(world):
    entry = raised(world, "A gap that comes", effective=date(2015, 6, 1))

    assert found(world, "gap comes", true_on=date(2015, 5, 31)) == []
    assert found(world, "gap comes", true_on=date(2015, 6, 1)) == [entry.seq]


def test_what_may_not_be_seen_is_not_found_nor_told_by_the_next_page(world):
    for number in range(5):
        raised(world, f"Hidden lances {number}", marking=SENSITIVE)
        raised(world, f"Hidden lances {number} elsewhere", force=MERCIA)
    raised(world, "Golden lances", marking=GOLD)
    seen = raised(world, "Open lances")

    hits = search(world.register.view(READER), "lances", limit=1)

    assert [one.entry.seq for one in hits.hits] == [seen.seq]
    assert hits.next_before is None
    assert len(found(world, "lances")) == 6


def test_a_subject_raised_to_a_higher_marking_is_found_by_no_version(world):
    entry = raised(world, "Weak radios")
    world.enter(
        changed(entry.value, text="Strong radios"),
        entry.subject,
        LEAD,
        marking=SENSITIVE,
        after=entry.seq,
    )

    assert found(world, "radios", who=READER) == []
    assert search(world.register.view(READER), str(entry.seq)).named is None


def test_an_entry_is_found_by_its_number_and_by_its_subject(world):
    entry = raised(world, "Plain words")
    view = world.register.view(LEAD)

    for asked in (f"entry {entry.seq}", f"{entry.seq}", f"#{entry.seq}", entry.subject):
        named = search(view, asked).named
        assert named is not None
        assert named.entry.seq == entry.seq
    assert search(view, "entry 999,999").named is None
    assert found(world, entry.subject) == [entry.seq]


def test_pages_hold_every_find_once_the_latest_first(world):
    entered = [raised(world, f"Batons of lot {number}").seq for number in range(7)]
    view = world.register.view(LEAD)
    pages, before = [], None
    for _ in range(4):
        hits = search(view, "batons", before=before, limit=2)
        pages.append([one.entry.seq for one in hits.hits])
        before = hits.next_before

    assert pages == [entered[:-3:-1], entered[4:2:-1], entered[2:0:-1], entered[:1]]
    assert before is None


def test_finds_are_gathered_over_stretches_of_the_journal(world, monkeypatch):
    entered = [raised(world, f"Helmets of lot {number}").seq for number in range(6)]
    monkeypatch.setattr(searching, "AT_ONCE", 2)
    monkeypatch.setattr(searching, "FETCHED", 1)

    assert found(world, "helmets") == entered[::-1]


def test_a_walk_that_takes_too_long_says_how_far_it_came(world, monkeypatch):
    raised(world, "Ropes")
    monkeypatch.setattr(searching, "PATIENCE", -1.0)

    hits = search(world.register.view(LEAD), "ropes")

    assert hits.is_stopped
    assert hits.next_before == world.register.head().size + 1


def test_only_a_kind_is_looked_at_if_one_is_named(world):
    raised(world, "Nets")

    assert found(world, "nets", kind="decision") == []
    with pytest.raises(NotKnown, match="nonsense"):
        found(world, "nets", kind="nonsense")


@pytest.mark.parametrize("asked", ["", "   ", "a", "x " * 9, "long" * 60])
def test_what_cannot_be_looked_for_is_refused(world, asked):
    with pytest.raises(DefinitionRefused):
        found(world, asked)


def test_what_was_found_is_shown_within_its_words(world):
    raised(world, f"{'Before ' * 20}the Ladders {'after ' * 20}")

    hit = search(world.register.view(LEAD), "ladders").hits[0]

    assert hit.found == "Ladders"
    assert hit.before.startswith("…")
    assert hit.before.endswith("the ")
    assert hit.after.endswith("…")


texts = st.text(min_size=2, max_size=12).filter(lambda one: one.split() == [one])


@given(texts)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_an_entry_is_found(worlds, text):
    with worlds() as world:
        entry = raised(world, f"Look: {text} here")

        assert entry.seq in found(world, text)
