"""The muster: PSUs by when, which role stands in the way, and what was assumed."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date, datetime

import pytest

from regard.capability.configured import FILE, configured
from regard.capability.incidents import LOCAL_TIME
from regard.capability.mustering import mustered
from regard.mobilisation.muster import TWENTY_FIVE
from regard.records.stated import StatedTables
from regard.records.store import Store
from web.counted import looks_at
from web.people_setting import CALL, made_people, shown, with_people

LEAD, FORCE = "acc-operations", "west-midlands"
PAGE = "/capability/muster"
AT = datetime(2021, 11, 5, 10, tzinfo=LOCAL_TIME)


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    return made_people(tmp_path_factory.mktemp("people"))


@pytest.fixture
def staffed(site, people):
    return with_people(site, people)


def words(page):
    return " ".join(re.sub(r"<[^>]+>", "", page).split()).replace("&#x27;", "'")


def told(site, **changed):
    asked = replace(configured(site.home, FORCE).call(AT), **changed)
    with StatedTables(Store(site.home)) as tables:
        return mustered(tables, FORCE, asked)


def test_without_records_the_page_says_what_to_bring_in(site):
    assert "How many PSUs by when?" in shown(site, PAGE, LEAD)


def test_the_form_begins_with_the_usual_call_and_what_the_force_says(staffed):
    page = shown(staffed, PAGE, LEAD)

    for name, value in (("on_day", 5), ("on_year", 2021), ("commitment", 17), ("carriers", 44)):
        assert re.search(
            rf'name="{name}"[^>]*value="{value}"|value="{value}"[^>]*name="{name}"', page
        )
    assert '<option value="26" selected>' in page
    assert "What would stand ready" not in page


def test_a_muster_is_what_the_engine_says(staffed):
    page = shown(staffed, f"{PAGE}?{CALL}", LEAD)

    answer = told(staffed)
    printed = words(page)
    for one in answer.statements():
        assert str(one) in printed
    for one in (*answer.assumed, *answer.left_out):
        assert one in printed
    tests = page[page.index('id="tests-caption"') :].partition("</table>")[0]
    assert re.findall(r">(\d+%)</a>", tests) == [f"{100 * one.chance:.0f}%" for one in answer.tests]
    assert "hours: from memory, to be confirmed" in page
    assert "generated to show the method" in page


def test_the_hours_are_tabled_drawn_and_downloaded(staffed):
    bands = told(staffed).supply.bands
    page = shown(staffed, f"{PAGE}?{CALL}", LEAD)
    table = page[page.index("The chart as a table") :].partition("</table>")[0]
    rows = re.findall(
        r'<th scope="row"[^>]*>(\d+)</th><td[^>]*>(\d+)</td><td[^>]*>([^<]+)</td>', table
    )
    assert rows == [(f"{b.hour}", f"{b.median}", f"{b.low} to {b.high}") for b in bands]

    drawn = staffed.client(LEAD).get(f"{PAGE}/hours.svg?{CALL}").content.decode()
    assert "80% range" in drawn
    assert "95% range" not in drawn
    answer = staffed.client(LEAD).get(f"{PAGE}/hours.csv?{CALL}")
    kept = list(csv.reader(io.StringIO(answer.content.decode())))
    assert kept[0] == kept[-1] == ["OFFICIAL"]
    assert ["4", f"{bands[3].low}", f"{bands[3].median}"] in [row[:3] for row in kept]
    assert "OFFICIAL.csv" in answer.headers["Content-Disposition"]


def test_more_assumptions_and_another_make_up_change_the_answer(staffed):
    asked = CALL.replace("make_up=26", "make_up=25").replace("carriers=44", "carriers=9")
    page = words(shown(staffed, f"{PAGE}?{asked}", LEAD))

    answer = told(staffed, make_up=TWENTY_FIVE, carriers=9)
    assert str(answer.statements()[1]) in page
    assert "Carriers, in" in page


def test_without_a_commitment_nothing_is_tested(staffed):
    page = shown(staffed, f"{PAGE}?{CALL.replace('commitment=17', 'commitment=0')}", LEAD)

    assert "No commitment was given, so nothing is tested" in page


def test_the_hours_that_a_force_sets_are_tested_and_said(staffed):
    with (staffed.home / FILE).open("a", encoding="utf-8") as file:
        file.write("tests = { 50 = 6, 100 = 30 }\n")

    page = shown(staffed, f"{PAGE}?{CALL}", LEAD)

    assert "as the force says them" in page
    tests = page[page.index('id="tests-caption"') :].partition("</table>")[0]
    assert re.findall(r'<th scope="row"[^>]*>(\d+%)</th>', tests) == ["50%", "100%"]


def test_a_force_that_says_nothing_of_itself_is_told_so(staffed):
    (staffed.home / FILE).unlink()

    page = shown(staffed, PAGE, LEAD)

    assert "does not say how this force musters" in page
    assert "nothing is tested" in shown(
        staffed, f"{PAGE}?{CALL.replace('commitment=17', 'commitment=0')}", LEAD
    )


def test_what_the_force_says_wrongly_is_said(staffed):
    (staffed.home / FILE).write_text("[west-midlands]\nmake_up = 3\n", encoding="utf-8")

    assert "make_up of west-midlands is 3" in shown(staffed, PAGE, LEAD)


@pytest.mark.parametrize(
    "asked, said",
    [
        ("hour=3", "Enter the day of the call"),
        (CALL.replace("on_year=2021", "on_year=2031"), "states no duty for the hour of 2031-11-05"),
        (CALL.replace("on_year=2021", "on_year=1889"), "must be from 1990 to 2100"),
        (CALL.replace("on_year=2021", "on_year=9999"), "must be from 1990 to 2100"),
        (CALL.replace("hour=10", "hour=25"), "Choose the hour of the call"),
        (CALL.replace("distance=0", "distance=-4"), "must be from 0 to 2,000"),
        (CALL.replace("distance=0", "distance=1e400"), "There is a problem"),
        (CALL.replace("commitment=17", "commitment=9.5"), "must be a whole number"),
        (CALL.replace("abstracted=12", "abstracted=120"), "must be from 0 to 100"),
        (CALL.replace("make_up=26", "make_up=99"), "Choose the people in a PSU"),
        (CALL.replace("seed=1", "seed=%3Cscript%3E"), "The seed must be a number"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_the_form(staffed, asked, said):
    page = shown(staffed, f"{PAGE}?{asked}", LEAD, status=422)

    assert said in page
    assert "<script>" not in page.partition("<main")[2]
    assert staffed.client(LEAD).get(f"{PAGE}/hours.csv?{asked}").status_code == 409


def test_an_hour_before_the_roster_is_refused(staffed):
    page = shown(staffed, f"{PAGE}?{CALL.replace('on_month=11', 'on_month=10')}", LEAD, status=422)

    assert "states no duty for the hour of 2021-10-05" in page


def test_what_was_not_known_then_is_not_mustered(staffed):
    looks_at(staffed, LEAD, date(2025, 1, 1))

    assert "no posts, people, skills or duty" in shown(staffed, f"{PAGE}?{CALL}", LEAD)
    assert "What would stand ready" in shown(staffed, f"{PAGE}?{CALL}&records=today", LEAD)


def test_another_force_is_not_found(staffed):
    shown(staffed, f"{PAGE}?{CALL}&area=staffordshire", LEAD, status=404)


def test_every_figure_leads_to_what_it_stands_on_and_no_id_stands_twice(staffed):
    page = shown(staffed, f"{PAGE}?{CALL}", LEAD)

    ids = re.findall(r' id="([^"]+)"', page)
    led = set(re.findall(r'class="regard-figure" href="#([^"]+)"', page))
    assert led
    assert led <= set(ids)
    assert len(ids) == len(set(ids))
