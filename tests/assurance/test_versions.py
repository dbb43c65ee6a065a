"""The versions of a subject are those that were known and true at the position."""

from __future__ import annotations

from datetime import date

import pytest

from assurance import given_targets as setting
from assurance.given_targets import FORCE, PSUS
from regard.assurance.versions import name_of, versions
from regard.register.kinds import changed

NEW = date(2013, 1, 1)


@pytest.fixture
def held(tmp_path, database_url):
    one = setting.given(tmp_path, database_url)
    value = changed(one.view().one(PSUS).value, method="counted@2")
    one.register.enter(value, subject=PSUS, by=one.who["spr"], effective=NEW)
    yield one
    one.register.close()


@pytest.mark.parametrize(
    ("position", "as_at", "methods"),
    [
        ({}, None, ["counted@1", "counted@2"]),
        ({}, date(2012, 12, 31), ["counted@1"]),
        ({"true_on": date(2012, 12, 31)}, None, ["counted@1"]),
        ({"true_on": NEW}, date(2012, 12, 31), ["counted@1"]),
    ],
)
def test_what_was_not_yet_true_is_left_out(held, position, as_at, methods):
    found = versions(held.view(**position), PSUS, as_at=as_at)

    assert [one.value.method for one in found] == methods


def test_what_has_no_name_is_called_by_its_path(held):
    assert name_of(held.view(), FORCE) == "West Midlands Police"
    assert name_of(held.view(), "party:nobody/here") == "nobody/here"
