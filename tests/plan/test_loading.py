from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from regard.core.errors import DefinitionRefused, FileUnreadable
from regard.core.periods import FinancialYear, Month
from regard.plan.loading import load, plan_of

WEST_MIDLANDS = Path("src/regard/examples/west_midlands_2013/plan.toml")


def refusal(tables):
    with pytest.raises(DefinitionRefused) as caught:
        plan_of(tables, file="plan.toml")
    return str(caught.value)


def test_the_smallest_plan_loads(tables):
    plan = plan_of(tables, file="plan.toml", sha256="ab")

    assert plan.milestones[0].baseline == FinancialYear(2018)
    assert plan.year == FinancialYear(2019)
    assert plan.measures() == ("burglary",)


def test_a_milestone_without_a_source_is_refused(tables):
    del tables["milestone"][0]["source"]

    assert refusal(tables) == (
        "plan.toml: milestone 1 (burglary) has no source\n"
        'Expected: source = "..."\n'
        "Next: add source to it"
    )


def test_a_change_promised_with_a_sign_is_refused(tables):
    tables["milestone"][0]["percent"] = -5

    assert refusal(tables) == (
        "plan.toml: milestone 1 (burglary) has percent = -5\nExpected: percent = a number above 0"
    )


def test_a_milestone_needs_a_change_or_a_level_and_not_both(tables):
    tables["milestone"][0]["level"] = 88

    assert refusal(tables) == (
        "plan.toml: milestone 1 (burglary) has both percent and level\n"
        "Expected: percent = 5, or level = 88"
    )


def test_a_change_needs_a_baseline(tables):
    del tables["milestone"][0]["baseline"]

    assert refusal(tables) == (
        "plan.toml: milestone 1 (burglary) promises a change and has no baseline\n"
        'Expected: baseline = "2012/13"'
    )


def test_a_baseline_within_the_window_is_refused(tables):
    tables["milestone"][0]["baseline"] = "2019/20"

    assert refusal(tables) == (
        "plan.toml: milestone 1 (burglary) has a baseline (2019/20) that is not over before its "
        "window (2019/20)\n"
        "Expected: a baseline before the window"
    )


def test_a_slip_of_the_pen_in_a_field_is_named(tables):
    tables["milestone"][0]["basline"] = "2018/19"

    assert refusal(tables) == (
        "plan.toml: milestone 1 (burglary) has a field 'basline' that a plan does not know\n"
        "Expected: only as_at, baseline, direction, id, lead, level, measure, outcome, percent, "
        "ranked_since, rolling_months, said, source, title, window\n"
        "Next: write baseline if that was meant"
    )


def test_a_year_that_does_not_follow_is_refused(tables):
    tables["milestone"][0]["window"] = "2019/21"

    assert refusal(tables) == (
        "plan.toml: milestone 1 (burglary) has window = '2019/21'\nExpected: window = \"2013/14\""
    )


def test_an_outcome_nobody_defined_is_refused(tables):
    tables["deliverable"][0]["outcome"] = "B"

    assert refusal(tables) == (
        "plan.toml: deliverable 1 (A1) names outcome = 'B'\nExpected: one of A"
    )


def test_a_cadence_outside_the_list_is_refused(tables):
    tables["deliverable"][0]["cadence"] = "now and then"

    assert refusal(tables) == (
        "plan.toml: deliverable 1 (A1) has cadence = 'now and then'\n"
        "Expected: one of monthly, quarterly, six-monthly, annual"
    )


def test_a_duplicate_with_other_words_is_refused(tables):
    first = tables["deliverable"][0]
    tables["deliverable"].append(
        {**first, "id": "A2", "title": "Publish a strategy", "duplicate_of": "A1"}
    )

    assert refusal(tables) == (
        "plan.toml: deliverable 2 (A2) has other words or leads than 'A1', which it is said to "
        "repeat\n"
        "Expected: 'Publish a burglary strategy', led by ACC Crime\n"
        "Next: make the words agree, or remove duplicate_of"
    )


def test_a_step_of_a_measure_the_plan_does_not_name_is_refused(tables):
    tables["accepted_step"] = [
        {
            "measure": "burglery",
            "area": "merseyside",
            "from": "2019-06",
            "reason": [{"text": "A new policy.", "source": "page 9"}],
            "accepted_by": "Head of Performance",
            "on": date(2019, 9, 1),
        }
    ]

    assert refusal(tables) == (
        "plan.toml: accepted_step 1 (burglery) is of a measure that no milestone, watched measure "
        "or composition names\n"
        "Expected: one of burglary"
    )


def test_a_step_accepted_before_it_began_is_refused(tables):
    tables["accepted_step"] = [
        {
            "measure": "burglary",
            "area": "merseyside",
            "from": "2019-12",
            "reason": [{"text": "A new policy.", "source": "page 9"}],
            "accepted_by": "Head of Performance",
            "on": date(2019, 9, 1),
        }
    ]

    assert refusal(tables) == (
        "plan.toml: accepted_step 1 (burglary) starts in 2019-12, after it was accepted "
        "(2019-09-01)\n"
        "Expected: a month that had begun"
    )


def test_all_wrong_items_are_named_at_once(tables):
    tables["milestone"][0]["percent"] = 0
    tables["deliverable"][0]["leads"] = []

    assert refusal(tables) == (
        "plan.toml was not read: 2 problems\n"
        "  plan.toml: milestone 1 (burglary) has percent = 0; expected percent = a number above 0\n"
        "  plan.toml: deliverable 1 (A1) names no lead; expected leads = "
        '["the post that answers for it"]\n'
        "Expected: a plan without these\n"
        "Next: put them right and read the file again"
    )


def test_a_table_that_a_plan_does_not_hold_is_refused(tables):
    tables["milestones"] = []

    assert refusal(tables) == (
        "plan.toml: [[milestones]] is nothing that a plan holds\n"
        "Expected: [plan] and [[outcome]], [[milestone]], [[watched]], [[composition]], "
        "[[deliverable]], [[accepted_step]], [[implication]], [[recommendation]]"
    )


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(FileUnreadable) as caught:
        load(tmp_path / "none.toml")

    assert "none.toml cannot be read: No such file or directory" in str(caught.value)


def test_a_file_that_is_not_toml_says_where(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text("[plan\n", encoding="utf-8")

    with pytest.raises(FileUnreadable) as caught:
        load(path)

    assert "plan.toml is not TOML: " in str(caught.value)
    assert "line 1" in str(caught.value)


@pytest.fixture(scope="module")
def west_midlands(root):
    return load(root / WEST_MIDLANDS)


def test_the_west_midlands_plan_holds_nine_outcomes_of_which_eight_have_a_letter(west_midlands):
    letters = [one.letter for one in west_midlands.outcomes]

    assert letters == [*"ABCDEFGH", ""]


def test_the_west_midlands_plan_promises_six_milestones(west_midlands):
    promised = {one.id: one.percent or one.level for one in west_midlands.milestones}

    assert promised == {
        "total-recorded-crime": 5,
        "burglary-dwelling": 8,
        "violence-with-injury": 8,
        "priority-area-crime": 7,
        "satisfaction-crime": 88,
        "satisfaction-asb": 80,
    }


def test_eighteen_lead_lines_are_quarterly_of_which_sixteen_are_unique(west_midlands):
    quarterly = [one for one in west_midlands.deliverables if one.cadence == "quarterly"]

    assert len(quarterly) == 18
    assert len({one.title for one in quarterly}) == 16
    assert Counter(one.cadence for one in west_midlands.deliverables)["six-monthly"] == 4


def test_the_priority_areas_are_shown_at_1_march_in_the_paper_as_at_14_march(west_midlands):
    priority = next(one for one in west_midlands.milestones if one.id == "priority-area-crime")

    assert priority.exception(date(2014, 3, 14)).use == date(2014, 3, 1)
    assert priority.exception(date(2014, 6, 30)) is None


def test_step_changes_count_only_once_they_are_accepted(west_midlands):
    before = west_midlands.steps("vehicle-crime", "west-midlands", date(2014, 3, 13))
    after = west_midlands.steps("vehicle-crime", "west-midlands", date(2014, 3, 14))

    assert before == ()
    assert [one.start for one in after] == [Month(2012, 12)]


def test_quotations_of_the_west_midlands_plan_stay_short(root):
    held = tomllib.loads((root / WEST_MIDLANDS).read_text(encoding="utf-8"))
    texts = [
        quoted["text"]
        for kind in ("milestone", "watched", "deliverable")
        for item in held[kind]
        for quoted in (*item.get("said", []), *item.get("position", []))
    ]

    assert max(len(text) for text in texts) <= 250
