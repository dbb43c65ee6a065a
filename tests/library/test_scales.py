"""Scales have a worst level; rules suggest only levels that exist, and no better one for less."""

from __future__ import annotations

import pytest

from library.books import SCALE, shelved
from regard.core.errors import DefinitionRefused
from regard.library.shelf import library

SHARE = """
[[rule]]
id = "share"
version = 1
kind = "met-share"
title = "How much."
source = "The town's plan"
band = [
    { at_least = 1, level = "high" },
    { at_least = 0.5, level = "middle" },
    { at_least = 0, level = "low" },
]
"""
PROOF = """
[[rule]]
id = "proof"
version = 1
kind = "no-evidence"
title = "What can be shown."
source = "The town's plan"
none = "low"
expired = "middle"
"""
KEPT_UP = SHARE.replace("band = [", 'band = [{ at_least = 1, level = "low", sustained = true },')
MAPPED = """
[[rule]]
id = "worst"
version = 1
kind = "worst-of"
title = "The worst counts."
source = "The town's plan"
of = "ladder@1"
"""
BOTH = """
[[rule]]
id = "both"
version = 1
kind = "together"
title = "Both."
source = "The town's plan"
parts = ["climb@1", "climb@1"]
"""
GRID = """
[[rule]]
id = "grid"
version = 1
kind = "matrix"
title = "A grid."
source = "The town's plan"
rows = "ladder@1"
columns = "ladder@1"
cells = {}
"""
SCALES = list(library().scales.values())
RULES = list(library().rules.values())


@pytest.mark.parametrize("scale", SCALES, ids=lambda one: one.name)
def test_every_scale_has_a_worst_level_and_says_where_it_comes_from(scale):
    assert scale.worst == scale.codes[0]
    assert scale.source
    assert all(level.label and level.meaning for level in scale.levels)


@pytest.mark.parametrize("rule", RULES, ids=lambda one: one.name)
def test_every_rule_says_where_its_thresholds_come_from(rule):
    assert rule.source
    assert rule.own_default == rule.source.startswith("Regard's own default")


def test_the_inspectorates_two_scales_are_two_versions():
    four, five = (library().scale(f"hmicfrs-grade@{version}") for version in (1, 2))

    assert (len(four.levels), len(five.levels)) == (4, 5)
    assert set(five.codes) - set(four.codes) == {"adequate"}


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('worst = "low"', "", "has no worst"),
        ('worst = "low"', 'worst = "high"', "the worst level first"),
        ('code = "middle"', 'code = "low"', "low, low, high"),
        ('code = "middle"', 'code = "In the middle"', "In the middle"),
        ('version = 1\ntitle = "A ladder"', 'version = 0\ntitle = "A ladder"', "version = 0"),
        ('kind = "unaided"', 'kind = "average"', "average"),
        ('kind = "unaided"', 'kind = "unaided"\nnone = "low"', "has none"),
        ("0.5", "1", "bands from 1, 1, 0"),
        ("at_least = 0,", "at_least = 0.1,", "the last from 0"),
        ('0.5, level = "middle"', '0.5, level = "fair"', "fair"),
        ('at_least = 1, level = "high"', 'at_least = 1, level = "low"', "no better level"),
        ("0.5", '"half"', "half"),
        ('none = "low"', 'none = "high"', "none not better than expired"),
        ('expired = "middle"', 'expired = "faded"', "faded"),
    ],
)
def test_a_fault_of_a_scale_or_rule_is_refused_by_name(tmp_path, was, now, said):
    whole = SCALE + SHARE + PROOF
    assert was in whole

    with pytest.raises(DefinitionRefused) as refusal:
        library(shelved(tmp_path, ladder=whole.replace(was, now, 1)))

    assert said in str(refusal.value)
    assert "ladder.toml" in str(refusal.value)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (KEPT_UP, "suggests 'low' for what is sustained"),
        (MAPPED, "maps nothing"),
        (BOTH, "takes together climb@1, climb@1"),
        (GRID, "has cells = {}"),
        (GRID.replace("cells = {}", 'cells = { low = ["fair"] }'), "suggests 'fair'"),
    ],
)
def test_a_rule_that_lacks_what_its_kind_needs_is_refused(tmp_path, rule, said):
    with pytest.raises(DefinitionRefused) as refusal:
        library(shelved(tmp_path, ladder=SCALE + rule))

    assert said in str(refusal.value)


def test_a_file_without_a_scale_is_refused(tmp_path):
    with pytest.raises(DefinitionRefused, match=r"ladder\.toml holds no \[scale\]"):
        library(shelved(tmp_path, ladder=""))


def test_a_sound_scale_with_its_rules_is_read(tmp_path):
    found = library(shelved(tmp_path, ladder=SCALE + SHARE + PROOF))

    assert found.scale("ladder@1").best == "high"
    assert [str(band.at_least) for band in found.rule("share@1").bands] == ["1", "0.5", "0"]
