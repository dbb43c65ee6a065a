from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from papers.sample import SAID, paper, recommendations, words
from regard.core.markings import OFFICIAL, Marking, Tier
from regard.core.statements import Statement
from regard.papers import Heading, Implication, Note, Paragraph, Recommendation, Row, Table
from regard.papers.model import Column

groups = st.frozensets(st.sampled_from(["armed policing", "audit", "counter terrorism"]))
markings = st.one_of(
    st.just(OFFICIAL), st.builds(Marking, st.just(Tier.OFFICIAL_SENSITIVE), groups)
)


def marked(marking: Marking) -> Statement:
    return Statement.quoted("Words.", source=SAID, marking=marking)


@given(st.lists(markings, min_size=7, max_size=7))
def test_a_paper_is_held_as_closely_as_the_closest_of_everything_in_it(held: list[Marking]) -> None:
    head, row, bullet, advice, money, purpose, own = held
    document = paper(
        title=replace(paper().title, marking=own),
        purpose=(Paragraph(marked(purpose)),),
        blocks=(
            Heading(marked(head)),
            Note("A line."),
            Paragraph("Words.", bullets=(marked(bullet),)),
            Table("Caption", "Area", (Column("Value"),), (Row(marked(row), ("1",)),)),
        ),
        recommendations=(Recommendation("one", marked(advice)),),
        implications=(Implication("Financial", (Paragraph(marked(money)),)),),
    )

    found = document.marking

    assert all(found.covers(one) for one in held)
    assert found.tier == max(one.tier for one in held)
    assert found.need_to_know == frozenset().union(*(one.need_to_know for one in held))


def test_a_paper_of_plain_words_is_official() -> None:
    assert str(paper().marking) == "OFFICIAL"


def test_dropping_the_one_sensitive_sentence_lowers_the_marking() -> None:
    sensitive = Paragraph(words("Held closely.", "OFFICIAL-SENSITIVE"))
    document = paper(blocks=(*paper().blocks, sensitive))

    lowered = replace(document, blocks=document.blocks[:-1])

    assert str(document.marking) == "OFFICIAL-SENSITIVE"
    assert str(lowered.marking) == "OFFICIAL"


def test_a_recommendation_has_the_number_of_its_place_in_the_one_list() -> None:
    document = paper(recommendations=recommendations())

    assert document.recommendation_number("burglary") == 2
    assert document.recommendation_number("nobody's") == 0
