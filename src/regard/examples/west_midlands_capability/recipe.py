"""The recipe of the generated rows, read from the file beside it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

WEEK = 168


@dataclass(frozen=True)
class GradeRecipe:
    """A grade of incident; times in minutes, spreads as standard deviation over mean."""

    name: str
    share: float
    minutes: float
    spread: float
    within: float
    travel: float
    travel_spread: float
    units: tuple[float, ...]


@dataclass(frozen=True)
class Trained:
    """Who is trained, by rank, and when they lapse."""

    skill: str
    month: str
    by_rank: tuple[tuple[str, int], ...]
    drivers: int
    medics: int
    lapse_within: int
    lapsed: int
    carriers: int

    @property
    def in_date(self) -> int:
        """People trained and in date."""
        return sum(count for _, count in self.by_rank)


@dataclass(frozen=True)
class Recipe:
    """All that the generated rows are made of.

    Attributes:
        seed: Of the random numbers.
        force: Its slug.
        label: What every import of the rows says of itself.
        first_day: A Monday.
        weeks: How many weeks there are.
        grades: Of incidents, the most urgent first.
        rate: Incidents in each of the 168 hours of a week.
        between_days: Variance of the multiplier that a day shares.
        crew: Officers in a response unit.
        deployable: Share of response officers who can be sent.
        on_duty: Response officers in each of the 168 hours of a week.
        others: Team, rank and officers in each hour of the day.
        trained: Who is trained for public order.
    """

    seed: int
    force: str
    label: str
    first_day: date
    weeks: int
    grades: tuple[GradeRecipe, ...]
    rate: tuple[float, ...]
    between_days: float
    crew: float
    deployable: float
    on_duty: tuple[int, ...]
    others: tuple[tuple[str, str, tuple[int, ...]], ...]
    trained: Trained

    @property
    def hours(self) -> int:
        """Hours that the rows cover."""
        return self.weeks * WEEK

    @property
    def units(self) -> tuple[int, ...]:
        """Response units that can be sent in each of the 168 hours of a week."""
        return tuple(int(one * self.deployable / self.crew) for one in self.on_duty)


@cache
def recipe() -> Recipe:
    """The recipe that is shipped."""
    raw = tomllib.loads(Path(__file__).with_name("recipe.toml").read_text(encoding="utf-8"))
    demand, response, skill = raw["demand"], raw["response"], raw["skill"]
    ranks = ("constable", "sergeant", "inspector")
    return Recipe(
        seed=raw["seed"],
        force=raw["force"],
        label=raw["label"],
        first_day=raw["first_day"],
        weeks=raw["weeks"],
        grades=tuple(GradeRecipe(**{**one, "units": tuple(one["units"])}) for one in raw["grades"]),
        rate=tuple(
            demand["an_hour"] * hour * day for day in demand["by_day"] for hour in demand["by_hour"]
        ),
        between_days=demand["between_days"],
        crew=response["crew"],
        deployable=response["deployable"],
        on_duty=_week_of(response["on_duty"], response["weekend_nights"]),
        others=tuple(
            (team, rank, tuple(hours))
            for team, by_rank in raw["others"].items()
            for rank, hours in by_rank.items()
        ),
        trained=Trained(
            skill["skill"],
            skill["month"],
            tuple((rank, skill[rank]) for rank in ranks),
            skill["drivers"],
            skill["medics"],
            skill["lapse_within"],
            skill["lapsed"],
            skill["carriers"],
        ),
    )


def _week_of(day: list[int], weekend_nights: float) -> tuple[int, ...]:
    """A week of the same days, more on the nights after Friday and Saturday."""
    found = []
    for weekday in range(7):
        for hour, officers in enumerate(day):
            evening = weekday in (4, 5) and hour >= 20
            small_hours = weekday in (5, 6) and hour < 4
            more = weekend_nights if evening or small_hours else 1.0
            found.append(round(officers * more))
    return tuple(found)
