"""People and mobilisation in a paper: on named bases, promised twice, and at what cost at home."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from board.spr_rounds import CLOSE, FIRST, FORCE, REGION, brief, first_round, found, observe
from capability.small_force import ASKED, answering
from regard.assurance.expense import price
from regard.board.spr.capability import capability
from regard.board.spr.citing import entries_cited
from regard.board.spr.gathering import gather
from regard.board.spr_paper import spr_paper
from regard.capability.scenarios import FOLDER, keep, kept_in
from regard.capability.stress import stress
from regard.papers.model import Bullets, Heading, Missing, Paragraph, Recommended, Table
from regard.register.kinds import (
    Act,
    Amount,
    Cycle,
    Decision,
    Expectation,
    Link,
    LinkType,
    Measure,
    Party,
    Stage,
    changed,
    made,
)

DAY = date(2014, 12, 15)
LATER = date(2015, 2, 3)
DUTY, OTHER = "expectation:try-1/public-order/units", "expectation:try-1/public-order/vehicles"
UNIT = "party:west-midlands-unit"


@pytest.fixture(scope="module")
def answer():
    return stress(answering(), ASKED, replications=6)


@pytest.fixture
def told(tmp_path):
    made_of = found(tmp_path)
    first_round(made_of)
    yield made_of
    made_of.register.close()


def gathered(told, *, cycle=FIRST, read=True):
    home = told.register.home if read else None
    asked = replace(brief(LATER), document="document:draft", home=home)
    return gather(told.view(), cycle, FORCE, asked)


def blocks(told, *, read=True):
    return tuple(capability(gathered(told, read=read)))


def words(held):
    said = []
    for one in held:
        if isinstance(one, Heading):
            said.append(f"# {one.text}")
        if isinstance(one, Paragraph):
            said += [str(one.text), *map(str, one.bullets)]
        if isinstance(one, Bullets):
            said += map(str, one.items)
        if isinstance(one, Table):
            said.append(f"| {one.caption}")
            said += [
                " | ".join(
                    [str(row.header)]
                    + [cell.why if isinstance(cell, Missing) else str(cell) for cell in row.cells]
                )
                for row in one.rows
            ]
    return said


def headings(held):
    return [one.removeprefix("# ") for one in words(held) if one.startswith("# ")]


def measure(told, code, name, unit):
    value = made(Measure, name=name, unit=unit, better="neither", method="counted@1")
    told.enter("keeper", value, f"measure:{code}")


def promised(told, tier, number, **fields):
    value = made(
        Expectation,
        edition="edition:establishment",
        code=f"psus-{tier}",
        text=f"Promise {tier}",
        scope=FORCE,
        measure="measure:psus",
        target=Amount(value=number, unit="PSUs"),
        base=f"{tier} base",
        terms=(f"tier/{tier}",),
        **fields,
    )
    subject = f"expectation:establishment/psus-{tier}"
    told.enter("keeper", value, subject, effective=DAY)
    return subject


def link(told, kind, source, target, **given):
    value = made(Link, type=kind, source=source, target=target)
    name = f"{kind.value.replace(' ', '-')}/{source}/{target}".replace(":", "/")
    told.enter("keeper", value, f"link:{name}", **given)


def kept(told, answer, **given):
    return keep(
        told.register, answer, told.register.home, by=told.who["operations"], scope=FORCE, **given
    )


def priced(told, answer):
    link(told, LinkType.AT_THE_EXPENSE_OF, DUTY, OTHER)
    entry = kept(told, answer)
    price(told.register, DUTY, entry.subject, by=told.who["security"])
    return entry


# ----- People


def test_people_stand_on_named_bases_side_by_side_and_never_added(told):
    measure(told, "unit-vacancies", "Vacancies of the unit", "officers")
    observe(told, "unit-vacancies", DAY, "53", "officers", "Printed.", base="with uplift")
    told.enter(
        "operations",
        changed(
            told.view().one(f"observation:west-midlands/unit-vacancies/{DAY}").value,
            amount=Amount(value=26, unit="officers"),
            base="without uplift",
        ),
        "observation:west-midlands/unit-vacancies/without",
        effective=DAY,
    )

    said = words(blocks(told))

    assert "| Posts and people of West Midlands Police, each number on its own base" in said
    assert "Vacancies of the unit | 53 officers | with uplift | 15 December 2014" in said
    assert "Vacancies of the unit | 26 officers | without uplift | 15 December 2014" in said
    assert (
        "West Midlands Police: Vacancies of the unit stands on two bases, and they are not one "
        "number: 53 officers on with uplift and 26 officers on without uplift."
    ) in said
    assert not any("79" in one for one in said)


def test_what_was_not_counted_says_how_it_was_found(told):
    measure(told, "strength", "Strength", "officers")
    name = observe(told, "strength", DAY, "446", "officers", "Thought.")
    value = changed(told.view().one(name).value, basis="estimate")
    told.enter("operations", value, name, effective=DAY)

    assert ("Strength | 446 officers | no base named | 15 December 2014 (estimate)") in words(
        blocks(told)
    )


def test_two_numbers_of_one_base_and_day_are_shown_as_a_conflict(told):
    measure(told, "strength", "Strength", "officers")
    first = observe(told, "strength", DAY, "446", "officers", "One count.")
    value = changed(told.view().one(first).value, amount=Amount(value=447, unit="officers"))
    told.enter("crime", value, "observation:west-midlands/strength/other", effective=DAY)

    said = words(blocks(told))

    assert (
        "West Midlands Police: Strength has more than one number on the base that is not named on "
        "15 December 2014, and no entry says which of them holds: 446 officers and 447 officers."
    ) in said


def test_what_is_foretold_and_what_is_missing_are_said_to_be_so(told):
    measure(told, "strength", "Strength", "officers")
    measure(told, "posts", "Posts", "posts")
    observe(told, "strength", DAY, "467", "officers", "Soon.", foretold=date(2015, 3, 31))
    value = told.view().one(f"observation:west-midlands/strength/{DAY}").value
    told.enter(
        "operations",
        changed(value, basis="forecast"),
        f"observation:west-midlands/strength/{DAY}",
        effective=DAY,
    )
    told.enter(
        "operations",
        changed(
            value,
            measure="measure:posts",
            amount=None,
            missing="nobody counted",
            foretold=None,
        ),
        "observation:west-midlands/posts/none",
        effective=DAY,
    )

    said = words(blocks(told))

    assert "Posts | nobody counted | no base named | 15 December 2014" in said
    assert any("is forecast to be 467 officers on 31 March 2015" in one for one in said)
    assert not any(one.startswith("Strength |") for one in said)


def test_a_unit_below_the_body_that_the_round_is_about_has_a_table_of_its_own(told):
    told.enter("keeper", made(Party, form="body", name="The unit", parent=FORCE), UNIT)
    cycle: Cycle = told.view().one(FIRST).value
    other = changed(cycle, scopes=(REGION, FORCE, UNIT), stage="open")
    told.enter("clerk", other, "cycle:other")
    measure(told, "strength", "Strength", "officers")
    observe(told, "strength", DAY, "446", "officers", "Counted.")
    value = changed(told.view().one(f"observation:west-midlands/strength/{DAY}").value, scope=UNIT)
    told.enter("operations", value, "observation:unit/strength", effective=DAY)

    held = capability(gathered(told, cycle="cycle:other"))
    captions = [one for one in words(held) if one.startswith("| Posts")]

    assert captions == [
        "| Posts and people of West Midlands Police, each number on its own base",
        "| Posts and people of The unit, each number on its own base",
    ]


def test_what_was_entered_after_the_position_is_in_neither(told):
    before = spr_paper(told.view(), FIRST, FORCE, brief(LATER))
    position = told.register.head().size
    measure(told, "strength", "Strength", "officers")
    observe(told, "strength", DAY, "446", "officers", "Counted.")
    promised(told, "local", 3)
    promised(told, "national", 21)

    assert spr_paper(told.view(known_at=position), FIRST, FORCE, brief(LATER)) == before


def test_a_register_that_holds_nothing_of_it_has_no_empty_heading(tmp_path):
    made_of = found(tmp_path)
    first_round(made_of)
    trained = "observation:west-midlands/level-2-trained/2014-11-30"
    value = changed(made_of.view().one(trained).value, retracts=True)
    made_of.enter("operations", value, trained, effective=date(2014, 11, 30))

    held = blocks(made_of)
    made_of.register.close()

    assert held == ()


# ----- Mobilisation


def test_what_is_promised_at_each_tier_stands_in_a_table_with_how_long(told):
    promised(told, "local", 3)
    promised(told, "national", 21, sustain_for=6)
    observe(told, "psus", DAY, "21", "PSUs", "Said.", base="national base")

    held = blocks(told)
    said = words(held)

    assert "What is promised at each tier" in headings(held)
    assert "local | 3 PSUs | local base | not stated | not the same thing" in said
    assert "national | 21 PSUs | national base | 6 days | 21 PSUs" in said
    assert any("If all of them are called at once, that is 24 PSUs." in one for one in said)


def test_what_is_said_of_it_cites_the_promises(told):
    subjects = {promised(told, "local", 3), promised(told, "national", 21)}

    paper = spr_paper(told.view(), FIRST, FORCE, brief(LATER))

    assert subjects <= {subject for _, subject in entries_cited(paper)}


def test_a_kept_answer_stands_with_its_inputs_rules_and_what_was_not_modelled(told, answer):
    entry = kept(told, answer)

    said = words(blocks(told))
    file = kept_in(entry, told.register.home)

    (line,) = [one for one in said if one.startswith("Stress test: ")]
    assert entry.value.document.place in line
    assert f"“{entry.value.text}” (ACC Operations, entry {entry.seq:,})" in line
    assert file.rules
    assert file.left_out
    assert {*file.rules, *file.left_out} <= set(said)


@pytest.mark.parametrize("how", ["gone", "changed", "not read"])
def test_a_file_that_is_not_what_was_kept_is_not_read(told, answer, how):
    entry = kept(told, answer)
    file = kept_in(entry, told.register.home)
    for place in (told.register.home / FOLDER).glob("*.json"):
        if how == "gone":
            place.unlink()
        if how == "changed":
            place.write_text(place.read_text().replace("taken away", "left alone"))

    said = words(blocks(told, read=how != "not read"))

    assert any("is not printed of Stress test: 1 PSUs for 2 days" in one for one in said)
    assert not set(file.rules) & set(said)
    assert not any("left alone" in one for one in said)


def test_answers_under_other_rules_say_each_their_own(told, answer):
    first = kept(told, answer)
    other = stress(answering(), replace(ASKED, shift_end="handover"), replications=6)
    second = kept(told, other)

    said = words(blocks(told))

    assert f"How units are sent (entry {first.seq:,}):" in said
    assert f"How units are sent (entry {second.seq:,}):" in said
    assert answer.rules != other.rules


def test_several_answers_say_their_rules_once(told, answer):
    kept(told, answer)
    kept(told, stress(answering(), replace(ASKED, psus=2, levels=()), replications=6))

    said = words(blocks(told))

    assert len([one for one in said if one.startswith("Stress test: ")]) == 2
    assert len(said) == len(set(said))


def test_a_closely_held_answer_makes_the_paper_as_close(told, answer):
    kept(told, answer, marking=CLOSE)

    paper = spr_paper(told.view(), FIRST, FORCE, replace(brief(LATER), home=told.register.home))
    unseen = spr_paper(told.view("planner"), FIRST, FORCE, brief(LATER))

    assert paper.marking == CLOSE
    assert not any("Stress test" in one for one in words(unseen.blocks))


# ----- What it costs, and the recommendation that says so in words


def test_a_duty_met_at_the_expense_of_another_says_what_that_costs_in_the_paper(told, answer):
    entry = priced(told, answer)

    paper = spr_paper(told.view(), FIRST, FORCE, brief(LATER))

    costs = [one for one in words(paper.blocks) if f"(entry {entry.seq:,})." in one]
    assert any("is met at the expense of" in one for one in costs)
    assert any("which is met at its expense" in one for one in costs)
    assert all(entry.value.text in one for one in costs)
    assert (entry.seq, entry.subject) in set(entries_cited(paper))


def test_a_recommendation_is_followed_by_what_was_worked_out_of_it(told, answer):
    value = made(
        Decision,
        act=Act.NOTE,
        about=DUTY,
        by="party:west-midlands/board",
        cycle=FIRST,
        text="Acknowledge that this is to the detriment of local policing.",
        reason="It is.",
        stage=Stage.PROPOSED,
    )
    told.enter("clerk", value, "decision:west-midlands/acknowledge")
    before = spr_paper(told.view(), FIRST, FORCE, brief(LATER)).blocks
    entry = priced(told, answer)

    after = spr_paper(told.view(), FIRST, FORCE, brief(LATER)).blocks

    (place,) = [at for at, one in enumerate(after) if isinstance(one, Recommended)]
    said = str(after[place + 1].text)
    assert said.startswith("What the recommendation says in words is worked out:")
    assert entry.value.text in said
    assert not any("worked out" in one for one in words(before))
