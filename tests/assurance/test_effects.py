"""What a changed input would do is seen before anybody agrees to it."""

from __future__ import annotations

from datetime import date

import pytest

from assurance import given_targets as setting
from assurance.given_targets import FORCE, LEVEL_2, REGION, level_2_target
from regard.assurance.effects import effect
from regard.assurance.gaps import gap
from regard.core.errors import DefinitionRefused, NotKnown
from regard.register.kinds import Amount, Input, Link, LinkType, made
from regard.register.kinds.speech import Frozen


@pytest.fixture
def held(tmp_path, database_url):
    one = setting.given(tmp_path, database_url)
    one.on(date(2021, 12, 13))
    yield one
    one.register.close()


def test_21_units_instead_of_17_make_1638_and_the_gap_445(held):
    subject = level_2_target(held)
    held.observe(LEVEL_2, 1193, "officers", basis="derived")
    size = held.register.head()

    found = effect(held.view(), {"psus": 21}, expectation=subject)

    assert [str(one) for one in found.statements()] == [
        "West Midlands Police: with psus 17 PSUs becoming 21 PSUs the target goes from 1,326 "
        "officers to 1,638 officers.",
        "West Midlands Police: 1,193 officers is 133 officers below it now and would be 445 "
        "officers below it.",
    ]
    assert held.register.head() == size
    assert found.targets[0].after.figure.basis == "proposed target"


def test_papers_that_print_the_target_or_the_gap_are_named(held):
    subject = level_2_target(held)
    held.observe(LEVEL_2, 1193, "officers")
    seq = held.view().one(subject).seq
    below = gap(held.view(), subject, FORCE).figure
    held.paper(
        "spr-2021",
        date(2021, 12, 14),
        cites=(
            Frozen(figure="f-1", printed="1,326", seq=seq),
            Frozen(figure=below.id, printed="133"),
        ),
    )
    held.paper("plan-2022", date(2021, 12, 20), rests_on=(subject,))
    held.paper("other", date(2021, 12, 20))

    found = effect(held.view(), {"psus": 21})

    assert [str(one.statement()) for one in found.documents] == [
        "Paper spr-2021, issued on 14 December 2021, prints 1,326 and 133 and stands as it is.",
        "Paper plan-2022, issued on 20 December 2021, rests on it and stands as it is.",
    ]


def test_an_expectation_that_takes_the_target_as_an_input_changes_too(held):
    subject = level_2_target(held)
    held.expect(
        "places",
        measure="measure:ctsfos",
        target=Amount(value=663, unit="officers"),
        formula="officers ÷ 2",
        inputs=(Input(name="officers", value=1326, unit="officers", source=subject),),
    )

    found = effect(held.view(), {"psus": 21}, expectation=subject)

    assert [str(one.after.figure) for one in found.targets] == ["1,638 officers", "819 officers"]


def test_what_depends_on_it_is_named_without_a_number(held):
    subject = level_2_target(held)
    rests = held.expect("training", text="A full training calendar.")
    link = made(Link, type=LinkType.DEPENDS_ON, source=rests, target=subject)
    held.register.enter(link, subject="link:depends-on/a", by=held.who["spr"])

    found = effect(held.view(), {"times": 2})

    assert [str(one.statement()) for one in found.depending] == [
        "A full training calendar depends on it and is affected."
    ]


def test_a_gap_that_cannot_be_reckoned_says_why(held):
    level_2_target(held)

    found = effect(held.view(), {"psus": 21})

    assert str(found.gaps[0].statement()).startswith(
        "West Midlands Police: the target is 1,638 officers, and nothing was observed"
    )


def test_an_input_that_no_formula_takes_is_named(held):
    level_2_target(held)

    with pytest.raises(NotKnown, match="carriers"):
        effect(held.view(), {"carriers": 3})


def test_what_takes_an_input_and_a_target_changes_by_both(held):
    subject = level_2_target(held)
    held.expect(
        "carriers",
        measure="measure:ctsfos",
        formula="officers − psus",
        inputs=(
            Input(name="officers", value=1326, unit="officers", source=subject),
            Input(name="psus", value=17, unit="officers"),
        ),
    )

    found = effect(held.view(), {"psus": 21})

    assert [str(one.after.figure) for one in found.targets] == ["1,638 officers", "1,617 officers"]


def test_targets_that_feed_one_another_are_refused(held):
    first, second = "expectation:commitments/first", "expectation:commitments/second"
    for code, source in (("first", second), ("second", first)):
        held.expect(
            code,
            measure=LEVEL_2,
            formula="officers + more",
            inputs=(
                Input(name="officers", value=1, unit="officers", source=source),
                Input(name="more", value=1, unit="officers"),
            ),
        )

    with pytest.raises(DefinitionRefused, match="feed one another"):
        effect(held.view(), {"more": 2}, expectation=first)


def test_an_input_that_the_target_does_not_feel_says_so(held):
    subject = held.expect(
        "least",
        measure=LEVEL_2,
        formula="round_down(officers ÷ 100)",
        inputs=(Input(name="officers", value=110, unit="officers"),),
    )

    found = effect(held.view(), {"officers": 120}, expectation=subject)

    assert str(found.targets[0].statement()) == (
        "West Midlands Police: with officers 110 officers becoming 120 officers the target stays "
        "1 officers."
    )


def test_a_target_of_all_bodies_has_a_gap_for_each_that_was_observed(held):
    level_2_target(held, scope=None)
    held.observe(LEVEL_2, 1193, "officers")
    held.observe(LEVEL_2, 1638, "officers", scope=REGION)

    found = effect(held.view(), {"psus": 21})

    assert [(one.scope, str(one.after.figure)) for one in found.gaps] == [
        ("party:west-midlands", "−445 officers"),
        ("party:west-midlands-region", "0 officers"),
    ]
    assert "would be 0 officers away from it" in str(found.gaps[1].statement())


def test_a_number_without_a_measure_has_no_gap(held):
    held.expect("units", formula="psus", inputs=(Input(name="psus", value=17, unit="PSUs"),))

    assert effect(held.view(), {"psus": 21}).gaps == ()
