"""Units that stand apart, against figures worked out apart from them and Erlang's formulas."""

from __future__ import annotations

import numpy as np
import pytest

from regard.core.errors import DefinitionRefused
from regard.mobilisation.theory.hypercube import hypercube
from regard.mobilisation.theory.waiting import erlang_b, erlang_c

RATES, ORDER = (1.2, 0.6, 0.3), ((0, 1, 2), (1, 0, 2), (2, 1, 0))
CLOSE = 1e-6


def test_three_units_with_a_line():
    told = hypercube(RATES, 1.0, ORDER)

    assert told.busy == pytest.approx((0.74155889, 0.71690115, 0.64153996), abs=CLOSE)
    assert told.all_busy == pytest.approx(0.49234450, abs=CLOSE)
    assert told.all_busy == pytest.approx(erlang_c(3, 2.1))
    assert told.shares == pytest.approx(
        np.array([
            [0.14768063, 0.03410177, 0.00722605],
            [0.08229369, 0.08088539, 0.01408759],
            [0.06011454, 0.03005727, 0.05120858],
        ]),
        abs=CLOSE,
    )  # fmt: skip
    assert told.away_from_home((0, 1, 2)) == pytest.approx(0.448889, abs=CLOSE)


def test_three_units_without_a_line():
    told = hypercube(RATES, 1.0, ORDER, line=False)

    assert told.busy == pytest.approx((0.60564948, 0.56802467, 0.45303243), abs=CLOSE)
    assert told.all_busy == pytest.approx(0.22537782, abs=CLOSE)
    assert told.all_busy == pytest.approx(erlang_b(3, 2.1))


@pytest.mark.parametrize("order", [((0, 0),), ((0, 1), (0, 2))])
def test_an_order_that_leaves_a_unit_out_is_refused(order):
    with pytest.raises(DefinitionRefused, match="every unit once"):
        hypercube([0.1] * len(order), 1.0, order)
