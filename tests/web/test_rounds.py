"""Rounds on screen: opened with their duties, carried forward, told who is silent, and closed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from regard.assurance.rounds import open_round
from regard.board.practising import FORCE, PRACTICE
from regard.register.access import EVERYTHING
from regard.register.entries import Speaker
from regard.register.kinds.frame import Cycle, Duty
from regard.register.kinds.reading import made
from regard.register.kinds.speech import Decision, Judgement
from regard.register.kinds.values import Line
from web.practice_round import CELL, HOSTILE, LEAD, UNITS, judge, opened, read, summary, text

RUNS = "spr-lead"
FIRST = "?edition=spr-2023&follows=2021"


@pytest.fixture
def practice(site):
    return opened(site)


def sent(site, **fields):
    today = site.register.today()
    days = {"as_at": today, "opens": today, "closes": today + timedelta(days=28)}
    boxes = {
        f"{name}_{part}": str(getattr(day, part))
        for name, day in days.items()
        for part in ("day", "month", "year")
    }
    return {
        "name": "Fourth quarter",
        "scopes": [FORCE],
        "aspects": ["capacity", "capability"],
        "line-1-1": "party:acc-security",
        "line-3-1": "party:hmic-inspector",
        "overseers": ["party:spr-lead", "party:chief-constable"],
        "board": "party:commissioner",
        **boxes,
        **fields,
    }


def held(site, subject):
    return site.register.view(EVERYTHING).find(subject)


def test_every_round_is_listed_the_open_one_first(practice):
    told = text(practice.client(LEAD).get("/requirements/rounds"))

    assert told.index("Practice round") < told.index("SPR position 2021")
    assert told.index("SPR position 2021") < told.index("SPR self-assessment 2013/14")
    assert "Open a round" not in told
    assert "Open a round" in text(practice.client(RUNS).get("/requirements/rounds"))


def test_a_round_says_who_is_silent_how_positions_are_spread_and_what_is_excepted(practice):
    judge(practice)

    told = text(practice.client(LEAD).get("/requirements/round/practice"))

    for words in (
        "Who has still to speak",
        "ACC Security",
        "nothing is signed off",
        "The worst position is",
        "Exceptions, by name",
        "asserted, with no evidence named: 1 cell",
        "not assessed: 358 cells",
        "And 308 more",
        "SPR position 2021",
    ):
        assert words in told, words
    assert "Close this round" not in told


def test_a_round_of_two_bodies_is_shown_body_by_body(site):
    told = text(site.client(LEAD).get("/requirements/round/2021?body=west-midlands-rocu"))

    assert "The composite of Regional Organised Crime Unit" in told
    assert "Who had not spoken when it closed" in told


def test_a_round_is_opened_with_its_duties_and_those_of_the_last_are_offered(practice):
    client = practice.client(RUNS)
    asked = text(client.get("/requirements/open"))
    offered = text(client.get(f"/requirements/open{FIRST}"))

    answer = client.post(f"/requirements/open{FIRST}", sent(practice))

    opened_ = held(practice, "cycle:fourth-quarter")
    assert "in force" in asked
    assert 'value="party:acc-security" selected' in offered
    assert answer.status_code == 302
    assert opened_.value.follows == "cycle:2021"
    assert [(int(one.line), one.post) for one in opened_.value.duties] == [
        (1, "party:acc-security"),
        (3, "party:hmic-inspector"),
        (2, "party:spr-lead"),
        (2, "party:chief-constable"),
        (0, "party:commissioner"),
    ]
    assert opened_.value.duties[0].about == "expectation:spr-2023/terrorism"
    assert "no post must speak at line one" in text(client.get(answer.headers["Location"]))


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"name": " "}, "Say what the round is called"),
        ({"scopes": []}, "Choose at least one body"),
        ({"scopes": ["party:hampshire"]}, "Choose at least one body"),
        ({"aspects": []}, "Choose at least one C"),
        ({"closes_year": "2020"}, "It cannot close before it opens"),
        ({"as_at_month": "13"}, "There is a problem"),
        ({"line-1-1": ""}, "who judges at line 1"),
        ({"line-1-1": "party:commissioner"}, "There is a problem"),
        ({"name": "practice"}, "was opened before"),
        ({"name": HOSTILE + "2021", "aspects": ["x"]}, "Choose at least one C"),
    ],
)
def test_a_round_that_cannot_be_opened_is_told_why_and_keeps_what_was_typed(practice, fields, told):
    before = practice.register.head()

    answer = practice.client(RUNS).post(f"/requirements/open{FIRST}", sent(practice, **fields))

    assert answer.status_code == 422
    assert told in text(answer)
    assert HOSTILE not in text(answer)
    assert practice.register.head() == before


@pytest.mark.parametrize("query", ["?edition=none", "?edition=spr-2023&follows=none", "?edition="])
def test_editions_and_rounds_that_are_not_there_open_nothing(practice, query):
    client = practice.client(RUNS)

    answers = [client.get(f"/requirements/open{query}"), client.post(f"/requirements/open{query}")]

    assert {one.status_code for one in answers} == {422}


@pytest.mark.parametrize("who", [LEAD, "commissioner", "hmic-inspector", "performance-analysis"])
def test_who_runs_no_round_neither_opens_carries_nor_closes_one(practice, who):
    before, client = practice.register.head(), practice.client(who)

    answers = [
        client.post(f"/requirements/open{FIRST}", sent(practice)),
        client.get("/requirements/open"),
        client.post("/requirements/carry/practice"),
        client.post("/requirements/close/practice"),
        client.get("/requirements/close/practice"),
    ]

    assert {one.status_code for one in answers} == {403}
    assert practice.register.head() == before


def test_what_was_judged_before_is_carried_once(practice):
    client = practice.client(RUNS)
    before = practice.register.head()

    answer = client.post("/requirements/carry/practice")

    assert answer.status_code == 302
    assert practice.register.head() == before
    told = text(client.get(answer.headers["Location"]))
    assert "unreviewed and not counted: 0; there already: 2" in told


def test_a_round_is_not_closed_before_everybody_has_spoken(practice):
    client = practice.client(RUNS)
    before = practice.register.head()

    asked = text(client.get("/requirements/close/practice"))
    told = client.post("/requirements/close/practice")

    assert "It cannot be closed yet" in asked
    assert "Close the round</button>" not in asked
    assert told.status_code == 422
    assert "words are missing" in summary(told)
    assert practice.register.head() == before


def test_a_round_that_is_not_there_is_not_found(practice):
    assert practice.client(RUNS).get("/requirements/round/none").status_code == 404
    assert practice.client(RUNS).post("/requirements/close/none").status_code == 404


def small(site):
    """A round of one cell, with a duty at each line but the third."""
    by = Speaker(site.account(RUNS).holder, f"party:{RUNS}")
    today = site.register.today()
    about = f"expectation:{UNITS}"
    value = made(
        Cycle,
        name="A small round",
        editions=("edition:spr-2023",),
        scopes=(FORCE,),
        aspects=("contribution",),
        duties=(
            Duty(line=Line.DOING, post=f"party:{LEAD}", about=about),
            Duty(line=Line.OVERSEEING, post="party:spr-lead", about=about),
            Duty(line=Line.OVERSEEING, post="party:chief-constable", about=about),
            Duty(line=Line.BOARD, post="party:commissioner", about=about),
        ),
        as_at=today,
        opens=today,
        closes=today,
        stage="open",
    )
    return open_round(site.register, value, subject="cycle:small", by=by)


def test_a_round_is_judged_answered_signed_off_assured_and_closed_on_screen(site):
    small(site)
    here = "?round=small"
    judged = judge(site, f"{CELL}{here}")
    lead = read_small(site)
    plain = {"challenge-position": "agrees", "challenge-marking": "OFFICIAL"}
    answered = site.client(RUNS).post(
        f"/requirements/challenge/{CELL}{here}",
        {**plain, "challenge-reason": "Seen.", "answers": lead.seq},
    )
    signed = site.client("chief-constable").post(
        f"/requirements/review/sign-off{here}", {"sign-off-reason": "Read with the lead."}
    )
    assured = site.client("commissioner").post(
        f"/requirements/review/assure{here}",
        {
            "chosen": UNITS,
            "assure-position": "level:assured",
            "assure-reason": "Heard.",
            "assure-marking": "OFFICIAL",
        },
    )
    asked = text(site.client(RUNS).get("/requirements/close/small"))
    closed = site.client(RUNS).post("/requirements/close/small")

    answers = (judged, answered, signed, assured, closed)
    assert [one.status_code for one in answers] == [302] * 5
    assert "Everybody has spoken who must." in asked
    assert held(site, "cycle:small").value.stage == "closed"
    (decision,) = site.register.view(EVERYTHING).all(Decision, cycle="cycle:small")
    assert decision.value.reason == "Read with the lead."
    again = site.client(RUNS).post("/requirements/close/small")
    assert again.status_code == 422


def read_small(site):
    """What the lead judged in the small round."""
    (entry,) = site.register.view(EVERYTHING).all(Judgement, cycle="cycle:small")
    return entry


def test_the_practice_round_stays_apart_from_another_that_is_open(practice):
    small(practice)
    judge(practice, f"{CELL}?round=small")

    assert not read(practice).spoke(Line.DOING)
    assert held(practice, PRACTICE).value.stage == "open"
