"""The year to date against the same period last year."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import NotComparable
from regard.core.periods import Month
from regard.signals.changes import VERDICTS, compare_to_last_year
from regard.signals.dispersion import dispersion
from signals.conftest import made_figure

NOW, THEN = (date(2013, 4, 1), date(2014, 3, 14)), (date(2012, 4, 1), date(2013, 3, 14))


def test_vehicle_crime_of_the_source_paper_is_no_change_that_stands_out(counted):
    """S4-19: +1.7% = 349 offences; S4-20: it compares across the step of December 2012."""
    now, then = counted(20_878, *NOW), counted(20_529, *THEN)

    found = compare_to_last_year(now, then, dispersion=2.2, baselines=[Month(2012, 12)])

    assert found.difference.value == 349
    assert str(found.percent) == "+1.7%"
    assert found.verdict == "no change"
    assert str(found.statement()) == (
        "20,878 offences against 20,529 in the same period last year: 349 more (+1.7%; 95% "
        "range −1.2% to +4.6%), no change that stands out from its usual variation. The new "
        "average from December 2012 begins within last year's period."
    )


def test_a_change_and_its_range_are_one_figure(counted):
    count = compare_to_last_year(counted(110, *NOW), counted(100, *THEN), dispersion=4.0)
    share = compare_to_last_year(
        counted(42.5, *NOW, unit="%"), counted(45.1, *THEN, unit="%"),
        dispersion=1.0, bases=(18_607, 17_055),
    )  # fmt: skip

    assert count.statement().figures[3:] == (count.percent,)
    assert share.statement().figures[3:] == (share.difference,)


def test_violence_with_injury_of_the_source_paper_stands_out(counted):
    """S4-25: +9.1% = 1,552 offences on 17,055."""
    found = compare_to_last_year(counted(18_607, *NOW), counted(17_055, *THEN), dispersion=4.9)

    assert str(found.percent) == "+9.1%"
    assert found.difference.value == 1552
    assert found.verdict == "higher"


def test_burglary_of_the_source_paper_falls_by_less_than_almost_800(counted):
    """S4-24: -6.1% of at most 12,500 in a whole year is at most 763 fewer."""
    then = counted(12_500 * 348 / 365, *THEN)

    found = compare_to_last_year(counted(then.known * 0.939, *NOW), then, dispersion=1.5)

    assert found.verdict == "lower"
    assert round(found.difference.known) == -727


def test_the_solved_rate_of_the_source_paper_falls_in_percentage_points(counted):
    """S4-30: 42.5% against 45.1%, of 18,607 and 17,055."""
    now, then = counted(42.5, *NOW, unit="%"), counted(45.1, *THEN, unit="%")

    found = compare_to_last_year(now, then, dispersion=1.0, bases=(18_607, 17_055))

    assert found.verdict == "lower"
    assert found.percent.value is None
    assert str(found.statement()) == (
        "42.5% against 45.1% in the same period last year: 2.6 percentage points lower (95% "
        "range −3.6 to −1.6 percentage points), a fall that stands out from its usual variation."
    )


def test_the_interval_is_the_log_ratio_with_the_dispersion_of_the_series(counted):
    found = compare_to_last_year(counted(110, *NOW), counted(100, *THEN), dispersion=4.0)

    reach = 1.959964 * (4 * (1 / 110 + 1 / 100)) ** 0.5
    assert found.percent.interval.low == pytest.approx(100 * (1.1 * 2.718281828**-reach - 1))
    assert found.percent.interval.high == pytest.approx(100 * (1.1 * 2.718281828**reach - 1))


@pytest.mark.slow
@pytest.mark.statistics
@pytest.mark.parametrize("phi", [1.0, 2.2])
def test_the_range_of_a_change_covers_the_truth_about_nineteen_times_in_twenty(
    counted, vehicle_crime, phi
):
    """Four years of 200 a month with a season of 10%; the last year 10% lower."""
    random = np.random.default_rng(2013)
    level = 200 * (1 + 0.1 * np.sin(2 * np.pi * np.arange(48) / 12))
    level[-12:] *= 0.9
    covered = 0
    for _ in range(1500):
        rate = random.gamma(level / (phi - 1), phi - 1) if phi > 1 else level
        held = random.poisson(rate)
        spread = dispersion(vehicle_crime(held.tolist()))
        now, then = counted(held[-12:].sum(), *NOW), counted(held[-24:-12].sum(), *THEN)
        covered += -10 in compare_to_last_year(now, then, dispersion=spread).percent.interval

    assert 0.92 <= covered / 1500 <= 0.99


def test_a_step_within_a_period_is_not_said_to_lie_between_the_two(counted):
    found = compare_to_last_year(
        counted(110, *NOW), counted(100, *THEN), dispersion=1.0, baselines=[Month(2013, 7)]
    )

    assert str(found.statement()).endswith(
        "The new average from July 2013 begins within this year's period."
    )


def test_without_a_known_variation_the_change_is_not_judged(counted):
    found = compare_to_last_year(counted(110, *NOW), counted(100, *THEN), dispersion=None)

    assert found.verdict == "not judged"
    assert "so the change is not judged" in str(found.statement())


@pytest.mark.parametrize(
    ("now", "then", "verdict"),
    [(0, 0, "no change"), (0, 4, "no change"), (0, 60, "lower"), (60, 0, "higher"),
     (3, 0, "no change"), (9, 9, "no change")],
)  # fmt: skip
def test_nought_is_compared_without_a_percentage_of_nought(counted, now, then, verdict):
    found = compare_to_last_year(counted(now, *NOW), counted(then, *THEN), dispersion=1.0)

    assert found.verdict == verdict
    assert (found.percent.value is None) == (then == 0)
    assert found.statements()


def test_periods_of_different_length_are_said_to_differ(counted):
    now = counted(100, date(2011, 4, 1), date(2012, 2, 29))
    then = counted(100, date(2010, 4, 1), date(2011, 2, 28))

    found = compare_to_last_year(now, then, dispersion=1.0)

    assert "335 days against 334 days" in str(found.statement())


def test_a_missing_figure_gives_no_comparison_and_says_whose(counted):
    lost = counted(None, *THEN, missing="July 2012 was not supplied")

    found = compare_to_last_year(counted(100, *NOW), lost, dispersion=1.0)

    assert found.difference.missing == "July 2012 was not supplied"
    assert str(found.statement()) == (
        "The same period last year cannot be compared: last year's figure is not known."
    )


def test_figures_on_two_bases_are_not_compared(counted):
    with pytest.raises(NotComparable, match="basis is actual and estimate"):
        compare_to_last_year(counted(1, *NOW), counted(2, *THEN, basis="estimate"), dispersion=1.0)


numbers = st.integers(0, 200_000)


@given(numbers, numbers, st.floats(1, 60))
def test_turned_over_a_rise_is_a_fall(a, b, phi):
    forwards = compare_to_last_year(made_figure(a, *NOW), made_figure(b, *THEN), dispersion=phi)
    backwards = compare_to_last_year(made_figure(b, *NOW), made_figure(a, *THEN), dispersion=phi)

    turned = {"higher": "lower", "lower": "higher", "no change": "no change"}
    assert backwards.verdict == turned[forwards.verdict]
    assert forwards.verdict in VERDICTS


@given(numbers, numbers, st.floats(1, 60))
def test_the_change_lies_in_its_own_interval(a, b, phi):
    found = compare_to_last_year(made_figure(a, *NOW), made_figure(b, *THEN), dispersion=phi)

    for figure in (found.difference, found.percent):
        assert figure.interval is None or figure.value in figure.interval
