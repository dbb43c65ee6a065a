"""Home: what to worry about, what to do and what changed, for the post and the day looked at."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from regard.assurance.vulnerabilities import Raised, raise_concern
from regard.core.markings import Marking
from regard.register.entries import Speaker
from web.conftest import Site
from web.practice_round import opened

DAYS = ("2014-04-01", "2015-02-03", "2019-03-05", "2021-12-01")
SAYS = {
    "2014-04-01": "Of 80 cells, none was assessed in this round.",
    "2015-02-03": "Of 80 cells, 9 cells assessed in this round: 2 cells partly met",
    "2019-03-05": "Of 299 cells, 23 cells assessed in this round",
    "2021-12-01": "Of 299 cells, 8 cells assessed in this round",
}
FORCE = "party:west-midlands"


def words(answer) -> str:
    """What a reader sees of a page, as one line."""
    page = answer.content.decode()
    main = page[page.index("<main") :] if "<main" in page else page
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def plain(answer) -> str:
    """The same without the spaces that a link leaves before a stop."""
    return re.sub(r" (?=[,.;:])", "", words(answer))


def look_at(site: Site, post: str, day: str):
    year, month, number = day.split("-")
    sent = {"day_day": number, "day_month": month, "day_year": year, "next": "/"}
    return site.client(post).post("/as-at", sent, follow=True)


def speaker(site: Site, post: str) -> Speaker:
    return Speaker(site.account(post).holder, f"party:{post}")


@pytest.mark.parametrize("day", DAYS)
def test_each_of_the_four_days_has_its_own_board(site, day):
    told = plain(look_at(site, "commissioner", day))

    assert SAYS[day] in told
    assert not any(says in told for other, says in SAYS.items() if other != day)


def test_the_days_of_rounds_are_offered_from_every_day(site):
    offered = [
        re.findall(r'name="day_year" value="(\d+)"', answer.content.decode())
        for answer in (site.client("spr-lead").get("/"), look_at(site, "spr-lead", "2015-02-03"))
    ]

    assert offered[0] == ["2021", "2019", "2015", "2014"]
    assert offered[1] == offered[0]


def test_before_the_first_round_home_says_so(site):
    told = words(look_at(site, "acc-security", "2013-05-01"))

    assert "No round of judgements had been closed by this day" in told
    assert "Choose a day to compare with" in told


def test_a_number_stands_with_its_base_and_leads_to_its_entries(site):
    page = site.client("commissioner").get("/")

    assert "11 of 13 things with a last day are late" in words(page)
    assert "35 of 35 vulnerabilities, risks and lessons are open; 35 without an action" in words(
        page
    )
    assert re.search(r'<a class="govuk-link" href="/trace/[^"]+">3 of 40', page.content.decode())


def test_different_posts_see_different_work(site):
    opened(site)

    lead, chief = (words(site.client(one).get("/")) for one in ("acc-security", "chief-constable"))

    assert "Judge: Terrorism" in lead
    assert "50 of 50 still to do" in lead
    assert "Sign the round off" in chief
    assert "Judge: Terrorism" not in chief


def test_a_post_with_nothing_to_do_is_told_so(site):
    told = words(site.client("ctu-lead").get("/"))

    assert "Nothing waits for West Midlands Counter Terrorism Unit lead." in told


def test_what_changed_is_told_since_the_round_before_or_since_a_day(site):
    usual = words(site.client("commissioner").get("/"))
    asked = site.client("commissioner").get(
        "/", {"since_day": "3", "since_month": "2", "since_year": "2015"}
    )

    assert "Since the end of 5 March 2019" in usual
    assert "1 worse" in usual
    assert "Since the end of 3 February 2015" in words(asked)
    assert "so not comparable" in words(asked)


def test_a_day_that_is_none_is_refused_and_kept(site):
    told = site.client("commissioner").get(
        "/", {"since_day": "31", "since_month": "2", "since_year": "2015"}
    )

    assert told.status_code == 422
    assert "must be a real date" in words(told)
    assert 'value="31"' in told.content.decode()


def test_the_four_ideas_stand_open_once_a_session(site):
    pages = [site.client("acc-crime").get("/").content.decode() for _ in range(2)]

    opened = ['<details class="govuk-details" open>' in one for one in pages]
    assert opened == [True, False]


def test_hostile_words_are_escaped_and_marked_ones_hidden(site):
    by = speaker(site, "acc-security")
    told = Raised("script", "<script>alert(1)</script>", FORCE, by.post)
    raise_concern(site.register, told, by=by)
    for number in range(40):
        hidden = Raised(
            f"hidden-{number}", "Lances", FORCE, by.post,
            marking=Marking.parse("OFFICIAL-SENSITIVE"),
        )  # fmt: skip
        raise_concern(site.register, hidden, by=by)

    lead = site.client("acc-security").get("/")
    analyst = site.client("performance-analysis").get("/")

    assert "<script>alert" not in lead.content.decode()
    assert "76 of 76 vulnerabilities" in words(lead)
    assert "36 of 36 vulnerabilities" in words(analyst)
    assert "Lances" not in words(analyst)


def test_home_asks_few_questions_and_as_many_for_more_rows(site):
    client = site.client("acc-security")
    client.get("/")

    def questions() -> int:
        with (
            CaptureQueriesContext(site.register.connection) as of_register,
            CaptureQueriesContext(connections["default"]) as of_accounts,
        ):
            assert client.get("/").status_code == 200
        return len(of_register) + len(of_accounts)

    few = questions()
    by = speaker(site, "acc-security")
    for number in range(20):
        raise_concern(site.register, Raised(f"more-{number}", "More", FORCE, by.post), by=by)
    client.get("/")

    assert questions() == few <= 12


def test_nobody_sees_home_without_signing_in(site):
    assert site.client().get("/").headers["Location"].startswith("/sign-in")
