"""Worked examples: what one paper prints of three units, from its own numbers."""

from __future__ import annotations

import pytest

from regard.capability.people import People
from regard.capability.worked import firearms, printed_of, regional, specialists
from regard.core.periods import Month
from regard.core.verdicts import Verdict
from regard.examples.west_midlands_capability import worked_facts
from regard.workforce.bodies import THRESHOLD, VACANCIES
from workforce.rocu import TABLE_A, TABLE_B

COUNTED = Month(2021, 11)


def test_the_firearms_unit_is_about_as_likely_as_not_to_be_there():
    case = firearms()

    assert [one.known for one in case.printed] == [258, 235, 248]
    assert [one.verdict for one in case.findings] == [Verdict.OK, Verdict.OK, Verdict.DERIVED]
    assert str(case.said[0]).startswith(
        "The chance of 248 officers or more at the end of July 2022, from 235 now, is about 51%."
    )
    assert all("Assumed:" in str(one) for one in case.said)
    assert case.courses[""].months[0] == COUNTED
    assert case.courses[""].months[-1] == Month(2022, 7)


def test_the_specialists_are_there_only_with_more_candidates():
    case = specialists()

    assert [one.known for one in case.printed] == [37, 56, 10, 12, 18]
    assert case.findings[1].verdict is Verdict.BAD  # ten are named, and nine have a place
    one, two = (case.courses[many] for many in ("1", "2"))
    assert one.middle[-1] < case.wanted.known <= two.middle[-1]
    assert "56 CTSFOs or more at the end of December 2022, from 37 now, is less than 1%" in str(
        case.said[0]
    )


def test_a_course_holds_its_middle():
    for case in (firearms(), specialists()):
        for one in case.courses.values():
            held = zip(one.low, one.middle, one.high, strict=True)
            assert all(low <= middle <= high for low, middle, high in held)


def test_every_printed_number_names_its_paragraph():
    for case in (firearms(), specialists()):
        for figure in case.printed:
            assert figure.sources[0].reference.startswith(f"{worked_facts().paper}, paragraph 3")


@pytest.mark.parametrize("number, rows", [(0, TABLE_A), (1, TABLE_B)])
def test_the_tables_are_printed_as_the_paper_has_them(number, rows):
    held = worked_facts().regional.tables[number]

    assert {name: tuple(map(float, row)) for name, row in held.rows.items()} == {
        name: tuple(map(float, row)) for name, row in rows.items()
    }


def test_every_printed_cell_has_its_verdict():
    now, arrived = regional()

    assert (now.at[-12:], arrived.at[-12:]) == ("paragraph 14", "paragraph 18")
    for one in (now, arrived):
        verdicts = [cell.verdict for row in one.findings.values() for cell in row.cells if cell]
        assert len(verdicts) == 6 * 4
        assert set(verdicts) <= {Verdict.OK, Verdict.OK_R}
        assert one.findings[THRESHOLD].verdict is Verdict.BAD
        assert "474.05" in str(one.findings[THRESHOLD].adds_up.statement)
    assert now.table.row(VACANCIES).total.known == 26


def test_the_records_are_held_against_the_printed_table_of_the_same_people(tables):
    people = People(tables)
    now = people.table("rocu", scope="region")
    later = people.table("rocu", scope="region", arrived=True)

    assert list(printed_of("rocu", now, COUNTED)) == ["A"]
    assert list(printed_of("rocu", later, COUNTED)) == ["B"]
    findings = printed_of("rocu", now, COUNTED)["A"].findings
    assert [one.verdict for one in findings[VACANCIES].cells] == [Verdict.OK] * 4


def test_what_is_not_the_printed_unit_is_held_against_nothing(tables):
    people = People(tables)
    table = people.table("rocu", scope="region")
    some = people.table("rocu", scope="two", forces=("west-midlands", "staffordshire"))

    assert printed_of("fou", table, COUNTED) == {}
    assert printed_of("rocu", table, COUNTED + 1) == {}
    assert printed_of("rocu", some, COUNTED) == {}
