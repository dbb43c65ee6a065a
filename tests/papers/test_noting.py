from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from papers.sample import BURGLARY, BURGLARY_BEFORE, CHANGE, figure, paper
from regard.core.quantities import Range
from regard.core.statements import Statement
from regard.papers import LEFT, Column, Paragraph, Row, Table
from regard.papers.laying import lay
from regard.papers.layout import LaidParagraph, LaidTable, Place, Run
from regard.papers.noting import Notes, marked

HERE = Place("paragraph 1", "paragraph-1")
SPANNED = figure(2.1, unit="%", signed=True, interval=Range(1.4, 2.8, 0.95))
runs = st.lists(
    st.builds(
        lambda text, note: Run(text, note, f"f-{note}" if note else ""),
        st.sampled_from(["words", ", ", ". Then ", "3"]),
        st.integers(0, 3),
    ),
    max_size=20,
).map(tuple)


@given(runs)
def test_every_figure_is_marked_once_and_nothing_else_changes(some: tuple[Run, ...]) -> None:
    told = marked(some, set())

    assert sorted(run.note for run in told if run.marked) == sorted(
        {r.note for r in some if r.note}
    )
    assert [(one.text, one.note) for one in told] == [(one.text, one.note) for one in some]


def test_neighbours_carry_one_mark_after_the_last() -> None:
    said = Statement.of("It rose ({x}; {x:level} range {x:range}) to {n}.", x=SPANNED, n=BURGLARY)

    told = Notes().runs(said, HERE)

    assert [run.text for run in told if run.marked] == ["+1.4% to +2.8%", "10,461 offences"]
    assert [run.note for run in told if run.note] == [1, 1, 1, 2]


def test_a_figure_said_again_in_another_sentence_is_marked_at_its_first_place() -> None:
    said = Statement.of("There were {n}. Last year {then}. Again {n}.", n=BURGLARY, then=CHANGE)

    told = Notes().runs(said, HERE)

    assert [(run.note, run.marked) for run in told if run.note] == [
        (1, True),
        (2, True),
        (1, False),
    ]


def test_paragraphs_bullets_and_rows_each_mark_a_figure_anew() -> None:
    said = Statement.of("There were {n}.", n=BURGLARY)
    columns = (Column("One", align=LEFT), Column("Two", align=LEFT), Column("Three", align=LEFT))
    cells = (BURGLARY, said, BURGLARY_BEFORE)
    table = Table("Caption", "Stub", columns, (Row("First", cells), Row("Second", cells)))

    laid = lay(paper(blocks=(Paragraph(said, (said, said)), table), recommendations=()))

    (paragraph,) = (one for one in laid.blocks if isinstance(one, LaidParagraph) and one.bullets)
    told = [paragraph.runs, *paragraph.bullets]
    assert [sum(run.marked for run in one) for one in told] == [1, 1, 1]
    (rows,) = (one.rows for one in laid.blocks if isinstance(one, LaidTable))
    marks = [
        [sum(run.marked for run in cell.runs) for cell in laid_cells] for _, laid_cells in rows
    ]
    assert marks == [[1, 0, 1], [1, 0, 1]]
