from __future__ import annotations

import re
from dataclasses import replace

import pytest

from board.spr_rounds import (
    CANARY,
    FIRST,
    FORCE,
    SECOND,
    brief,
    first_round,
    found,
    second_round,
    silent_round,
)
from regard.board.registering import document_of
from regard.board.spr.citing import entries_behind, entries_cited, figures_of
from regard.board.spr.fixed import FIXED
from regard.board.spr.phrases import TEMPLATES
from regard.board.spr_paper import spr_paper
from regard.core.markings import OFFICIAL
from regard.core.quantities import PERCENT
from regard.core.statements import Statement
from regard.papers.checking import check
from regard.papers.model import LANGUAGE, Bullets, Heading, Missing, Paragraph, Recommended, Table
from regard.register.streaming import head_at

DRAFT, DRAFT_OPEN = (FIXED.line(one, LANGUAGE) for one in ("draft", "draft-open"))
SOURCED = re.compile(r"(entry [\d,]+: \S+)|(the register)")


def under(paper, heading):
    """The words of bullets, paragraphs and tables between one heading and the next."""
    told, inside = [], False
    for block in paper.blocks:
        if isinstance(block, Heading):
            inside = str(block.text) == heading
        elif inside and isinstance(block, Paragraph):
            told += [str(block.text), *map(str, block.bullets)]
        elif inside and isinstance(block, Bullets):
            told += map(str, block.items)
        elif inside and isinstance(block, Table):
            told += [" | ".join(map(str, (one.header, *one.cells))) for one in block.rows]
    return told


def table(paper, anchor):
    return next(one for one in paper.blocks if isinstance(one, Table) and one.id == anchor)


def cells_of(row):
    return [one.why if isinstance(one, Missing) else str(one) for one in row.cells]


@pytest.fixture(scope="module")
def paper(both_papers):
    return both_papers[2].paper


def test_the_paper_is_one_that_every_renderer_takes(paper):
    check(paper)

    assert paper.title.body == "Strategic Policing and Crime Board"
    assert paper.title.report_of == "Chief Constable"
    assert paper.title.lead == "ACC Operations, ACC Crime"


def test_the_sections_stand_in_the_order_in_which_a_board_asks(paper):
    headings = [str(one.text) for one in paper.blocks if isinstance(one, Heading)]
    threat = [
        "In the words of the posts",
        "What changed",
        "Vulnerabilities and actions",
        "Promised",
        "Met at the expense of",
    ]

    assert headings == [
        "What the board must know",
        "Exceptions",
        "Positions, threat by threat",
        "Public order",
        *threat[:1],
        "Figures",
        *threat[1:],
        "A national cyber security incident",
        *threat,
        "People",
        "Mobilisation",
        "The promise ledger",
        "How regard was had",
        "Evidence that expired or is missing",
        "What this paper cannot say",
        "What else the board is asked",
    ]


def test_the_first_table_answers_what_a_board_member_asks(paper):
    answers = {str(row.header): str(row.cells[0]) for row in table(paper, "at-a-glance").rows}

    assert answers["Where do we stand?"] == (
        "9 of 12 positions were assessed in this round: 6 partly met and 3 met."
    )
    assert answers["What is worst?"] == (
        "“Partly met”: Public order: “Keep enough officers trained to Level 2” (every C); A "
        "national cyber security incident: “Respond adequately to a national cyber incident” "
        "(every C)."
    )
    assert answers["Were promises kept?"] == "1 due: 1 broken; 1 to come."
    assert answers["Which actions are overdue?"] == "0 of 1 overdue."
    assert answers["What rests on nothing?"].startswith("Of 12 positions: 3 asserted")
    assert answers["What is asked of the board?"] == "2 decisions: see the recommendations."
    assert (
        "of 3 February 2015: 0 better, 3 worse, 6 the same and 3 assessed no longer."
        in (answers["What has changed?"])
    )


def test_a_matrix_says_levels_in_words_and_marks_what_does_not_stand_by_itself(paper):
    rows = {str(row.header): cells_of(row) for row in table(paper, "matrix").rows}

    assert rows["Public order"] == [
        "Partly met, 1 of 3; some carried, not reviewed; some stale",
        "Partly met, 1 of 3; some carried, not reviewed; some stale; lines differ",
        "Partly met, 1 of 3; some carried, not reviewed; some stale; lines differ",
    ]


def test_the_voices_stand_side_by_side(paper):
    rows = {str(row.header): cells_of(row) for row in table(paper, "voices-public-order").rows}

    assert rows["Capability"] == ["Partly met, 1 of 3", "nobody spoke", "Not met, 1 of 3"]
    assert rows["Consistency"] == ["Partly met, 1 of 3", "Not met, 1 of 3", "nobody spoke"]


def test_reasons_are_quoted_with_the_post_and_the_entry(paper):
    told = under(paper, "In the words of the posts")

    assert any(
        re.search(
            r"^Independent: “Not met”\. “We found no plan that closes the gap\.” "
            r"\(Inspector of Constabulary, entry \d+\)$",
            one,
        )
        for one in told
    )


def test_a_carried_judgement_is_of_the_post_that_said_it_and_not_of_the_one_that_carried_it(paper):
    told = under(paper, "In the words of the posts")
    carried = [one for one in told if one.startswith("Lead, carried and not reviewed")]

    assert len(carried) == 1
    assert "(ACC Operations, entry" in carried[0]


def test_a_figure_stands_beside_its_target_or_the_paper_says_why_there_is_no_gap(paper):
    told = "\n".join(under(paper, "Figures"))

    assert re.search(r"1,193 officers .*target of 1,326 officers is 133 officers below", told)
    assert (
        "21 PSUs and 33 PSUs are not subtracted: scope is West Midlands Police and West Midlands "
        "region."
    ) in told
    assert (
        "26 vacancies and 0 vacancies are not subtracted: base is establishment without uplift "
        "and establishment with uplift."
    ) in told


def test_a_broken_promise_is_named_in_front_in_its_threat_and_in_the_ledger(paper):
    ledger = {str(row.header): cells_of(row) for row in table(paper, "ledger").rows}

    assert any(one.startswith("Broken: “Train 1,326") for one in under(paper, "Exceptions"))
    assert ledger["Train 1,326 officers to Level 2 by the end of September"][1:] == [
        "30 September 2015",
        "broken",
    ]
    assert ledger["Renew the plan against cyber incidents"][2] == "to come"


def test_an_action_shows_its_first_day_and_how_often_it_moved(paper):
    row = table(paper, "actions-public-order").rows[0]

    assert cells_of(row)[2] == "31 March 2016; first 15 December 2015, moved 1 time"


def test_what_is_met_at_the_expense_of_another_stands_in_both_sections(paper):
    told = under(paper, "Met at the expense of")

    assert len(told) == 2
    assert "is met at the expense of" in told[0]
    assert "pays for" in told[1]


def test_evidence_that_expired_is_named_with_what_it_was_to_support(paper):
    told = under(paper, "Evidence that expired or is missing")

    assert any(
        one.startswith("“Exercise report”, collected on 30 September 2014, expired on")
        for one in told
    )


def test_a_recommendation_is_written_once_and_shown_where_it_belongs(paper):
    texts = [str(one.text) for one in paper.recommendations]
    shown = [one.id for one in paper.blocks if isinstance(one, Recommended)]

    assert len(set(texts)) == len(texts) == 2
    assert sorted(shown) == sorted(one.id for one in paper.recommendations)
    assert not any(text in str(words) for text in texts for words in words_but(paper))


def words_but(paper):
    """The words of the paper without its recommendations."""
    held = {str(one.text) for one in paper.recommendations}
    words = [str(one) for one in paper.words()]
    for text in held:
        words.remove(text)
    return words


def test_every_figure_resolves_to_an_entry_that_was_known(both_papers):
    told, _, issued = both_papers
    view = told.view(known_at=issued.entry.value.position)
    bare = [
        f"{one}: {one.described}"
        for one in figures_of(issued.paper)
        if not any(SOURCED.search(source.reference) for source in one.sources)
    ]
    unknown = [
        (seq, subject)
        for one in figures_of(issued.paper)
        for seq, subject in entries_behind(one)
        if (found := view.entry(seq)) is None or found.subject != subject
    ]

    assert figures_of(issued.paper)
    assert bare == []
    assert unknown == []


def test_every_percentage_and_share_says_its_base(paper):
    shares = [one for one in figures_of(paper) if one.unit == PERCENT]

    assert all(one.parts for one in shares)


def test_no_number_stands_in_a_computed_sentence_without_a_figure():
    assert not [key for key, template in TEMPLATES.items() if re.search(r"\d", template)]


def test_nothing_that_was_entered_later_is_in_the_paper(both_papers):
    told, _, issued = both_papers
    position = issued.entry.value.position
    view = told.view("clerk", known_at=position)
    with told.register.connection.cursor() as cursor:
        root = head_at(cursor, position).root.hex()
    held = replace(
        brief(),
        document=issued.entry.subject,
        issued=True,
        head=issued.entry.value.head,
        root=root,
    )

    again = spr_paper(view, SECOND, FORCE, held)

    assert told.register.head().size > position
    assert again == issued.paper


def test_a_word_that_is_closely_held_marks_the_paper_and_stands_only_in_marked_places(paper):
    told = [one for one in paper.words() if CANARY in str(one)]

    assert str(paper.marking) == "OFFICIAL-SENSITIVE"
    assert told
    assert all(isinstance(one, Statement) and one.marking != OFFICIAL for one in told)
    assert paper.summary == ""


def test_every_entry_that_is_quoted_is_one_that_the_paper_names(both_papers):
    told, _, issued = both_papers
    view = told.view(known_at=issued.entry.value.position)

    named = {subject: view.entry(seq) for seq, subject in entries_cited(issued.paper)}

    assert all(entry is not None and entry.subject == one for one, entry in named.items())


def test_an_open_round_gives_a_draft_that_says_so_on_every_page(tmp_path):
    told = found(tmp_path)
    first_round(told)
    second_round(told, close=False)

    made = spr_paper(told.view("clerk"), SECOND, FORCE, brief())

    assert made.banner == DRAFT_OPEN
    assert "wait for a line that has still to speak" in str(made.purpose[1].text)
    told.register.close()


def test_a_threat_of_which_nobody_spoke_has_no_empty_tables(tmp_path):
    told = found(tmp_path)
    silent_round(told)

    made = spr_paper(told.view("clerk"), FIRST, FORCE, brief())

    ids = {one.id for one in made.blocks if isinstance(one, Table)}
    assert ids == {"at-a-glance", "matrix", "gaps-public-order"}
    assert "None of 9 positions was assessed in this round." in under(made, "Public order")[0]
    told.register.close()


def test_a_closed_round_that_is_not_issued_gives_a_draft_too(both_papers):
    told, _, _ = both_papers

    made = spr_paper(told.view("clerk"), SECOND, FORCE, brief())

    assert made.banner == DRAFT


def test_a_paper_without_a_round_before_it_says_that_there_is_nothing_to_set_it_beside(first_paper):
    _, issued = first_paper
    answers = {
        str(row.header): str(row.cells[0]) for row in table(issued.paper, "at-a-glance").rows
    }

    assert answers["What has changed?"] == "No earlier paper or round to set it beside."
    assert answers["Were promises kept?"] == "No issued paper has promised anything by a day."
    assert answers["Which actions are overdue?"] == "No action has been entered."


def test_money_and_law_come_from_entries(paper):
    told = {one.kind: [str(p.text) for p in one.paragraphs] for one in paper.implications}

    assert told["Financial"] == ["The armed uplift grant: ends on 31 March 2016."]
    assert told["Legal"][0].endswith("It is one to which regard must be had.")


def test_the_paper_promises_by_number_what_the_next_one_must_answer(first_paper):
    _, issued = first_paper
    rows = table(issued.paper, "promised-here").rows

    assert [str(one.header) for one in rows] == ["Promise 1", "Promise 2"]
    assert cells_of(rows[0])[1:] == [
        "30 September 2015",
        "ACC Operations",
        "Officers trained to Level 2",
    ]


def test_a_proposal_of_another_round_is_no_recommendation_of_this_one(both_papers):
    told, first, second = both_papers

    assert first.paper.recommendations == ()
    assert document_of(SECOND, FORCE) == second.entry.subject
