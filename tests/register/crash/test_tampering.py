"""Every way of editing a stored register is found, and laid at the entry it spoilt."""

from __future__ import annotations

import random

import pytest
from bench.register_edits import (
    BY_WITNESS,
    INSIDE,
    OF_WITNESS,
    Bad,
    suffix_rewritten,
    truncated_with_its_head,
    witness_forged,
)
from bench.register_tampering import commanded, fault_planted, registers, tampered

from regard.register.verifying import verify

A_FEW, MANY, COMMANDS, SEED = 4, 4_000, 40, 20261122
EVERY = (*INSIDE, *BY_WITNESS, *OF_WITNESS)


@pytest.fixture(scope="module")
def spoiling(tmp_path_factory, fresh_database):
    with fresh_database() as url:
        yield registers(tmp_path_factory.mktemp("spoilt"), url)


@pytest.mark.parametrize("edit", EVERY, ids=lambda edit: edit.__name__)
def test_it_is_found_and_named(spoiling, edit):
    found = tampered(spoiling, (edit,), A_FEW, random.Random(SEED))

    assert (found.found, found.named, found.missed) == (A_FEW, A_FEW, {})


def test_what_was_not_edited_is_whole(spoiling):
    for one in spoiling:
        found = verify(one.register, projections=True, witness=one.file, key=one.key)

        assert found.whole, found.said()


@pytest.mark.parametrize("spelling", [str.upper, lambda salt: f"{salt[:30]} "])
def test_a_salt_spelt_otherwise_is_an_edit_though_its_bytes_are_the_same(spoiling, spelling):
    def respelt(draw, hand):
        row = next(one for one in hand.rows if one[14] and spelling(one[13]) != one[13])
        hand.set("body", "salt", spelling(row[13]), row[0])
        return Bad(row[0])

    assert tampered(spoiling, (respelt,), A_FEW, random.Random(SEED)).named == A_FEW


def test_a_head_with_another_space_between_its_hashes_is_an_edit(spoiling):
    def spaced(draw, hand):
        hand.run("UPDATE head SET peaks = REPLACE(peaks, ' ', '  ') || ' '")
        return Bad(0, "head")

    assert tampered(spoiling, (spaced,), A_FEW, random.Random(SEED)).named == A_FEW


def test_without_a_witness_a_consistent_rewriting_is_missed_and_the_report_says_so(spoiling):
    ways = (suffix_rewritten, truncated_with_its_head)

    found = tampered(spoiling, ways, 20, random.Random(SEED), witness=False)

    assert (found.found, found.told) == (0, 20)


def test_without_the_key_a_forged_witness_is_missed(spoiling):
    found = tampered(spoiling, (witness_forged,), 20, random.Random(SEED), key=False)

    assert found.found == 0


@pytest.mark.slow
@pytest.mark.register
@pytest.mark.timeout(600)
def test_thousands_of_edits_are_found_and_named(spoiling):
    found = tampered(spoiling, EVERY, MANY, random.Random(SEED))

    assert (found.found, found.named, found.missed) == (MANY, MANY, {})


@pytest.mark.slow
@pytest.mark.register
def test_a_checker_that_hashes_nothing_anew_misses_them_at_the_same_effort(spoiling):
    with fault_planted():
        found = tampered(spoiling, INSIDE, MANY // 4, random.Random(SEED))

    assert found.found < 0.9 * found.tried


@pytest.mark.slow
@pytest.mark.register
@pytest.mark.timeout(600)
def test_the_command_refuses_and_names_what_was_committed(tmp_path, fresh_database):
    with fresh_database() as url:
        one = registers(tmp_path, url)[-1]
        found = commanded(tmp_path / "commanded", one, url, COMMANDS)

    assert (found.found, found.named, found.missed) == (COMMANDS, COMMANDS, {})
