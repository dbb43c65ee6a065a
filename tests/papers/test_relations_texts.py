"""Lists, notes and recommendations are judged as they are printed."""

from __future__ import annotations

from typing import Any

import pytest

from regard.core.errors import DefinitionRefused
from regard.papers.claims import RELATIONS
from regard.papers.findings import Finding, Given
from regard.papers.relations_texts import notes, recommendations

RULE = " " * 48
NOTED = f"""12. Some words1 of a paragraph.
{RULE}
1 A first note
2
 http://example.org
 13. Words
16
that go on
{RULE}
3 A third note
"""
COPIES = """- Recommendation 1: It is “noted”.
- **Recommendation 2: It is agreed – at once.**

Recommendation 1: It is "noted".
Recommendation 2: It is agreed - at once.
"""


def found(relation: str, text: str | None = None, **inputs: Any) -> Finding:
    RELATIONS[relation].fits("here", inputs)
    return RELATIONS[relation].check(Given("here", relation, inputs, text))


@pytest.mark.parametrize(
    "relation, inputs, verdict",
    [
        ("listed", {"items": ["a", "b"]}, "OK"),
        ("listed", {"items": ["a", "a"]}, "X"),
        ("listed", {"items": ["a", "b"], "printed": 2}, "OK"),
        ("listed", {"items": ["a", "b"], "printed": 3}, "BAD"),
        ("numbered-notes", {"notes": [1, 2, 3], "alone": [16]}, "OK"),
        ("numbered-notes", {"notes": [1, 3], "alone": []}, "BAD"),
        ("alike-copies", {"printed": 2, "copies": 3, "items": ["one", "two"]}, "OK"),
        ("alike-copies", {"printed": 3, "copies": 3, "items": ["one", "two"]}, "BAD"),
        ("none-about", {"subject": "flood", "items": ["fire"]}, "OK"),
        ("none-about", {"subject": "flood", "items": ["fire", "Floods"]}, "BAD"),
        ("only-refers", {"section": "see 6", "refers_to": "have due regard"}, "ND"),
        ("only-refers", {"section": "see 6", "refers_to": "at a cost of £350,000"}, "OK"),
    ],
)
def test_a_relation_is_judged_by_what_is_printed(
    relation: str, inputs: dict[str, Any], verdict: str
) -> None:
    assert found(relation, **inputs).verdict == verdict


@pytest.mark.parametrize("marks, verdict", [("•\n•\n", "OK"), ("•\n", "BAD")])
def test_marks_of_a_list_are_counted_in_the_text(marks: str, verdict: str) -> None:
    where = {"mark": "•", "after": "as follows:", "before": "47."}

    finding = found("listed", f"as follows:\n{marks} a b 47. Then", items=["a", "b"], marks=where)

    assert finding.verdict == verdict


def test_marks_of_another_shape_are_refused() -> None:
    with pytest.raises(DefinitionRefused, match="marks is {'mark': '•'}"):
        found("listed", "a", items=["a"], marks={"mark": "•"})


def test_notes_are_told_from_the_number_of_a_page() -> None:
    assert notes(NOTED) == ((1, 2, 3), (16,))


def test_notes_of_the_text_stand_before_those_of_the_file() -> None:
    finding = found("numbered-notes", NOTED, notes=[1], alone=[])

    assert finding.says == "3 notes, numbered without a gap; 16 stands alone in the text"


def test_copies_are_alike_whatever_their_quotation_marks_and_dashes() -> None:
    finding = found("alike-copies", COPIES, printed=2, copies=2, items=[])

    assert finding.verdict == "OK"
    assert recommendations(COPIES)[0] == (1, 'It is "noted".')


def test_copies_that_differ_are_named() -> None:
    changed = COPIES.replace("at once", "in time", 1)

    finding = found("alike-copies", changed, printed=2, copies=2, items=[])

    assert finding.verdict == "BAD"
    assert finding.says == "2 recommendations, printed 2 times, 2 differ"


def test_a_text_without_recommendations_has_none() -> None:
    finding = found("alike-copies", "Minutes", printed=2, copies=2, items=[])

    assert finding.says == "0 recommendations, printed no times, all alike"


def test_recommendations_of_the_text_are_searched_for_a_subject() -> None:
    finding = found("none-about", COPIES, subject="AGREED", items=[])

    assert finding.says == "1 of 2 are about AGREED"
