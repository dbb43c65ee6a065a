"""At which tier a thing is promised, from the terms that an expectation holds."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from regard.assurance.tiers import TIERS, not_added, tier_of, tier_term
from regard.core.errors import NotKnown
from regard.register.kinds import Expectation, made


def asked(*terms):
    return made(Expectation, edition="edition:list", code="one", text="One.", terms=terms)


@pytest.mark.parametrize("tier", TIERS)
def test_a_tier_is_entered_as_a_term_and_read_from_it(tier):
    assert tier_of(asked("threats/public-order", *tier_term(tier))) == tier


def test_an_expectation_without_such_a_term_is_promised_at_none():
    assert tier_of(asked("threats/public-order", "tier/galactic")) == ""


def test_a_tier_that_is_none_is_refused():
    with pytest.raises(NotKnown, match="no tier is called 'global'"):
        tier_term("global")


def level(tier, *terms):
    return SimpleNamespace(tier=tier, entry=SimpleNamespace(value=SimpleNamespace(terms=terms)))


@pytest.mark.parametrize(
    "levels, why",
    [
        ([level("local"), level("national")], ""),
        ([level("local", "make-up/25"), level("national", "make-up/25")], ""),
        ([level("local", "make-up/25"), level("national", "make-up/26")],
         "they are of the make-ups 25 and 26"),
        ([level("local", "make-up/25"), level("national", "threats/public-order")],
         "some are of the make-up 25, and of others none is stated"),
        ([level("local"), level("local"), level("national")], "two are stated at the tier local"),
        ([level("local"), *[level("regional")] * 4], "several are stated at the tier regional"),
    ],
)  # fmt: skip
def test_what_is_not_known_to_be_one_sum_says_why(levels, why):
    assert not_added(levels) == why
