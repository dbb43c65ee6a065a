"""The measures of an area, and what one of them says."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from records.brought_in import bring_in, offences
from regard.records.store import Store
from regard.register.entries import Speaker
from regard.register.posting import appoint, enter_post
from regard.web.models import Account
from web.counted import AREA, BROUGHT_IN, STEP, looks_at, made_records, with_records

ANALYST, LEAD = "performance-analysis", "acc-security"
PAGE = "/measures/burglary-dwelling"


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    return made_records(tmp_path_factory.mktemp("records"))


@pytest.fixture
def counted(site, records):
    return with_records(site, records)


def shown(site, address, post=LEAD):
    answer = site.client(post).get(address)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def test_without_records_the_list_says_how_they_come_in_and_names_every_measure(site):
    page = shown(site, "/measures")

    assert "No records that you may see have been brought in" in page
    assert "Burglary dwelling" in page
    assert "Cannot be counted" in page


def test_the_page_of_a_measure_without_records_says_what_it_counts(site):
    page = shown(site, PAGE)

    assert "Burglary in a dwelling" in page
    assert "nothing can be counted yet" in page


def test_a_measure_of_rows_that_the_area_never_sent_says_so(site):
    rows = offences(AREA, date(2014, 1, 1), "28A", 1, crime_type="burglary")
    bring_in(Store(site.home), "crime", rows)

    page = shown(site, f"/measures/confidence?area={AREA}")

    assert "It cannot be counted here" in page


def test_the_list_has_the_latest_value_and_what_it_says(counted):
    page = shown(counted, "/measures")

    row = page[page.index(f'href="{PAGE}') :]
    row = row[: row.index("</tr>")]
    assert "February 2014" in row
    assert "offences" in row
    assert "A step" in row or "step change" in row


def test_the_list_is_searched_by_name_and_narrowed_by_attention(counted):
    page = shown(counted, "/measures?q=burglary+dwell&attention=nothing-such")

    assert page.count('<tr class="govuk-table__row">') == 2
    assert "No measure matches that" in shown(counted, "/measures?q=%3Cscript%3Eno")


def test_a_percentage_in_the_list_says_what_it_is_of(counted):
    assert "84.0% of 100" in shown(counted, "/measures?q=satisfaction,+crime")


def test_the_reading_comes_first_and_each_figure_leads_to_what_it_stands_on(counted):
    page = shown(counted, PAGE)

    assert page.index('id="reading"') < page.index("<figure")
    led = set(re.findall(r'class="regard-figure" href="#([^"]+)"', page))
    assert led
    assert led <= set(re.findall(r' id="([^"]+)"', page))
    assert "rows where offence is one of 28A" in page


def test_no_id_stands_twice(counted):
    ids = re.findall(r' id="([^"]+)"', shown(counted, PAGE))

    assert len(ids) == len(set(ids))


def test_hostile_names_of_files_are_escaped(counted):
    page = shown(counted, PAGE)

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_chart_has_words_and_a_table_beside_the_picture(counted):
    page = shown(counted, PAGE)

    assert re.search(r'<img src="[^"]*chart\.svg\?area=west-midlands" alt="Control chart of', page)
    assert "The data that are drawn" in page


def test_the_chart_is_drawn_as_a_picture_that_fetches_nothing(counted):
    answer = counted.client(LEAD).get(f"{PAGE}/chart.svg")

    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert "href" not in answer.content.decode()
    assert "style=" not in answer.content.decode()


def test_the_promise_of_the_plan_stands_on_the_page_of_its_measure(counted):
    page = shown(counted, PAGE)

    assert "Will the promise be kept?" in page
    assert "cannot be judged" in page or "The chance" in page or "will not be met" in page


def test_another_method_reads_it_and_one_that_cannot_is_said(counted):
    assert "Making Data Count" in shown(counted, f"{PAGE}?method=nhs-making-data-count")

    refused = shown(counted, f"{PAGE}?method=no-such-method")
    assert "There is a problem" in refused
    assert "no-such-method" in refused


def test_a_missing_month_says_why_and_is_no_nought(counted):
    late = offences("west-midlands", date(2014, 4, 1), "28A", 30)
    late += offences("west-midlands", date(2014, 4, 30), "28A", 30)
    bring_in(Store(counted.home), "crime", late, file="later.csv")

    page = shown(counted, PAGE)

    assert "Missing: " in page
    assert "March 2014" in page


def test_the_months_are_downloaded_marked_and_with_their_source(counted):
    answer = counted.client(LEAD).get(f"{PAGE}/months.csv")

    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert rows[0] == rows[-1] == ["OFFICIAL"]
    assert ["2011-04", "60"] in [row[:2] for row in rows]
    assert any(row[:1] == ["File"] and row[2].startswith("sha256 ") for row in rows)
    assert "OFFICIAL.csv" in answer.headers["Content-Disposition"]


def test_a_name_that_a_spreadsheet_would_run_is_told_apart(counted):
    answer = counted.client(LEAD).get("/measures/victim-satisfaction-crime/months.csv")

    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert ["'=1+1.csv"] in [row[1:2] for row in rows]


def test_on_an_earlier_day_only_what_was_known_then_counts(counted):
    looks_at(counted, LEAD, date(2014, 1, 15))

    page = shown(counted, PAGE)

    assert "By the end of 15 January 2014 no records" in page
    assert "The first came in on 5 January 2026" in page


def test_what_is_known_today_can_be_counted_up_to_an_earlier_day(counted):
    looks_at(counted, LEAD, date(2014, 1, 15))

    page = shown(counted, f"{PAGE}?records=today")

    assert "from the records known <strong>today</strong>" in page
    assert "April 2011 to December 2013" in page
    assert "counted to 31 December 2013" in page


def test_a_day_between_two_imports_shows_the_first_alone(counted):
    more = offences("west-midlands", date(2014, 3, 31), "28A", 500)
    at = datetime(2026, 3, 1, tzinfo=UTC)
    bring_in(Store(counted.home), "crime", more, file="march.csv", at=at)
    assert at > BROUGHT_IN

    looks_at(counted, LEAD, date(2026, 2, 1))

    assert "April 2011 to February 2014" in shown(counted, PAGE)


def enter_inspector(site, inspector):
    keeper = "west-midlands-keeper"
    by = Speaker(site.account(keeper).holder, f"party:{keeper}")
    name, body = "Inspector", "party:west-midlands"
    enter_post(site.register, inspector.post, by=by, name=name, body=body, roles=("inspector",))
    appoint(site.register, inspector.post, inspector.holder, by=by)
    Account.objects.make("inspector-1", inspector.holder)


def test_the_records_of_another_force_of_the_register_are_not_shown(site, tmp_path):
    other = with_records(site, made_records(tmp_path / "other", source="staffordshire"))

    refused = other.client(LEAD).get(f"{PAGE}?area=staffordshire")

    assert refused.status_code == 404
    assert "Staffordshire" not in shown(other, "/measures")
    inspector = Speaker("party:inspector-1", "party:inspector")
    enter_inspector(other, inspector)
    assert "Staffordshire" in shown(other, "/measures?area=staffordshire", "inspector-1")


@pytest.mark.parametrize(
    "address", ["/measures/no-such", "/measures?area=nowhere", f"{PAGE}?area="]
)
def test_what_there_is_not_is_not_found(counted, address):
    assert counted.client(LEAD).get(address).status_code == (404 if address[-1] != "=" else 200)


@pytest.mark.parametrize("address", ["/measures", PAGE, f"{PAGE}/months.csv"])
def test_a_page_asks_a_dozen_questions_at_most(counted, address):
    shown(counted, address)  # who has which area is asked once a process
    with (
        CaptureQueriesContext(counted.register.connection) as held,
        CaptureQueriesContext(connections["default"]) as accounts,
    ):
        shown(counted, address)

    assert len(held) + len(accounts) <= 12


def test_a_proposed_step_is_offered_to_the_analyst_alone(counted):
    assert f"month={STEP.iso}" in shown(counted, PAGE, ANALYST)
    assert "Accept or refuse it" not in shown(counted, PAGE)
