"""What programs read: measures, readings, positions and papers, under the rules of the pages."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta

import pytest
from bench.web_api import call
from django.http import HttpResponse

from regard.assurance.cells import cells
from regard.core.markings import Marking, Tier
from regard.register.access import EVERYTHING
from regard.register.entries import Speaker
from regard.register.kinds.reading import made
from regard.register.kinds.speech import Document
from regard.web.models import Token
from regard.web.programs import api
from regard.web.programs import rows as api_rows
from regard.web.programs.answers import cell
from regard.web.programs.api import OPERATIONS, description
from regard.web.signing import tokens
from regard.web.wsgi import application
from web.conftest import Site

BLIND = "performance-analysis"  # a post that may not read what is OFFICIAL-SENSITIVE
FORMULA = '=HYPERLINK("https://elsewhere.example")'


def asked(site: Site, address: str, post: str = "spr-lead", **headers: str):
    return site.client(post).get(f"/api/v1/{address}", headers=headers)


def test_every_operation_is_described_and_needs_a_post():
    described = {one.replace("{", "<").replace("}", ">") for one in description()["paths"]}

    assert {f"/{one.path.replace('<path:', '<')}" for one in OPERATIONS} == described
    assert all(one.program and one.reads is not None and one.reads.post for one in OPERATIONS)


@pytest.mark.parametrize("address", ["measures", "papers", "positions", "nothing/at/all"])
def test_whoever_brings_no_token_and_no_session_is_told_so_as_a_problem(site, address):
    told = site.client().get(f"/api/v1/{address}")

    assert told.status_code == 401
    assert told.headers["Content-Type"] == "application/problem+json"
    assert told.headers["WWW-Authenticate"].startswith("Bearer")
    assert told.json()["title"] == "Sign in, or send a token"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_nothing_is_written(site, method):
    before = site.register.head()

    told = getattr(site.client("spr-lead"), method)("/api/v1/papers")

    assert told.status_code == 405
    assert told.headers["Allow"] == "GET, HEAD"
    assert site.register.head() == before


def test_a_head_has_the_length_of_the_answer_and_no_words(site):
    told = site.client("spr-lead").head("/api/v1/measures")

    assert told.status_code == 200
    assert told.content == b""
    assert int(told.headers["Content-Length"]) > 1000


def test_measures_are_listed_a_page_at_a_time(site):
    first = asked(site, "measures?per_page=3").json()
    last = asked(site, f"measures?per_page=3&page={first['pages']}").json()

    assert len(first["items"]) == 3
    assert first["count"] == last["count"] == 3 * (first["pages"] - 1) + len(last["items"])
    assert first["marking"] == "OFFICIAL"
    assert asked(site, "measures?page=999").status_code == 404


def test_positions_are_what_the_round_says_at_a_place_on_both_clocks(site):
    now = asked(site, "positions?round=2014-15&body=west-midlands&per_page=500").json()
    then = asked(site, "positions?known_at=2015-02-03&true_on=2015-02-03&per_page=500").json()

    matrix = cells(site.register.view(EVERYTHING), "cycle:2014-15", scope="party:west-midlands")
    assert [one["entry"] for one in now["items"]] == [
        held.position.entry.seq if held.position else None for held in matrix
    ]
    assert then["items"][0]["round"] != asked(site, "positions").json()["items"][0]["round"]


def test_a_paper_is_listed_and_asked_for_by_its_name(site):
    listed = asked(site, "papers").json()["items"]

    whole = asked(site, f"papers/{listed[0]['paper']}").json()

    assert whole.items() >= listed[0].items()
    assert asked(site, f"papers/{listed[0]['paper'].replace('/', '%2F')}").json() == whole
    assert asked(site, "papers/no-such-paper").status_code == 404
    assert asked(site, "papers/No Such Paper").status_code == 404


def test_the_figures_of_a_paper_that_was_only_cited_are_refused_with_the_reason(site):
    cited = next(one for one in asked(site, "papers").json()["items"] if not one["kept"])

    told = asked(site, f"papers/{cited['paper']}/figures")

    assert told.status_code == 409
    assert "not written here" in told.json()["detail"]


def test_a_reading_of_nothing_says_what_is_missing(site):
    told = asked(site, "readings?measure=burglary&area=west-midlands")

    assert told.status_code in (404, 409)
    assert told.json()["detail"]


def test_a_reading_of_a_day_to_come_is_refused_before_any_month_is_counted(site):
    told = asked(site, "readings?measure=burglary&area=west-midlands&true_on=9999-12-31")

    assert told.status_code == 409
    assert "9999-12-31 is still to come" in told.json()["detail"]


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("measures?sort=name", "no parameter is called 'sort'"),
        ("measures?page=1&page=2", "page is given 2 times"),
        ("measures?page=0", "greater than or equal to 1"),
        ("measures?format=xml", "'json' or 'csv'"),
        ("positions?known_at=yesterday", "'yesterday' is not the number of an entry"),
        ("positions?true_on=2015-02-30", "day is out of range"),
        ("readings?measure=burglary", "area: Field required"),
        ("measures?dataset=%00", "String should match"),
    ],
)
def test_what_is_asked_wrongly_is_refused_by_name(site, address, says):
    told = asked(site, address)

    assert told.status_code == 422
    assert says in told.json()["detail"]


def test_a_place_beyond_the_end_of_the_journal_is_refused_in_the_registers_own_sentence(site):
    told = asked(site, "papers?known_at=999999999")

    assert told.status_code == 409
    assert told.json()["detail"].startswith("the journal has no position")


def test_csv_is_given_by_format_or_by_what_is_preferred_and_is_marked(site):
    by_format = asked(site, "positions?format=csv&per_page=500")
    by_header = asked(site, "positions?per_page=500", accept="text/csv, application/json;q=0.5")

    found = list(csv.DictReader(io.StringIO(by_format.content.decode())))
    assert by_format.content == by_header.content
    assert by_format.headers["X-Marking"] in ("OFFICIAL", "OFFICIAL-SENSITIVE")
    assert {one["marking"] for one in found} <= {"OFFICIAL", "OFFICIAL-SENSITIVE"}
    assert len(found) == len(asked(site, "positions?per_page=500").json()["items"])


@pytest.mark.parametrize("words", [FORMULA, "+1", "-1", "@x", "\tx", "\r=1"])
def test_no_cell_is_run_by_a_spreadsheet(words):
    assert cell(words) == f"'{words}"


def test_a_hostile_title_is_harmless_in_csv_and_whole_in_json(site, monkeypatch):
    whole = api_rows.paper_row
    monkeypatch.setattr(api_rows, "paper_row", lambda entry: whole(entry) | {"title": FORMULA})

    sheet = asked(site, "papers?format=csv&per_page=1").content.decode()

    assert next(csv.DictReader(io.StringIO(sheet)))["title"] == f"'{FORMULA}"
    assert asked(site, "papers?per_page=1").json()["items"][0]["title"] == FORMULA


def test_a_paper_marked_higher_is_seen_by_those_alone_who_may(site):
    lead = Speaker(site.account("spr-lead").holder, "party:spr-lead")
    paper = made(
        Document,
        form="paper",
        title="Held closely",
        scope="party:west-midlands",
        held_on=date(2021, 12, 1),
        stage="draft",
        source="a test",
    )
    closely = Marking(Tier.OFFICIAL_SENSITIVE)
    site.register.enter(paper, subject="document:held-closely", by=lead, marking=closely)

    seen = asked(site, "papers?per_page=500", "spr-lead")
    unseen = asked(site, "papers?per_page=500", BLIND)

    assert seen.json()["marking"] == "OFFICIAL-SENSITIVE"
    assert "Held closely" in seen.content.decode()
    assert "Held closely" not in unseen.content.decode()
    assert asked(site, "papers/held-closely", BLIND).status_code == 404


def test_a_token_reads_for_its_post_and_for_no_longer_than_it_is_good(site):
    account = site.account("spr-lead")
    token, words = tokens.make(account, "party:spr-lead", said="dashboard", days=30)
    program = site.client()

    def status() -> int:
        return program.get(
            "/api/v1/papers", headers={"authorization": f"Bearer {words}"}
        ).status_code

    assert status() == 200
    Token.objects.filter(pk=token.pk).update(ends_at=tokens.now() - timedelta(seconds=1))
    assert status() == 401


def test_a_token_for_a_post_that_is_not_held_sees_nothing(site):
    _, words = tokens.make(site.account("spr-lead"), "party:chief-constable", said="x", days=30)

    told = site.client().get("/api/v1/papers", headers={"authorization": f"Bearer {words}"})

    assert told.status_code == 403


def test_a_token_opens_no_page_and_no_form(site):
    _, words = tokens.make(site.account("spr-lead"), "party:spr-lead", said="x", days=30)

    told = site.client().get("/account", headers={"authorization": f"Bearer {words}"})

    assert told.status_code == 302


def test_a_wrong_token_is_not_saved_by_a_session(site):
    told = asked(site, "papers", authorization="Bearer regard_wrong")

    assert told.status_code == 401


def test_the_description_is_for_anybody_and_the_page_loads_nothing_from_elsewhere(site):
    told = site.client().get("/api/v1/openapi.json")
    page = site.client().get("/api/v1/docs").content.decode()

    assert told.json()["openapi"].startswith("3.")
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page
    assert all(f"GET {address}" in page for address in description()["paths"])


@pytest.fixture
def program(site: Site):
    """The site as a program calls it, with the token by which it comes in."""
    made = tokens.make(site.account("spr-lead"), "party:spr-lead", said="schemathesis", days=30)
    return application, made[1]


CALLS = 280  # a few seconds; `python -m bench.web_api` makes 20,000


def test_the_api_answers_as_it_describes_itself(program):
    found = call(*program, calls=CALLS)

    assert found.calls > CALLS / 2
    assert (found.server_errors, found.breaches, found.told) == (0, 0, [])
    assert found.statuses[200] > 20


def test_a_planted_fault_is_found_by_the_same_calls(program, monkeypatch):
    whole = api_rows.paper_row
    monkeypatch.setattr(api_rows, "paper_row", lambda entry: whole(entry) | {"entry": "many"})

    assert call(*program, calls=CALLS).server_errors > 0


def test_a_refusal_that_is_not_as_described_is_found_too(program, monkeypatch):
    monkeypatch.setattr(api, "problem", lambda status, *_, **__: HttpResponse("no", status=status))

    assert call(*program, calls=CALLS).breaches > 0


def test_a_fault_of_regards_own_is_a_problem_without_its_traceback(site, monkeypatch, caplog):
    def broken(*_: object) -> None:
        raise KeyError("secret-of-the-house")

    monkeypatch.setattr(api_rows, "paper_rows", broken)

    told = asked(site, "papers")

    assert told.status_code == 500
    assert told.headers["Content-Type"] == "application/problem+json"
    assert "secret" not in told.content.decode()
    assert "secret-of-the-house" in caplog.text
    json.loads(told.content)
