"""What stands in one place is held against what stands in another."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.papers.claims import RELATIONS
from regard.papers.findings import Finding, Given

TWO = ["the paper of 2015", "the paper of 2019"]
PROMISE = {"by": date(2019, 3, 31), "seen_on": date(2021, 12, 1), "seen_in": "a later paper",
           "reached": 37, "end_state": 56}  # fmt: skip
UNITS = {"one": 33, "other": 21, "unit": "PSUs", "measure": "public-order-psus",
         "one_basis": "asserted", "other_basis": "asserted",
         "as_at": date(2018, 9, 30)}  # fmt: skip


def found(relation: str, text: str | None = None, **inputs: Any) -> Finding:
    RELATIONS[relation].fits("here", inputs)
    return RELATIONS[relation].check(Given("here", relation, inputs, text))


@pytest.mark.parametrize(
    "relation, inputs, verdict",
    [
        ("across-papers", {"places": TWO, "numbers": [13, 7]}, "X"),
        ("across-papers", {"places": TWO, "numbers": [7, 7]}, "OK"),
        ("across-papers",
         {"places": TWO, "numbers": [{"value": 57, "places": 0}, {"part": 300, "whole": 525}]},
         "OK"),
        ("dates-across-papers",
         {"places": TWO, "days": [date(2021, 3, 31), date(2022, 3, 31)]}, "X"),
        ("dates-across-papers", {"places": TWO, "days": [2022, 2022]}, "OK"),
        ("promise", PROMISE, "X"),
        ("promise", {**PROMISE, "reached": 56}, "OK"),
        ("promise", {**PROMISE, "seen_on": date(2019, 2, 1)}, "ND"),
        ("event-year", {"event": "the Games", "years": [2020, 2022]}, "BAD"),
        ("event-year", {"event": "the Games", "years": [2022, 2022]}, "OK"),
        ("termed", {"one": "Tier One risk", "other": "Category 1", "where": "another"}, "X"),
        ("termed", {"one": "Category 1", "other": "Category 1", "where": "another"}, "OK"),
        ("covers", {"named": ["fire", "flood"], "treated": {"fire": "Fire"}}, "X"),
        ("covers", {"named": ["fire"], "treated": {"fire": "Fire", "flood": "Flood"}}, "X"),
        ("covers", {"named": ["fire"], "treated": {"fire": "Fire"}}, "OK"),
        ("one-scope", {**UNITS, "one_scope": "a-region", "other_scope": "a-force"}, "BASIS"),
        ("one-scope", {**UNITS, "one_scope": "a-force", "other_scope": "a-force"}, "OK"),
        ("months-apart", {"first": date(2013, 11, 1), "last": date(2015, 2, 3)}, "derived"),
    ],
)  # fmt: skip
def test_a_relation_is_judged_by_what_stands_in_both(
    relation: str, inputs: dict[str, Any], verdict: str
) -> None:
    assert found(relation, **inputs).verdict == verdict


def test_a_promise_says_how_long_ago_it_was_due() -> None:
    late = found("promise", **PROMISE)
    early = found("promise", **{**PROMISE, "seen_on": date(2019, 2, 1)})

    assert late.says == (
        "37 of 56 on 1 December 2021 (a later paper), 19 short; promised by 31 March 2019, "
        "32 whole months before"
    )
    assert early.says.endswith("19 short; not due until 31 March 2019")


def test_a_region_less_a_force_is_refused_by_the_figures_themselves() -> None:
    refused = found("one-scope", **UNITS, one_scope="a-region", other_scope="a-force")
    allowed = found("one-scope", **UNITS, one_scope="a-force", other_scope="a-force")

    assert refused.value is None
    assert refused.says == "33 PSUs and 21 PSUs cannot be compared: scope is a-region and a-force"
    assert allowed.says == "33 PSUs less 21 PSUs is +12 PSUs"


@pytest.mark.parametrize(
    "text, verdict",
    [
        ("planning for the 2020 \n\nGames, then the 2022 Games1", "BAD"),
        ("planning for the Games 2022 and the 2022 Games", "OK"),
        ("planning for the Games", "GAP"),
    ],
)
def test_years_of_an_event_are_read_beside_its_name(text: str, verdict: str) -> None:
    assert found("event-year", text, event="Games", years=[2022]).verdict == verdict


def test_a_heading_that_is_not_in_the_text_is_refused() -> None:
    with pytest.raises(NotEnoughData, match="the text does not hold 'Flood'"):
        found("covers", "Fire and more", named=["fire"], treated={"flood": "Flood"})


def test_what_is_named_without_a_section_is_told() -> None:
    finding = found("covers", named=["fire", "flood"], treated={"fire": "Fire", "cyber": "Cyber"})

    assert finding.says == "2 named, 2 treated; without a section: flood; not named: cyber"


def test_months_beyond_a_cadence_are_told() -> None:
    finding = found("months-apart", first=date(2013, 11, 1), last=date(2015, 2, 3), every=12)

    assert finding.says == "15 months from November 2013 to February 2015, 3 more than every 12"


@pytest.mark.parametrize(
    "relation, inputs, match",
    [
        ("across-papers", {"places": TWO, "numbers": [7]}, r"numbers is \[7\]"),
        ("across-papers", {"places": TWO, "numbers": [7, "six"]}, "numbers holds 'six'"),
        ("dates-across-papers", {"places": TWO, "days": "2022"}, "days is '2022'"),
        ("covers", {"named": ["fire"], "treated": ["Fire"]}, "treated is"),
    ],
)
def test_inputs_of_another_shape_are_refused(
    relation: str, inputs: dict[str, Any], match: str
) -> None:
    with pytest.raises(DefinitionRefused, match=match):
        found(relation, **inputs)
