"""Evidence on screen: listed by what cites it, added once, retracted with a reason."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from regard.board.practising import FORCE
from regard.register.access import EVERYTHING
from regard.register.kinds.facts import Observation
from web.practice_round import CELL, HOSTILE, LEAD, judge, opened, read, summary, text

FIGURE = "west-midlands/psus/2021-12-01"
SENT = {
    "text": "The plan was tested with the region.",
    "document": "Report of the exercise",
    "place": "paragraph 4",
    "collected_day": "14",
    "collected_month": "3",
    "collected_year": "2026",
    "expires_day": "14",
    "expires_month": "3",
    "expires_year": "2096",
    "measure": "",
    "amount": "",
    "base": "",
    "marking": "OFFICIAL",
}


@pytest.fixture
def practice(site):
    return opened(site)


def add(practice, who=LEAD, **fields):
    return practice.client(who).post("/requirements/evidence/add", {**SENT, **fields})


def found(practice):
    return practice.register.view(EVERYTHING).all(Observation, scope=FORCE)


def test_what_a_judgement_cites_stands_under_its_requirement_and_the_rest_under_none(practice):
    judge(practice, evidence=[f"observation:{FIGURE}"], position="level:met", departure="")

    told = text(practice.client(LEAD).get("/requirements/evidence"))

    assert "Give the force&#x27;s share of PSUs through NPoCC" in told
    assert "Cited by nothing in this round" in told
    assert 'aria-current="page"' in told


def test_a_piece_is_added_with_its_days_its_place_and_the_digest_of_its_file(practice):
    file = SimpleUploadedFile("../report.pdf", b"words of the report")

    answer = add(practice, file=file)

    entry = found(practice)[-1]
    assert answer.status_code == 302
    assert entry.value.text == SENT["text"]
    assert str(entry.value.collected) == "2026-03-14"
    assert str(entry.value.expires) == "2096-03-14"
    assert entry.value.document.name == "Report of the exercise"
    assert entry.value.document.sha256 == hashlib.sha256(b"words of the report").hexdigest()


def test_a_figure_says_of_what_it_is_and_takes_its_unit_from_the_measure(practice):
    answer = add(practice, measure="measure:psus", amount="16", base="")

    entry = found(practice)[-1]
    assert answer.status_code == 302, summary(answer)
    assert (str(entry.value.amount), entry.value.measure) == ("16 PSUs", "measure:psus")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"text": " "}, "Enter what was found"),
        ({"text": "日本"}, "plain letters"),
        ({"collected_day": "31", "collected_month": "2"}, "must be a real date"),
        (
            {"collected_day": "", "collected_month": "", "collected_year": ""},
            "Enter the day on which it was found",
        ),
        ({"expires_year": "2020"}, "It cannot expire before it was found"),
        ({"amount": "16"}, "Say what the figure is of"),
        ({"amount": "many", "measure": "measure:psus"}, "Give a number"),
        ({"measure": "measure:psus"}, "Give the figure"),
        ({"marking": "SECRET"}, "Choose"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(practice, fields, told):
    before = practice.register.head()

    answer = add(practice, **{"document": HOSTILE, **fields})

    assert answer.status_code == 422
    assert told in summary(answer)
    assert HOSTILE not in text(answer)
    assert "&lt;script&gt;" in text(answer)
    assert practice.register.head() == before


def test_the_same_again_is_entered_once_and_something_else_by_its_name_is_refused(practice):
    add(practice)
    before = practice.register.head()

    again = add(practice)
    other = add(practice, document="Another report")

    assert again.status_code == 302
    assert other.status_code == 422
    assert "stands already" in summary(other)
    assert practice.register.head() == before


def test_what_is_retracted_counts_no_more_for_what_cites_it(practice):
    judge(practice, evidence=[f"observation:{FIGURE}"], position="level:met", departure="")
    before = read(practice).reads
    address = f"/requirements/evidence/retract/{FIGURE}"

    asked = practice.client(LEAD).get(address)
    answer = practice.client(LEAD).post(address, {"reason": "It was counted twice."})

    assert "17 Police Support Units" in text(asked)
    assert answer.status_code == 302
    assert (before, read(practice).reads) == ("supported", "asserted")
    assert "Retracted" in text(practice.client(LEAD).get(f"/requirements/cell/{CELL}"))


def test_nothing_is_retracted_twice_or_without_a_reason(practice):
    address = f"/requirements/evidence/retract/{FIGURE}"
    lead = practice.client(LEAD)

    without = lead.post(address, {"reason": " "})
    lead.post(address, {"reason": "Wrong."})
    before = practice.register.head()
    twice = lead.post(address, {"reason": "Wrong again."})

    assert without.status_code == twice.status_code == 422
    assert "was retracted before" in summary(twice)
    assert practice.register.head() == before


def test_a_piece_that_is_not_there_is_not_found(practice):
    assert practice.client(LEAD).get("/requirements/evidence/retract/none/x").status_code == 404


@pytest.mark.parametrize("who", ["commissioner", "west-midlands-keeper"])
def test_a_post_that_enters_no_evidence_is_refused(practice, who):
    before = practice.register.head()

    answers = [
        add(practice, who),
        practice.client(who).get("/requirements/evidence/add"),
        practice.client(who).post(f"/requirements/evidence/retract/{FIGURE}", {"reason": "No."}),
    ]

    assert {one.status_code for one in answers} == {403}
    assert "Add evidence" not in text(practice.client(who).get("/requirements/evidence"))
    assert practice.register.head() == before


def test_nothing_is_added_while_an_earlier_day_is_looked_at(practice):
    practice.client(LEAD).post("/as-at", {"day_day": "1", "day_month": "1", "day_year": "2022"})
    before = practice.register.head()

    assert add(practice).status_code == 409
    assert practice.register.head() == before
