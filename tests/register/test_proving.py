"""Proofs out of the register."""

from __future__ import annotations

import pytest

from regard.core.errors import DefinitionRefused, NotKnown
from regard.register.proofs import Proven, check
from regard.register.proving import prove, prove_growth
from register.forces import SENSITIVE, World, concern, speaker

LEAD = speaker("avon", "spr-lead")


def test_an_entry_is_proven_under_any_head_that_covers_it(world: World):
    entry = world.enter(concern("avon", text="too few carriers"), "concern:a", LEAD)
    early = world.register.head()
    world.enter(concern("avon"), "concern:b", LEAD)
    view = world.register.view(LEAD)

    alone = prove(world.register, view, entry.seq)
    before = prove(world.register, view, entry.seq, size=early.size, words=True)

    assert isinstance(check(alone.as_json(), head=world.register.head()), Proven)
    found = check(before.as_json(), head=early.said)
    assert isinstance(found, Proven)
    assert found.words["text"] == "too few carriers"
    assert "too few carriers" not in alone.as_json()


def test_growth_is_proven(world):
    early = world.register.head()
    world.enter(concern("avon"), "concern:b", LEAD)

    proof = prove_growth(world.register, early.size)

    assert isinstance(check(proof.as_json(), head=world.register.head(), earlier=early), Proven)


def test_what_the_one_who_asks_may_not_see_is_not_proven(world):
    entry = world.enter(concern("avon"), "concern:a", LEAD, marking=SENSITIVE)
    reader = world.register.view(speaker("avon", "reader"))

    with pytest.raises(NotKnown):
        prove(world.register, reader, entry.seq)
    with pytest.raises(NotKnown):
        prove(world.register, reader, 10_000)


@pytest.mark.parametrize(("first", "size"), [(0, None), (3, 2), (3, 10_000), (10_000, None)])
def test_a_size_that_never_was_is_refused(world, first, size):
    with pytest.raises(DefinitionRefused, match="a head of"):
        prove_growth(world.register, first, size=size)
