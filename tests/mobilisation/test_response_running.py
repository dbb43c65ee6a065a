"""Runs say what theory says, and the same to the byte on any workers."""

from __future__ import annotations

import math
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import numpy as np
import pytest
from scipy.linalg import expm

from mobilisation.response_histories import fixed, grade, steady
from regard.core.errors import DefinitionRefused, NotKnown
from regard.mobilisation.response import readings
from regard.mobilisation.response.local import Local
from regard.mobilisation.response.model import (
    HANDOVER,
    LOGNORMAL,
    WEEK,
    Capacity,
    Demand,
    Model,
    Phase,
    Rules,
)
from regard.mobilisation.response.outcomes import COMPILED, PLAIN
from regard.mobilisation.response.running import Precision, run
from regard.mobilisation.response.scenarios import Scenario, away, nobody_away

SEED = 20_266
HOUR = 60.0
WITHIN = 15.0  # a quarter of the mean unit time, at which tails are looked at
FOREVER = 1e9  # minutes of a journey that always lasts as long as the unit is out


def three(rates, **more):
    return tuple(
        grade(f"Grade {at}", rate=rate, minutes=HOUR, within=WITHIN, **more)
        for at, rate in enumerate(rates, start=1)
    )


def told(model, *, replications=60, seed=SEED):
    return run(model, [nobody_away(model)], replications=replications, seed=seed)


def assert_near(estimate, theory, relative):
    """Within four standard errors, and within a share of the theory."""
    assert abs(estimate.value - theory) < 4 * estimate.half_width / 1.96
    assert abs(estimate.value - theory) < relative * theory


# Stationary queues: Erlang C, Cobham 1954, Pollaczek and Khinchine, Palm's Erlang-A; hours of
# waiting by grade where the mean unit time is an hour, and shares waiting longer than a quarter.
ONE = "Grade 1"
WAITING = {
    "M/M/10, load 8": ((grade(minutes=HOUR, rate=8),), 10, {}, (0.2045900754,)),
    "three grades": (three((2, 3, 3)), 10, {}, (0.05114752, 0.10229504, 0.40918015)),
    "M/D/1": ((fixed(minutes=HOUR, rate=0.8),), 1, {}, (2.0,)),
    "M/G/1, lognormal": (
        (grade(minutes=HOUR, rate=0.8, shape=LOGNORMAL, spread=1.5),), 1, {}, (6.5,),
    ),
    "three grades of other times": (
        (
            fixed("Grade 1", rate=0.2, minutes=0.7 * HOUR),
            grade("Grade 2", rate=0.3, minutes=HOUR),
            grade("Grade 3", rate=0.25, minutes=1.2 * HOUR, shape=LOGNORMAL, spread=1.0),
        ),
        1, {}, (0.8244186047, 1.4721760797, 4.8695054945),
    ),
    "two units, other rates": (
        (
            grade("Grade 1", rate=0.5, minutes=HOUR / 1.2),
            grade("Grade 2", rate=0.6, minutes=HOUR / 0.8),
        ),
        2, {}, (0.3026608100, 0.7169657824),
    ),
    "those who leave": (
        (grade(minutes=HOUR, rate=9, patience=2 * HOUR),), 10, {}, (0.1340234309,),
    ),
    "first grade diverts": (
        (
            grade("Grade 1", rate=0.3, minutes=HOUR),
            grade("Grade 2", rate=0.2, minutes=HOUR, travel=FOREVER),
        ),
        1, {"rules": Rules(divert=True)}, (0.4285714286,),
    ),
}  # fmt: skip
SIZES = [
    pytest.param(40, 20, 0.06, id="short"),
    pytest.param(300, 60, 0.015, id="long", marks=[pytest.mark.slow, pytest.mark.statistics]),
]


@pytest.mark.parametrize("case", WAITING)
@pytest.mark.parametrize("replications, weeks, relative", SIZES)
def test_waits_are_those_of_theory(case, replications, weeks, relative):
    grades, units, more, hours = WAITING[case]
    model = steady(*grades, units=units, hours=weeks * WEEK, warm_up=2 * WEEK, **more)

    runs = told(model, replications=replications)

    for one, theory in zip(grades, hours, strict=False):
        found = readings.read(runs, "wait", scenario="nobody away", grade=one.name)
        heavy = 2.5 if units == 1 else 1.0  # one server's waits hang together for weeks
        assert_near(found, theory * HOUR, heavy * relative)


@pytest.mark.parametrize("replications, weeks, relative", SIZES)
def test_shares_that_wait_long_are_those_of_theory(replications, weeks, relative):
    model = steady(*three((2, 3, 3)), units=10, hours=weeks * WEEK, warm_up=WEEK)

    runs = told(model, replications=replications)

    for name, theory in (("Grade 1", 5.537651), ("Grade 2", 14.194535), ("Grade 3", 28.743903)):
        found = readings.read(runs, "late", scenario="nobody away", grade=name)
        assert_near(found, theory, 2 * relative)


def test_share_that_leaves_is_that_of_theory():
    model = steady(
        grade(minutes=HOUR, rate=9, patience=2 * HOUR), units=10, hours=20 * WEEK, warm_up=WEEK
    )

    runs = told(model)

    assert_near(readings.read(runs, "left", scenario="nobody away", grade=ONE), 6.70117155, 0.05)


# An hour of the model stands for a part of an hour of the theory, so that rates may change often
# and the queue is looked at often.
REPLICATIONS = [
    pytest.param(2_500, 0.1, id="short"),
    pytest.param(6_000, 0.03, id="long", marks=[pytest.mark.slow, pytest.mark.statistics]),
]


def transient(rates, units, *, parts, rules=None):
    """A run from empty; `parts` hours of the model are one of the theory."""
    one = grade(minutes=parts * HOUR, rate=0.0)
    one = replace(one, rate=tuple(rates))
    return Model(
        Demand((one,)),
        Capacity(tuple(units)),
        warm_up=0,
        hours=len(units),
        rules=rules or Rules(),
    )


def mean_at(values, theory, relative, floor=0.05):
    error = values.std(ddof=1) / math.sqrt(len(values))
    assert abs(values.mean() - theory) < 4 * error
    assert abs(values.mean() - theory) < relative * theory + floor


@pytest.mark.parametrize("replications, relative", REPLICATIONS)
def test_queue_under_changing_demand_is_that_of_the_kolmogorov_equations(replications, relative):
    steps = (np.arange(WEEK) + 0.5) / 7
    rates = (8 + 4 * np.sin(2 * np.pi * steps / 24)) / 7
    model = transient(rates, [10] * (2 * WEEK), parts=7)

    runs = told(model, replications=replications)

    waiting = runs.results[0].waiting
    busy = runs.results[0].tally.busy / runs.replications
    theory = {6: 17.36984863, 12: 22.09741028, 30: 18.27465811, 48: 7.32323409}
    for hour, in_system in theory.items():
        mean_at(waiting[:, 7 * hour - 1] + busy[7 * hour - 1], in_system, relative)


STAFF = [12] * 96 + [7] * 24 + [12] * 72  # quarter hours
QUEUES = {24: 0.279679, 24.25: 1.434350, 25: 3.043347, 27: 5.731959, 30: 9.398274,
          30.25: 5.000857, 32: 2.542821, 36: 0.677958, 48: 0.281694}  # fmt: skip


@pytest.mark.parametrize("replications, relative", REPLICATIONS)
def test_queue_where_staff_drop_is_that_of_the_chain_in_which_jobs_are_finished(
    replications, relative
):
    model = transient([2.0] * WEEK, STAFF, parts=4)

    waiting = told(model, replications=replications).results[0].waiting

    for hour, theory in QUEUES.items():
        mean_at(waiting[:, int(4 * hour) - 1], theory, relative)


def handed_over(most=90):
    """By hour: mean units busy, their variance and mean queue where jobs are laid down."""
    beyond = np.arange(most + 1)
    quarter = {}
    for units in set(STAFF):
        flow = np.diag(np.full(most, 8.0), 1) + np.diag(np.minimum(beyond[1:], units) * 1.0, -1)
        quarter[units] = expm((flow - np.diag(flow.sum(axis=1))) / 4)
    now, found = np.eye(1, most + 1)[0], {}
    for step, units in enumerate(STAFF, start=1):
        now = now @ quarter[units]
        busy = np.minimum(beyond, units)
        mean = float(now @ busy)
        found[step / 4] = mean, float(now @ busy**2) - mean**2, float(now @ (beyond - busy))
    return found


@pytest.mark.parametrize("replications, relative", REPLICATIONS)
def test_units_and_queue_where_jobs_are_handed_over_are_those_of_a_birth_and_death_chain(
    replications, relative
):
    model = transient([2.0] * WEEK, STAFF, parts=4, rules=Rules(shift_end=HANDOVER))

    found = told(model, replications=replications).results[0]

    chain = handed_over()
    for hour in (24.25, 25, 27, 30, 32):
        busy, variance, _ = chain[hour]
        seen = found.tally.busy[int(4 * hour) - 1] / replications
        assert abs(seen - busy) < 4 * math.sqrt(variance / replications)
    for hour in (27, 30, 32):  # by then all that was laid down at 24 is taken up again
        mean_at(found.waiting[:, int(4 * hour) - 1], chain[hour][2], relative)


@pytest.mark.slow
@pytest.mark.statistics
def test_intervals_cover_theory_as_often_as_they_say():
    model = steady(grade(minutes=HOUR, rate=8), units=10, hours=2 * WEEK, warm_up=WEEK)

    ranges = [
        readings.read(told(model, replications=20, seed=seed), "wait",
                      scenario="nobody away", grade=ONE).range
        for seed in range(200)
    ]  # fmt: skip

    covered = sum(0.2045900754 * HOUR in one for one in ranges)
    assert 180 <= covered <= 198


@pytest.fixture(scope="module")
def model():
    phases = (Phase("away", 24, 72), Phase("after", 72, 120))
    return steady(*three((2, 3, 3)), units=10, hours=4 * 24, warm_up=24, phases=phases)


@pytest.fixture(scope="module")
def scenarios(model):
    return [nobody_away(model)] + [
        away(f"{lost} away", model, [lost] * 24, start=24, end=72) for lost in (1, 3)
    ]


def test_digest_is_the_same_on_one_worker_and_two_and_in_any_order(model, scenarios):
    alone = run(model, scenarios, replications=7, seed=SEED, executor=ThreadPoolExecutor(1))
    both = run(model, scenarios[::-1], replications=7, seed=SEED, executor=ThreadPoolExecutor(2))
    plain = run(model, scenarios, replications=7, seed=SEED, engine=PLAIN)

    assert alone.digest == both.digest == plain.digest
    assert alone.digest != run(model, scenarios, replications=7, seed=SEED + 1).digest


def test_areas_that_help_each_other_are_run_as_the_force_is():
    local = Local(
        names=("north", "south"),
        share=((0.5, 0.5),) * 3,
        units=((5,) * 48, (5,) * 48),
        journey=((0.0, 10.0), (10.0, 0.0)),
        help_after=(0.0, 20.0, None),
    )
    model = steady(*three((2, 3, 3)), units=10, hours=48, local=local)
    scenarios = [
        nobody_away(model),
        away("two away", model, [2] * 24, start=0, end=48),
        Scenario("two of the north away", (0,) * 48, by_area=((2,) * 48, (0,) * 48)),
    ]

    compiled, plain = (
        run(model, scenarios, replications=6, seed=SEED, engine=engine)
        for engine in (COMPILED, PLAIN)
    )

    late = [
        readings.read(compiled, "late", scenario=one.name, grade="Grade 3").value
        for one in scenarios
    ]
    assert compiled.digest == plain.digest
    assert late[0] + 10 < min(late[1:])


@pytest.mark.slow
@pytest.mark.statistics
def test_digest_is_the_same_in_processes(model, scenarios):
    threads = run(model, scenarios, replications=7, seed=SEED)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        other = run(model, scenarios, replications=7, seed=SEED, executor=processes)

    assert threads.digest == other.digest


def test_order_of_scenarios_does_not_matter(model, scenarios):
    one = run(model, scenarios, replications=4, seed=SEED)
    other = run(model, scenarios[::-1], replications=4, seed=SEED)

    for name in ("nobody away", "3 away"):
        np.testing.assert_array_equal(one.result(name).phases, other.result(name).phases)


def test_fewer_units_at_work_answer_more_late_on_the_same_incidents(model, scenarios):
    runs = run(model, scenarios, replications=20, seed=SEED)
    told = {"base": "nobody away", "grade": "Grade 3", "phase": "away"}

    more = readings.change(runs, "late", scenario="3 away", **told)
    apart = [
        readings.read(runs, "late", scenario=name, grade="Grade 3", phase="away")
        for name in ("3 away", "nobody away")
    ]

    assert more.low > 0
    assert more.value == pytest.approx(apart[0].value - apart[1].value)
    assert more.half_width < math.hypot(*(one.half_width for one in apart))


def test_run_stops_where_the_interval_is_as_narrow_as_wanted(model, scenarios):
    until = Precision("Grade 3", half_width=6.0, least=4, step=4, most=200)

    runs = run(model, scenarios, seed=SEED, until=until)

    widths = [
        readings.read(runs, "late", scenario=one.name, grade="Grade 3").half_width
        for one in scenarios
    ]
    assert runs.stopped == "narrow enough"
    assert 4 <= runs.replications < 200
    assert runs.replications % 4 == 0
    assert max(widths) <= 6.0


def test_run_ends_where_it_may_go_no_further(model, scenarios):
    until = Precision("Grade 3", half_width=1e-6, least=3, step=4, most=6)

    runs = run(model, scenarios, seed=SEED, until=until)

    assert (runs.replications, runs.stopped) == (6, "as many as allowed")


def test_replications_run_in_steps_are_those_run_at_once(model, scenarios):
    until = Precision("Grade 3", half_width=1e-6, least=3, step=2, most=6)

    assert run(model, scenarios, seed=SEED, until=until).digest == (
        run(model, scenarios, seed=SEED, replications=6).digest
    )


def test_progress_is_told_to_the_last_replication(model, scenarios):
    seen = []

    run(model, scenarios, replications=5, seed=SEED, progress=lambda *told: seen.append(told))

    assert seen[-1] == ("replications", 0, 5, 5)


def test_what_the_progress_raises_ends_the_run(model, scenarios):
    def stop(*told):
        raise KeyboardInterrupt(told)

    with pytest.raises(KeyboardInterrupt):
        run(model, scenarios, replications=5, seed=SEED, progress=stop)


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"scenarios": []}, "scenarios are called"),
        ({"replications": 0}, "0 replications"),
        ({"seed": -1}, "seed -1"),
        ({"scenarios": [Scenario("short", (0,))]}, "units are lost in 1 hours of 120"),
    ],
)
def test_a_run_that_cannot_be_is_refused(model, changed, said):
    asked = {"scenarios": [nobody_away(model)], "replications": 2, "seed": 1} | changed

    with pytest.raises(DefinitionRefused, match=said):
        run(model, asked.pop("scenarios"), **asked)


def test_a_stop_by_a_grade_nobody_has_is_refused(model):
    with pytest.raises(NotKnown, match="no grade is called 'Grade 9'"):
        run(model, [nobody_away(model)], seed=1, until=Precision("Grade 9", half_width=1))


def test_a_stop_without_a_width_is_refused():
    with pytest.raises(DefinitionRefused, match="half width of 0"):
        Precision("Grade 1", half_width=0)
