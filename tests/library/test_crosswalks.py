"""Crosswalks: every node in one crossing, and no words called the same that differ."""

from __future__ import annotations

import pytest

from library.books import CROSSWALK, shelved
from regard.core.errors import DefinitionRefused
from regard.library.model import CROSSINGS, DROPPED, NEW
from regard.library.shelf import library

SHIPPED = list(library().crosswalks.values())
CHAIN = [("spr-shadow-2011", "spr-2012"), ("spr-2012", "spr-2015"), ("spr-2015", "spr-2023")]


@pytest.mark.parametrize("crosswalk", SHIPPED, ids=lambda one: one.id)
def test_every_node_of_both_editions_stands_in_one_crossing(crosswalk):
    earlier = [code for one in crosswalk.crossings for code in one.earlier]
    later = [code for one in crosswalk.crossings for code in one.later]

    assert sorted(earlier) == sorted(crosswalk.earlier.by_code())
    assert sorted(later) == sorted(crosswalk.later.by_code())


@pytest.mark.parametrize(("earlier", "later"), CHAIN)
def test_the_requirement_is_followed_from_one_version_to_the_next(earlier, later):
    assert library().crosswalk(earlier, later).crossings


def test_every_kind_of_crossing_but_narrowed_is_met_in_what_is_shipped():
    met = {one.kind for crosswalk in SHIPPED for one in crosswalk.crossings}

    assert set(CROSSINGS) - met == {"narrowed"}


def test_violence_against_women_and_girls_is_new_in_2023():
    crosswalk = library().crosswalk("spr-2015", "spr-2023")
    kinds = {code: one.kind for one in crosswalk.crossings for code in one.later}

    assert kinds["violence-against-women-and-girls"] == NEW


@pytest.mark.parametrize(
    ("later", "code", "came_from", "kind"),
    [
        (
            "spr-2012",
            "cyber-incident/incident-response",
            "civil-emergencies/cyber-incident",
            "widened",
        ),
        ("spr-2015", "serious-and-organised-crime", "organised-crime", "widened"),
        ("spr-2023", "serious-and-organised-crime", "serious-and-organised-crime", "widened"),
        ("spr-2015", "cyber-incident", "cyber-incident", "reworded"),
        ("spr-2023", "cyber-event", "cyber-incident", "reworded"),
        ("spr-2023", "public-disorder", "public-order", "reworded"),
        ("spr-2015", "public-order/psu-commitment", "public-order/psu-commitment", "same"),
    ],
)
def test_names_that_change_are_followed(later, code, came_from, kind):
    crosswalk = next(one for one in SHIPPED if one.later.id == later)

    found = next(one for one in crosswalk.crossings if code in one.later)

    assert (found.earlier, found.kind) == ((came_from,), kind)


def test_what_ends_in_2023_is_headings_and_one_capability():
    crosswalk = library().crosswalk("spr-2015", "spr-2023")

    ended = {one.earlier[0] for one in crosswalk.crossings if one.kind == DROPPED}

    assert ended == {"capacity", "consistency", "connectivity", "capability/major-events"}


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('same = ["flood"]', "", "flood of town-2020 is left out"),
        ('same = ["flood"]', 'same = ["flood", "fire"]', "crosses 'fire'"),
        ('same = ["flood"]', 'same = ["flood", "flood"]', "flood of town-2020 is crossed 2 times"),
        ('same = ["flood"]', 'same = ["flood", "flood/boats"]', "is the same, but it read"),
        ('kind = "widened"', 'kind = "same"', "is the same, but it read 'Keep boats'"),
        ('kind = "widened"', 'kind = "improved"', "improved"),
        ('kind = "widened"', 'kind = "split"', "one earlier node and two or more later ones"),
        ('kind = "widened"', 'kind = "merged"', "two or more earlier nodes and one later one"),
        ('kind = "widened"', 'kind = "dropped"', "one earlier node and no later one"),
        ('kind = "widened"', 'kind = "new"', "no earlier node and one later one"),
        ('note = "Crews are named."', "", "has no note"),
        ("[crosswalk]", "[bridge]", "holds bridge"),
        ('earlier = "town-2020"', 'earlier = "town-1999"', "town-1999"),
        ('earlier = "town-2020"', 'earlier = "contest-2018"', "contest-2018 (contest"),
        ('later = "town-2022"', 'later = "town-2020"', "leads from town-2020"),
    ],
)
def test_a_fault_of_a_crosswalk_is_refused_by_name(tmp_path, was, now, said):
    assert was in CROSSWALK
    folder = shelved(tmp_path, town=CROSSWALK.replace(was, now, 1))

    with pytest.raises(DefinitionRefused) as refusal:
        library(folder)

    assert said in str(refusal.value)
    assert "town.toml" in str(refusal.value)


def test_a_rewording_whose_words_are_the_same_is_refused(tmp_path):
    crossing = '\n[[crossing]]\nkind = "reworded"\nearlier = "flood"\nlater = "flood"\nnote = "x"\n'
    folder = shelved(tmp_path, town=CROSSWALK.replace('same = ["flood"]', "") + crossing)

    with pytest.raises(DefinitionRefused, match="reads 'Flood' in both"):
        library(folder)
