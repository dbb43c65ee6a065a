"""Posts and people of a force's units, from the records: on which base are we short?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from regard.core.errors import NotEnoughData, NotKnown
from regard.core.figures import Figure, Source, derived
from regard.core.periods import Month
from regard.core.statements import Statement
from regard.records.stated import Row, Stated, StatedTables
from regard.workforce.bodies import CORE, UPLIFT, Body, Table, table_of
from regard.workforce.currency import Currency, Holders, Refreshing, forecast
from regard.workforce.foretelling import Assumed, Foretold, Question, chance_of
from regard.workforce.stocks import (
    APART,
    FTE,
    NOT_STATED,
    BasesApart,
    Establishment,
    Group,
    Strength,
    Vacancies,
    bases_apart,
    vacancies,
)

ESTABLISHMENT, STRENGTH, SKILL = "establishment", "strength", "skill"
PIPELINE, OFFER = "pipeline", "offer"
ALL = "all"
IN_POST = "in-post"
HALF = 0.5
UPLIFT_COUNTS_FROM = 0.95  # of the baseline: the test of the Police Uplift Programme as S001 has it
SEVERAL = {"officer": "officers", "constable": "constables", "pcso": "PCSOs", "special": "specials"}


@dataclass(frozen=True)
class Posted:
    """Posts and people of one unit of one force at a month's end.

    Attributes:
        force: Whose unit it is.
        unit: Of the force; `all` for the whole.
        month: At whose end they were counted.
        establishment: Posts by base.
        strength: People in post, with those apart who cannot be deployed.
    """

    force: str
    unit: str
    month: Month
    establishment: Establishment
    strength: Strength

    @property
    def bases(self) -> tuple[str, ...]:
        """The bases on which there are posts, the core first."""
        held = sorted(self.establishment.posts, key=lambda one: (one != CORE, one))
        return tuple(held)

    @cached_property
    def short(self) -> tuple[Vacancies, ...]:
        """Vacancies on the first base alone, and with each further base."""
        return tuple(
            vacancies(self.establishment, self.strength, bases=self.bases[:count])
            for count in range(1, len(self.bases) + 1)
        )

    @cached_property
    def apart(self) -> BasesApart | None:
        """Why vacancies on the first base and on all of them differ; None where there is one."""
        return bases_apart(self.short[-1], self.short[0]) if len(self.short) > 1 else None

    @cached_property
    def whole(self) -> Figure:
        """People in post as whole people, as paths of people need them; halves go upwards."""
        people = self.strength.figure
        if people.known == int(people.known):
            return people
        return derived(
            (people,),
            value=float(int(people.known + HALF)),
            unit=people.unit,
            method="rounded to whole people",
        ).printed(places=0)

    def statements(self) -> tuple[Statement, ...]:
        """Vacancies on each base, and why they differ."""
        said = tuple(one.statement() for one in self.short)
        return (*said, self.apart.statement) if self.apart else said


class People:
    """What the records say of posts, people and training, as known at one instant.

    Args:
        tables: The records.
    """

    def __init__(self, tables: StatedTables) -> None:
        self._tables = tables
        self._held: dict[tuple[str, str], Stated] = {}

    def forces(self) -> tuple[str, ...]:
        """The forces of which posts and people are stated."""
        return tuple(
            one
            for one in self._tables.sources(ESTABLISHMENT)
            if one in self._tables.sources(STRENGTH)
        )

    def units(self, force: str) -> tuple[str, ...]:
        """The units of a force that have both posts and people, the whole force first."""
        posts, people = (
            {row["unit"] for row in self._of(dataset, force).rows}
            for dataset in (ESTABLISHMENT, STRENGTH)
        )
        return tuple(sorted(posts & people, key=lambda one: (one != ALL, one)))

    def half(self, force: str) -> dict[str, str]:
        """The units of which only posts or only people are stated, and which of the two."""
        posts, people = (
            {row["unit"] for row in self._of(dataset, force).rows}
            for dataset in (ESTABLISHMENT, STRENGTH)
        )
        return {
            unit: ESTABLISHMENT if unit in posts else STRENGTH for unit in sorted(posts ^ people)
        }

    def posted(self, force: str, unit: str = ALL, *, to: date | None = None) -> Posted:
        """The posts and people of a unit at the last month for which both are stated.

        Args:
            force: The force.
            unit: Of it.
            to: The day to which it is true; the last there is by default.

        Raises:
            NotKnown: no such unit is stated.
            NotEnoughData: posts and people are stated for no month alike.
        """
        units = self.units(force)
        if unit not in units:
            raise NotKnown(f"unit of {force}", unit, units, next_step="regard workforce units")
        posts = self._months(ESTABLISHMENT, force, unit, to)
        people = self._months(STRENGTH, force, unit, to)
        both = sorted(set(posts) & set(people))
        if not both:
            raise NotEnoughData(
                f"posts of {unit} are stated for {_listed(posts)}, people for {_listed(people)}",
                expected="a month for which both are",
                next_step="bring in the other table: regard records import",
            )
        month = both[-1]
        scope = force if unit == ALL else f"{force}, {unit}"
        return Posted(
            force,
            unit,
            month,
            _establishment(scope, posts[month], self._of(ESTABLISHMENT, force).sources),
            _strength(scope, people[month], self._of(STRENGTH, force).sources),
        )

    def of_unit(self, unit: str) -> tuple[str, ...]:
        """The forces that state posts and people of a unit."""
        return tuple(one for one in self.forces() if unit in self.units(one))

    def offered(self, force: str, unit: str, month: Month) -> float | None:
        """People to whom a post of a unit is offered at a month's end (count).

        None where nothing is stated of who is on the way to it then: missing is not zero.
        """
        rows = [
            row
            for row in self._of(PIPELINE, force).rows
            if (row["unit"], row["month"]) == (unit, month.iso)
        ]
        if not rows:
            return None
        return float(sum(row["people"] for row in rows if row["stage"] == OFFER))

    def table(
        self,
        unit: str,
        *,
        scope: str,
        forces: Sequence[str] | None = None,
        arrived: bool = False,
        to: date | None = None,
    ) -> Table:
        """One unit of several forces side by side, as a regional unit is made up.

        Args:
            unit: Of each force.
            scope: What they are together.
            forces: Which forces, in that order; all that state it by default.
            arrived: Whether those to whom a post is offered count as people in post.
            to: The day to which it is true.

        Raises:
            NotEnoughData: no force states such a unit, they state it for different months, or of
                those who arrive nothing is stated of a force.
        """
        named = self.of_unit(unit) if forces is None else forces
        held = [self.posted(one, unit, to=to) for one in named]
        months = {one.month for one in held}
        if len(months) != 1:
            raise NotEnoughData(
                f"{unit} is stated for {_listed(months)}", expected="one month of every force"
            )
        bodies = [
            Body(
                one.force,
                one.establishment.posts.get(CORE, 0.0),
                one.establishment.posts.get(UPLIFT, 0.0),
                one.strength.people + (self._arriving(one) if arrived else 0.0),
            )
            for one in held
        ]
        group = held[0].establishment.group
        sources = tuple(
            dict.fromkeys(
                source
                for one in held
                for source in (*one.establishment.sources, *one.strength.sources)
            )
        )
        if arrived:
            offers = (self._of(PIPELINE, one.force).sources for one in held)
            sources += tuple(source for some in offers for source in some)
            sources += (_added(group.counted_as),)
        return table_of(
            bodies,
            scope=scope,
            as_at=group.as_at,
            share=UPLIFT_COUNTS_FROM,
            who=group.who,
            counted_as=group.counted_as,
            sources=sources,
        )

    def skills(self, force: str) -> tuple[str, ...]:
        """The skills of which a force states who is trained."""
        return tuple(sorted({row["skill"] for row in self._of(SKILL, force).rows}))

    def holders(self, force: str, skill: str, *, to: date | None = None) -> Holders:
        """Who is trained for a skill, by the last month in which they are in date.

        Raises:
            NotKnown: no such skill is stated.
            NotEnoughData: it is stated for no month up to that day.
        """
        skills = self.skills(force)
        if skill not in skills:
            raise NotKnown(f"skill of {force}", skill, skills)
        rows = [row for row in self._of(SKILL, force).rows if row["skill"] == skill]
        stated = {Month.parse(row["month"]) for row in rows}
        known = [one for one in stated if to is None or one.end <= to]
        if not known:
            raise NotEnoughData(
                f"who of {force} is trained for {skill} is stated for {_listed(stated)}",
                expected=f"a month that had ended by {to}",
            )
        month = max(known).iso
        expiring: dict[Month, float] = {}
        lasting = 0.0
        for row in rows:
            if row["month"] != month:
                continue
            if row["expires"]:
                ends = Month.parse(row["expires"])
                expiring[ends] = expiring.get(ends, 0.0) + row["people"]
            else:
                lasting += row["people"]
        return Holders(force, skill, Month.parse(month), dict(sorted(expiring.items())), lasting)

    def lapses(
        self, force: str, skill: str, *, months: int = 12, to: date | None = None
    ) -> Currency:
        """Who lapses when if nobody is refreshed.

        Args:
            force: The force.
            skill: Of it.
            months: Months ahead (count).
            to: The day to which it is true.

        Raises:
            NotKnown: no such skill is stated.
            NotEnoughData: it is stated for no month up to that day.
        """
        nobody = Refreshing(0.0, lapsed=False)
        return forecast(self.holders(force, skill, to=to), nobody, months=months)

    def trained_on(self, force: str) -> tuple[Source, ...]:
        """The imports that say who is trained."""
        return self._of(SKILL, force).sources

    def chance(
        self,
        posted: Posted,
        *,
        by: Month,
        given: Assumed,
        bases: Sequence[str] = (CORE,),
        seed: int,
    ) -> Foretold:
        """The chance that a unit is as strong as its posts by a month's end, in whole people.

        Args:
            posted: The unit as it stands.
            by: The month.
            given: Who is assumed to join and to leave.
            bases: The bases of the posts that are meant.
            seed: The name of the luck.
        """
        number = posted.establishment.on(*bases)
        question = Question(posted.whole, number, posted.month, by)
        return chance_of(question, given, seed=seed)

    def _arriving(self, posted: Posted) -> float:
        """People to whom a post of a unit is offered, where that is stated."""
        found = self.offered(posted.force, posted.unit, posted.month)
        if found is None:
            raise NotEnoughData(
                f"nobody on the way to {posted.unit} of {posted.force} is stated for "
                f"{posted.month}",
                expected="a row of its pipeline for that month, nought where nobody is",
                next_step="bring it in, or leave out those who arrive",
            )
        return found

    def _of(self, dataset: str, force: str) -> Stated:
        if (dataset, force) not in self._held:
            self._held[dataset, force] = self._tables.of(dataset, force)
        return self._held[dataset, force]

    def _months(
        self, dataset: str, force: str, unit: str, to: date | None
    ) -> dict[Month, list[Row]]:
        found: dict[Month, list[Row]] = {}
        for row in self._of(dataset, force).rows:
            if row["unit"] == unit and (to is None or Month.parse(row["month"]).end <= to):
                found.setdefault(Month.parse(row["month"]), []).append(row)
        return found


def _added(counted_as: str) -> Source:
    """How those who arrive are counted beside those who are in post."""
    ways = {FTE: "full-time equivalents", NOT_STATED: "it is not stated how"}
    told = ways.get(counted_as, counted_as)
    return Source("figures", "offers added", f"people in post: {told}; offers: heads")


def _listed(months: Iterable[Month]) -> str:
    return ", ".join(str(one) for one in sorted(months)) or "no month"


def _group(scope: str, rows: Sequence[Row], counted_as: str) -> Group:
    roles = {row["role"] for row in rows}
    who = SEVERAL.get(next(iter(roles)), "people") if len(roles) == 1 else "people"
    return Group(scope, Month.parse(rows[0]["month"]).end, who, counted_as)


def _establishment(scope: str, rows: list[Row], sources: tuple[Source, ...]) -> Establishment:
    posts: dict[str, float] = {}
    for row in rows:
        posts[row["base"]] = posts.get(row["base"], 0.0) + row["posts"]
    return Establishment(_group(scope, rows, FTE), posts, sources)


def _strength(scope: str, rows: list[Row], sources: tuple[Source, ...]) -> Strength:
    ways = {row["counted_as"] for row in rows}
    counted_as = FTE if FTE in ways else next(iter(ways))
    rows = [row for row in rows if row["counted_as"] == counted_as]
    states: dict[str, float | None] = dict.fromkeys(APART)
    for row in rows:
        if row["state"] in states:
            states[row["state"]] = (states[row["state"]] or 0.0) + row["people"]
    people = sum(row["people"] for row in rows if row["state"] == IN_POST)
    return Strength(_group(scope, rows, counted_as), people, states, sources)


def figures_of(posted: Posted) -> tuple[Figure, ...]:
    """Every figure of a unit, for a page or a paper: posts, people and vacancies on each base."""
    shown = [posted.strength.figure]
    for one in posted.short:
        shown += [one.establishment, one.figure]
    return tuple(shown)
