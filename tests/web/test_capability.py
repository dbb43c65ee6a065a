"""Capability: what there is, what could be raised by when, and what it was found to cost."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connections

from regard.capability.mustering import SHOWN, last_call
from regard.capability.people import People
from regard.records.stated import StatedTables
from regard.records.store import Store
from regard.register.entries import Speaker
from regard.register.kinds.facts import Kept, Observation
from regard.register.kinds.reading import made
from regard.web.pages.capability import LAST_ANSWERS
from web.asked import asked_of
from web.counted import looks_at
from web.people_setting import made_people, more_rows, shown, with_people

PLANNER, LEAD, FORCE = "operations-planner", "acc-operations", "west-midlands"
PAGE = "/capability"


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    return made_people(tmp_path_factory.mktemp("people"))


@pytest.fixture
def staffed(site, people):
    return with_people(site, people)


def keep_answer(site, name, text):
    value = made(
        Observation,
        text=text,
        scope="party:west-midlands",
        basis="estimate",
        collected=date(2026, 1, 5),
        document=Kept(name="Stress test", place="inputs abc", sha256="0" * 64),
    )
    by = Speaker(site.account(PLANNER).holder, f"party:{PLANNER}")
    return site.register.enter(value, subject=f"observation:west-midlands/stress/{name}", by=by)


def test_without_records_the_page_says_what_to_bring_in_and_where(site):
    page = shown(site, PAGE, LEAD)

    assert "nothing can be said yet" in page
    assert all(word in page for word in ("Establishment", "Strength", "Skill", "Duty", "Incident"))
    for address in ("/records", "/help/workforce-planner", "/help/operations-planner"):
        assert f'href="{address}"' in page


def test_it_is_of_the_navigation(site):
    page = shown(site, PAGE, LEAD)

    assert re.search(r'href="/capability" aria-current="true"', page)


def test_vacancies_stand_on_named_bases_with_their_traces(staffed):
    page = shown(staffed, PAGE, LEAD)

    with StatedTables(Store(staffed.home)) as tables:
        posted = People(tables).posted(FORCE, "rocu")
    for statement in posted.statements():
        for figure in statement.figures:
            assert f'href="#{figure.id}"' in page
            assert f'id="{figure.id}"' in page
    assert "PRINTED-west-midlands-establishment.csv" in page


def test_who_is_trained_and_who_lapses_next(staffed):
    page = shown(staffed, PAGE, LEAD)

    with StatedTables(Store(staffed.home)) as tables:
        held = People(tables).holders(FORCE, "psu-level-2")
    assert f"{held.in_date}" in page
    assert "Public order, Level 2" in page
    assert "with the end of December 2021" in page


def test_psus_by_the_hour_are_those_of_the_engine_at_the_call_that_is_named(staffed):
    page = shown(staffed, PAGE, LEAD)

    with StatedTables(Store(staffed.home)) as tables:
        at = last_call(tables, FORCE)
        assert (at.date(), at.hour) == (date(2021, 11, 5), 10)
    assert "At a call on 5 November 2021 at 10:00" in page
    assert "hours: from memory, to be confirmed" in page
    table = page[page.index('id="raised-caption"') :].partition("</table>")[0]
    assert len(re.findall("<tr", table)) == 1 + len(SHOWN)


def test_the_hours_are_equal_to_the_muster(staffed):
    page = shown(staffed, PAGE, LEAD)
    table = page[page.index('id="raised-caption"') :].partition("</table>")[0]
    printed = [int(one) for one in re.findall(r">(\d+) PSUs?</a>", table)]

    address = re.search(r'href="(/capability/muster\?[^"]+)"', page).group(1).replace("&amp;", "&")
    there = shown(staffed, address, LEAD)
    raised = re.search(r"The chart as a table.*?</table>", there, re.DOTALL).group(0)
    rows = re.findall(r'<th scope="row"[^>]*>(\d+)</th><td[^>]*>(\d+)</td>', raised)
    by_hour = {int(hour): int(psus) for hour, psus in rows}

    assert printed == [by_hour[hour] for hour in SHOWN]


def test_generated_rows_say_so(staffed):
    page = shown(staffed, PAGE, LEAD)

    assert "generated to show the method" in page
    assert "GENERATED-duty.csv" in page


def test_without_duty_it_says_what_is_lacking(site):
    of = "west-midlands,2021-11,fou,officer"
    for dataset, heads, row in (
        ("establishment", "base,posts,ends,paragraph", "core,9,,"),
        ("strength", "counted_as,state,people,paragraph", "fte,in-post,7,"),
    ):
        more_rows(site, dataset, f"force,month,unit,role,{heads}\n{of},{row}\n")

    page = shown(site, PAGE, LEAD)

    assert "2 FTE vacancies" in page
    assert "states no duty for 10:00 on a weekday" in page
    assert "Bring in the dataset skill" in page


def test_the_last_answers_that_were_kept_stand_there_by_their_entries(staffed):
    assert "No answer is kept" in shown(staffed, PAGE, LEAD)
    entries = [
        keep_answer(staffed, f"abcdef00000{number}", f"Answer {number} <script>")
        for number in range(LAST_ANSWERS + 1)
    ]

    page = shown(staffed, PAGE, LEAD)

    assert "Answer 0" not in page
    assert "Answer 3 &lt;script&gt;" in page
    assert f'href="/trace/{entries[-1].seq}"' in page


def test_on_an_earlier_day_only_what_was_known_then_counts(staffed):
    looks_at(staffed, LEAD, date(2021, 12, 10))

    page = shown(staffed, PAGE, LEAD)

    assert "By the end of 10 December 2021 no posts" in page
    assert "2 FTE" not in page
    today = shown(staffed, f"{PAGE}?records=today", LEAD)
    assert "from the records known <strong>today</strong>" in today
    assert "FTE vacancies" in today


def test_up_to_an_earlier_day_nothing_later_is_counted(staffed):
    looks_at(staffed, LEAD, date(2021, 11, 3))

    page = shown(staffed, f"{PAGE}?records=today", LEAD)

    assert "FTE vacancies" not in page  # posts are stated at the end of November
    assert "at a call on 3 november 2021" in page.lower() or "nobody trained" in page


def test_the_area_of_another_force_is_not_found(staffed):
    shown(staffed, f"{PAGE}?area=staffordshire", LEAD, status=404)
    shown(staffed, f"{PAGE}?area=nowhere", LEAD, status=404)


def test_an_area_without_records_is_not_found_either(site):
    shown(site, f"{PAGE}?area=west-midlands", LEAD, status=404)


def test_no_id_stands_twice(staffed):
    ids = re.findall(r' id="([^"]+)"', shown(staffed, PAGE, LEAD))

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "address",
    [
        PAGE,
        "/capability/workforce",
        "/capability/workforce/rocu",
        "/capability/workforce/worked",
        "/capability/training/psu-level-2",
        "/capability/muster",
    ],
)
def test_a_page_asks_a_dozen_questions_at_most(staffed, address):
    shown(staffed, address, LEAD)  # what is asked once a process
    with (
        asked_of(staffed.register.connection) as held,
        asked_of(connections["default"]) as accounts,
    ):
        shown(staffed, address, LEAD)

    assert len(held) + len(accounts) <= 12
