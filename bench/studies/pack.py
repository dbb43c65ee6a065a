"""A pack of a thousand series in one month: how many headlines are false, and what they find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bench.figures import Line, measured
from bench.studies.designs import AUTOCORRELATED, START, Design, Matrix, of_size
from bench.studies.looks import Flags
from regard.signals import NHSR_PARITY, xmr_many
from regard.signals.adjusted.charts import EXCEPTIONAL_HIGH, EXCEPTIONAL_LOW, adjusted_many
from regard.signals.kernel import LOWER, UPPER
from regard.signals.pack.discovery import discoveries

SEED = 52_034
MONTHS = 84
SERIES = 1_000  # of a pack
PACKS = 30
CHANGED = 0.05  # share of series that truly change in the latest month
FACTORS = (0.6, 1.5)  # what they change to, in turn
SIZES = (20, 50, 200, 1000, 2000)  # of the mixed pack, in equal parts

Pack = tuple[Design, ...]


@dataclass(frozen=True)
class Flagged:
    """What is flagged in the latest month, by whom; arrays have shape (packs, series).

    Attributes:
        headline: Ours, false discoveries held at 5% over the pack.
        watch: Ours, a month beyond its limits of three standard deviations.
        nhs: Any of the NHS rules on the counts as they are.
        three: Their limits alone.
    """

    headline: Flags
    watch: Flags
    nhs: Flags
    three: Flags


def lines(folder: Path, *, small: bool) -> list[Line]:
    """False headlines in stable packs; false and true ones where 5% of series change."""
    packs = of_size(small, PACKS, 1)
    return [
        line
        for rho in (0.0, AUTOCORRELATED)
        for name, pack in kinds(rho).items()
        for line in (false_headlines(name, pack, packs), *discovered(name, pack, packs))
    ]


def kinds(rho: float) -> dict[str, Pack]:
    """A pack of one size, one of that size with twice the dispersion, and one of many sizes."""
    base = Design(months=MONTHS, autocorrelation=rho)
    wider = replace(base, dispersion=3.0)
    many = tuple(replace(base, mean=mean) for mean in SIZES)
    return {
        base.name: (base,),
        wider.name: (wider,),
        base.name.replace("200", "many-sizes"): many,
    }


def drawn(pack: Pack, packs: int, *, seed: int, changed: float = 0.0) -> tuple[Matrix, Flags]:
    """Counts of every series, shape (packs, series, months), and which of them change."""
    counts, changes = [], []
    each = SERIES // len(pack)
    for design in pack:
        random = design.random(seed)
        means = design.means(design.peaks(packs * each, random)).reshape(packs, each, MONTHS)
        moved = np.arange(each) < round(changed * each)
        means[:, moved, -1] *= np.resize(FACTORS, moved.sum())
        counts.append(design.counts(means.reshape(-1, MONTHS), random).reshape(means.shape))
        changes.append(np.broadcast_to(moved, (packs, each)))
    return np.concatenate(counts, axis=1), np.concatenate(changes, axis=1)


def flagged(counts: Matrix) -> Flagged:
    """Read every series by its latest month."""
    rows = counts.reshape(-1, MONTHS)
    shape = counts.shape[:2]
    ours = adjusted_many(rows, START)
    chances = ours.rows["chance"].reshape(shape)
    theirs = xmr_many(rows, rules=NHSR_PARITY).signals[:, -1].reshape(shape)
    beyond = ours.signals[:, -1] & (EXCEPTIONAL_HIGH | EXCEPTIONAL_LOW)
    return Flagged(
        headline=np.array([discoveries(one) for one in chances]),
        watch=beyond.reshape(shape) > 0,
        nhs=theirs > 0,
        three=theirs & (UPPER | LOWER) > 0,
    )


def false_headlines(name: str, pack: Pack, packs: int) -> Line:
    """Flags per 1,000 stable series in a month, all of them false."""
    seen = flagged(drawn(pack, packs, seed=SEED)[0])
    per_pack = seen.headline.sum(axis=1) * 1_000 / SERIES
    error = per_pack.std() / np.sqrt(packs)
    watch, nhs, three = (1_000 * one.mean() for one in (seen.watch, seen.nhs, seen.three))
    return measured(
        f"signals.pack.false-headlines.{name}",
        per_pack.mean(),
        peer=("NHS rules", nhs),
        n=packs * SERIES,
        seed=SEED,
        note=f"standard error {error:.2f} over {packs} packs of {SERIES:,}; {MONTHS} months;"
        f" their limits alone {three:.1f}; our watch tier (three standard deviations) {watch:.1f}",
    )


def discovered(name: str, pack: Pack, packs: int) -> Iterator[Line]:
    """Where 5% of series change to 0.6 or 1.5 times: false flags among all, changes found."""
    counts, changed = drawn(pack, packs, seed=SEED + 1, changed=CHANGED)
    seen = flagged(counts)
    others = {"NHS rules": seen.nhs, "their limits alone": seen.three, "our watch tier": seen.watch}
    false, error = false_share(seen.headline, changed)
    false_others = {who: false_share(one, changed)[0] for who, one in others.items()}
    found, spread = found_share(seen.headline, changed)
    found_others = {who: found_share(one, changed)[0] for who, one in others.items()}
    for claim, value, wide, peers in (
        ("false-share", false, error, false_others),
        ("changes-found", found, spread, found_others),
    ):
        beside = ", ".join(f"{who} {one:.1f}" for who, one in peers.items())
        yield measured(
            f"signals.pack.{claim}.{name}",
            value,
            peer=("NHS rules", peers["NHS rules"]),
            n=packs * SERIES,
            seed=SEED + 1,
            note=f"standard error {wide:.2f} over {packs} packs of {SERIES:,}; {beside}",
        )


def false_share(flags: Flags, changed: Flags) -> tuple[float, float]:
    """False flags in per cent of all flags of all packs, and its standard error over packs."""
    every, wrong = flags.sum(axis=1), (flags & ~changed).sum(axis=1)
    if not every.sum():
        return 0.0, 0.0
    share = wrong.sum() / every.sum()
    error = np.sqrt(np.sum((wrong - share * every) ** 2)) / every.sum()
    return 100 * float(share), 100 * float(error)


def found_share(flags: Flags, changed: Flags) -> tuple[float, float]:
    """Changes that are flagged, in per cent, and the standard error over packs."""
    per_pack = (flags & changed).sum(axis=1) / changed.sum(axis=1)
    return 100 * float(per_pack.mean()), 100 * float(per_pack.std() / np.sqrt(len(per_pack)))
