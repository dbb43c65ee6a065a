"""Parties, rounds, meetings and links: what must be said for each to be one."""

from __future__ import annotations

from datetime import date

import pytest

from regard.core.errors import DefinitionRefused
from regard.register.kinds import Appointment, Item, Line, Link, Party, Window, changed, made
from register import forces
from register.forces import FORCES, body

FORCE = FORCES[0]
HELD = Appointment(post="party:y", window=Window())


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"form": "body", "roles": ("reader",)}, "belong to posts"),
        ({"form": "person", "groups": ("gold",)}, "belong to posts"),
        ({"form": "post", "parent": None}, "parent is missing"),
        ({"form": "post", "parent": "party:x", "appointments": (HELD,)}, "holders"),
    ],
)
def test_a_party_has_what_its_form_has(fields, told):
    with pytest.raises(DefinitionRefused, match=told):
        made(Party, name="x", **fields)


def test_a_round_opens_before_it_closes_and_lists_its_lines():
    value = forces.round_of(FORCE)

    assert value.lines == (Line.DOING,)
    with pytest.raises(DefinitionRefused, match="before it opens"):
        changed(value, closes=date(2014, 1, 1))


def test_a_private_item_says_its_ground():
    with pytest.raises(ValueError, match="no ground"):
        Item(number="1", title="x", public=False)


@pytest.mark.parametrize("type_", ["contradicts", "answer", ""])
def test_invariant_15_a_link_of_no_type_on_the_list_is_refused(type_):
    with pytest.raises(DefinitionRefused, match="type"):
        made(Link, type=type_, source="concern:a", target="concern:b")


def test_nothing_is_linked_to_itself():
    with pytest.raises(DefinitionRefused, match="linked to itself"):
        forces.link("concern:a", "concern:a")


def test_a_holder_names_its_posts_and_a_round_its_editions():
    holder = forces.appointed(FORCE, "party:x")

    assert holder.names() == (("names", body(FORCE)), ("names", "party:x"))
    assert ("names", forces.SPR) in forces.round_of(FORCE).names()
