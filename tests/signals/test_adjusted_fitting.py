"""Season, levels and spread fitted together, and what is not fitted where it cannot be told."""

from __future__ import annotations

import math

import numpy as np
import pytest

from regard.core.periods import Month
from regard.signals.adjusted.fitting import fit_months, supplied
from regard.signals.adjusted.season import calendar_months, exposures
from regard.signals.adjusted.tuning import (
    FACTORS_FROM,
    FEWEST_FOR_SEASON,
    SEASON_FROM,
    TUNING,
)

START = Month(2010, 4)
NAN = math.nan
# Car drivers killed or seriously injured in Great Britain, January 1969 to December 1984:
# R datasets, UKDriverDeaths (Harvey 1989, pp. 519-523). Seat belts from 31 January 1983.
DRIVERS = [
    1687, 1508, 1507, 1385, 1632, 1511, 1559, 1630, 1579, 1653, 2152, 2148,
    1752, 1765, 1717, 1558, 1575, 1520, 1805, 1800, 1719, 2008, 2242, 2478,
    2030, 1655, 1693, 1623, 1805, 1746, 1795, 1926, 1619, 1992, 2233, 2192,
    2080, 1768, 1835, 1569, 1976, 1853, 1965, 1689, 1778, 1976, 2397, 2654,
    2097, 1963, 1677, 1941, 2003, 1813, 2012, 1912, 2084, 2080, 2118, 2150,
    1608, 1503, 1548, 1382, 1731, 1798, 1779, 1887, 2004, 2077, 2092, 2051,
    1577, 1356, 1652, 1382, 1519, 1421, 1442, 1543, 1656, 1561, 1905, 2199,
    1473, 1655, 1407, 1395, 1530, 1309, 1526, 1327, 1627, 1748, 1958, 2274,
    1648, 1401, 1411, 1403, 1394, 1520, 1528, 1643, 1515, 1685, 2000, 2215,
    1956, 1462, 1563, 1459, 1446, 1622, 1657, 1638, 1643, 1683, 2050, 2262,
    1813, 1445, 1762, 1461, 1556, 1431, 1427, 1554, 1645, 1653, 2016, 2207,
    1665, 1361, 1506, 1360, 1453, 1522, 1460, 1552, 1548, 1827, 1737, 1941,
    1474, 1458, 1542, 1404, 1522, 1385, 1641, 1510, 1681, 1938, 1868, 1726,
    1456, 1445, 1456, 1365, 1487, 1558, 1488, 1684, 1594, 1850, 1998, 2079,
    1494, 1057, 1218, 1168, 1236, 1076, 1174, 1139, 1427, 1487, 1483, 1513,
    1357, 1165, 1282, 1110, 1297, 1185, 1222, 1284, 1444, 1575, 1737, 1763,
]  # fmt: skip


def months_of(row, start=START, *, accepted=()):
    held = np.asarray(row, float)
    given = np.zeros(len(held), np.bool_)
    given[list(accepted)] = True
    lengths, calendar = exposures(start, len(held)), calendar_months(start, len(held))
    return supplied(held, lengths, calendar, given)


def fitted(row, start=START, *, accepted=(), tuning=TUNING):
    return fit_months(months_of(row, start, accepted=accepted), tuning)


def crime(mean, months, *, seed=1, season=0.1):
    """Poisson counts with month length and a season that peaks in January."""
    wave = 1 + season * np.cos(2 * np.pi * calendar_months(START, months) / 12)
    random = np.random.default_rng(seed)
    return random.poisson(mean * wave * exposures(START, months)).astype(float)


def test_months_with_a_value_are_kept_in_order_with_their_columns():
    found = months_of([NAN, 5, NAN, 7, 0, NAN])

    assert found.counts.tolist() == [5, 7, 0]
    assert found.where.tolist() == [1, 3, 4]
    assert found.calendar.tolist() == [4, 6, 7]
    assert found.exposure == pytest.approx(exposures(START, 6)[[1, 3, 4]])
    assert not found.given.any()


def test_an_accepted_level_that_starts_in_a_missing_month_starts_with_the_next_one():
    found = months_of([5, 6, NAN, NAN, 7, 8, NAN], accepted=[2, 5, 6])

    assert found.given.tolist() == [False, False, True, True]


def test_an_accepted_level_before_the_first_value_is_no_step():
    assert not months_of([NAN, NAN, 7, 8], accepted=[1]).given.any()


def test_one_month_is_a_level_of_its_own():
    found = fitted([50])

    assert found.starts.tolist() == [0]
    assert found.terms == 0
    assert found.spread.dispersion == 1
    assert found.means == pytest.approx(2 * math.sqrt(50.375 / (30 / 30.4375)))


@pytest.mark.parametrize(
    ("mean", "months", "terms"),
    [
        (200, SEASON_FROM - 1, 0),
        (200, SEASON_FROM, 4),
        (FEWEST_FOR_SEASON / 2, FACTORS_FROM, 0),
        (2000, FACTORS_FROM - 1, 4),
    ],
)
def test_a_season_needs_three_years_and_ten_a_month(mean, months, terms):
    assert fitted(crime(mean, months)).terms == terms


def test_twelve_months_replace_two_waves_only_where_they_explain_enough():
    december = np.where(calendar_months(START, FACTORS_FROM) == 11, 1.4, 1.0)
    counts = np.random.default_rng(2).poisson(1000 * december).astype(float)

    assert fitted(counts).terms == 11
    assert fitted(counts[:-1]).terms == 4
    assert fitted(crime(1000, FACTORS_FROM)).terms == 4


def test_accepted_levels_leave_a_season_too_few_months():
    counts = crime(200, SEASON_FROM + 2)

    assert fitted(counts, accepted=[10, 20]).terms == 4
    assert fitted(counts, accepted=[10, 20, 30]).terms == 0


def test_a_series_of_spikes_among_noughts_has_no_season():
    spikes = np.where(np.arange(60) % 7 == 0, 40_000.0, 0.0)

    assert fitted(spikes).terms == 0


def test_the_season_of_a_series_with_a_step_is_recovered_with_the_step():
    counts = crime(20_000, 96, season=0.15)
    counts[40:] *= 0.8

    found = fitted(counts)

    truth = 1 + 0.15 * np.cos(2 * np.pi * np.arange(12) / 12)
    assert found.starts.tolist() == [0, 40]
    assert found.factors == pytest.approx(truth, rel=0.01)
    before, after = found.means
    assert (after / before) ** 2 == pytest.approx(0.8, rel=0.005)
    assert found.spread.dispersion < 1.3


def test_what_was_fitted_agrees_with_itself():
    counts = crime(150, 84, seed=3)
    counts[50:] = np.round(counts[50:] * 0.6)
    months = months_of(counts)

    found = fit_months(months, TUNING)

    weights = months.exposure * found.factors[months.calendar]
    roots = 2 * np.sqrt((counts + 3 / 8) / weights)
    assert found.weights == pytest.approx(weights)
    assert found.roots == pytest.approx(roots)
    for number, mean in enumerate(found.means):
        held = found.level == number
        assert mean == pytest.approx(np.average(roots[held], weights=weights[held]))
    gaps = (roots - found.means[found.level]) * np.sqrt(weights)
    assert found.spread.measured * found.spread.freedom == pytest.approx(np.sum(gaps**2))


def test_counts_below_two_a_month_are_never_stepped_but_keep_accepted_levels():
    rare = [0.0] * 60 + [3.0] * 40

    assert fitted(rare).starts.tolist() == [0]
    assert fitted(rare, accepted=[60]).starts.tolist() == [0, 60]
    assert fitted([0.0] * 60 + [9.0] * 40).starts.tolist() == [0, 60]


def test_a_dearer_step_is_not_taken():
    counts = crime(200, 60)
    counts[30:] = np.round(counts[30:] * 0.85)

    assert len(fitted(counts).starts) == 2
    assert len(fitted(counts, tuning=TUNING._replace(penalty=1e6)).starts) == 1


def test_drivers_killed_or_injured_step_down_with_the_seat_belt_law():
    """V16: with a season, the last step is in January or February 1983; it is never missed."""
    start = Month(1969, 1)

    found = fitted(DRIVERS, start)

    last = start + int(found.starts[-1])
    assert last in {Month(1983, 1), Month(1983, 2)}
    assert found.terms == 11
    fall = (found.means[-1] / found.means[-2]) ** 2
    assert fall == pytest.approx(1322 / 1630, rel=0.03)
