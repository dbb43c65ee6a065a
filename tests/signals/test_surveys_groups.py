"""Many groups at once: each against the rest, with chances to be adjusted."""

from __future__ import annotations

import numpy as np
import pytest

from regard.core.errors import DefinitionRefused
from regard.signals.surveys import compare_groups, share_of
from signals.test_surveys_waves import CONFIDENCE, wave

GROUPS = [
    wave(asked=400, share=0.75, group="women"),
    wave(asked=420, share=0.833, group="men"),
    wave(asked=20, share=0.75, group="not stated"),
]


def test_each_group_is_set_against_the_rest():
    found = compare_groups(CONFIDENCE, GROUPS)

    women = found.differences[0]
    assert women.then.wave.answers == 440
    assert women.then.wave.group == "the rest"
    assert women.difference.value == pytest.approx(75 - 100 * (420 * 0.833 + 15) / 440)


def test_the_rest_is_everybody_less_the_group():
    everybody = wave(asked=1_000, share=0.8)

    found = compare_groups(CONFIDENCE, GROUPS, everybody=everybody).differences[0].then

    assert found.wave.answers == 600
    assert found.wave.positive == pytest.approx(500)
    assert found.wave.design_effect == everybody.design_effect


def test_a_group_with_too_few_answers_is_named_and_not_judged():
    found = compare_groups(CONFIDENCE, GROUPS)

    assert len(found.judged) == len(found.p_values) == 2
    assert str(found.statements()[-1]) == (
        "Confidence in the police (not stated) is not shown for June 2013: fewer than 30 answers."
    )


def test_without_adjusting_it_says_what_chance_alone_gives():
    told = [str(one) for one in compare_groups(CONFIDENCE, GROUPS).statements()]

    assert (
        told[0] == "2 groups were compared at once, and one in twenty stands out by chance alone."
    )
    assert told[1] == (
        "Confidence in the police (women) was 75.0% in June 2013 (95% range 69.7% to 79.7%, 400 "
        "answers), 7.9 percentage points lower than among the rest (95% range of the difference "
        "−14.4 to −1.4 percentage points): more than two samples of this size often show by chance."
    )


@pytest.mark.parametrize(
    ("adjusted", "told", "words"),
    [
        ((0.01, 0.02), 2, "Of 2 groups compared at once, 2 stand out from the rest"),
        ((0.04, 0.06), 1, "Of 2 groups compared at once, 1 stands out from the rest"),
        ((0.2, 0.3), 0, "Of 2 groups compared at once, 0 stand out from the rest"),
    ],
)
def test_after_adjusting_only_what_still_stands_out_is_told(adjusted, told, words):
    found = compare_groups(CONFIDENCE, GROUPS).with_adjusted(adjusted)

    assert len(found.told) == told
    assert str(found.statements()[0]).startswith(words)
    assert len(found.statements()) == 1 + told + 1


@pytest.mark.parametrize("adjusted", [(0.1,), (0.1, 1.2), (0.1, 0.2, 0.3)])
def test_chances_that_do_not_fit_the_groups_are_refused(adjusted):
    with pytest.raises(DefinitionRefused, match="for 2 groups judged"):
        compare_groups(CONFIDENCE, GROUPS).with_adjusted(adjusted)


@pytest.mark.parametrize(
    ("groups", "everybody"),
    [
        (GROUPS[:1], None),
        ([GROUPS[0], GROUPS[0]], None),
        ([GROUPS[0], wave()], None),
        (GROUPS, wave(asked=410, share=0.9)),
    ],
    ids=["one group", "twice", "all among them", "more than everybody"],
)
def test_groups_that_cannot_be_told_apart_are_refused(groups, everybody):
    with pytest.raises(DefinitionRefused):
        compare_groups(CONFIDENCE, groups, everybody=everybody)


def test_an_equal_group_is_said_to_be_the_same_and_counts_as_no_difference():
    found = compare_groups(CONFIDENCE, [wave(group="women"), wave(group="men")])

    assert found.p_values == (1, 1)
    assert str(found.differences[0].statements()[0]).endswith("the same as among the rest.")


@pytest.mark.slow
@pytest.mark.statistics
def test_of_groups_that_do_not_differ_one_in_twenty_has_a_chance_below_one_in_twenty():
    random = np.random.default_rng(20_264)
    chances = []
    for _ in range(200):
        made = [
            wave(asked=300, share=random.binomial(300, 0.8) / 300, deff=1.0, group=f"area {at}")
            for at in range(8)
        ]
        chances.extend(compare_groups(CONFIDENCE, made).p_values)

    # Monte Carlo error of 5% among 1,600 that hang together in eights: about 0.6 points.
    assert len(chances) == 1_600
    assert np.mean(np.array(chances) < 0.05) == pytest.approx(0.05, abs=0.015)


def test_everybody_asked_is_no_group():
    assert share_of(CONFIDENCE, wave()).name == CONFIDENCE.name
