"""Wastage by length of service, against vectors."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused
from regard.workforce.service import Service

USUAL = Service(9, 1.1)
SERVICES = st.tuples(st.floats(1, 20), st.floats(0.2, 2)).map(lambda one: Service(*one))


def test_shares_who_stay():
    found = USUAL.staying([1, 2, 5, 10, 20])

    assert found == pytest.approx([0.977113, 0.914241, 0.703451, 0.461847, 0.233945], abs=5e-7)
    assert USUAL.mean == pytest.approx(16.4813, abs=5e-5)
    assert USUAL.staying(0) == 1


def test_replacements_for_a_thousand_posts():
    found = USUAL.replacements(1000, 30)

    first = [22.887, 63.396, 76.092, 78.940, 78.920, 78.048]
    assert found[:6] == pytest.approx(first, abs=6e-4)
    assert found[9] == pytest.approx(73.840, abs=8e-4)
    assert found[19] == pytest.approx(67.817, abs=8e-4)
    assert found[29] == pytest.approx(65.012, abs=8e-4)


def test_half_have_left_by_the_median():
    assert USUAL.staying(9) == pytest.approx(0.5, abs=1e-12)


def test_new_people_leave_sooner_than_those_who_stayed():
    assert USUAL.leaving_in(2) > USUAL.leaving_in(20)


@pytest.mark.parametrize("median, spread", [(0, 1), (9, 0)])
def test_a_length_of_service_that_cannot_be_is_refused(median, spread):
    with pytest.raises(DefinitionRefused, match="both above 0"):
        Service(median, spread)


@given(SERVICES)
def test_replacements_are_no_more_than_posts(service):
    found = service.replacements(1000, 3)

    assert found[0] == pytest.approx(1000 * (1 - service.staying(1)), abs=1e-9)
    assert (found >= 0).all()
    assert (found <= 1000 + 1e-9).all()


@given(SERVICES, st.lists(st.integers(0, 100), min_size=1, max_size=20))
def test_nobody_leaves_twice(service, people):
    gone = service.leavers(people, 60)

    assert (gone >= -1e-9).all()
    assert gone.sum() <= sum(people) + 1e-6


def test_leavers_of_new_people_are_the_law_itself():
    assert USUAL.leavers([1000], 5) == pytest.approx(
        -1000 * np.diff(USUAL.staying(np.arange(6))), abs=1e-9
    )
