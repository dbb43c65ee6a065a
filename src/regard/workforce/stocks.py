"""Posts, people in post, people who can be deployed: stocks that are never taken for each other.

Posts have a base, which is what funds or approves them; a vacancy is a post of a named base with
nobody in it, so vacancies on two bases are two figures.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date

from regard.core.errors import DefinitionRefused, NotComparable, NotKnown
from regard.core.figures import Figure, Source, derived
from regard.core.periods import day_said
from regard.core.quantities import PERCENT
from regard.core.statements import Statement, together
from regard.workforce.wording import say

FTE, HEADCOUNT, NOT_STATED = "fte", "headcount", "not-stated"
_UNITS = {FTE: "FTE {}", HEADCOUNT: "{} by headcount", NOT_STATED: "{}"}

TRAINING, TUTOR, LONG_SICK = "training", "tutor", "long-sick"
MATERNITY, RESTRICTED, SECONDED = "maternity", "restricted", "seconded"
APART: Mapping[str, str] = {
    TRAINING: "in training",
    TUTOR: "with a tutor",
    LONG_SICK: "on long-term sick leave",
    MATERNITY: "on maternity leave",
    RESTRICTED: "on restricted duties",
    SECONDED: "seconded elsewhere",
}
"""The states in which somebody in post cannot be deployed, in words."""

ACTUAL = "actual"


@dataclass(frozen=True)
class Group:
    """Whose posts or people are counted, how, and at which day.

    Attributes:
        scope: The force or unit.
        as_at: The day to which they are counted.
        who: What they are, in the plural: `officers`, `staff`, `officers and staff`.
        counted_as: `fte`, `headcount`, or `not-stated` where a document does not say.
    """

    scope: str
    as_at: date
    who: str = "officers"
    counted_as: str = FTE

    def __post_init__(self) -> None:
        if self.counted_as not in _UNITS:
            raise NotKnown("way of counting people", self.counted_as, _UNITS)

    def unit(self, noun: str) -> str:
        """The unit of a count of posts or people, such as `FTE posts`."""
        return _UNITS[self.counted_as].format(noun)

    def __str__(self) -> str:
        return f"{self.unit(self.who)} of {self.scope} at {day_said(self.as_at)}"


@dataclass(frozen=True)
class Establishment:
    """Posts by what funds or approves them.

    Attributes:
        group: Whose posts they are.
        posts: Posts on each base, such as `{"core": 472, "uplift": 27}`. Each post stands on one.
        sources: Where they come from.
    """

    group: Group
    posts: Mapping[str, float]
    sources: tuple[Source, ...] = ()

    def __post_init__(self) -> None:
        for base, number in self.posts.items():
            _must_count(number, f"posts on the base {base!r} of {self.group.scope}")

    def on(self, *bases: str) -> Figure:
        """The posts of named bases together, in posts as the group counts them.

        Raises:
            DefinitionRefused: no base is named, or one of them twice.
            NotKnown: there are no posts on a base of that name.
        """
        if not bases or len(set(bases)) < len(bases):
            raise DefinitionRefused(
                f"the posts of {self.group.scope} on {bases or 'no base'}",
                expected="each base named once",
                next_step=f"choose from {', '.join(self.posts)}",
            )
        each = tuple(self._of_one(base) for base in bases)
        if len(each) == 1:
            return each[0]
        return derived(
            each,
            value=sum(one.known for one in each),
            unit=each[0].unit,
            method="posts of several bases added",
            basis=_basis(bases),
        )

    def _of_one(self, base: str) -> Figure:
        if base not in self.posts:
            raise NotKnown("base of posts", base, self.posts)
        return Figure(
            value=self.posts[base],
            unit=self.group.unit("posts"),
            measure="establishment",
            scope=self.group.scope,
            basis=_basis((base,)),
            method=f"posts for {self.group.who}",
            as_at=self.group.as_at,
            sources=self.sources,
        )


@dataclass(frozen=True)
class Strength:
    """People in post, and how many of them cannot be deployed.

    Attributes:
        group: Who they are.
        people: Everybody in post, whatever their state.
        apart: How many of them are in each state of `APART`, each person in one. None is not
            known; a state that is not named is not known either.
        sources: Where the counts come from.
    """

    group: Group
    people: float
    apart: Mapping[str, float | None] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()

    def __post_init__(self) -> None:
        _must_count(self.people, f"people in post in {self.group.scope}")
        for state, number in self.apart.items():
            if state not in APART:
                raise NotKnown("state of somebody in post", state, APART)
            _must_count(number or 0.0, f"people {APART[state]} in {self.group.scope}")
        together_apart = sum(number or 0.0 for number in self.apart.values())
        if together_apart > self.people:
            raise DefinitionRefused(
                f"{together_apart:g} of the {self.people:g} in post in {self.group.scope} cannot "
                "be deployed",
                expected="each person in one state, and no more people than are in post",
            )

    @property
    def figure(self) -> Figure:
        """Everybody in post, in people as the group counts them."""
        return self._counted(self.people, "strength", f"{self.group.who} in post")

    def deployable(self, *, less: tuple[str, ...] = tuple(APART)) -> Figure:
        """People in post less those in the named states, in people as the group counts them.

        Missing where one of those states was not counted: a state that nobody counted is not
        a state that nobody is in.

        Raises:
            NotKnown: there is no such state.
        """
        unknown = [state for state in less if state not in APART]
        if unknown:
            raise NotKnown("state of somebody in post", unknown[0], APART)
        uncounted = [state for state in less if self.apart.get(state) is None]
        taken = {state: self.apart.get(state) or 0.0 for state in less}
        parts = tuple(
            self._counted(number, f"strength {state}", f"{self.group.who} {APART[state]}")
            for state, number in taken.items()
            if state not in uncounted
        )
        return derived(
            (self.figure, *parts),
            value=None if uncounted else self.people - sum(taken.values()),
            unit=self.figure.unit,
            method="strength less those " + ", ".join(APART[state] for state in less),
            measure="deployable",
            missing="not counted: those " + ", ".join(APART[one] for one in uncounted)
            if uncounted
            else "",
        )

    def _counted(self, number: float, measure: str, method: str) -> Figure:
        return Figure(
            value=number,
            unit=self.group.unit(self.group.who),
            measure=measure,
            scope=self.group.scope,
            basis=ACTUAL,
            method=method,
            as_at=self.group.as_at,
            sources=self.sources,
        )


@dataclass(frozen=True)
class Vacancies:
    """Posts of named bases with nobody in them; below nought, more people than posts.

    Attributes:
        bases: The bases on which they are counted.
        establishment: The posts of those bases.
        strength: The people in post.
        figure: The one less the other.
    """

    bases: tuple[str, ...]
    establishment: Figure
    strength: Figure
    figure: Figure

    @property
    def rate(self) -> Figure:
        """Vacancies in per cent of the posts.

        Raises:
            DefinitionRefused: there are no posts on that base.
        """
        posts = self.establishment.known
        if posts == 0:
            raise DefinitionRefused(
                f"a vacancy rate of {self.establishment}", expected="a base with posts"
            )
        return derived(
            (self.figure, self.establishment),
            value=100 * self.figure.known / posts,
            unit=PERCENT,
            method="vacancies over posts",
            measure="vacancy rate",
        )

    def statement(self) -> Statement:
        """How many posts of the base are empty, or by how many people it is over."""
        said = {"posts": self.establishment, "people": self.strength}
        base = _base_said(self.bases)
        if self.figure.known < 0:
            over = _size(self.figure)
            text = "On {base}: {people} in {posts}, which is {over:number} over."
            return say(text, base=base, over=over, **said)
        text = "On {base}: {vacant}, of {posts} with {people} in post."
        return say(text, base=base, vacant=self.figure, **said)


def vacancies(
    establishment: Establishment, strength: Strength, *, bases: tuple[str, ...]
) -> Vacancies:
    """Posts of named bases less people in post.

    Args:
        establishment: The posts.
        strength: The people, of the same group counted in the same way at the same day.
        bases: The bases whose posts are meant, at least one.

    Raises:
        NotComparable: they are not the same group, or not counted alike; the message names
            each difference.
        DefinitionRefused: no base is named, or one of them twice.
        NotKnown: there are no posts on a base of that name.
    """
    posts = establishment.on(*bases)
    _must_match(establishment.group, strength.group, posts, strength.figure)
    figure = derived(
        (posts, strength.figure),
        value=posts.known - strength.people,
        unit=establishment.group.unit("vacancies"),
        method="establishment less strength",
        measure="vacancies",
    )
    return Vacancies(bases, posts, strength.figure, figure)


@dataclass(frozen=True)
class BasesApart:
    """Why two counts of vacancies differ: they are on two bases.

    Attributes:
        wider: The count on more posts.
        narrower: The count on fewer.
        gap: The one less the other; it is as many as the posts of the bases that differ.
        statement: The same in a sentence.
    """

    wider: Vacancies
    narrower: Vacancies
    gap: Figure
    statement: Statement


def bases_apart(one: Vacancies, other: Vacancies) -> BasesApart:
    """Explain two counts of vacancies by the posts that only one of them has.

    Raises:
        NotComparable: they rest on different people, or one base does not hold the other, so
            that their gap is no number of posts.
    """
    narrower, wider = sorted((one, other), key=lambda held: len(held.bases))
    more = tuple(base for base in wider.bases if base not in narrower.bases)
    if one.strength != other.strength or not more or not set(narrower.bases) < set(wider.bases):
        raise NotComparable(
            f"{one.figure} ({one.figure.basis}) and {other.figure} ({other.figure.basis}) lie "
            "apart by more than a base",
            expected="the same people, and one base within the other",
            next_step="name both bases and count the same people against each",
        )
    gap = derived(
        (wider.figure, narrower.figure),
        value=wider.figure.known - narrower.figure.known,
        unit=wider.establishment.unit,
        method="vacancies on one base less those on another",
        measure="establishment",
        basis=_basis(more),
    )
    said = say(
        "{first} on {wide} and {second} on {narrow} are two figures on two bases: they lie {gap} "
        "apart, which are the {more}.",
        first=wider.figure,
        second=narrower.figure,
        wide=_base_said(wider.bases),
        narrow=_base_said(narrower.bases),
        gap=gap,
        more=_base_said(more),
    )
    return BasesApart(wider, narrower, gap, said)


@dataclass(frozen=True)
class Stocks:
    """The four stocks of one group side by side, none of them summed with another.

    Attributes:
        establishment: Posts, on a named base.
        strength: People in post.
        deployable: People in post who can be deployed; may be missing, with the reason.
        trained: People trained for a skill and in date, if one is asked about.
    """

    establishment: Figure
    strength: Figure
    deployable: Figure
    trained: Figure | None = None

    def statement(self) -> Statement:
        """The stocks in one paragraph."""
        said = [
            say(
                "Establishment: {posts}. Strength: {people}.",
                posts=self.establishment,
                people=self.strength,
            )
        ]
        if self.deployable.value is None:
            why = self.deployable.missing
            said.append(say("How many can be deployed is not known: {why}.", why=why))
        else:
            said.append(say("Deployable: {fit}.", fit=self.deployable))
        if self.trained is not None:
            said.append(say("Trained and in date: {trained}.", trained=self.trained))
        return together(said)


def _must_match(posts: Group, people: Group, of_posts: Figure, of_people: Figure) -> None:
    differ = [
        f"{one.name} is {getattr(posts, one.name)} and {getattr(people, one.name)}"
        for one in fields(Group)
        if getattr(posts, one.name) != getattr(people, one.name)
    ]
    if differ:
        raise NotComparable(
            f"{of_posts} and {of_people} give no vacancies: {'; '.join(differ)}",
            expected="posts and people of one group, counted alike at one day",
            next_step="bring both on one way of counting, or show them apart",
        )


def _must_count(number: float, what: str) -> None:
    if not (math.isfinite(number) and number >= 0):
        raise DefinitionRefused(f"{number} {what}", expected="a number from 0")


def _base_said(bases: tuple[str, ...]) -> str:
    head, last = bases[:-1], bases[-1]
    return f"{', '.join(head)} and {last} posts" if head else f"{last} posts"


def _basis(bases: tuple[str, ...]) -> str:
    return f"{ACTUAL}, on {_base_said(bases)}"


def _size(figure: Figure) -> Figure:
    return derived(
        (figure,), value=abs(figure.known), unit=figure.unit, method="size of the difference"
    )
