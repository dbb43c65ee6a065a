"""A demand from a file: shared, priced, and refused with the place where it is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from capability.demands import FILE
from capability.small_force import ASKED, answering
from regard.capability.questions import Question
from regard.capability.sharing import ladder, problem_from, share
from regard.capability.stress import stress
from regard.core.errors import DefinitionRefused, FileUnreadable

DAY = date(2021, 12, 1)


def written(tmp_path, text, name="demand.toml"):
    (tmp_path / name).write_text(text)
    return tmp_path / name


def test_a_demand_is_shared_and_its_price_said(tmp_path):
    told = share(problem_from(written(tmp_path, FILE)), as_at=DAY, cost="late incidents a day")
    said = " ".join(str(one) for one in told.statements())

    assert not told.sharing.unmet.any()
    assert "generated" in said
    assert "Fairness costs" in said
    assert "late incidents a day" in said
    assert told.ranges is not None
    assert told.left_out


@pytest.mark.parametrize(
    "old, new, said",
    [
        ("hosts", "places", "places"),
        ("cohorts = 4", "cohort = 4", "cohort"),
        ("cohorts = 4", 'cohorts = "four"', "no problem"),
        ("[rules]", "[rule]", "rule"),
        ("reserve = 1.0", "reserve = 2.0", "shares of 2.0"),
        ("travel = [3.0]", "travel = [3.0, 1.0]", "2 hosts"),
        ("needed = [[[2, 2], [3, 2]]]", "needed = []", "needed"),
        ("[[forces]]", "[forces", "cannot be read"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(tmp_path, old, new, said):
    with pytest.raises(DefinitionRefused, match=said):
        problem_from(written(tmp_path, FILE.replace(old, new)))


def test_a_file_that_is_not_there_or_far_too_large_is_refused(tmp_path):
    with pytest.raises(FileUnreadable):
        problem_from(tmp_path / "none.toml")
    with pytest.raises(FileUnreadable, match="bytes long"):
        problem_from(written(tmp_path, "#" * (2 << 20)))


def test_json_is_read_too(tmp_path):
    text = '{"hosts": ["A"], "needed": [[[0, 0]]], "forces": [{"name": "B", "region": "R", '
    text += '"cohorts": 1, "costs": [0, 1], "travel": [1]}]}'

    assert problem_from(written(tmp_path, text, "demand.json")).forces[0].costs == (0, 1)


def test_the_ladder_of_a_force_is_its_own_stress_test():
    likely, low, high = ladder(stress(answering(), ASKED, replications=6))

    assert len(likely) == 3
    assert likely[0] == 0
    assert list(likely) == sorted(likely)
    assert all(a <= b <= c for a, b, c in zip(low, likely, high, strict=True))


def test_a_curve_with_a_gap_is_no_ladder():
    with pytest.raises(DefinitionRefused, match="every number from 0 up"):
        ladder(stress(answering(), Question(2, 2, weekday=0, recovery_days=1), replications=2))
