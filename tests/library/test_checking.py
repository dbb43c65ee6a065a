"""What must hold between files, each with a planted fault."""

from __future__ import annotations

from datetime import date

import pytest

from library.books import EDITION, LATER, SCALE, SCHEME, shelved
from regard.core.errors import DefinitionRefused
from regard.library.shelf import library

WORST = """
[[rule]]
id = "worst"
version = 1
kind = "worst-of"
title = "The worst counts."
source = "The town's plan"
of = "indicator@1"
maps = { not-in-place = "low", partly-in-place = "middle", in-place = "high" }
"""
TOGETHER = """
[[rule]]
id = "both"
version = 1
kind = "together"
title = "Both."
source = "The town's plan"
parts = ["climb@1", "worst@1"]
"""
MATRIX = """
[[rule]]
id = "grid"
version = 1
kind = "matrix"
title = "A grid."
source = "The town's plan"
rows = "indicator@1"
columns = "ladder@1"

[rule.cells]
not-in-place = ["low", "low", "low"]
partly-in-place = ["low", "middle", "high"]
in-place = ["high", "high", "high"]
"""
RULED = SCALE + WORST + TOGETHER + MATRIX


def refused(folder) -> str:
    with pytest.raises(DefinitionRefused) as refusal:
        library(folder)
    return str(refusal.value)


def test_rules_that_fit_are_read(tmp_path):
    found = library(shelved(tmp_path, ladder=RULED))

    assert {"worst@1", "both@1", "grid@1"} <= set(found.rules)


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('threat = "town-threats-1"', 'threat = "city-threats-1"', "city-threats-1"),
        ('threat = "flood" }', 'threat = "fire" }', "town-threats-1/fire"),
        ('scale = "ladder@1"', 'scale = "ladder@2"', "ladder@2"),
        ('rule = "climb@1"', 'rule = "jump@1"', "jump@1"),
        ('rule = "climb@1"', 'rule = "spr-demand@1"', "levels of spr-position@1"),
        ('["capacity", "capability"]', '["capacity", "courage"]', "courage"),
        ('["capacity", "capability"]', '["capacity", "capacity"]', "capacity, capacity"),
        ('aspect = "cs-5"\n', "", "capacity"),
    ],
)
def test_what_an_edition_names_must_exist(tmp_path, was, now, said):
    assert was in EDITION

    told = refused(shelved(tmp_path, town_2020=EDITION.replace(was, now)))

    assert said in told
    assert "town-2020" in told
    assert "xpected" in told


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('of = "indicator@1"', 'of = "indicator@9"', "indicator@9"),
        (', in-place = "high" }', " }", "maps not-in-place, partly-in-place"),
        ('in-place = "high" }', 'in-place = "low" }', "in-place to low"),
        ('"climb@1", "worst@1"', '"climb@1", "best@1"', "best@1"),
        ('"climb@1", "worst@1"', '"climb@1", "spr-demand@1"', "spr-demand@1"),
        ('"climb@1", "worst@1"', '"climb@1", "both@1"', "both@1"),
        ('rows = "indicator@1"', 'rows = "indicator@9"', "indicator@9"),
        ('["low", "low", "low"]', '["low", "low"]', "not-in-place (2)"),
    ],
)
def test_what_a_rule_names_must_exist_and_fit(tmp_path, was, now, said):
    assert was in RULED

    assert said in refused(shelved(tmp_path, ladder=RULED.replace(was, now)))


def test_two_editions_of_one_instrument_in_force_on_one_day_are_refused(tmp_path):
    longer = EDITION.replace("in_force_to = 2021-12-31\n", "")

    told = refused(shelved(tmp_path, town_2020=longer))

    assert "town-2022 is in force from 2022-01-01" in told
    assert "no day on which it ends" in told


def test_an_edition_of_another_instrument_may_be_in_force_on_the_same_day(tmp_path):
    folder = shelved(tmp_path)
    other = LATER.replace("town-2022", "port-2022").replace('"town"', '"port"')
    (folder / "editions" / "port.toml").write_text(other, encoding="utf-8")

    assert "port-2022" in library(folder).editions


CORRECTED = EDITION.replace('id = "town-2020"', 'id = "town-2020-2"\ncorrects = "town-2020"')


def test_an_edition_may_correct_another_of_the_same_days(tmp_path):
    folder = shelved(tmp_path)
    (folder / "editions" / "again.toml").write_text(CORRECTED, encoding="utf-8")

    found = library(folder)

    assert found.in_force("town", date(2020, 6, 1)).id == "town-2020-2"
    assert found.edition("town-2020").in_force_on(date(2020, 6, 1))


def test_what_an_edition_says_again_is_followed_by_a_crosswalk(tmp_path):
    folder = shelved(tmp_path)
    (folder / "editions" / "again.toml").write_text(CORRECTED, encoding="utf-8")
    text = '[crosswalk]\nearlier = "town-2020"\nlater = "town-2020-2"\nsource = "Looked up"\n'
    (folder / "crosswalks" / "again.toml").write_text(text + 'same = ["flood", "flood/boats"]\n')

    assert library(folder).crosswalk("town-2020", "town-2020-2").crossings


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('corrects = "town-2020"', 'corrects = "town-2019"'),
        ('corrects = "town-2020"', 'corrects = "town-2020-2"'),
        ('corrects = "town-2020"', 'corrects = "spr-2023"'),
        ("in_force_from = 2020-01-01", "in_force_from = 2020-02-01"),
    ],
)
def test_a_correction_of_something_else_is_refused(tmp_path, was, now):
    folder = shelved(tmp_path)
    assert was in CORRECTED
    (folder / "editions" / "again.toml").write_text(CORRECTED.replace(was, now), encoding="utf-8")

    told = refused(folder)

    assert "again.toml: town-2020-2 has corrects" in told
    assert "another edition of town in force from" in told


def test_a_name_that_is_used_already_is_refused(tmp_path):
    taken = SCHEME.replace("town-threats", "four-ps")

    told = refused(shelved(tmp_path, threats=taken))

    assert "four-ps-1 stands in four-ps.toml already" in told
