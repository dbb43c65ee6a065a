"""Queueing theory beside its vectors, and the simulation of the response beside theory.

    python -m bench.mobilisation_theory           writes evidence
    python -m bench.mobilisation_theory --small   short histories, nothing written

The simulation is looked at where theory knows the truth: stationary queues of one and of many
units, classes, times of every shape, those who leave, units called back on their way, a day that
moves, and staff that drop. Seeds are fixed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.special import stdtrit

from bench.figures import Line, measured, record
from bench.mobilisation_vectors import (
    CLASSES,
    DROPPING,
    ERLANG,
    FILLING,
    FROM_ELSEWHERE,
    IMPATIENT,
    INTERRUPTING,
    MOVING,
    ONE_SERVER,
    ONE_SERVER_CLASSES,
    ORDER,
    PLACES,
    SENT,
    STAFF,
    TWO_CLASSES,
    UNLIMITED,
    WITH_LINE,
    WITHOUT_LINE,
    rate_of_day,
)
from bench.table import printed
from regard.mobilisation.response import (
    Capacity,
    Demand,
    Estimate,
    Grade,
    Model,
    Rules,
    nobody_away,
    run,
)
from regard.mobilisation.response.estimates import LEVEL, estimate_of
from regard.mobilisation.response.model import EXPONENTIAL, FIXED, LOGNORMAL, WEEK
from regard.mobilisation.theory.chains import (
    Shift,
    dropping,
    filling,
    moving,
    two_classes,
    unlimited,
)
from regard.mobilisation.theory.hypercube import hypercube
from regard.mobilisation.theory.priority import longer_than, stays, waits
from regard.mobilisation.theory.waiting import erlang_a, erlang_b, mg1, mg1_classes, mmc

SEED = 20_266
HOUR = 60.0  # minutes; the mean time of a job, so that theory's unit is an hour
QUARTER = 0.25  # of it, at which tails are looked at
FOREVER = 1e9  # minutes of a journey that lasts as long as the unit is out
MOVING_PARTS, STAFF_PARTS = 7, 4  # hours of the model that stand for one of the theory
EMPTY_START = {6, 12, 30, 48}  # hours of the day that moves at which the simulation is looked at
NEAR_PERCENT, NEAR_ERRORS = 2.0, 4.0

Pair = tuple[float, float]


def formulas() -> Iterator[Pair]:
    """What each closed form gives, and its vector."""
    for servers, load, blocked, *wanted in ERLANG:
        told = mmc(load, 1.0, servers)
        yield erlang_b(servers, load), blocked
        yield from zip((told.waits, told.mean, told.queue), wanted, strict=True)
    for servers, rates, means, _ in CLASSES:
        yield from zip(waits(rates, 1.0, servers), means, strict=True)
    for rates, servers, times in INTERRUPTING:
        yield from zip(stays(rates, 1.0, servers), times, strict=True)
    for spread, wait in ONE_SERVER:
        yield mg1(0.8, 1.0, spread), wait
    *asked, wanted = ONE_SERVER_CLASSES
    yield from zip(mg1_classes(*asked), wanted, strict=True)
    for rate, servers, patience, found in IMPATIENT:
        a = erlang_a(rate, 1.0, servers, patience)
        yield from zip((a.waits, a.leaves, a.mean), found, strict=True)
    for time, mean in UNLIMITED:
        yield unlimited(time, base=8, swing=4, turn=2 * np.pi / 24, service=1), mean
    for time, mean in FILLING:
        yield filling(time, rate=8, service=1), mean


def tails_and_chains() -> Iterator[Pair]:
    """The same of tails, of chains that are solved, and of units that stand apart."""
    for servers, rates, _, tails in CLASSES:
        for place, time, chance in tails:
            yield longer_than(time, rates, 1.0, servers, place), chance
    rates, services, servers, wanted = TWO_CLASSES
    yield from zip(two_classes(rates, services, servers, most=40), wanted, strict=True)
    day = moving(rate_of_day, 1.0, 10, [time for time, *_ in MOVING], most=200)
    for one, (_, mean, busy) in zip(day, MOVING, strict=True):
        yield from ((one.mean, mean), (one.all_busy, busy))
    shifts = tuple(Shift(*one) for one in STAFF)
    fewer = dropping(8.0, 1.0, shifts, [time for time, *_ in DROPPING], most=120)
    for told, (_, *wanted) in zip(fewer, DROPPING, strict=True):
        yield from zip(told, wanted, strict=True)
    for line, (busy, all_busy) in ((True, WITH_LINE), (False, WITHOUT_LINE)):
        units = hypercube(PLACES, 1.0, ORDER, line=line)
        yield units.all_busy, all_busy
        yield from zip(units.busy, busy, strict=True)
    apart = hypercube(PLACES, 1.0, ORDER)
    yield from zip(apart.shares.ravel().tolist(), np.ravel(SENT).tolist(), strict=True)
    yield apart.away_from_home((0, 1, 2)), FROM_ELSEWHERE


@dataclass(frozen=True)
class Size:
    """How much is simulated.

    Attributes:
        share: Of the incidents of each stationary case, 0 to 1.
        histories: That they are shared by, in each of `runs`.
        runs: So many one after another, so that no more is held at once.
        days: Histories of each day that changes.
    """

    share: float
    histories: int
    runs: int
    days: int


WHOLE, SMALL = Size(1.0, 50, 6, 6_000), Size(0.01, 20, 1, 400)


@dataclass(frozen=True)
class Case:
    """A stationary queue whose truth is known.

    Attributes:
        name: Of it.
        grades: In order of priority.
        units: That answer.
        waits: Mean wait of each grade in hours, as far as it is known.
        millions: Of incidents: as many as leave chance a third of a per cent or so.
        shares: Of each grade, the measure and per cent of it, as far as it is known.
        rules: How units are sent.
    """

    name: str
    grades: tuple[Grade, ...]
    units: int
    waits: tuple[float, ...]
    millions: float
    shares: tuple[tuple[str, float], ...] = ()
    rules: Rules = Rules()


def grade(rate: float, *, hours: float = 1.0, spread: float = 1.0, place: int = 0, **more: Any
          ) -> Grade:  # fmt: skip
    """A grade of a steady rate an hour, whose jobs last so many hours on average."""
    shape = {0.0: FIXED, 1.0: EXPONENTIAL}.get(spread, LOGNORMAL)
    return Grade(
        f"Grade {place + 1}", (rate,) * WEEK, hours * HOUR, spread=spread, shape=shape,
        within=QUARTER * HOUR, **more,
    )  # fmt: skip


def cases() -> Iterator[Case]:
    """The stationary queues, each with what theory says of it."""
    for servers, load, _, _, mean, _ in ERLANG:
        if (servers, load) in {(10, 8), (50, 45)}:
            yield Case(f"M/M/{servers}", (grade(load),), servers, (mean,), 25 + 2 * servers)
    for servers, rates, means, tails in CLASSES:
        if servers in {10, 20}:
            shares = tuple(("late", 100 * chance) for _, time, chance in tails if time == QUARTER)
            grades = tuple(grade(rate, place=place) for place, rate in enumerate(rates))
            # A tail of a hundredth or less is rarer than these histories are long.
            yield Case(f"classes, {servers} units", grades, servers, means, 6 * servers, shares)
    for spread, mean in ONE_SERVER:
        if spread in {0, 1.5}:
            yield Case(
                f"M/G/1, spread {spread}",
                (grade(0.8, spread=float(spread)),),
                1,
                (mean,),
                8 + 16 * spread,
            )
    rates, hours, spreads, means = ONE_SERVER_CLASSES
    several = zip(rates, hours, spreads, strict=True)
    yield Case(
        "classes, one unit",
        (
            *(
                grade(rate, hours=mean, spread=float(spread), place=place)
                for place, (rate, mean, spread) in enumerate(several)
            ),
        ),
        1,
        means,
        16,
    )
    rates, services, servers, wanted = TWO_CLASSES
    pairs = zip(rates, services, strict=True)
    yield Case(
        "classes of other times",
        tuple(grade(rate, hours=1 / one, place=place) for place, (rate, one) in enumerate(pairs)),
        servers,
        wanted[1:],
        8,
    )
    for rate, servers, patience, (_, leaves, mean) in IMPATIENT[:1]:
        leaving = (grade(rate, patience=HOUR / patience),)
        yield Case("those who leave", leaving, servers, (mean,), 16, (("left", 100 * leaves),))
    rates, servers, times = INTERRUPTING[1]
    yield Case(
        "called back on their way",
        (grade(rates[0]), grade(0.2, place=1, travel=FOREVER)),
        servers,
        (times[0] - 1,),  # until done, less the mean job: the urgent do not see the others
        5,
        rules=Rules(divert=True),
    )


@dataclass(frozen=True)
class Beside:
    """An estimate of the simulation beside what theory says, in the same unit."""

    case: str
    tail: bool
    found: Estimate
    theory: float

    @property
    def errors(self) -> float:
        """How many standard errors they lie apart."""
        error = self.found.half_width / stdtrit(self.found.replications - 1, 0.5 + LEVEL / 2)
        return float(abs(self.found.value - self.theory) / error)

    @property
    def percent(self) -> float:
        """The same in per cent of theory."""
        return 100 * abs(self.found.value - self.theory) / self.theory


def beside(case: Case, size: Size, *, seed: int) -> Iterator[Beside]:
    """A case simulated: mean waits in minutes, and shares in per cent."""
    a_week = WEEK * sum(one.rate[0] for one in case.grades)
    histories = size.histories * size.runs
    weeks = max(2, round(1e6 * case.millions * size.share / (histories * a_week)))
    warm_up, hours = 2 * WEEK, weeks * WEEK
    model = Model(
        Demand(case.grades), Capacity((case.units,) * (warm_up + hours)), rules=case.rules,
        warm_up=warm_up, hours=hours,
    )  # fmt: skip
    # Of each run the sums of its histories are kept, and no hour of them.
    kept = [
        run(model, [nobody_away(model)], replications=size.histories, seed=seed + at)
        .results[0]
        .phases[:, 0]
        .copy()
        for at in range(size.runs)
    ]
    sums = np.concatenate(kept)
    for place, theory in enumerate(case.waits):
        yield Beside(case.name, False, estimate_of("wait", sums[:, place]), HOUR * theory)
    for place, (measure, theory) in enumerate(case.shares):
        if theory > 1:
            yield Beside(case.name, True, estimate_of(measure, sums[:, place]), theory)


def days(size: Size) -> Iterator[tuple[float, float, float]]:
    """Of hours of days that change: the number present or waiting, its error, and theory."""
    steps = (np.arange(WEEK) + 0.5) / MOVING_PARTS
    rates = tuple(rate_of_day(one) / MOVING_PARTS for one in steps)
    model = _from_empty(rates, (10,) * (2 * WEEK), MOVING_PARTS)
    found = _histories(model, size.days)
    busy = found.tally.busy / size.days
    for time, mean, _ in MOVING:
        if time in EMPTY_START:
            at = MOVING_PARTS * time - 1
            yield (*_mean(found.waiting[:, at] + busy[at]), mean)
    units = tuple(
        count for first, last, count in STAFF for _ in range(STAFF_PARTS * (last - first))
    )
    model = _from_empty((8.0 / STAFF_PARTS,) * WEEK, units, STAFF_PARTS)
    waiting = _histories(model, size.days).waiting
    for time, _, queue in DROPPING:
        yield (*_mean(waiting[:, int(STAFF_PARTS * time) - 1]), queue)


def _from_empty(rates: tuple[float, ...], units: tuple[int, ...], parts: int) -> Model:
    one = replace(grade(0.0, hours=float(parts)), rate=rates)
    return Model(Demand((one,)), Capacity(units), warm_up=0, hours=len(units))


def _histories(model: Model, count: int) -> Any:
    return run(model, [nobody_away(model)], replications=count, seed=SEED).results[0]


def _mean(values: np.ndarray) -> Pair:
    return float(values.mean()), float(values.std(ddof=1) / np.sqrt(len(values)))


def lines(size: Size) -> list[Line]:
    """What was measured."""
    found = []
    for claim, pairs in (("formulas", formulas), ("tails-and-chains", tails_and_chains)):
        held = list(_apart(pairs))
        found.append(measured(f"capability.theory.{claim}", max(held), n=len(held)))
    looked = [
        one
        for place, case in enumerate(cases())
        for one in beside(case, size, seed=SEED + size.runs * place)
    ]
    worst = max(looked, key=lambda one: one.errors)
    told: dict[str, Any] = {"seed": SEED}
    found.append(
        measured("capability.theory.simulated-z", worst.errors, n=len(looked), note=worst.case,
                 **told)
    )  # fmt: skip
    for claim, tail in (("means", False), ("tails", True)):
        of = [one for one in looked if one.tail is tail]
        worst = max(of, key=lambda one: one.percent)
        found.append(
            measured(f"capability.theory.simulated-{claim}", worst.percent, n=len(of),
                     note=f"{worst.case}: {_said(worst)}", **told)
        )  # fmt: skip
    return [*found, _days_line(size)]


def _days_line(size: Size) -> Line:
    looked = list(days(size))
    out = [
        one for one in looked
        if abs(one[0] - one[2]) > NEAR_ERRORS * one[1]
        and abs(one[0] - one[2]) > NEAR_PERCENT / 100 * one[2]
    ]  # fmt: skip
    errors = max(abs(value - theory) / error for value, error, theory in looked)
    percent = max(100 * abs(value - theory) / theory for value, _, theory in looked)
    return measured(
        "capability.theory.simulated-days", len(out), n=len(looked), seed=SEED,
        note=f"at most {errors:.1f} standard errors and {percent:.1f}% apart, "
        f"{size.days:,} histories",
    )  # fmt: skip


def _apart(pairs: Callable[[], Iterator[Pair]]) -> Iterator[float]:
    return (abs(found - wanted) for found, wanted in pairs())


def _said(one: Beside) -> str:
    unit = "%" if one.tail else " minutes"
    return f"{one.found.value:.4g} for {one.theory:.4g}{unit}, {one.errors:.1f} standard errors"


def main(arguments: Sequence[str]) -> int:
    """Measure, print, and write the lines unless the run is a small one."""
    parser = argparse.ArgumentParser(prog="python -m bench.mobilisation_theory")
    parser.add_argument("--small", action="store_true", help="short histories, nothing written")
    small = parser.parse_args(arguments).small
    found = lines(SMALL if small else WHOLE)
    printed(found)
    if not small:
        record(found)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
