"""Workforce: how fast paths are, and how near to what theory says.

    python -m bench.workforce           10,000 paths of 60 months; writes evidence
    python -m bench.workforce --small   a few paths, nothing written

Beside the engine stand plain Python, which moves one person after another, and NumPy's own
multinomial over all paths at once. Theory is worked out again in 40 digits and in fractions, which
share no code with the engine.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal, getcontext
from fractions import Fraction
from typing import Any, TypeVar

import numpy as np

from bench.figures import Line, measured, record
from bench.table import printed
from regard.workforce.annual import Annual, joiners_to_hold
from regard.workforce.delays import Erlang, Uniform
from regard.workforce.doubts import Doubt
from regard.workforce.paths import Paths, errors_apart, simulate
from regard.workforce.pipeline import (
    Pipeline,
    expected,
    months_spent,
    reaching,
    spread,
    steady,
)
from regard.workforce.service import Service

PATHS, MONTHS, SEED = 10_000, 60, 20_260
SMALL = 200
PLAIN_PATHS = 4  # plain Python walks so many and is scaled: each takes the same time
ATTRITION = Doubt("leaving", 0.15, "substantive")

STAGES = ("vetting", "training", "tutor", "independent", "substantive")
MOVES = (
    ("0.70", "0.26", "0", "0", "0"),
    ("0", "0.80", "0.19", "0", "0"),
    ("0", "0", "0.66", "0.325", "0"),
    ("0", "0", "0", "0.945", "0.05"),
    ("0", "0", "0", "0", "0.9955"),
)
PEOPLE, INTAKE = (60, 70, 35, 260, 2000), (24, 0, 0, 0, 0)
LINE = Pipeline(
    STAGES,
    tuple(tuple(map(float, row)) for row in MOVES),
    PEOPLE,
    INTAKE,
    strength=STAGES[1:],
    deployable=STAGES[3:],
)

T = TypeVar("T")
Told = tuple[float, float]


def lines(*, paths: int = PATHS) -> list[Line]:
    """Every figure of the workforce engine."""
    return [*speeds(paths), *accuracy(paths)]


def speeds(paths: int) -> list[Line]:
    """Seconds of the engine, of plain Python and of NumPy, for the same paths."""
    simulate(LINE, months=1, paths=2, seed=SEED)  # compiled before the clock starts
    simulate(LINE, months=1, paths=2, seed=SEED, chance=False)
    run, ours = timed(lambda: simulate(LINE, months=MONTHS, paths=paths, seed=SEED), times=3)
    walked, taken = timed(lambda: person_by_person(PLAIN_PATHS))
    plain = taken / PLAIN_PATHS * paths
    held, numpy = timed(lambda: by_multinomial(paths))
    _, apart = timed(
        lambda: errors_apart(LINE, months=MONTHS, paths=paths, seed=SEED, doubts=[ATTRITION])
    )
    told: dict[str, Any] = {"n": paths, "seed": SEED}
    means = (
        f"mean strength after {MONTHS} months: {run.of()[:, -1].mean():,.1f} here, "
        f"{np.mean(walked):,.1f} in plain Python, {held.mean():,.1f} in NumPy"
    )
    return [
        measured("capability.workforce.paths", ours, note=means, **told),
        measured(
            "capability.workforce.paths-v-plain",
            ours,
            peer=("plain Python", plain),
            note=f"plain Python walked {PLAIN_PATHS} paths and is scaled",
            **told,
        ),
        measured("capability.workforce.paths-v-numpy", ours, peer=("NumPy", numpy), **told),
        measured("capability.workforce.errors-apart", apart, **told),
    ]


def accuracy(paths: int) -> list[Line]:
    """How far the engine is from theory, and its paths from the law they follow."""
    exact, vectors = list(against_theory()), list(against_vectors())
    off = [f"{found} for {told}" for found, told, half in vectors if abs(found - told) > half]
    run = simulate(LINE, months=MONTHS, paths=paths, seed=SEED)
    law = expected(LINE, MONTHS).strength[1:]
    gap = np.abs(run.of().mean(axis=0)[1:] - law)
    error = spread(LINE, MONTHS, LINE.strength)[1:] / np.sqrt(paths)
    told: dict[str, Any] = {"n": paths, "seed": SEED}
    return [
        measured(
            "capability.workforce.theory",
            max(abs(found - meant) for found, meant in exact),
            n=len(exact),
        ),
        measured("capability.workforce.vectors", len(off), n=len(vectors), note="; ".join(off)),
        measured("capability.workforce.mean-z", float((gap / error).max()), **told),
        measured("capability.workforce.mean-percent", float((100 * gap / law).max()), **told),
        measured("capability.workforce.other-bytes", other_bytes(paths), n=6, seed=SEED),
    ]


def other_bytes(paths: int) -> int:
    """Runs of one seed whose bytes differ from the first: on two threads, and after others."""

    def run(seed: int = SEED) -> Paths:
        return simulate(LINE, months=MONTHS, paths=paths, seed=seed)

    first = run().digest
    with ThreadPoolExecutor(2) as both:
        at_once = [one.result() for one in [both.submit(run) for _ in range(4)]]
    run(SEED + 1)
    return sum(one.digest != first for one in (*at_once, run(), run()))


def person_by_person(paths: int) -> list[int]:
    """The same paths in plain Python, each person drawn by themselves: strength at the end."""
    luck = random.Random(SEED)
    chances = [[float(one) for one in row] for row in MOVES]
    found = []
    for _ in range(paths):
        people = [stage for stage, count in enumerate(PEOPLE) for _ in range(count)]
        for _ in range(MONTHS):
            stayed = []
            for stage in people:
                at = luck.random()
                for to, chance in enumerate(chances[stage]):
                    if at < chance:
                        stayed.append(to)
                        break
                    at -= chance
            people = stayed + [0] * poisson(luck, INTAKE[0])
        found.append(sum(stage > 0 for stage in people))
    return found


def poisson(luck: random.Random, mean: float) -> int:
    """A Poisson number by waiting times."""
    count, waited = 0, luck.expovariate(mean)
    while waited < 1:
        count += 1
        waited += luck.expovariate(mean)
    return count


def by_multinomial(paths: int) -> np.ndarray:
    """The same paths with NumPy's multinomial over all of them at once: strength at the end."""
    luck = np.random.default_rng(SEED)
    moves = [[*map(float, row), 1.0 - sum(map(float, row))] for row in MOVES]
    held = np.tile(np.asarray(PEOPLE), (paths, 1))
    for _ in range(MONTHS):
        then = np.zeros_like(held)
        for stage, chances in enumerate(moves):
            then += luck.multinomial(held[:, stage], np.maximum(chances, 0.0))[:, :-1]
        then[:, 0] += luck.poisson(INTAKE[0], paths)
        held = then
    return held[:, 1:].sum(axis=1)


def against_theory() -> Iterator[Told]:
    """What the engine gives, and the same in fractions or in 40 digits."""
    getcontext().prec = 40
    yield from _of_pipeline()
    w = -(Decimal("0.935").ln())
    for joiners in (180, 200):
        for delay in (Decimal("1.25"), Decimal(0)):
            limit = joiners / w
            left = 2300 * (-w * delay).exp()
            years = delay + ((limit - left) / (limit - 2500)).ln() / w
            course = Annual(2300, joiners, 0.065, float(delay))
            yield course.limit, float(limit)
            yield course.years_to(2500), float(years)
    yield joiners_to_hold(2500, 0.065), float(2500 * w)
    for month in (12, 15, 18, 24):
        yield float(Erlang(15, 25).share_by(month)), float(_erlang(25, Decimal(month) * 25 / 15))
    usual = Service(9, 1.1)
    stays = [_lognormal(year) for year in range(31)]
    for year in (1, 2, 5, 10, 20):
        yield float(usual.staying(year)), float(stays[year])
    joined: list[Decimal] = []
    going = [one - two for one, two in zip(stays, stays[1:], strict=False)]
    for year in range(30):
        again = sum((joined[past] * going[year - 1 - past] for past in range(year)), Decimal(0))
        joined.append(going[year] + again)
    for found, meant in zip(usual.replacements(1000, 30), joined, strict=True):
        yield float(found), float(1000 * meant)


def _of_pipeline() -> Iterator[Told]:
    moves = [[Fraction(one) for one in row] for row in MOVES]
    held = [Fraction(one) for one in PEOPLE]
    course = expected(LINE, 36).people
    for month in range(1, 37):
        held = [
            sum((held[at] * moves[at][to] for at in range(5)), Fraction(INTAKE[to]))
            for to in range(5)
        ]
        yield from zip(course[month].tolist(), map(float, held), strict=True)
    spent, row = months_spent(LINE)[0], Fraction(1)
    for stage in range(5):
        row = row / (1 - moves[stage][stage])
        yield float(spent[stage]), float(row)
        yield float(steady(LINE)[stage]), float(24 * row)
        row *= moves[stage][stage + 1] if stage < 4 else 1
    chance = Fraction(1)
    for stage in (3, 2, 1, 0):
        chance *= moves[stage][stage + 1] / (1 - moves[stage][stage])
        yield float(reaching(LINE, "substantive").chance[stage]), float(chance)
    for intake in ("poisson", "fixed"):
        found = spread(LINE, 36, LINE.strength, intake=intake)[36]
        yield float(found), _spread(moves, poisson_intake=intake == "poisson")


def _spread(moves: list[list[Fraction]], *, poisson_intake: bool) -> float:
    """The standard deviation at 36 months by the variance of each person, in fractions."""
    there = [Fraction(int(stage > 0)) for stage in range(5)]
    variance = Fraction(0)
    for _ in range(36):
        chance = there[0]
        variance += 24 * chance * (1 if poisson_intake else 1 - chance)
        there = [sum((a * b for a, b in zip(row, there, strict=True)), Fraction()) for row in moves]
    variance += sum(
        (count * chance * (1 - chance) for count, chance in zip(PEOPLE, there, strict=True)),
        Fraction(),
    )
    return float((Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt())


def _erlang(phases: int, at: Decimal) -> Decimal:
    term = total = Decimal(1)
    for phase in range(1, phases):
        term *= at / phase
        total += term
    return 1 - (-at).exp() * total


def _lognormal(years: int) -> Decimal:
    """The share who stay, from the Taylor series of the error function."""
    if years == 0:
        return Decimal(1)
    z = (Decimal(years) / 9).ln() / Decimal("1.1")
    term = total = z
    for n in range(1, 400):
        term *= -z * z / (2 * n)
        total += term / (2 * n + 1)
    root = (2 * Decimal("3.14159265358979323846264338327950288419717")).sqrt()
    return Decimal("0.5") - total / root


def against_vectors() -> Iterator[tuple[float, float, float]]:
    """What the engine gives, the published vector, and half of its last digit."""
    course, pipe = expected(LINE, 36), months_spent(LINE)[0]
    substantive, independent = reaching(LINE, "substantive"), reaching(LINE, "independent")
    usual = Service(9, 1.1)
    for found, vectors in (
        (course.people[1], "66 71.6 36.4 257.075 2004"),
        (course.strength[[1, 12, 36]], "2369.0750 2455.2149 2647.4687"),
        (course.deployable[[1, 12, 36]], "2261.0750 2303.9371 2485.4161"),
        (pipe, "3.333333 4.333333 2.421569 14.309269 158.99188"),
        (substantive.chance[:4], "0.715463 0.825535 0.868984 0.909091"),
        ([independent.chance[1], independent.months[1]], "0.908088 7.941176"),
        ([steady(LINE)[1:].sum()], "4321.3452"),
        ([spread(LINE, 36, LINE.strength)[36]], "30.3378"),
        ([spread(LINE, 36, LINE.strength, intake="fixed")[36]], "21.9165"),
        ([Annual(2300, joins, 0.065).limit for joins in (160, 180)], "2380.64 2678.22"),
        (
            [
                Annual(2300, *one).years_to(2500)
                for one in (
                    (180, 0.065, 1.25),
                    (180, 0.065),
                    (200, 0.065, 1.25),
                    (200, 0.065),
                )
            ],
            "18.3792 11.1957 10.0769 5.2210",
        ),
        ([joiners_to_hold(2500, 0.065)], "168.022"),
        ([joiners_to_hold(2500, 0.065, once_a_year=True)], "162.5"),
        ([joiners_to_hold(2500, 0.065, once_a_year=True, lost=0.18)], "198.171"),
        (Uniform(12, 18).share_by([12, 13.5, 15, 18]), "0 0.25 0.5 1"),
        (Erlang(15, 25).share_by([12, 15, 18, 24]), "0.156773 0.526602 0.842758 0.995517"),
        (usual.staying([1, 2, 5, 10, 20]), "0.977113 0.914241 0.703451 0.461847 0.233945"),
        ([usual.mean], "16.4813"),
        (usual.replacements(1000, 6), "22.887 63.396 76.092 78.940 78.920 78.048"),
        (usual.replacements(1000, 30)[[9, 19, 29]], "73.840 67.817 65.012"),
    ):
        for one, told in zip(found, vectors.split(), strict=True):
            places = len(told.partition(".")[2])
            yield float(one), float(told), 0.5000001 * 10.0**-places + 1e-9


def timed(run: Callable[[], T], times: int = 1) -> tuple[T, float]:
    """What a run gives, and the seconds of the quickest of so many."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        found = run()
        taken.append(time.perf_counter() - start)
    return found, min(taken)


def main(arguments: Sequence[str]) -> int:
    """Measure, print, and write the lines unless the run is a small one."""
    parser = argparse.ArgumentParser(prog="python -m bench.workforce")
    parser.add_argument("--small", action="store_true", help="a few paths, nothing written")
    small = parser.parse_args(arguments).small
    found = lines(paths=SMALL if small else PATHS)
    printed(found)
    if not small:
        record(found)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
