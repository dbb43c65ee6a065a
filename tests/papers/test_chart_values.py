from __future__ import annotations

import pytest

from regard.core.errors import PaperRefused
from regard.core.periods import Month
from regard.papers import AcceptedStep, ControlChart, Proposal, Segment
from regard.papers.chart_values import CONTINUED, check_finite

START = Month(2013, 4)


def chart(**other: object) -> ControlChart:
    return ControlChart("Read", "Burglary", "Here", "offences", START, (5.0,) * 40, **other)


def test_the_level_before_a_step_between_segments_is_drawn_on_for_a_year() -> None:
    segments = (
        Segment(START, START + 9, 900, 800, 1_000),
        Segment(START + 10, START + 39, 700, 600, 800),
    )

    (step,) = chart(segments=segments).accepted

    assert step == AcceptedStep(START + 10, (900,) * CONTINUED)


def test_a_step_outside_the_months_drawn_is_left_out() -> None:
    steps = tuple(AcceptedStep(START + at) for at in (-2, 0, 5, 40))

    assert [one.month for one in chart(steps=steps).accepted] == [START + 5]


@pytest.mark.parametrize(
    ("other", "name"),
    [
        ({}, "possible step: Apr 2013"),
        ({"confirmed": True}, "step proposed: Apr 2013"),
        ({"label": "after the new form"}, "after the new form"),
    ],
)
def test_a_proposal_is_named_by_how_firm_it_is(other: dict[str, object], name: str) -> None:
    assert Proposal(START, START, START, 2, 1, **other).name == name


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(PaperRefused, match=f"the chart of Burglary has the value {value}"):
        check_finite("Burglary", (1.0, None, value))
