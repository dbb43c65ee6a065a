"""Two counts beside statsmodels' e-test, and a funnel of shares beside WA Health's engine."""

from __future__ import annotations

import numpy as np
import pytest

from regard.signals.comparing.spread import PROPORTION, limits, overdispersion
from regard.signals.comparing.two_counts import e_test

rates = pytest.importorskip("statsmodels.stats.rates", reason="no oracle environment")
controlchartspy = pytest.importorskip("controlchartspy", reason="no oracle environment")

pytestmark = [pytest.mark.slow, pytest.mark.oracle]

SEED = 20_267
AREAS = 43


@pytest.mark.parametrize("months", [(1, 1), (31, 28), (365, 31), (28, 365)])
def test_e_test_is_theirs_on_the_observed_variance(months):
    random = np.random.default_rng(SEED)
    mean = random.choice([1, 5, 30, 200, 900], 150)
    for one, other in random.poisson(mean, (2, 150)).T.tolist():
        theirs = rates.etest_poisson_2indep(
            one + 1, months[0], other, months[1], method="wald", compare="diff"
        )

        ours = e_test(one + 1, other, exposure=months[0], other_exposure=months[1])

        assert ours == pytest.approx(theirs[1], abs=1e-10)


@pytest.mark.parametrize(("level", "lines"), [(0.95, ("ll95", "ul95")), (0.998, ("ll99", "ul99"))])
def test_funnel_of_shares_with_its_overdispersion_is_theirs(level, lines):
    random = np.random.default_rng(SEED + 1)
    for _ in range(20):
        bases = random.integers(500, 9000, AREAS)
        share = random.uniform(0.05, 0.6)
        events = random.binomial(bases, random.beta(200 * share, 200 * (1 - share), AREAS))
        names = [f"area {area:02}" for area in range(AREAS)]
        made = controlchartspy.funnel(
            {"area": names, "events": events.tolist(), "bases": bases.tolist()},
            keys="area", numerators="events", denominators="bases", return_objs="limits",
            funnel_settings={"chart_type": "PR", "od_adjust": "yes", "perc_labels": "No"},
        ).limits  # fmt: skip
        theirs = {one["group"]: one for one in made}
        target = events.sum() / bases.sum()

        spread = overdispersion(PROPORTION, events, bases, target=target)
        ours = limits(PROPORTION, bases, target=target, spread=spread, level=level)

        assert spread.phi > 1.5
        for line, mine in zip(lines, (ours.lower, ours.upper), strict=True):
            assert mine == pytest.approx([theirs[name][line] for name in names], abs=1e-9)
