"""Subjects are called by what people call them; what may not be seen keeps its path."""

from __future__ import annotations

import pytest

from assurance import judged_rounds as given
from assurance.judged_rounds import CYCLE, FORCE, key
from regard.assurance.naming import LONGEST, Names


@pytest.fixture
def setting(tmp_path, database_url):
    setting = given.setting_of(tmp_path, database_url)
    yield setting
    setting.register.close()


def test_each_kind_has_its_own_name(setting):
    names = Names(setting.view())

    assert names.of(FORCE) == "West Midlands Police"
    assert names.of(CYCLE) == "The last quarter of 2014"
    assert names.of("edition:try-1") == "try-1"
    assert names.of(key("order/units").about) == "What order/units asks"
    assert names.of(None) == ""


def test_what_is_not_there_keeps_its_path_looked_up_one_by_one_or_together(setting):
    names = Names(setting.view())
    names.learn(("party:nobody", FORCE))

    assert (names.of("party:nobody"), names.of("party:no-one")) == ("nobody", "no-one")


def test_long_words_are_cut_at_a_space(setting):
    assert LONGEST > 40
    names = Names(setting.view())

    assert all(len(names.of(one)) <= LONGEST + 2 for one in given.read(setting).requirements)
