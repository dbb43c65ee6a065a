"""What each line says on screen: refused where it may not, asked for a reason, entered once."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from regard.board.practising import PRACTICE
from regard.register.access import EVERYTHING
from regard.register.kinds.speech import Decision, Judgement
from regard.register.kinds.values import Absent, Confidence, Line
from web.practice_round import (
    BARE,
    CELL,
    HOSTILE,
    LEAD,
    UNDER,
    UNITS,
    judge,
    opened,
    read,
    summary,
    text,
)

POSTS = (
    "acc-security",
    "spr-lead",
    "chief-constable",
    "commissioner",
    "hmic-inspector",
    "governance-officer",
    "performance-analysis",
    "west-midlands-keeper",
)
FIGURE = "observation:west-midlands/psus/2021-12-01"
PIECE = {
    "new-text": "The units were counted at a muster.",
    "new-document": "Muster of the spring",
    "new-place": "page 2",
    "new-collected_day": "1",
    "new-collected_month": "4",
    "new-collected_year": "2026",
    "new-expires_day": "1",
    "new-expires_month": "4",
    "new-expires_year": "2096",
    "new-marking": "OFFICIAL",
}


@pytest.fixture
def practice(site):
    return opened(site)


def head(site):
    return site.register.head()


def test_a_lead_judges_with_evidence_in_one_act(practice):
    size = head(practice).size

    answer = judge(
        practice, position="level:met", departure="", evidence=[FIGURE], confidence="high"
    )

    said = read(practice).at(Line.DOING).entry
    assert answer.status_code == 302
    assert head(practice).size == size + 1
    assert (said.value.level, said.value.suggested) == ("met", "met")
    assert said.value.evidence == (FIGURE,)
    assert said.value.confidence is Confidence.HIGH
    assert said.post == f"party:{LEAD}"
    shown = text(practice.client(LEAD).get(answer.headers["Location"]))
    assert f"Entered as entry {said.seq:,}" in shown
    assert "Next cell that waits for you" in shown


def test_agreeing_with_the_suggestion_asks_for_no_second_reason_and_departing_does(practice):
    before = head(practice)

    refused = judge(practice, position="level:not-met", departure="", evidence=[FIGURE])
    taken = judge(practice, position="level:met", departure="", evidence=[FIGURE])

    assert refused.status_code == 422
    assert "The rule suggests “Met”" in summary(refused)
    assert 'href="#departure"' in summary(refused)
    assert taken.status_code == 302
    assert head(practice).size == before.size + 1


@pytest.mark.parametrize(
    ("without", "told"),
    [
        ({"reason": "   "}, "Enter a reason"),
        ({"position": ""}, "Choose a position"),
        ({"position": "level:splendid"}, "Choose"),
        ({"evidence": ["observation:west-midlands/none/2020-01-01"]}, "Choose"),
        ({"marking": "SECRET"}, "Choose"),
    ],
)
def test_what_is_missing_is_told_on_top_and_what_was_typed_is_kept(practice, without, told):
    before = head(practice)

    answer = judge(practice, **{"reason": "Typed once.", "departure": HOSTILE, **without})

    assert answer.status_code == 422
    assert told in summary(answer)
    assert HOSTILE not in text(answer)
    assert "&lt;script&gt;" in text(answer)
    assert "Typed once." in text(answer) or "reason" in without
    assert head(practice) == before


@pytest.mark.parametrize("absent", ["not applicable", "not assessed", "not measured", "withheld"])
def test_four_absences_are_entered_as_four_words(practice, absent):
    answer = judge(practice, f"{BARE}/capability", position=f"absent:{absent}")

    said = read(practice, BARE, "capability").at(Line.DOING).entry.value
    assert answer.status_code == 302
    assert said.level is None
    assert said.absent is Absent(absent)


@pytest.mark.parametrize("post", POSTS)
def test_no_other_post_judges_for_the_lead(practice, post):
    before = head(practice)

    answer = judge(practice, who=post)

    assert answer.status_code == 403
    assert head(practice) == before


def test_nothing_is_said_while_an_earlier_day_is_looked_at(practice):
    lead = practice.client(LEAD)
    lead.post("/as-at", {"day_day": "1", "day_month": "1", "day_year": "2022"})
    before = head(practice)

    answer = judge(practice)

    assert answer.status_code == 409
    assert head(practice) == before


def test_nothing_is_said_in_a_closed_round(practice):
    before = head(practice)
    cell = "spr-2015/public-order/trained-officers/capacity?round=2021"

    answer = judge(practice, cell)
    shown = text(practice.client(LEAD).get(f"/requirements/cell/{cell}"))

    assert answer.status_code == 422
    assert "closed" in summary(answer)
    assert "Enter this judgement" not in shown
    assert head(practice) == before


def test_evidence_is_added_on_the_cell_ticked_and_what_was_typed_is_kept(practice):
    size = head(practice).size

    answer = judge(practice, reason="Half a rea", add="1", **PIECE)
    again = judge(practice, reason="Half a rea", add="1", **PIECE)

    assert answer.status_code == again.status_code == 200
    assert head(practice).size == size + 1
    shown = text(answer)
    assert "Half a rea" in shown
    assert 'value="level:not-met" class="govuk-radios__input" id="position_0" checked' in shown
    ticked = [one for one in shown.split("<input") if "a-muster" in one or "at-a-muster" in one]
    assert len(ticked) == 1
    assert "checked" in ticked[0]


def test_evidence_that_was_typed_is_entered_with_the_judgement_that_cites_it(practice):
    answer = judge(practice, f"{BARE}/capability", **PIECE)

    said = read(practice, BARE, "capability").at(Line.DOING)
    assert answer.status_code == 302
    assert said.evidence.current == (
        "observation:west-midlands/the-units-were-counted-at-a-muster/2026-04-01",
    )


def test_evidence_that_is_half_typed_holds_back_the_judgement(practice):
    before = head(practice)

    answer = judge(practice, **{**PIECE, "new-collected_day": "31", "new-collected_month": "2"})

    assert answer.status_code == 422
    assert "must be a real date" in summary(answer)
    assert "The units were counted at a muster." in text(answer)
    assert head(practice) == before


def test_the_reviewer_agrees_or_takes_another_view(practice):
    judge(practice)
    lead = read(practice).at(Line.DOING).entry
    client, address = practice.client("spr-lead"), f"/requirements/challenge/{CELL}"
    sent = {"challenge-reason": "Seen.", "challenge-marking": "OFFICIAL", "answers": lead.seq}

    agreed = client.post(address, {**sent, "challenge-position": "agrees"})
    first = read(practice).at(Line.OVERSEEING).entry.value
    differed = client.post(address, {**sent, "challenge-position": "level:met"})
    then = read(practice).at(Line.OVERSEEING).entry.value

    assert (agreed.status_code, differed.status_code) == (302, 302)
    assert (first.level, first.answers) == ("not-met", lead.seq)
    assert (then.level, then.answers) == ("met", lead.seq)
    shown = text(client.get(f"/requirements/cell/{CELL}"))
    assert "Takes another view than the lead." in shown


def test_an_answer_to_what_was_judged_again_since_is_held_back(practice):
    judge(practice)
    old = read(practice).at(Line.DOING).entry.seq
    judge(practice, reason="On second thoughts.")
    before = head(practice)

    answer = practice.client("spr-lead").post(
        f"/requirements/challenge/{CELL}",
        {
            "challenge-position": "agrees",
            "challenge-reason": "Seen.",
            "challenge-marking": "OFFICIAL",
            "answers": old,
        },
    )

    assert answer.status_code == 422
    assert "It was judged again since" in summary(answer)
    assert head(practice) == before


def test_nobody_answers_what_was_only_carried(practice):
    before = head(practice)
    shown = text(practice.client("spr-lead").get(f"/requirements/cell/{CELL}"))

    answer = practice.client("spr-lead").post(f"/requirements/challenge/{CELL}", {"answers": "1"})

    assert "Enter this answer" not in shown
    assert answer.status_code == 422
    assert head(practice) == before


def test_an_inspector_judges_from_outside_at_line_3(practice):
    answer = practice.client("hmic-inspector").post(
        f"/requirements/inspect/{CELL}",
        {
            "inspect-position": "level:partly-met",
            "inspect-reason": "Seen in May.",
            "inspect-marking": "OFFICIAL",
            "inspect-evidence": [FIGURE],
        },
    )

    said = read(practice).at(Line.INDEPENDENT).entry.value
    assert answer.status_code == 302
    assert (said.level, said.evidence) == ("partly-met", (FIGURE,))


def test_the_board_says_whether_it_is_assured_and_keeps_what_it_asked(practice):
    answer = practice.client("commissioner").post(
        f"/requirements/assure/{CELL}",
        {
            "assure-position": "level:partly-assured",
            "assure-reason": "Heard.",
            "assure-asked": "What is late?\n\nWho pays?",
            "assure-marking": "OFFICIAL",
        },
    )

    view = practice.register.view(EVERYTHING)
    (said,) = [o for o in view.all(Judgement, cycle=PRACTICE) if o.value.line is Line.BOARD]
    assert answer.status_code == 302
    assert said.value.reason == "Heard.\nAsked: What is late?\nAsked: Who pays?"
    assert "Partly assured" in text(practice.client(LEAD).get(f"/requirements/cell/{CELL}"))


ACTS = {
    "challenge": ("spr-lead", "chief-constable"),
    "inspect": ("hmic-inspector",),
    "assure": ("commissioner",),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("post", [LEAD, *POSTS])
def test_a_form_is_shown_to_the_posts_that_may_send_it_and_refused_to_all_others(
    practice, act, post
):
    judge(practice)
    before, client = head(practice), practice.client(post)

    shown = text(client.get(f"/requirements/cell/{CELL}"))
    answers = [
        client.post(f"/requirements/{act}/{CELL}", {}).status_code,
        client.post(f"/requirements/review/{act}", {}).status_code,
    ]

    may = post in ACTS[act]
    assert (f'id="act-{act}"' in shown) is may
    assert set(answers) == ({422} if may else {403})
    assert head(practice) == before


def several(practice, who, act, chosen, **fields):
    sent = {f"{act}-{name}": value for name, value in fields.items()}
    return practice.client(who).post(
        f"/requirements/review/{act}", {**sent, f"{act}-marking": "OFFICIAL", "chosen": chosen}
    )


def test_several_judgements_are_answered_with_one_reason_in_one_act(practice):
    for under in (UNDER, "capacity"):
        judge(practice, f"{UNITS}/{under}")
    numbers = [read(practice, UNITS, u).at(1).entry.seq for u in (UNDER, "capacity")]
    page = text(practice.client("spr-lead").get("/requirements/review"))

    done = several(
        practice, "spr-lead", "challenge", numbers, position="agrees", reason="Read with the lead."
    )

    answered = [read(practice, UNITS, u).at(2).entry for u in (UNDER, "capacity")]
    assert all(f'value="{one}"' in page for one in numbers)
    assert done.status_code == 302
    assert [one.value.answers for one in answered] == numbers
    assert answered[0].recorded == answered[1].recorded
    assert "Nothing waits here." in text(practice.client("spr-lead").get("/requirements/review"))


@pytest.mark.parametrize("chosen", [[], ["1"], ["x"], [HOSTILE]])
def test_what_does_not_wait_is_answered_by_nobody(practice, chosen):
    judge(practice)
    before = head(practice)

    told = several(practice, "spr-lead", "challenge", chosen, position="agrees", reason="Kept.")

    assert told.status_code == 422
    assert "Tick at least one" in summary(told)
    assert "Kept." in text(told)
    assert HOSTILE not in text(told)
    assert head(practice) == before


def test_an_inspector_judges_several_and_the_board_speaks_of_several_threats(practice):
    cells = [f"{UNITS}/{under}" for under in ("capacity", "capability")]
    threats = ["spr-2023/public-disorder", "spr-2023/terrorism"]

    inspected = several(
        practice, "hmic-inspector", "inspect", cells, position="level:met", reason="Seen."
    )
    assured = several(
        practice, "commissioner", "assure", threats, position="level:assured", reason="Heard."
    )

    assert (inspected.status_code, assured.status_code) == (302, 302)
    assert read(practice, UNITS, "capacity").at(Line.INDEPENDENT).level == "met"
    said = practice.register.view(EVERYTHING).all(Judgement, cycle=PRACTICE)
    about = {one.value.about for one in said if one.value.line is Line.BOARD}
    assert about == {f"expectation:{one}" for one in threats}


def test_a_round_is_not_signed_off_before_everybody_has_spoken(practice):
    before, chief = head(practice), practice.client("chief-constable")

    page = text(chief.get("/requirements/review"))
    told = chief.post("/requirements/review/sign-off", {"sign-off-reason": "Read."})

    assert "It cannot be signed off yet" in page
    assert told.status_code == 422
    assert "cannot be signed off" in summary(told)
    assert head(practice) == before
    assert not practice.register.view(EVERYTHING).all(Decision, cycle=PRACTICE)


def the_sheet(practice, who=LEAD):
    answer = practice.client(who).get("/requirements/sheet.csv")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def send(practice, rows, who=LEAD):
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    file = SimpleUploadedFile("mine.csv", out.getvalue().encode())
    return practice.client(who).post("/requirements/sheet", {"sheet": file})


def test_many_cells_are_judged_from_a_sheet_in_one_act(practice):
    rows = the_sheet(practice)
    for one in rows[:3]:
        one |= {"level": one["suggested"] or "Not met", "reason": "From the sheet."}
    size = head(practice).size

    answer = send(practice, rows)

    assert len(rows) == 100
    assert answer.status_code == 302
    assert head(practice).size == size + 3
    shown = text(practice.client(LEAD).get(answer.headers["Location"]))
    assert "3 cells were judged, in one act; 97 rows were left open." in shown
    assert len(the_sheet(practice)) == 97


def test_a_sheet_with_wrong_rows_is_refused_row_by_row(practice):
    rows = the_sheet(practice)
    rows[0] |= {"level": HOSTILE, "reason": "Why."}
    rows[2] |= {"level": "met"}
    rows[4] |= {"level": "met", "absent": "not assessed", "reason": "Why."}
    before = head(practice)

    told = send(practice, rows)

    assert told.status_code == 422
    assert "no judgement without a reason" in text(told)
    assert "a level, or why there is none, and not both" in text(told)
    assert HOSTILE not in text(told)
    assert head(practice) == before


@pytest.mark.parametrize("words", [b"", b"\xff\xfe\x00", b"a,b\n1,2\n", b"\x00" * 50])
def test_what_is_no_sheet_is_refused(practice, words):
    before = head(practice)

    told = practice.client(LEAD).post(
        "/requirements/sheet", {"sheet": SimpleUploadedFile("../../x.csv", words)}
    )

    assert told.status_code == 422
    assert summary(told)
    assert head(practice) == before


@pytest.mark.parametrize("who", ["spr-lead", "performance-analysis"])
def test_a_post_that_judges_nothing_has_no_sheet(practice, who):
    assert practice.client(who).get("/requirements/sheet.csv").status_code == 403
    assert practice.client(who).post("/requirements/sheet", {}).status_code == 403
    page = text(practice.client(who).get("/requirements/sheet"))
    assert "asks your post for no judgement" in page


def test_another_lead_sends_no_rows_of_this_one(practice):
    rows = the_sheet(practice)
    rows[0] |= {"level": "not-met", "reason": "Not mine.", "departure": "Why not."}
    before = head(practice)

    told = send(practice, rows, who="acc-security")

    assert told.status_code == 403
    assert head(practice) == before
