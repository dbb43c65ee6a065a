from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from django.test.utils import CaptureQueriesContext

from board.spr_rounds import FORCE, copied
from regard.board import kept_papers
from regard.board.kept_papers import again, one_again, paper_in, traced, why
from regard.board.spr.citing import figures_of
from regard.core.errors import NotKnown, PaperRefused
from regard.papers import writing
from regard.register.kinds import Document, changed, made


def test_an_issued_paper_is_written_again_byte_for_byte_after_later_entries(both_papers, tmp_path):
    told, first, _ = both_papers

    files = again(told.view("clerk"), first.entry.subject, tmp_path)

    assert told.register.head().size > first.entry.seq
    assert [one.path.read_bytes() for one in files] == [
        one.path.read_bytes() for one in first.files
    ]
    assert [one.path.name for one in files] == [one.path.name for one in first.files]


def test_other_bytes_are_refused_and_nothing_is_written(both_papers, tmp_path, monkeypatch):
    told, first, _ = both_papers
    monkeypatch.setattr(writing, "web_page", lambda *_: b"another renderer")

    with pytest.raises(PaperRefused, match="would not be the same bytes: html is"):
        again(told.view("clerk"), first.entry.subject, tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_a_paper_of_another_version_says_which_one_wrote_it(both_papers, tmp_path, monkeypatch):
    told, first, _ = both_papers
    monkeypatch.setattr(writing, "web_page", lambda *_: b"another renderer")
    monkeypatch.setattr("regard.board.kept_papers.WRITTEN_BY", "regard 99")

    with pytest.raises(PaperRefused, match=r"by which it was issued; this is regard 99"):
        again(told.view("clerk"), first.entry.subject, tmp_path)


def test_a_paper_that_was_only_cited_says_where_it_stands(both_papers):
    told, _, _ = both_papers
    cited = made(
        Document,
        form="paper",
        title="An older paper",
        scope=FORCE,
        held_on=date(2013, 11, 5),
        stage="issued",
        source="minute 12 of the board",
    )
    told.enter("clerk", cited, "document:west-midlands/older")

    with pytest.raises(PaperRefused, match="minute 12 of the board"):
        paper_in(told.view("clerk"), "document:west-midlands/older")


def test_a_figure_is_walked_back_to_its_entries_and_their_evidence(both_papers):
    told, _, second = both_papers
    worse = next(
        one for one in second.paper.words() if str(one).startswith("0 better, 3 worse")
    ).figures[1]

    steps = why(told.view("clerk"), second.entry.subject, worse.id)

    assert steps[0].told.startswith("3: positions worse")
    assert any(
        "by ACC Operations" in one.told and "“Fewer are trained" in one.told for one in steps
    )
    assert any(
        one.depth == 2 and one.subject == "observation:west-midlands/level-2-trained/2015-11-30"
        for one in steps
    )


def test_evidence_is_told_as_it_stood_when_the_paper_was_written(both_papers, tmp_path):
    told = copied(both_papers[0], tmp_path / "home")
    first = both_papers[1]
    subject = "observation:west-midlands/breaking-point/2014-09-30"
    before = told.view().one(subject)
    wrong = changed(before.value, text="It was another exercise.", retracts=True)
    told.enter("operations", wrong, subject, effective=before.effective)

    steps = [
        step
        for figure in figures_of(first.paper)
        for step in why(told.view("clerk"), first.entry.subject, figure.id)
    ]

    told.register.close()
    assert subject in {one.subject for one in steps}
    assert max(one.seq or 0 for one in steps) <= first.entry.value.position


def test_a_figure_is_found_by_the_small_number_that_is_printed_beside_it(both_papers):
    told, _, second = both_papers
    view = told.view("clerk")

    by_number = why(view, second.entry.subject, "1")

    assert by_number == why(view, second.entry.subject, by_number[0].subject)


def test_a_count_is_walked_back_to_every_entry_that_it_counts(both_papers):
    told, _, second = both_papers
    stands = next(
        one
        for one in second.paper.words()
        if "positions were assessed in this round: 6 partly met" in str(one)
    ).figures[0]

    steps = why(told.view("clerk"), second.entry.subject, stands.id)

    assert any("Nightjar" in one.told for one in steps)


def test_a_number_that_the_paper_does_not_print_is_refused(both_papers):
    told, _, second = both_papers

    with pytest.raises(NotKnown, match="figure of the paper"):
        why(told.view("clerk"), second.entry.subject, "9999")


def test_one_format_is_written_again_under_the_name_of_its_file(both_papers):
    told, first, _ = both_papers

    name, content = one_again(told.view("clerk"), first.entry.subject, "html")

    assert name == first.files[0].path.name
    assert content == first.files[0].path.read_bytes()
    with pytest.raises(NotKnown, match="pdf"):
        one_again(told.view("clerk"), first.entry.subject, "pdf")


def test_a_file_that_holds_the_very_bytes_is_taken_and_one_that_was_touched_is_not(
    both_papers, tmp_path, monkeypatch
):
    told, first, _ = both_papers
    issued = first.files[0].path
    file = tmp_path / issued.name
    ask = partial(one_again, told.view("clerk"), first.entry.subject, "html", folder=tmp_path)
    rendered = []
    render = kept_papers.render
    monkeypatch.setattr(
        kept_papers, "render", lambda *given: rendered.append(given) or render(*given)
    )

    file.write_bytes(issued.read_bytes())
    taken = ask()
    assert not rendered
    file.write_bytes(b"touched")
    made = ask()

    assert taken == made == (issued.name, issued.read_bytes())
    assert len(rendered) == 1


def test_one_format_in_other_bytes_is_refused(both_papers, monkeypatch):
    told, first, _ = both_papers
    monkeypatch.setattr(writing, "web_page", lambda *_: b"another renderer")

    with pytest.raises(PaperRefused, match="would not be the same bytes"):
        one_again(told.view("clerk"), first.entry.subject, "html")


def test_every_figure_of_a_paper_is_followed_back_in_a_few_questions(both_papers):
    told, _, second = both_papers
    view = told.view()
    asked = set()

    for figure in figures_of(second.paper):
        with CaptureQueriesContext(told.register.connection) as questions:
            found = traced(view, second.entry.subject, figure.id)
        asked.add(len(questions))
        assert found.figure == figure
        assert found.steps[0].subject == figure.id
        assert all(figure in one.figures for one in found.said)
        assert found.places or not found.said

    assert max(asked) <= 5


def test_what_comes_from_records_is_told_beside_the_figure(both_papers):
    told, _, second = both_papers
    steps = [
        step
        for one in figures_of(second.paper)
        for step in traced(told.view("clerk"), second.entry.subject, one.id).steps
    ]

    assert all(not step.sources for step in steps if step.seq is not None)
    assert any(step.sources for step in steps if step.seq is None)
