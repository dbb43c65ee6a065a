from __future__ import annotations

from dataclasses import replace

import pytest

from capability.small_force import ASKED, answering
from regard.board.stress_answer import GENERATED, stress_paper
from regard.capability.stress import PREVIEW, stress
from regard.papers.checking import check
from regard.papers.keeping import kept, restored
from regard.papers.model import Bullets, Chart, Heading, Note, Table

NAME = "West Midlands Police"


@pytest.fixture(scope="module")
def answer():
    return stress(answering(), ASKED, replications=PREVIEW)


@pytest.fixture(scope="module")
def paper(answer):
    return stress_paper(answer, name=NAME)


def blocks(paper, kind):
    return [one for one in paper.blocks if isinstance(one, kind)]


def test_the_sentence_for_the_board_comes_first_and_each_figure_names_the_run(answer, paper):
    told = [one for one in paper.words() if str(one) == str(answer.board())]

    assert told
    for figure in told[0].figures:
        assert figure.sources
    assert f"run {answer.runs.digest[:12]}" in {
        source.reference for figure in told[0].figures for source in figure.sources
    }


def test_the_rule_of_shift_ends_and_what_was_left_out_stand_in_every_answer(answer, paper):
    rules, left_out = blocks(paper, Bullets)

    assert rules.items == answer.rules
    assert left_out.items == answer.left_out


def test_a_first_look_says_that_it_is_one_and_the_full_answer_does_not(paper):
    full = stress_paper(stress(answering(), ASKED, replications=100), name=NAME)

    assert any("first look" in str(one.text) for one in blocks(paper, Note))
    assert not any("first look" in str(one.text) for one in blocks(full, Note))


def test_made_up_rows_are_said_on_every_page(paper):
    assert paper.banner == GENERATED


def test_every_number_of_psus_and_every_grade_has_its_row(answer, paper):
    table = next(one for one in blocks(paper, Table) if one.id == "levels-table")

    assert len(table.rows) == len(answer.steps)


def test_a_curve_is_drawn_from_three_numbers_of_psus_on(paper):
    short = stress(answering(), replace(ASKED, levels=()), replications=2)
    alone = stress_paper(short, name=NAME)

    assert [one.id for one in blocks(paper, Chart)] == ["late-by-psus", "waiting-by-hour"]
    assert [one.id for one in blocks(alone, Chart)] == ["waiting-by-hour"]


def test_the_hours_that_are_drawn_go_from_when_they_go_to_the_end(answer, paper):
    chart = next(one for one in blocks(paper, Chart) if one.id == "waiting-by-hour")

    assert chart.table.rows[0].header == "0"
    hours = 24 * (ASKED.days + ASKED.recovery_days)
    assert chart.table.rows[-1].header == str(hours)


def test_seed_and_digests_stand_in_it_so_that_it_can_be_made_again(answer, paper):
    told = {str(row.header): row.cells[0] for row in blocks(paper, Table)[-1].rows}

    assert told["Seed"] == str(ASKED.seed)
    assert told["Inputs (SHA-256)"] == answer.asked.digest
    assert told["Answer (SHA-256)"] == answer.digest


def test_it_can_be_written_and_is_kept_as_text_that_gives_it_back(paper):
    check(paper)

    assert restored(kept(paper)) == paper
    assert [one.id for one in blocks(paper, Heading)] == [
        "cost", "levels", "hours", "kept-up", "rules", "left-out", "asked",
    ]  # fmt: skip


def test_every_estimate_of_the_table_has_its_range_and_no_share_goes_beyond_all(answer):
    few = stress(answering(), replace(ASKED, psus=8, levels=(4,)), replications=2)
    table = next(one for one in stress_paper(few, name=NAME).blocks
                 if isinstance(one, Table) and one.id == "levels-table")  # fmt: skip
    chart = next(one for one in stress_paper(few, name=NAME).blocks if isinstance(one, Chart))

    raw = [one.late for one in few.steps]
    assert any(one.value - one.half_width < 0 for one in raw)  # so that there is something to clip
    for row, step in zip(table.rows, few.steps, strict=True):
        late, _, wait, most = row.cells
        for cell, estimate in ((late, step.late), (wait, step.wait)):
            (figure,) = cell.figures
            assert figure.value == estimate.value
            assert figure.interval.low >= 0
            assert " to " in str(cell)
        assert late.figures[0].interval.high <= 100
        assert late.figures[0].interval.low == step.late.low
        assert " to " in str(most)
    assert chart.id == "late-by-psus"
