"""Decisions on screen: what waits for whom, taking, deferring and departing with good reason."""

from __future__ import annotations

import pytest

PAPER = "strategic-policing-and-crime-board/2015-02-03"
PROPOSAL = f"{PAPER}/recommendation-1"
NO_DAY = {"until_day": "", "until_month": "", "until_year": ""}
REQUIREMENT = "expectation:spr-2023/public-disorder/psu-contribution"


def test_the_list_says_what_waits_and_for_whom(site):
    page = site.client("commissioner").get("/registers/decisions").content.decode()

    assert "8 of 8 open proposals are to be decided now." in page
    assert "6 wait for your post." in page


def test_a_recommendation_leads_to_its_paper_and_its_meeting(site):
    page = site.client("acc-security").get(f"/registers/decision/{PROPOSAL}").content.decode()

    assert f"/registers/meeting/{PAPER}" in page
    assert "Waits for a decision" in page
    assert "Say what became of it" not in page


@pytest.mark.parametrize(
    ("sent", "stands"),
    [
        ({"stage": "taken"}, "Taken"),
        ({"stage": "amended", "words": "Noted with concern"}, "Noted with concern"),
        ({"stage": "lapsed", "words": "Overtaken by the next paper"}, "Overtaken by the next"),
        (
            {"stage": "deferred", "words": "Ask again", "until_day": "1", "until_month": "6",
             "until_year": "2030"},
            "1 June 2030",
        ),
    ],
)  # fmt: skip
def test_the_commissioner_says_what_became_of_it_in_one_act(site, sent, stands):
    client, before = site.client("commissioner"), site.register.head().size

    done = client.post(f"/registers/resolve/{PROPOSAL}", NO_DAY | sent)

    assert done.status_code == 302, done.content.decode()
    assert site.register.head().size == before + 1
    assert stands in client.get(f"/registers/decision/{PROPOSAL}").content.decode()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"stage": ""}, "Choose what became of it"),
        ({"stage": "lapsed"}, "Say what was agreed instead, or why"),
        ({"stage": "deferred", "words": "Later"}, "Enter the day until which it is deferred"),
    ],
)
def test_an_end_without_what_it_needs_is_refused(site, sent, says):
    before = site.register.head()

    told = site.client("commissioner").post(f"/registers/resolve/{PROPOSAL}", NO_DAY | sent)

    assert told.status_code == 422
    assert says in told.content.decode()
    assert site.register.head() == before


def test_what_has_ended_cannot_end_again(site):
    client = site.client("commissioner")
    client.post(f"/registers/resolve/{PROPOSAL}", NO_DAY | {"stage": "taken"})
    before = site.register.head()

    told = client.post(f"/registers/resolve/{PROPOSAL}", NO_DAY | {"stage": "taken"})

    assert told.status_code == 422
    assert "it was taken and cannot become taken" in told.content.decode()
    assert site.register.head() == before


def test_the_chief_constable_departs_with_good_reason_and_the_statement_says_so(site):
    chief = site.client("chief-constable")

    sent = chief.post(
        "/registers/depart",
        {"about": REQUIREMENT, "text": "Give fifteen units", "reason": "The Games <b>take</b> two"},
    )

    assert sent.status_code == 302, sent.content.decode()
    page = chief.get("/registers/having-regard").content.decode()
    assert "departed from" in page
    assert "The Games &lt;b&gt;take&lt;/b&gt; two" in page


def test_a_business_lead_asks_to_depart(site):
    sent = site.client("acc-operations").post(
        "/registers/depart",
        {
            "about": REQUIREMENT,
            "text": "Give fifteen units",
            "reason": "The Games",
            "decides": "party:chief-constable",
        },
    )

    assert sent.status_code == 302
    waits = site.client("chief-constable").get("/registers/decisions").content.decode()
    assert "1 waits for your post." in waits


def test_a_governance_officer_proposes_to_the_board(site):
    client, before = site.client("governance-officer"), site.register.head().size

    sent = client.post(
        "/registers/propose",
        {
            "act": "approve",
            "text": "Approve the annual statement",
            "reason": "It is due",
            "decides": "party:commissioner",
            "about": "",
        },
    )

    assert sent.status_code == 302, sent.content.decode()
    assert site.register.head().size == before + 1


def test_the_statement_of_a_year_that_there_is_not_is_not_found(site):
    client = site.client("acc-security")

    assert client.get("/registers/having-regard", {"year": "1066/67"}).status_code == 404
    told = client.get("/registers/having-regard", {"year": "2021/22"}).content.decode()
    assert "No departure from the requirement was entered." in told


def test_an_analyst_may_not_depart(site):
    before = site.register.head()

    told = site.client("performance-analysis").post("/registers/depart", {"about": REQUIREMENT})

    assert told.status_code == 403
    assert site.register.head() == before


def test_what_a_recommendation_says_in_words_is_worked_out_or_said_not_to_be(site):
    client = site.client("governance-officer")

    page = client.get(f"/registers/decision/{PROPOSAL}").content.decode()
    other = client.get(f"/registers/decision/{PAPER}/recommendation-2").content.decode()

    assert "What was worked out of it" in page
    assert "Ask a stress test what it costs, keep the answer as evidence" in page
    assert "What was worked out of it" not in other
