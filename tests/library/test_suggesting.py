"""Suggestions: the worst counts, nothing is averaged, and what is not known is said."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.library.shelf import library
from regard.library.suggesting import Evidence, Held, Inputs, Reached, Suggestion, suggest

LIBRARY = library()
POSITIONS = LIBRARY.scale("spr-position@1").codes
INDICATORS = LIBRARY.scale("indicator@1").codes
CURRENT = Evidence(current=1)


def asked(rule: str, **inputs) -> Suggestion:
    return suggest(LIBRARY.rule(rule), Inputs(**inputs), scales=LIBRARY.scales, rules=LIBRARY.rules)


def reached(have: object, need: object, *, sustained: bool = False) -> Reached:
    return Reached("officers", Decimal(str(have)), Decimal(str(need)), sustained)


def indicator(level: str) -> Held:
    return Held(f"an indicator {level}", "indicator@1", level)


@pytest.mark.parametrize(
    ("have", "need", "level"),
    [
        (1326, 1326, "met"),
        (1400, 1326, "met"),
        (1193, 1326, "partly-met"),
        (37, 56, "not-met"),
        (0, 56, "not-met"),
        ("0.75", 1, "partly-met"),
        ("0.7499999", 1, "not-met"),
    ],
)
def test_a_share_of_a_target_suggests_its_band(have, need, level):
    assert asked("reached-share@1", reached=(reached(have, need),)).level == level


def test_the_worst_of_several_figures_counts_and_is_told_first():
    found = asked("reached-share@1", reached=(reached(10, 10), reached(37, 56), reached(9, 10)))

    assert found.level == "not-met"
    assert [one.level for one in found.because] == ["not-met", "partly-met", "met"]


def test_what_can_be_kept_up_is_better_than_what_can_be_met():
    met = asked("reached-share@1", reached=(reached(17, 17),))
    kept_up = asked("reached-share@1", reached=(reached(17, 17), reached(17, 17, sustained=True)))
    not_kept_up = asked(
        "reached-share@1", reached=(reached(17, 17), reached(3, 17, sustained=True))
    )

    assert (met.level, kept_up.level, not_kept_up.level) == ("met", "met-and-sustained", "not-met")


def test_a_share_is_cut_and_never_rounded_up_to_a_target():
    found = asked("reached-share@1", reached=(reached(99_999_999, 100_000_000),))

    assert found.because[0].share == Decimal("0.9999")
    assert found.level == "partly-met"


def test_a_suggestion_can_be_read():
    found = asked(
        "reached-share@1", reached=(reached(37, 56),), unknown=(("rest days", "withheld"),)
    )

    assert str(found) == (
        "not-met by reached-share@1 (officers: 37 of 56, a share of 0.6607 suggests not-met; "
        "rest days: withheld)"
    )


@pytest.mark.parametrize(
    ("evidence", "level"),
    [
        (Evidence(0), "not-met"),
        (Evidence(0, expired=3), "partly-met"),
        (Evidence(1, expired=3), "met"),
        (None, "met"),
    ],
)
def test_nothing_better_is_suggested_than_evidence_can_show(evidence, level):
    assert asked("spr-demand@1", reached=(reached(5, 5),), evidence=evidence).level == level


def test_figures_indicators_and_evidence_are_taken_together():
    found = asked(
        "spr-demand@1",
        reached=(reached(5, 5),),
        held=(indicator("partly-in-place"), indicator("in-place")),
        evidence=CURRENT,
    )

    assert found.level == "partly-met"
    assert found.because[0].what == "an indicator partly-in-place"


def test_without_anything_to_go_by_no_level_is_suggested():
    found = asked("spr-demand@1", evidence=CURRENT, unknown=(("strength", "not measured"),))

    assert found.level is None
    assert [(one.what, one.found, one.level) for one in found.because] == [
        ("strength", "not measured", "")
    ]


@pytest.mark.parametrize("rule", ["inspectors-grade@1", "board-unaided@1", "rag-unaided@1"])
def test_a_rule_that_leaves_it_to_the_post_suggests_nothing(rule):
    found = asked(rule, reached=(reached(0, 5),), evidence=Evidence(0))

    assert found.level is None
    assert found.because


@pytest.mark.parametrize(
    ("impact", "likelihood", "level"),
    [("5", "5", "very-high"), ("1", "1", "low"), ("5", "1", "high"), ("1", "5", "medium")],
)
def test_likelihood_by_impact_finds_its_cell(impact, likelihood, level):
    held = (Held("flood", "impact@1", impact), Held("flood", "likelihood@1", likelihood))

    assert asked("likelihood-by-impact@1", held=held).level == level


def test_half_a_risk_has_no_rating():
    assert asked("likelihood-by-impact@1", held=(Held("flood", "impact@1", "5"),)).level is None


def test_two_impacts_for_one_risk_are_refused():
    held = tuple(Held("flood", "impact@1", level) for level in "45") + (
        Held("flood", "likelihood@1", "3"),
    )

    with pytest.raises(DefinitionRefused, match=r"flood \(4\), flood \(5\)"):
        asked("likelihood-by-impact@1", held=held)


def test_a_target_of_nought_is_refused():
    with pytest.raises(NotEnoughData, match="officers: a share of a target of 0"):
        asked("reached-share@1", reached=(reached(5, 0),))


@pytest.mark.parametrize(("have", "need"), [(-1, 5), (1, -5)])
def test_numbers_below_nought_are_refused(have, need):
    with pytest.raises(DefinitionRefused, match="officers"):
        asked("reached-share@1", reached=(reached(have, need),))


def test_evidence_below_nought_is_refused():
    with pytest.raises(DefinitionRefused, match="-1 current"):
        asked("evidence-held@1", evidence=Evidence(-1))


def test_a_level_that_is_none_of_its_scale_is_refused():
    with pytest.raises(DefinitionRefused, match="'perfect'"):
        asked("weakest-indicator@1", held=(indicator("perfect"),))


amounts = st.decimals(0, 10_000, places=2)
targets = st.decimals("0.01", 10_000, places=2)
figures = st.lists(
    st.builds(Reached, st.just("officers"), amounts, targets, st.booleans()), max_size=5
)
indicators = st.lists(st.sampled_from(INDICATORS).map(indicator), max_size=5)
some_evidence = st.none() | st.builds(Evidence, st.integers(0, 3), st.integers(0, 3))


def rank(found: Suggestion) -> int:
    return POSITIONS.index(found.level) if found.level else len(POSITIONS)


@given(figures, indicators, some_evidence, st.randoms())
def test_the_order_of_what_is_put_in_changes_no_suggestion(these, those, evidence, chance):
    shuffled = chance.sample(these, len(these)), chance.sample(those, len(those))

    first = asked("spr-demand@1", reached=tuple(these), held=tuple(those), evidence=evidence)
    second = asked(
        "spr-demand@1", reached=tuple(shuffled[0]), held=tuple(shuffled[1]), evidence=evidence
    )

    assert first.level == second.level


@given(figures, indicators, some_evidence)
def test_the_level_is_the_worst_of_what_led_to_it_and_no_average(these, those, evidence):
    found = asked("spr-demand@1", reached=tuple(these), held=tuple(those), evidence=evidence)

    levels = [one.level for one in found.because if one.level]
    assert found.level == (min(levels, key=POSITIONS.index) if levels else None)


@given(figures, indicators, some_evidence)
def test_one_more_that_falls_short_never_makes_it_better(these, those, evidence):
    before = asked("spr-demand@1", reached=tuple(these), held=tuple(those), evidence=evidence)
    worse = (*those, indicator("not-in-place"))

    after = asked("spr-demand@1", reached=tuple(these), held=worse, evidence=evidence)

    assert after.level == "not-met"
    assert rank(after) <= rank(before)


@given(
    st.lists(st.builds(Reached, st.just("x"), amounts, targets), min_size=1, max_size=4), amounts
)
def test_more_of_a_figure_never_makes_it_worse(these, more):
    first, *rest = these
    raised = (Reached("x", first.have + more, first.need), *rest)

    before = asked("reached-share@1", reached=tuple(these))
    after = asked("reached-share@1", reached=raised)

    assert rank(after) >= rank(before)
