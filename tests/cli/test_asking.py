"""What questions about measures have in common."""

from datetime import date

import pytest

from regard.cli.asking import period_of
from regard.core.errors import DefinitionRefused
from regard.core.periods import Period


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2013/14", date(2013, 4, 1), date(2014, 3, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-04..2020-03", date(2019, 4, 1), date(2020, 3, 31)),
        ("2019-04-10..2019-05", date(2019, 4, 10), date(2019, 5, 31)),
        ("2019-04-10", date(2019, 4, 10), date(2019, 4, 10)),
    ],
)
def test_a_period_is_a_year_a_month_or_two_ends(text, start, end):
    assert period_of(text) == Period(start, end)


@pytest.mark.parametrize(
    "text", ["", "2019", "2019..2020", "2013/15", "2019-13", "2019-02-30", "2019-04..", "..2019-04"]
)
def test_what_is_no_period_is_refused_with_what_is(text):
    with pytest.raises(DefinitionRefused, match="is not a period") as refused:
        period_of(text)

    assert "2019-04..2020-03" in refused.value.expected


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(DefinitionRefused, match="before it starts"):
        period_of("2019-04..2019-01")
