"""`regard measure show` and `steps`: what a measure of an area says, and where it moved."""

import csv
import io
import json
import tomllib

import pytest

from plan.stores import burglaries, satisfaction, steady, store_with, watched
from regard.core.errors import DefinitionRefused
from regard.core.periods import Month
from regard.plan.loading import plan_of
from regard.signals.methods import METHODS

FELL = Month(2019, 1)


@pytest.fixture
def brought_in(regard, street_file):
    months = ["2019-04", "2019-05", "2019-06", "2019-08"]
    regard("records", "import", *(street_file(month, 40 + i) for i, month in enumerate(months)))
    return regard


@pytest.fixture
def fallen(regard, tmp_path):
    """Burglaries that fell by half from January 2019, and steady answers."""
    before = steady(60, first=Month(2016, 4), last=FELL + -1)
    after = steady(30, first=FELL, last=Month(2020, 3))
    rows = [*burglaries(before), *burglaries(after)]
    store_with(tmp_path / "home", crime=rows, survey=satisfaction(80))
    return regard


def shown(regard, *words):
    return regard("measure", *words, "--area", "merseyside")


def test_a_month_that_was_not_supplied_is_empty_with_its_reason(brought_in):
    told = brought_in("measure", "show", "burglary", "--area", "merseyside", "--json")

    rows = {row["month"]: row for row in map(json.loads, told.out.splitlines())}
    assert rows["2019-06"]["offences"] == 42
    assert rows["2019-07"]["offences"] is None
    assert rows["2019-07"]["missing"] == "no rows for July 2019 were brought in for merseyside"


def test_people_are_told_what_it_says_and_where_it_comes_from(brought_in):
    told = brought_in("measure", "show", "burglary", "--area", "merseyside")

    assert "Too early to judge" in told.out
    assert "No value for July 2019" in told.out
    assert "From import 1: " in told.out


def test_the_trace_goes_down_to_the_rows(brought_in):
    told = brought_in("measure", "show", "burglary", "--area", "merseyside", "--trace")

    assert "rows where crime_type is burglary" in told.out


def test_it_can_be_had_as_csv(brought_in):
    told = brought_in("measure", "show", "burglary", "--area", "merseyside", "--csv")

    rows = list(csv.DictReader(io.StringIO(told.out)))
    assert [row["offences"] for row in rows] == ["40", "41", "42", "", "43"]


def test_it_can_be_asked_as_known_before_anything_was_brought_in(brought_in):
    told = brought_in(
        "measure", "show", "burglary", "--area", "merseyside", "--known-at", "2001-01-01"
    )

    assert told.code == 15
    assert "no source of crime rows is called 'merseyside'" in told.err


def test_the_nearest_names_are_offered(brought_in):
    told = brought_in("measure", "show", "burglry", "--area", "merseyside")

    assert told.code == 15
    assert "burglary" in told.err


def test_state_and_method_with_its_rules_stand_first(fallen):
    told = shown(fallen, "show", "burglary-dwelling")

    lines = told.out.splitlines()
    assert lines[0] == "Burglary dwelling, merseyside: step change"
    assert lines[1] == "Method: adjusted-counts 1 (adjusted count chart, November 2026)."


def test_the_nhs_rules_give_the_words_of_their_icons(fallen):
    told = shown(
        fallen, "show", "burglary-dwelling", "--method", "nhs-making-data-count", "--target", "70",
        "--baseline", "2019-01",
    )  # fmt: skip

    lines = told.out.splitlines()
    assert lines[1] == "Variation: common cause. Assurance: consistently meets the target."
    assert "2023-11, guarded 2" in lines[2]


def test_what_was_expected_stands_beside_the_average_of_the_level(fallen):
    told = shown(fallen, "show", "burglary-dwelling", "--json")

    row = json.loads(told.out.splitlines()[-2])
    assert list(row) == [
        "month", "offences", "average", "expected", "lower_limit", "upper_limit", "signals",
        "missing",
    ]  # fmt: skip
    assert row["month"] == "2020-02"
    assert row["average"] == pytest.approx(30, abs=1)
    assert row["expected"] < row["average"]  # a month of 29 days
    assert row["lower_limit"] < row["expected"] < row["upper_limit"]


def test_a_line_that_is_the_average_itself_is_not_shown_twice(fallen):
    flat = shown(fallen, "show", "burglary-dwelling", "--method", "nhs-making-data-count")
    waving = shown(fallen, "show", "burglary-dwelling")

    assert "expected" not in next(one for one in flat.out.splitlines() if "average" in one)
    assert "expected" in next(one for one in waving.out.splitlines() if "average" in one)


def test_a_method_nobody_knows_is_refused_with_those_that_are(fallen):
    told = shown(fallen, "show", "burglary-dwelling", "--method", "nhs")

    assert told.code == 15
    assert any(name in told.err for name in METHODS)


def test_a_proposed_step_is_shown_with_date_interval_size_and_evidence(fallen):
    told = shown(fallen, "steps", "burglary-dwelling", "--json")

    (row,) = map(json.loads, told.out.splitlines())
    assert (row["month"], row["direction"]) == ("2019-01", "down")
    assert row["earliest"] <= "2019-01" <= row["latest"]
    assert row["low"] < row["percent"] < row["high"] < 0
    assert row["evidence"] > 1
    assert row["months_since"] == 15


def accepted(told):
    """The lines for a plan, as TOML reads them."""
    return tomllib.loads(told.out[told.out.index("[[accepted_step]]") :])["accepted_step"]


def plan_tables(steps):
    head = {
        "id": "p", "name": "Plan", "area": "merseyside", "force": "Merseyside Police",
        "governing_body": "PCC", "board": "Board", "board_on": tomllib.loads("d=2020-04-20")["d"],
        "year": "2019/20", "document": "Plan",
    }  # fmt: skip
    outcome = {"id": "A", "title": "Less burglary", "source": "page 4"}
    looked_at = [watched("burglary-dwelling")]
    return {"plan": head, "outcome": [outcome], "watched": looked_at, "accepted_step": steps}


FILLED = {
    "reason": [{"text": "Burglary patrols began.", "source": "board paper, page 2"}],
    "accepted_by": "Head of Performance",
    "on": tomllib.loads("d=2020-04-20")["d"],
}


def test_the_lines_for_a_plan_are_taken_once_they_are_filled_in(fallen):
    (step,) = accepted(shown(fallen, "steps", "burglary-dwelling"))

    plan = plan_of(plan_tables([step | FILLED]), file="plan.toml")

    (found,) = plan.baselines
    assert (found.measure, found.area, found.start) == ("burglary-dwelling", "merseyside", FELL)


@pytest.mark.parametrize("left", sorted(FILLED))
def test_a_plan_refuses_lines_of_which_one_is_left_unfilled(fallen, left):
    (step,) = accepted(shown(fallen, "steps", "burglary-dwelling"))
    filled = {name: value for name, value in FILLED.items() if name != left}

    with pytest.raises(DefinitionRefused, match="accepted_step 1"):
        plan_of(plan_tables([step | filled]), file="plan.toml")


def test_an_accepted_step_is_not_proposed_again(fallen):
    told = shown(fallen, "steps", "burglary-dwelling", "--baseline", "2019-01")

    assert told.code == 0
    assert told.out == ""
    assert told.err == "No step is proposed for burglary-dwelling of merseyside: step change.\n"


def test_steps_are_looked_for_in_counts_alone(fallen):
    told = shown(fallen, "steps", "victim-satisfaction-crime")

    assert told.code == 14
    assert "victim-satisfaction-crime is a proportion, in which no steps are looked for" in told.err
