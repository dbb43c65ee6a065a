"""Establishment, strength and vacancies are judged by what they make together."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies

from regard.core.errors import DefinitionRefused
from regard.papers.claims import RELATIONS
from regard.papers.findings import Finding, Given

POSTS = {"of": [344, 12.5], "less": [330, 14], "totals": [356.5, 344]}
SHARES = {"share": 95, "bases": [344, 12.5, 58, 57.5]}
PEOPLE = {"whole": 53, "parts": [28, 11], "elsewhere": 18}
TWO = {"base": 499, "other_base": 472, "less": 446}
halves = strategies.integers(0, 800).map(lambda number: number / 2)
rows = strategies.lists(strategies.tuples(halves, halves), min_size=1, max_size=8)


def found(relation: str, **inputs: Any) -> Finding:
    RELATIONS[relation].fits("here", inputs)
    return RELATIONS[relation].check(Given("here", relation, inputs))


@pytest.mark.parametrize(
    "relation, inputs, verdict",
    [
        ("subtraction", {"of": 499, "less": [446], "printed": 53}, "OK"),
        ("subtraction", {"of": 499, "less": [446], "printed": 54}, "BAD"),
        ("subtraction", {"of": 53, "less": [28, 11]}, "derived"),
        ("subtraction", {"of": 28, "less": [18], "items": ["a", "b"]}, "OK"),
        ("subtraction", {"of": 28, "less": [27], "items": ["a", "b"]}, "BAD"),
        ("rows-differ", {**POSTS, "columns": [14, -1.5], "printed": 12.5}, "OK"),
        ("rows-differ", {**POSTS, "columns": [14, 1.5], "printed": 12.5}, "BAD"),
        ("rows-differ", {**POSTS, "printed": 13}, "BAD"),
        ("rows-differ", {**POSTS, "totals": [357, 344]}, "BAD"),
        ("share-of-columns", {**SHARES, "columns": [327, 12, 55, 55], "total": 448}, "BAD"),
        ("share-of-columns", {**SHARES, "columns": [327, 12, 55, 54], "total": 448}, "BAD"),
        ("share-of-columns",
         {"share": 95, "bases": [344, 58], "columns": [327, 55], "total": 382}, "OK-R"),
        ("share-of-columns",
         {"share": 50, "bases": [10, 20], "columns": [5, 10], "total": 15}, "OK"),
        ("count-on-two-bases", {**TWO, "printed": 53, "elsewhere": 26}, "BASIS"),
        ("count-on-two-bases", {**TWO, "printed": 53, "elsewhere": 53}, "OK"),
        ("count-on-two-bases", {**TWO, "printed": 53, "elsewhere": 27}, "BAD"),
        ("two-populations",
         {**PEOPLE, "counted": "officers", "counted_elsewhere": "officers and staff"}, "BASIS"),
        ("two-populations",
         {**PEOPLE, "counted": "officers", "counted_elsewhere": "officers"}, "BAD"),
        ("two-populations",
         {**PEOPLE, "elsewhere": 14, "counted": "officers", "counted_elsewhere": "officers"},
         "OK"),
        ("parts-make-change", {"before": 446, "after": 467, "parts": [5, 3, 3]}, "BAD"),
        ("parts-make-change", {"before": 446, "after": 457, "parts": [5, 3, 3]}, "OK"),
        ("share-gives", {"share": 95, "whole": 472, "printed": 448}, "OK-R"),
        ("share-gives", {"share": 95, "whole": 500, "printed": 475}, "OK"),
        ("share-gives", {"share": 95, "whole": 499, "printed": 448}, "BAD"),
        ("share-gives", {"share": 90, "whole": 1326}, "OK"),
        ("share-gives", {"share": 110, "whole": 1326}, "BAD"),
        ("part-within", {"part": 37, "whole": 56}, "OK"),
        ("part-within", {"part": 57, "whole": 56}, "BAD"),
        ("ratio", {"part": 57, "whole": 56}, "derived"),
        ("rate-without-base", {"rate": {"value": 17.5, "places": 1}, "if_count": 18}, "ND"),
        ("between-parts", {"whole": 92, "parts": [93, 90]}, "ND"),
        ("between-parts", {"whole": 94, "parts": [93, 90]}, "BAD"),
    ],
)  # fmt: skip
def test_a_relation_is_judged_by_what_it_recomputes(
    relation: str, inputs: dict[str, Any], verdict: str
) -> None:
    assert found(relation, **inputs).verdict == verdict


@given(rows)
def test_rows_made_of_two_others_always_agree(columns: list[tuple[float, float]]) -> None:
    of, less = (list(row) for row in zip(*columns, strict=True))

    finding = found("rows-differ", of=of, less=less, totals=[sum(of), sum(less)],
                    printed=sum(of) - sum(less))  # fmt: skip

    assert finding.verdict == "OK"


@given(halves, halves, halves)
def test_one_word_on_two_bases_is_never_called_a_fault_of_sums(
    base: float, more: float, less: float
) -> None:
    finding = found("count-on-two-bases", base=base + more, other_base=base, less=less,
                    printed=base + more - less, elsewhere=base - less)  # fmt: skip

    assert finding.verdict == ("BASIS" if more else "OK")


def test_over_strength_is_netted_and_shown_gross() -> None:
    finding = found("rows-differ", **POSTS)

    assert finding.says == (
        "by column 14, −1.5, together 12.5 net, 14 gross of those over; the totals differ by 12.5"
    )


def test_a_sum_that_rounding_does_not_explain_is_said_to_be_so() -> None:
    finding = found("share-of-columns", **SHARES, columns=[327, 12, 55, 56], total=450)

    assert finding.verdict == "BAD"
    assert finding.says.endswith("rounding does not explain it")


def test_what_is_short_and_what_is_over_are_said() -> None:
    short = found("part-within", part=37, whole=56)
    over = found("part-within", part=57, whole=56)

    assert short.says == "37 of 56 is 66.1%, 19 short"
    assert over.says == "57 of 56 is 101.8%, 1 over"


def test_a_rate_that_no_whole_base_gives_is_said() -> None:
    rate = {"value": 17.5, "unit": "%", "places": 2}

    finding = found("rate-without-base", rate=rate, if_count=18)

    assert finding.says == (
        "no base is printed; if 18 are 17.50%, it is 102.9, and no whole number would do"
    )


def test_rows_of_unlike_length_are_refused() -> None:
    with pytest.raises(DefinitionRefused, match="less has 1 numbers"):
        found("rows-differ", of=[1, 2], less=[1], totals=[3, 1])
