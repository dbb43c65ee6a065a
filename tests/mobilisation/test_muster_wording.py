from __future__ import annotations

from datetime import date

import pytest

from regard.mobilisation.muster import (
    REST,
    TWENTY_FIVE,
    Fleet,
    Group,
    Roll,
    Threshold,
    cost,
    cost_said,
    duty_plan,
    longest,
    longest_said,
    met,
    met_said,
    muster,
    supply_said,
    sustained_said,
)
from regard.mobilisation.muster.illustration import ASSUMPTIONS, ROLL
from regard.mobilisation.muster.wording import about

DAY = date(2026, 3, 31)


@pytest.fixture(scope="module")
def supply():
    return muster(ROLL, TWENTY_FIVE, assumptions=ASSUMPTIONS, draws=300)


def said(statements):
    return [str(one) for one in statements]


def test_a_muster_says_paper_then_what_is_raised_and_that_it_was_generated(supply):
    words = said(supply_said(supply, (4, 24), DAY))

    assert words[0].startswith("These numbers were generated")
    assert words[1] == "On paper an invented force can make 9 PSUs of make-up 25."
    assert words[2].startswith("Within 4 hours of the call 2 PSUs would stand ready (80% range 1")


def test_every_figure_leads_to_the_digest_of_the_inputs(supply):
    figures = [one for told in supply_said(supply, (4,), DAY) for one in told.figures]

    assert figures
    assert all(supply.digest[:12] in str(one.sources[0]) for one in figures)


def test_a_test_says_share_hour_need_chance_and_what_binds(supply):
    words = said(met_said(supply, met(supply, 10, thresholds=(Threshold(40, 8),)), DAY))

    assert words[0] == (
        "Of a share that is no whole number of PSUs, a part of a PSU asks for a whole one."
    )
    assert words[1].startswith("The test of 40% of the commitment within 8 hours asks for 4 PSUs")
    assert "numbers stand in the way" in words[3]


def test_a_test_out_of_reach_says_so(supply):
    words = said(met_said(supply, met(supply, 99, thresholds=(Threshold(100, 24),)), DAY))

    assert words[2] == "Fewer than half of the draws raise them within 24 hours."


@pytest.mark.parametrize(
    ("on_ground", "raised", "words"),
    [
        (3, 5, "3 PSUs cannot be kept on the ground of 5 raised."),
        (
            3,
            6,
            "3 PSUs can be kept on the ground for 6 days, of 6 raised; rest and days off ends it.",
        ),
        (
            1,
            6,
            "1 PSU can be kept on the ground, of 6 raised, with no end set by the rules given.",
        ),
    ],
)
def test_the_longest_deployment_is_said_with_what_ends_it(supply, on_ground, raised, words):
    told = about(supply, DAY)

    assert said(longest_said(longest(on_ground, raised), REST, told))[0] == words


def test_a_deployment_without_end_is_said_to_become_a_secondment(supply):
    words = said(longest_said(longest(1, 6), REST, about(supply, DAY)))

    assert words[1] == (
        "Beyond 8 weeks it would normally be a secondment and no longer a mobilisation."
    )


def test_what_can_be_sustained_and_what_it_costs_are_said(supply):
    told = about(supply, DAY)

    assert str(sustained_said(7, REST, told)) == (
        "By shared days off, 3 PSUs of 7 raised can be kept on the ground."
    )
    assert str(cost_said(cost(duty_plan(3, 6, 6), people=25), told)) == (
        "It takes 900 duties of one person each and 300 rest days that are cancelled, 300 of them "
        "at too short notice."
    )


def test_people_out_of_date_are_said_to_be_left_out():
    roll = Roll("essex", (Group("constable", 2, "on duty", in_date=False),), Fleet(1))

    words = said(supply_said(muster(roll, TWENTY_FIVE, draws=2), (1,), DAY))

    assert words[-1] == "Left out because training is not in date: 2 people."
