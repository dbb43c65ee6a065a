"""The two tables of source paper 001, each cell with its verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused, NotKnown
from regard.core.verdicts import Verdict
from regard.workforce.bodies import ROWS, Body, arrivals, compared, table_of
from workforce.rocu import AFTER, DAY, NAMES, NOW, SHARE, TABLE_A, TABLE_B, rocu

COMPUTED = {
    "establishment": (344, 12.5, 58, 57.5, 472),
    "strength": (330, 14, 48, 54, 446),
    "vacancies": (14, -1.5, 10, 3.5, 26),
    "uplift posts": (17, 2, 4, 4, 27),
    "establishment with uplift": (361, 14.5, 62, 61.5, 499),
    "vacancies with uplift": (31, 0.5, 14, 7.5, 53),
    "threshold": (326.8, 11.875, 55.1, 54.625, 448.4),
    "difference": (3.2, 2.125, -7.1, -0.625, -2.4),
}
# Row: verdicts of the four cells and the total; of the sum, and why.
EXACT = (["OK"] * 5, "OK", "")
ROUNDED = (["OK-R"] * 5, "BAD", "rounding")
VERDICTS = {name: ROUNDED if name in ("threshold", "difference") else EXACT for name in TABLE_A}


@pytest.mark.parametrize("row", ROWS)
def test_table_a_is_worked_out_cell_by_cell(row):
    found = rocu().row(row)

    assert [cell.known for cell in found.cells] == pytest.approx(COMPUTED[row][:-1], abs=1e-9)
    assert found.total.known == pytest.approx(COMPUTED[row][-1], abs=1e-9)
    assert found.total.parts == found.cells


def test_vacancies_gross_of_over_strength_are_counted_beside_the_net():
    assert rocu().row("vacancies").gross.known == 27.5
    assert rocu(AFTER).row("vacancies").gross.known == 10


@pytest.mark.parametrize("row", TABLE_A)
@pytest.mark.parametrize("strength, printed", [(NOW, TABLE_A), (AFTER, TABLE_B)])
def test_every_printed_cell_total_and_sum_has_its_verdict(row, strength, printed):
    found = compared(rocu(strength), printed, at="paragraphs 14 and 18")[row]

    cells, total, reason = VERDICTS[row]
    assert [one.verdict for one in (*found.cells, found.total)] == cells
    assert found.adds_up.verdict == total
    assert found.adds_up.reason == reason


@pytest.mark.parametrize(
    "strength, printed, row, across",
    [
        (NOW, TABLE_A, "threshold", 449),
        (NOW, TABLE_A, "difference", -3),
        (AFTER, TABLE_B, "threshold", 449),
        (AFTER, TABLE_B, "difference", 18),
    ],
)
def test_rounded_columns_add_up_to_something_else(strength, printed, row, across):
    found = compared(rocu(strength), printed, at="P14")[row]

    assert found.adds_up.computed.known == across
    assert found.verdict is Verdict.BAD


def test_the_threshold_is_explained_and_not_copied():
    found = compared(rocu(), TABLE_A, at="P14")["threshold"]

    assert str(found.adds_up.statement) == (
        "95% of 472 posts on the core base is 448.4; of 499 posts with uplift it would be 474.05. "
        "The parts add up to 449 and 448 posts was printed: each was rounded by itself, and "
        "unrounded they come to 448.4."
    )


def test_a_cell_on_the_other_base_is_told_as_one():
    row = {"vacancies": (31, None, None, None, 53)}

    found = compared(rocu(), row, at="P13")["vacancies"]

    assert (found.cells[0].verdict, found.total.verdict) == (Verdict.BASIS, Verdict.BASIS)
    assert found.cells[1] is None
    assert found.adds_up is None
    assert found.verdict is Verdict.BASIS
    assert str(found.total.statement) == (
        "53 vacancies was printed: that is on another base (actual, on core and uplift posts); on "
        "actual, on core posts it is 26."
    )


def test_a_row_of_nothing_printed_is_a_gap():
    found = compared(rocu(), {"strength": (None,) * 5}, at="P14")["strength"]

    assert found.verdict is Verdict.GAP


def test_arrivals_are_the_change_between_two_tables():
    each, together = arrivals(rocu(), rocu(AFTER))

    assert [one.known for one in each] == [10, 1, 4, 6]
    assert together.known == 21


def test_arrivals_of_other_bodies_are_refused():
    other = table_of([Body("Kent", 1, 0, 1)], scope="Kent", as_at=DAY, share=SHARE)

    with pytest.raises(DefinitionRefused, match="the same bodies"):
        arrivals(rocu(), other)


def test_a_row_with_too_few_numbers_is_refused():
    with pytest.raises(DefinitionRefused, match="4 numbers printed for strength"):
        compared(rocu(), {"strength": (1, 2, 3, 4)}, at="P14")


def test_a_row_that_does_not_exist_is_not_known():
    with pytest.raises(NotKnown, match="'staff'"):
        rocu().row("staff")


@pytest.mark.parametrize("share", [0, 1.1])
def test_a_table_without_a_share_is_refused(share):
    with pytest.raises(DefinitionRefused, match="a share above 0"):
        table_of([Body("Kent", 1, 0, 1)], scope="Kent", as_at=DAY, share=share)


def test_a_table_of_no_body_is_refused():
    with pytest.raises(DefinitionRefused, match="no body"):
        table_of([], scope="nobody", as_at=DAY, share=SHARE)


def test_a_cell_that_is_wrong_is_bad():
    wrong = replace(Body(NAMES[0], 344, 17, 330), strength=331)
    table = table_of([wrong], scope="ROCUWM", as_at=DAY, share=SHARE)

    found = compared(table, {"strength": (330, 330)}, at="P14")["strength"]

    assert [found.cells[0].verdict, found.total.verdict] == [Verdict.BAD, Verdict.BAD]
    assert str(found.total.statement) == "330 FTE officers was printed, but 331 computed."


HALVES = st.integers(0, 800).map(lambda number: number / 2)


@given(st.lists(st.tuples(HALVES, HALVES, HALVES), min_size=1, max_size=6))
def test_net_vacancies_are_gross_less_those_over(columns):
    bodies = [Body(f"force {place}", *one) for place, one in enumerate(columns)]

    row = table_of(bodies, scope="all", as_at=DAY, share=SHARE).row("vacancies")

    over = sum(-cell.known for cell in row.cells if cell.known < 0)
    assert row.total.known == row.gross.known - over
    assert row.total.known == sum(core - people for core, _, people in columns)
