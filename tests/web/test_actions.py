"""Actions and dates on screen: what is overdue, who claims and verifies, and how a day moves."""

from __future__ import annotations

import pytest

PROMISE = "expectation:promises-west-midlands/esmcp-2024"
PATH = "promises-west-midlands/esmcp-2024"
DAY = {"until_day": "31", "until_month": "3", "until_year": "2027"}
SAY = {"reason": "Seen in the control room", "line": "2", "evidence": ""}


def test_what_is_overdue_stands_first_with_its_base(site):
    page = site.client("acc-operations").get("/registers/actions").content.decode()

    assert "22 of 22 are overdue" in page
    assert page.index("Overdue</strong>") < page.index("Ended</strong>")


def test_the_list_is_narrowed_to_what_ended(site):
    page = site.client("acc-operations").get("/registers/actions", {"when": "ended"})

    assert "Overdue</strong>" not in page.content.decode()


def test_at_an_earlier_day_the_same_is_due_later(site):
    client = site.client("acc-operations")
    client.post("/as-at", {"day_day": "31", "day_month": "12", "day_year": "2021"})

    page = client.get("/registers/actions", {"when": "later"}).content.decode()

    assert "WMP will connect to the national Emergency Services" in page


def test_the_owner_claims_another_line_denies_then_verifies(site):
    owner, lead = site.client("acc-operations"), site.client("spr-lead")

    assert owner.post(f"/registers/claim/{PROMISE}", {"reason": "Connected"}).status_code == 302
    assert "said to be done" in owner.get(f"/registers/action/{PATH}").content.decode().lower()
    lead.post(f"/registers/say/deny/{PROMISE}", SAY)
    assert "Found not to be done" in owner.get(f"/registers/action/{PATH}").content.decode()
    lead.post(f"/registers/say/verify/{PROMISE}", SAY)

    page = owner.get(f"/registers/action/{PATH}").content.decode()
    assert "Verified" in page
    assert "Seen in the control room" in page


def test_nobody_claims_what_another_post_owns(site):
    before = site.register.head()

    told = site.client("acc-security").post(f"/registers/claim/{PROMISE}", {"reason": "Connected"})

    assert told.status_code == 422
    assert "does not own" in told.content.decode()
    assert "Connected" in told.content.decode()
    assert site.register.head() == before


@pytest.mark.parametrize("evidence", ["no such thing", "west-midlands/none/2020-01-01"])
def test_evidence_that_is_not_there_is_refused_at_the_form(site, evidence):
    before = site.register.head()

    told = site.client("spr-lead").post(
        f"/registers/say/verify/{PROMISE}", SAY | {"evidence": evidence}
    )

    assert told.status_code == 422
    assert site.register.head() == before


def test_a_word_that_nobody_says_is_not_found(site):
    assert site.client("spr-lead").get(f"/registers/say/praise/{PROMISE}").status_code == 404


def test_an_owner_asks_for_another_day_and_the_move_is_counted_once_taken(site):
    owner, lead = site.client("acc-operations"), site.client("spr-lead")
    before = site.register.head().size

    asked = owner.post(
        f"/registers/extend/{PATH}",
        DAY | {"reason": "The national programme is late", "decides": "party:spr-lead"},
    )
    assert asked.status_code == 302
    assert site.register.head().size == before + 1
    assert "31 March 2024" in owner.get(f"/registers/action/{PATH}").content.decode()

    taken = lead.post(f"/registers/resolve/extend/expectation/{PATH}/1", {"stage": "taken"})
    assert taken.status_code == 302, taken.content.decode()

    page = owner.get(f"/registers/action/{PATH}").content.decode()
    assert "31 March 2027" in page
    assert "The national programme is late" in page
    assert "How its day was moved" in page


def test_who_decides_moves_the_day_at_once(site):
    before = site.register.head().size

    moved = site.client("spr-lead").post(f"/registers/extend/{PATH}", DAY | {"reason": "Late"})

    assert moved.status_code == 302
    assert site.register.head().size == before + 2  # the decision and the version that it moved


def test_a_day_that_there_is_not_is_refused_and_kept(site):
    told = site.client("spr-lead").post(
        f"/registers/extend/{PATH}", DAY | {"until_day": "32", "reason": "Late"}
    )

    assert told.status_code == 422
    assert 'value="32"' in told.content.decode()


def test_a_governance_officer_opens_a_list(site):
    client = site.client("governance-officer")

    sent = client.post("/registers/actions/open-list", {"title": "Board actions", "issuer": "OPCC"})

    assert sent.status_code == 302
    page = site.client("acc-security").get("/registers/answer/west-midlands/ctsfo-strength")
    assert "Board actions" in page.content.decode()
