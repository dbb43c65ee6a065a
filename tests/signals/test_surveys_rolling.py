"""Rolling twelve months: answers summed before they are divided, gaps and overlaps said."""

from __future__ import annotations

import pytest

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.core.periods import Month
from regard.signals.surveys import compare_waves, rolling, share_of
from signals.test_surveys_waves import CONFIDENCE, JUNE, wave

QUARTERS = [wave(Month(2012, 3) + 3 * at, share=0.80 + 0.01 * at) for at in range(9)]


def test_a_rolling_value_takes_four_quarters_together():
    found = rolling(CONFIDENCE, QUARTERS)

    assert (found.every, found.wanted, len(found.shares)) == (3, 4, 6)
    assert found.shares[0].figure.value == pytest.approx(81.5)
    assert found.latest.wave.answers == 5_000
    assert found.latest.figure.parts[1].value == 5_000
    assert found.latest.figure.method == "survey-answers 1, over 12 months"


def test_answers_are_summed_before_they_are_divided():
    waves = [wave(JUNE, 4_000, 0.9), *(wave(JUNE + 3 * at, 1_000, 0.5) for at in (1, 2, 3))]

    found = rolling(CONFIDENCE, waves).latest

    assert found.figure.value == pytest.approx(100 * (3_600 + 1_500) / 7_000)


def test_it_says_its_base_and_that_neighbours_share_waves():
    told = [str(one) for one in rolling(CONFIDENCE, QUARTERS).statements()]

    assert told == [
        "Confidence in the police was 86.5% over the 12 months to March 2014 (95% range 85.3% to "
        "87.6%, 5,000 answers of 4 waves taken together).",
        "Weighted and clustered, these 5,000 answers say as much as 3,571 of a simple random "
        "sample.",
        "Neighbouring values share 3 of their 4 waves and are no independent samples; a value is "
        "compared with one that shares none, a year before.",
    ]


def test_a_value_a_year_earlier_shares_no_wave_and_can_be_compared():
    found = rolling(CONFIDENCE, QUARTERS)

    difference = compare_waves(found.latest, found.before(found.latest))

    assert difference.difference.value == pytest.approx(4)
    assert str(difference.statements()[0]) == (
        "Confidence in the police was 86.5% over the 12 months to March 2014 (95% range 85.3% to "
        "87.6%, 5,000 answers of 4 waves taken together), 4.0 percentage points higher than a year "
        "before (95% range of the difference +2.3 to +5.7 percentage points): more than two "
        "samples of this size often show by chance."
    )


def test_a_span_that_lacks_a_wave_has_no_value_and_says_how_many_it_holds():
    waves = [one for one in QUARTERS if one.ended != Month(2013, 6)]

    found = rolling(CONFIDENCE, waves)

    assert [one.shown for one in found.shares] == [True, True, False, False, False]
    assert found.latest.figure.missing == "3 of 4 waves were supplied"
    assert [str(one) for one in found.statements()] == [
        "Confidence in the police has no value over the 12 months to March 2014: 3 of 4 waves were "
        "supplied."
    ]


def test_there_is_no_value_before_the_first_year():
    found = rolling(CONFIDENCE, QUARTERS)

    assert found.before(found.shares[0]) is None
    assert found.at(Month(2012, 9)) is None


def test_monthly_waves_are_rolled_too():
    found = rolling(CONFIDENCE, [wave(JUNE + at) for at in range(14)])

    assert (found.every, found.wanted, len(found.shares)) == (1, 12, 3)


def test_yearly_waves_share_nothing():
    found = rolling(CONFIDENCE, [wave(JUNE + 12 * at) for at in range(3)])

    assert found.wanted == 1
    assert found.overlap() == ()
    assert found.latest.figure.value == pytest.approx(
        share_of(CONFIDENCE, wave(JUNE + 24)).figure.value
    )


@pytest.mark.parametrize(
    ("waves", "refused", "words"),
    [
        ([wave()], NotEnoughData, "1 wave cannot be rolled"),
        ([wave(), wave(JUNE + 3)], NotEnoughData, "span no 12 months"),
        ([wave(), wave()], DefinitionRefused, "June 2013 given twice"),
        ([wave(), wave(JUNE + 3, group="women")], DefinitionRefused, "waves of all, women"),
        ([wave(), wave(JUNE + 5)], DefinitionRefused, "12 months over waves every 5"),
    ],
)
def test_what_cannot_be_rolled_is_refused(waves, refused, words):
    with pytest.raises(refused, match=words):
        rolling(CONFIDENCE, waves)
