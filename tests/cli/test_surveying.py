"""`regard measure waves`: a survey question, wave by wave."""

import json

import pytest

from plan.stores import satisfaction, store_with


@pytest.fixture
def asked(regard, tmp_path):
    """Answers of two years, four in five of them positive, and fewer in the last month."""
    rows = satisfaction(400, 500)
    rows[-1] |= {"positive": 330}
    store_with(tmp_path / "home", survey=rows)
    return lambda *words: regard("measure", "waves", *words, "--area", "merseyside")


def test_each_wave_has_its_range_and_its_differences(asked):
    told = asked("victim-satisfaction-crime", "--json")

    rows = list(map(json.loads, told.out.splitlines()))
    first, last = rows[0], rows[-1]
    assert (first["wave"], first["answers"], first["percent"]) == ("2018-04", 500, 80)
    assert first["percent_low"] < 80 < first["percent_high"]
    assert (first["since_before"], first["since_before_is"]) == (None, "")
    assert last["since_before"] == last["since_year"] == pytest.approx(-14)
    assert last["since_before_is"] == last["since_year_is"] == "lower"
    assert last["rolling_year"] == pytest.approx(100 * (11 * 400 + 330) / 6000)


def test_people_are_told_the_latest_wave_the_rolling_year_and_the_trend(asked):
    told = asked("victim-satisfaction-crime")

    assert "was 66.0% in March 2020" in told.out
    assert "14.0 percentage points lower than in February 2020" in told.out
    assert "lower than a year before" in told.out
    assert "over the 12 months to March 2020" in told.out
    assert "percentage points a year over 24 waves" in told.out
    assert "From import 1: survey.csv" in told.out


def test_a_count_has_no_waves(asked):
    told = asked("burglary")

    assert told.code == 14
    assert "burglary is no share of a survey's answers" in told.err
    assert "victim-satisfaction-crime" in told.err
