"""Posts and people from the records: the tables of the papers, from their rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from regard.capability.people import People, figures_of
from regard.core.errors import NotEnoughData, NotKnown
from regard.core.periods import Month
from regard.workforce.bodies import DIFFERENCE, THRESHOLD, VACANCIES, VACANCIES_WITH_UPLIFT
from regard.workforce.foretelling import Assumed


@pytest.fixture(scope="module")
def people(tables):
    return People(tables)


def test_the_table_of_the_regional_unit_is_that_of_the_paper(people):
    table = people.table("rocu", scope="ROCU West Midlands")

    assert table.row(VACANCIES).total.known == 26
    assert table.row(VACANCIES_WITH_UPLIFT).total.known == 53
    assert table.row(THRESHOLD).total.known == pytest.approx(448.4)
    assert table.row(DIFFERENCE).total.known == pytest.approx(-2.4)
    cells = (one.known for one in table.row(VACANCIES).cells)
    assert dict(zip(table.bodies, cells, strict=True)) == {
        "staffordshire": 3.5, "warwickshire": -1.5, "west-mercia": 10, "west-midlands": 14,
    }  # fmt: skip


def test_vacancies_are_said_on_each_base_and_why_they_differ(people):
    posted = people.posted("west-midlands", "rocu")
    said = " ".join(str(one) for one in posted.statements())

    assert "14" in said
    assert "31" in said
    assert "17" in said
    assert [one.figure.known for one in posted.short] == [14, 31]
    assert len(figures_of(posted)) == 5


def test_a_unit_on_one_base_has_one_count(people):
    posted = people.posted("west-midlands", "fou")

    assert posted.apart is None
    assert posted.short[0].figure.known == 23
    assert posted.month == Month(2021, 11)


def test_every_figure_leads_to_its_import(people):
    posted = people.posted("west-midlands", "fou")

    for figure in figures_of(posted):
        walked = [str(source) for one in figure.walk() for source in one.sources]
        assert any("PRINTED-west-midlands" in one for one in walked)


def test_a_chance_says_what_was_assumed(people):
    posted = people.posted("west-midlands", "fou")

    told = people.chance(posted, by=Month(2022, 7), given=Assumed(3.0, 0.065), seed=1)

    assert 0 <= told.chance.known <= 100
    assert "Assumed" in str(told.statement)


def test_who_lapses_when_adds_up_to_who_is_trained(people):
    held = people.holders("west-midlands", "psu-level-2")

    assert sum(held.expiring.values()) == 1_234
    assert held.in_date.known == 1_234 - 41 - held.expiring[Month(2021, 11)]


@pytest.mark.parametrize(
    "asked",
    [
        lambda one: one.posted("west-midlands", "dogs"),
        lambda one: one.holders("west-midlands", "flying"),
    ],
)
def test_what_is_not_stated_is_not_known(people, asked):
    with pytest.raises(NotKnown):
        asked(people)


def test_before_anything_was_trained_there_is_nothing(people):
    with pytest.raises(NotEnoughData, match="stated for November 2021"):
        people.holders("west-midlands", "psu-level-2", to=date(2021, 11, 29))


def test_who_lapses_when_nobody_is_refreshed(people):
    told = people.lapses("west-midlands", "psu-level-2", months=12)

    held = people.holders("west-midlands", "psu-level-2")
    assert told.in_date[0] == held.in_date.known
    assert told.in_date[0] - told.lapsing[0] == told.in_date[1]
    assert told.lapsed[-1] + told.in_date[-1] == 1_234
    assert people.skills("west-midlands") == ("psu-level-2",)


def test_those_on_offer_make_the_second_table(people):
    table = people.table("rocu", scope="region", arrived=True)

    assert table.row("strength").total.known == 467
    assert table.row(VACANCIES).total.known == 5
    assert people.offered("west-midlands", "rocu", Month(2021, 11)) == 10


def test_a_force_that_states_nobody_on_the_way_is_not_counted_as_nobody(people, monkeypatch):
    assert people.offered("west-midlands", "rocu", Month(2021, 10)) is None
    monkeypatch.setattr("regard.capability.people.PIPELINE", "skill")  # rows of another sort

    with pytest.raises(NotEnoughData, match="nobody on the way to rocu of .* is stated"):
        people.table("rocu", scope="region", arrived=True)


def test_offers_are_heads_beside_full_time_equivalents_and_that_is_said(people):
    now, arrived = (people.table("rocu", scope="r", arrived=one) for one in (False, True))

    def told(table):
        figures = table.row("strength").total.walk()
        return {str(source) for one in figures for source in one.sources}

    mix = "offers added (people in post: full-time equivalents; offers: heads)"
    assert mix in told(arrived)
    assert mix not in told(now)


def test_a_table_of_some_forces_has_their_order(people):
    table = people.table("rocu", scope="two", forces=("west-midlands", "staffordshire"))

    assert table.bodies == ("west-midlands", "staffordshire")


def test_figures_of_a_unit_name_it(people):
    posted = people.posted("west-midlands", "fou")

    assert {one.scope for one in figures_of(posted)} == {"west-midlands, fou"}
    assert posted.force == "west-midlands"


def test_parts_of_people_are_counted_as_whole_ones_for_a_chance(people):
    posted = people.posted("staffordshire", "rocu")
    parts = replace(posted, strength=replace(posted.strength, people=53.5))

    told = people.chance(parts, by=Month(2022, 7), given=Assumed(0.5, 0.065), seed=1)

    assert "from 54 now" in str(told.statement)
    assert "rounded to whole people" in {one.method for one in told.chance.walk()}
    assert posted.whole is posted.strength.figure or posted.whole == posted.strength.figure


def test_before_anything_was_counted_there_is_nothing(people):
    with pytest.raises(NotEnoughData, match="no month"):
        people.posted("west-midlands", "fou", to=date(2020, 1, 1))
