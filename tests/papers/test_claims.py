"""The 51 claims of the acceptance list: each is recomputed, and what does not add up is said.

Expected values and verdicts stand here alone; the claims file carries inputs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from regard.core.errors import DefinitionRefused, FileUnreadable, NotEnoughData, NotKnown
from regard.core.figures import Figure, percent_change
from regard.core.periods import Period
from regard.core.quantities import rounded
from regard.papers.claims import (
    RELATIONS,
    Agreement,
    Checked,
    Claims,
    check_against,
    check_claims,
    load_claims,
    summary,
)

# id: the recomputed value of each check as it is said, and the verdicts in their order.
EXPECTED: dict[str, tuple[tuple[str | None, ...], tuple[str, ...]]] = {
    "S4-01": (("9", None), ("BAD", "GAP")),
    "S4-02": (("2.66",), ("ND",)),
    "S4-03": ((None,), ("BAD",)),
    "S4-04": (("4",), ("OK",)),
    "S4-05": (("8400",), ("derived",)),
    "S4-06": (("-0.7",), ("OK",)),
    "S4-07": (("5.6",), ("X",)),
    "S4-08": (("10", None), ("OK", "X")),
    "S4-09": (("7",), ("OK",)),
    "S4-10": ((None,), ("ND",)),
    "S4-11": (("7",), ("OK",)),
    "S4-12": ((None,), ("ND",)),
    "S4-13": (("7",), ("OK",)),
    "S4-14": (("100", None), ("OK", "X")),
    "S4-15": (("20.9",), ("OK",)),
    "S4-16": (("170000",), ("OK",)),
    "S4-17": (("168693",), ("OK-R",)),
    "S4-18": (("29",), ("X",)),
    "S4-19": (("1825",), ("OK-R",)),
    # The list has no number and calls it consistent; it is so within the rounding alone.
    "S4-20": (("1772",), ("OK-R",)),
    "S4-21": (("1.7",), ("ND",)),
    "S4-22": ((None,), ("ND",)),
    "S4-23": (("12500",), ("OK",)),
    "S4-24": (("727",), ("BAD",)),
    "S4-25": (("17055",), ("OK",)),
    "S4-26": (("1582",), ("X",)),
    "S4-27": (("63.6",), ("BAD",)),
    "S4-28": ((None,), ("ND",)),
    "S4-29": (("10",), ("X",)),
    "S4-30": (("216",), ("OK",)),
    "S4-31": (("4", "3", "4"), ("OK", "OK", "OK")),
    "S4-32": (("83.8",), ("X",)),
    "S4-33": (("-3.66",), ("OK",)),
    "S4-34": (("-6.5", None), ("OK", "BASIS")),
    "S4-35": (("31",), ("OK",)),
    "S4-36": (("5",), ("BAD",)),
    "S4-37": ((None,), ("X",)),
    "S4-38": (("-2.6", "4.2"), ("OK", "OK")),
    "S4-39": (("8",), ("OK",)),
    "S4-40": ((None,), ("ND",)),
    "S4-41": (("2", "2"), ("OK", "OK")),
    "S4-42": (("2",), ("X",)),
    "S4-43": (("5",), ("OK",)),
    "S4-44": ((None,), ("ND",)),
    "S4-45": ((None,), ("ND",)),
    "S4-46": ((None,), ("ND",)),
    "S4-47": ((None,), ("GAP",)),
    "S4-48": ((None,), ("X",)),
    "S4-49": ((None,), ("ND",)),
    "S4-50": ((None,), ("ND",)),
    "S4-51": (("5",), ("derived",)),
}

# What else the acceptance list recomputes: claim, name of the number, the number as it is said.
ALSO = [
    ("S4-05", "other", "1680"),
    ("S4-07", "moved", "-1.6"),
    ("S4-09", "otherwise", "6"),
    ("S4-15", "earlier", "215000"),
    ("S4-16", "after", "161500"),
    ("S4-16", "after_a_month", "13458"),
    ("S4-17", "year", "172236"),
    ("S4-17", "change_on_base", "1.3"),
    ("S4-17", "off", "-0.8"),
    ("S4-17", "miss", "10736"),
    ("S4-17", "miss_percent", "6.6"),
    ("S4-18", "rise", "3404"),
    ("S4-18", "other", "2046"),
    ("S4-18", "other_share", "60"),
    ("S4-19", "base", "20529"),
    ("S4-19", "now", "20878"),
    ("S4-23", "after", "11500"),
    ("S4-24", "base_rounded_low", "691"),
    ("S4-24", "base_rounded_high", "763"),
    ("S4-24", "on_full_year", "763"),
    ("S4-24", "base_needed", "13115"),
    ("S4-25", "after", "18607"),
    ("S4-26", "now", "6699"),
    ("S4-26", "before", "5116"),
    ("S4-26", "whole_rise", "1552"),
    ("S4-27", "whole_needed", "1410"),
    ("S4-30", "now", "7908"),
    ("S4-30", "before", "7692"),
    ("S4-32", "short", "4.2"),
    ("S4-33", "part_rise", "0.0597"),
    ("S4-33", "whole_rise", "0.0385"),
    ("S4-34", "volume", "15080"),
    ("S4-34", "whole", "34273"),
    ("S4-51", "quarterly", "18"),
    ("S4-51", "quarterly_unique", "16"),
    ("S4-51", "half_yearly", "4"),
    ("S4-51", "to_come", "7"),
]


@pytest.fixture(scope="session")
def claims(root: Path) -> Claims:
    return load_claims(root / "src/regard/examples/west_midlands_2013/claims.toml")


@pytest.fixture(scope="session")
def paper_text(root: Path) -> str:
    """The paper's own text, which is not part of the project."""
    found = sorted((root.parent / "shared" / "source-papers").glob("004_*.txt"))
    if not found:
        pytest.skip("the source paper is not here: no folder shared/source-papers beside it")
    return found[0].read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def checked(claims: Claims) -> dict[str, Checked]:
    return {one.claim.id: one for one in check_claims(claims.claims)}


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Claims]:
    """Claims from the text of a claims file."""

    def load(text: str) -> Claims:
        path = tmp_path / "some.toml"
        path.write_text(text, encoding="utf-8")
        return load_claims(path)

    return load


def as_said(value: float, said: str) -> bool:
    places = len(said.partition(".")[2])
    return str(rounded(value, places)) == said


def values_agree(found: Checked, expected: tuple[str | None, ...]) -> bool:
    pairs = zip(found.findings, expected, strict=True)
    return all(
        finding.value is None if said is None else finding.value is not None
        and as_said(finding.value.value, said)
        for finding, said in pairs
    )  # fmt: skip


def test_the_claims_are_the_51_of_the_acceptance_list(claims: Claims) -> None:
    assert [one.id for one in claims.claims] == [f"S4-{number:02d}" for number in range(1, 52)]
    assert list(EXPECTED) == [one.id for one in claims.claims]


@pytest.mark.parametrize("named", EXPECTED)
def test_a_claim_is_recomputed_and_judged(named: str, checked: dict[str, Checked]) -> None:
    values, verdicts = EXPECTED[named]

    found = checked[named]

    assert found.verdicts == verdicts
    assert values_agree(found, values), [str(one.value) for one in found.findings]


@pytest.mark.parametrize("named", EXPECTED)
def test_the_text_of_the_paper_itself_gives_the_same(
    named: str, claims: Claims, paper_text: str
) -> None:
    values, verdicts = EXPECTED[named]

    (found,) = check_claims([claims.claim(named)], text=paper_text)

    assert found.verdicts == verdicts
    assert values_agree(found, values), [one.says for one in found.findings]


@pytest.mark.parametrize("named, number, said", ALSO)
def test_what_else_a_claim_implies_is_recomputed(
    named: str, number: str, said: str, checked: dict[str, Checked]
) -> None:
    found = checked[named].findings[0].also[number]

    assert as_said(found, said), found


def test_words_of_every_claim_stand_in_the_paper(claims: Claims, paper_text: str) -> None:
    loose = " ".join(paper_text.split())
    told_apart = {"S4-51"}  # lead lines: words of several lines, none of them a sentence

    missing = [
        one.id
        for one in claims.claims
        for piece in one.says.split(" ... ")
        if piece not in loose and one.id not in told_apart
    ]

    assert missing == []


def test_lists_in_the_claims_file_are_those_of_the_text(claims: Claims, paper_text: str) -> None:
    with_text = check_claims(claims.claims, text=paper_text)

    without = check_claims(claims.claims)

    assert [[one.value for one in each.findings] for each in with_text] == [
        [one.value for one in each.findings] for each in without
    ]


def test_rounding_of_what_was_printed_is_carried_to_the_end(checked: dict[str, Checked]) -> None:
    value = checked["S4-24"].findings[0].value

    assert value is not None
    assert (round(value.low), round(value.high)) == (685, 770)


def test_almost_800_is_said_not_to_follow(checked: dict[str, Checked]) -> None:
    (finding,) = checked["S4-24"].findings

    assert finding.says == (
        "6.1% of a base of 12,500 over 348 days is 727, and 691 to 763 as the base was rounded; "
        "almost 800 was printed"
    )


def test_incidents_of_july_are_asked_about_until_mid_september(checked: dict[str, Checked]) -> None:
    (finding,) = checked["S4-37"].findings

    assert "12 August 2013 to 11 September 2013, not 1 September 2013" in finding.says


def test_the_summary_counts_verdicts_and_names_what_does_not_add_up(
    checked: dict[str, Checked],
) -> None:
    lines = summary(checked.values()).splitlines()

    assert lines[0] == (
        "51 printed claims: 20 agree, 3 agree after rounding, 5 do not add up, 12 cannot be "
        "derived, 1 is missing from the text, 8 conflict with another place, 2 only follow from "
        "what is printed."
    )
    assert "  S4-36 P76: BAD: 4 announced, 5 listed" in lines


def test_a_changed_input_changes_the_verdict(claims: Claims) -> None:
    claim = claims.claim("S4-27")
    check = replace(claim.checks[0], inputs={**claim.checks[0].inputs, "whole": 1410})

    (found,) = check_claims([replace(claim, checks=(check,))])

    assert found.verdicts == ("OK",)


def test_every_relation_is_used_by_a_claim_of_an_example(root: Path) -> None:
    files = sorted((root / "src/regard/examples").glob("*/claims*.toml"))
    used = {
        check.relation.name
        for file in files
        for claim in load_claims(file).claims
        for check in claim.checks
    }

    assert used == set(RELATIONS)


def test_the_text_of_another_paper_is_refused(claims: Claims) -> None:
    with pytest.raises(NotEnoughData, match="the text does not hold"):
        check_claims([claims.claim("S4-36")], text="Minutes of another meeting")


CLAIM = '[[claim]]\nid = "C-1"\nat = "P1"\nsays = "ten"\n'
CHECK = '[[claim.check]]\nrelation = "sum"\nparts = [4, 6]\n'


def test_a_typed_verdict_is_refused(written: Callable[[str], Claims]) -> None:
    with pytest.raises(DefinitionRefused, match="claim 'C-1' has at, check, id, says, verdict"):
        written(f'{CLAIM}verdict = "OK"\n{CHECK}')


def test_a_claim_without_a_check_is_refused(written: Callable[[str], Claims]) -> None:
    with pytest.raises(DefinitionRefused, match="claim 'C-1' has at, id, says"):
        written(CLAIM)


def test_an_input_that_the_relation_does_not_take_is_refused(
    written: Callable[[str], Claims],
) -> None:
    with pytest.raises(
        DefinitionRefused, match=r"\(sum\) lacks \[\] and does not take \['total'\]"
    ):
        written(f"{CLAIM}{CHECK}total = 10\n")


def test_an_input_that_is_lacking_is_refused(written: Callable[[str], Claims]) -> None:
    with pytest.raises(DefinitionRefused, match=r"\(share-of\) lacks \['whole', 'printed'\]"):
        written(f'{CLAIM}[[claim.check]]\nrelation = "share-of"\npart = 1\n')


def test_a_relation_that_does_not_exist_is_refused(written: Callable[[str], Claims]) -> None:
    with pytest.raises(NotKnown, match="no relation is called 'sums'"):
        written(CLAIM + CHECK.replace('"sum"', '"sums"'))


def test_an_input_of_another_kind_is_refused(written: Callable[[str], Claims]) -> None:
    held = written(CLAIM + CHECK.replace("[4, 6]", '"four and six"'))

    with pytest.raises(DefinitionRefused, match="claim C-1, sum: parts is 'four and six'"):
        check_claims(held.claims)


def test_a_repeated_id_is_refused(written: Callable[[str], Claims]) -> None:
    with pytest.raises(DefinitionRefused, match="C-1 stand more than once"):
        written(CLAIM + CHECK + CLAIM + CHECK)


def test_a_claim_that_is_not_there_is_refused(claims: Claims) -> None:
    with pytest.raises(NotKnown, match="no claim is called 'S4-52'"):
        claims.claim("S4-52")


def test_a_file_that_is_not_toml_is_refused(written: Callable[[str], Claims]) -> None:
    with pytest.raises(FileUnreadable, match=r"the claims some\.toml cannot be read"):
        written("[[claim")


def test_a_figure_without_its_days_is_refused(written: Callable[[str], Claims]) -> None:
    with pytest.raises(DefinitionRefused, match="figure 'F-1' lacks"):
        written('[[figure]]\nid = "F-1"\nprinted = 3\n')


NOW = Period(date(2013, 4, 1), date(2014, 3, 14))


def counted(
    value: float | None, *, measure: str = "violence-with-injury", then: bool = False
) -> Figure:
    period = NOW.a_year_before() if then else NOW
    return Figure(
        value=value, unit="offences", measure=measure, scope="west-midlands", basis="actual",
        method="offence-code-count 1", as_at=period.end, period=period,
        missing="" if value is not None else "May 2013 was not supplied",
    )  # fmt: skip


def compared(claims: Claims, named: str, *figures: Figure) -> tuple[Agreement, str]:
    printed = [one for one in claims.figures if one.id == named]
    (found,) = check_against(printed, figures)
    return found.agreement, str(found)


def test_a_counted_change_agrees_at_the_printed_precision(claims: Claims) -> None:
    change = percent_change(counted(18607), counted(17055, then=True))

    agreement, said = compared(claims, "violence-change", change)

    assert agreement is Agreement.AGREES
    assert said == (
        "P42: violence with injury against the same period last year, printed 9.1%, "
        "counted +9.1%: agrees"
    )


def test_a_counted_change_that_prints_otherwise_differs(claims: Claims) -> None:
    change = percent_change(counted(18630), counted(17055, then=True))

    agreement, _ = compared(claims, "violence-change", change)

    assert agreement is Agreement.DIFFERS


def test_words_are_compared_by_what_they_are_taken_to_mean(claims: Claims) -> None:
    now = replace(counted(11193), measure="burglary-dwelling")
    then = replace(counted(11920, then=True), measure="burglary-dwelling")
    gap = replace(now, value=now.known - then.known, method="difference")

    agreement, said = compared(claims, "burglary-difference", gap)

    assert agreement is Agreement.DIFFERS
    assert "printed almost 800 fewer, counted −727 offences: differs" in said


def test_a_figure_of_another_period_is_no_match(claims: Claims) -> None:
    change = percent_change(counted(18607), counted(17055, then=True))
    earlier = replace(change, period=NOW.a_year_before())

    agreement, said = compared(claims, "violence-change", earlier)

    assert agreement is Agreement.NOT_COMPUTED
    assert said.endswith("printed 9.1%: not computed")


def test_a_missing_figure_says_why_and_is_not_computed(claims: Claims) -> None:
    gap = replace(counted(None), method="difference")

    agreement, said = compared(claims, "violence-difference", gap)

    assert agreement is Agreement.NOT_COMPUTED
    assert said.endswith("counted not known: not computed (May 2013 was not supplied)")


def test_parts_of_a_figure_are_searched_too(claims: Claims) -> None:
    change = percent_change(counted(18607), counted(17055, then=True))
    outer = replace(counted(3.0, measure="something-else"), parts=(change,))

    agreement, _ = compared(claims, "violence-change", outer)

    assert agreement is Agreement.AGREES


def test_every_printed_figure_names_a_claim_that_is_there(claims: Claims) -> None:
    held = {one.id for one in claims.claims}

    assert {one.claim for one in claims.figures} - {""} <= held
