from __future__ import annotations

import re
from datetime import date

import pytest

from plan.stores import (
    asked,
    burglaries,
    milestone,
    plan_with,
    satisfaction,
    steady,
    store_with,
    watched,
)
from records.brought_in import bring_in
from regard.board.performance import performance_paper
from regard.core.periods import Month
from regard.core.statements import Statement
from regard.papers.checking import check
from regard.papers.model import Heading, Paragraph, Table
from regard.papers.writing import render
from regard.plan.drafting import monitoring_plan

AS_AT = date(2019, 12, 31)
JULY = Month(2018, 7)
# Words that would say what brought a change about.
CAUSAL = re.compile(
    r"\b(because|due to|caused?|causing|driven|led to|leads to|result(s|ed)? (of|from|in)|"
    r"thanks to|owing to|attribut\w+|explain(s|ed) (by|the)|on account of|following)\b",
    re.IGNORECASE,
)
# What may hold digits without being a number that needs a trace.
NAMED = re.compile(
    r"\d{4}/\d{2}|\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z][a-z]+ \d{4}(?!/)|\b[A-Z]\d\b|\bpage \d|"
    r"\b\d+[A-Z]\b|[‘“'][^’”']*[’”']"
)


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    rows = {month: rows for month, rows in steady(20).items() if month != JULY}
    store = store_with(
        tmp_path_factory.mktemp("home"), crime=burglaries(rows), survey=satisfaction(75)
    )
    head = {
        "id": "test-2019",
        "name": "Police and Crime Plan 2019/20",
        "area": "merseyside",
        "force": "Merseyside Police",
        "governing_body": "Police and Crime Commissioner for Merseyside",
        "board": "Performance Board",
        "board_on": date(2020, 1, 20),
        "year": "2019/20",
        "document": "Police and Crime Plan 2019/20",
    }
    outcome = {"id": "A", "letter": "A", "title": "Less burglary", "source": "page 4"}
    level = {"measure": "victim-satisfaction-crime", "direction": "up", "percent": None}
    level |= {"baseline": None, "level": 80, "rolling_months": 12, "id": "satisfaction"}
    told = {"id": "A1", "outcome": "A", "leads": ["ACC Crime"], "source": "page 6"}
    tables = {
        "plan": head,
        "outcome": [outcome],
        "milestone": [milestone(), milestone(**level, title="Satisfy 80% of victims")],
        "watched": [watched("robbery")],
        "deliverable": [
            told | {"title": "Publish because they asked"},
            told
            | {
                "id": "A2",
                "title": "Train officers",
                "reported": [{"paper": "Training report", "on": "2020-03", "how": "to come"}],
            },
        ],
        "recommendation": [{"id": "note", "text": "Note this report.", "source": "page 9"}],
        "implication": [{"kind": "Legal", "text": "There are none.", "source": "page 9"}],
    }
    return asked(store, plan_with(tables), AS_AT)


@pytest.fixture(scope="module")
def paper(held):
    return performance_paper(held)


def headings(paper):
    return [str(one.text) for one in paper.blocks if isinstance(one, Heading)]


def under(paper, heading):
    """The words between one heading and the next."""
    told, inside = [], False
    for block in paper.blocks:
        if isinstance(block, Heading):
            inside = str(block.text) == heading
        elif inside and isinstance(block, Paragraph):
            told.extend([str(block.text), *map(str, block.bullets)])
        elif inside:
            told.extend(str(item) for item in getattr(block, "items", ()))
    return told


def computed(paper):
    return [one for one in paper.words() if isinstance(one, Statement) and one.source is None]


def test_the_paper_is_one_that_every_renderer_takes(paper):
    check(paper)

    assert paper.title.title == (
        "Performance against the 2019/20 milestones and deliverables of the Police and Crime Plan "
        "2019/20"
    )


def test_the_first_heading_says_how_the_milestones_stand(paper):
    assert headings(paper)[:2] == [
        "What this paper says",
        "Deliverables without a position in this paper",
    ]
    assert under(paper, "What this paper says")[0] == (
        "Of 2 milestones as at 31 December 2019, none is met, 1 is behind and 1 cannot be judged."
    )


def test_deliverables_that_only_point_elsewhere_and_silent_ones_are_listed_in_front(paper):
    assert under(paper, "Deliverables without a position in this paper") == [
        "1 of 2 deliverables gives no position here and points to another paper:",
        "To be included in Training report, March 2020: A2 Train officers",
        "With nothing to say, here or elsewhere:",
        "A1 Publish because they asked, led by ACC Crime",
    ]


def test_a_missing_month_is_carried_to_the_last_sentence(paper):
    assert under(paper, "What is missing")[-1] == (
        "Every sentence above leaves out July 2018: missing, and not counted as nought."
    )


def test_a_missing_month_stands_among_what_cannot_be_said(paper):
    told = under(paper, "What this paper cannot say")

    assert told[0].endswith(
        "The base year 2018/19 cannot be counted: no rows for July 2018 were brought in for "
        "Merseyside."
    )


def test_no_computed_sentence_holds_a_causal_word(paper):
    asked_for = "Publish because they asked"
    against = [
        str(one) for one in computed(paper) if CAUSAL.search(str(one).replace(asked_for, ""))
    ]

    assert against == []


@pytest.mark.parametrize("word", ["because", "due to", "led to", "attributed to", "following"])
def test_a_causal_word_would_be_found(word):
    assert CAUSAL.search(f"Crime rose {word} a campaign.")


def test_every_number_of_a_computed_sentence_is_a_figure_or_a_date(paper):
    untraced = [
        part.text
        for one in computed(paper)
        for part in one.parts
        if part.figure is None and re.search(r"\d", NAMED.sub("", part.text))
    ]

    assert untraced == []


def test_every_figure_leads_to_rows_a_plan_or_other_figures(paper):
    figures = [
        figure for one in paper.words() if isinstance(one, Statement) for figure in one.figures
    ]

    assert len(figures) > 30
    assert [one for figure in figures for one in figure.walk() if not one.sources] == []


def test_all_milestones_stand_in_one_table_with_their_verdicts(paper):
    table = next(one for one in paper.blocks if isinstance(one, Table))

    assert [str(row.cells[-1]) for row in table.rows] == ["cannot be judged", "behind"]


def test_the_recommendation_is_written_once_and_shown_in_the_body(paper):
    assert [str(one.text) for one in paper.recommendations] == ["Note this report."]
    assert headings(paper)[-1] == "What the board is asked"


def test_posts_answer_for_what_they_lead(paper):
    assert {one.post for one in paper.contacts} == {"ACC Local Policing", "ACC Crime"}


def test_generated_rows_put_a_banner_on_the_paper(tmp_path):
    store = store_with(tmp_path)
    bring_in(store, "crime", list(burglaries(steady(20))), file="GENERATED-rows.csv")
    plan = monitoring_plan("merseyside", AS_AT, watch=("burglary-dwelling",))

    paper = performance_paper(asked(store, plan, AS_AT))

    assert paper.banner.startswith("GENERATED EXAMPLE DATA")
    assert paper.title.title == "Merseyside: what is recorded, 2019/20"
    assert headings(paper)[0] == "What has really changed"


def test_generated_rows_of_another_force_leave_the_paper_unmarked(tmp_path):
    store = store_with(tmp_path, crime=burglaries(steady(20)))
    other = [row | {"source": "west-midlands"} for row in burglaries(steady(20))]
    bring_in(store, "crime", other, file="GENERATED-rows.csv")
    plan = monitoring_plan("merseyside", AS_AT, watch=("burglary-dwelling",))

    paper = performance_paper(asked(store, plan, AS_AT))

    assert paper.banner == ""
    assert not any("GENERATED" in str(source) for source in paper.sources)


def test_deliverables_stand_in_one_table_an_outcome(paper):
    table = next(one for one in paper.blocks if getattr(one, "stub", "") == "Deliverable")

    assert [str(row.cells[-1]) for row in table.rows] == [
        "Nothing is said: neither a position nor a paper in which one could be read.",
        "No position here. The position is to be included in Training report, March 2020. No "
        "cadence of reporting is stated.",
    ]


def test_what_a_post_answers_for_is_said_in_few_words(paper):
    assert {one.post: one.what_for for one in paper.contacts} == {
        "ACC Local Policing": "Milestones under A",
        "ACC Crime": "Deliverables A1, A2",
    }


@pytest.mark.slow
@pytest.mark.paper
def test_the_same_positions_give_the_same_page(paper, held):
    first = render(paper, ("html",))[0].content
    again = render(performance_paper(held), ("html",))[0].content

    assert first == again
    assert b"July 2018" in first
