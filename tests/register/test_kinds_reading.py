"""Values to words and back, for every kind, with refusals that name what is wrong."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused, NotKnown
from regard.register.kinds import KINDS, Concern, Measure, changed, kind_named, made
from regard.register.kinds.reading import checked, value_of, words_of
from register import forces
from register.forces import FORCES
from register.matrix import SORTS, said

FORCE = FORCES[0]


@pytest.mark.parametrize("sort", sorted(SORTS))
def test_every_kind_reads_back_as_it_was_written(sort):
    value = said(sort, FORCE)

    assert value_of(value.kind, words_of(value)) == value


def test_there_are_fourteen_kinds_and_each_is_written_here():
    assert len(KINDS) == 14
    assert {kind for _, kind in SORTS.values()} == set(KINDS)


@given(text=st.text(min_size=1, max_size=80).filter(lambda one: one.strip()))
def test_any_words_at_all_read_back_as_they_were(text):
    try:
        value = forces.concern(FORCE, text=text)
    except DefinitionRefused:
        with pytest.raises(UnicodeEncodeError):
            text.encode()
        return

    assert value_of("concern", words_of(value)) == value


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"text": ""}, "text"),
        ({"tense": "soon"}, "tense is 'soon'"),
        ({"scope": "avon"}, "scope is 'avon'"),
        ({"tense": "past"}, "a vulnerability is not past"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_refusal_names_the_field_and_what_was_given(fields, told):
    with pytest.raises(DefinitionRefused, match=told) as refused:
        forces.concern(FORCE, **fields)

    assert "a concern cannot be entered so" in str(refused.value)
    assert refused.value.expected


def test_what_is_missing_is_named():
    with pytest.raises(DefinitionRefused, match="unit is missing; method is missing"):
        made(Measure, name="PSUs")


def test_words_that_break_the_rules_of_the_kind_are_refused():
    with pytest.raises(DefinitionRefused, match="a concern cannot be entered so"):
        value_of("concern", '{"text":"x"}')


def test_a_kind_that_is_not_known_is_refused_with_those_that_are():
    with pytest.raises(NotKnown, match="concern"):
        kind_named("concerns")


def test_a_changed_value_is_checked_as_a_whole():
    value = forces.concern(FORCE)

    assert changed(value, text="another").text == "another"
    with pytest.raises(DefinitionRefused, match="not past"):
        changed(value, tense="past")


def test_any_other_way_of_making_a_value_refuses_alike():
    with pytest.raises(DefinitionRefused, match="cannot be entered so"):
        checked(partial(Concern.model_validate, {"text": "x"}), "concern")


def test_what_was_not_said_is_left_out_of_the_words():
    assert "root_cause" not in words_of(forces.concern(FORCE))
