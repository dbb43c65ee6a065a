"""What a stress test assumes, and the range over which each assumption is looked at."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from regard.capability.incidents import Answering
from regard.capability.questions import Question
from regard.core.errors import DefinitionRefused, NotKnown
from regard.core.quantities import PERCENT
from regard.mobilisation.response.lasting import HOURS
from regard.mobilisation.response.sensitivity import Spread
from regard.mobilisation.response.traces import Reals

KEPT_BACK = 0.05  # of the units, the most that a reserve is taken to be
HALF = 0.5
REST = (11, 24)  # hours: the least between two duties (Working Time Regulations 1998), a whole day
WHOLE_PERCENT = 100.0


@dataclass(frozen=True)
class Assumption:
    """What was assumed, and the range over which it is looked at.

    Attributes:
        name: By which it is asked for.
        what: In words.
        unit: Of its values.
        usual: What the answer assumes.
        low, high: The ends of the range.
        why: Where the range comes from.
        whole: Whether it is a whole number.
    """

    name: str
    what: str
    unit: str
    usual: float
    low: float
    high: float
    why: str
    whole: bool = False

    @property
    def spread(self) -> Spread:
        """The range alone."""
        return Spread(self.name, self.low, self.high, self.whole)

    @property
    def words(self) -> str:
        """What it is, set apart within a sentence."""
        return f"“{self.what}”"

    @property
    def said(self) -> str:
        """What was assumed, in a sentence."""
        places = 0 if self.whole else 1
        low, high, usual = (f"{one:,.{places}f}" for one in (self.low, self.high, self.usual))
        unit = self.unit if self.unit == PERCENT else f" {self.unit}"
        return f"{self.what}: {low} to {high}{unit}, {usual} in the answer; {self.why}."


@dataclass(frozen=True)
class _Kind:
    """How an assumption is changed, and the least and the most it can be."""

    change: Callable[[Answering, Question, float], tuple[Answering, Question]]
    least: float
    most: float


def _demand(force: Answering, asked: Question, value: float) -> tuple[Answering, Question]:
    demand = force.fitted.demand.times(value / WHOLE_PERCENT)
    return replace(force, fitted=replace(force.fitted, demand=demand)), asked


def _minutes(force: Answering, asked: Question, value: float) -> tuple[Answering, Question]:
    held = force.fitted.demand
    grades = tuple(replace(one, minutes=one.minutes * value / WHOLE_PERCENT) for one in held.grades)
    demand = replace(held, grades=grades)
    return replace(force, fitted=replace(force.fitted, demand=demand)), asked


def _units(force: Answering, asked: Question, value: float) -> tuple[Answering, Question]:
    units = _rounded(force.fitted.units, value / WHOLE_PERCENT)
    return replace(force, fitted=replace(force.fitted, units=units)), asked


def _rounded(units: Sequence[int], share: float) -> tuple[int, ...]:
    """A share of the units of every hour in whole units, so that their sum is right.

    What rounding an hour leaves over goes into the next. An hour with nobody keeps nobody, and one
    with somebody keeps somebody.
    """
    found, over = [], 0.0
    for one in units:
        exact = one * share + over if one else 0.0
        whole = max(1, math.floor(exact + HALF)) if one else 0
        found.append(whole)
        # An hour that keeps its last unit hands no more than half of one on.
        over = max(-HALF, exact - whole) if one else over
    return tuple(found)


def _taken(force: Answering, asked: Question, value: float) -> tuple[Answering, Question]:
    on_shift, otherwise = (
        min(1.0, one * value / WHOLE_PERCENT) for one in (asked.on_shift, asked.otherwise)
    )
    return force, replace(asked, on_shift=on_shift, otherwise=otherwise)


_KINDS: Mapping[str, _Kind] = {
    "demand": _Kind(_demand, 1.0, 1_000.0),
    "minutes": _Kind(_minutes, 1.0, 1_000.0),
    "units": _Kind(_units, 1.0, 1_000.0),
    "taken": _Kind(_taken, 0.0, 1_000.0),
    "crew": _Kind(lambda force, asked, to: (replace(force, crew=to), asked), 0.5, 10.0),
    "reserve": _Kind(lambda force, asked, to: (force, replace(asked, reserve=int(to))), 0, 1_000),
    "rest": _Kind(lambda force, asked, to: (force, replace(asked, rest_hours=int(to))), 0, 168),
}


def assumptions_of(
    answering: Answering,
    question: Question,
    *,
    ranges: Mapping[str, tuple[float, float]] | None = None,
    only: Collection[str] = (),
) -> tuple[Assumption, ...]:
    """What is assumed in an answer, each with the range over which it is looked at.

    Args:
        answering: The force's model.
        question: What is asked.
        ranges: Other ranges than the usual ones, by name.
        only: The names of those that are looked at; all by default.

    Raises:
        NotKnown: no assumption is so called.
        DefinitionRefused: a range is empty or goes beyond what can be, or changes nothing.
    """
    given = dict(ranges or {})
    for name in (*given, *only):
        if name not in _KINDS:
            raise NotKnown("assumption", name, _KINDS)
    wanted = [one for one in _usual(answering, question) if not only or one.name in only]
    found = tuple(_ranged(one, given) for one in wanted)
    for one in found:
        if one.name == "units":
            _must_change_units(answering, one)
    return found


def _must_change_units(force: Answering, one: Assumption) -> None:
    """Refuse a range of units whose ends leave every hour of whole units as it is."""
    held = tuple(force.fitted.units)
    if all(_rounded(held, end / WHOLE_PERCENT) == held for end in (one.low, one.high)):
        raise DefinitionRefused(
            f"units from {one.low:g} to {one.high:g}% of {sum(held):,} unit hours a week",
            expected="a range that changes an hour by a whole unit",
            next_step="widen it, such as units=80:120, or look at the other assumptions alone",
        )


def _ranged(one: Assumption, given: Mapping[str, tuple[float, float]]) -> Assumption:
    if one.name in given:
        low, high = given[one.name]
        one = replace(one, low=low, high=high, why="as asked")
    kind = _KINDS[one.name]
    if not kind.least <= one.low < one.high <= kind.most:
        raise DefinitionRefused(
            f"{one.name} from {one.low} to {one.high}",
            expected=f"a low end below the high, both from {kind.least:g} to {kind.most:g} "
            f"{one.unit}",
        )
    return one


def _usual(force: Answering, asked: Question) -> Iterator[Assumption]:
    tenth = "a tenth to either side"
    yield Assumption("demand", "Incidents, of what was fitted", PERCENT, 100, 90, 110, tenth)
    yield Assumption("minutes", "Time of a unit on a job, of what was fitted", PERCENT, 100, 90,
                     110, tenth)  # fmt: skip
    least, most = (WHOLE_PERCENT * one / force.fitted.alpha for one in force.fitted.likely)
    yield Assumption(
        "units", "Units at work, of what was fitted", PERCENT, 100, min(97.0, least),
        max(103.0, most), "three points more or fewer absent, or as far as the fit is in doubt",
    )  # fmt: skip
    if asked.on_shift or asked.otherwise:
        yield Assumption("taken", "Share of a PSU taken from response, of what was stated",
                         PERCENT, 100, 75, 125, "a quarter to either side")  # fmt: skip
    yield Assumption("crew", "Officers in a response unit that is lost", "officers", force.crew,
                     0.8 * force.crew, 1.2 * force.crew, "a fifth to either side")  # fmt: skip
    back = max(1, round(KEPT_BACK * sum(force.fitted.units) / len(force.fitted.units)))
    yield Assumption(
        "reserve", "Idle units kept for the most urgent grade", "units", asked.reserve, 0,
        max(back, 2 * asked.reserve), "none, to one in twenty: a choice more than a doubt",
        whole=True,
    )  # fmt: skip
    yield Assumption(
        "rest", "Rest of those who came back", HOURS, asked.rest_hours,
        min(REST[0], asked.rest_hours), max(REST[1], asked.rest_hours),
        "the least between two duties, to a whole day", whole=True,
    )  # fmt: skip


def set_at(
    force: Answering, asked: Question, chosen: Sequence[Assumption], point: Reals
) -> tuple[Answering, Question]:
    """The force and the question with every assumption as it is at a point.

    Args:
        force: The force's model.
        asked: What is asked.
        chosen: The assumptions.
        point: The value of each, in its own unit.
    """
    for one, value in zip(chosen, point, strict=True):
        force, asked = _KINDS[one.name].change(force, asked, float(value))
    return force, asked
