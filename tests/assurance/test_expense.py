"""A duty met at the expense of another says so in both places."""

from __future__ import annotations

import pytest

from assurance import judged_rounds as given
from assurance.judged_rounds import key
from regard.assurance.expense import expenses
from regard.register.kinds import Link, LinkType, made

DUTY, OTHER = key("order/units").about, key("order/gear").about


@pytest.fixture
def setting(tmp_path, database_url):
    setting = given.setting_of(tmp_path, database_url)
    yield setting
    setting.register.close()


def link(setting, *, withdrawn=False):
    value = made(
        Link,
        type=LinkType.AT_THE_EXPENSE_OF,
        source=DUTY,
        target=OTHER,
        note="during deployments",
        withdrawn=withdrawn,
    )
    setting.register.enter(value, subject="link:expense/units/gear", by=setting.who["spr"])


def test_both_sides_say_it_each_in_its_own_words(setting):
    link(setting)

    (one,) = expenses(setting.view())

    assert str(one.said_of(DUTY)) == (
        "“What order/units asks” is met at the expense of “What order/gear asks”: during "
        "deployments."
    )
    assert str(one.said_of(OTHER)) == (
        "“What order/gear asks” pays for “What order/units asks”, which is met at its expense: "
        "during deployments."
    )


def test_it_is_found_from_either_side_and_from_no_other(setting):
    link(setting)

    assert len(expenses(setting.view(), DUTY)) == len(expenses(setting.view(), OTHER)) == 1
    assert expenses(setting.view(), key("cyber/old").about) == ()


def test_a_link_that_was_withdrawn_is_said_no_longer(setting):
    link(setting)
    before = setting.register.head().size
    link(setting, withdrawn=True)

    assert expenses(setting.view()) == ()
    assert len(expenses(setting.view(known_at=before))) == 1
