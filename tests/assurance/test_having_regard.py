"""How regard was had in a year: what the register holds of it, and the departures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assurance import judged_rounds as given
from assurance.judged_rounds import CYCLE, FORCE, NEXT, key
from assurance.round_setting import edition, node, shelf_of
from regard.assurance.having_regard import having_regard
from regard.assurance.publishing import publish
from regard.core.periods import FinancialYear
from regard.library.canonical import sealed
from regard.register.kinds import Act, Decision, Document, Stage, changed, made
from regard.register.kinds.speech import Withheld

YEAR = FinancialYear(2014)


@pytest.fixture
def setting(tmp_path, database_url):
    setting = given.setting_of(tmp_path, database_url)
    yield setting
    setting.register.close()


def depart(setting):
    value = made(
        Decision,
        by="party:chief",
        act=Act.DEPART,
        about=key("order/gear").about,
        text="Not to keep gear for a third unit.",
        reason="No unit of that kind is asked of the force this year.",
        stage=Stage.TAKEN,
        scope=FORCE,
    )
    setting.register.enter(value, subject="decision:gear", by=setting.who["chief"])


def test_a_year_without_anything_says_what_is_missing(setting):
    told = [str(one) for one in having_regard(setting.view(), FORCE, YEAR).statements()]

    assert told == [
        "In force in 2014/15: A requirement for trying (try-1, since 1 July 2012).",
        "0 rounds of self-assessment closed in 2014/15.",
        "No paper was issued on it in 2014/15.",
        "0 decisions were taken on them or on the requirement.",
        "No departure from the requirement was entered.",
    ] or told[0].startswith("In force in ")


def test_a_departure_is_told_with_who_when_and_why(setting):
    depart(setting)

    found = having_regard(setting.view(), FORCE, YEAR)

    assert len(found.departures) == len(found.decisions) == 1
    told = str(found.statements()[-1])
    assert told.startswith("Chief departed from “What order/gear asks” on 5 January 2015")
    assert "No unit of that kind is asked" in told


def test_a_closed_round_and_its_entries_are_counted(setting):
    cycle = setting.view().one(CYCLE)
    setting.register.enter(
        changed(cycle.value, stage="closed"), subject=CYCLE, by=setting.who["spr"]
    )

    found = having_regard(setting.view(), FORCE, YEAR)

    assert [one.subject for one in found.rounds] == [CYCLE]


def test_another_year_holds_none_of_it(setting):
    depart(setting)

    found = having_regard(setting.view(), FORCE, FinancialYear(2010))

    assert found.editions == found.decisions == ()
    assert "no edition that was in force" in str(found.statements()[0])


def test_a_proposed_departure_is_none_yet(setting):
    value = made(
        Decision,
        by="party:chief",
        act=Act.DEPART,
        about=key("order/gear").about,
        text="Not to keep gear.",
        reason="Not asked.",
        stage=Stage.PROPOSED,
        scope=FORCE,
        on=date(2015, 2, 3),
    )
    setting.register.enter(value, subject="decision:gear", by=setting.who["spr"])

    assert having_regard(setting.view(), FORCE, YEAR).departures == ()


def issued(setting, name, *, by, **given):
    value = made(
        Document,
        **{
            "form": "paper",
            "title": f"The paper {name}",
            "scope": FORCE,
            "held_on": date(2015, 2, 3),
            "cycle": CYCLE,
            "stage": "issued",
            **given,
        },
    )
    subject = f"document:{name}"
    setting.register.enter(value, subject=subject, by=by, effective=date(2015, 2, 3))
    return subject


@pytest.fixture
def clerk(setting):
    keeper = setting.keeper
    post = changed(setting.view().one(keeper.post).value, roles=("governance-officer",))
    with setting.register.acting(keeper) as act:
        act.enter(post, subject="party:clerk")
        holder = setting.view().one(keeper.holder).value
        held = holder.appointments[0].model_copy(update={"post": "party:clerk"})
        act.enter(changed(holder, appointments=(held,)), subject="party:holder-clerk")
    return type(keeper)("party:holder-clerk", "party:clerk")


def test_only_papers_on_the_requirement_are_counted_and_none_twice(setting, clerk):
    other = replace(
        edition("other-1", (node("order", judged=False), node("order/units")), date(2012, 7, 1)),
        instrument="other",
        legal_force="aim",
    )
    publish(setting.register, sealed(other), by=setting.keeper, held=shelf_of(other))
    setting.open(NEXT, editions=("edition:other-1",), as_at=date(2015, 1, 31))
    paper = issued(setting, "whole", by=clerk)
    issued(setting, "minutes", by=clerk, form="minutes")
    issued(setting, "elsewhere", by=clerk, cycle=NEXT)
    redacted = made(
        Decision,
        by=clerk.post,
        act=Act.REDACT,
        text="Withhold a part.",
        reason="It would show how we work.",
        stage=Stage.TAKEN,
        withheld=(Withheld(item="p-1", ground="g", until=date(2018, 1, 1), challenge="write"),),
    )
    setting.register.enter(redacted, subject="decision:redact", by=clerk)
    issued(setting, "whole/public", by=clerk, stage="published", redactions=("decision:redact",))

    found = having_regard(setting.view(), FORCE, YEAR)

    assert [one.subject for one in found.papers] == [paper]


def test_so_far_holds_nothing_that_came_after_that_day(setting, clerk):
    depart(setting)
    issued(setting, "whole", by=clerk)

    found = having_regard(setting.view(), FORCE, YEAR, as_at=date(2015, 1, 4))

    assert found.papers == found.departures == ()
    counted = [one for said in found.statements() for one in said.figures]
    assert {one.as_at for one in counted} == {date(2015, 1, 4)}
