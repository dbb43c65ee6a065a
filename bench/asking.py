"""How long the data of one page takes, as at any position of a large register."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from random import Random

import numpy as np

from bench.filling import Filled, force
from regard.assurance.cells import cells
from regard.register.kinds import Cycle, Observation


@dataclass(frozen=True)
class Asked:
    """What many pages took.

    Attributes:
        pages: How many were asked for.
        entries: How many entries they showed, on average.
        p95: The time within which 95% of them were answered, in milliseconds.
        slowest: The slowest of them, in milliseconds.
    """

    pages: int
    entries: float
    p95: float
    slowest: float


def ask(filled: Filled, *, pages: int, seed: int = 1) -> Asked:
    """The matrix of one force in the last round then known, with its figures and one history.

    Each page is as at a random position of the journal and, every second time, on a random day.
    """
    random = Random(seed)
    took, shown = [], []
    for number in range(pages):
        started = time.perf_counter()
        shown.append(_page(filled, random, on_a_day=number % 2 == 1))
        took.append(1000 * (time.perf_counter() - started))
    return Asked(
        pages=pages,
        entries=float(np.mean(shown)),
        p95=float(np.percentile(took, 95)),
        slowest=max(took),
    )


def _page(filled: Filled, random: Random, *, on_a_day: bool) -> int:
    number = random.randrange(len(filled.leads))
    size = filled.register.head().size
    seq = random.randrange(size // 20, size)
    recorded = filled.register.view(filled.leads[number], known_at=seq)
    on = None
    if on_a_day:
        on = filled.cycles[random.randrange(len(filled.cycles))].partition(":")[2]
    view = (
        recorded
        if on is None
        else filled.register.view(
            filled.leads[number], known_at=seq, true_on=date.fromisoformat(on)
        )
    )
    cycles = view.all(Cycle)
    if not cycles:
        return 0
    matrix = cells(view, cycles[-1].subject, scope=force(number))
    figures = view.all(Observation, scope=force(number))
    said = next((voice.entry for one in matrix for voice in one.voices), None)
    history = view.history(said.subject) if said else ()
    spoken = sum(len(one.voices) for one in matrix)
    return len(cycles) + len(matrix.requirements) + spoken + len(figures) + len(history)
