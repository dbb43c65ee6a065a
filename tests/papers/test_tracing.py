from __future__ import annotations

from dataclasses import replace
from datetime import date

from papers.sample import NOW, figure
from regard.core.figures import Figure, Source, derived, percent_change
from regard.core.periods import Period
from regard.papers.layout import Place
from regard.papers.noting import Notes
from regard.papers.tracing import Tracing

RULE = "offence is one of 28A, 28B, 28C, 28D"
PLAN = "Police and Crime Plan, 1 April 2014"


def rows(number: int, count: int, rule: str = RULE) -> Source:
    return Source("rows", f"import {number}: {number}.csv", f"{count:,} rows where {rule}")


def traced(*figures: Figure, sources: tuple[Source, ...] = ()) -> Tracing:
    notes = Notes()
    for number, one in enumerate(figures, start=1):
        notes.number(one, Place(f"paragraph {number}", f"paragraph-{number}"))
    notes.complete()
    return Tracing(notes, sources)


def test_sources_are_named_once_and_entries_refer_to_them() -> None:
    first = figure(1, sources=(rows(1, 5), rows(2, 6)))
    again = figure(2, sources=(rows(1, 5), rows(2, 6)))
    other = figure(3, sources=(rows(2, 7),))

    made = traced(first, again, other)

    assert [one.said.partition("count 1. ")[2] for one in made.entries] == [
        "From S1 (5 rows), S2 (6 rows) where R1. Said in paragraph 1.",
        "Sources as in entry 1. Said in paragraph 2.",
        "From S2 (7 rows) where R1. Said in paragraph 3.",
    ]
    assert [(one.label, one.text) for one in made.source_keys] == [
        ("S1", "import 1: 1.csv"),
        ("S2", "import 2: 2.csv"),
    ]
    assert [(one.label, one.text) for one in made.selections.keys] == [("R1", RULE)]


def test_words_that_few_entries_repeat_are_written_out() -> None:
    (entry,) = traced(figure(1, sources=(rows(1, 5, "offence is 48"),))).entries

    assert "From S1 (5 rows) where offence is 48." in entry.said


def test_a_place_in_a_known_document_is_said_after_its_label() -> None:
    told = figure(5, sources=(Source("plan", f"{PLAN}, paragraph 9"), Source("plan", PLAN, "read")))

    made = traced(told, sources=(Source("plan", PLAN, "read"),))

    assert "From S1, paragraph 9, S1." in made.entries[0].said
    assert [one.text for one in made.source_keys] == [f"{PLAN} (read)"]


def test_a_computed_figure_names_the_entries_it_was_computed_from_and_links_to_them() -> None:
    now, then = figure(110), figure(100, NOW.a_year_before())
    change = percent_change(now, then)

    entry, *parts = traced(change).entries

    assert entry.said.endswith(
        "; percent change. Computed from entries 2 and 3. Said in paragraph 1."
    )
    links = {one.text: one.anchor for one in entry.told if one.anchor}
    assert links == {"2": now.id, "3": then.id, "paragraph 1": "paragraph-1"}
    assert [one.places for one in parts] == [(), ()]


def test_entries_far_apart_are_named_one_by_one() -> None:
    some = [figure(n) for n in range(6)]
    total = derived((some[0], some[2], some[3], some[4]), value=1, unit="offences", method="sum")

    entry = traced(*some, total).entries[-1]

    assert "Computed from entries 1 and 3 to 5." in entry.said


def test_a_long_method_of_many_entries_is_named_once_and_plain_words_stay() -> None:
    method = "average of the level, as told; nhs-making-data-count 2023-11"
    made = traced(*(figure(n, method=method) for n in range(3)))

    assert [(one.label, one.text) for one in made.methods.keys] == [
        ("M1", "nhs-making-data-count 2023-11")
    ]
    assert all("; average of the level, as told; M1." in one.said for one in made.entries)


def test_what_most_entries_share_is_said_once_and_the_others_say_their_own() -> None:
    here = [figure(n) for n in range(2)]
    there = figure(9, scope="merseyside", basis="forecast")

    made = traced(*here, there)

    assert made.left_out == (
        " An entry that says no other is about west-midlands and has the base “actual”."
    )
    assert ": burglary-dwelling, merseyside, 1 Apr 2013 to 14 Mar 2014; forecast; count 1." in (
        made.entries[-1].said
    )
    assert "west-midlands" not in made.entries[0].said


def test_whole_months_are_said_as_months_and_a_day_as_a_day() -> None:
    months = figure(1, Period(date(2013, 4, 1), date(2014, 2, 28)))
    month = figure(1, Period(date(2014, 2, 1), date(2014, 2, 28)))
    day = replace(figure(1), period=None)

    told = [one.said for one in traced(months, month, day).entries]

    for words, when in zip(
        told, ("Apr 2013 to Feb 2014", "Feb 2014", "at 14 Mar 2014"), strict=True
    ):
        assert words.startswith(f": burglary-dwelling, {when};")


def test_a_missing_figure_says_why() -> None:
    (entry,) = traced(figure(None, missing="July was not supplied")).entries

    assert entry.value == "not known"
    assert "; missing: July was not supplied." in entry.said
