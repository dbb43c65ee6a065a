"""The chance of a number by a day, in a sentence with what was assumed for it.

No sentence leaves without its assumptions: how many join and leave, how sure that is, how long
training takes, and on how many simulated paths the chance stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from regard.core.errors import DefinitionRefused
from regard.core.figures import Figure, derived
from regard.core.periods import Month
from regard.core.quantities import PERCENT, Range
from regard.core.statements import Statement, Value
from regard.workforce.doubts import INTAKE, LEAVING, Doubt
from regard.workforce.paths import PATHS, STRENGTH, Errors, Paths, errors_apart, simulate
from regard.workforce.pathways import a_month
from regard.workforce.pipeline import POISSON, Pipeline
from regard.workforce.wording import assumption, say

IN_POST = "in post"
LEVEL = 0.9
LEAST = 0.01  # chances nearer to 0 or to 1 are said as less or more than this
FORECAST = "forecast"
STEPS = 40  # halvings after which the joiners that are needed are found to the last digit
MOST_JOINERS = 1 << 20  # a month; more is no force


@dataclass(frozen=True)
class Foretold:
    """The chance of a number at a month's end.

    Attributes:
        chance: The chance in per cent, of so many people or more.
        people: The people expected then, with a range for 90% of paths.
        by_chance: The same with the range that chance alone gives; None where nothing is doubted.
        by_doubt: The same with the range that doubt about the rates alone gives; None alike.
        statement: The same in a sentence, with what was assumed.
        paths: The paths it stands on.
    """

    chance: Figure
    people: Figure
    statement: Statement
    paths: Paths
    by_chance: Figure | None = None
    by_doubt: Figure | None = None


@dataclass(frozen=True)
class Question:
    """Will there be so many people by the end of a month?

    Attributes:
        strength: People now, in whose unit and scope the answer is.
        number: How many are wanted, counted in the same way.
        counted: The month at whose end the strength was counted.
        by: The month at whose end they are wanted.
    """

    strength: Figure
    number: Figure
    counted: Month
    by: Month

    def __post_init__(self) -> None:
        if self.by <= self.counted:
            raise DefinitionRefused(
                f"{self.number} at the end of {self.by}, counted at the end of {self.counted}",
                expected="a month ahead",
            )

    @property
    def months(self) -> int:
        """Months ahead (count)."""
        return self.by - self.counted


@dataclass(frozen=True)
class Assumed:
    """What is assumed of a unit that people join and leave.

    Attributes:
        joiners: People who join a month (count a month).
        leaving: The share (0 to 1) of people in post who leave within a year.
        joiners_spread: How sure the first is: standard deviation over mean (ratio), 0 for sure.
        leaving_spread: How sure the second is, in the same way.
        intake: `poisson` where they come as they come; `fixed` where so many are posted.
    """

    joiners: float
    leaving: float
    joiners_spread: float = 0.0
    leaving_spread: float = 0.0
    intake: str = POISSON

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """The doubts drawn for each path."""
        held = []
        if self.leaving_spread > 0 and self.leaving > 0:
            held.append(Doubt(LEAVING, self.leaving_spread, IN_POST))
        if self.joiners_spread > 0:
            held.append(Doubt(INTAKE, self.joiners_spread))
        return tuple(held)


def chance_of(question: Question, given: Assumed, *, seed: int, paths: int = PATHS) -> Foretold:
    """The chance that a unit holds so many people or more at the end of a month.

    Args:
        question: What is asked, of whole people.
        given: What is assumed.
        seed: The name of the luck.
        paths: How many paths.

    Raises:
        DefinitionRefused: there are parts of people in post.
    """
    unit = _unit(question.strength, given.joiners, given.leaving)
    told: dict[str, Any] = {
        "months": question.months,
        "seed": seed,
        "paths": paths,
        "intake": given.intake,
    }
    words = _given_said(question.strength, given)
    if not given.doubts:
        return foretold(simulate(unit, **told), question, words)
    apart = errors_apart(unit, doubts=given.doubts, **told)
    return foretold(apart.both, question, words, apart=apart)


def foretold(
    paths: Paths,
    question: Question,
    given: Statement,
    *,
    what: str = STRENGTH,
    apart: Errors | None = None,
) -> Foretold:
    """The chance of so many people or more at the end of a month, of paths that were run.

    Args:
        paths: The paths.
        question: What is asked.
        given: What was assumed, in sentences.
        what: `strength` or `deployable`.
        apart: The same run with chance alone and with doubt alone, to tell the two apart.

    Raises:
        DefinitionRefused: the paths end before that month.
    """
    many = len(paths.joiners)
    chance = derived(
        (question.strength, question.number),
        value=100 * paths.chance_at(question.number.known, question.months, what=what),
        unit=PERCENT,
        method=f"share of {many:,} simulated paths, seed {paths.seed}",
        measure=f"chance of {question.number} in {question.by}",
        basis=FORECAST,
    ).printed(places=0)
    people = _expected(paths, question, what)
    said = _chance_said(chance, question) + say(
        "Expected are {people}, {people:level} range {people:range}, on {run}.",
        people=people,
        run=assumption(question.strength, many, "simulated paths", "how many paths"),
    )
    if apart is None:
        return Foretold(chance, people, said + say("Assumed:") + given, paths)
    by_chance = _expected(apart.chance, question, what)
    by_doubt = _expected(apart.doubt, question, what)
    said += say(
        "By chance alone the range would be {chance:range}, by doubt about the rates alone "
        "{doubt:range}.",
        chance=by_chance,
        doubt=by_doubt,
    )
    return Foretold(chance, people, said + say("Assumed:") + given, paths, by_chance, by_doubt)


@dataclass(frozen=True)
class Arrival:
    """When a number is first reached.

    Attributes:
        median: The month by whose end half of the paths are there; None where fewer ever are.
        early: The month by whose end one in twenty is; None where fewer ever are.
        late: The month by whose end nineteen in twenty are; None where fewer ever are.
        never: The share of paths in per cent that are not there by the last month looked at.
        statement: The same in a sentence, with what was assumed.
    """

    median: Month | None
    early: Month | None
    late: Month | None
    never: Figure
    statement: Statement


def when_reached(
    paths: Paths, number: Figure, given: Statement, *, counted: Month, what: str = STRENGTH
) -> Arrival:
    """The months in which paths that were run first have so many people.

    Args:
        paths: The paths.
        number: How many are wanted.
        given: What was assumed, in sentences.
        counted: The month at whose end the paths start.
        what: `strength` or `deployable`.
    """
    found = paths.reached(number.known, what=what)
    early, median, late = (
        None if month is None else counted + month
        for month in (found.low, found.median, found.high)
    )
    never = derived(
        (number,),
        value=100 * found.never,
        unit=PERCENT,
        method=f"share of {len(paths.joiners):,} simulated paths, seed {paths.seed}",
        measure=f"chance of less than {number} throughout",
        basis=FORECAST,
    ).printed(places=0)
    run = assumption(number, len(paths.joiners), "simulated paths", "how many paths")
    said: dict[str, Value] = {"run": run, "number": number}
    if median is None:
        words = say("Fewer than half of {run} ever have {number}.", **said)
    else:
        words = say("Half of {run} have {number} by the end of {median}.", median=median, **said)
    if early is not None and late is not None:
        text = "One in twenty does by the end of {early}, nineteen in twenty by that of {late}."
        words += say(text, early=early, late=late)
    if found.never:
        text = "{never} never do up to the end of {last}."
        words += say(text, never=never, last=counted + paths.months)
    return Arrival(median, early, late, never, words + say("Assumed:") + given)


@dataclass(frozen=True)
class Needed:
    """How many must join a month for a number to be as likely as is wanted.

    Attributes:
        joiners: People a month; missing where they are needed and none would be enough.
        statement: The same in a sentence, with what was assumed.
    """

    joiners: Figure
    statement: Statement


def joiners_needed(
    question: Question, given: Assumed, *, chance: float, seed: int, paths: int = PATHS
) -> Needed:
    """The joiners a month from which a number by a month's end has at least a wanted chance.

    On one seed more joiners never give a smaller chance, so the least that do can be closed in
    on, to a hundredth of a joiner; how many join is not taken from `given`, but how they come is.

    Args:
        question: What is asked, of whole people.
        given: What is assumed.
        chance: The chance wanted (0 to 1, neither of them).
        seed: The name of the luck.
        paths: How many paths.

    Raises:
        DefinitionRefused: the chance is not between 0 and 1, or no number of joiners gives it.
    """
    if not 0 < chance < 1:
        raise DefinitionRefused(f"a chance of {chance}", expected="a chance between 0 and 1")

    def likely(joiners: float) -> bool:
        run = simulate(
            _unit(question.strength, joiners, given.leaving),
            months=question.months,
            seed=seed,
            paths=paths,
            intake=given.intake,
            doubts=given.doubts,
        )
        return run.chance_at(question.number.known, question.months) >= chance

    needed = derived(
        (question.strength, question.number),
        value=_least(likely, question.number),
        unit="joiners a month",
        method=f"least of {paths:,} simulated paths, seed {seed}",
        measure="joiners needed",
        basis=FORECAST,
    ).printed(places=1)
    return Needed(needed, _needed_said(question, given, needed, chance))


def _needed_said(question: Question, given: Assumed, needed: Figure, chance: float) -> Statement:
    like = question.strength
    return say(
        "For {number} at the end of {by} to have a chance of {chance}, {needed} are needed "
        "from {strength:number} now. Assumed: {going} leave in a year.",
        number=question.number,
        by=question.by,
        chance=assumption(like, 100 * chance, PERCENT, "chance wanted").printed(places=0),
        needed=needed,
        strength=like,
        going=assumption(like, 100 * given.leaving, PERCENT, "leavers a year"),
    )


def _least(likely: Callable[[float], bool], number: Figure) -> float:
    if likely(0.0):
        return 0.0
    low, high = 0.0, 1.0
    while not likely(high):
        low, high = high, 2 * high
        if high > MOST_JOINERS:
            raise DefinitionRefused(
                f"{number} with no fewer than {low:,.0f} joiners a month",
                expected="a number that joiners can bring about",
            )
    for _ in range(STEPS):
        if high - low < 0.01:  # noqa: PLR2004 - a hundredth of a joiner a month
            break
        middle = (low + high) / 2
        low, high = (low, middle) if likely(middle) else (middle, high)
    return high


def _unit(strength: Figure, joiners: float, leaving: float) -> Pipeline:
    return Pipeline(
        stages=(IN_POST,),
        moves=((1.0 - a_month(leaving),),),
        people=(strength.known,),
        intake=(joiners,),
        strength=(IN_POST,),
        deployable=(IN_POST,),
    )


def _expected(paths: Paths, question: Question, what: str) -> Figure:
    tail = (1 - LEVEL) / 2
    mean = float(paths.of(what)[:, question.months].mean())
    low, high = paths.quantiles((tail, 1 - tail), what=what)[:, question.months].tolist()
    return derived(
        (question.strength, question.number),
        value=mean,
        unit=question.strength.unit,
        method=f"mean of {len(paths.joiners):,} simulated paths, seed {paths.seed}",
        basis=FORECAST,
        interval=Range(min(low, mean), max(high, mean), LEVEL),
    ).printed(places=0)


def _chance_said(chance: Figure, question: Question) -> Statement:
    least, most = 100 * LEAST, 100 * (1 - LEAST)
    said: dict[str, Value] = {
        "number": question.number,
        "by": question.by,
        "strength": question.strength,
    }
    head = "The chance of {number} or more at the end of {by}, from {strength:number} now, is "
    if least <= chance.known <= most:
        return say(head + "about {chance}.", chance=chance, **said)
    words, edge = ("less than", least) if chance.known < least else ("more than", most)
    bound = derived((chance,), value=edge, unit=PERCENT, method="said as a bound")
    return say(head + "{words} {edge}.", words=words, edge=bound.printed(places=0), **said)


def _given_said(strength: Figure, given: Assumed) -> Statement:
    joining = assumption(strength, given.joiners, "joiners a month", "joiners a month")
    going = assumption(strength, 100 * given.leaving, PERCENT, "leavers a year")
    text = "{joining}; {going} of those in post leave in a year."
    said = say(text, joining=joining, going=going)
    for spread, text in (
        (given.joiners_spread, "How many join has a standard deviation of {spread} of itself."),
        (given.leaving_spread, "How many leave has a standard deviation of {spread} of itself."),
    ):
        if spread > 0:
            sure = assumption(strength, 100 * spread, PERCENT, "standard deviation over mean")
            said += say(text, spread=sure.printed(places=0))
    return said
