"""The people behind a promise come to units only by a rule that asks so many for each."""

from __future__ import annotations

from datetime import date

import pytest

from assurance import given_targets as setting
from assurance.given_targets import LEVEL_2, PSU_INPUTS, UPLIFT
from assurance.promised_targets import link, promise
from regard.assurance.standing_behind import people_behind
from regard.assurance.targets import target_of
from regard.register.kinds import Amount, Input, LinkType

ON = date(2022, 1, 10)


@pytest.fixture
def held(tmp_path, database_url):
    one = setting.given(tmp_path, database_url)
    one.on(ON)
    yield one
    one.register.close()


def behind(held, *, trained=1193, base="", **rule):
    """What stands behind 17 PSUs, by a rule of the target that depends on them."""
    promised = promise(held, "regional")
    fields = {
        "measure": LEVEL_2,
        "formula": setting.PSU_FORMULA,
        "inputs": PSU_INPUTS,
        "target": Amount(value=1326, unit="officers"),
    }
    subject = held.expect("level-2", **{**fields, **rule})
    link(held, LinkType.DEPENDS_ON, subject, promised)
    if trained is not None:
        held.observe(LEVEL_2, trained, "officers", base=base)
    view = held.view()
    return tuple(people_behind(view, [target_of(view, view.one(promised))], ON))


def test_they_come_to_whole_units_by_the_rule_and_to_more_at_once(held):
    (found,) = behind(held)

    assert (found.units.value, found.once.value, found.each.value) == (15, 45, 78)
    assert str(found.make_up) == "26 officers a PSU"
    assert found.taken.value == 17


def test_a_rule_that_names_no_make_up_says_nothing_of_all_at_once(held):
    inputs = (*PSU_INPUTS[:1], Input(name="each", value=78, unit="officers"))

    (found,) = behind(held, formula="psus × each", inputs=inputs)

    assert found.units.value == 15
    assert (found.make_up, found.once) == (None, None)


@pytest.mark.parametrize(
    "given",
    [
        {"trained": None},
        {"formula": "", "inputs": ()},
        {"formula": "psus × officers_per_psu + times"},
        {"formula": "round_up(psus ÷ times) × officers_per_psu"},
        {"formula": "psus ÷ (times - times)"},
        {"inputs": (Input(name="psus", value=17, unit="units"), *PSU_INPUTS[1:])},
        {"base": UPLIFT},
        {"scope": None},
    ],
    ids=[
        "nobody observed", "no formula", "not in proportion", "in steps", "cannot be worked out",
        "of other units", "on another base", "of no body",
    ],
)  # fmt: skip
def test_what_does_not_say_so_many_for_each_is_left_out(held, given):
    assert behind(held, **given) == ()
