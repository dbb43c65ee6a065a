"""The studies measure what they say: their designs, their looks, their bound, and their faults."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from bench.figures import CLAIMS
from bench.studies import dates, detection, pack, stable
from bench.studies.designs import AUTOCORRELATED, START, Design, in_per_cent
from bench.studies.looks import HIGH, LOW, UPWARDS, looks, nhs_looks, with_calendar
from bench.studies.others import poisson_steps

from regard.signals.adjusted.charts import (
    DRIFT_DOWN,
    DRIFT_UP,
    EXCEPTIONAL_HIGH,
    EXCEPTIONAL_LOW,
    RUN_HIGH,
    RUN_LOW,
    adjusted_many,
)
from regard.signals.adjusted.tuning import TUNING

SEED = 7
TOLD = {
    "stable": [
        *(f"step-{y}-years.{one.name}" for y in (10, 5) for one in stable.step_designs()),
        *(f"step-{y}-years.v-ruptures{rho}" for y in (10, 5) for rho in ("", "-rho-0.3")),
        *(f"any-signal.{one.name}" for one in stable.look_designs()),
    ],
    "detection": [
        *(
            f"{kind}.{detection.fall(one)}"
            for kind in ("signal", "found")
            for one in detection.delay_designs()
        ),
        *(f"power.{detection.fall(one)}" for one in detection.power_designs()),
    ],
    "dates": [
        *(
            f"{kind}.{one.name}"
            for kind in ("within-a-month", "coverage")
            for one in dates.date_designs()
        ),
        "within-a-month.v-ruptures",
    ],
    "pack": [
        f"{kind}.{one}"
        for kind in ("false-headlines", "false-share", "changes-found")
        for rho in (0.0, AUTOCORRELATED)
        for one in pack.kinds(rho)
    ],
}


@pytest.mark.parametrize("study", TOLD)
def test_a_study_claims_what_it_tells_and_nothing_else(study):
    claimed = {claim for claim in CLAIMS if claim.startswith(f"signals.{study}.")}

    assert claimed == {f"signals.{study}.{one}" for one in TOLD[study]}


@pytest.mark.parametrize("rho", [0.0, AUTOCORRELATED])
@pytest.mark.parametrize("over", [1.0, 2.2])
def test_counts_have_the_mean_the_variance_and_the_autocorrelation_of_their_design(rho, over):
    design = Design(months=48, dispersion=over, autocorrelation=rho)
    random = design.random(SEED)
    means = design.means(design.peaks(2_000, random))

    gaps = (design.counts(means, random) - means) / np.sqrt(means)

    assert abs(gaps.mean()) < 0.02
    assert gaps.var() == pytest.approx(over, rel=0.03)
    assert np.mean(gaps[:, 1:] * gaps[:, :-1]) / over == pytest.approx(rho, abs=0.02)


def test_a_design_draws_the_same_counts_whatever_else_was_drawn():
    design = Design(months=24)

    first = design.drawn(3, SEED)
    Design(months=24, mean=50).drawn(3, SEED)

    assert np.array_equal(first, design.drawn(3, SEED))
    assert not np.array_equal(first, design.drawn(3, SEED + 1))


def test_a_step_moves_the_months_from_its_own_on():
    design = Design(months=24, step=10, factor=0.5)
    peaks = np.zeros(1)

    ratio = design.means(peaks) / replace(design, step=-1).means(peaks)

    assert ratio[0].tolist() == [1.0] * 10 + [0.5] * 14


@pytest.mark.parametrize(
    "design",
    [
        Design(months=84, step=72, factor=1.3),
        Design(months=84, mean=15, step=72, factor=0.5),
        Design(months=84, dispersion=3.0, autocorrelation=AUTOCORRELATED),
    ],
    ids=lambda one: one.name,
)
def test_looks_say_of_the_latest_month_what_the_chart_says_of_it(design):
    values = design.drawn(20, SEED)
    bits = (EXCEPTIONAL_HIGH, EXCEPTIONAL_LOW, RUN_HIGH, RUN_LOW, DRIFT_UP, DRIFT_DOWN)
    assert bits == (1, 2, 4, 8, 16, 32)

    seen = looks(values, 71)

    assert seen.any_signal.any()
    for place, now in enumerate(range(71, 85)):
        chart = adjusted_many(values[:, :now], START)
        assert np.array_equal(seen.bits[:, place], chart.signals[:, -1])
        assert np.array_equal(seen.since[:, place], chart.rows["level_start"])


def test_a_look_sees_nothing_of_the_months_that_follow():
    values = Design(months=72).drawn(10, SEED)
    other = values.copy()
    other[:, 70:] *= 3

    assert np.array_equal(looks(values, 61).bits[:, :10], looks(other, 61).bits[:, :10])
    assert np.array_equal(nhs_looks(values, 61)[:, :10], nhs_looks(other, 61)[:, :10])
    assert (looks(other, 61).bits[:, 10] & HIGH).any()


def test_the_likelihood_of_a_date_is_that_of_the_counts_month_by_month():
    design = Design(months=30, step=15, factor=0.8)
    random = design.random(SEED)
    peaks = design.peaks(1, random)
    values = design.counts(design.means(peaks), random)

    quick = dates.log_likelihood(design, values, peaks)[0]

    before = replace(design, step=-1).means(peaks)
    slow = [
        dates._logs_and_scores(
            design, values, np.where(np.arange(30) < at, before, before * design.factor)
        )[0].sum()
        for at in (6, 15, 24)
    ]
    assert quick[[6, 15, 24]].tolist() == pytest.approx(slow)
    assert np.isneginf(quick[:6]).all()
    assert np.isneginf(quick[25:]).all()


def test_a_large_step_is_dated_by_everyone():
    design = Design(step=60, factor=0.4, autocorrelation=AUTOCORRELATED)
    random = design.random(SEED)
    peaks = design.peaks(50, random)
    values = design.counts(design.means(peaks), random)

    likelihood = dates.log_likelihood(design, values, peaks)
    ours = dates.dated(values, 60)

    assert (likelihood.argmax(axis=1) == 60).all()
    assert (abs(ours.off) <= 1).all()
    assert ours.covered.mean() > 0.9


def test_a_pack_changes_the_share_it_says_and_flags_what_changed():
    many = pack.kinds(0.0)["many-sizes"]

    counts, changed = pack.drawn(many, 1, seed=SEED, changed=pack.CHANGED)
    seen = pack.flagged(counts)

    assert counts.shape == (1, pack.SERIES, pack.MONTHS)
    assert changed.mean() == pack.CHANGED
    assert pack.found_share(seen.headline, changed)[0] > 40
    assert pack.false_share(changed, changed) == (0.0, 0.0)
    assert pack.false_share(~changed, changed)[0] == 100.0


def test_first_month_and_median_count_from_one_and_never_lies_beyond_all():
    hits = np.array([[False, True], [True, True], [False, False]])

    months = detection.first_month(hits)

    assert months.tolist() == [2, 1, detection.NEVER]
    assert detection.told_median(months) == 2


def test_poisson_steps_finds_one_step_in_a_series_with_one_and_none_in_a_flat_one():
    flat = np.full((1, 40), 100.0)
    fallen = np.where(np.arange(40) < 20, 100.0, 50.0)[None, :]

    assert poisson_steps(flat, 3.0, 6).tolist() == [0]
    assert poisson_steps(fallen, 3.0, 6).tolist() == [1]


# Planted faults: an engine that is wrong must fall short where ours is held to its target.


def test_a_price_too_low_shows_as_false_steps():
    cheap = TUNING._replace(penalty=0.5)

    line = stable.false_steps(Design(), 10, 200, cheap)

    assert line.verdict == "short"
    assert line.value > 50


def test_autocorrelation_that_is_not_believed_shows_as_false_steps():
    deaf = TUNING._replace(most_autocorrelation=0.0)

    line = stable.false_steps(Design(autocorrelation=AUTOCORRELATED), 10, 300, deaf)

    assert line.verdict == "short"
    assert line.value > 10


@pytest.mark.slow
@pytest.mark.statistics
def test_a_season_that_is_not_known_shows_as_steps_that_are_not_seen():
    # The season then counts as variation: alarms fall silent rather than ring.
    values = Design(months=84, step=72, factor=0.8).drawn(100, SEED)

    known = looks(values, 73)
    blind = with_calendar(values, 73, np.zeros(84, np.int64))

    assert in_per_cent(known.stepped[:, -1])[0] > 90
    assert in_per_cent(blind.stepped[:, -1])[0] < 60


@pytest.mark.slow
@pytest.mark.statistics
def test_an_alarm_too_early_shows_as_false_alarms():
    jumpy = looks(Design(months=84).drawn(200, SEED), 61, TUNING._replace(alarm=2.0))

    assert in_per_cent(jumpy.any_signal.any(axis=1))[0] > 40


def test_a_signal_upwards_is_no_signal_of_a_fall():
    assert UPWARDS & LOW == 0
    assert detection.DOWNWARDS & HIGH == 0
