"""What a rule suggests, from the figures, indicators and evidence of the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assurance.round_setting import AS_AT, CYCLE, FORCE, NEXT, OTHER, SHELF, duties, found, key
from regard.assurance.evidence import Piece, add, retract
from regard.assurance.judging import Word, judge
from regard.assurance.rounds import carry
from regard.assurance.suggesting import suggested
from regard.core.errors import DefinitionRefused, NotKnown
from regard.library.canonical import sealed
from regard.library.suggesting import Held
from regard.register.kinds import (
    Amount,
    Edition,
    Expectation,
    Input,
    Instrument,
    Link,
    LinkType,
    Measure,
    Window,
    changed,
    made,
)

UNITS = key("order/units")
PLAN, PROMISE = "edition:plan", "expectation:plan/units"


@pytest.fixture
def setting(tmp_path, database_url):
    held = found(tmp_path, database_url)
    held.publish()
    held.open(duties=duties(held, 1))
    return held


@pytest.fixture
def promised(setting):
    """The force's own promise of 17 PSUs answers the requirement."""
    with setting.register.acting(setting.keeper) as act:
        act.enter(
            made(Measure, name="PSUs", unit="PSUs", method="counted@1"), subject="measure:psus"
        )
        act.enter(
            made(Instrument, title="Plan", issuer="Us", form="plan", force="aim"),
            subject="instrument:plan",
        )
        edition = made(Edition, instrument="instrument:plan", label="2014", in_force=Window())
        act.enter(edition, subject=PLAN)
        promise = made(
            Expectation,
            edition=PLAN,
            code="units",
            text="Have 17 PSUs.",
            scope=FORCE,
            measure="measure:psus",
            target=Amount(value=17, unit="PSUs"),
        )
        act.enter(promise, subject=PROMISE)
        act.enter(
            made(Link, type=LinkType.ANSWERS, source=PROMISE, target=UNITS.about),
            subject="link:answers/units",
        )
    return setting


def count(setting, number, *, collected=date(2014, 12, 1), scope=FORCE, unit="PSUs", **given):
    piece = Piece(
        f"{number} {unit}",
        scope,
        collected,
        measure="measure:psus",
        amount=Amount(value=number, unit=unit),
        **given,
    )
    return add(setting.register, piece, by=setting.who["lead"])


def because(found_of):
    return " | ".join(str(one) for one in found_of.because)


def asked(setting, **given):
    return suggested(setting.view("lead"), CYCLE, UNITS, held=SHELF, **given)


def test_nothing_to_go_by_is_said_and_no_evidence_holds_it_down(setting):
    found_of = asked(setting)

    assert found_of.level == "not-met"
    assert because(found_of) == "evidence: there is none suggests not-met"
    assert str(found_of.statements[0]) == "spr-demand@1 suggests not-met."


@pytest.mark.parametrize(("number", "level"), [(17, "met"), (13, "partly-met"), (5, "not-met")])
def test_a_figure_beside_the_promise_that_answers_the_requirement(promised, number, level):
    entry = count(promised, number)

    found_of = asked(promised)

    assert found_of.level == level
    assert f"{number} PSUs (entry {entry.seq}): {number} of 17" in because(found_of)
    assert found_of.cited == (entry.subject,)
    assert [one.seq for one in found_of.figures] == [entry.seq]


def test_the_last_figure_counts_and_one_after_the_day_does_not(promised):
    count(promised, 17, collected=date(2014, 10, 1))
    last = count(promised, 13)
    count(promised, 17, collected=date(2015, 1, 2))

    found_of = asked(promised)

    assert [one.seq for one in found_of.figures] == [last.seq]
    assert found_of.level == "partly-met"


def test_another_bodys_figure_is_not_this_bodys(promised):
    count(promised, 33, scope=OTHER)

    assert "no observation of “" in because(asked(promised))


def test_a_figure_of_another_unit_does_not_compare_and_says_so(promised):
    count(promised, 425, unit="officers")

    assert "unit is officers and PSUs" in because(asked(promised))


def test_an_expired_figure_is_told_and_not_used(promised):
    count(promised, 17, expires=date(2014, 12, 15))

    found_of = asked(promised)

    assert "its figure expired on 15 December 2014" in because(found_of)
    assert found_of.figures == ()


def test_a_retracted_figure_is_not_used(promised):
    entry = count(promised, 17)
    retract(promised.register, entry.subject, reason="Wrong.", by=promised.who["lead"])

    assert asked(promised).figures == ()


def test_the_worst_of_figures_indicators_and_evidence_counts(promised):
    count(promised, 17)

    found_of = asked(promised, indicators=(Held("plan tested", "indicator@1", "partly-in-place"),))

    assert found_of.level == "partly-met"
    assert "plan tested: Partly in place suggests partly-met" in because(found_of)


def test_evidence_that_has_expired_suggests_no_more_than_it_can_show(setting):
    piece = Piece("Seen.", FORCE, date(2014, 1, 1), date(2014, 6, 30), topic="visit")
    old = add(setting.register, piece, by=setting.who["lead"])

    found_of = asked(setting, evidence=(old.subject,))

    assert found_of.level == "partly-met"
    assert found_of.evidence.expired == (old.subject,)
    assert found_of.as_at == AS_AT


def test_what_was_carried_offers_its_evidence_again(setting):
    piece = Piece("Seen.", FORCE, date(2014, 12, 1), topic="visit")
    seen = add(setting.register, piece, by=setting.who["lead"])
    word = Word("As seen.", level="met", evidence=(seen.subject,))
    judge(setting.register, CYCLE, UNITS, word, by=setting.who["lead"], held=SHELF)
    setting.open(NEXT, follows=CYCLE, as_at=date(2015, 3, 31))
    carry(setting.register, NEXT, by=setting.who["spr"])

    found_of = suggested(setting.view("lead"), NEXT, UNITS, held=SHELF)

    assert found_of.cited == (seen.subject,)


def test_a_rule_that_was_changed_since_it_was_published_is_refused(setting):
    rule = SHELF.rule("spr-demand@1")
    other = sealed(replace(rule, title="Something else."))
    held = replace(SHELF, rules={**SHELF.rules, rule.name: other})

    with pytest.raises(DefinitionRefused, match=r"is not what entry \d+ published"):
        suggested(setting.view("lead"), CYCLE, UNITS, held=held)


def test_a_requirement_or_round_that_is_not_there_is_not_known(setting):
    with pytest.raises(NotKnown):
        suggested(setting.view("lead"), CYCLE, key("order/none"), held=SHELF)
    with pytest.raises(NotKnown):
        suggested(setting.view("lead"), NEXT, UNITS, held=SHELF)


def test_a_target_by_a_formula_is_worked_out(promised):
    value = changed(
        promised.view().one(PROMISE).value,
        target=None,
        formula="units * 1",
        inputs=(Input(name="units", value=17, unit="PSUs"),),
    )
    promised.register.enter(value, subject=PROMISE, by=promised.keeper)
    count(promised, 17)

    assert asked(promised).level == "met"


def test_every_target_that_is_compared_is_told_with_its_gap(promised):
    count(promised, 16)

    (gap,) = asked(promised).gaps

    assert gap.exact == -1


def test_what_was_said_of_the_cell_need_not_be_asked_for_again(promised):
    seen = add(
        promised.register,
        Piece(text="A plan.", scope=FORCE, collected=date(2014, 11, 1)),
        by=promised.who["lead"],
    )
    word = Word("As found.", level="not-met", departure="Why not.", evidence=(seen.subject,))
    said = judge(promised.register, CYCLE, UNITS, word, by=promised.who["lead"], held=SHELF)
    view = promised.view("lead")

    without = suggested(view, CYCLE, UNITS, held=SHELF)

    assert suggested(view, CYCLE, UNITS, held=SHELF, said=[said]) == without
    assert suggested(view, CYCLE, UNITS, held=SHELF, said=[]).cited == ()
