"""At which tier a thing is promised, from the terms that an expectation holds."""

from __future__ import annotations

import pytest

from regard.assurance.tiers import TIERS, tier_of, tier_term
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
