"""What is said again and again gets the next number, whoever may see the others."""

from __future__ import annotations

import pytest

from assurance import given_targets as setting
from regard.assurance.deciding import decide
from regard.assurance.numbering import next_of
from regard.register.kinds import Act, Stage


@pytest.fixture
def held(tmp_path, database_url):
    one = setting.given(tmp_path, database_url)
    yield one
    one.register.close()


def test_each_decision_about_a_thing_has_a_number_of_its_own(held):
    subject = held.expect("a")
    with held.register.acting(held.who["spr"]) as acts:
        named = [
            decide(
                acts, Act.CLOSE, subject, text="Close it.", reason="So.", stage=Stage.PROPOSED
            ).subject
            for _ in range(2)
        ]
        third = next_of(acts, "decision", "close", "expectation", "commitments/a")

    assert [*named, third] == [f"decision:close/expectation/commitments/a/{n}" for n in (1, 2, 3)]
