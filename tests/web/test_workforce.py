"""The workforce: on which base are we short, whose training lapses, and when will we be there?"""

from __future__ import annotations

import csv
import io
import re

import pytest

from regard.capability.people import People
from regard.capability.worked import firearms, regional, specialists
from regard.core.periods import Month
from regard.records.stated import StatedTables
from regard.records.store import Store
from regard.workforce.foretelling import Assumed
from web.people_setting import (
    WHEN,
    enter_inspector,
    made_people,
    more_rows,
    shown,
    with_people,
)

LEAD, FORCE = "acc-operations", "west-midlands"
LIST, UNIT = "/capability/workforce", "/capability/workforce/fou"
TRAINING = "/capability/training/psu-level-2"


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    return made_people(tmp_path_factory.mktemp("people"))


@pytest.fixture
def staffed(site, people):
    return with_people(site, people)


def words(page):
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


def of_post(site, address):
    answer = site.client(LEAD).get(address)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer


def test_without_records_the_list_says_what_to_bring_in(site):
    assert "What to bring in" in shown(site, LIST, LEAD)


def test_the_list_has_each_unit_with_vacancies_on_named_bases(staffed):
    page = shown(staffed, LIST, LEAD)

    row = page[page.index(f'href="{LIST}/rocu') :].partition("</tr>")[0]
    assert "344 FTE posts" in row
    assert "on core posts:" in row
    assert "14 FTE vacancies" in row
    assert "on core and uplift posts:" in row
    assert "31 FTE vacancies" in row
    assert f'href="{TRAINING}' in page
    assert f'href="{LIST}/worked"' in page


def test_a_unit_with_posts_alone_is_named_and_nothing_is_said_of_it(staffed):
    more_rows(
        staffed,
        "establishment",
        "force,month,unit,role,base,posts,ends,paragraph\n"
        "west-midlands,2021-12,dog-section,officer,core,9,,\n",
    )

    page = shown(staffed, LIST, LEAD)

    assert "Dog section: posts, and no people" in page
    shown(staffed, f"{LIST}/dog-section", LEAD, status=404)


def test_a_unit_shows_its_bases_and_why_they_differ(staffed):
    page = words(shown(staffed, f"{LIST}/rocu", LEAD))

    with StatedTables(Store(staffed.home)) as tables:
        posted = People(tables).posted(FORCE, "rocu")
    for one in posted.statements():
        assert str(one) in page
    assert "Not known: nobody counted who is in training" in page


def test_who_can_be_deployed_is_said_of_the_states_that_were_counted(staffed):
    more_rows(
        staffed,
        "strength",
        "force,month,unit,role,counted_as,state,people,paragraph\n"
        "west-midlands,2021-12,all,officer,fte,in-post,100.5,\n"
        "west-midlands,2021-12,all,officer,fte,training,10.5,\n",
    )
    more_rows(
        staffed,
        "establishment",
        "force,month,unit,role,base,posts,ends,paragraph\n"
        "west-midlands,2021-12,all,officer,core,120,,\n",
    )

    page = words(shown(staffed, f"{LIST}/all", LEAD))

    assert "90 FTE officers: strength less those in training" in page
    assert "Not counted, and not taken off: those with a tutor" in page
    answered = words(shown(staffed, f"{LIST}/all?{WHEN.replace('2022-07', '2022-12')}", LEAD))
    assert "120 FTE posts or more at the end of December 2022, from 101 now" in answered


def test_when_we_will_be_there_is_what_the_engine_says(staffed):
    page = shown(staffed, f"{UNIT}?{WHEN}", LEAD)

    with StatedTables(Store(staffed.home)) as tables:
        people = People(tables)
        posted = people.posted(FORCE, "fou")
        given = Assumed(3.0, 0.065, joiners_spread=0.15, leaving_spread=0.15)
        told = people.chance(posted, by=Month(2022, 7), given=given, seed=7)
    assert str(told.statement) in words(page)
    assert f'href="#{told.chance.id}"' in page
    assert f'id="{told.chance.id}"' in page
    assert "July 2022" in page[page.index("The chart as a table") :].partition("</table>")[0]
    assert "% of 258" not in words(page)  # a chance is a share of no posts


def test_the_path_is_drawn_and_downloaded(staffed):
    drawn = of_post(staffed, f"{UNIT}/people.svg?{WHEN}")
    assert drawn.headers["Content-Type"] == "image/svg+xml"
    assert "90% range" in drawn.content.decode()
    assert "95% range" not in drawn.content.decode()

    kept = of_post(staffed, f"{UNIT}/people.csv?{WHEN}").content.decode()
    rows = list(csv.reader(io.StringIO(kept)))
    assert rows[0] == rows[-1] == ["OFFICIAL"]
    months = [row[0] for row in rows if re.fullmatch(r"\d{4}-\d\d", row[0] if row else "")]
    assert (months[0], months[-1], len(months)) == ("2021-11", "2022-07", 9)
    assert any(row[:1] == ["Source"] for row in rows)


@pytest.mark.parametrize(
    "asked, said",
    [
        ("by=x", "Choose the month"),
        ("by=2022-07", "Enter how many join a month"),
        (WHEN.replace("joiners=3", "joiners=-1"), "must be from 0 to 10,000"),
        (WHEN.replace("leaving=6.5", "leaving=100"), "must be from 0 to 99"),
        (WHEN.replace("leaving=6.5", "leaving=nan"), "must be a number"),
        (WHEN.replace("bases=core", "bases=moon"), "Choose"),
        (WHEN.replace("seed=7", "seed=7.5"), "must be a whole number"),
        (WHEN.replace("joiners=3", "joiners=<script>"), "There is a problem"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_the_form(staffed, asked, said):
    page = shown(staffed, f"{UNIT}?{asked}", LEAD, status=422)

    assert said in page
    assert "<script>" not in page.partition("<main")[2]


@pytest.mark.parametrize("asked", ["", "?by=x"])
def test_a_picture_of_what_was_not_asked_is_refused(staffed, asked):
    assert staffed.client(LEAD).get(f"{UNIT}/people.svg{asked}").status_code == 409
    assert staffed.client(LEAD).get(f"{UNIT}/people.csv{asked}").status_code == 409


@pytest.mark.parametrize(
    "address",
    [
        f"{LIST}/no-such",
        f"{UNIT}?area=staffordshire",
        f"{UNIT}/people.csv?area=staffordshire",
        "/capability/training/no-such",
        f"{TRAINING}?area=staffordshire",
        f"{LIST}/worked/no-such.svg",
        f"{LIST}/worked/firearms.svg?varied=9",
    ],
)
def test_what_there_is_not_or_not_for_this_post_is_not_found(staffed, address):
    shown(staffed, address, LEAD, status=404)


def test_training_lapses_month_by_month_as_the_engine_has_it(staffed):
    page = shown(staffed, TRAINING, LEAD)

    with StatedTables(Store(staffed.home)) as tables:
        told = People(tables).lapses(FORCE, "psu-level-2")
    table = page[page.index('id="months"') :].partition("</table>")[0]
    rows = re.findall(r'<th scope="row"[^>]*>([^<]+)</th><td[^>]*>([\d,]+)</td>', table)
    assert rows == [
        (str(month), f"{many:,.0f}") for month, many in zip(told.months, told.in_date, strict=True)
    ]
    assert "GENERATED-skill.csv" in page
    assert of_post(staffed, f"{TRAINING}/months.svg").content.startswith(b"<svg")
    kept = of_post(staffed, f"{TRAINING}/months.csv").content.decode()
    assert f"2021-12,{told.in_date[0]}" in kept


def test_a_unit_of_several_forces_stands_side_by_side_for_who_may_see_them(staffed):
    assert "side by side" not in shown(staffed, f"{LIST}/rocu", LEAD)
    inspector = enter_inspector(staffed)

    page = shown(staffed, f"{LIST}/rocu?area=west-midlands", inspector)

    assert "The forces side by side" in page
    now, arrived = re.findall(r'id="table-\d">(.*?)</table>', page, re.DOTALL)
    assert "paragraph 14" in now
    assert "paragraph 18" in arrived
    for table in (now, arrived):
        assert table.count("printed:") == 6 * 5
        assert table.count("Does not add up") == 2
    assert "448.4" in page


def test_units_counted_in_other_months_are_not_set_side_by_side(staffed):
    later = "staffordshire,2021-12,rocu,officer"
    for dataset, heads, row in (
        ("establishment", "base,posts,ends,paragraph", "core,57,,"),
        ("strength", "counted_as,state,people,paragraph", "fte,in-post,5,"),
    ):
        more_rows(staffed, dataset, f"force,month,unit,role,{heads}\n{later},{row}\n")

    page = shown(staffed, f"{LIST}/rocu?area=west-midlands", enter_inspector(staffed))

    assert "rocu is stated for November 2021, December 2021" in page


def test_the_worked_examples_are_computed_and_name_their_paragraphs(site):
    page = words(shown(site, f"{LIST}/worked", LEAD))

    for case in (firearms(), specialists()):
        for statement in (*case.said, *(one.statement for one in case.findings)):
            assert str(statement) in page
        for figure in case.printed:
            assert f"as printed in source paper “{figure.sources[0].reference}”" in page
    for table in regional():
        assert f"As printed in source paper “{table.at}”" in page
        for found in table.findings.values():
            assert found.adds_up is not None
    assert of_post(site, f"{LIST}/worked/specialists.svg?varied=2").content.startswith(b"<svg")


@pytest.mark.parametrize("address", [LIST, f"{UNIT}?{WHEN}", TRAINING, f"{LIST}/worked"])
def test_every_figure_leads_to_what_it_stands_on_and_no_id_stands_twice(staffed, address):
    page = shown(staffed, address, LEAD)

    ids = re.findall(r' id="([^"]+)"', page)
    led = set(re.findall(r'class="regard-figure" href="#([^"]+)"', page))
    assert led
    assert led <= set(ids)
    assert len(ids) == len(set(ids))
