"""A formula is arithmetic of named inputs, exact, and nothing else can stand in it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance.given_targets import PSU_FORMULA, PSU_INPUTS
from regard.assurance.formulas import ROUNDINGS, formula_of
from regard.core.errors import DefinitionRefused, NotKnown
from regard.register.kinds import Input

numbers = st.decimals(
    allow_nan=False, allow_infinity=False, min_value=-10_000, max_value=10_000, places=3
)


def inputs(**values):
    return [Input(name=name, value=value, unit="officers") for name, value in values.items()]


def test_seventeen_units_of_twenty_six_three_times_over_are_1326():
    assert formula_of(PSU_FORMULA).of(PSU_INPUTS).value == 1326


def test_95_per_cent_of_472_is_448_when_the_formula_rounds_down():
    share = Input(name="share", value=95, unit="%")
    base = Input(name="establishment", value=472, unit="officers")

    exact = formula_of("share ÷ 100 × establishment").of([share, base])
    down = formula_of("round_down(share ÷ 100 × establishment)").of([share, base])

    assert (exact.value, down.value) == (Fraction("448.4"), 448)


def test_a_tenth_is_a_tenth():
    assert formula_of("0.1 + 0.2").of([]).value == Fraction(3, 10)


def test_halves_round_away_from_nought():
    nearest = ROUNDINGS["round_nearest"]

    assert [nearest(Fraction(one, 2)) for one in (-3, -1, 1, 3)] == [-2, -1, 1, 2]


def test_the_names_stand_in_the_order_in_which_they_are_taken():
    assert formula_of("b + a × b").names == ("b", "a")


@given(numbers, numbers, numbers)
def test_order_of_adding_and_multiplying_does_not_matter(a, b, c):
    held = inputs(a=a, b=b, c=c)

    spread = formula_of("a × c + b × c").of(held)
    together = formula_of("(a + b) × c").of(held)

    assert spread.value == together.value


@given(numbers, numbers)
def test_what_is_added_and_taken_away_again_leaves_the_number(a, b):
    assert formula_of("a + b − b").of(inputs(a=a, b=b)).value == Fraction(a)


@given(numbers, numbers.filter(bool))
def test_what_is_divided_and_multiplied_again_is_the_number_exactly(a, b):
    assert formula_of("a ÷ b × b").of(inputs(a=a, b=b)).value == Fraction(a)


@given(numbers)
def test_rounding_down_and_up_hold_the_number_between_them(a):
    held = inputs(a=a)
    down, nearest, up = (formula_of(f"{one}(a)").of(held).value for one in sorted(ROUNDINGS))

    assert down <= Fraction(a)
    assert sorted([down, nearest, up])[0] == down
    assert formula_of("round_up(a)").of(held).value >= Fraction(a)


@given(st.text(alphabet="ab_ .0129+-*/()×÷−%='[]{}:;,\n", max_size=40))
def test_any_words_are_arithmetic_of_named_inputs_or_refused(text):
    try:
        found = formula_of(text).names
    except DefinitionRefused:
        found = ()

    assert all(name.replace("_", "").isalpha() for name in found)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("a ** b", "a ** b"),
        ("a // b", "a // b"),
        ("a % b", "'%' at character 3"),
        ("a.b", "'.' at character 2"),
        ("a[0]", "'[' at character 2"),
        ("__import__(a)", "'_' at character 1"),
        ("open(a)", "'open' is not a way of rounding"),
        ("round_down(a)(b)", "is not a way of rounding"),
        ("round_down", "round_down rounds nothing"),
        ("round_down(a, b)", "',' at character 13"),
        ("round_down()", "round_down takes 0 numbers"),
        ("a if b else c", "is not arithmetic"),
        ("a and b", "is not arithmetic"),
        ("2a", "'a' at character 2"),
        ("a2", "'2' at character 2"),
        ("1e3", "'e' at character 2"),
        ("a = b", "'=' at character 3"),
        ("'a'", "is not arithmetic"),
        ("a +", "cannot be read as arithmetic"),
        ("", "cannot be read as arithmetic"),
        ("A", "'A' at character 1"),
        ("a\nb", "at character 2"),
        ("a" * 301, "301 characters"),
        ("-" * 60 + "a", "steps deep"),
    ],
)
def test_what_is_not_arithmetic_is_refused_by_its_name(text, named):
    with pytest.raises(DefinitionRefused) as refusal:
        formula_of(text)

    assert named in str(refusal.value)


def test_an_input_that_is_not_given_is_named():
    with pytest.raises(NotKnown, match="times"):
        formula_of("psus × times").of(inputs(psus=1))


def test_an_input_that_is_given_twice_is_refused():
    with pytest.raises(DefinitionRefused, match="psus is given twice"):
        formula_of("psus").of([*inputs(psus=1), *inputs(psus=2)])


def test_dividing_by_nought_is_refused_and_the_divisor_named():
    with pytest.raises(DefinitionRefused, match="'b - b' is 0 and divides"):
        formula_of("a ÷ (b − b)").of(inputs(a=1, b=2))


def test_numbers_of_two_units_are_not_added():
    held = [*inputs(a=1), Input(name="b", value=2, unit="PSUs")]

    with pytest.raises(DefinitionRefused, match="officers and PSUs together"):
        formula_of("a + b").of(held)


@pytest.mark.parametrize(
    ("text", "unit"), [("2 × a − b", "officers"), ("a ÷ 2", "officers"), ("a × b", ""), ("1", "")]
)
def test_the_unit_is_said_where_there_is_no_doubt(text, unit):
    assert formula_of(text).of(inputs(a=1, b=2)).unit == unit
