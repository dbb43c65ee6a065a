"""What was rounded on paper is known only from one end to the other, and arithmetic keeps to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused
from regard.papers.printed import Printed, Rounded

ends = st.floats(-1e6, 1e6)
parts = st.floats(0, 1)


@st.composite
def rounded_numbers(draw: st.DrawFn) -> Rounded:
    low, high = sorted((draw(ends), draw(ends)))
    return Rounded(low + (high - low) * draw(parts), low, high)


@given(rounded_numbers(), rounded_numbers(), parts, parts)
def test_the_truth_never_leaves_the_ends(one: Rounded, other: Rounded, p: float, q: float) -> None:
    true_one = one.low + (one.high - one.low) * p
    true_other = other.low + (other.high - other.low) * q

    results = [
        (one + other, true_one + true_other),
        (one - other, true_one - true_other),
        (one * other, true_one * true_other),
        (abs(one), abs(true_one)),
    ]

    for found, truth in results:
        slack = 1e-6 * max(1.0, abs(found.low), abs(found.high))
        assert found.low - slack <= truth <= found.high + slack


def test_dividing_by_what_may_be_nought_is_refused() -> None:
    with pytest.raises(DefinitionRefused, match=r"7 cannot be divided by 0.02 \(-0.03 to 0.07\)"):
        Rounded.exact(7) / Rounded(0.02, -0.03, 0.07)


@pytest.mark.parametrize(
    "told, low, high",
    [
        ({"value": 6.1, "places": 1}, 6.05, 6.15),
        ({"value": 8500, "nearest": 100}, 8450, 8550),
        ({"value": 70, "places": 0}, 69.5, 70.5),
        ({"value": 1552}, 1552, 1552),
        (1552, 1552, 1552),
        ({"words": "almost 800", "low": 780, "high": 800}, 780, 800),
        ({"words": "over 20%", "low": 20}, 20, float("inf")),
    ],
)
def test_what_was_printed_leaves_open_what_rounding_left_open(
    told: dict[str, object] | float, low: float, high: float
) -> None:
    printed = Printed.read(told, "here")

    assert (printed.low, printed.high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    "told, value, prints",
    [
        ({"value": 6.1, "places": 1}, 6.0987, True),
        ({"value": 6.1, "places": 1}, 6.15, False),
        ({"value": 8500, "nearest": 100}, 8457, True),
        ({"value": 8500, "nearest": 100}, 8449, False),
        ({"value": 1552}, 1552, True),
        ({"value": 1552}, 1553, False),
        ({"words": "almost 800", "low": 780, "high": 800}, 763, False),
    ],
)
def test_a_value_is_printed_as_the_paper_rounds(
    told: dict[str, object], value: float, prints: bool
) -> None:
    assert Printed.read(told, "here").prints(value) is prints


@pytest.mark.parametrize(
    "told", [{"value": 1, "places": 1, "nearest": 10}, {"places": 1}, {"value": 1, "digits": 2}]
)
def test_a_rounding_that_is_not_clear_is_refused(told: dict[str, object]) -> None:
    with pytest.raises(DefinitionRefused, match="claim C-1: printed has"):
        Printed.read(told, "claim C-1: printed")
