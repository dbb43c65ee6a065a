"""What a series is charted on: which totals, which bases, and when neither is known."""

from __future__ import annotations

import pytest

from regard.signals.conventions import AS_COUNTED, PER_MEAN_MONTH
from regard.signals.others.basing import based, is_per_time, per_of
from regard.signals.others.levels import AVERAGES, COUNTS, SHARES
from regard.signals.others.rows import GUARDED
from regard.signals.readings import Options
from signals.conftest import made_series

RESIDENTS = (2_700_000.0,) * 24
COUNTED = [14_000.0, 15_003.0] * 12


def crime_rate(values=None, **changed):
    told = {"kind": "rate", "unit": "offences per 1,000 residents", "bases": RESIDENTS}
    values = values or [1000 * one / 2_700_000 for one in COUNTED]
    return made_series(values, **(told | changed))


def satisfaction(values=None, **changed):
    told = {"kind": "proportion", "unit": "%", "bases": (900.0,) * 24, "better": "higher"}
    return made_series(values or [100 * one / 900 for one in (750, 760)] * 12, **(told | changed))


def made(series, family, calendar=AS_COUNTED):
    return based(series, Options(calendar=calendar), family=family, choices=GUARDED)


@pytest.mark.parametrize(
    ("unit", "per"),
    [
        ("offences per 1,000 residents", 1000),
        ("infections per 10000 bed days", 10_000),
        ("calls per officer", 1),
        ("minutes", None),
        ("%", None),
    ],
)
def test_what_a_rate_is_per_is_read_from_its_unit(unit, per):
    assert per_of(unit) == per


def test_whole_counts_are_worked_back_from_a_rate():
    ready = made(crime_rate(), COUNTS)

    assert ready.rows.totals[0].tolist() == COUNTED
    assert ready.why == ""
    assert ready.unit == "offences per 1,000 residents a month"


def test_positive_answers_are_worked_back_from_a_percentage():
    ready = made(satisfaction(), SHARES)

    assert ready.rows.totals[0].tolist() == [750, 760] * 12
    assert ready.unit == "%"


def test_weighted_answers_keep_their_decimals():
    ready = made(satisfaction([83.37] * 24), SHARES)

    assert ready.rows.totals[0, 0] == pytest.approx(750.33)


@pytest.mark.parametrize(
    ("unit", "longer"),
    [
        ("offences per 1,000 residents", True),
        ("arrests per 1,000 stops", False),
        ("minutes", False),
    ],
)
def test_the_length_of_a_month_matters_only_for_rates_per_time(unit, longer):
    series = crime_rate([5.0] * 24, unit=unit)

    ready = made(series, AVERAGES, PER_MEAN_MONTH)

    assert is_per_time(series) is longer
    assert (ready.values[0] != 5.0) is longer
    assert ready.unit.endswith("per 30.4375 days") is longer


def test_a_rate_on_months_of_one_length_is_the_same_on_bases_and_as_drawn():
    ready = made(crime_rate(), COUNTS, PER_MEAN_MONTH)

    charted = 1000 * ready.rows.totals[0] / ready.rows.bases[0]
    assert charted.tolist() == pytest.approx(list(ready.values))


@pytest.mark.parametrize(
    ("series", "family", "why"),
    [
        (crime_rate(bases=None), COUNTS, "no bases"),
        (crime_rate(bases=(None,) * 13 + RESIDENTS[:11]), COUNTS, "no bases"),
        (crime_rate(unit="offences"), COUNTS, "no bases"),
        (crime_rate(), SHARES, "not that kind"),
        (satisfaction(), COUNTS, "not that kind"),
        (satisfaction([101.0] * 24), SHARES, "impossible values"),
        (crime_rate([-5.0] + [5.0] * 23), COUNTS, "impossible values"),
        (made_series([-5, 30] * 12), COUNTS, "impossible values"),
        (satisfaction(bases=None), SHARES, "no bases"),
    ],
)
def test_what_cannot_be_put_on_a_base_is_charted_by_its_changes_and_says_why(series, family, why):
    ready = made(series, family)

    assert ready.family == AVERAGES
    assert ready.why == why
    assert ready.even


def test_a_count_stands_on_months_or_on_their_days():
    series = made_series([200, 210] * 12)

    months, days = made(series, SHARES), made(series, COUNTS, PER_MEAN_MONTH)

    assert months.family == days.family == COUNTS
    assert set(months.rows.bases[0]) == {1.0}
    assert days.rows.bases[0, 0] == pytest.approx(30 / 30.4375)
