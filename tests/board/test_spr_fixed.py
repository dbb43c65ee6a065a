"""An assurance paper in Welsh: its headings, its tables and its levels, and nothing else of it."""

from __future__ import annotations

import re

import pytest

from board.spr_rounds import FORCE, SECOND, brief
from regard.board.spr.fixed import ABSENT, BECAME, FIXED, LINES, MARKS, SPEAKS
from regard.board.spr_paper import spr_paper
from regard.core.errors import NotKnown
from regard.core.statements import Statement
from regard.papers.fixed import LANGUAGES
from regard.papers.keeping import kept, restored
from regard.papers.laying import lay
from regard.papers.layout import LaidHeading, LaidTable, plain
from regard.papers.model import LANGUAGE, WELSH, Heading, Paragraph, Table
from regard.papers.writing import FORMATS, render

PLACE = re.compile(r"\{\w+\}")
SAID_ALIKE = {"c", "level-named"}  # that are the same in both languages
MORE_SAID = {"read-so"}  # in Welsh also what each level is called in sentences


def written(both_papers, language):
    told, _, _ = both_papers
    asked = brief(language=language)
    view = told.register.view(told.who["clerk"])
    return spr_paper(view, SECOND, FORCE, asked)


@pytest.fixture(scope="module")
def welsh(both_papers):
    return written(both_papers, "cy")


@pytest.fixture(scope="module")
def english(both_papers):
    return written(both_papers, "en")


def words_in(paper):
    """Every heading, caption, stub and column of a paper, of what is not a statement's own."""
    for block in paper.blocks:
        if isinstance(block, Heading):
            yield block.text
        if isinstance(block, Table):
            yield from (block.caption, block.stub, *(one.header for one in block.columns))


@pytest.mark.parametrize("name", sorted(FIXED.said))
def test_every_fixed_heading_is_said_in_both_languages_with_the_same_places(name):
    said = FIXED.said[name]

    assert set(said) == set(LANGUAGES)
    assert all(said.values())
    assert name in SAID_ALIKE or said["en"] != said["cy"]
    places = [set(PLACE.findall(said[one])) for one in ("en", "cy")]
    assert places[0] == places[1] or (name in MORE_SAID and places[0] < places[1])


def test_every_name_that_the_paper_looks_up_is_there():
    for named in (MARKS, ABSENT, LINES, SPEAKS, BECAME):
        assert set(named.values()) <= set(FIXED.said)


def test_the_paper_has_as_many_blocks_in_either_language_and_the_same_anchors(welsh, english):
    assert [type(one) for one in welsh.blocks] == [type(one) for one in english.blocks]
    assert [one.id for one in welsh.blocks if hasattr(one, "id")] == [
        one.id for one in english.blocks if hasattr(one, "id")
    ]


def test_no_heading_and_no_column_of_a_welsh_paper_is_an_english_one(welsh, english):
    alike = {*map(str, words_in(welsh))} & {*map(str, words_in(english))}
    quoted = {str(one.text) for one in welsh.blocks if isinstance(one, Heading)} & {
        str(one.text)
        for one in welsh.blocks
        if isinstance(one, Heading) and isinstance(one.text, Statement) and one.text.source
    }

    assert alike <= quoted | {"C"}


def test_levels_and_how_a_position_reads_are_welsh_in_tables_and_sentences_stay(welsh, english):
    matrix = next(one for one in welsh.blocks if isinstance(one, Table) and one.id == "matrix")
    cells = " ".join(str(cell) for row in matrix.rows for cell in row.cells)
    note = str(matrix.note)

    assert "odloni" in cells
    assert "Partly met" not in cells
    assert "not assessed" not in cells
    assert "Wedi’i fodloni’n rhannol (Partly met)" in note
    sentences = [
        [str(one.text) for one in held.blocks if isinstance(one, Paragraph)][0]
        for held in (welsh, english)
    ]
    assert sentences[0] == sentences[1]


def test_every_piece_of_a_welsh_paper_knows_its_language(welsh):
    laid = lay(welsh)
    cells = [
        run
        for block in laid.blocks
        if isinstance(block, LaidTable) and block.anchor == "matrix"
        for _, row in block.rows
        for cell in row
        for run in cell.runs
    ]
    titles = [one for one in laid.blocks if isinstance(one, LaidHeading)]

    assert laid.language == WELSH
    assert laid.in_language.startswith("Cymraeg yw penawdau")
    assert {run.language for run in cells} == {""}
    assert {"Yr hyn y mae’n rhaid i’r bwrdd ei wybod", "Diben yr adroddiad"} <= {
        plain(one.runs) for one in titles if not one.runs[0].language
    }
    quoted = [one for one in titles if one.runs[0].language]
    assert {one.runs[0].language for one in quoted} == {LANGUAGE}


def test_a_welsh_paper_is_written_in_every_format_and_kept_with_its_language(welsh):
    made = render(welsh, FORMATS)
    again = restored(kept(welsh))

    assert again == welsh
    assert again.language == WELSH
    assert [one.content for one in render(again, FORMATS)] == [one.content for one in made]


def test_an_english_paper_is_kept_as_it_was_before_papers_had_a_language(english):
    told = kept(english)

    assert '"language"' not in told
    assert all(isinstance(one, str) for one in words_in(english) if not _is_quoted(one))


def test_a_language_in_which_no_paper_is_written_is_refused(both_papers):
    with pytest.raises(NotKnown, match="fr"):
        written(both_papers, "fr")


def _is_quoted(one):
    return isinstance(one, Statement) and one.source is not None
