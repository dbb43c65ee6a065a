"""Two waves and two groups: Newcombe's interval, its chance, what could have been told."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from regard.core.errors import NotComparable
from regard.signals.surveys import (
    Wave,
    compare_two_groups,
    compare_waves,
    rolling,
    share_of,
    smallest_told,
)
from regard.signals.surveys.differences import deviate
from signals.test_surveys_rolling import QUARTERS
from signals.test_surveys_waves import CONFIDENCE, JUNE, answers, effects, shares, wave

YEAR_LATER = JUNE + 12


def two(one, other, **how):
    return compare_waves(share_of(CONFIDENCE, one), share_of(CONFIDENCE, other), **how)


def plain(positive, asked, ended=JUNE):
    return Wave(ended.period, asked, positive)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        # Newcombe 1998, Statistics in Medicine 17:873, table II, method 10.
        ((56, 70), (48, 80), 5.24, 33.39),
        ((9, 10), (3, 10), 17.05, 80.90),
        ((10, 10), (0, 20), 67.91, 100.0),
    ],
)
def test_published_examples_of_newcombes_interval(first, second, low, high):
    question = replace(CONFIDENCE, smallest_cell=1)

    found = compare_waves(
        share_of(question, plain(*first, YEAR_LATER)), share_of(question, plain(*second))
    ).difference.interval

    assert (found.low, found.high) == pytest.approx((low, high), abs=6e-3)


def test_the_formula_of_the_standard_error_is_there_to_check_against():
    found = two(wave(YEAR_LATER, 1_330, 0.81, 1.5), wave(JUNE, 1_290, 0.838, 1.4))

    by_hand = 100 * math.sqrt(0.81 * 0.19 * 1.5 / 1_330 + 0.838 * 0.162 * 1.4 / 1_290)
    assert found.standard_error == pytest.approx(by_hand)
    assert found.z == pytest.approx(found.difference.value / by_hand, rel=2e-3)
    half = (found.difference.interval.high - found.difference.interval.low) / 2
    assert half == pytest.approx(1.96 * by_hand, rel=5e-3)


def test_a_change_is_told_with_its_range_its_verdict_and_what_could_have_been_told():
    found = two(wave(YEAR_LATER, 1_330, 0.81, 1.5), wave(JUNE, 1_290, 0.838, 1.4))

    assert [str(one) for one in found.statements()] == [
        "Confidence in the police was 81.0% in June 2014 (95% range 78.3% to 83.4%, 1,330 "
        "answers), 2.8 percentage points lower than a year before (95% range of the difference "
        "−6.3 to +0.7 percentage points): no more than two samples of this size often show by "
        "chance.",
        "Weighted and clustered, these 1,330 answers say as much as 887 of a simple random sample.",
        "With these answers, a difference of 5.3 percentage points would be told from chance four "
        "times in five.",
    ]
    assert found.verdict == "no difference"
    assert not found.stands_out


def test_an_earlier_wave_is_named_by_its_month():
    told = str(two(wave(JUNE + 3), wave(JUNE, share=0.7)).statements()[0])

    assert "10.0 percentage points higher than in June 2013" in told
    assert told.endswith("more than two samples of this size often show by chance.")


def test_an_equal_share_is_said_to_be_the_same():
    assert str(two(wave(YEAR_LATER), wave()).statements()[0]).endswith(
        "1,250 answers), the same as a year before."
    )


def test_a_tiny_difference_is_not_printed_as_none():
    told = str(two(wave(YEAR_LATER, share=0.8004), wave()).statements()[0])

    assert "0.04 percentage points higher" in told


def test_a_side_with_too_few_answers_is_not_compared():
    found = two(wave(YEAR_LATER), wave(asked=20))
    turned = two(wave(YEAR_LATER, asked=20), wave())

    assert found.verdict == turned.verdict == "not judged"
    assert math.isnan(found.p_value)
    assert str(found.statements()[-1]) == (
        "It cannot be compared with a year before, for which no value is shown."
    )
    assert [str(one) for one in turned.statements()] == [
        "Confidence in the police is not shown for June 2014: fewer than 30 answers."
    ]


def test_rolling_values_that_share_waves_are_refused():
    shares_held = rolling(CONFIDENCE, QUARTERS).shares

    with pytest.raises(NotComparable, match="share answers"):
        compare_waves(shares_held[1], shares_held[0])


@pytest.mark.parametrize(
    "then",
    [
        share_of(CONFIDENCE, wave(group="women")),
        rolling(CONFIDENCE, QUARTERS).shares[0],
        share_of(replace(CONFIDENCE, scope="merseyside"), wave()),
        share_of(replace(CONFIDENCE, method="survey-answers 2"), wave()),
        share_of(CONFIDENCE, wave(YEAR_LATER)),
    ],
    ids=["a group", "a span", "another force", "another method", "the same wave"],
)
def test_what_is_not_an_earlier_wave_of_the_same_is_refused(then):
    with pytest.raises(NotComparable):
        compare_waves(share_of(CONFIDENCE, wave(YEAR_LATER)), then)


def test_two_groups_of_one_wave_are_compared():
    women = share_of(CONFIDENCE, wave(asked=400, share=0.75, group="women"))
    men = share_of(CONFIDENCE, wave(asked=420, share=0.833, group="men"))

    found = compare_two_groups(women, men)

    assert found.verdict == "lower"
    assert found.between == "groups"


@pytest.mark.parametrize("other", [wave(group="women"), wave(YEAR_LATER, group="men")])
def test_groups_of_two_waves_or_of_one_name_are_refused(other):
    with pytest.raises(NotComparable, match="are not two groups of one wave"):
        compare_two_groups(share_of(CONFIDENCE, wave(group="women")), share_of(CONFIDENCE, other))


@given(answers, shares, effects, answers, shares, effects)
def test_turning_a_difference_round_changes_its_sign_alone(n, p, d, m, q, e):
    one, other = Wave(JUNE.period, n, n * p, d), Wave(YEAR_LATER.period, m, m * q, e)
    back = replace(one, period=(YEAR_LATER + 12).period)

    found, turned = two(other, one), two(back, other)

    assert turned.difference.value == pytest.approx(-found.difference.value, abs=1e-9)
    assert turned.difference.interval.low == pytest.approx(
        -found.difference.interval.high, abs=1e-9
    )
    assert turned.z == pytest.approx(-found.z, abs=1e-9)
    assert turned.could_tell.value == pytest.approx(found.could_tell.value)


@given(answers, shares, effects, answers, shares, effects)
def test_the_chance_agrees_with_the_interval(n, p, d, m, q, e):
    found = two(Wave(YEAR_LATER.period, n, n * p, d), Wave(JUNE.period, m, m * q, e))
    assume(abs(found.p_value - 0.05) > 1e-6)

    assert (found.p_value < 0.05) is found.stands_out


@given(answers, shares, answers, shares, st.floats(1.05, 4))
def test_a_larger_design_effect_is_never_surer(n, p, m, q, times):
    one, other = Wave(JUNE.period, n, n * p), Wave(YEAR_LATER.period, m, m * q)
    looser = [replace(each, design_effect=times) for each in (one, other)]

    assert abs(deviate(*looser)) <= abs(deviate(one, other)) + 1e-6
    assert smallest_told(*looser) >= smallest_told(one, other)


def test_the_smallest_difference_told_is_so_many_of_its_own_standard_errors():
    one, other = wave(JUNE, 1_000, 0.5, 1.0), wave(YEAR_LATER, 1_000, 0.5, 1.0)

    gap = smallest_told(one, other) / 100

    moved = 0.5 - gap
    error = math.sqrt(0.25 / 1_000 + moved * (1 - moved) / 1_000)
    assert gap == pytest.approx((1.959964 + 0.841621) * error, rel=1e-6)
