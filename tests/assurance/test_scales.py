"""Scales as the register holds them: levels in order, the worst first."""

from __future__ import annotations

import pytest

from assurance.round_setting import found
from regard.assurance.publishing import BOARD_SCALE
from regard.assurance.scales import level_of, levels_of
from regard.core.errors import NotKnown
from regard.library.shelf import library


@pytest.fixture
def setting(tmp_path, database_url):
    held = found(tmp_path, database_url)
    held.publish()
    return held


@pytest.mark.parametrize("name", ["spr-position@1", "indicator@1", BOARD_SCALE])
def test_levels_are_those_of_the_library_the_worst_first(setting, name):
    levels = levels_of(setting.view(), name)

    scale = library().scale(name)
    assert tuple(one.code for one in levels) == scale.codes
    assert levels[0].code == scale.worst
    assert [one.order for one in levels] == list(range(1, len(levels) + 1))


def test_a_level_is_found_by_its_code(setting):
    level = level_of(setting.view(), "spr-position@1", "partly-met")

    assert (level.label, level.order) == ("Partly met", 2)


def test_a_level_or_scale_that_is_not_there_is_not_known(setting):
    with pytest.raises(NotKnown, match="no level of spr-position@1 is called 'green'"):
        level_of(setting.view(), "spr-position@1", "green")
    with pytest.raises(NotKnown, match="no scale of the register is called 'peel@9'"):
        levels_of(setting.view(), "peel@9")
