"""Figures as a page shows them: with their base, their range and what they stand on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from regard.core.figures import Figure, Source
from regard.core.quantities import PERCENT, Range
from regard.core.statements import Statement
from regard.web.measured.saying import MOST_PARTS, base_of, told, traces

ROWS = Source("rows", "import 1: a.csv (sha256 ab12…)", "8,400 rows")
COUNT = Figure(
    value=8400,
    unit="answers",
    measure="confidence",
    scope="west-midlands",
    basis="actual",
    method="counted 1",
    as_at=date(2013, 8, 31),
    sources=(ROWS,),
)
SHARE = replace(
    COUNT, value=82.4, unit=PERCENT, parts=(COUNT, COUNT), interval=Range(81.6, 83.2, 0.95)
)


def test_a_percentage_says_what_it_is_of_and_a_count_does_not():
    assert base_of(SHARE) == "of 8,400 answers"
    assert base_of(COUNT) == ""
    assert base_of(replace(SHARE, value=None, missing="not asked")) == ""


def test_a_trace_has_the_range_the_parts_and_the_rows():
    (one,) = traces([SHARE, SHARE])

    assert one.span == "95% range 81.6% to 83.2%"
    assert [part.sources for part in one.parts] == [(ROWS,), (ROWS,)]


def test_of_many_parts_the_rest_are_counted():
    (one,) = traces([replace(SHARE, parts=(COUNT,) * (MOST_PARTS + 3))])

    assert (len(one.parts), one.more) == (MOST_PARTS, 3)


def test_a_trace_ends_at_the_depth_that_is_asked_for():
    (one,) = traces([replace(SHARE, parts=(SHARE,))], deepest=1)

    assert one.parts[0].parts == ()
    assert one.parts[0].more == len(SHARE.parts)


def test_a_sentence_leads_to_its_figures_and_is_said_once():
    said = Statement.of("It was {share}.", share=SHARE)

    (pieces,) = told([said, said])

    assert [one.figure for one in pieces] == ["", SHARE.id, ""]
