"""The front page of the registers, and what every page of them must keep."""

from __future__ import annotations

import re
from collections import deque

import pytest
from django.test.utils import CaptureQueriesContext

from regard.register.access import EVERYTHING
from regard.register.entries import Speaker
from regard.register.kinds.facts import Concern
from regard.register.kinds.reading import made
from regard.web.registered.leading import page_of
from regard.web.site import ROUTES
from web.conftest import Site
from web.crawling import links, route_of

MOST = 8  # questions to the register a page; 5 once it is known who may see what
ACCOUNTS = ("acc-security", "governance-officer", "chief-constable")


def opened(site: Site, post: str, *, each: int = 1) -> dict[str, int]:
    """Every page of the registers that a post reaches by links, with the questions it asked."""
    client, asked = site.client(post), {}
    waiting, seen, count = deque(["/registers"]), {"/registers"}, {}
    while waiting:
        address = waiting.popleft()
        name = route_of(address)
        count[name] = count.get(name, 0) + 1
        if count[name] > each or not name.startswith("registers"):
            continue
        with CaptureQueriesContext(site.register.connection) as queries:
            answer = client.get(address)
        assert answer.status_code == 200, address
        asked[name] = max(asked.get(name, 0), len(queries))
        for one in links(answer.content.decode(), address):
            if one.startswith("/registers") and one not in seen:
                seen.add(one)
                waiting.append(one)
    return asked


def test_every_page_is_reached_by_links_answers_and_asks_little(site):
    site.client("acc-security").get("/registers")  # the first request opens the register

    asked = [opened(site, post) for post in ACCOUNTS]

    read = {one.name for one in ROUTES if one.get and one.name.startswith("registers")}
    assert read - {name for one in asked for name in one} == set()
    assert [one for one in asked if max(one.values()) > MOST] == []


@pytest.mark.parametrize(
    ("listed", "one", "leads_to"),
    [
        ("concerns", "concern", "/requirements/threat/"),
        ("decisions", "decision", "/papers/read/"),
        ("promises", "promise", "/papers/read/"),
        ("meetings", "meeting", "/papers/read/"),
    ],
)
def test_what_an_entry_is_about_leads_to_its_own_page_with_the_entry_beside(
    site, listed, one, leads_to
):
    client = site.client("governance-officer")
    page = client.get(f"/registers/{listed}").content.decode()
    held = [found for found in links(page, "/registers") if found.startswith(f"/registers/{one}/")]
    pages = [client.get(address).content.decode() for address in held[:8]]

    led = [told for told in pages if f'href="{leads_to}' in told]

    assert led
    for told in led:
        assert re.search(r'href="/trace/\d+"', told)
        to = re.search(rf'href="({leads_to}[^"]+)"', told)[1]
        assert client.get(to).status_code == 200


def test_every_concern_leads_to_a_page_of_its_requirement_that_there_is(site):
    client, view = site.client("spr-lead"), site.register.view(EVERYTHING)
    abouts = {one.value.about for one in view.all(Concern) if one.held and one.value.about}

    led = {page_of(view, one) for one in abouts} - {""}

    assert led
    assert {client.get(one).status_code for one in led} == {200}
    assert page_of(view, None) == page_of(view, "concern:none/none") == ""


def test_questions_do_not_grow_with_the_rows(site):
    client = site.client("acc-security")

    def asked() -> int:
        with CaptureQueriesContext(site.register.connection) as queries:
            client.get("/registers/concerns")
            client.get("/registers")
        return len(queries)

    before = asked()
    value = made(
        Concern,
        tense="present",
        form="issue",
        text="It stands in the way",
        scope="party:west-midlands",
        owner="party:acc-security",
    )
    with site.register.acting(speaker(site, "acc-security")) as acts:
        for number in range(60):
            acts.enter(value, subject=f"concern:west-midlands/many-{number}")

    assert asked() == before


def speaker(site: Site, post: str) -> Speaker:
    return Speaker(site.account(post).holder, f"party:{post}")


def test_the_front_page_says_of_how_many_each_count_is(site):
    told = site.client("acc-security").get("/registers").content.decode()

    for name in ("Vulnerabilities and risks", "Promises of issued papers", "Taskings", "Meetings"):
        assert name in told
    assert "11 of 13" in told
    assert "must be answered by the next paper" in told


def test_before_anything_was_entered_each_register_says_that_it_is_empty(site):
    client = site.client("acc-security")
    client.post("/as-at", {"day_day": "1", "day_month": "1", "day_year": "2010"})

    told = client.get("/registers").content.decode()

    assert told.count("Nothing had been entered on this day.") == 9
    for name in ("concerns", "actions", "decisions", "promises", "targets", "meetings", "lessons"):
        assert client.get(f"/registers/{name}").status_code == 200


def test_a_subject_that_is_not_there_is_a_page_that_says_so(site):
    client = site.client("acc-security")

    for name in ("concern", "action", "decision", "promise", "target", "meeting", "what-if"):
        assert client.get(f"/registers/{name}/no/such-thing").status_code == 404, name


def test_who_is_not_signed_in_is_led_to_sign_in(site):
    assert site.client().get("/registers/concerns").status_code == 302
