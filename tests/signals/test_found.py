"""What the chart finds, as values."""

from __future__ import annotations

import numpy as np
import pytest

from regard.signals.found import Season
from regard.signals.methods import read


def test_a_season_knows_its_ends_and_how_far_it_moves():
    factors = (0.9, 0.95, 1.0, 1.0, 1.0, 1.0, 1.1, 1.05, 1.0, 1.0, 1.0, 1.0)

    season = Season(factors, 4)

    assert (season.lowest, season.highest) == (1, 7)
    assert season.amplitude == pytest.approx(0.1)


def test_evidence_is_gain_over_price(vehicle_crime):
    random = np.random.default_rng(3)
    series = vehicle_crime([*random.poisson(300, 30), *random.poisson(200, 20)])

    (step,) = read(series).proposals

    assert step.evidence == pytest.approx(step.gain / step.price)
    assert step.evidence > 1
