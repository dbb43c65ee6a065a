"""Public order units are judged by the shares, rules and promises that are printed of them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies

from regard.core.errors import DefinitionRefused
from regard.papers.claims import RELATIONS
from regard.papers.findings import Finding, Given

JUST_UNDER = {"words": "just under 55%", "low": 54, "high": 55}
NAMED = {"named": "the units of the region", "used": "those of the force"}
RULE = {"units": 21, "times": 3, "each": 25}
small = strategies.integers(1, 200)


def found(relation: str, **inputs: Any) -> Finding:
    RELATIONS[relation].fits("here", inputs)
    return RELATIONS[relation].check(Given("here", relation, inputs))


@pytest.mark.parametrize(
    "relation, inputs, verdict",
    [
        ("product", {"factors": [17, 26, 3], "printed": 1326}, "OK"),
        ("product", {"factors": [17, 25, 3], "printed": 1326}, "BAD"),
        ("implied-factor", {"printed": 1326, "factors": [17, 3], "usual": 25}, "BASIS"),
        ("implied-factor", {"printed": 1326, "factors": [17, 3], "usual": 26}, "OK"),
        ("implied-factor", {"printed": 1327, "factors": [17, 3], "usual": 26}, "BAD"),
        ("share-implies-whole", {"part": 17, "share": JUST_UNDER}, "OK-R"),
        ("share-implies-whole", {"part": 17, "share": 50}, "OK"),
        ("share-implies-whole", {"part": 17, "share": {"value": 54.1, "places": 1}}, "BAD"),
        ("share-implies-whole", {"part": 17, "share": {**JUST_UNDER, "low": 50}}, "ND"),
        ("which-base",
         {"printed": 1326, "factors": [26, 3], "part": 17, "share": JUST_UNDER, **NAMED}, "BASIS"),
        ("which-base",
         {"printed": 2418, "factors": [26, 3], "part": 17, "share": JUST_UNDER, **NAMED}, "OK"),
        ("which-base",
         {"printed": 2000, "factors": [26, 3], "part": 17, "share": JUST_UNDER, **NAMED}, "BAD"),
        ("which-base",
         {"printed": 1326, "factors": [26, 3], "part": 17, "share": {**JUST_UNDER, "low": 50},
          **NAMED}, "ND"),
        ("against-rule", {"trained": {"value": 1300, "nearest": 100}, **RULE}, "X"),
        ("against-rule", {"trained": 1575, **RULE}, "OK"),
        ("beyond-commitment", {"sent": 22, "promised": 21, "days": 6, "each": 25}, "X"),
        ("beyond-commitment", {"sent": 21, "promised": 21, "days": 6, "each": 25}, "OK"),
        ("stock-for-units", {"stock": {"words": "40+", "low": 40}, "each": 3, "units": 21},
         "derived"),
        ("steps-of-a-whole", {"whole": 33, "steps": [10, 40, 60, 100]}, "OK"),
        ("steps-of-a-whole", {"whole": 33, "steps": [10, 60, 40, 100]}, "BAD"),
        ("steps-of-a-whole", {"whole": 33, "steps": [10, 40, 60]}, "BAD"),
        ("growth-a-year", {"change": 173, "years": 4}, "derived"),
    ],
)  # fmt: skip
def test_a_relation_is_judged_by_what_it_recomputes(
    relation: str, inputs: dict[str, Any], verdict: str
) -> None:
    assert found(relation, **inputs).verdict == verdict


@given(small, small, small)
def test_the_factor_that_made_a_product_is_found_again(one: int, other: int, each: int) -> None:
    finding = found("implied-factor", printed=one * other * each, factors=[one, other], usual=each)

    assert finding.verdict == "OK"
    assert finding.value is not None
    assert finding.value.value == each


@given(strategies.floats(-99, 500), strategies.integers(1, 20))
def test_growth_a_year_makes_the_growth_over_the_years(change: float, years: int) -> None:
    a_year = found("growth-a-year", change=change, years=years).also["a_year"]

    assert (1 + a_year / 100) ** years == pytest.approx(1 + change / 100)


def test_whole_steps_need_no_rule_for_rounding() -> None:
    broken = found("steps-of-a-whole", whole=33, steps=[10, 100])
    whole = found("steps-of-a-whole", whole=30, steps=[10, 100])

    assert broken.says == "the steps of 33 are 3.3, 33; a rule for rounding is needed at 10%"
    assert whole.says == "the steps of 30 are 3, 30"


@pytest.mark.parametrize("inputs", [{"change": 10, "years": 0}, {"change": -120, "years": 3}])
def test_growth_that_is_none_is_refused(inputs: dict[str, float]) -> None:
    with pytest.raises(DefinitionRefused, match="is no growth"):
        found("growth-a-year", **inputs)
