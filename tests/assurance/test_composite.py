"""The composite counts positions and names exceptions; it never averages (invariant 11)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as for_any
from hypothesis import strategies as st

from assurance import judged_rounds as given
from assurance.judged_rounds import FORCE, GEAR, INCIDENTS, OLD, UNITS, key
from regard.assurance.cells import Reads
from regard.assurance.composite import composite
from regard.register.kinds import Absent, Line

LEVELS = ("not-met", "partly-met", "met", "met-and-sustained")


@pytest.fixture
def setting(tmp_path, database_url):
    setting = given.setting_of(tmp_path, database_url)
    yield setting
    setting.register.close()


def whole(setting):
    return composite(setting.view(), given.read(setting), scope=FORCE).whole


def test_a_round_in_which_nobody_spoke_says_so(setting):
    told = [str(one) for one in whole(setting).statements()]

    assert told == [
        "Of 8 cells, none was assessed in this round.",
        "Not counted: 8 cells not assessed.",
    ]


def test_levels_are_counted_worst_first_and_the_worst_is_named(setting):
    evidence = (given.fact(setting, "muster"),)
    given.say(setting, key(UNITS), "met", evidence=evidence)
    given.say(setting, key(GEAR), "not-met", evidence=evidence)
    given.say(setting, key(INCIDENTS), "met", evidence=evidence)

    spread = whole(setting)

    assert [str(one) for one in spread.statements()] == [
        "Of 8 cells, 3 cells assessed in this round: 1 cell not met and 2 cells met.",
        "The worst position is “Not met”, in 1 cell.",
        "Not counted: 5 cells not assessed.",
    ]
    assert dict(spread.exceptions())["Not met"][0].key == key(GEAR)


def test_every_number_of_a_spread_is_a_figure_with_the_entries_it_counts(setting):
    seq = given.say(setting, key(UNITS), "met")
    given.say(setting, key(GEAR), "not-met", evidence=(given.fact(setting, "drill"),))

    said = whole(setting).statements()

    plain = "".join(part.text for one in said for part in one.parts if part.figure is None)
    assert not any(letter.isdigit() for letter in plain)
    without = next(one for one in said if "name no evidence" in str(one))
    assert any(f"entry {seq}:" in str(one) for one in without.figures[0].sources)


def test_the_best_level_of_a_scale_is_no_exception(setting):
    given.say(setting, key(UNITS), "met-and-sustained", evidence=(given.fact(setting, "muster"),))

    assert "Met and sustained" not in dict(whole(setting).exceptions())


def test_four_kinds_of_absence_are_counted_apart(setting):
    for code, absent in zip((UNITS, GEAR, INCIDENTS, OLD), Absent, strict=True):
        given.say(setting, key(code), None, absent=absent)

    spread = whole(setting)

    counts = {reads: len(spread.reading(reads)) for reads in Reads}
    assert counts[Reads.NOT_APPLICABLE] == 1
    assert counts[Reads.NOT_ASSESSED] == 1 + 4
    assert counts[Reads.NOT_MEASURED] == 1
    assert counts[Reads.WITHHELD] == 1
    assert spread.assessed == ()


def test_stale_and_asserted_are_counted_and_named_as_such(setting):
    old = given.fact(setting, "muster", expires=date(2014, 11, 30))
    given.say(setting, key(UNITS), "met", evidence=(old,))
    given.say(setting, key(GEAR), "met")

    spread = whole(setting)

    assert str(spread.statements()[-1]) == (
        "Of those assessed, 1 cell rest on evidence that has expired and 1 cell name no evidence."
    )
    named = dict(spread.exceptions())
    assert [one.key for one in named["stale, with all evidence expired"]] == [key(UNITS)]
    assert [one.key for one in named["asserted, with no evidence named"]] == [key(GEAR)]


def test_lines_that_differ_are_named(setting):
    given.say(setting, key(UNITS), "met")
    given.say(setting, key(UNITS), "partly-met", line=Line.OVERSEEING)

    assert [one.key for one in dict(whole(setting).exceptions())["lines differ"]] == [key(UNITS)]


def test_every_count_traces_to_the_judgements_it_counts(setting):
    seq = given.say(setting, key(UNITS), "met")

    figures = [one for said in whole(setting).statements() for one in said.figures]

    assert any(f"entry {seq}:" in str(source) for one in figures for source in one.sources)
    assert all(one.sources for one in figures)


def test_what_is_marked_higher_marks_the_whole(setting):
    assert str(whole(setting).marking) == "OFFICIAL"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@for_any(
    levels=st.lists(st.sampled_from((*LEVELS, None)), min_size=8, max_size=8),
)
def test_counts_add_up_to_the_cells_and_no_mean_is_ever_said(tmp_path_factory, levels):
    setting = given.setting_of(tmp_path_factory.mktemp("round"))
    places = [key(code, c) for code in (UNITS, GEAR, INCIDENTS, OLD) for c in given_cs()]
    for place, level in zip(places, levels, strict=True):
        if level is not None:
            given.say(setting, place, level)

    spread = whole(setting)

    counted = sum(len(one.cells) for one in spread.levels)
    aside = len(spread.cells) - len(spread.assessed)
    assert counted == len(spread.assessed) == sum(one is not None for one in levels)
    assert counted + aside == 8
    said = [level for level in LEVELS if level in levels]
    assert [one.level.code for one in spread.worst] == said[:1]
    numbers = {figure.value for one in spread.statements() for figure in one.figures}
    assert all(number == int(number) for number in numbers)
    setting.register.close()


def given_cs():
    return ("capacity", "capability")


def test_parts_are_the_headings_and_share_the_cells_among_them(setting):
    given.say(setting, key(UNITS), "met")

    made = composite(setting.view(), given.read(setting))

    assert [one.name for one in made.parts] == ["order", "cyber"]
    assert sum(len(one.spread.cells) for one in made.parts) == len(made.whole.cells) == 8
    assert [aspect for aspect, _ in made.parts[0].by_aspect] == ["capacity", "capability"]
