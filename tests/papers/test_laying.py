from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from papers.sample import (
    BURGLARY,
    BURGLARY_BEFORE,
    CHANGE,
    crime_chart,
    figure,
    paper,
    recommendations,
    survey_chart,
    table,
    words,
)
from regard.core.figures import Figure, derived
from regard.core.statements import Statement
from regard.papers import (
    Block,
    Bullets,
    Heading,
    Note,
    Paragraph,
    Recommended,
    Withheld,
)
from regard.papers.laying import lay
from regard.papers.layout import (
    LaidChart,
    LaidHeading,
    LaidList,
    LaidNote,
    LaidParagraph,
    LaidRecommendation,
    LaidTable,
    plain,
)

blocks = st.lists(
    st.sampled_from(
        [
            Heading("A heading"),
            Heading("A deeper one", level=2),
            Paragraph("Words."),
            Paragraph("Words.", bullets=("one", "two")),
            Note("A line."),
            Bullets(("one",)),
            table(),
        ]
    ),
    max_size=30,
)


@given(blocks)
def test_paragraph_numbers_run_on_through_whatever_stands_between(some: list[Block]) -> None:
    laid = lay(paper(blocks=tuple(some)))

    numbers = [one.number for one in laid.blocks if isinstance(one, LaidParagraph)]

    written = sum(isinstance(one, Paragraph) for one in some)
    assert numbers == list(range(1, 1 + written + 1 + 3))  # one of purpose, three implications


@given(st.permutations(["note", "burglary"]), st.integers(0, 2))
def test_a_recommendation_reads_the_same_wherever_it_is_shown(order: list[str], shown: int) -> None:
    by_id = {one.id: one for one in recommendations()}
    document = paper(
        recommendations=tuple(by_id[one] for one in order),
        blocks=tuple(Recommended(one) for one in order[:shown]),
    )

    laid = [one for one in lay(document).blocks if isinstance(one, LaidRecommendation)]

    told = {
        one.number: {(other.runs) for other in laid if other.number == one.number} for one in laid
    }
    assert len(laid) == 4 + shown
    assert all(len(runs) == 1 for runs in told.values())
    assert [plain(next(iter(told[n]))) for n in (1, 2)] == [str(by_id[one].text) for one in order]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=25))
def test_each_distinct_figure_has_one_note_in_order_of_reading(values: list[int]) -> None:
    said = [Statement.of("There were {n}.", n=figure(value)) for value in values]
    laid = lay(paper(blocks=tuple(map(Paragraph, said)), recommendations=()))

    notes = [
        run.note
        for block in laid.blocks
        if isinstance(block, LaidParagraph)
        for run in block.runs
        if run.note
    ]

    first_seen = list(dict.fromkeys(values))
    assert notes == [first_seen.index(value) + 1 for value in values]
    assert [one.number for one in laid.entries] == list(range(1, len(first_seen) + 1))


def test_the_annex_follows_a_figure_through_its_parts_to_rows() -> None:
    months = tuple(figure(float(n), measure=f"month-{n}") for n in range(1, 37))
    mean = derived(months, value=18.5, unit="offences a month", method="mean 1")
    change = derived((mean, BURGLARY), value=3, unit="offences", method="difference")
    laid = lay(
        paper(blocks=(Paragraph(Statement.of("It rose by {n}.", n=change)),), recommendations=())
    )

    entries = {one.anchor: one for one in laid.entries}

    assert len(entries) == 1 + 2 + 36
    assert [one.anchor for one in laid.entries[:3]] == [change.id, mean.id, BURGLARY.id]
    assert entries[mean.id].said.endswith("; mean 1. Computed from entries 4 to 39.")
    assert [place.label for place in entries[change.id].places] == ["paragraph 2"]
    assert entries[mean.id].places == ()
    assert all("From " in one.said or one.parts for one in laid.entries)


def test_every_figure_of_the_paper_and_all_it_stands_on_is_in_the_annex() -> None:
    laid = lay(paper())

    named = {one.anchor for one in laid.entries}

    said: set[Figure] = {
        one for words_ in paper().words() if isinstance(words_, Statement) for one in words_.figures
    }
    assert {one.id for figure_ in said for one in figure_.walk()} <= named
    assert {BURGLARY.id, BURGLARY_BEFORE.id, CHANGE.id} <= named


def test_an_entry_says_where_its_figure_is_said_and_in_which_range_it_lies() -> None:
    laid = lay(paper())

    first, *_, confidence = laid.entries

    assert [one.label for one in first.places] == ["recommendation 2", "paragraph 2", "table 1"]
    assert confidence.said.startswith(
        ", 95% range 81.6% to 83.2%: confidence, 1 Apr 2013 to 14 Mar"
    )
    assert first.said == (
        ": burglary-dwelling, 1 Apr 2013 to 14 Mar 2014; count 1. From S2 (5,021 rows) where R1. "
        "Said in recommendation 2, paragraph 2, table 1."
    )


def test_a_figure_leaves_its_unit_to_the_header_of_its_column() -> None:
    laid = next(one for one in lay(paper()).blocks if isinstance(one, LaidTable))

    (_, burglary), (_, robbery) = laid.rows

    assert [plain(cell.runs) for cell in burglary] == [
        "10,461",
        "11,384",
        "−8.1%",
        "Steady since 2012",
    ]
    assert [plain(cell.runs) for cell in robbery[:2]] == [
        "not known: July 2013 was not supplied",
        "July 2013 was not supplied",
    ]
    assert [cell.missing for cell in robbery] == [True, True, True, False]


def test_annexes_are_lettered_by_what_the_paper_has() -> None:
    whole = lay(paper())
    bare = lay(paper(blocks=(crime_chart(),), recommendations=(), sources=()))

    titles = [
        [
            plain(one.runs)
            for one in laid.blocks
            if isinstance(one, LaidHeading)
            if "Annex" in plain(one.runs)
        ]
        for laid in (whole, bare)
    ]

    assert titles[0] == [
        "Annex A: Where the figures come from",
        "Annex B: Sources",
        "Annex C: The data drawn in the charts",
    ]
    assert titles[1] == ["Annex A: The data drawn in the charts"]
    assert [one.data_in for one in (*whole.charts, *bare.charts)] == [
        "annex C",
        "annex C",
        "annex A",
    ]


def test_the_first_annex_opens_a_page_and_a_line_under_a_heading_leads() -> None:
    laid = lay(paper())

    opening = [one for one in laid.blocks if isinstance(one, LaidHeading) and one.opens]
    lines = [one for one in laid.blocks if isinstance(one, LaidNote)]

    assert [plain(one.runs)[:8] for one in opening] == ["Annex A:"]
    assert [one.leads for one in lines] == [True, False]


def test_a_page_and_a_screen_hold_the_data_of_a_chart_in_two_tables_under_one_name() -> None:
    (chart,) = lay(paper(blocks=(crime_chart(named="crime"),))).charts

    assert (chart.data.anchor, chart.sheet.anchor) == ("crime-data", "crime-sheet")
    assert chart.data.label == chart.sheet.label == "Data of chart 1"
    assert (len(chart.data.rows), len(chart.sheet.rows)) == (36, 3)


def test_charts_are_numbered_and_their_data_follow_in_the_annex() -> None:
    laid = lay(paper(blocks=(survey_chart(), Heading("Next"), crime_chart(named="crime"))))

    charts = [one for one in laid.blocks if isinstance(one, LaidChart)]
    data = [one.label for one in laid.blocks if isinstance(one, LaidTable)]

    assert [(one.label, one.anchor) for one in charts] == [
        ("Chart 1", "chart-1"),
        ("Chart 2", "crime"),
    ]
    assert data == ["Data of chart 1", "Data of chart 2"]


def test_words_that_meet_are_parted_by_one_space() -> None:
    two = words("One.  ") + words("\n Two. ")
    laid = lay(paper(purpose=(Paragraph(two),)))

    paragraph = next(one for one in laid.blocks if isinstance(one, LaidParagraph))

    assert plain(paragraph.runs) == "One. Two."


def test_the_marking_is_in_capitals_with_its_groups() -> None:
    sensitive = Paragraph(words("Held.", "OFFICIAL-SENSITIVE: audit"))

    assert lay(replace(paper(), blocks=(sensitive,))).marking == "OFFICIAL-SENSITIVE: AUDIT"


def test_what_is_withheld_keeps_the_number_of_the_table_or_chart_that_stood_there() -> None:
    some = (table(), Withheld("table", "Gone."), table(), Withheld("chart", "Gone."), crime_chart())

    laid = lay(paper(blocks=some, recommendations=())).blocks

    gone = [one for one in laid if isinstance(one, LaidNote) and "Gone." in plain(one.runs)]
    assert [plain(one.runs) for one in gone] == ["Table 2: Gone.", "Chart 1: Gone."]
    assert [one.anchor for one in gone] == ["table-2", "chart-1"]
    tables = [one.label for one in laid if isinstance(one, LaidTable)]
    assert tables == ["Table 1", "Table 3", "Data of chart 2"]


def test_the_position_of_the_register_stands_at_the_foot_and_below_how_it_was_made() -> None:
    laid = lay(paper(position="register position 131, head 3f9a1c2b77de"))

    (made,) = (one for one in laid.blocks[-1:] if isinstance(one, LaidList))
    assert laid.foot == (
        "Figures as at 14 March 2014, inputs ab12cd34ab12, register position 131, head 3f9a1c2b77de"
    )
    assert plain(made.items[-1]) == "Register position 131, head 3f9a1c2b77de."


def test_a_paper_without_a_position_is_laid_out_as_before() -> None:
    assert lay(paper(position="")) == lay(paper())
    assert "register" not in str(lay(paper()))
