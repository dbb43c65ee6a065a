"""Our intervals beside statsmodels and scipy: Wilson, Newcombe, counts, and two periods."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from regard.signals.intervals import byar, points_interval, ratio_interval, wilson

proportion = pytest.importorskip("statsmodels.stats.proportion", reason="no oracle environment")
rates = pytest.importorskip("statsmodels.stats.rates", reason="no oracle environment")

pytestmark = [pytest.mark.slow, pytest.mark.oracle]

SEED = 20_263
LEVELS = (0.8, 0.95, 0.998)


def shares(pairs=300):
    random = np.random.default_rng(SEED)
    answers = random.integers(1, 3000, pairs)
    positive = random.binomial(answers, random.choice([0.0, 0.01, 0.3, 0.62, 0.97, 1.0], pairs))
    return list(zip(positive.tolist(), answers.tolist(), strict=True))


@pytest.mark.parametrize("level", LEVELS)
def test_wilson_is_theirs(level):
    for positive, answers in shares():
        theirs = proportion.proportion_confint(positive, answers, 1 - level, method="wilson")

        ours = wilson(positive, answers, level=level)

        assert (ours.low, ours.high) == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize("design_effect", [1.4, 2.2])
def test_wilson_with_a_design_effect_is_theirs_with_that_many_fewer_answers(design_effect):
    for positive, answers in shares():
        theirs = proportion.proportion_confint(
            positive / design_effect, answers / design_effect, method="wilson"
        )

        ours = wilson(positive, answers, design_effect=design_effect)

        assert (ours.low, ours.high) == pytest.approx(theirs, abs=1e-12)


def test_difference_of_two_shares_is_newcombes():
    pairs = shares()
    for (a, n), (b, m) in zip(pairs, pairs[1:], strict=False):
        low, high = proportion.confint_proportions_2indep(a, n, b, m, method="newcomb")

        ours = points_interval(100 * a / n, 100 * b / m, base_now=n, base_then=m)

        assert (ours.low, ours.high) == pytest.approx((100 * low, 100 * high), abs=1e-9)


@pytest.mark.parametrize("level", LEVELS)
def test_a_count_below_ten_has_the_exact_poisson_limits(level):
    for count in range(10):
        theirs = rates.confint_poisson(count, 1, method="exact-c", alpha=1 - level)
        gamma = stats.gamma.ppf((1 - level) / 2, count) if count else 0.0

        ours = byar(count, level=level)

        assert (ours.low, ours.high) == pytest.approx(np.nan_to_num(theirs), abs=1e-9)
        assert ours.low == pytest.approx(gamma, abs=1e-9)


@pytest.mark.parametrize("count", [10, 14, 65, 380, 1045, 25_000])
def test_byars_limits_lie_within_a_hundredth_of_the_exact_ones(count):
    low, high = rates.confint_poisson(count, 1, method="exact-c")

    ours = byar(count)

    # Of the width of the interval: at 10 events the lower limit is 0.16% of its value off.
    assert abs(ours.low - low) <= 0.01 * (high - low)
    assert abs(ours.high - high) <= 0.01 * (high - low)


@pytest.mark.parametrize("level", LEVELS)
def test_the_ratio_of_two_counts_is_theirs_where_the_dispersion_is_one(level):
    random = np.random.default_rng(SEED)
    for now, then in random.integers(1, 5000, (200, 2)).tolist():
        theirs = rates.confint_poisson_2indep(
            now, 1, then, 1, method="wald-log", compare="ratio", alpha=1 - level
        )

        ours = ratio_interval(now, then, level=level)

        assert (ours.low, ours.high) == pytest.approx(theirs, rel=1e-12)


def test_the_ratio_of_two_counts_widens_by_the_root_of_the_dispersion():
    one = rates.confint_poisson_2indep(420, 1, 500, 1, method="wald-log", compare="ratio")
    half = np.log(one[1] / one[0]) / 2

    ours = ratio_interval(420, 500, dispersion=2.2)

    assert np.log(ours.high / ours.low) / 2 == pytest.approx(half * np.sqrt(2.2), rel=1e-12)


def test_a_survey_interval_is_close_to_the_one_of_r(ask_r):
    script = """
    answer <- do.call(rbind, lapply(seq_len(nrow(given)), function(i) {
      positive <- given$positive[i]; answers <- given$answers[i]
      asked <- data.frame(yes = c(rep(1, positive), rep(0, answers - positive)), weight = 1)
      design <- svydesign(ids = ~1, weights = ~weight, data = asked)
      ci <- function(how) attr(svyciprop(~yes, design, method = how), "ci")
      said <- lapply(c("logit", "beta"), ci)
      data.frame(logit_low = said[[1]][1], logit_high = said[[1]][2],
                 beta_low = said[[2]][1], beta_high = said[[2]][2])
    }))
    """
    asked = [(65, 100), (31, 200), (620, 1000), (97, 110), (4, 400), (1830, 2500)]
    given = {"positive": [a for a, _ in asked], "answers": [n for _, n in asked]}

    theirs = ask_r(script, given, "survey")

    for at, (positive, answers) in enumerate(asked):
        ours = wilson(positive, answers)
        width = theirs["logit_high"][at] - theirs["logit_low"][at]
        assert abs(ours.low - theirs["logit_low"][at]) <= 0.1 * width
        assert abs(ours.high - theirs["logit_high"][at]) <= 0.1 * width
        # The beta interval is exact for a simple sample, and exact means never too narrow.
        assert theirs["beta_low"][at] <= ours.low + 0.002
        assert theirs["beta_high"][at] >= ours.high - 0.002


def test_a_clustered_sample_at_its_design_effect_is_close_to_the_one_of_r(ask_r):
    script = """
    answer <- do.call(rbind, lapply(split(given, given$survey), function(asked) {
      design <- svydesign(ids = ~cluster, weights = ~weight, data = asked)
      share <- svymean(~yes, design, deff = "replace")
      said <- attr(svyciprop(~yes, design, method = "logit", df = Inf), "ci")
      data.frame(share = as.numeric(share), effect = as.numeric(deff(share)),
                 low = said[1], high = said[2])
    }))
    """
    random = np.random.default_rng(SEED)
    survey, cluster = np.repeat(np.arange(12), 900), np.tile(np.repeat(np.arange(60), 15), 12)
    usual = random.beta(6, 4, (12, 60))[survey, cluster]
    given = {
        "survey": survey.tolist(),
        "cluster": cluster.tolist(),
        "yes": random.binomial(1, usual).tolist(),
        "weight": random.uniform(0.5, 2, len(survey)).tolist(),
    }

    theirs = ask_r(script, given, "survey")

    assert min(theirs["effect"]) > 1.2
    for share, effect, low, high in zip(*theirs.values(), strict=True):
        ours = wilson(900 * share, 900, design_effect=effect)
        assert ours.low == pytest.approx(low, abs=0.02 * (high - low))
        assert ours.high == pytest.approx(high, abs=0.02 * (high - low))
