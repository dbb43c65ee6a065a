"""One wave of a survey: Wilson's range at the effective size, suppression, pooling."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.core.figures import Figure
from regard.core.periods import Month, Period
from regard.signals.surveys import Question, Wave, pooled, share_of

CONFIDENCE = Question("confidence", "Confidence in the police", "west-midlands", "survey-answers 1")
JUNE = Month(2013, 6)
answers = st.integers(30, 5_000)
shares = st.floats(0.0, 1.0)
effects = st.floats(0.6, 4.0)


def wave(ended=JUNE, asked=1_250, share=0.8, deff=1.4, group="all"):
    """Three months of interviews that end with a month."""
    return Wave(Period((ended + -2).start, ended.end), asked, asked * share, deff, group)


@pytest.mark.parametrize(
    ("asked", "positive", "deff", "low", "high"),
    [
        (100, 65, 1, 55.2544, 73.6358),
        (5_000, 1_045, 1, 19.7955, 22.0491),
        (1_000, 620, 1, 58.9511, 64.9571),
        (1_000, 620, 1.4, 58.3852, 65.4864),
    ],
)
def test_vector_11_wilson_at_the_effective_sample_size(asked, positive, deff, low, high):
    one = Wave(JUNE.period, asked, positive, deff)

    found = share_of(CONFIDENCE, one).figure

    assert found.value == pytest.approx(100 * positive / asked)
    assert (found.interval.low, found.interval.high) == pytest.approx((low, high), abs=6e-5)


def test_vector_11_nobody_of_ten():
    question = Question("q", "Q", "west-midlands", "survey-answers 1", smallest_cell=10)

    found = share_of(question, Wave(JUNE.period, 10, 0)).figure

    assert (found.interval.low, found.interval.high) == pytest.approx((0, 27.7533), abs=6e-5)


def test_a_share_is_told_with_its_range_and_what_its_answers_are_worth():
    told = [str(one) for one in share_of(CONFIDENCE, wave()).statements()]

    assert told == [
        "Confidence in the police was 80.0% in June 2013 (95% range 77.3% to 82.5%, 1,250 "
        "answers).",
        "Weighted and clustered, these 1,250 answers say as much as 893 of a simple random sample.",
    ]


def test_without_a_design_effect_answers_are_a_simple_random_sample():
    told = share_of(CONFIDENCE, wave(deff=1.0)).statements()

    assert str(told[1]) == "These 1,250 answers are taken as a simple random sample."


@pytest.mark.parametrize(("asked", "shown"), [(29, False), (30, True)])
def test_a_share_of_too_few_answers_is_not_shown(asked, shown):
    found = share_of(CONFIDENCE, wave(asked=asked))

    assert found.shown is shown
    assert (found.figure.value is not None) is shown
    assert ("fewer than 30 answers" in str(found.statements()[0])) is not shown


def test_a_group_is_named_and_compares_with_nothing_else():
    found = share_of(CONFIDENCE, wave(group="women"))

    assert found.name == "Confidence in the police (women)"
    assert found.figure.measure == "confidence where group is women"


def test_a_figure_knows_its_answers():
    figure = share_of(CONFIDENCE, wave()).figure

    assert [part.known for part in figure.parts] == pytest.approx([1_000, 1_250, 1_250 / 1.4])
    assert figure.period == Period(date(2013, 4, 1), date(2013, 6, 30))


def test_a_wave_is_read_from_a_counted_share_and_back():
    figure = share_of(CONFIDENCE, wave()).figure

    again = Wave.of_figure(figure)

    assert share_of(CONFIDENCE, again).figure.interval == pytest.approx(figure.interval)
    assert again.design_effect == pytest.approx(1.4)


@pytest.mark.parametrize("changed", [{"value": None, "missing": "no wave"}, {"parts": ()}])
def test_a_figure_that_tells_no_answers_is_refused(changed):
    figure = share_of(CONFIDENCE, wave()).figure
    told = {name: getattr(figure, name) for name in Figure.__dataclass_fields__}

    with pytest.raises(NotEnoughData, match="tells no answers"):
        Wave.of_figure(Figure(**(told | changed)))


@pytest.mark.parametrize(("positive", "deff"), [(11, 1), (-1, 1), (5, 0)])
def test_what_cannot_be_a_wave_is_refused(positive, deff):
    with pytest.raises(DefinitionRefused, match="positive of 10 answers of all"):
        Wave(JUNE.period, 10, positive, deff)


def test_nobody_has_no_share():
    with pytest.raises(NotEnoughData):
        _ = Wave(JUNE.period, 0, 0).share


@given(answers, shares, effects)
def test_a_design_effect_is_a_smaller_sample(asked, share, deff):
    one = share_of(CONFIDENCE, Wave(JUNE.period, asked, asked * share, deff)).figure
    n = asked / deff
    question = Question("confidence", "Confidence", "west-midlands", "1", smallest_cell=1)
    other = share_of(question, Wave(JUNE.period, max(n, 1), max(n, 1) * share)).figure

    assert one.interval.low == pytest.approx(other.interval.low, abs=1e-6)
    assert one.interval.high == pytest.approx(other.interval.high, abs=1e-6)


@given(answers, shares, effects)
def test_those_who_answered_otherwise_have_the_range_turned_over(asked, share, deff):
    one = share_of(CONFIDENCE, Wave(JUNE.period, asked, asked * share, deff)).figure
    turned = share_of(CONFIDENCE, Wave(JUNE.period, asked, asked - asked * share, deff)).figure

    assert turned.interval.low == pytest.approx(100 - one.interval.high, abs=1e-6)


@given(answers, shares, effects, st.integers(1, 6))
def test_equal_waves_taken_together_are_one_larger_wave(asked, share, deff, number):
    waves = [Wave((JUNE + at).period, asked, asked * share, deff) for at in range(number)]

    found = pooled(waves, months=number)

    assert found.answers == number * asked
    assert found.share == pytest.approx(share, abs=1e-9)
    assert found.design_effect == pytest.approx(deff)


def test_design_effects_are_weighted_by_answers():
    found = pooled([wave(asked=1_000, deff=1.0), wave(JUNE + 3, asked=3_000, deff=2.0)], months=6)

    # p (1 - p) (1000 x 1 + 3000 x 2) / 4000^2 is the variance of the pooled share.
    assert found.design_effect == 1.75
    assert found.effective == pytest.approx(4_000 / 1.75)
    assert found.effective < 1_000 / 1.0 + 3_000 / 2.0


def test_no_waves_are_no_sample():
    with pytest.raises(NotEnoughData):
        pooled([])
