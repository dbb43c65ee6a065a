"""What a new edition asks of a force: every node once, and nothing carried whose words changed."""

from __future__ import annotations

import pytest
from hypothesis import given

from library.books import CROSSWALK, LATER, crosswalks, shelved
from regard.library.model import DROPPED, REWORDED, SAME
from regard.library.shelf import library
from regard.library.upgrading import CARRY, DEEDS, END, RE_JUDGE, work_list

FOUR_TO_FIVE = library().crosswalk("spr-2012", "spr-2015")


@given(crosswalks())
def test_every_node_of_either_edition_is_covered_once(crosswalk):
    work = work_list(crosswalk)

    kept = [one.code for one in work if one.deed != END]
    ended = [one.code for one in work if one.deed == END]
    came_from = {code for one in work for code in one.earlier}
    assert kept == [node.code for node in crosswalk.later.nodes]
    assert sorted(set(ended)) == sorted(ended)
    assert came_from == set(crosswalk.earlier.by_code())


@given(crosswalks())
def test_only_what_is_the_same_and_judged_alike_is_carried(crosswalk):
    was, now = crosswalk.earlier.by_code(), crosswalk.later.by_code()

    for one in work_list(crosswalk):
        assert one.deed in DEEDS
        assert one.reason
        if one.deed == CARRY:
            before, after = was[one.earlier[0]], now[one.code]
            assert one.crossing in (SAME, REWORDED)
            assert (before.judged, before.scale, before.rule) == (
                after.judged,
                after.scale,
                after.rule,
            )
            assert set(one.aspects) == set(after.aspects) - set(before.aspects)
        if one.deed == RE_JUDGE:
            assert one.aspects == now[one.code].aspects
        if one.deed == END:
            assert one.crossing == DROPPED


@given(crosswalks())
def test_a_work_list_alters_neither_edition(crosswalk):
    before = (crosswalk.earlier, crosswalk.later)

    work_list(crosswalk)

    assert (crosswalk.earlier, crosswalk.later) == before


def test_a_fifth_c_is_to_be_judged_where_the_rest_is_carried():
    work = {one.code: one for one in work_list(FOUR_TO_FIVE)}

    psu = work["public-order/psu-commitment"]
    assert (psu.deed, psu.aspects) == (CARRY, ("contribution",))
    assert psu.reason == "same; not judged before under contribution"


def test_a_new_threat_is_judged_under_every_c():
    work = {one.code: one for one in work_list(library().crosswalk("spr-2015", "spr-2023"))}

    found = work["violence-against-women-and-girls/domestic-abuse"]
    assert (found.deed, found.earlier, len(found.aspects)) == (RE_JUDGE, (), 5)
    assert found.reason == "new: The threat is new."


def test_what_ends_stands_last_with_the_reason():
    work = work_list(library().crosswalk("spr-2015", "spr-2023"))

    ended = [one for one in work if one.deed == END]
    assert list(work[-len(ended) :]) == ended
    assert {one.code for one in ended if one.judged} == {"capability/major-events"}


def test_what_is_from_memory_is_told_from_what_is_confirmed(tmp_path):
    shipped = work_list(FOUR_TO_FIVE)
    own = work_list(library(shelved(tmp_path)).crosswalk("town-2020", "town-2022"))

    assert not any(one.confirmed for one in shipped)
    assert all(one.confirmed for one in own)


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        (
            'scale = "ladder@1"\nrule = "climb@1"',
            'scale = "rag@1"\nrule = "rag-unaided@1"',
            "rag@1",
        ),
        ("judged = true", "", "judged no longer"),
    ],
)
def test_the_same_words_judged_otherwise_are_judged_again(tmp_path, was, now, said):
    later = LATER.replace("Keep boats and crews", "Keep boats")
    same = CROSSWALK.partition("[[crossing]]")[0].replace('["flood"]', '["flood", "flood/boats"]')
    assert was in later

    folder = shelved(tmp_path, town_2022=later.replace(was, now), town=same)
    work = {one.code: one for one in work_list(library(folder).crosswalk("town-2020", "town-2022"))}

    assert work["flood/boats"].deed == RE_JUDGE
    assert said in work["flood/boats"].reason
