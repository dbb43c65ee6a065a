"""Words, lists and dates are judged by what they say, whichever way that comes out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from regard.core.errors import DefinitionRefused
from regard.papers.claims import RELATIONS
from regard.papers.findings import Finding, Given

PLAN_YEAR = [date(2013, 4, 1), date(2014, 3, 31)]
JULY = [date(2013, 7, 1), date(2013, 7, 31)]


def found(relation: str, text: str | None = None, **inputs: Any) -> Finding:
    RELATIONS[relation].fits("here", inputs)
    return RELATIONS[relation].check(Given("here", relation, inputs, text))


@pytest.mark.parametrize(
    "relation, inputs, verdict",
    [
        ("counted", {"printed": 4, "items": ["a", "b", "c", "d"]}, "OK"),
        ("counted", {"printed": 4, "items": ["a", "b", "c", "d", "e"]}, "BAD"),
        ("counted", {"printed": 4, "items": ["a", "b", "c"], "extra": ["d"]}, "OK"),
        ("listed-and-lifted", {"items": ["Coventry", "Walsall"], "lifted": "Coventry"}, "X"),
        ("listed-and-lifted", {"items": ["Dudley", "Walsall"], "lifted": "Coventry"}, "OK"),
        ("asserted", {"because": "nothing counts them"}, "ND"),
        ("wider-base", {"since": "ever", "since_elsewhere": "since 2002/03"}, "BAD"),
        ("wider-base", {"since": "since 2002/03", "since_elsewhere": "since 2002/03"}, "OK"),
        ("dated-outside", {"on": date(2013, 1, 1), "within": PLAN_YEAR}, "X"),
        ("dated-outside", {"on": date(2014, 1, 1), "within": PLAN_YEAR}, "OK"),
        ("moved", {"value": 82.4, "base": {"value": 84, "places": 0}, "target": 88}, "X"),
        ("moved", {"value": 83.6, "base": {"value": 84, "places": 0}, "target": 88}, "OK"),
        ("as-at-differs",
         {"on": date(2014, 3, 1), "elsewhere": date(2014, 3, 14), "actual": 3, "target": -7}, "X"),
        ("as-at-differs",
         {"on": date(2014, 3, 1), "elsewhere": date(2014, 3, 1), "actual": 3, "target": -7}, "OK"),
        ("lag", {"incidents": JULY, "weeks": 6,
                 "said": [date(2013, 9, 1), date(2013, 11, 30)]}, "X"),
        ("lag", {"incidents": JULY, "weeks": 6,
                 "said": [date(2013, 8, 1), date(2013, 9, 30)]}, "OK"),
        ("run-rule", {"run": 8, "rule": 8}, "OK"),
        ("run-rule", {"run": 6, "rule": 7}, "BAD"),
        ("repeated", {"items": []}, "OK"),
        ("repeated", {"items": ["Develop people"]}, "X"),
        ("two-bases", {"compared": "rate", "called": "volume"}, "BASIS"),
        ("two-bases", {"compared": "rate", "called": "rate"}, "OK"),
        ("missing", {"what": "the table"}, "GAP"),
    ],
)  # fmt: skip
def test_a_relation_is_judged_by_what_is_said(
    relation: str, inputs: dict[str, Any], verdict: str
) -> None:
    assert found(relation, **inputs).verdict == verdict


@pytest.mark.parametrize(
    "held, verdict", [("\n3.\n\n1\n\nhttp://example.org\n", "GAP"), ("\nConfidence\n", "OK")]
)
def test_what_is_announced_is_looked_for_in_the_text(held: str, verdict: str) -> None:
    text = f"under these objectives:{held}A first one"

    finding = found(
        "missing", text, what="the list", announced="these objectives:", next="A first one"
    )

    assert finding.verdict == verdict


def test_titles_printed_twice_are_found_in_the_text() -> None:
    text = "Do this\n(Lead DCC)\n\nDo that\n(Lead DCC)\n\nDo this\n(Lead DCC)\n"

    finding = found("repeated", text, items=[])

    assert finding.says == "1 printed more than once: Do this"


def test_lead_lines_of_a_text_stand_before_those_of_the_file() -> None:
    text = "Do this\n(Lead DCC – quarterly)\nTo be included in a report\n"

    finding = found("lead-lines", text, quarterly=["a", "b"], half_yearly=["c"], to_come=[])

    assert dict(finding.also) == {
        "quarterly": 1, "quarterly_unique": 1, "half_yearly": 0, "to_come": 1,
    }  # fmt: skip


def test_what_is_asserted_may_still_be_reckoned() -> None:
    parts = found("asserted", because="not said", if_apart=[64600, 24740])
    share = found("asserted", because="not named", so_many_of=[3, 4])

    assert parts.says == "asserted; 89,340 if the parts lie apart; not said"
    assert share.says == "asserted, 75%; not named"


def test_a_share_of_three_numbers_is_refused() -> None:
    with pytest.raises(DefinitionRefused, match="so_many_of has 3 numbers"):
        found("asserted", because="not named", so_many_of=[3, 4, 5])
