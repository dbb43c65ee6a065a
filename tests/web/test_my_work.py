"""My work: what is assigned to the post and how far it is, and nothing else."""

from __future__ import annotations

import re

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from regard.assurance.cells import Key, cells
from regard.assurance.judging import Word, challenge, judge
from regard.assurance.vulnerabilities import Raised, raise_concern
from regard.board.practising import PRACTICE
from regard.core.markings import Marking
from web.conftest import Site
from web.practice_round import opened
from web.test_home import FORCE, look_at, speaker, words


@pytest.fixture
def practice(site: Site) -> Site:
    return opened(site)


def first_cell(site: Site) -> Key:
    """The first cell of terrorism, which ACC Security judges."""
    matrix = cells(site.register.view(speaker(site, "acc-security")), PRACTICE)
    return next(one for one in matrix.cells if "/terrorism/" in one.about)


def judged(site: Site, level: str):
    word = Word("As it was seen.", level=level, departure="It was seen.")
    return judge(site.register, PRACTICE, first_cell(site), word, by=speaker(site, "acc-security"))


def test_a_lead_sees_its_duty_with_how_many_are_done_of_how_many(practice):
    judged(practice, "partly-met")

    page = practice.client("acc-security").get("/my-work")

    assert "Judge: Terrorism" in words(page)
    assert "1 of 50 done." in words(page)
    assert "Still to do: 49" in words(page)
    assert re.search(r'href="/requirements/next\?round=practice&amp;body=', page.content.decode())


def test_every_link_of_the_page_leads_somewhere(practice):
    client = practice.client("acc-security")
    page = client.get("/my-work").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    addresses = {one.replace("&amp;", "&") for one in re.findall(r'href="(/[^"#]*)"', main)}

    assert len(addresses) > 20
    assert {one for one in addresses if client.get(one).status_code not in (200, 302)} == set()


def test_a_challenge_is_shown_until_it_is_answered(practice):
    first = judged(practice, "met")
    word = Word("Too few.", level="not-met")
    challenge(practice.register, first.seq, word, by=speaker(practice, "spr-lead"))

    assert "Challenges to answer" in words(practice.client("acc-security").get("/my-work"))
    judged(practice, "partly-met")
    assert "Challenges to answer" not in words(practice.client("acc-security").get("/my-work"))


@pytest.mark.parametrize(
    ("post", "says", "not_this"),
    [
        ("chief-constable", "Nothing is signed off.", "Steps of series"),
        ("commissioner", "Proposals that wait for your decision", "Steps of series"),
        ("performance-analysis", "Steps of series", "Rounds that are open"),
        ("hmic-inspector", "Judge independently: Public disorder", "Papers to issue"),
        ("ctu-lead", "Nothing is assigned to West Midlands Counter", "Rounds that are open"),
    ],
)
def test_each_post_sees_what_is_assigned_to_it(practice, post, says, not_this):
    told = words(practice.client(post).get("/my-work"))

    assert says in told
    assert not_this not in told


def test_actions_say_their_day_and_whether_they_are_late(site):
    told = words(site.client("acc-security").get("/my-work"))

    assert "10 that have not ended, 3 of them late" in told
    assert "30 April 2014 Late Allocated" in told
    assert "No day is set" in told


def test_an_earlier_day_shows_what_was_assigned_then(practice):
    look_at(practice, "acc-security", "2015-02-03")

    told = words(practice.client("acc-security").get("/my-work"))

    assert "on 3 February 2015" in told
    assert "Practice round" not in told
    assert "Section 22A" not in told


def test_hostile_and_long_words_are_shown_as_words(site):
    by = speaker(site, "acc-security")
    hostile = "<script>alert(1)</script>" + "x" * 900
    marking = Marking.parse("OFFICIAL-SENSITIVE")
    told = Raised("script", hostile, FORCE, by.post, marking=marking)
    raise_concern(site.register, told, by=by)

    page = site.client("acc-security").get("/my-work")

    assert "<script>alert" not in page.content.decode()
    assert "&lt;script&gt;alert" in page.content.decode()
    assert "OFFICIAL-SENSITIVE" in words(page)
    assert "x" * 300 not in words(page)


def test_my_work_asks_few_questions(practice):
    client = practice.client("acc-crime")
    client.get("/my-work")

    with (
        CaptureQueriesContext(practice.register.connection) as of_register,
        CaptureQueriesContext(connections["default"]) as of_accounts,
    ):
        client.get("/my-work")

    assert len(of_register) + len(of_accounts) <= 12
