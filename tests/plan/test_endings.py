"""How a year is foreseen to end, and the verdict that its chance gives."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from regard.core.periods import FinancialYear, Month
from regard.core.statements import Statement
from regard.plan.endings import against, ending_of, verdict_by_chance, what_it_rests_on
from regard.plan.standing import BY_CHANCE, ON_COURSE, Verdict
from regard.signals import Milestone, milestone_pace
from signals.conftest import made_figure, made_series

YEAR = FinancialYear(2013)
PLAIN = Verdict(ON_COURSE, Statement.of("By arithmetic."))


def months(count=44, mean=300, seed=1):
    """From April 2010; 44 months end with November 2013."""
    return made_series(np.random.default_rng(seed).poisson(mean, count).tolist())


def so_far(series, last=date(2013, 11, 30)):
    held = sum(value for month, value in series.supplied if month >= Month(2013, 4))
    return made_figure(held, date(2013, 4, 1), last)


def pace_to(series, level, better="lower"):
    return milestone_pace(Milestone(YEAR, better, level=level), so_far(series))


def ended(series, level, better="lower"):
    ending = ending_of(series, YEAR, so_far(series), ())
    pace = pace_to(series, level, better)
    ending = against(ending, pace)
    return ending, verdict_by_chance(PLAIN, ending, pace)


def test_without_a_series_there_is_no_ending():
    ending = ending_of(None, YEAR, made_figure(5, date(2013, 4, 1), date(2013, 4, 30)), ())

    assert (ending.end, ending.odds, ending.lacking, ending.fan) == (None, None, None, ())


def test_too_few_months_say_that_no_chance_can_be_given():
    series = made_series([20] * 20, start=Month(2012, 4))

    ending = ending_of(series, YEAR, so_far(series), ())

    assert ending.end is None
    assert str(ending.lacking).startswith("No chance can be given: the records hold too few")
    assert against(ending, pace_to(series, 100)) == ending


@pytest.mark.parametrize(
    ("level", "word"), [(3900, BY_CHANCE[0]), (3600, BY_CHANCE[2]), (3300, BY_CHANCE[-1])]
)
def test_the_verdict_is_the_band_of_the_chance(level, word):
    series = months(mean=300)

    ending, verdict = ended(series, level)

    assert verdict.word == ending.odds.band
    if word != BY_CHANCE[2]:
        assert verdict.word == word
    assert str(verdict.why).startswith("The chance of meeting it is ")
    assert "95% range" in str(verdict.why)


def test_very_small_and_very_large_chances_are_bounded_in_words():
    series = months(mean=300)

    assert "is less than 5%" in str(ended(series, 3000)[1].why)
    assert "is more than 95%" in str(ended(series, 5000)[1].why)


def test_what_arithmetic_has_settled_keeps_its_verdict():
    series = months(mean=300)

    ending, verdict = ended(series, 100)

    assert ending.odds.settled
    assert verdict is PLAIN


def test_the_fan_holds_whole_months_though_a_part_is_counted():
    series = months()
    now = so_far(series, date(2013, 12, 14))

    ending = ending_of(series, YEAR, now, ())

    assert [one.month for one in ending.fan] == [Month(2013, 12) + n for n in range(4)]
    assert ending.fan[0].centre == pytest.approx(300, rel=0.2)


def test_what_a_forecast_rests_on_leaves_out_the_total_and_the_year_so_far():
    end = ending_of(months(), YEAR, so_far(months()), ()).end

    told = [str(one) for one in what_it_rests_on(end)]

    assert len(told) == len(end.statements()) - 2
    assert not any("is expected to end" in one for one in told)
