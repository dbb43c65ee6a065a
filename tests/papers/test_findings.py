"""How agreement is judged, and how an input is refused that is not what it must be."""

from __future__ import annotations

from datetime import date

import pytest

from regard.core.errors import DefinitionRefused
from regard.papers.findings import MEANINGS, Given, Verdict, judged, told
from regard.papers.printed import Printed, Rounded

PRINTED = Printed.read({"value": 1829, "nearest": 1}, "here")


@pytest.mark.parametrize(
    "value, slack, verdict",
    [
        (Rounded.exact(1829.3), 0, Verdict.OK),
        (Rounded(1825, 1774, 1879), 0, Verdict.OK_R),
        (Rounded.exact(1825), 1, Verdict.OK_R),
        (Rounded.exact(1825), 0, Verdict.BAD),
        (Rounded.exact(1800), 1, Verdict.BAD),
    ],
)
def test_agreement_is_exact_then_by_rounding_then_by_tolerance(
    value: Rounded, slack: float, verdict: Verdict
) -> None:
    assert judged(value, PRINTED, fails=Verdict.BAD, slack=slack) is verdict


def test_every_verdict_has_words_for_one_and_for_several() -> None:
    assert set(MEANINGS) == set(Verdict)
    assert all(len(words) == 2 for words in MEANINGS.values())


@pytest.mark.parametrize(
    "value, unit, said", [(70.0, "%", "70%"), (63.6, "%", "63.6%"), (12_500.4, "", "12,500")]
)
def test_a_finding_says_numbers_without_needless_decimals(
    value: float, unit: str, said: str
) -> None:
    assert told(value, unit) == said


def test_an_input_that_is_not_there_is_named() -> None:
    with pytest.raises(DefinitionRefused, match="claim C-1 lacks whole"):
        Given("claim C-1", "share-of", {}).number("whole")


def test_a_day_is_a_day() -> None:
    given = Given("claim C-1", "lag", {"on": "1 March"})

    with pytest.raises(DefinitionRefused, match="claim C-1: on is '1 March'"):
        given.day("on")


def test_a_period_is_its_first_and_last_day() -> None:
    given = Given("claim C-1", "lag", {"said": [date(2013, 9, 1), date(2013, 11, 30)]})

    assert given.days("said").days == 91
