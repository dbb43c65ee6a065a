"""The recipe of the example: what was published, what is assumed, and the totals that follow."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from regard.core.errors import DefinitionRefused, NotKnown, shown
from regard.core.periods import Month, Period, months_between

SHIPPED = Path(__file__).with_name("published.toml")
_STANDS_ON = re.compile(r"(implied by )?(P\d+|S2 L\d+)(, (P\d+|S2 L\d+))*\b|assumption\b")


@dataclass(frozen=True)
class Published:
    """One aggregate that somebody published.

    Attributes:
        id: By which it is called.
        at: Paragraph of the paper (`P31`) or line of the earlier plan (`S2 L50`).
        says: The words, quoted.
        value, unit: The number and its unit.
    """

    id: str
    at: str
    says: str
    value: float
    unit: str


@dataclass(frozen=True)
class Window:
    """Days from the end of the window before up to `to`, and how many rows they hold.

    Attributes:
        period: The days.
        rows: Exact rows; None where `of_1000` says a share.
        of_1000: Share of the eligible rows in thousandths.
        tilt: Change from month to month in thousandths of the level.
        because: What it stands on.
    """

    period: Period
    rows: int | None
    of_1000: int
    tilt: int
    because: str

    def quota(self, eligible: int) -> int:
        """Rows of so many eligible ones."""
        return self.rows if self.rows is not None else (eligible * self.of_1000 + 500) // 1000


@dataclass(frozen=True)
class Group:
    """Offences that move together, with exact totals a window."""

    name: str
    season: tuple[int, ...]
    noise: int
    offences: Mapping[str, int]
    windows: tuple[Window, ...]


@dataclass(frozen=True)
class Mark:
    """Rows of some offences that carry something more, exactly so many a window."""

    name: str
    offences: Mapping[str, int]
    windows: tuple[Window, ...]


@dataclass(frozen=True)
class Recipe:
    """The whole of `published.toml`, checked.

    Attributes:
        label, warning: What every file and import of the example says of itself.
        force: The police.uk name of the force.
        days: First to last day.
        seed: The seed unless another is given.
        cuts: Days within a month on which a published period ends.
        published: What was published.
        groups: The groups of offences with their totals.
        total: The totals of all offences together.
        rest: What is left of the total; its windows carry no rows of their own.
        marks: Which rows carry something more.
        week: Monday to Sunday in thousandths of an average day.
        units: Local policing units and their shares in thousandths.
        areas_each: Priority areas in each unit.
        society: Offences whose victim is society.
        solved, unsolved: Disposals and their shares in thousandths.
        surveys, waves, residents: The tables that the survey writer reads.
    """

    label: str
    warning: str
    force: str
    days: Period
    seed: int
    cuts: tuple[date, ...]
    published: tuple[Published, ...]
    groups: tuple[Group, ...]
    total: tuple[Window, ...]
    rest: Group
    marks: tuple[Mark, ...]
    week: tuple[int, ...]
    units: Mapping[str, int]
    areas_each: int
    society: frozenset[str]
    solved: Mapping[str, int]
    unsolved: Mapping[str, int]
    surveys: tuple[Mapping[str, Any], ...]
    waves: Mapping[str, Any]
    residents: Mapping[str, Any]

    @cached_property
    def offences(self) -> tuple[str, ...]:
        """The force's own offence codes, each once."""
        return tuple(code for group in (*self.groups, self.rest) for code in group.offences)

    @cached_property
    def months(self) -> tuple[Month, ...]:
        """Every month that the rows touch."""
        return months_between(Month.of(self.days.start), Month.of(self.days.end))

    @cached_property
    def spans(self) -> tuple[Period, ...]:
        """Months, cut where a published period ends within one."""
        ends = sorted({month.end for month in self.months[:-1]} | {*self.cuts, self.days.end})
        return _between(self.days.start, ends)

    def aggregate(self, named: str) -> Published:
        """The published aggregate of that name.

        Raises:
            NotKnown: there is none.
        """
        held = {one.id: one for one in self.published}
        if named not in held:
            raise NotKnown("published aggregate", named, held)
        return held[named]


def recipe(path: Path = SHIPPED) -> Recipe:
    """Read and check the recipe.

    Raises:
        DefinitionRefused: a total stands on nothing, windows leave days out, or a code is
            unknown or stands in two groups.
    """
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    about = told["about"]
    days = Period(about["first_day"], about["last_day"])
    seasons = {name: tuple(one["months"]) for name, one in told["season"].items()}
    groups = tuple(
        _group(one, _windows(one["windows"], days, one["name"]), seasons) for one in told["group"]
    )
    total = _windows(told["total"]["windows"], days, "total")
    rest = _group(told["rest"], total, seasons)
    codes = [code for group in (*groups, rest) for code in group.offences]
    _each_once(codes)
    for place in _reasons(told):
        _stands(place)
    return Recipe(
        label=about["label"],
        warning=about["warning"],
        force=about["force"],
        days=days,
        seed=about["seed"],
        cuts=tuple(about["cuts"]),
        published=tuple(Published(**one) for one in told["published"]),
        groups=groups,
        total=total,
        rest=rest,
        marks=tuple(_mark(one, days, codes) for one in told["mark"]),
        week=tuple(told["week"]["days"]),
        units=told["places"]["units"],
        areas_each=told["places"]["priority_areas_each"],
        society=frozenset(told["victims"]["society"]),
        solved=told["disposals"]["solved"],
        unsolved=told["disposals"]["unsolved"],
        surveys=tuple(told["survey"]),
        waves=told["waves"],
        residents=told["residents"],
    )


def _group(
    told: Mapping[str, Any],
    windows: tuple[Window, ...],
    seasons: Mapping[str, tuple[int, ...]],
) -> Group:
    if told["season"] not in seasons:
        raise NotKnown("season", told["season"], seasons)
    return Group(told["name"], seasons[told["season"]], told["noise"], told["offences"], windows)


def _mark(told: Mapping[str, Any], days: Period, codes: Sequence[str]) -> Mark:
    left_out = told.get("except", ())
    offences = told.get("offences") or {code: 1 for code in codes if code not in left_out}
    for code in (*offences, *left_out):
        if code not in codes:
            raise NotKnown("offence of the example", code, codes)
    return Mark(told["name"], offences, _windows(told["windows"], days, told["name"]))


def _windows(told: Sequence[Mapping[str, Any]], days: Period, named: str) -> tuple[Window, ...]:
    ends = [one["to"] for one in told]
    if ends != sorted(set(ends)) or ends[-1] != days.end:
        raise DefinitionRefused(
            f"the windows of {named} end on {', '.join(map(str, ends))}",
            expected=f"days one after the other, the last of them {days.end}",
        )
    return tuple(
        Window(period, one.get("rows"), one.get("of_1000", 0), one.get("tilt", 0), one["because"])
        for one, period in zip(told, _between(days.start, ends), strict=True)
    )


def _between(start: date, ends: Iterable[date]) -> tuple[Period, ...]:
    periods: list[Period] = []
    for end in ends:
        periods.append(Period(start, end))
        start = end + timedelta(days=1)
    return tuple(periods)


def _each_once(codes: Sequence[str]) -> None:
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise DefinitionRefused(
            f"{', '.join(twice)} stand in more than one group", expected="every offence once"
        )


def _reasons(told: object) -> Iterable[str]:
    """Every `because` in the recipe, however deep it lies."""
    if isinstance(told, dict):
        for name, value in told.items():
            if name.endswith("because"):
                yield value
            else:
                yield from _reasons(value)
    elif isinstance(told, list):
        for value in told:
            yield from _reasons(value)


def _stands(because: str) -> None:
    if not _STANDS_ON.match(because):
        raise DefinitionRefused(
            f"{shown(because)} names no place and does not say that it is assumed",
            expected="a place such as P31 or S2 L50, `implied by` places, or `assumption`",
        )
