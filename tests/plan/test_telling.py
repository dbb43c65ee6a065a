from __future__ import annotations

from datetime import date

import pytest

from regard.core.periods import Month, months_between
from regard.core.series import Series
from regard.plan.telling import missing_months, reason


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        (
            "no rows for July 2019 were brought in for merseyside; the other 8 of 9 months hold "
            "6,013 offences",
            "no rows for July 2019 were brought in for merseyside",
        ),
        ("no rows for July 2019 were brought in; 11 of 12 months are known",
         "no rows for July 2019 were brought in"),
        ("no row of merseyside carries offence", "no row of merseyside carries offence"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_reason_leaves_out_numbers_that_carry_no_trace(missing, told):
    assert reason(missing) == told


def series_lacking(*lacking):
    months = months_between(Month(2019, 1), Month(2019, 12))
    return Series(
        measure="burglary",
        name="Burglary",
        scope="merseyside",
        unit="offences",
        kind="count",
        better="lower",
        basis="actual",
        method="count 1",
        start=months[0],
        values=tuple(None if month in lacking else 1.0 for month in months),
        counted_to=date(2019, 12, 31),
        why_missing={month: f"no rows for {month}" for month in lacking},
    )


def test_many_missing_months_are_told_by_their_number_and_the_first_reason():
    lacking = months_between(Month(2019, 2), Month(2019, 9))

    told = missing_months(series_lacking(*lacking), date(2019, 12, 31))

    assert [str(one) for one in told] == [
        "8 months between February 2019 and September 2019 have no value; the first: no rows for "
        "February 2019."
    ]


def test_a_month_that_is_not_over_on_the_day_lacks_nothing():
    told = missing_months(series_lacking(Month(2019, 12)), date(2019, 12, 14))

    assert told == ()
