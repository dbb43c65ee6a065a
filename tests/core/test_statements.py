"""Sentences whose every number can be followed back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused
from regard.core.figures import Source, difference
from regard.core.markings import Marking
from regard.core.periods import FinancialYear, Month
from regard.core.quantities import Quantity, Range
from regard.core.statements import Part, Statement, together, trace


def test_computed_sentence_holds_its_figures_in_order(burglary):
    sentence = Statement.of(
        "Burglary was {now} in {year}, against {then}.",
        now=burglary(412),
        year=FinancialYear(2013),
        then=burglary(500),
    )

    assert str(sentence) == "Burglary was 412 offences in 2013/14, against 500 offences."
    assert [figure.value for figure in sentence.figures] == [412, 500]


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (date(2014, 3, 14), "14 March 2014"),
        (Month(2019, 7), "July 2019"),
        (Quantity(21, "PSUs"), "21 PSUs"),
        (14353, "14,353"),
        ("Merseyside", "Merseyside"),
    ],
)
def test_value_is_said_as_a_paper_says_it(value, printed):
    assert str(Statement.of("As {value}.", value=value)) == f"As {printed}."


def test_a_range_without_a_unit_is_refused():
    with pytest.raises(DefinitionRefused, match="says no unit"):
        Statement.of("Between {span}.", span=Range(1, 2, 0.9))


@pytest.mark.parametrize("template", ["Up 3 per cent.", "{now} since 2002/03."])
def test_sentence_with_a_digit_in_its_words_is_refused(burglary, template):
    values = {"now": burglary()} if "{" in template else {}

    with pytest.raises(DefinitionRefused, match="holds a digit"):
        Statement.of(template, **values)


@pytest.mark.parametrize("values", [{}, {"now": "x", "then": "y"}, {"then": "y"}])
def test_sentence_and_values_that_do_not_match_are_refused(values):
    with pytest.raises(DefinitionRefused) as refused:
        Statement.of("Now {now}.", **values)

    assert str(sorted(values)) in str(refused.value)


def test_sentence_may_end_or_begin_with_a_value():
    assert str(Statement.of("{who} said", who="Kent")) == "Kent said"
    assert str(Statement.of("said {who}", who="Kent")) == "said Kent"


def test_quoted_words_keep_their_digits_and_their_source():
    source = Source("printed", "board paper of 1 April 2014, paragraph 31")

    quoted = Statement.quoted("Total Recorded Crime is 2.1% higher.", source=source)

    assert str(quoted) == "Total Recorded Crime is 2.1% higher."
    assert quoted.source == source
    assert quoted.figures == ()


def test_two_statements_are_held_as_closely_as_the_closer():
    sensitive = Marking.parse("OFFICIAL-SENSITIVE: gold")

    both = Statement.of("One.") + Statement.of("Two.", marking=sensitive)

    assert str(both) == "One. Two."
    assert both.marking == sensitive


def test_an_empty_statement_adds_no_space():
    assert str(Statement(()) + Statement.of("One.")) == "One."
    assert str(Statement.of("One.") + Statement(())) == "One."


def test_the_first_source_stands_for_the_paragraph():
    source = Source("said", "ACC Crime")

    both = Statement.of("One.") + Statement.quoted("Two.", source=source)

    assert both.source == source


def test_together_makes_one_paragraph():
    assert str(together([Statement.of("One."), Statement.of("Two."), Statement.of("Three.")])) == (
        "One. Two. Three."
    )


def test_together_of_nothing_is_refused():
    with pytest.raises(DefinitionRefused, match="no statements to put together"):
        together([])


@given(st.lists(st.text(st.characters(exclude_characters="{}", exclude_categories=["N"]))))
def test_together_keeps_every_word(texts):
    parts = [Statement((Part(text),)) for text in ["Start.", *texts]]

    assert str(together(parts)) == " ".join(["Start.", *texts])


def test_trace_goes_down_to_the_rows(burglary):
    steps = trace(difference(burglary(412), burglary(500)))

    assert [step.depth for step in steps] == [0, 1, 1]
    assert str(steps[1]) == (
        "  412 offences: burglary-dwelling, west-midlands, at 14 March 2014; actual; count 1. "
        "From import 3 (412 rows)."
    )


def test_trace_of_a_figure_without_a_source_says_so(burglary):
    assert "From no source given." in str(trace(burglary(sources=()))[0])


def test_a_figure_its_level_and_its_range_are_one_figure(burglary):
    change = burglary(2.1, unit="%", signed=True, interval=Range(1.4, 2.8, 0.95))

    told = Statement.of("It changed by {c}; {c:level} range {c:range}.", c=change)

    assert str(told) == "It changed by +2.1%; 95% range +1.4% to +2.8%."
    assert [part.figure for part in told.parts if part.figure] == [change, change, change]
    assert told.figures == (change,)


@pytest.mark.parametrize("wanted", ["range", "level"])
def test_the_interval_of_a_figure_without_one_is_refused(burglary, wanted):
    with pytest.raises(DefinitionRefused, match="412 offences, has no interval"):
        Statement.of(f"Between {{now:{wanted}}}.", now=burglary(412))


@pytest.mark.parametrize("wanted", ["range", "level"])
def test_the_interval_of_what_is_no_figure_is_refused(wanted):
    with pytest.raises(DefinitionRefused, match=f"now:{wanted}. is July 2019, which has no"):
        Statement.of(f"Between {{now:{wanted}}}.", now=Month(2019, 7))


def test_trace_of_an_estimate_says_its_range(burglary):
    steps = trace(burglary(412, interval=Range(400, 430, 0.95)))

    assert str(steps[0]).startswith("412 offences (95% range 400 to 430 offences): burglary")


def test_sentence_that_says_the_unit_once_takes_the_number_alone(burglary):
    sentence = Statement.of("From {then:number} to {now}.", then=burglary(500), now=burglary(412))

    assert str(sentence) == "From 500 to 412 offences."


def test_words_said_in_another_language_know_it_piece_by_piece() -> None:
    said = Statement.of("{word} there", word="Un")

    welsh = said.spoken("cy-GB")

    assert str(welsh) == str(said)
    assert {one.language for one in said.parts} == {""}
    assert {one.language for one in welsh.parts} == {"cy-GB"}
    assert {one.language for one in (said + welsh).parts} == {"", "cy-GB"}
