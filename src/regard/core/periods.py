"""Time as a police force counts it: months, periods with both ends, financial years."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering
from typing import Self

from regard.core.errors import DefinitionRefused

MONTHS_A_YEAR = 12
FIRST_MONTH_OF_YEAR = 4  # a financial year runs from 1 April to 31 March
MEAN_MONTH_DAYS = 30.4375  # 365.25 / 12, to which counts are put when month length matters

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"(\d{4})/(\d{2}|\d{4})")


def day_said(day: date) -> str:
    """A day as a board paper writes it, such as `14 March 2014`."""
    return f"{day.day} {day:%B} {day.year}"


@total_ordering
@dataclass(frozen=True)
class Month:
    """One calendar month, ordered, with its days.

    Example:
        >>> Month(2019, 12) + 1
        Month(year=2020, number=1)
        >>> print(Month(2019, 7))
        July 2019
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= MONTHS_A_YEAR:
            raise DefinitionRefused(
                f"month {self.number} of {self.year} does not exist", expected="a month 1 to 12"
            )

    @classmethod
    def of(cls, day: date) -> Self:
        """The month in which a day falls."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2019-07`.

        Raises:
            DefinitionRefused: the text is not a year and a month.
        """
        found = _MONTH.fullmatch(text)
        if not found:
            raise DefinitionRefused(f"{text!r} is not a month", expected="a month such as 2019-07")
        return cls(int(found[1]), int(found[2]))

    @property
    def ordinal(self) -> int:
        """Months since year 0, for counting between months."""
        return self.year * MONTHS_A_YEAR + self.number - 1

    @property
    def start(self) -> date:
        """The first day."""
        return date(self.year, self.number, 1)

    @property
    def end(self) -> date:
        """The last day."""
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    @property
    def days(self) -> int:
        """Length in days, 28 to 31."""
        return self.end.day

    @property
    def period(self) -> Period:
        """The month as a period."""
        return Period(self.start, self.end)

    @property
    def iso(self) -> str:
        """The month as data writes it, such as `2019-07`."""
        return f"{self.year:04d}-{self.number:02d}"

    def __add__(self, months: int) -> Month:
        year, index = divmod(self.ordinal + months, MONTHS_A_YEAR)
        return Month(year, index + 1)

    def __sub__(self, other: Month) -> int:
        return self.ordinal - other.ordinal

    def __lt__(self, other: Month) -> bool:
        return self.ordinal < other.ordinal

    def __str__(self) -> str:
        return f"{self.start:%B} {self.year}"


def months_between(first: Month, last: Month) -> tuple[Month, ...]:
    """Every month from `first` to `last`, both included; none if `last` is earlier."""
    return tuple(first + step for step in range(last - first + 1))


@dataclass(frozen=True, order=True)
class Period:
    """Days from `start` to `end`, both included.

    Example:
        >>> to_date = Period(date(2013, 4, 1), date(2014, 3, 14))
        >>> to_date.days
        348
        >>> print(to_date.a_year_before())
        1 April 2012 to 14 March 2013
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise DefinitionRefused(
                f"the period ends ({self.end}) before it starts ({self.start})",
                expected="an end on or after the start",
            )

    @property
    def days(self) -> int:
        """Length in days, both ends counted."""
        return (self.end - self.start).days + 1

    @property
    def months(self) -> tuple[Month, ...]:
        """Every month that the period touches."""
        return months_between(Month.of(self.start), Month.of(self.end))

    @property
    def whole_months(self) -> tuple[Month, ...]:
        """The months that lie in the period from first to last day."""
        return tuple(m for m in self.months if self.start <= m.start and m.end <= self.end)

    @property
    def part_months(self) -> tuple[Period, ...]:
        """The pieces of months at either end that are not whole months."""
        whole = set(self.whole_months)
        return tuple(
            Period(max(self.start, m.start), min(self.end, m.end))
            for m in self.months
            if m not in whole
        )

    @property
    def in_months(self) -> float:
        """Length in months, a part-month counted by its share of that month's days."""
        parts = sum(part.days / Month.of(part.start).days for part in self.part_months)
        return len(self.whole_months) + parts

    def a_year_before(self) -> Period:
        """The same period last year.

        An end on the last day of its month stays on the last day, so that a whole
        February is compared with a whole February whatever the year.
        """
        return Period(_year_before(self.start), _year_before(self.end, keep_month_end=True))

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __iter__(self) -> Iterator[date]:
        return (self.start + timedelta(days=step) for step in range(self.days))

    def __str__(self) -> str:
        if self.start == self.end:
            return day_said(self.start)
        return f"{day_said(self.start)} to {day_said(self.end)}"


def _year_before(day: date, *, keep_month_end: bool = False) -> date:
    target = Month.of(day) + -MONTHS_A_YEAR
    if keep_month_end and day == Month.of(day).end:
        return target.end
    return date(target.year, target.number, min(day.day, target.days))


@dataclass(frozen=True, order=True)
class FinancialYear:
    """A year from 1 April to 31 March, named by the year in which it starts.

    Example:
        >>> year = FinancialYear(2013)
        >>> print(year)
        2013/14
        >>> year.to(date(2014, 3, 14)).days
        348
        >>> year.said_to(date(2014, 3, 14))
        '2013/14 to 14 March'
    """

    first_year: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The financial year in which a day falls."""
        return cls(day.year if day.month >= FIRST_MONTH_OF_YEAR else day.year - 1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2013/14`.

        Raises:
            DefinitionRefused: the text is not two years, or they do not follow each other.
        """
        found = _YEAR.fullmatch(text.strip())
        if not found or (int(found[1]) + 1) % 100 != int(found[2]) % 100:
            raise DefinitionRefused(
                f"{text!r} is not a financial year", expected="two following years, as 2013/14"
            )
        return cls(int(found[1]))

    @property
    def start(self) -> date:
        """1 April."""
        return date(self.first_year, FIRST_MONTH_OF_YEAR, 1)

    @property
    def end(self) -> date:
        """31 March of the following year."""
        return date(self.first_year + 1, FIRST_MONTH_OF_YEAR, 1) - timedelta(days=1)

    @property
    def period(self) -> Period:
        """The whole year."""
        return Period(self.start, self.end)

    @property
    def months(self) -> tuple[Month, ...]:
        """April to March."""
        return self.period.months

    @property
    def previous(self) -> FinancialYear:
        """The year before."""
        return FinancialYear(self.first_year - 1)

    def to(self, day: date) -> Period:
        """The year to date.

        Raises:
            DefinitionRefused: the day lies outside the year.
        """
        self._must_hold(day)
        return Period(self.start, day)

    def remaining(self, day: date) -> Period | None:
        """What is left of the year after a day; none on 31 March."""
        self._must_hold(day)
        return None if day == self.end else Period(day + timedelta(days=1), self.end)

    def said_to(self, day: date) -> str:
        """The year to a day as papers write it, such as `2013/14 to 14 March`."""
        self._must_hold(day)
        return f"{self} to {day.day} {day:%B}"

    def _must_hold(self, day: date) -> None:
        if day not in self.period:
            raise DefinitionRefused(
                f"{day} is not in the financial year {self}", expected=f"a day in {self.period}"
            )

    def __str__(self) -> str:
        return f"{self.first_year}/{(self.first_year + 1) % 100:02d}"
