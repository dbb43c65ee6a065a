"""A running list is made once and never frozen."""

from __future__ import annotations

import pytest

from assurance import given_targets as setting
from regard.assurance.running import running_list
from regard.core.errors import AccessRefused


@pytest.fixture
def held(tmp_path, database_url):
    one = setting.given(tmp_path, database_url)
    yield one
    one.register.close()


def test_a_list_that_is_there_is_not_made_again(held):
    size = held.register.head().size

    named = running_list(
        held.register,
        "commitments",
        title="What the force has committed itself to",
        issuer="West Midlands Police",
        form="establishment",
        by=held.who["keeper"],
    )

    assert named == setting.LIST
    assert held.register.head().size == size


def test_a_list_has_an_instrument_and_an_edition_without_a_digest(held):
    edition = held.view().one(setting.LIST).value

    assert edition.digest is None
    assert held.view().one(edition.instrument).value.form == "establishment"


def test_a_post_that_may_not_make_one_leaves_nothing_behind(held):
    size = held.register.head()

    with pytest.raises(AccessRefused):
        running_list(
            held.register,
            "actions",
            title="Actions",
            issuer="W",
            form="programme",
            by=held.who["lead"],
        )

    assert held.register.head() == size
