"""A target is a figure with its inputs; its formula is worked out again and compared."""

from __future__ import annotations

from datetime import date

import pytest

from assurance import given_targets as setting
from assurance.given_targets import CURRENT, LEVEL_2, REGION, STRENGTH, level_2_target
from regard.assurance.targets import target, target_of
from regard.core.errors import NotComparable, NotEnoughData
from regard.register.kinds import Amount, Input


@pytest.fixture
def held(tmp_path, database_url):
    one = setting.given(tmp_path, database_url)
    one.on(date(2021, 12, 13))
    yield one
    one.register.close()


def test_a_target_is_a_figure_whose_parts_are_its_inputs(held):
    subject = level_2_target(held)

    found = target(held.view(), subject)

    assert (str(found), found.scope, found.basis, found.measure) == (
        "1,326 officers",
        "west-midlands",
        "target",
        "level-2-trained",
    )
    assert [str(one) for one in found.parts] == ["17 PSUs", "26 officers a PSU", "3 times"]
    assert subject in found.sources[0].reference


def test_a_target_says_how_it_is_worked_out(held):
    subject = level_2_target(held)

    told = target_of(held.view(), held.view().one(subject)).statement()

    assert str(told) == (
        "West Midlands Police: the target is 1,326 officers, worked out as psus × "
        "officers_per_psu × times from psus 17 PSUs, officers per psu 26 officers a PSU and "
        "times 3 times."
    )
    assert [one.known for one in told.figures] == [1326, 17, 26, 3]


def test_a_formula_that_gives_another_number_is_said_and_not_corrected(held):
    subject = level_2_target(held, stated=1300)

    found = target_of(held.view(), held.view().one(subject))

    assert not found.agrees
    assert found.figure.known == 1300
    assert "stated as 1,300 officers" in str(found.statement())
    assert str(found.statement()).endswith("gives 1,326 officers.")


def test_a_target_that_is_only_worked_out_takes_its_unit_from_the_measure(held):
    subject = held.expect(
        "share",
        measure=STRENGTH,
        formula="round_down(share ÷ 100 × establishment)",
        inputs=(
            Input(name="share", value=95, unit="%"),
            Input(name="establishment", value=472, unit="officers"),
        ),
        base=CURRENT,
    )

    assert str(target(held.view(), subject)) == "448 officers"
    assert target(held.view(), subject).basis == f"target, {CURRENT}"


def test_a_base_stands_in_the_sentence(held):
    subject = held.expect(
        "strength", measure=STRENGTH, target=Amount(value=499, unit="officers"), base="uplift"
    )

    told = target_of(held.view(), held.view().one(subject)).statement()

    assert str(told) == "West Midlands Police: the target is 499 officers, on the base uplift."


def test_what_binds_all_is_asked_of_one(held):
    subject = held.expect(
        "all", measure=LEVEL_2, target=Amount(value=10, unit="officers"), scope=None
    )

    assert target(held.view(), subject).scope == "every body"
    assert target(held.view(), subject, scope=REGION).scope == "west-midlands-region"


def test_a_target_of_one_body_is_not_that_of_another(held):
    subject = level_2_target(held)

    with pytest.raises(NotComparable, match="binds party:west-midlands and was asked of"):
        target(held.view(), subject, scope=REGION)


def test_words_are_no_target(held):
    subject = held.expect("words")

    with pytest.raises(NotEnoughData, match="says no target"):
        target(held.view(), subject)
