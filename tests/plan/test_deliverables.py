from __future__ import annotations

import pytest

from regard.plan.deliverables import ELSEWHERE, HERE, SILENT, deliverables_told
from regard.plan.loading import load, plan_of


@pytest.fixture(scope="module")
def told_of_west_midlands(root):
    plan = load(root / "src/regard/examples/west_midlands_2013/plan.toml")
    return {one.deliverable.id: one for one in deliverables_told(plan)}


def only(tables, **changes):
    deliverable = {**tables["deliverable"][0], **changes}
    kept = {name: value for name, value in deliverable.items() if value is not None}
    plan = plan_of({**tables, "deliverable": [kept]}, file="plan.toml")
    return deliverables_told(plan)[0]


def test_seven_entries_leave_their_position_to_a_paper_of_april_and_five_are_unique(
    told_of_west_midlands,
):
    deferred = [
        one
        for one in told_of_west_midlands.values()
        if any("is to be included" in str(reference) for reference in one.references)
    ]

    assert [one.deliverable.id for one in deferred] == ["B2", "C2", "C3", "D2", "D3", "F2", "N1"]
    assert len([one for one in deferred if one.repeats is None]) == 5
    assert {one.state for one in deferred} == {ELSEWHERE}


def test_a_deliverable_that_only_names_a_past_paper_points_elsewhere(told_of_west_midlands):
    assert told_of_west_midlands["D4"].state == ELSEWHERE
    assert [str(one) for one in told_of_west_midlands["D4"].references] == [
        "The position was given in Local Policing and Service Improvement Report, January 2014."
    ]


def test_a_paper_from_before_the_plan_is_flagged(told_of_west_midlands):
    assert [str(one) for one in told_of_west_midlands["C4"].flags] == [
        "Human Resources report of January 2013 is from before the year 2013/14 began.",
        "It is to be reported quarterly, and was last given in January 2013, 15 months before "
        "this board.",
    ]


def test_words_given_with_a_deferred_position_are_its_background(told_of_west_midlands):
    assert told_of_west_midlands["N1"].state == ELSEWHERE
    assert str(told_of_west_midlands["N1"].reading) == (
        "The position itself is left to another paper; the words given are background."
    )


def test_a_duplicate_says_what_it_repeats_and_the_first_knows_it(told_of_west_midlands):
    duplicate, first = told_of_west_midlands["D2"], told_of_west_midlands["C2"]

    assert str(duplicate.reading) == (
        "This repeats, in the same words and with the same lead, C2, under outcome C."
    )
    assert [one.id for one in first.repeated_as] == ["D2"]


def test_a_position_in_its_leads_words_is_quoted_with_its_paragraph(told_of_west_midlands):
    told = told_of_west_midlands["B5"]

    assert told.state == HERE
    assert told.quoted[0].source.reference.endswith("1 April 2014, paragraph 16")
    assert str(told.quoted[0]).startswith("“Local Policing and Crime Boards")


def test_no_west_midlands_deliverable_is_wholly_silent(told_of_west_midlands):
    assert [one for one in told_of_west_midlands.values() if one.state == SILENT] == []


def test_a_deliverable_without_position_or_paper_has_nothing_to_say(tables):
    told = only(tables, position=None)

    assert told.state == SILENT
    assert str(told.reading) == (
        "Nothing is said: neither a position nor a paper in which one could be read."
    )


def test_a_paper_that_was_due_before_the_board_is_flagged(tables):
    told = only(
        tables,
        position=None,
        reported=[{"paper": "Crime report", "on": "2020-02", "how": "to come"}],
    )

    assert [str(one) for one in told.flags] == [
        "Crime report of February 2020 was due before this board, and its position is not here.",
        "It is to be reported quarterly, and no earlier paper is named that gave it.",
    ]


def test_a_report_within_its_cadence_is_not_flagged(tables):
    told = only(
        tables,
        position=None,
        reported=[{"paper": "Crime report", "on": "2020-01", "how": "given"}],
    )

    assert told.flags == ()


def test_a_deliverable_reported_as_complete_says_so(tables):
    told = only(tables, complete=True)

    assert (told.state, str(told.reading)) == (HERE, "The lead reports it as complete.")
