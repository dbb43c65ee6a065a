"""Markings form a lattice: joining never lowers, and order of joining never matters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused
from regard.core.markings import OFFICIAL, Marking, Tier

groups = st.frozensets(st.sampled_from(["gold", "finance", "spr"]))
markings = st.one_of(
    st.just(OFFICIAL), groups.map(lambda named: Marking(Tier.OFFICIAL_SENSITIVE, named))
)


@given(markings, markings, markings)
def test_joining_is_associative_and_commutative(one, two, three):
    assert (one | two) | three == one | (two | three)
    assert one | two == two | one


@given(markings)
def test_joining_a_marking_with_itself_changes_nothing(one):
    assert one | one == one


@given(markings, markings)
def test_a_joined_marking_covers_both(one, two):
    joined = one | two

    assert joined.covers(one)
    assert joined.covers(two)


@given(markings)
def test_a_marking_reads_back_from_its_own_words(one):
    assert Marking.parse(str(one)) == one


def test_official_does_not_cover_sensitive():
    assert not OFFICIAL.covers(Marking(Tier.OFFICIAL_SENSITIVE))


def test_marking_lists_its_groups_in_order():
    marking = Marking.parse("official-sensitive: spr, gold")

    assert str(marking) == "OFFICIAL-SENSITIVE: gold, spr"


def test_official_cannot_be_limited_to_a_group():
    with pytest.raises(DefinitionRefused) as refused:
        Marking(Tier.OFFICIAL, frozenset({"gold"}))

    assert str(refused.value) == (
        "OFFICIAL cannot be limited to ['gold']\n"
        "Expected: need-to-know groups on OFFICIAL-SENSITIVE only"
    )


def test_an_unknown_tier_is_refused_by_name():
    with pytest.raises(DefinitionRefused) as refused:
        Marking.parse("SECRET")

    assert str(refused.value) == (
        "'SECRET' is not a marking Regard holds\nExpected: OFFICIAL or OFFICIAL-SENSITIVE"
    )
