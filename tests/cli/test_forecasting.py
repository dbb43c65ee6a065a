"""`regard measure forecast`: how a financial year is likely to end."""

import json

import pytest

from plan.stores import burglaries, satisfaction, steady, store_with
from regard.core.periods import Month


@pytest.fixture
def counted(regard, tmp_path):
    """Forty burglaries a month from April 2015 to December 2018, and steady answers."""
    rows = burglaries(steady(40, first=Month(2015, 4), last=Month(2018, 12)))
    store_with(tmp_path / "home", crime=rows, survey=satisfaction(80))
    return lambda *words: regard("measure", "forecast", *words, "--area", "merseyside")


def rows_of(told):
    assert told.code == 0, told.err
    return list(map(json.loads, told.out.splitlines()))


def test_months_to_come_stand_before_the_year_with_its_ranges(counted):
    rows = rows_of(counted("burglary-dwelling", "--year", "2018/19", "--json"))

    assert [row["period"] for row in rows] == ["2019-01", "2019-02", "2019-03", "2018/19"]
    year = rows[-1]
    assert year["counted"] == 360
    assert (
        year["low_95"] <= year["low_80"] <= year["expected"] <= year["high_80"] <= year["high_95"]
    )
    assert year["expected"] == pytest.approx(480, abs=10)
    assert (year["target"], year["chance"], year["in_words"]) == (None, None, "")


def test_a_target_has_its_chance_in_the_direction_that_is_better(counted):
    words = ("burglary-dwelling", "--year", "2018/19", "--target", "600", "--json")

    lower, higher = (rows_of(counted(*words, *more))[-1] for more in ((), ("--better", "higher")))

    assert lower["chance"] == pytest.approx(1 - higher["chance"])
    assert lower["in_words"] == "on track"


def test_days_that_are_left_of_a_month_are_named(counted):
    told = counted("burglary-dwelling", "--year", "2018/19", "--to", "2018-11-10", "--json")

    rows = rows_of(told)
    assert [row["period"] for row in rows[:2]] == ["2018-11-11..2018-11-30", "2018-12"]
    assert rows[-1]["counted"] == pytest.approx(7 * 40 + 14, abs=4)


def test_people_are_told_the_chance_first_and_what_it_rests_on(counted):
    told = counted("burglary-dwelling", "--year", "2018/19", "--target", "600")

    said = told.out.partition("\n\n")[2]
    assert said.startswith("More than a ")
    assert "360 offences in 2018/19 to 31 December 2018" in said
    assert "From import 1: crime.csv" in said


def test_a_year_that_is_counted_is_not_foretold(counted):
    (year,) = rows_of(counted("burglary-dwelling", "--year", "2017/18", "--target", "1", "--json"))

    assert year["counted"] == year["expected"]
    assert (year["chance"], year["in_words"]) == (0, "not met")


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("victim-satisfaction-crime", "--year", "2018/19"), 14, "is no sum of its months"),
        (("burglary-dwelling", "--year", "2018"), 14, "'2018' is not a financial year"),
        (("burglary-dwelling", "--year", "2015/16", "--to", "2015-12-31"), 16, "too few"),
        (
            ("burglary-dwelling", "--year", "2018/19", "--target", "1", "--better", "up"),
            14,
            "better 'up'",
        ),
        (("burglary-dwelling", "--year", "2018/19", "--baseline", "2001-01"), 14, "new level"),
    ],
)
def test_what_cannot_be_foretold_is_refused(counted, words, code, says):
    told = counted(*words)

    assert told.code == code
    assert says in told.err
