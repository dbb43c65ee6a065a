"""The history of the example: every word it quotes and every number stands in its paper."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from regard.core.errors import DefinitionRefused
from regard.examples.west_midlands_spr.history import A_READING, Day, Said, days

PAPERS = ("000", "001", "003", "004")
IN_WORDS = {"1": "one", "3": "three", "7": "seven"}


def entries() -> list[tuple[Day, Said]]:
    return [(day, said) for day in days() for said in day.entries]


def said_anew(paper: str) -> list[tuple[Said, str]]:
    """Every quotation of a paper; a later version also keeps words of an earlier one."""
    before: dict[str, list[str]] = {}
    found = []
    for day, said in entries():
        words = quoted(said)
        if day.paper == paper:
            kept = before.get(said.subject, [])
            found += [(said, one) for one in words if one not in kept]
        before[said.subject] = words
    return found


def loose(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="session")
def texts(root: Path) -> dict[str, str]:
    """The papers' own texts, which are not part of the project."""
    folder = root.parent / "shared" / "source-papers"
    found = {paper: sorted(folder.glob(f"{paper}_*.txt")) for paper in PAPERS}
    if not all(found.values()):
        pytest.skip("the source papers are not here: no folder shared/source-papers beside it")
    return {paper: files[0].read_text(encoding="utf-8") for paper, files in found.items()}


def paragraphs(text: str) -> dict[int, str]:
    """The numbered paragraphs of a paper: each begins where its number opens a line."""
    starts, here, number = [], 0, 1
    while found := re.compile(rf"^\W*{number}\.?(?=\s)", re.MULTILINE).search(text, here):
        starts.append(found.start())
        here, number = found.end(), number + 1
    ends = [*starts[1:], len(text)]
    return {
        at: loose(text[start:end])
        for at, (start, end) in enumerate(zip(starts, ends, strict=True), start=1)
    }


def place(at: str, held: dict[int, str]) -> str | None:
    """The words of the paragraphs that an entry names, or None where it names none."""
    if not at.startswith("paragraph"):
        return None
    numbers = [int(one) for one in re.findall(r"\d+", at)]
    return " ".join(held[one] for one in numbers)


def quoted(said: Said) -> list[str]:
    """What an entry puts between quotation marks, and the words it says are quoted."""
    fields = said.fields
    found = re.findall("“([^”]*)”", said.words)
    found += [one["text"] for one in fields.get("said", ())]
    if said.kind == "decision":
        found.append(fields["text"])
    if said.kind == "expectation" and fields.get("wording", "quoted") == "quoted":
        found.append(fields["text"])
    return found


def test_the_history_is_long_enough_and_of_every_kind_but_what_editions_bring() -> None:
    kinds = Counter(said.kind for _, said in entries())

    assert sum(kinds.values()) >= 130
    assert set(kinds) == {
        "party", "instrument", "edition", "expectation", "measure", "observation", "judgement",
        "concern", "decision", "document", "meeting", "cycle", "link",
    }  # fmt: skip


def test_the_days_come_in_their_order() -> None:
    found = [day.recorded.isoformat() for day in days()]

    assert found == [
        "2013-04-01",
        "2014-04-01",
        "2015-02-03",
        "2015-03-31",
        "2019-03-05",
        "2021-12-01",
        "2023-02-20",
        "2023-02-21",
        "2023-03-01",
        "2023-03-02",
    ]


def test_a_day_that_no_paper_prints_says_that_it_was_inferred() -> None:
    inferred = {day.paper for day in days() if day.inferred}

    assert inferred == {"001", "003"}


def test_every_entry_from_a_paper_names_its_place() -> None:
    without = [said.subject for day, said in entries() if day.paper and not said.at]

    assert without == []


def test_what_was_true_is_never_later_than_it_was_known() -> None:
    later = [said.subject for day, said in entries() if said.effective > day.recorded]

    assert later == []


def test_posts_speak_and_nobody_is_named() -> None:
    parties = [said.fields for _, said in entries() if said.kind == "party"]
    accounts = [one["name"] for one in parties if one["form"] == "person"]

    assert accounts == [f"account {number}" for number in range(2, 20)]
    assert not any(re.search(r"ACC [A-Z]\w+ [A-Z]", one["name"]) for one in parties
                   if one["name"] != "ACC Local Policing")  # fmt: skip


def test_a_level_is_said_to_be_a_reading() -> None:
    judged = [said.fields for _, said in entries() if said.kind == "judgement"]

    assert all((A_READING in one["reason"]) == ("level" in one) for one in judged)


def test_no_board_assurance_stands_that_no_paper_states() -> None:
    lines = {said.fields["line"] for _, said in entries() if said.kind == "judgement"}

    assert lines == {1, 2, 3}


def test_recommendations_are_proposed_and_only_what_papers_tell_was_taken() -> None:
    stages = Counter(
        (day.paper, said.fields["stage"]) for day, said in entries() if said.kind == "decision"
    )

    assert stages == {
        ("000", "proposed"): 6,
        ("001", "proposed"): 1,
        ("001", "taken"): 1,
        ("003", "taken"): 1,
    }


def test_a_row_of_a_table_is_an_entry_with_its_own_body_and_inputs() -> None:
    subject = "observation:west-mercia/rocu-officer-vacancies/2021-12-01"
    (row,) = [said for _, said in entries() if said.subject == subject]

    assert row.fields["amount"] == {"value": "10", "unit": "officers"}
    assert [(one["name"], one["value"]) for one in row.fields["inputs"]] == [
        ("establishment", "58"),
        ("strength", "48"),
    ]
    assert row.fields["base"] == "establishment without uplift"


def test_a_later_version_keeps_what_it_does_not_change() -> None:
    promise = "expectation:promises-west-midlands/ctsfo-uplift-2019"
    first, second = (said.fields for _, said in entries() if said.subject == promise)

    assert "target" not in first
    assert second["target"] == {"value": "56", "unit": "officers"}
    assert second["text"] == first["text"]
    assert second["facet"] == first["facet"]


def test_a_number_that_is_not_text_is_refused(tmp_path: Path) -> None:
    row = '[[entry]]\nkind = "meeting"\nsubject = "meeting:board"\nby = "clerk"\nshare = 0.95\n'
    (tmp_path / "day.toml").write_text(f"recorded = 2020-01-01\nas_at = 2020-01-01\n{row}")

    with pytest.raises(DefinitionRefused, match=r"meeting:board holds the number 0\.95"):
        days(tmp_path)


@pytest.mark.parametrize("paper", PAPERS)
def test_every_quotation_stands_word_for_word_in_the_paragraph_it_names(
    paper: str, texts: dict[str, str]
) -> None:
    whole, held = loose(texts[paper]), paragraphs(texts[paper])

    missing = [
        (said.subject, said.at, words)
        for said, words in said_anew(paper)
        if loose(words) not in (place(said.at, held) or whole)
    ]

    assert missing == []


@pytest.mark.parametrize("paper", PAPERS)
def test_every_number_that_was_not_worked_out_stands_in_the_paragraph_it_names(
    paper: str, texts: dict[str, str]
) -> None:
    held = paragraphs(texts[paper])
    numbers = [
        (said, said.fields["amount"]["value"].lstrip("-"))
        for day, said in entries()
        if day.paper == paper and "amount" in said.fields
        if said.fields["basis"] != "derived" or "rocu" in said.subject
    ]

    missing = [
        (said.subject, said.at, number)
        for said, number in numbers
        if not is_printed(number, place(said.at, held) or "")
    ]

    assert missing == []


def is_printed(number: str, words: str) -> bool:
    plain = words.replace(",", "").lower()
    whole = rf"(?<![\d.]){re.escape(number)}(?![\d]|\.\d)"
    return bool(re.search(whole, plain)) or IN_WORDS.get(number, "-") in plain.split()
