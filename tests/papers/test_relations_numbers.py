"""Each relation of numbers is judged by what it recomputes, whichever way that comes out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from regard.core.errors import DefinitionRefused
from regard.papers.claims import RELATIONS
from regard.papers.findings import Finding, Given
from regard.papers.relations_elsewhere import OF_ELSEWHERE
from regard.papers.relations_numbers import OF_NUMBERS
from regard.papers.relations_strength import OF_STRENGTH
from regard.papers.relations_texts import OF_TEXTS
from regard.papers.relations_units import OF_UNITS
from regard.papers.relations_words import OF_WORDS

STEP = {
    "change": {"value": 1.7, "places": 1, "unit": "%"},
    "count": 349,
    "step": "down",
    "step_on": date(2012, 12, 1),
    "average": 1829,
    "averaged_to": date(2014, 2, 28),
    "base_days": [date(2012, 4, 1), date(2013, 3, 14)],
    "now_days": [date(2013, 4, 1), date(2014, 3, 14)],
}
ATTRIBUTED = {
    "change": 2.1, "of": 5, "count": 8500, "days": 348, "claimed": 987, "rate": 5.8,
    "residents_thousand": 2600, "other_change": 15.7,
}  # fmt: skip


def found(relation: str, **inputs: Any) -> Finding:
    RELATIONS[relation].fits("here", inputs)
    return RELATIONS[relation].check(Given("here", relation, inputs))


@pytest.mark.parametrize(
    "relation, inputs, verdict",
    [
        ("sum", {"parts": [4, 6], "printed": 10}, "OK"),
        ("sum", {"parts": [4, 6], "printed": 11}, "BAD"),
        ("same-throughout", {"numbers": [7, 7]}, "OK"),
        ("same-throughout", {"numbers": [7, 8]}, "X"),
        ("share-of", {"part": 987, "whole": 1410, "printed": {"value": 70, "places": 0}}, "OK"),
        ("share-of", {"part": 987, "whole": 1552, "printed": {"value": 70, "places": 0}}, "BAD"),
        ("share-of",
         {"part": 7, "whole": {"value": 20, "nearest": 10}, "printed": {"value": 30, "places": 0}},
         "OK-R"),
        ("difference", {"one": 3, "other": 5, "means": {"words": "less", "high": 0}}, "OK"),
        ("difference", {"one": 6, "other": 5, "means": {"words": "less", "high": 0}}, "BAD"),
        ("change-implies-base", {"change": 10, "count": 5}, "OK"),
        ("change-implies-base", {"change": 30, "count": 1}, "BAD"),
        ("rest-of-a-whole", {"share": 50, "part_change": 10, "whole_change": 5}, "OK"),
        ("rest-of-a-whole", {"share": 100, "part_change": 200, "whole_change": 10}, "BAD"),
        ("attribution", ATTRIBUTED, "X"),
        ("attribution", {**ATTRIBUTED, "claimed": 2500}, "OK"),
        ("step-and-stable", STEP, "OK-R"),
        ("step-and-stable", {**STEP, "step": "up"}, "OK"),
        ("step-and-stable", {**STEP, "average": 1950}, "BAD"),
        ("step-and-stable", {"change": 9.1}, "X"),
    ],
)  # fmt: skip
def test_a_relation_is_judged_by_what_it_recomputes(
    relation: str, inputs: dict[str, Any], verdict: str
) -> None:
    assert found(relation, **inputs).verdict == verdict


def test_a_stated_tolerance_makes_an_agreement_after_rounding() -> None:
    inputs = {"average": 14353, "change": 2.1, "of": 5, "count": {"value": 8500, "nearest": 100}}

    without = found("average-implies-base", **inputs)
    allowed = found("average-implies-base", **inputs, slack=1)

    assert (without.verdict, allowed.verdict) == ("BAD", "OK-R")


def test_the_other_part_lies_on_the_other_side_of_the_whole() -> None:
    below = found("other-part", whole={"value": 1.7, "unit": "%"}, part={"value": 1.8, "unit": "%"})
    above = found("other-part", whole={"value": 1.7, "unit": "%"}, part={"value": 1.2, "unit": "%"})

    assert "the other part lies below 1.7%" in below.says
    assert "the other part lies above 1.7%" in above.says


def test_a_rate_may_fall_while_its_volume_falls_too() -> None:
    finding = found("rates-and-volumes", change=1, count=10, share_before=50, share_now=40)

    assert finding.verdict == "BAD"
    assert "the volume fell by" in finding.says


def test_a_change_of_nought_makes_no_base() -> None:
    with pytest.raises(DefinitionRefused, match="5 cannot be divided by 0"):
        found("change-implies-base", change=0, count=5)


def test_every_relation_has_a_name_of_its_own_and_a_meaning() -> None:
    every = (*OF_NUMBERS, *OF_STRENGTH, *OF_UNITS, *OF_WORDS, *OF_TEXTS, *OF_ELSEWHERE)
    assert len(RELATIONS) == len(every)
    assert all(one.meaning.endswith(".") for one in RELATIONS.values())


def test_halves_of_a_post_are_added_as_halves() -> None:
    whole = found("sum", parts=[344, 12.5, 58, 57.5], printed=472)
    short = found("sum", parts=[5, 4], printed=10)

    assert whole.says == "344 and 12.5 and 58 and 57.5 are 472"
    assert short.says == "5 and 4 are 9; 10 was printed"
