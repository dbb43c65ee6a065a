"""The closed set of sentences on surveys: no digit but figures and dates, no word of cause."""

from __future__ import annotations

import re

import numpy as np
import pytest

from regard.core.errors import NotKnown
from regard.core.periods import Month
from regard.signals.surveys import compare_groups, compare_waves, rolling, share_of, trend
from regard.signals.surveys.differences import VERDICTS
from regard.signals.surveys.sentences import TEMPLATES, say
from regard.signals.surveys.trends import TREND_VERDICTS
from signals.test_sentences import causal, check
from signals.test_surveys_waves import CONFIDENCE, wave


@pytest.mark.parametrize(
    "text", [*TEMPLATES.values(), *(f"{one}." for one in (VERDICTS | TREND_VERDICTS).values())]
)
def test_no_template_holds_a_word_of_cause_or_a_digit(text):
    assert causal(text) == []
    assert not re.search(r"\d", re.sub(r"\{[^}]*\}", "", text))
    assert text.endswith(".")


def test_a_sentence_nobody_knows_is_refused():
    with pytest.raises(NotKnown, match="no sentence is called 'wav'"):
        say("wav")


def any_waves(random):
    every = int(random.choice([1, 3, 6, 12]))
    share = random.choice([0.0, 0.3, 0.84, 1.0])
    asked = random.integers(0, 400, 14)
    return [
        wave(
            Month(2008, 1) + every * at,
            int(n),
            float(random.binomial(n, share)) / n if n else 0.0,
            float(random.choice([0.8, 1.0, 1.4, 2.7])),
        )
        for at, n in enumerate(asked.tolist())
        if random.random() > 0.1
    ]


@pytest.mark.slow
@pytest.mark.statistics
def test_nothing_that_150_surveys_say_is_untraced_or_a_cause():
    random = np.random.default_rng(20_266)
    said = 0
    for _ in range(150):
        waves = any_waves(random)
        shares = [share_of(CONFIDENCE, one) for one in waves]
        rolled = rolling(CONFIDENCE, waves)
        apart = [one for one in waves if one.period.end < shares[-1].wave.period.start]
        earlier = rolled.before(rolled.latest)
        statements = [
            *shares[0].statements(),
            *rolled.statements(),
            *compare_waves(shares[-1], share_of(CONFIDENCE, apart[-1])).statements(),
        ]
        if earlier is not None:
            statements += compare_waves(rolled.latest, earlier).statements()
        enough = [one for one in waves if one.answers >= 30]
        if len(enough) >= 5:
            statements += trend(CONFIDENCE, enough).statements()
        groups = [
            wave(asked=int(n), share=round(0.7 * n) / n, group=name)
            for n, name in zip(random.integers(5, 90, 3), ("north", "south", "west"), strict=True)
        ]
        found = compare_groups(CONFIDENCE, groups)
        statements += found.statements()
        statements += found.with_adjusted(found.p_values).statements()
        said += check(tuple(statements))

    assert said > 1_000
