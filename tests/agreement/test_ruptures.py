"""Our steps beside ruptures: the same squared error, the same price, the same shortest level."""

from __future__ import annotations

import numpy as np
import pytest

from regard.signals.adjusted.steps import find_steps, step_price
from regard.signals.adjusted.tuning import NORMAL_MOVE

ruptures = pytest.importorskip("ruptures", reason="no oracle environment")
datasets = pytest.importorskip("statsmodels.datasets", reason="no oracle environment")

pytestmark = [pytest.mark.slow, pytest.mark.oracle]

SEED = 20_265
LEAST = 8


def stepped(random, months):
    """Levels of up to three steps, of one standard deviation up to four, in noise of one."""
    values = random.normal(0, 1, months)
    for at in random.integers(LEAST, months - LEAST, random.integers(0, 4)):
        values[at:] += random.choice([-4, -2, -1, 1, 2, 4])
    return values


def ends_of(starts, months):
    """Starts of levels as ruptures gives them: ends, the last one too."""
    return [*starts, months]


def cost(values, ends, price):
    """Squared error about each level, and the price of each step."""
    edges = [0, *ends]
    levels = [values[a:b] for a, b in zip(edges, edges[1:], strict=False)]
    return sum(((one - one.mean()) ** 2).sum() for one in levels) + price * (len(levels) - 1)


@pytest.mark.parametrize("least", [6, LEAST])
@pytest.mark.parametrize("times", [1.0, 2.5])
def test_steps_of_hundreds_of_series_are_those_of_the_exact_kernel_search(least, times):
    random = np.random.default_rng(SEED)
    found = 0
    for _ in range(300):
        months = int(random.integers(24, 200))
        values = stepped(random, months)
        price = times * step_price(months)
        theirs = ruptures.KernelCPD(kernel="linear", min_size=least).fit(values).predict(pen=price)

        ours = ends_of(find_steps(values, price=price, least=least), months)

        assert cost(values, ours, price) <= cost(values, theirs, price) + 1e-9
        assert ours == [int(end) for end in theirs]
        found += len(ours) - 1

    assert found > 200


def test_steps_of_a_hundred_series_are_those_of_pelt_in_python():
    random = np.random.default_rng(SEED + 1)
    for _ in range(100):
        months = int(random.integers(24, 110))
        values = stepped(random, months)
        price = step_price(months)
        theirs = ruptures.Pelt(model="l2", min_size=LEAST, jump=1).fit(values).predict(pen=price)

        ours = ends_of(find_steps(values, price=price, least=LEAST), months)

        assert ours == [int(end) for end in theirs]


def test_the_nile_has_one_step_after_1898():
    values = datasets.nile.load_pandas().data["volume"].to_numpy(float)
    scaled = values / (np.median(np.abs(np.diff(values))) / NORMAL_MOVE)
    theirs = ruptures.Dynp(model="l2", min_size=LEAST, jump=1).fit(scaled).predict(n_bkps=1)

    ours = find_steps(scaled, price=step_price(len(values)))

    assert ours == (28,)
    assert [int(end) for end in theirs] == [28, 100]
