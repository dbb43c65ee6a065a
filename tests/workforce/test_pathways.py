"""Training pathways with their real time: exact shares by month, and people conserved."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused, NotKnown
from regard.workforce.delays import Erlang, Fixed, Uniform
from regard.workforce.paths import simulate
from regard.workforce.pathways import Step, a_month, assumed, pathway, starting
from regard.workforce.pipeline import expected, reaching
from workforce.projecting import DELAYS
from workforce.rocu import counted


def to_post(delay, **settled):
    return (Step("course", delay, **settled), Step("post"))


@pytest.mark.parametrize(
    "delay, months, shares",
    [
        (Uniform(12, 18), (12, 15, 18), (0, 0.5, 1)),
        (Erlang(15, 25), (12, 15, 18, 24), (0.156773, 0.526602, 0.842758, 0.995517)),
        (Fixed(15), (14, 15), (0, 1)),
    ],
)
def test_the_share_who_are_through_by_month_is_the_delays_own(delay, months, shares):
    line = pathway(to_post(delay), people={"course": 100}, strength=["post"])

    found = expected(line, 24).strength / 100

    assert found[list(months)] == pytest.approx(shares, abs=5e-7)


def test_people_in_their_ninth_month_are_told_from_those_in_their_first():
    steps = to_post(Fixed(12))

    late = pathway(steps, people={"course": [0] * 8 + [10]}, strength=["post"])
    early = pathway(steps, people={"course": 10}, strength=["post"])

    assert expected(late, 12).strength[[3, 4]].tolist() == [0, 10]
    assert expected(early, 12).strength[[11, 12]].tolist() == [0, 10]


def test_who_does_not_pass_leaves_or_goes_where_it_is_said():
    out = pathway(to_post(Fixed(3), passing=0.7), people={"course": 10}, strength=["post"])
    back = pathway(
        (Step("course", Fixed(3), passing=0.7, instead="armed response", to="post"),
         Step("armed response"), Step("post")),
        people={"course": 10},
        strength=["post"],
        deployable=["post", "armed response"],
    )  # fmt: skip

    assert expected(out, 3).people[3].sum() == pytest.approx(7)
    assert expected(back, 3).deployable[3] == pytest.approx(10)
    assert reaching(back, "post").chance[0] == pytest.approx(0.7)


def test_those_who_leave_from_a_step_leave_by_the_month():
    line = pathway(to_post(Fixed(12), leaving=0.2), people={"course": 100}, strength=["post"])

    assert expected(line, 12).strength[12] == pytest.approx(80)
    assert a_month(0.2) == pytest.approx(1 - 0.8 ** (1 / 12))


def test_a_pathway_takes_as_long_as_its_steps_together():
    steps = (Step("first", Uniform(3, 6)), Step("second", Erlang(4, 5)), Step("post"))

    line = pathway(steps, people={"first": 1}, strength=["post"])

    # A month's end comes half a month after an end within the month, at each step with spread.
    assert reaching(line, "post").months[0] == pytest.approx(4.5 + 0.5 + 4 + 0.5, abs=0.03)


def test_who_starts_when_is_a_plan():
    line = pathway(to_post(Fixed(2)), people={}, strength=["post"])
    plan = starting(line, 6, {"course": {2: 5, 3: 4}})

    found = simulate(line, months=6, seed=3, paths=2, intake="fixed", plan=plan)

    assert found.of()[0].tolist() == [0, 0, 0, 0, 5, 9, 9]


def test_intake_starts_a_step_every_month():
    line = pathway(to_post(Fixed(1)), people={}, intake={"course": 3}, strength=["post"])

    assert expected(line, 3).strength.tolist() == [0, 0, 3, 6]


@pytest.mark.parametrize(
    "ask, said",
    [
        (lambda: pathway([Step("a"), Step("a")], people={}, strength=["a"]), "steps a, a"),
        (
            lambda: pathway([Step("a", Fixed(2))], people={}, strength=["a"]),
            "nothing follows a, which ends",
        ),
        (
            lambda: pathway(to_post(Fixed(2)), people={"course": [0, 0, 5]}, strength=["post"]),
            "5 people after 2 months of course",
        ),
        (lambda: Step("a", passing=1.2), "1.2 pass"),
        (lambda: Step("a", leaving=1.0), "1.0 leave a in a year"),
        (
            lambda: starting(
                pathway(to_post(Fixed(2)), people={}, strength=["post"]), 3, {"course": {4: 1}}
            ),
            "in month 4",
        ),
    ],
)
def test_a_pathway_that_cannot_be_is_refused(ask, said):
    with pytest.raises(DefinitionRefused, match=said):
        ask()


@pytest.mark.parametrize(
    "ask",
    [
        lambda: pathway(to_post(Fixed(2)), people={"exam": 1}, strength=["post"]),
        lambda: pathway(to_post(Fixed(2), to="exam"), people={}, strength=["post"]),
        lambda: pathway(to_post(Fixed(2), instead="exam"), people={}, strength=["post"]),
    ],
)
def test_a_step_that_does_not_exist_is_not_known(ask):
    with pytest.raises(NotKnown, match="'exam'"):
        ask()


def test_what_is_assumed_is_said_step_by_step():
    steps = (
        Step("upskill course", Fixed(2), passing=0.9),
        Step("pathway", Uniform(12, 18), passing=0.75, leaving=0.05),
        Step("course", Erlang(15, 25)),
        Step("post", leaving=0.08),
    )

    assert str(assumed(steps, counted(37))) == (
        "Upskill course takes 2 months. 90.0% pass. "
        "Pathway takes anywhere from 12 to 18 months. "
        "75.0% of those who stay pass; 5.0% a year leave. "
        "Course takes 15 months on average, in 25 phases. 100.0% pass. "
        "From post, 8.0% leave in a year."
    )


@given(DELAYS, st.floats(0, 0.5), st.floats(0, 1))
def test_nobody_is_lost_on_a_pathway(delay, leaving, passing):
    steps = (
        Step("course", delay, leaving, passing, to="post", instead="failed"),
        Step("failed"),
        Step("post"),
    )
    line = pathway(steps, people={"course": 50}, strength=["course", "failed", "post"])

    found = expected(line, 30)

    assert found.strength[30] + found.leavers.sum() == pytest.approx(50, abs=1e-8)


@given(DELAYS)
def test_nobody_is_through_before_the_delay_has_it(delay):
    line = pathway(to_post(delay), people={"course": 1}, strength=["post"])

    found = expected(line, 24).strength

    assert found[1:] == pytest.approx(delay.share_by(np.arange(1, 25)), abs=1e-8)
