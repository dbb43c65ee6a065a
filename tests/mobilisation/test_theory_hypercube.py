"""Units that stand apart, against figures worked out apart from them and Erlang's formulas."""

from __future__ import annotations

import numpy as np
import pytest
from bench.mobilisation_vectors import (
    FROM_ELSEWHERE,
    ORDER,
    PLACES,
    SENT,
    WITH_LINE,
    WITHOUT_LINE,
)

from regard.core.errors import DefinitionRefused
from regard.mobilisation.theory.hypercube import hypercube
from regard.mobilisation.theory.waiting import erlang_b, erlang_c

CLOSE = 1e-6


def test_three_units_with_a_line():
    told = hypercube(PLACES, 1.0, ORDER)

    busy, all_busy = WITH_LINE
    assert told.busy == pytest.approx(busy, abs=CLOSE)
    assert told.all_busy == pytest.approx(all_busy, abs=CLOSE)
    assert told.all_busy == pytest.approx(erlang_c(3, 2.1))
    assert told.shares == pytest.approx(np.array(SENT), abs=CLOSE)
    assert told.away_from_home((0, 1, 2)) == pytest.approx(FROM_ELSEWHERE, abs=CLOSE)


def test_three_units_without_a_line():
    told = hypercube(PLACES, 1.0, ORDER, line=False)

    busy, all_busy = WITHOUT_LINE
    assert told.busy == pytest.approx(busy, abs=CLOSE)
    assert told.all_busy == pytest.approx(all_busy, abs=CLOSE)
    assert told.all_busy == pytest.approx(erlang_b(3, 2.1))


@pytest.mark.parametrize("order", [((0, 0),), ((0, 1), (0, 2))])
def test_an_order_that_leaves_a_unit_out_is_refused(order):
    with pytest.raises(DefinitionRefused, match="every unit once"):
        hypercube([0.1] * len(order), 1.0, order)
