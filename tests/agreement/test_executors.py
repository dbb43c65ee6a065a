"""A run on a real cluster of Dask is the run on this machine, to the last bit."""

from __future__ import annotations

import pytest

from regard.mobilisation.response.model import Capacity, Demand, Grade, Model
from regard.mobilisation.response.running import run
from regard.mobilisation.response.scenarios import away, nobody_away

distributed = pytest.importorskip("distributed", reason="no oracle environment: Dask is not here")

pytestmark = [pytest.mark.slow, pytest.mark.oracle, pytest.mark.filterwarnings("ignore")]

DAY, WEEK = 24, 168


def model_of_a_force():
    rate = [12.0 if hour % DAY > 7 else 5.0 for hour in range(WEEK)]
    grades = (
        Grade("immediate", tuple(0.25 * one for one in rate), 65.0, within=15.0, travel=6.0),
        Grade("routine", tuple(0.75 * one for one in rate), 50.0, within=240.0, travel=12.0),
    )
    return Model(Demand(grades, daily_spread=0.01), Capacity((14,) * (2 * WEEK)))


def test_a_local_cluster_gives_the_digest_of_threads(say_rate):
    model = model_of_a_force()
    scenarios = (nobody_away(model), away("three", model, [3] * DAY, start=WEEK, end=WEEK + 72))
    here = run(model, scenarios, replications=6, seed=11)
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        there = run(model, scenarios, replications=6, seed=11, executor=client.get_executor())

    assert there.digest == here.digest
    say_rate("Dask: 6 replications on two workers, digest as on threads")
