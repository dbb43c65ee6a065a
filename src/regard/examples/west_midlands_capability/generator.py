"""Writes the example: what is printed as it stands, and generated duty and skills beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from regard.core.periods import Month
from regard.examples.west_midlands_capability.recipe import Recipe, recipe
from regard.kernels.keyed import key, uniforms

NAMED = "GENERATED"  # begins the name of every file, so that no copy passes for a force's own
PRINTED = ("establishment", "strength", "pipeline", "exercise", "deployment")
HERE = Path(__file__).parent
LEVELS_OUT = 1.6  # how much likelier the busiest month of renewals is than an even one
DAY, WEEK = 24, 168  # hours
LAPSING = 1  # stream of random numbers


@dataclass(frozen=True)
class Written:
    """Files, each with the mapping by which it is brought in.

    Attributes:
        pairs: File and mapping.
        label: What every import of them says of itself.
    """

    pairs: tuple[tuple[Path, Path], ...]
    label: str


def write_printed(folder: Path) -> Written:
    """Write what the papers print of posts, people, exercises and aid.

    Args:
        folder: Where the files go; made if it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pairs = []
    for name in PRINTED:
        file = folder / f"PRINTED-west-midlands-{name}.csv"
        file.write_bytes((HERE / "printed" / f"{name}.csv").read_bytes())
        pairs.append((file, HERE / f"{name}.mapping.toml"))
    return Written(tuple(pairs), "as printed in the board papers of March 2019 and January 2022")


def written(folder: Path) -> Written:
    """Write the generated duty and skills; the same bytes on every machine.

    Args:
        folder: Where the files go; made if it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    told, pairs = recipe(), []
    for name, lines in (("duty", duty_lines(told)), ("skill", skill_lines(told))):
        file = folder / f"{NAMED}-{told.force}-{name}.csv"
        file.write_text("".join(f"{one}\n" for one in lines), encoding="utf-8", newline="")
        pairs.append((file, HERE / f"{name}.mapping.toml"))
    return Written(tuple(pairs), told.label)


def duty_lines(told: Recipe) -> Iterator[str]:
    """Officers on duty in every hour, by team and rank; a header first."""
    yield "force,hour,team,rank,skill,people"
    begun = datetime.combine(told.first_day, time.min)
    for hour in range(told.hours):
        at = (begun + timedelta(hours=hour)).isoformat(" ")
        yield f"{told.force},{at},response,constable,,{told.on_duty[hour % WEEK]}"
        for team, rank, hours in told.others:
            if hours[hour % DAY]:
                skill = told.trained.skill
                yield f"{told.force},{at},{team},{rank},{skill},{hours[hour % DAY]}"


def skill_lines(told: Recipe) -> Iterator[str]:
    """People trained, by rank, second skill and the month with which they lapse."""
    yield "force,month,skill,rank,also,people,expires"
    trained, month = told.trained, Month.parse(told.trained.month)
    for rank, count in trained.by_rank:
        besides = {"carrier-driver": trained.drivers, "medic": trained.medics}
        parts = besides if rank == "constable" else {}
        alone = count - sum(parts.values())
        for also, people in {"": alone, **parts}.items():
            shares = uniforms(key(told.seed, LAPSING, len(rank), len(also)), trained.lapse_within)
            for step, lapsing in enumerate(
                spread(people, [1 + LEVELS_OUT * one for one in shares])
            ):
                ends = month + step
                yield _line(told, rank, also, lapsing, ends)
    yield _line(told, "constable", "", trained.lapsed, month + -1)


def _line(told: Recipe, rank: str, also: str, people: int, ends: Month) -> str:
    trained = told.trained
    return f"{told.force},{trained.month},{trained.skill},{rank},{also},{people},{ends.iso}"


def spread(count: int, weights: list[float]) -> list[int]:
    """A count shared by weights into whole numbers that add up to it."""
    reached, found, so_far = 0.0, [], 0
    for weight in weights:
        reached += weight
        upto = round(count * reached / sum(weights))
        found.append(upto - so_far)
        so_far = upto
    return found
