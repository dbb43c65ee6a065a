"""Fields of a library file, refused by name where they are wrong."""

from __future__ import annotations

from decimal import Decimal

import pytest

from regard.core.errors import MOST_PROBLEMS, DefinitionRefused
from regard.library.tables import Problems, Table, listed, parsed


def table(**fields) -> Table:
    return Table("book.toml", "node 1", fields)


@pytest.mark.parametrize(
    ("read", "value", "said"),
    [
        ("text", 3, "field = 3"),
        ("text", "  ", "field = '  '"),
        ("name", "Two Words", "Two Words"),
        ("code", "a//b", "a//b"),
        ("code", "a" * 121, "at most 120"),
        ("versioned", "ladder", "spr-position@1"),
        ("versioned", "ladder@0", "ladder@0"),
        ("flag", "yes", "true or false"),
        ("whole", True, "field = True"),
        ("number", -1, "field = -1"),
        ("number", Decimal("NaN"), "NaN"),
        ("day", "2020-01-01", "without quotes"),
        ("texts", ["a", 1], "field = "),
        ("pairs", ["a"], "field = "),
        ("inner", "a", "field = 'a'"),
    ],
)
def test_a_field_of_the_wrong_sort_is_refused_by_name(read, value, said):
    with pytest.raises(DefinitionRefused) as refusal:
        getattr(table(field=value), read)("field")

    assert str(refusal.value).startswith("book.toml: node 1 has field")
    assert said in str(refusal.value)


@pytest.mark.parametrize("read", ["text", "code", "whole", "number", "day"])
def test_a_field_that_is_not_there_is_named(read):
    with pytest.raises(DefinitionRefused, match="node 1 has no field"):
        getattr(table(), read)("field")


def test_a_slip_of_the_pen_is_met_with_the_word_that_was_meant():
    one = table(jugded=True)
    one.flag("judged")

    with pytest.raises(DefinitionRefused, match="write judged if that was meant"):
        one.nothing_else()


def test_spaces_and_line_ends_within_words_count_as_one():
    assert table(field="two \n  words ").text("field") == "two words"


def test_a_list_that_is_no_list_of_tables_is_a_problem():
    problems = Problems()

    assert listed({"node": 3}, "node", "book.toml", problems) == []
    assert "node is not a list of tables" in str(problems.found[0])


def test_no_more_than_fifty_problems_are_named():
    problems = Problems()
    for number in range(MOST_PROBLEMS + 10):
        problems.add(DefinitionRefused(f"wrong {number}", expected="right"))

    with pytest.raises(
        DefinitionRefused, match="60 problems, of which the first 50 are"
    ) as refusal:
        problems.settle("book.toml")

    assert "wrong 49" in str(refusal.value)
    assert "wrong 50" not in str(refusal.value)


def test_fractions_are_exact():
    assert parsed("share = 0.1", "book.toml")["share"] == Decimal("0.1")
