"""The printed numbers of source paper 001 about people, by the ids of the acceptance list."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused
from regard.core.quantities import PERCENT
from regard.core.verdicts import Verdict
from regard.workforce.printed import (
    Finding,
    adds_up,
    agrees,
    all_of,
    as_printed,
    base_implied,
    change_named,
    held_against,
    listed_of,
    only_asserted,
    part_of,
    places_of,
    two_populations,
    within_parts,
)
from regard.workforce.stocks import bases_apart, vacancies
from workforce.rocu import AFTER, counted, rocu, whole

BOTH = ("core", "uplift")
ADVERTS = {"out to advert": 28}
PROCESS = {
    "awaiting vetting": 5,
    "start in December": 3,
    "start in January": 1,
    "start in March": 1,
    "awaiting release": 1,
}
PHRASE = counted(448, unit="posts", measure="threshold")
FOU, FIREARMS = counted(258, unit="posts"), counted(235)


def percent(value: float, measure: str = "share"):
    return counted(value, unit=PERCENT, measure=measure)


def on(bases, people=446):
    posts, strength = whole(people)
    return vacancies(posts, strength, bases=bases)


def printed(value, like):
    return held_against(as_printed(value, like, at="P13"), like)


def less(one, other):
    return replace(one, value=one.known - other.known, parts=(one, other))


S1: dict[str, tuple[Finding, float | None, str]] = {
    "S1-01": (printed(53, on(BOTH).figure), 53, "OK"),
    "S1-02": (
        held_against(
            as_printed(53, on(("core",)).figure, at="P13"),
            on(("core",)).figure,
            others=(on(BOTH).figure,),
        ),
        26,
        "BASIS",
    ),
    "S1-03": (printed(53, rocu().row("vacancies with uplift").total), 53, "OK"),
    "S1-04": (printed(27, rocu().row("uplift posts").total), 27, "OK"),
    "S1-05": (printed(448, rocu().row("threshold").total), 448.4, "OK-R"),
    "S1-06": (printed(-2, less(counted(446), counted(448))), -2, "OK"),
    "S1-07": (listed_of(on(BOTH).figure, ADVERTS | PROCESS), 39, "derived"),
    "S1-08": (
        two_populations(counted(14), counted(18), who="officers", who_printed="officers and staff"),
        14,
        "BASIS",
    ),
    "S1-09": (
        printed(10, replace(counted(28 - 18, unit="posts"), measure="other adverts")),
        10,
        "OK",
    ),
    "S1-10": (part_of(counted(18), counted(90), printed=percent(20)), 20, "OK"),
    "S1-11": (base_implied(percent(17.5), counted(18)), 102.857142857, "ND"),
    "S1-12": (printed(32, on(BOTH, 467).figure), 32, "OK"),
    "S1-13": (
        held_against(
            as_printed(32, on(("core",), 467).figure, at="P17"),
            on(("core",), 467).figure,
            others=(on(BOTH, 467).figure,),
        ),
        5,
        "BASIS",
    ),
    "S1-14": (printed(19, less(counted(467), counted(448))), 19, "OK"),
    "S1-15": (change_named(counted(446), counted(467), PROCESS), 11, "BAD"),
    "S1-16": (only_asserted(counted(1, unit="tasking")), None, "ND"),
    "S1-17": (only_asserted(counted(18, unit="months")), None, "ND"),
    "S1-20": (within_parts(percent(92), [percent(93), percent(91), percent(90)]), 8, "ND"),
    "S1-21": (only_asserted(percent(7.75)), None, "ND"),
    "S1-22": (printed(23, less(FOU, FIREARMS)), 23, "OK"),
    "S1-23": (printed(10, less(FOU, counted(248))), 10, "OK"),
    "S1-24": (part_of(FIREARMS, FOU), 91.0852713178, "derived"),
    "S1-25": (part_of(counted(37), counted(56)), 66.0714285714, "derived"),
    "S1-26": (all_of(counted(10), {"in January": 5, "at the end of February": 4}), 9, "BAD"),
    "S1-27": (part_of(counted(37 + 10), counted(56)), 83.9285714286, "derived"),
}


@pytest.mark.parametrize("named", S1)
def test_every_row_about_people_has_its_value_and_verdict(named):
    found, value, verdict = S1[named]

    assert found.verdict == verdict
    assert (found.computed is None) == (value is None)
    if found.computed is not None:
        assert found.computed.known == pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize(
    "named, said",
    [
        ("S1-05", "448 posts was printed: 448.4, rounded."),
        ("S1-07", "39 of 53 vacancies are listed; 14 are not."),
        (
            "S1-08",
            "14 are officers and 18 are officers and staff: two populations; 4 lie between.",
        ),
        (
            "S1-11",
            "No base is printed for 17.5%: if it is 18 of something, it is of 102.9.",
        ),
        (
            "S1-15",
            "21 officers come, but 11 are named: 10 are not explained.",
        ),
        (
            "S1-20",
            "92.0% lies within 90.0% to 93.0%, but how much each part weighs is not printed; it "
            "leaves 8.0%.",
        ),
        ("S1-25", "37 of 56 officers is 66.1%, 19 short."),
        ("S1-26", "9 of 10 officers are listed; 1 are not."),
        ("S1-27", "47 of 56 officers is 83.9%, 9 short."),
    ],
)
def test_each_finding_is_a_sentence(named, said):
    assert str(S1[named][0].statement) == said


def test_the_remaining_vacancies_are_what_the_list_leaves():
    found = listed_of(on(BOTH).figure, ADVERTS | PROCESS)

    assert found.statement.figures[-1].known == 14


def test_the_two_bases_of_the_recruits_table_are_explained():
    found = bases_apart(on(BOTH, 467), on(("core",), 467))

    assert found.gap.known == 27


def test_vacancies_by_force_on_the_uplifted_base_were_not_printed_but_follow():
    before = rocu().row("vacancies with uplift")
    after = rocu(AFTER).row("vacancies with uplift")

    assert [one.known for one in before.cells] == [31, 0.5, 14, 7.5]
    assert [one.known for one in after.cells] == [21, -0.5, 10, 1.5]
    assert after.total.known == 32


@pytest.mark.parametrize(
    "computed, said, verdict",
    [
        (448.4, 448, "OK-R"),
        (474.05, 448, "BAD"),
        (26, 26, "OK"),
        (66.0714, 66.1, "OK-R"),
        (-0.625, -1, "OK-R"),
        (54.5, 55, "OK-R"),
        (54.5, 54, "BAD"),
    ],
)
def test_rounding_is_told_from_error(computed, said, verdict):
    assert agrees(computed, said) == verdict


@pytest.mark.parametrize("number, places", [(448, 0), (57.5, 1), (-0.625, 3), (1e-9, 6), (0, 0)])
def test_places_are_those_a_number_is_written_with(number, places):
    assert places_of(number) == places


def test_all_listed_is_said_and_more_than_all_is_bad():
    total = counted(39, unit="vacancies")

    enough = listed_of(total, ADVERTS | PROCESS)
    over = listed_of(replace(total, value=38), ADVERTS | PROCESS, what="in hand")

    assert (enough.verdict, str(enough.statement)) == ("OK", "All 39 vacancies are listed.")
    assert (over.verdict, str(over.statement)) == (
        "BAD",
        "39 are in hand of 38 vacancies: 1 too many.",
    )
    assert all_of(total, ADVERTS | PROCESS).verdict is Verdict.OK


def test_a_change_that_is_named_in_full_is_ok():
    found = change_named(counted(446), counted(457), PROCESS)

    assert (found.verdict, str(found.statement)) == ("OK", "11 officers come, and 11 are named.")


def test_a_sum_that_rounding_does_not_explain_is_bad_without_a_reason():
    parts = [counted(3), counted(4)]

    plain = adds_up(parts, counted(8))
    exact = adds_up(parts, counted(8), exact=[counted(3), counted(4.2)])

    assert [plain.verdict, plain.reason, exact.reason] == ["BAD", "", ""]
    assert str(plain.statement) == "The parts add up to 7, but 8 officers was printed."


def test_exact_parts_must_be_as_many_as_printed_ones():
    with pytest.raises(DefinitionRefused, match="1 exact parts of 2 printed"):
        adds_up([counted(1), counted(2)], counted(3), exact=[counted(1)])


def test_two_counts_of_the_same_people_are_held_against_each_other():
    found = two_populations(counted(14), counted(18), who="officers", who_printed="officers")

    assert found.verdict is Verdict.BAD


def test_two_populations_of_one_size_are_still_two():
    found = two_populations(counted(18), counted(18), who="officers", who_printed="staff")

    assert found.verdict is Verdict.BASIS
    assert str(found.statement).endswith("and it is chance that they are as many.")


def test_a_share_outside_its_parts_is_bad():
    found = within_parts(percent(95), [percent(93), percent(91)])

    assert (found.verdict, str(found.statement)) == ("BAD", "95.0% lies outside 91.0% to 93.0%.")


def test_a_part_beyond_its_whole_is_over():
    assert str(part_of(counted(60), counted(56)).statement).endswith("4 over.")


@pytest.mark.parametrize(
    "ask",
    [
        lambda: base_implied(percent(0), counted(18)),
        lambda: within_parts(percent(90), []),
        lambda: part_of(counted(1), counted(0)),
    ],
)
def test_a_question_without_a_base_is_refused(ask):
    with pytest.raises(DefinitionRefused, match="0"):
        ask()


@given(st.floats(-5000, 5000), st.integers(0, 2))
def test_a_number_always_agrees_with_its_own_rounding(number, places):
    assert agrees(number, float(f"{number:.{places}f}")) is not Verdict.BAD or (
        # Halves: format rounds the binary number, papers round the one that is written.
        abs(abs(number * 10**places) % 1 - 0.5) < 1e-6
    )
