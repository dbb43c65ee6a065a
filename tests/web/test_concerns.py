"""Vulnerabilities and risks on screen: raised, answered, rated, accepted, closed, opened again."""

from __future__ import annotations

import pytest

from regard.assurance.accepting import acceptance
from regard.assurance.running import running_list
from regard.assurance.vulnerabilities import Stands, vulnerability
from regard.register.entries import Speaker
from web.conftest import Site

CONCERN = "concern:west-midlands/ctsfo-strength"
PATH = "west-midlands/ctsfo-strength"
HOSTILE = "<script>alert(1)</script>"
RAISED = {
    "form": "vulnerability",
    "text": f"Shields are worn {HOSTILE}",
    "code": "Public order shields",
    "about": "expectation:spr-2015/public-order/psu-commitment",
    "aspect": "capability",
    "owner": "party:acc-operations",
    "cause": "Age",
}


def speaker(site: Site, post: str) -> Speaker:
    return Speaker(site.account(post).holder, f"party:{post}")


def stands(site: Site, subject: str = CONCERN) -> Stands:
    view = site.register.view(speaker(site, "spr-lead"))
    return vulnerability(view, subject, as_at=site.register.today()).stands


def test_the_list_is_narrowed_by_owner_threat_and_form(site):
    client = site.client("acc-security")

    whole = client.get("/registers/concerns").content.decode()
    some = client.get(
        "/registers/concerns",
        {"owner": "party:acc-security", "threat": "Terrorism", "form": "risk"},
    ).content.decode()

    assert "25 of 25" in whole
    assert "4 of 25" in some
    assert "ECS poses" not in some


def test_nothing_like_that_is_said_in_words(site):
    told = site.client("acc-security").get("/registers/concerns", {"owner": "party:nobody"})

    assert "None of 25 is like that." in told.content.decode()


def test_a_business_lead_raises_what_stands_in_the_way_in_one_act(site):
    client, before = site.client("acc-operations"), site.register.head().size

    sent = client.post("/registers/raise", RAISED)

    assert sent.headers["Location"] == "/registers/concern/west-midlands/public-order-shields"
    assert site.register.head().size == before + 1
    page = client.get(sent.headers["Location"]).content.decode()
    assert "Shields are worn &lt;script&gt;" in page
    assert HOSTILE not in page
    assert "Capability" in page


def test_a_form_that_is_not_whole_keeps_what_was_typed(site):
    before = site.register.head()

    told = site.client("acc-operations").post("/registers/raise", RAISED | {"owner": ""})

    assert told.status_code == 422
    page = told.content.decode()
    assert "There is a problem" in page
    assert "Choose who answers for it" in page
    assert "Shields are worn" in page
    assert site.register.head() == before


def test_a_code_that_is_taken_is_refused_in_the_words_of_the_register(site):
    client = site.client("acc-operations")
    client.post("/registers/raise", RAISED)
    before = site.register.head()

    told = client.post("/registers/raise", RAISED)

    assert told.status_code == 422
    assert "is there since entry" in told.content.decode()
    assert site.register.head() == before


@pytest.mark.parametrize(
    ("post", "page"),
    [
        ("performance-analysis", "raise"),
        ("hmic-inspector", f"accept/{PATH}"),
        ("acc-security", f"rate/{PATH}"),
        ("commissioner", f"answer/{PATH}"),
    ],
)
def test_another_post_is_refused_and_leaves_nothing(site, post, page):
    before = site.register.head()

    told = site.client(post).post(f"/registers/{page}", RAISED | {"level": "high", "reason": "x"})

    assert told.status_code == 403
    assert site.register.head() == before


def test_without_a_list_of_actions_the_page_says_who_opens_one(site):
    told = site.client("acc-security").get(f"/registers/answer/{PATH}").content.decode()

    assert "A governance officer opens one." in told


def test_an_action_answers_it_and_is_seen_with_its_day(site):
    edition = running_list(
        site.register, "wm-actions", title="Actions of the board", issuer="the board",
        form="board actions", by=speaker(site, "governance-officer"),
    )  # fmt: skip
    client = site.client("acc-security")
    assert "Actions of the board" in client.get(f"/registers/answer/{PATH}").content.decode()

    sent = client.post(
        f"/registers/answer/{PATH}",
        {
            "text": "Train ten officers; done when all ten are deployable",
            "code": "train ten",
            "owner": "party:acc-operations",
            "due_0": "31", "due_1": "3", "due_2": "2027",
            "due_day": "31", "due_month": "3", "due_year": "2027",
            "edition": edition,
        },
    )  # fmt: skip

    assert sent.status_code == 302, sent.content.decode()
    page = client.get(f"/registers/concern/{PATH}").content.decode()
    assert "Train ten officers" in page
    assert "31 March 2027" in page
    assert stands(site) is Stands.ANSWERED


def test_a_risk_is_accepted_only_at_the_rating_it_has(site):
    chief = site.client("chief-constable")
    words = {"reason": "Cover is bought in", "until_day": "", "until_month": "", "until_year": ""}

    told = chief.post(f"/registers/accept/{PATH}", words)
    assert told.status_code == 422
    assert "has no rating" in told.content.decode()

    rated = {"level": "high", "reason": "Two thirds of the strength", "line": "2"}
    assert site.client("spr-lead").post(f"/registers/rate/{PATH}", rated).status_code == 302
    assert chief.post(f"/registers/accept/{PATH}", words).status_code == 302
    assert stands(site) is Stands.ACCEPTED

    lower = rated | {"level": "medium"}
    site.client("spr-lead").post(f"/registers/rate/{PATH}", lower)
    page = chief.get(f"/registers/concern/{PATH}").content.decode()
    assert "the acceptance is stale" in page


def test_a_business_lead_asks_for_a_risk_to_be_accepted_and_another_takes_it(site):
    rated = {"level": "high", "reason": "Two thirds of the strength", "line": "2"}
    site.client("spr-lead").post(f"/registers/rate/{PATH}", rated)

    asked = site.client("acc-security").post(
        f"/registers/accept/{PATH}",
        {"reason": "Cover is bought in", "decides": "party:chief-constable"},
    )
    assert asked.status_code == 302
    assert stands(site) is Stands.OPEN

    proposal = "accept/concern/west-midlands/ctsfo-strength/1"
    taken = site.client("chief-constable").post(
        f"/registers/resolve/{proposal}", {"stage": "taken"}
    )
    assert taken.status_code == 302, taken.content.decode()
    assert stands(site) is Stands.ACCEPTED
    view = site.register.view(speaker(site, "spr-lead"))
    held = acceptance(view, CONCERN, as_at=site.register.today())
    assert held is not None
    assert held.decision.value.level == "high"


def test_it_is_claimed_verified_closed_and_opened_again(site):
    owner, lead = site.client("acc-security"), site.client("spr-lead")
    say = {"reason": "Seen on the range", "line": "2", "evidence": ""}

    assert owner.post(f"/registers/claim/{CONCERN}", {"reason": "Recruited"}).status_code == 302
    assert stands(site) is Stands.CLAIMED
    assert "Recruited" in lead.get(f"/registers/say/close/{CONCERN}").content.decode()
    assert lead.post(f"/registers/say/close/{CONCERN}", say).status_code == 302
    assert stands(site) is Stands.CLOSED
    assert lead.post(f"/registers/say/reopen/{CONCERN}", say).status_code == 302

    page = owner.get(f"/registers/concern/{PATH}").content.decode()
    assert "Opened again" in page
    assert "did not stick" in page


def test_nothing_can_be_done_at_an_earlier_day(site):
    client, before = site.client("acc-security"), site.register.head()
    client.post("/as-at", {"day_day": "31", "day_month": "12", "day_year": "2021"})

    page = client.get(f"/registers/concern/{PATH}").content.decode()
    told = client.post(f"/registers/claim/{CONCERN}", {"reason": "Recruited"})

    assert "What your post can do" not in page
    assert told.status_code == 409
    assert site.register.head() == before
