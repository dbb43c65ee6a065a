"""The acceptance list of the three papers on the requirement: each row recomputed and judged.

Expected values and verdicts stand here alone, as the reference has them; the claims files carry
inputs. Where the reference has a word beside its verdicts, or is not right, a comment says so.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from regard.core.quantities import rounded
from regard.papers.claims import Checked, Claims, check_claims, load_claims

Expected = dict[str, tuple[tuple[str | None, ...], tuple[str, ...]]]

# id: the recomputed value of each check as it is said, and the verdicts in their order.
OF_000: Expected = {
    "S0-01": (("6",), ("OK",)),
    "S0-02": (("3",), ("OK",)),
    "S0-03": ((None,), ("ND",)),
    "S0-04": ((None,), ("ND",)),
    "S0-05": (("0",), ("OK",)),
    "S0-06": (("-6",), ("X",)),
    "S0-07": ((None,), ("OK",)),
    "S0-08": (("15",), ("derived",)),
    "S0-09": (("5",), ("OK",)),
    "S0-10": (("4",), ("OK",)),
    "S0-11": (("12",), ("derived",)),
    "S0-12": (("-2",), ("X",)),
    # The list has "note" and no verdict; a section that refers to words without a number is
    # not derivable.
    "S0-13": (("0",), ("ND",)),
}
OF_001: Expected = {
    "S1-A1": (("472.0",), ("OK",)),
    "S1-A2": (("446",), ("OK",)),
    "S1-A3": (("26.0",), ("OK",)),
    "S1-A4": (("499.0",), ("OK",)),
    "S1-A5": (("27",), ("OK",)),
    "S1-A6": (("449",), ("BAD",)),
    "S1-A7": (("-3",), ("BAD",)),
    "S1-B1": (("472.0",), ("OK",)),
    "S1-B2": (("467",), ("OK",)),
    "S1-B3": (("5.0",), ("OK",)),
    "S1-B4": (("499.0",), ("OK",)),
    "S1-B5": (("449",), ("BAD",)),
    "S1-B6": (("18",), ("BAD",)),
    "S1-B7": (("21",), ("OK",)),
    "S1-01": (("53",), ("OK",)),
    "S1-02": (("27",), ("BASIS",)),
    "S1-03": (("53",), ("OK",)),
    "S1-04": (("27",), ("OK",)),
    "S1-05": (("448.4",), ("OK-R",)),
    "S1-06": (("-2",), ("OK",)),
    # The list has "14 unlisted" and no verdict: the 14 is printed nowhere and follows.
    "S1-07": (("14",), ("derived",)),
    "S1-08": (("14",), ("BASIS",)),
    "S1-09": (("10",), ("OK",)),
    "S1-10": (("20.0",), ("OK",)),
    "S1-11": (("102.9",), ("ND",)),
    "S1-12": (("32",), ("OK",)),
    "S1-13": (("27", "32"), ("BASIS", "OK")),
    "S1-14": (("19",), ("OK",)),
    "S1-15": (("11",), ("BAD",)),
    "S1-16": ((None,), ("ND",)),
    "S1-17": ((None,), ("ND",)),
    "S1-18": ((None,), ("ND",)),
    "S1-19": (("5",), ("X",)),
    "S1-20": (("8",), ("ND",)),
    "S1-21": ((None,), ("ND",)),
    "S1-22": (("23",), ("OK",)),
    "S1-23": (("10", "13"), ("OK", "derived")),
    "S1-24": (("91.1", None), ("derived", "ND")),
    "S1-25": (("66.1",), ("OK",)),
    "S1-26": (("9",), ("BAD",)),
    "S1-27": (("9",), ("derived",)),
    "S1-28": ((None,), ("ND",)),
    "S1-29": ((None,), ("ND",)),
    "S1-30": (("31",), ("OK-R",)),
    "S1-31": (("1326", "26"), ("OK", "BASIS")),
    "S1-32": (("2418",), ("BASIS",)),
    "S1-33": (("1193.4",), ("OK",)),
    "S1-34": (("810",), ("OK",)),
    "S1-35": ((None,), ("ND",)),
    "S1-36": (("10",), ("OK",)),
    "S1-37": (("5",), ("OK",)),
    "S1-38": (("5",), ("OK",)),
    "S1-39": ((None,), ("X",)),
    "S1-40": ((None,), ("ND",)),
    "S1-41": (("72.9", "72.3", "74.0", "-15.9"), ("derived", "derived", "derived", "X")),
    "SC-01": (("-918.6",), ("X",)),
    "SC-02": (("-4",), ("X",)),
    "SC-03": (("-2",), ("X",)),
    "SC-04": (("2",), ("X",)),
    "SC-06": (("12",), ("X",)),
    "SC-07": (("19",), ("X",)),
    "SC-08": (("15.9",), ("X",)),
    "SC-09": (("24",), ("X",)),
    "SC-10": (("0",), ("OK",)),
}
OF_003: Expected = {
    "S3-01": (("18",), ("OK",)),
    "S3-02": (("6",), ("OK",)),
    "S3-03": ((None,), ("OK",)),
    "S3-04": (("5", "11"), ("OK", "OK")),
    "S3-05": (("4",), ("OK",)),
    "S3-06": (("19",), ("X",)),
    "S3-07": (("12",), ("X",)),
    "S3-08": (("2",), ("BAD",)),
    "S3-09": ((None,), ("ND",)),
    "S3-10": ((None,), ("ND",)),
    "S3-11": (("61.9",), ("X",)),
    "S3-12": (("14.3", "9.1"), ("OK", "OK")),
    "S3-13": ((None,), ("ND",)),
    # Only if all 22 were out at once: over six days they may be a total, 3.7 a day.
    "S3-14": (("1",), ("X",)),
    "S3-15": (("13",), ("derived",)),
    "S3-16": (("33",), ("OK",)),
    "S3-17": (("-2", "-4", "-8.8"), ("X", "X", "X")),
    "S3-18": ((None,), ("ND",)),
    "S3-19": (("15.9",), ("X",)),
    "S3-20": ((None,), ("ND",)),
    "S3-21": ((None,), ("ND",)),
    "S3-22": ((None,), ("ND",)),
    "S3-23": (("89340",), ("ND",)),
    "S3-24": (("75",), ("ND",)),
    "S3-25": (("7", "-6"), ("OK", "X")),
    "S3-26": (("57.14",), ("OK",)),
    "S3-27": ((None,), ("ND",)),
    "S3-28": (("7", "7"), ("OK", "OK")),
    "S3-29": (("2.73",), ("derived",)),
    "S3-30": (("1.45",), ("derived",)),
    "S3-31": ((None,), ("ND",)),
    "S3-32": ((None,), ("ND",)),
    "S3-33": (("22", "7"), ("OK", "OK")),
    "S3-34": ((None,), ("ND",)),
    "S3-35": (("5",), ("OK",)),
    "S3-36": (("17",), ("OK",)),
    # The list gives P61 for "2018"; it stands in P60.
    "S3-37": ((None,), ("ND",)),
    "S3-38": ((None,), ("ND",)),
    "S3-38a": ((None,), ("ND",)),
    "S3-39": ((None,), ("ND",)),
    "SC-05": (("-6",), ("X",)),
    "SC-11": ((None,), ("BASIS",)),
}
EXPECTED = {"000": OF_000, "001": OF_001, "003": OF_003}
EVERY = [(paper, named) for paper, held in EXPECTED.items() for named in held]

# What else the list recomputes: paper, claim, which check, name of the number, as it is said.
ALSO = [
    ("000", "S0-01", 0, "copies", "3"),
    ("000", "S0-08", 0, "late", "3"),
    ("001", "S1-A3", 0, "gross", "27.5"),
    ("001", "S1-A6", 0, "unrounded", "448.4"),
    ("001", "S1-A7", 0, "unrounded", "-2.4"),
    ("001", "S1-B5", 0, "unrounded", "448.4"),
    ("001", "S1-B6", 0, "unrounded", "18.6"),
    ("001", "S1-02", 0, "bases_apart", "27"),
    ("001", "S1-05", 0, "of_other", "474.05"),
    ("001", "S1-07", 0, "less", "39"),
    ("001", "S1-08", 0, "more", "4"),
    # The list finds no whole base; as 17.5% was rounded, 18 of 103 is 17.5%.
    ("001", "S1-11", 0, "first_fit", "103"),
    ("001", "S1-15", 0, "change", "21"),
    ("001", "S1-15", 0, "unexplained", "10"),
    ("001", "S1-15", 0, "with_others", "39"),
    ("001", "S1-19", 0, "named", "6"),
    ("001", "S1-24", 0, "rest_share", "8.9"),
    ("001", "S1-25", 0, "rest", "19"),
    ("001", "S1-27", 0, "less", "47"),
    ("001", "S1-30", 0, "share", "54.84"),
    ("001", "S1-30", 0, "at_the_share", "30.9"),
    ("001", "S1-31", 1, "at_25", "1275"),
    ("001", "S1-31", 1, "at_22", "1122"),
    ("001", "S1-32", 0, "on_part", "1326"),
    ("001", "S1-33", 0, "rest", "133"),
    ("003", "S3-06", 0, "months", "32"),
    ("003", "S3-11", 0, "each_times", "2.48"),
    ("003", "S3-11", 0, "or_each_times", "2.38"),
    ("003", "S3-11", 0, "each_needed", "1575"),
    ("003", "S3-11", 0, "or_each_needed", "1638"),
    ("003", "S3-14", 0, "unit_days", "132"),
    ("003", "S3-14", 0, "officer_days", "3300"),
    ("003", "S3-15", 0, "needed", "63"),
    ("003", "S3-16", 0, "at_10", "3.3"),
    ("003", "S3-16", 0, "at_40", "13.2"),
    ("003", "S3-16", 0, "at_60", "19.8"),
    ("003", "S3-29", 0, "a_year", "28.5"),
    ("003", "S3-30", 0, "a_year", "13.2"),
    ("003", "S3-36", 0, "alone", "1"),
]

# What the demonstration says of the five cases that every reader of these papers meets.
HEADLINES = [
    ("001", "S1-02", 0, "499 less 446 is 53 and 472 less 446 is 26: 53 and 26 lie 27 apart, their "
     "bases 27"),
    ("001", "S1-05", 0, "95% of 472 is 448.4, of 499 it would be 474.05; 448 was printed"),
    ("001", "S1-06", 0, "446 less 448 is −2"),
    ("001", "S1-31", 0, "17 times 26 times 3 is 1,326; 1,326 was printed"),
    ("001", "S1-31", 1, "1,326 holds only at 26 each, where 25 are usual; it would be 1,275 at 25; "
     "1,122 at 22"),
    ("001", "SC-07", 0, "37 of 56 on 1 December 2021 (S001 P32), 19 short; promised by 31 March "
     "2019, 32 whole months before"),
    ("003", "SC-11", 0, "33 PSUs and 21 PSUs cannot be compared: scope is west-midlands-region and "
     "west-midlands"),
]  # fmt: skip

# Numbers of each table as the text layer prints them, by the rows of the claims that hold them.
TABLES = [
    ("The table below breaks this down by force:", "15. Out of the current",
     ["S1-A1", "S1-A2", "S1-A3", "S1-A4", "S1-A6", "S1-A7"]),
    ("The below table breaks this down by force", "Counter Terrorism Implications",
     ["S1-B1", "S1-B2", "S1-B3", "S1-B4", "S1-B5", "S1-B6"]),
]  # fmt: skip


@pytest.fixture(scope="session")
def papers(root: Path) -> dict[str, Claims]:
    """The claims of each paper."""
    folder = root / "src/regard/examples/west_midlands_spr"
    return {paper: load_claims(folder / f"claims_{paper}.toml") for paper in EXPECTED}


@pytest.fixture(scope="session")
def texts(root: Path) -> dict[str, str]:
    """The papers' own texts, which are not part of the project."""
    folder = root.parent / "shared" / "source-papers"
    found = {paper: sorted(folder.glob(f"{paper}_*.txt")) for paper in EXPECTED}
    if not all(found.values()):
        pytest.skip("the source papers are not here: no folder shared/source-papers beside it")
    return {paper: files[0].read_text(encoding="utf-8") for paper, files in found.items()}


@pytest.fixture(scope="session")
def checked(papers: dict[str, Claims]) -> dict[str, Checked]:
    return {one.claim.id: one for claims in papers.values() for one in check_claims(claims.claims)}


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


def row(papers: dict[str, Claims], named: str) -> list[float]:
    """Columns and total of a row of a table, as its claim holds them."""
    inputs = papers["001"].claim(named).checks[0].inputs
    columns = inputs.get("columns", inputs.get("parts"))
    return [*columns, inputs["total"] if "total" in inputs else inputs["printed"]]


def test_the_claims_are_the_rows_of_the_acceptance_list(papers: dict[str, Claims]) -> None:
    held = {paper: [one.id for one in claims.claims] for paper, claims in papers.items()}

    assert held == {paper: list(expected) for paper, expected in EXPECTED.items()}


def test_no_row_of_the_acceptance_list_is_left_out() -> None:
    rows = [f"S0-{number:02d}" for number in range(1, 14)]
    rows += [f"S1-{number:02d}" for number in range(1, 42)]
    rows += [f"S1-{table}{number}" for table in "AB" for number in range(1, 8)]
    rows += [f"S3-{number:02d}" for number in range(1, 40)] + ["S3-38a"]
    chains = [f"SC-{number:02d}" for number in range(1, 12)]

    assert sorted([*rows, *chains]) == sorted(named for _, named in EVERY)


@pytest.mark.parametrize("paper, named", EVERY)
def test_a_claim_is_recomputed_and_judged(
    paper: str, named: str, checked: dict[str, Checked]
) -> None:
    values, verdicts = EXPECTED[paper][named]

    found = checked[named]

    assert found.verdicts == verdicts
    assert values_agree(found, values), [str(one.value) for one in found.findings]


@pytest.mark.parametrize("paper, named", EVERY)
def test_the_text_of_the_paper_itself_gives_the_same(
    paper: str, named: str, papers: dict[str, Claims], texts: dict[str, str]
) -> None:
    values, verdicts = EXPECTED[paper][named]

    (found,) = check_claims([papers[paper].claim(named)], text=texts[paper])

    assert found.verdicts == verdicts
    assert values_agree(found, values), [one.says for one in found.findings]


@pytest.mark.parametrize("paper, named, check, number, said", ALSO)
def test_what_else_a_claim_implies_is_recomputed(
    paper: str, named: str, check: int, number: str, said: str, checked: dict[str, Checked]
) -> None:
    found = checked[named].findings[check].also[number]

    assert named in EXPECTED[paper]
    assert as_said(found, said), found


@pytest.mark.parametrize("paper, named, check, said", HEADLINES)
def test_the_headline_cases_are_said_in_full(
    paper: str, named: str, check: int, said: str, checked: dict[str, Checked]
) -> None:
    assert named in EXPECTED[paper]
    assert checked[named].findings[check].says == said


@pytest.mark.parametrize("paper", EXPECTED)
def test_words_of_every_claim_stand_in_the_paper(
    paper: str, papers: dict[str, Claims], texts: dict[str, str]
) -> None:
    loose = " ".join(texts[paper].split())

    missing = [
        (one.id, piece)
        for one in papers[paper].claims
        for piece in one.says.split(" ... ")
        if piece not in loose
    ]

    assert missing == []


@pytest.mark.parametrize("paper, check, name", [("000", "S0-13", "section"),
                                                ("000", "S0-13", "refers_to"),
                                                ("001", "S1-39", "one"),
                                                ("003", "S1-39", "other")])  # fmt: skip
def test_words_that_are_held_against_each_other_stand_in_their_papers(
    paper: str, check: str, name: str, papers: dict[str, Claims], texts: dict[str, str]
) -> None:
    loose = " ".join(texts[paper].split())
    held = {one.id: one for claims in papers.values() for one in claims.claims}

    words = held[check].checks[0].inputs[name]

    assert words in loose


@pytest.mark.parametrize("after, before, rows", TABLES)
def test_rows_put_together_again_hold_every_number_of_the_scrambled_table(
    after: str, before: str, rows: list[str], papers: dict[str, Claims], texts: dict[str, str]
) -> None:
    loose = " ".join(texts["001"].split())
    table = loose.partition(after)[2].partition(before)[0]
    printed = re.findall(r"\d+(?:\.\d+)?", table.replace("21/22", "").replace("95%", ""))

    held = [abs(number) for named in rows for number in row(papers, named)]

    assert sorted(map(float, printed)) == sorted(held)
