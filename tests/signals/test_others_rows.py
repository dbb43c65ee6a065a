"""Choices of spread and limits, and what they refuse."""

from __future__ import annotations

import pytest

from regard.core.errors import DefinitionRefused
from regard.signals.others import GUARDED, PUBLISHED, ROBUST, Choices


def test_a_range_is_worth_so_many_standard_deviations():
    assert GUARDED.sigmas_a_range == pytest.approx(1 / 1.1283792, rel=1e-7)
    assert PUBLISHED.sigmas_a_range == pytest.approx(1 / 1.128)
    assert ROBUST.sigmas_a_range == pytest.approx(1 / 0.954)


@pytest.mark.parametrize("how", [{"ranges": "largest"}, {"least": -1}, {"few": -1}])
def test_choices_nobody_knows_are_refused(how):
    with pytest.raises(DefinitionRefused):
        Choices(**how)
