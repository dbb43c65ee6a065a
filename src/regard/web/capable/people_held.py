"""What was worked out of posts, people, training and musters, remembered by all it follows from."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from threading import BoundedSemaphore
from typing import TypeVar

from django.utils.translation import get_language

from regard.board.pictures import picture
from regard.capability.courses import Course, course_of
from regard.capability.incidents import LOCAL_TIME
from regard.capability.mustering import Asked, Mustered, last_call, mustered
from regard.capability.people import People, Posted
from regard.capability.worked import (
    Case,
    PrintedAgain,
    firearms,
    printed_of,
    regional,
    specialists,
)
from regard.core.errors import DefinitionRefused, NotEnoughData, RegardError
from regard.core.figures import Figure, Source
from regard.core.periods import Month
from regard.core.statements import Statement
from regard.papers.model import Chart
from regard.web.capable.people_records import PeopleRecords
from regard.web.measured.remembered import Remembered
from regard.workforce.bodies import CORE, Table
from regard.workforce.currency import Currency
from regard.workforce.foretelling import Assumed

MONTHS = 12  # ahead, for which it is shown whose training lapses
MANY = 2  # forces from which a unit is a table
_WORKED = "worked"

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Skilled:
    """Who is trained for a skill, and who lapses when if nobody is refreshed.

    Attributes:
        skill: Its code.
        in_date: Who is in date in the first month ahead.
        lapsed: Who had lapsed by the month at whose end they were counted (count).
        currency: Month by month.
        sources: The imports.
    """

    skill: str
    in_date: Figure
    lapsed: float
    currency: Currency
    sources: tuple[Source, ...]

    @property
    def first(self) -> tuple[Month, float] | None:
        """The first month with which some lapse, and how many; None where nobody does."""
        return next(iter(self.currency.lapses.items()), None)


@dataclass(frozen=True)
class Staffed:
    """Posts, people and training of a force.

    Attributes:
        units: What is stated of each unit; why nothing can be said, where it cannot.
        half: The units of which only posts or only people are stated, and which of the two.
        skills: Who is trained; why that cannot be said, where it cannot.
    """

    units: Mapping[str, Posted | str]
    half: Mapping[str, str]
    skills: Mapping[str, Skilled | str]

    @property
    def posted(self) -> tuple[Posted, ...]:
        """The units of which something can be said."""
        return tuple(one for one in self.units.values() if isinstance(one, Posted))

    @property
    def skilled(self) -> tuple[Skilled, ...]:
        """The skills of which something can be said."""
        return tuple(one for one in self.skills.values() if isinstance(one, Skilled))


@dataclass(frozen=True)
class Sides:
    """One unit of several forces side by side.

    Attributes:
        now: As they stand.
        arrived: When those to whom a post is offered have come; None where nobody is, or a
            force does not say.
        printed: What a paper prints of the same, cell by cell, by the name of its table.
    """

    now: Table
    arrived: Table | None = None
    printed: Mapping[str, PrintedAgain] = field(default_factory=dict)


@dataclass(frozen=True)
class WhenAsked:
    """When will we be there, as it is asked.

    Attributes:
        by: The month by whose end.
        given: Who is assumed to join and to leave.
        bases: The bases of the posts that are meant.
        seed: The name of the luck.
    """

    by: Month
    given: Assumed
    bases: tuple[str, ...] = (CORE,)
    seed: int = 1


@dataclass(frozen=True)
class WhenTold:
    """The chance of as many people as posts.

    Attributes:
        chance: In per cent.
        people: Expected then, with a range for 90% of paths.
        posts: How many are wanted.
        statement: The same in a sentence, with what was assumed.
        course: People month by month.
    """

    chance: Figure
    people: Figure
    posts: Figure
    statement: Statement
    course: Course


_STAFFED: Remembered[Staffed] = Remembered(16)
_SIDES: Remembered[Sides | str] = Remembered(16)
_TOLD: Remembered[WhenTold] = Remembered(64)
_CALLS: Remembered[datetime | str] = Remembered(16)
_MUSTERS: Remembered[Mustered] = Remembered(12)
_CASES: Remembered[Mapping[str, Case]] = Remembered(1)
_PRINTED: Remembered[tuple[PrintedAgain, ...]] = Remembered(1)
_DRAWN: Remembered[bytes] = Remembered(96)

# Each drawing is a process of its own with its own memory; others wait.
_DRAWING = BoundedSemaphore(1)


def staffed(records: PeopleRecords) -> Staffed:
    """Posts, people and training of the force that is looked at."""
    force = records.area.slug

    def made() -> Staffed:
        with records.tables() as tables:
            people = People(tables)
            return Staffed(
                {
                    one: _or_why(partial(people.posted, force, one, to=records.to))
                    for one in people.units(force)
                },
                people.half(force),
                {
                    one: _or_why(partial(_skilled, people, records, one))
                    for one in people.skills(force)
                },
            )

    return _STAFFED.get((*records.key, force), made)


def _or_why(made: Callable[[], Answer]) -> Answer | str:
    try:
        return made()
    except RegardError as refusal:
        return refusal.wrong


def _skilled(people: People, records: PeopleRecords, skill: str) -> Skilled:
    force = records.area.slug
    held = people.holders(force, skill, to=records.to)
    return Skilled(
        skill,
        held.in_date,
        sum(many for month, many in held.expiring.items() if month <= held.counted),
        people.lapses(force, skill, months=MONTHS, to=records.to),
        people.trained_on(force),
    )


def sides(records: PeopleRecords, unit: str) -> Sides | str | None:
    """A unit of all forces that state it and that the post may see; None where that is one.

    Returns:
        The tables; why they cannot be set side by side, where they cannot.
    """
    seen = [one.slug for one in records.areas]

    def made() -> Sides | str:
        with records.tables() as tables:
            people = People(tables)
            forces = [one for one in people.of_unit(unit) if one in seen]
            if len(forces) < MANY:
                return ""
            return _or_why(partial(_side_by_side, people, records, unit, tuple(forces)))

    found = _SIDES.get((*records.key, tuple(seen), unit), made)
    return found or None


def _side_by_side(
    people: People, records: PeopleRecords, unit: str, forces: tuple[str, ...]
) -> Sides:
    scope, to = ", ".join(forces), records.to
    now = people.table(unit, scope=scope, forces=forces, to=to)
    month = people.posted(forces[0], unit, to=to).month
    printed = dict(printed_of(unit, now, month))
    offered = [people.offered(one, unit, month) for one in forces]
    if None in offered or not any(offered):  # of a force that states nothing none can be told
        return Sides(now, None, printed)
    arrived = people.table(unit, scope=scope, forces=forces, arrived=True, to=to)
    return Sides(now, arrived, {**printed, **printed_of(unit, arrived, month)})


def when_told(records: PeopleRecords, posted: Posted, asked: WhenAsked) -> WhenTold:
    """The chance that a unit is as strong as its posts.

    Raises:
        NotKnown: there are no posts on a base.
        DefinitionRefused: what is asked cannot be.
    """

    def made() -> WhenTold:
        with records.tables() as tables:
            found = People(tables).chance(
                posted, by=asked.by, given=asked.given, bases=asked.bases, seed=asked.seed
            )
        return WhenTold(
            found.chance,
            found.people,
            posted.establishment.on(*asked.bases),
            found.statement,
            course_of(found.paths, posted.month),
        )

    return _TOLD.get((*records.key, posted.force, posted.unit, asked), made)


def usual_call(records: PeopleRecords) -> datetime | str:
    """The call that is meant where none is named; why there is none, where there is none."""

    def made() -> datetime | str:
        with records.tables() as tables:
            try:
                return last_call(tables, records.area.slug, to=records.to)
            except NotEnoughData as refusal:
                return refusal.wrong

    return _CALLS.get((*records.key, records.area.slug), made)


def mustered_held(records: PeopleRecords, asked: Asked) -> Mustered:
    """What a call raises.

    Raises:
        NotEnoughData, DefinitionRefused: as `regard.capability.mustering.mustered`.
    """

    if records.as_known_today and records.to is not None:
        day = asked.at.astimezone(LOCAL_TIME).date()
        if day > records.to:
            raise DefinitionRefused(
                f"a call on {day}, after the day that is looked at",
                expected=f"a day up to {records.to}",
            )

    def made() -> Mustered:
        with records.tables() as tables:
            return mustered(tables, records.area.slug, asked)

    return _MUSTERS.get((*records.key, records.area.slug, asked), made)


def cases() -> Mapping[str, Case]:
    """The worked examples of one unit, by the last part of their addresses."""
    return _CASES.get(_WORKED, lambda: {"firearms": firearms(), "specialists": specialists()})


def printed_tables() -> tuple[PrintedAgain, ...]:
    """The worked example of a unit of several forces."""
    return _PRINTED.get(_WORKED, regional)


def drawn(key: Hashable, chart: Callable[[], Chart]) -> bytes:
    """The picture of a chart in SVG.

    Args:
        key: All that the chart follows from, beside the language of its words.
        chart: Makes it.

    Raises:
        PaperRefused: it cannot be drawn.
    """

    def made() -> bytes:
        with _DRAWING:
            return picture(chart())

    return _DRAWN.get((get_language(), key), made)


def forget() -> None:
    """Drop everything that was remembered."""
    for one in (_STAFFED, _SIDES, _TOLD, _CALLS, _MUSTERS, _CASES, _PRINTED, _DRAWN):
        one.forget()
