"""Who is on duty on which day of a deployment, what rest days it costs and when they come back."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.mobilisation.muster.sustaining import AVERAGED, REST, WEEK, RestRules, longest

OFF = 0  # a day without a duty; 1 is the first duty of the day, 2 the second
Plan: TypeAlias = NDArray[np.int8]

PREMIUM = 1.5  # a rest day called for at less than 15 days' notice is paid at time and a half
FIRST_WEEK, LAST_WEEK = 4, 13  # after the return, in which cancelled rest days are mostly repaid


@dataclass(frozen=True, eq=False)
class DutyPlan:
    """Which duty each PSU raised does on which day.

    Attributes:
        on_ground: PSUs on the ground at any hour that is covered.
        plan: 0 for a day off, else the duty of the day from 1, shape (PSUs raised, days).
        rules: Of rest.
    """

    on_ground: int
    plan: Plan
    rules: RestRules

    @property
    def raised(self) -> int:
        """PSUs raised."""
        return len(self.plan)

    @property
    def days(self) -> int:
        """Days of the deployment."""
        return self.plan.shape[1]

    @property
    def duties(self) -> int:
        """Duties of PSUs in all."""
        return int((self.plan != OFF).sum())

    @property
    def days_off(self) -> NDArray[np.int64]:
        """Days off of each PSU, shape (PSUs raised,)."""
        return np.asarray((self.plan == OFF).sum(axis=1))

    @property
    def average_hours(self) -> float:
        """Hours a week over the reference period of the PSU that works most."""
        rules = self.rules
        away = Fraction(self.days, WEEK)
        home = max(Fraction(0), rules.reference_weeks - away) * Fraction(rules.usual_hours)
        most = self.days - int(self.days_off.min())
        weeks = max(away, Fraction(rules.reference_weeks))
        return float((most * rules.duty_hours + home) / weeks)


def duty_plan(on_ground: int, raised: int, days: int, *, rules: RestRules = REST) -> DutyPlan:
    """A duty for every PSU on every day, days off in turn.

    A PSU keeps its hours from one duty to the next and changes them over a day off only, so that
    rest between duties holds. Days off go round: nobody waits longer than anybody else.

    Args:
        on_ground: PSUs on the ground.
        raised: PSUs raised.
        days: Of the deployment.
        rules: Of rest.

    Raises:
        NotEnoughData: the rules of rest do not allow so many for so long.
    """
    possible = longest(on_ground, raised, rules=rules)
    rested = min(
        (one.days for one in possible.limits if one.what != AVERAGED),
        key=lambda one: math.inf if one is None else one,
    )
    if days < 1 or (rested is not None and days > rested):
        raise NotEnoughData(
            f"{on_ground} PSUs on the ground for {days} days of {raised} raised",
            expected=f"at most {rested} days within the rules of rest",
            next_step="put fewer on the ground, raise more, or end it sooner",
        )
    working = on_ground * rules.duties
    plan = np.zeros((raised, days), dtype=np.int8)
    duty = [1 + place // on_ground if place < working else OFF for place in range(raised)]
    idle = raised - working
    for day in range(days):
        off = {(day * idle + step) % raised for step in range(idle)}
        plan[:, day] = _on_day(duty, off, day)
        duty = [int(one) for one in plan[:, day]]
    return DutyPlan(on_ground, plan, rules)


def _on_day(before: list[int], off: set[int], day: int) -> list[int]:
    """The duties of a day: who comes back takes the hours of who goes off."""
    if day == 0:
        kept = [one for one in before if one]
        return [OFF if place in off else kept.pop() for place in range(len(before))]
    left = [before[place] for place in sorted(off) if before[place]]
    return [OFF if place in off else before[place] or left.pop() for place in range(len(before))]


@dataclass(frozen=True)
class Cost:
    """What a deployment costs in duties and rest days of people.

    Attributes:
        duties: Duties worked by people.
        rest_days: Rest days that they would have had and did not get.
        at_premium: Of these, called for at too short notice.
        paid_as: Duties as they are paid, those at too short notice at time and a half.
    """

    duties: int
    rest_days: int
    at_premium: int
    paid_as: float


def cost(plan: DutyPlan, *, people: int, rest_share: float = 2 / 7, notice_days: int = 15) -> Cost:
    """What a deployment costs in duties and rest days of people.

    Args:
        plan: Who is on duty when.
        people: In a PSU.
        rest_share: Share of days that are rest days at home (0 to 1).
        notice_days: Days of notice below which a rest day is paid at time and a half; rest days
            of the deployment's first so many days are.

    Raises:
        DefinitionRefused: a share that is none, or no people.
    """
    if not 0 <= rest_share < 1 or people < 1:
        raise DefinitionRefused(
            f"{people} people in a PSU, {rest_share} of days at rest",
            expected="1 or more, and a share from 0 to below 1",
        )
    owed = math.floor(rest_share * plan.days + 0.5)
    lost = np.maximum(0, owed - plan.days_off) * people
    rest_days = int(lost.sum())
    short = math.floor(rest_days * min(1.0, notice_days / plan.days) + 0.5)
    duties = plan.duties * people
    return Cost(duties, rest_days, short, duties + (PREMIUM - 1) * short)


@dataclass(frozen=True)
class Repaid:
    """Rest days given back after the return: people absent beyond the usual abstraction.

    Attributes:
        first_day: Day after the return, 0 for the first, on which `absent` begins.
        absent: People absent each day.
    """

    first_day: int
    absent: tuple[int, ...]


def repaid(rest_days: int, *, first_week: int = FIRST_WEEK, last_week: int = LAST_WEEK) -> Repaid:
    """Cancelled rest days spread evenly over weeks after the return.

    Args:
        rest_days: Rest days of people to be given back.
        first_week: First week after the return in which they are, 1 for the one after it.
        last_week: The last such week, included.

    Raises:
        DefinitionRefused: fewer than no rest days, or weeks out of order.
    """
    if rest_days < 0 or not 1 <= first_week <= last_week:
        raise DefinitionRefused(
            f"{rest_days} rest days over weeks {first_week} to {last_week}",
            expected="0 or more, and weeks from 1 on in order",
        )
    days = (last_week - first_week + 1) * WEEK
    ends = [rest_days * (day + 1) // days for day in range(days)]
    starts = [0, *ends[:-1]]
    return Repaid((first_week - 1) * WEEK, tuple(b - a for a, b in zip(starts, ends, strict=True)))
