"""How far year-end ranges and chances can be trusted: London boroughs by type of crime.

Data: recorded crime of 33 London areas by type and month, April 2010 to March 2018
(mps_borough_monthly_2010-04_2018-03.parquet), 11 types: historical fraud and forgery is left
out, which stopped being recorded there in March 2013. Each year is foretold after month 4
(July) and month 8 (November) from the months up to then and nothing else.

**Chosen on 2012/13 to 2014/15 alone** (areas move together, so three years are far fewer
independent cases than they have series). What is judged is the range as published, after any
widening. The rule: of the settings whose 80% ranges hold 80% to within one standard error
(areas drawn again), and whose 95% ranges hold 92% or more, the best interval score of both
ranges and the median, as a share of last year's total.

* A prior for the drift of the level, 4% a month, log spread 0.2 (tried 2% to 5%, spreads 0.15 to
  0.8): ranges hold 80.3% and 95.2%. Wider priors score up to 1.3% better and hold 82% to 85%;
  left alone, the likelihood drifts too little and 80% ranges hold 77%. With a year left out the
  rule took 4% and 0.2, 3.5% and 0.3 (neither widened), 4.5% and 0.2 (widened all of the way), and
  the year then held 79%, 78% and 90%: three years settle it no closer than that.
* How much the own past may widen: years / (years + 16) of the way (tried 0, 2, 4, 8, 16 and not
  at all). Only 2014/15 has enough own years to show it. No widening scored best there, by one
  standard error over 16, and was not taken: ranges are to be widened where the past was missed.
  On 1,500 generated series whose drifts differ more than the prior says (log spread 0.5) 16 scored
  best; of as many for which the prior is right, 82.0% were held with it, 83.5% with 4
  and 80.2% with none, since what is widened and never narrowed can only hold more.
* For counts below 10 a month (types of 56, same years) a drift of 3%, log spread 0.8 (tried 2% to
  7%, 0.2 to 2): ranges hold 80.6% and 93.7%.
* Earlier and not tried again: a prior for each seasonal wave of 0.015 on the square-root scale
  (tried 0.01 to 0.5), loosened where a season stands out by two standard errors; two harmonics
  (tried one and three); no trend carried forward: no prior for a slope bettered the Brier score.

Looked at and left: allowing for a variance that is estimated adds 0.3 points at 80%, and its floor
at Poisson's binds in 1% of series, so neither counts anything twice. A third of what is missed is
common to all areas of a type and year, which no range of a single series can know beforehand.

**Tested twice on 2015/16 to 2017/18.** At the first look, with a prior (log spread 0.3) chosen by
what ranges held before they were widened, and 4 in place of 16, 80% ranges held 87.7% (84.7%
before widening) where 76% to 84% was wanted. The fault of that rule shows without those years,
but they are what made it looked for; the second look is therefore no fresh test, and all it can
show is whether the new rule does what it was meant to. 80% ranges then held 85.8%, still too many;
the worst tenth of the chances lay 11 points off at either look (10.8 and 10.9), where 10 were
wanted. Both were left so.

**Tested once on 2018/19 and 2019/20**, which nothing here was chosen or looked at on: burglary in
32 boroughs (police.uk, from December 2010), one type of crime and two years, so a rough check.
Ranges held 73% and 91%: too few there, as too many above, and no one width would mend both.
March 2020 is partly lockdown, and 2020/21 is left out as it is lockdown throughout. The street
files of whole forces hold three years, too few to foretell any.

The rule of thumb beside it says "below last year" where the year to date is below the same months
of last year; AutoETS (statsforecast, 2,000 joint paths) foretells the same cases in its own
environment.

A last part asks what to do with an accepted step, on counts of which the truth is known.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench.figures import Line, measured
from bench.peers_oracles import measured_peers, why_absent
from bench.studies.year_end_cases import (
    BURGLARY,
    LONDON,
    PLACES,
    SEED,
    Cases,
    Floats,
    by_borough,
    counts_of_burglary,
    counts_of_london,
    foretold_all,
    share,
)
from regard.core.periods import MEAN_MONTH_DAYS, FinancialYear
from regard.signals.yearend import year_end_many

TUNED = tuple(FinancialYear(one) for one in (2012, 2013, 2014))
TESTED = tuple(FinancialYear(one) for one in (2015, 2016, 2017))
FRESH = tuple(FinancialYear(one) for one in (2018, 2019))
MONTHS = (4, 8)
BINS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
FEWEST_IN_BIN = 30
SPEED_SERIES, SPEED_MONTHS = 500, 120
STEP_SERIES, STEP_MONTHS, STEP_LEFT, STEP = 400, 96, 8, 0.75
STEP_AGES = (3, 8, 16, 26, 40)
SECOND_LOOK = (
    "second look at these years: at the first, 80% ranges held 87.7%, with a prior chosen by the "
    "ranges before widening; since then prior and widening were chosen again, on 2012/13 to "
    "2014/15 alone, by the ranges after it"
)
OF_FRESH = "burglary in 32 boroughs, 2018/19 and 2019/20, whose last month is partly lockdown"


def printed(title: str, cases: list[Cases]) -> None:
    """A row a year and month: coverage, Brier scores and the error of the median."""
    print(f"\n{title}")
    print("year     month cases   80% (unwidened)   95%  Brier  rule   AutoETS  median is off by")
    for one in cases:
        scores = [one.brier(chance).mean() for chance in (one.chance, one.rule, one.peer)]
        held = [100 * of.mean() for of in (one.inside80, one.unwidened80, one.inside95)]
        print(
            f"{one.year!s:8} {one.month:5} {len(one.actual):5} {held[0]:5.1f} ({held[1]:4.1f})     "
            f"  {held[2]:5.1f}  {scores[0]:.3f}  {scores[1]:.3f}  {scores[2]:.3f}    "
            f"{100 * one.error.mean():.1f}%"
        )
    for low, high, said, happened, many in bins(cases):
        print(
            f"said {100 * low:3.0f} to {100 * high:3.0f}%: on average {100 * said:5.1f}%, "
            f"happened {100 * happened:5.1f}% of {many}"
        )


def bins(cases: list[Cases]) -> Iterator[tuple[float, float, float, float, int]]:
    """Reliability: ends of a bin, the average chance said, how often it happened, how many."""
    chance = np.concatenate([one.chance for one in cases])
    below = np.concatenate([one.below for one in cases])
    for low, high in zip(BINS, BINS[1:], strict=False):
        held = (chance >= low) & ((chance < high) | (high == BINS[-1]))
        if held.sum() >= FEWEST_IN_BIN:
            yield low, high, chance[held].mean(), below[held].mean(), int(held.sum())


def gain(cases: list[Cases], weights: list[Floats]) -> float:
    """How far the Brier score lies below the rule's in the worst year, in per cent of it."""
    scores = [
        (np.average(one.brier(one.chance), weights=w), np.average(one.brier(one.rule), weights=w))
        for one, w in zip(cases, weights, strict=True)
    ]
    return min(100 * (1 - ours / rule) if rule else 0.0 for ours, rule in scores)


def against_ets(cases: list[Cases], weights: list[Floats]) -> float:
    """Brier score less that of AutoETS on the same cases."""
    return _less(cases, weights, "peer")


def against_rule(cases: list[Cases], weights: list[Floats]) -> float:
    """Brier score less that of the rule by the year to date."""
    return _less(cases, weights, "rule")


def _less(cases: list[Cases], weights: list[Floats], other: str) -> float:
    less = [one.brier(one.chance) - one.brier(getattr(one, other)) for one in cases]
    return float(np.average(np.concatenate(less), weights=np.concatenate(weights)))


def _alike(cases: list[Cases]) -> list[Floats]:
    return [np.ones(len(one.actual)) for one in cases]


def of_london(folder: Path, *, small: bool) -> list[Line]:
    """Coverage, Brier scores and reliability of the years kept for the test."""
    if not LONDON.is_file():
        print(f"year ends: not measured, there is no {LONDON.name} beside the project")
        return []
    absent = why_absent()
    held = counts_of_london()
    if small:
        held = held._replace(values=held.values[::12], boroughs=held.boroughs[::12])
    printed("Years on which the model was tuned", foretold_all(held, TUNED, MONTHS, peers=None))
    cases = foretold_all(held, TESTED, MONTHS, peers=None if absent else folder)
    printed("Years kept for the test, looked at twice", cases)
    early = [one for one in cases if one.month == MONTHS[0]]
    many = sum(len(one.actual) for one in cases)
    told = []
    for level in (80, 95):
        note = f"{SECOND_LOOK}; {_covered(cases, f'inside{level}')}"
        value = share(cases, _alike(cases), of=f"inside{level}")
        told += [
            measured(f"signals.yearend.coverage-{level}-{side}", value, n=many, note=note)
            for side in ("least", "most")
        ]
    years = {year: [one for one in cases if one.year == year] for year in TESTED}
    lowest = min(share(held, _alike(held), of="inside80") for held in years.values())
    told.append(measured("signals.yearend.coverage-worst-year", lowest, n=many, note=SECOND_LOOK))
    told += _of_chances(early, cases, absent)
    return told


def of_fresh_years(folder: Path, *, small: bool) -> list[Line]:
    """The same of one type in years that nothing was chosen or looked at before."""
    if not (BURGLARY.is_file() and PLACES.is_file()):
        print(f"year ends: not measured, there is no {BURGLARY.name} beside the project")
        return []
    held = counts_of_burglary(FRESH[-1].months[-1])
    if small:
        held = held._replace(values=held.values[::12], boroughs=held.boroughs[::12])
    absent = why_absent()
    cases = foretold_all(held, FRESH, MONTHS, peers=None if absent else folder)
    printed("Fresh years, burglary", cases)
    many = sum(len(one.actual) for one in cases)
    told = [
        measured(
            f"signals.yearend.fresh-coverage-{level}",
            share(cases, _alike(cases), of=f"inside{level}"),
            n=many,
            note=f"{OF_FRESH}; {_covered(cases, f'inside{level}')}",
        )
        for level in (80, 95)
    ]
    early = [one for one in cases if one.month == MONTHS[0]]
    ours, rule = _brier(early, "chance"), _brier(early, "rule")
    error = by_borough(early, against_rule)
    note = f"{OF_FRESH}; month 4; borough bootstrap standard error of the difference {error:.4f}; "
    note += _beside(early, "rule")
    if not absent:
        note += f"; AutoETS {_brier(early, 'peer'):.4f}: {_beside(early, 'peer')}"
    told.append(
        measured("signals.yearend.fresh-brier", ours, n=sum(len(one.actual) for one in early),
                 note=note, peer=("the rule by the year to date", rule))
    )  # fmt: skip
    return told


def _covered(cases: list[Cases], of: str) -> str:
    error = by_borough(cases, lambda held, weights: share(held, weights, of=of))
    return f"borough bootstrap standard error {error:.1f}; {_by_year(cases, of)}"


def _brier(cases: list[Cases], of: str) -> float:
    return float(np.concatenate([one.brier(getattr(one, of)) for one in cases]).mean())


def _by_year(cases: list[Cases], of: str) -> str:
    return "; ".join(
        f"{one.year} month {one.month} {100 * getattr(one, of).mean():.0f}%" for one in cases
    )


def _beside(cases: list[Cases], other: str) -> str:
    scores = [(one.year, one.brier(one.chance), one.brier(getattr(one, other))) for one in cases]
    return "; ".join(f"{year} {a.mean():.3f} against {b.mean():.3f}" for year, a, b in scores)


def _of_chances(early: list[Cases], cases: list[Cases], absent: str) -> list[Line]:
    many = sum(len(one.actual) for one in early)
    error = by_borough(early, gain)
    scores = _beside(early, "rule")
    note = f"{SECOND_LOOK}; borough bootstrap standard error {error:.1f}; {scores}"
    told = [measured("signals.yearend.brier-gain-worst-year", gain(early, _alike(early)), n=many,
                     note=note)]  # fmt: skip
    if absent:
        print(f"AutoETS: {absent}")
    else:
        ours, theirs = _brier(early, "chance"), _brier(early, "peer")
        less = against_ets(early, _alike(early))
        error = by_borough(early, against_ets)
        scores = _beside(early, "peer")
        note = f"{SECOND_LOOK}; ours {ours:.4f}; borough bootstrap standard error {error:.4f}; "
        note += scores
        told.append(
            measured("signals.yearend.brier-less-autoets", less, n=many, note=note,
                     peer=("AutoETS's own score", theirs))
        )  # fmt: skip
    apart = [(abs(said - happened), low, high) for low, high, said, happened, _ in bins(cases)]
    worst, low, high = max(apart)
    told.append(
        measured("signals.yearend.reliability-worst-bin", 100 * worst, n=2 * many,
                 note=f"{SECOND_LOOK}; chances said from {100 * low:.0f} to {100 * high:.0f}%")
    )  # fmt: skip
    return told


def generated(series: int, months: int, seed: int = SEED) -> Floats:
    """Whole counts of 20 to 2,000 a month with a season and a level that drifts."""
    random = np.random.default_rng(seed)
    level = random.choice([20.0, 200.0, 2000.0], (series, 1))
    drift = np.exp(np.cumsum(random.normal(0, 0.02, (series, months)), axis=1))
    peaks = random.uniform(0, 12, (series, 1))
    mean = level * drift * (1 + 0.1 * np.cos(2 * np.pi * (np.arange(months) - peaks) / 12))
    return random.poisson(random.gamma(mean / 1.2, 1.2)).astype(np.float64)


def speed(folder: Path, *, small: bool) -> list[Line]:
    """Series a second on one core, 2,000 draws each, the check on their own past included."""
    series = 20 if small else SPEED_SERIES
    year = FinancialYear(2018)
    left = STEP_LEFT
    start = year.months[0] + (12 - left - SPEED_MONTHS)
    counts = generated(series, SPEED_MONTHS)
    year_end_many(counts[:1], start=start, year=year)
    seconds = []
    for _ in range(3):
        began = time.process_time()
        year_end_many(counts, start=start, year=year)
        seconds.append(time.process_time() - began)
    peer: tuple[str, float | None] = ("AutoETS", None)
    for one in measured_peers(folder, years=counts, seconds=1.0 if small else 6.0):
        peer = (f"{one.peer} {one.version}", one.a_second)
    note = f"{SPEED_MONTHS} months, 2,000 draws, own past checked; CPU seconds of one thread"
    note += f"; {why_absent()}" if why_absent() else ""
    value = series / min(seconds)
    return [measured("signals.yearend.speed", value, peer=peer, n=series, seed=SEED, note=note)]


def with_a_step(mean: float, age: int, seed: int, *, series: int) -> tuple[Floats, Floats, Floats]:
    """Interval scores (per cent of the total) of three ways to take a step a quarter down.

    As if there were none; the level from the step on and all else from every month; and from
    the months since the step alone, NaN where those are under 24.
    """
    random = np.random.default_rng([SEED, seed])
    seen = STEP_MONTHS - STEP_LEFT
    year = FinancialYear(2015)
    start = year.months[-1] + (1 - STEP_MONTHS)
    days = np.array([(start + at).days for at in range(STEP_MONTHS)]) / MEAN_MONTH_DAYS
    level = mean * np.exp(np.cumsum(random.normal(0, 0.02, (series, STEP_MONTHS)), axis=1))
    level[:, seen - age :] *= STEP
    peaks = random.uniform(0, 12, (series, 1))
    waves = 1 + 0.1 * np.cos(2 * np.pi * (np.arange(STEP_MONTHS) - peaks) / 12)
    means = level * waves * days
    counts = random.poisson(random.gamma(means / 1.2, 1.2)).astype(np.float64)
    actual, known = counts[:, -12:].sum(axis=1), counts[:, :seen]
    since = start + (seen - age)
    ways = [
        year_end_many(known, start=start, year=year),
        year_end_many(known, start=start, year=year, baselines=[(since,)] * series),
    ]
    if age >= 24:
        ways.append(year_end_many(known[:, seen - age :], start=since, year=year))
    scores = [
        100 * (
            one.upper80 - one.lower80
            + 10 * np.maximum(one.lower80 - actual, 0)
            + 10 * np.maximum(actual - one.upper80, 0)
        ) / actual
        for one in ways
    ]  # fmt: skip
    scores += [np.full(series, np.nan)] * (3 - len(scores))
    return scores[0], scores[1], scores[2]


def after_a_step(folder: Path, *, small: bool) -> list[Line]:
    """What an accepted step is worth, and whether the months before it still are."""
    series = 20 if small else STEP_SERIES
    found = {
        (mean, age): with_a_step(mean, age, at, series=series)
        for at, (mean, age) in enumerate((m, a) for m in (40.0, 200.0, 2000.0) for a in STEP_AGES)
    }
    print("\nInterval score after a step a quarter down (the lower the better)")
    print("mean  months since  as if none  level since  only months since")
    for (mean, age), scores in found.items():
        print(f"{mean:5.0f} {age:7}     " + "".join(f"{one.mean():12.1f}" for one in scores))
    ours, none = (np.concatenate([one[way] for one in found.values()]) for way in (1, 0))
    long = [one for (_, age), one in found.items() if age >= 24]
    kept, cut = (np.concatenate([one[way] for one in long]) for way in (1, 2))
    note = "80% interval score, per cent of the total; a step of -25%, 3 to 40 months ago; standard"
    note += f" error of the difference {_paired(ours, none):.2f}"
    other = f"steps 26 and 40 months ago; standard error of the difference {_paired(kept, cut):.2f}"
    return [
        measured("signals.yearend.step-known", ours.mean(), n=len(ours), seed=SEED, note=note,
                 peer=("as if there were no step", none.mean())),
        measured("signals.yearend.step-not-cut", kept.mean(), n=len(kept), seed=SEED, note=other,
                 peer=("only the months since", cut.mean())),
    ]  # fmt: skip


def _paired(one: Floats, other: Floats) -> float:
    return float(np.std(one - other) / np.sqrt(len(one)))


def lines(folder: Path, *, small: bool) -> list[Line]:
    """Everything above as lines of evidence."""
    return [
        *of_london(folder, small=small),
        *of_fresh_years(folder, small=small),
        *after_a_step(folder, small=small),
        *speed(folder, small=small),
    ]
