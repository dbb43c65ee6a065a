"""Withholding from the public version of a paper, publishing, and what the public then reads."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from regard.register.access import EVERYTHING
from regard.register.kinds.speech import Decision
from web.doing import run_worker
from web.paper_setting import (
    CANARY,
    CONCERN,
    DOCUMENT,
    SUBJECT,
    close,
    example_with_close_paper,
    example_with_paper,
    issued,
)

__all__ = ["close", "example_with_close_paper", "example_with_paper", "issued"]
WITHHOLD = f"/papers/withhold/{DOCUMENT}"
PUBLISH = f"/papers/publish/{DOCUMENT}"
TOLD = {
    "item": CONCERN,
    "ground": "Freedom of Information Act 2000, section 31",
    "until_day": "1",
    "until_month": "1",
    "until_year": "2040",
    "challenge": "Write to the clerk of the board",
    "reason": "It would show where the force is weak.",
}


def text(answer) -> str:
    return answer.content.decode()


def test_an_official_paper_is_published_as_it_is_and_read_without_signing_in(issued):
    clerk, anybody = issued.client("governance-officer"), issued.client()
    assert anybody.get(f"/published/read/{DOCUMENT}").status_code == 404
    assert "as it is" in text(clerk.get(PUBLISH))

    asked = clerk.post(PUBLISH)
    assert anybody.get(f"/published/read/{DOCUMENT}").status_code == 404
    run_worker()

    assert f'href="/published/read/{DOCUMENT}"' in text(clerk.get(asked.headers["Location"]))
    page = text(anybody.get(f"/published/read/{DOCUMENT}"))
    assert "SPR position 2021" in page
    assert "/trace/" not in page
    assert "SPR position 2021" in text(anybody.get("/published"))
    saved = anybody.get(f"/published/files/pdf/{DOCUMENT}")
    assert saved.content.startswith(b"%PDF")
    assert saved.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_the_public_reads_published_papers_and_nothing_else(issued):
    anybody = issued.client()
    held = f"read/{DOCUMENT}", f"files/html/{DOCUMENT}"

    assert [anybody.get(f"/published/{one}").status_code for one in held] == [404, 404]
    assert "SPR position 2021" not in text(anybody.get("/published"))
    for address in (f"/papers/read/{DOCUMENT}", "/papers", "/trace", "/trace/1", "/trace/1/proof"):
        assert anybody.get(address).headers["Location"].startswith("/sign-in")


def test_a_close_paper_is_not_published_until_each_close_thing_is_withheld(close):
    clerk, head = close.client("governance-officer"), close.register.head()

    told = clerk.post(PUBLISH)

    assert told.status_code == 422
    assert "nothing was decided to be withheld" in text(told)
    assert close.register.head() == head


def test_what_is_withheld_is_in_no_page_and_no_file_of_the_public(close):
    clerk, anybody = close.client("governance-officer"), close.client()
    assert CONCERN in text(clerk.get(WITHHOLD))

    assert clerk.post(WITHHOLD, TOLD).status_code == 302
    asked = clerk.post(PUBLISH)
    run_worker()

    address = f"/published/read/{DOCUMENT}/public"
    assert f'href="{address}"' in text(clerk.get(asked.headers["Location"]))
    page = text(anybody.get(address))
    assert "Freedom of Information Act 2000, section 31" in page
    assert "1 January 2040" in page
    assert "Write to the clerk of the board" in page
    files = [
        anybody.get(f"/published/files/{one}/{DOCUMENT}/public").content for one in ("html", "docx")
    ]
    with zipfile.ZipFile(BytesIO(files[1])) as packed:
        files += [packed.read(one) for one in packed.namelist()]
    for held in (page.encode(), *files):
        assert CANARY.encode() not in held
        assert b"nightjar" not in held.lower()
    assert anybody.get(f"/published/read/{DOCUMENT}").status_code == 404
    assert CANARY in text(clerk.get(f"/papers/read/{DOCUMENT}"))


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("item", "Choose what is withheld"),
        ("ground", "Enter the ground"),
        ("until_day", "must include a day"),
        ("challenge", "Enter how a reader can challenge it"),
        ("reason", "Enter the reason"),
    ],
)
def test_each_fact_is_asked_for_and_what_was_typed_is_kept(close, field, says):
    head = close.register.head()

    told = close.client("governance-officer").post(WITHHOLD, {**TOLD, field: ""})

    assert told.status_code == 422
    assert says in text(told)
    kept = "challenge" if field != "challenge" else "ground"
    assert TOLD[kept] in text(told)
    assert close.register.head() == head


def test_a_day_that_has_passed_is_refused_by_the_register(close):
    told = close.client("governance-officer").post(WITHHOLD, {**TOLD, "until_year": "2020"})

    assert told.status_code == 422
    assert "has passed, until which" in text(told)


def test_a_part_of_the_paper_can_be_withheld_with_who_decided_it(issued):
    clerk = issued.client("governance-officer")

    clerk.post(WITHHOLD, {**TOLD, "item": "paragraph-3"})

    decision = next(
        one.value
        for one in issued.register.view(EVERYTHING).all(Decision, about=f"{SUBJECT}/public")
    )
    assert decision.withheld[0].item == "paragraph-3"
    assert decision.by == "party:governance-officer"
    page = text(clerk.get(f"/papers/read/{DOCUMENT}"))
    assert "paragraph-3, on the ground Freedom of Information Act 2000" in page


@pytest.mark.parametrize("post", ["spr-lead", "acc-security", "chief-constable", "hmic-inspector"])
def test_other_posts_neither_withhold_nor_publish(issued, post):
    client, head = issued.client(post), issued.register.head()

    asked = [
        client.get(WITHHOLD),
        client.post(WITHHOLD, TOLD),
        client.get(PUBLISH),
        client.post(PUBLISH),
    ]

    assert {one.status_code for one in asked} == {403}
    assert issued.register.head() == head


def test_nothing_is_withheld_or_published_while_an_earlier_day_is_looked_at(issued):
    clerk, head = issued.client("governance-officer"), issued.register.head()
    clerk.post("/as-at", {"day_day": "3", "day_month": "2", "day_year": "2015"})

    assert clerk.post(WITHHOLD, TOLD).status_code == 409
    assert clerk.post(PUBLISH).status_code == 409
    assert issued.register.head() == head
