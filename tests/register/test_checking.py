"""The chain of entries, checked one after another."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.register.canonical import canonical
from regard.register.checking import Chain, Part
from regard.register.entries import HEADER, header_of
from register.forces import World
from register.tampering import rows_of


class Rows(list[tuple[Any, ...]]):
    """Rows that a failing example does not print by the thousand."""

    def __repr__(self) -> str:
        return f"{len(self)} rows"


@pytest.fixture(scope="module")
def rows(shared_world: World) -> Rows:
    return Rows(rows_of(shared_world.register))


def lawful(_seq: int, _decision: int) -> str:
    return ""


def test_entries_as_they_were_written_are_whole(rows, shared_world):
    chain = Chain(lawful)

    assert chain.take(rows) is None
    assert chain.head() == shared_world.register.head()


def test_a_header_is_its_columns_in_canonical_form(rows):
    for row in rows:
        assert header_of(row[:12]) == canonical(dict(zip(HEADER, row[:12], strict=True)))


@given(st.lists(st.text(), min_size=10, max_size=10), st.integers(1), st.integers(1))
def test_any_header_is_its_columns_in_canonical_form(texts, seq, version):
    columns = (seq, *texts[:2], version, *texts[2:])

    assert header_of(columns) == canonical(dict(zip(HEADER, columns, strict=True)))


values = st.one_of(
    st.none(), st.integers(-2, 2**63), st.text(max_size=70), st.binary(max_size=3), st.floats()
)


@given(place=st.integers(0, 14), at=st.floats(0, 1, exclude_max=True), value=values)
def test_any_changed_column_is_found_where_it_is(rows, place, at, value):
    seq = int(at * len(rows)) + 1
    row = list(rows[seq - 1])
    if row[place] == value and type(row[place]) is type(value):
        return
    row[place] = value
    twice = place == 0 and value == seq - 1 > 0

    bad = Chain(lawful, len(rows)).take([*rows[: seq - 1], tuple(row), *rows[seq:]])

    assert bad is not None
    assert bad.seq == (seq - 1 if twice else seq)


@given(st.data())
def test_any_entry_left_out_doubled_or_moved_is_found_where_it_is(rows, data):
    seq = data.draw(st.integers(2, len(rows) - 1))
    other = data.draw(st.integers(seq + 1, len(rows)))
    held = rows[seq - 1]
    swapped = [*rows[: seq - 1], rows[other - 1], *rows[seq : other - 1], held, *rows[other:]]
    wrong = {
        Part.MISSING: [*rows[: seq - 1], *rows[seq:]],
        Part.DOUBLED: [*rows[:seq], held, *rows[seq:]],
    }

    found = {part: Chain(lawful, len(rows)).take(one) for part, one in wrong.items()}
    moved = Chain(lawful, len(rows)).take(swapped)

    assert {part: (one.seq, one.part) for part, one in found.items()} == {
        part: (seq, part) for part in wrong
    }
    assert moved.seq == seq


@given(number=st.integers(1, 40))
def test_half_a_character_is_no_header_and_no_words(rows, number):
    row = list(rows[number - 1])
    headed, worded = list(row), list(row)
    headed[6] = "party:\ud800"
    worded[14] = '"\ud800"'

    for one, part in ((headed, Part.HEADER), (worded, Part.WORDS)):
        bad = Chain(lawful, len(rows)).take([*rows[: number - 1], tuple(one)])

        assert (bad.seq, bad.part) == (number, part)
