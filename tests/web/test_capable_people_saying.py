"""Units, skills and bases in words."""

from __future__ import annotations

import pytest

from regard.core.figures import Source
from regard.core.verdicts import Verdict
from regard.web.capable.people_saying import (
    ROWS,
    VERDICTS,
    bases_said,
    generated,
    role_said,
    skill_said,
    unit_said,
)
from regard.workforce import bodies


@pytest.mark.parametrize(
    "said, words",
    [
        (unit_said("fou"), "Firearms operations unit (FOU)"),
        (unit_said("dog-section"), "Dog section"),
        (skill_said("psu-level-2"), "Public order, Level 2"),
        (skill_said("tail-gunner"), "Tail gunner"),
        (role_said("carrier"), "Carriers"),
        (role_said("spotter"), "Spotter"),
        (bases_said(("core",)), "core posts"),
        (bases_said(("core", "uplift", "grant")), "core, uplift and grant posts"),
    ],
)
def test_a_code_is_said_in_words(said, words):
    assert said == words


def test_every_row_and_every_verdict_has_its_words():
    assert set(ROWS) == set(bodies.ROWS)
    assert set(VERDICTS) == set(Verdict)


def test_made_up_rows_are_known_by_their_file():
    assert generated([Source("rows", "import 3: GENERATED-duty.csv (sha256 ab…)")])
    assert not generated([Source("rows", "import 4: duty.csv (sha256 ab…)")])
