"""The plan: what is promised, where it stands, and plan files in and out."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test.utils import CaptureQueriesContext

from regard.board.demonstration import EXAMPLE
from regard.plan.loading import read_plan
from regard.register.access import EVERYTHING
from regard.register.kinds import Edition
from web.counted import looks_at, made_records, with_records

LEAD, OFFICER = "acc-security", "governance-officer"
PLAN = (EXAMPLE / "plan.toml").read_bytes()
NEXT = b"""
[plan]
id = "west-midlands-2014"
name = "Police and Crime Plan 2014/15"
area = "west-midlands"
force = "West Midlands Police"
governing_body = "West Midlands PCC"
board = "Strategic Policing and Crime Board"
board_on = 2014-07-01
year = "2014/15"
document = "The plan of 2014/15"

[[outcome]]
id = "A"
letter = "A"
title = "Less <script>crime</script>"
source = "page 1"

[[deliverable]]
id = "A1"
outcome = "A"
title = "Say what is done"
leads = ["ACC Crime"]
source = "page 2"
"""


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    return made_records(tmp_path_factory.mktemp("records"))


def shown(site, address="/plan", post=LEAD):
    answer = site.client(post).get(address)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def sent(held, name="plan.toml", **more):
    return {"file": SimpleUploadedFile(name, held), **more}


def test_without_records_the_promises_stand_and_what_is_not_known_is_said(site):
    page = shown(site)

    assert "Reduce Burglary Dwelling by 8 per cent" in page
    assert "Not known: no records answer it" in page
    assert "No records that you may see have been brought in" in page
    assert "Answers for it: ACC Local Policing" in page


def test_each_promise_leads_to_its_measure_and_its_entry(site):
    page = shown(site)

    assert 'href="/measures/burglary-dwelling"' in page
    assert re.search(r'href="/trace/\d+"', page)


def test_deliverables_with_nothing_to_say_are_named(site):
    site.client(OFFICER).post("/plan/enter", sent(NEXT))

    page = shown(site, "/plan?plan=west-midlands-2014")

    silent = page[page.index("Deliverables with nothing to say") :]
    assert "A1 Say what is done" in silent[: silent.index("<section")]
    assert "Answers for it: ACC Crime" in silent[: silent.index("<section")]


def test_with_records_each_promise_has_a_verdict_that_can_be_traced(site, records):
    page = shown(with_records(site, records))

    assert "counted to 28 February 2014" in page
    assert "govuk-tag" in page
    led = set(re.findall(r'class="regard-figure" href="#([^"]+)"', page))
    assert led
    assert led <= set(re.findall(r' id="([^"]+)"', page))


def test_no_id_stands_twice(site, records):
    ids = re.findall(r' id="([^"]+)"', shown(with_records(site, records)))

    assert len(ids) == len(set(ids))


def test_the_plan_is_shown_as_it_stood_on_an_earlier_day(site):
    looks_at(site, LEAD, date(2012, 1, 1))

    assert "No plan that you may see was in the register at the end of 1 January 2012" in shown(
        site
    )


def test_a_plan_that_there_is_not_is_not_found(site):
    assert site.client(LEAD).get("/plan?plan=atlantis").status_code == 404


def test_the_plan_file_that_comes_out_gives_the_same_plan(site):
    answer = site.client(LEAD).get("/plan/file")

    again = read_plan(answer.content, "again.toml")
    assert again.milestones == read_plan(PLAN, "plan.toml").milestones
    assert "OFFICIAL.toml" in answer.headers["Content-Disposition"]


def test_a_plan_is_entered_whole_and_its_words_are_escaped(site):
    before = site.register.head().size

    answer = site.client(OFFICER).post("/plan/enter", sent(NEXT))

    assert answer.headers["Location"] == "/plan?plan=west-midlands-2014"
    assert site.register.head().size > before
    page = shown(site, answer.headers["Location"], OFFICER)
    assert "<script>crime" not in page
    assert "Less &lt;script&gt;crime" in page
    assert "The plan is in the register" in page


def test_a_plan_can_be_checked_without_entering_it(site):
    before = site.register.head()

    answer = site.client(OFFICER).post("/plan/enter", sent(NEXT, check="1"))

    assert "is sound: 1 outcomes" in answer.content.decode()
    assert site.register.head() == before


@pytest.mark.parametrize(
    ("held", "says"),
    [
        (b"", "The file holds nothing"),
        (b"\xff\xfe", "is not TOML"),
        (b"[plan", "is not TOML"),
        (NEXT.replace(b'outcome = "A"', b'outcome = "B"'), "deliverable 1"),
        (NEXT.replace(b'"west-midlands"', b'"merseyside"'), "merseyside"),
        (NEXT.replace(b"2014/15", b"2014-15"), "2014-15"),
        (b"x" * (1024 * 1024 + 1), "a plan file has at most"),
        (PLAN, "was entered before"),
    ],
)
def test_what_is_wrong_with_a_plan_is_told_by_its_place(site, held, says):
    before = site.register.head()

    answer = site.client(OFFICER).post("/plan/enter", sent(held))

    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert says in answer.content.decode()
    assert site.register.head() == before


def test_without_a_file_one_is_asked_for(site):
    answer = site.client(OFFICER).post("/plan/enter", {})

    assert answer.status_code == 422
    assert "Choose a plan file" in answer.content.decode()


@pytest.mark.parametrize("post", [LEAD, "performance-analysis", "hmic-inspector"])
def test_another_post_enters_no_plan(site, post):
    before = site.register.head()

    asked = site.client(post).get("/plan/enter")
    answered = site.client(post).post("/plan/enter", sent(NEXT))

    assert (asked.status_code, answered.status_code) == (403, 403)
    assert site.register.head() == before
    assert "/plan/enter" not in shown(site, post=post)


def test_a_plan_is_true_from_the_day_that_is_given(site):
    given = {"effective_day": "1", "effective_month": "7", "effective_year": "2014"}

    site.client(OFFICER).post("/plan/enter", sent(NEXT, **given))

    held = site.register.view(EVERYTHING).all(Edition)
    assert held[-1].effective == date(2014, 7, 1)


def test_a_page_asks_a_dozen_questions_at_most(site, records):
    counted = with_records(site, records)
    shown(counted)  # who has which area is asked once a process
    with (
        CaptureQueriesContext(counted.register.connection) as held,
        CaptureQueriesContext(connections["default"]) as accounts,
    ):
        shown(counted)

    assert len(held) + len(accounts) <= 12
