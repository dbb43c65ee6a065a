"""What scales, levels and Cs are called in Welsh, beside the files that are frozen."""

from __future__ import annotations

import pytest

from regard.core.errors import DefinitionRefused
from regard.library.labels import ENGLISH, WELSH, labels_in, labels_of
from regard.library.shelf import library

SHELF = library()
LEVELS = [(name, level) for name, scale in SHELF.scales.items() for level in scale.levels]


@pytest.mark.parametrize(
    ("scale", "level"), LEVELS, ids=[f"{scale}/{level.code}" for scale, level in LEVELS]
)
def test_every_level_of_every_scale_is_called_something_in_welsh(scale, level):
    ours = labels_in(WELSH).level(scale, level.code)

    assert ours or level.label_cy
    # Said once: a level whose own file names its Welsh is not named again.
    assert not (ours and level.label_cy)


def test_every_scale_has_a_welsh_title():
    titles = labels_in(WELSH).titles

    assert {name for name, one in SHELF.scales.items() if not one.title_cy} == set(titles)


def test_labels_are_of_scales_levels_and_cs_that_there_are():
    held = labels_in(WELSH)

    for scale, named in held.levels.items():
        assert set(named) <= set(SHELF.scales[scale].codes)
    assert set(held.aspects) == {one.code for one in SHELF.scheme("cs-5").terms}


def test_levels_of_one_scale_are_called_apart():
    held = labels_in(WELSH)
    for name, scale in SHELF.scales.items():
        called = [held.level(name, one.code) or one.label_cy for one in scale.levels]
        assert len(set(called)) == len(called), name


def test_english_has_no_labels_beside_those_of_the_scales():
    assert labels_in(ENGLISH).level("spr-position@1", "met") == ""
    assert labels_in("fr").titles == {}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[colours]\nred = 'Coch'", "holds 'colours'"),
        ("[titles]\n'rag@1' = 3", "rag@1 of titles is called 3"),
        ("[levels.'rag@1']\nred = ' '", "red of rag@1 is called ' '"),
    ],
)
def test_a_file_that_holds_something_else_is_refused(tmp_path, text, says):
    path = tmp_path / "cy.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(DefinitionRefused) as refused:
        labels_of(path)

    assert says in str(refused.value)
