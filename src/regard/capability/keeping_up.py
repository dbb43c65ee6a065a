"""How PSUs that are away are kept up: who rests when, rest days cancelled, and their return.

Rest days that a deployment cancels are given back weeks after it, as absence on top of the usual:
the second price of aid, which the weeks of the simulation do not reach.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from regard.capability.stress import Set
from regard.core.markings import OFFICIAL
from regard.core.statements import Statement, Value
from regard.mobilisation.muster import (
    REST,
    About,
    Cost,
    Longest,
    Repaid,
    RestRules,
    cost,
    duty_plan,
    longest,
    make_up,
    repaid,
    units_repaid,
)
from regard.mobilisation.muster.wording import METHOD, cost_said, longest_said
from regard.mobilisation.response.model import DAY, WEEK

DAYS_A_WEEK = WEEK // DAY
TEMPLATES = {
    "kept": (
        "Of {raised} away, {psus} can stand on the ground at every hour of the {days}, within the "
        "rules of rest."
    ),
    "given back": (
        "The cancelled rest days would be given back in weeks {first} to {last} after the return, "
        "and take at most {units} of response from any hour of them."
    ),
    "one alone": (
        "{raised} away cannot stand on the ground at every hour: relief by day and night needs two "
        "for each on the ground."
    ),
    "not so long": (
        "Of {raised} away, none can stand on the ground at every hour of the {days}. {psus} could "
        "for {longest}: {limit} ends it."
    ),
    "journeys": "The {hours} of journeys there and back are not counted in it.",
}


@dataclass(frozen=True)
class KeptUp:
    """What it takes to keep up the PSUs of a question.

    Attributes:
        asked: The question on its model.
        on_ground: PSUs that can stand on the ground at every hour, of those away.
        longest: For how long that can be kept up; where none can for so long, one.
        cost: Duties and rest days; None where none can stand on the ground at every hour.
        repaid: Rest days given back, a day at a time; None where none is cancelled.
        units: Response units that this takes from any one hour, at most.
        rules: Of rest.
    """

    asked: Set
    on_ground: int
    longest: Longest
    cost: Cost | None
    repaid: Repaid | None
    units: int
    rules: RestRules

    def statements(self) -> tuple[Statement, ...]:
        """How many can be kept on the ground, for how long, and what rest days it costs."""
        told, raised = self._about, self.asked.question.psus
        if self.cost is None:
            return (self._none(told),)
        days = self.asked.question.days
        said = [
            _said(
                "kept",
                raised=told.figure(raised, "PSUs", "PSUs away"),
                psus=told.figure(self.on_ground, "PSUs", "PSUs on the ground"),
                days=told.figure(days, "days", "days away"),
            ),
            *longest_said(self.longest, self.rules, told),
            cost_said(self.cost, told),
        ]
        if self.repaid is not None:
            weeks = len(self.repaid.absent) // DAYS_A_WEEK
            first = self.repaid.first_day // DAYS_A_WEEK + 1
            said.append(
                _said(
                    "given back",
                    first=told.figure(first, "", "first week of repayment"),
                    last=told.figure(first + weeks - 1, "", "last week of repayment"),
                    units=told.figure(self.units, "units", "units lost to repayment"),
                )
            )
        if self.asked.question.journey_hours:
            hours = self.asked.question.journey_hours
            said.append(_said("journeys", hours=told.figure(hours, "hours", "hours of journeys")))
        return tuple(said)

    def _none(self, told: About) -> Statement:
        """That none can stand there at every hour, and what stands in the way."""
        asked, one = self.asked.question, self.longest
        raised = told.figure(asked.psus, "PSUs", "PSUs away")
        if one.days is None or asked.psus < self.rules.duties:
            return _said("one alone", raised=raised)
        return _said(
            "not so long",
            raised=raised,
            days=told.figure(asked.days, "days", "days away"),
            psus=told.figure(one.on_ground, "PSUs", "PSUs on the ground"),
            longest=told.figure(one.days, "days", "longest deployment"),
            limit=one.ended_by,
        )

    @property
    def _about(self) -> About:
        answering = self.asked.answering
        return About(
            answering.force, answering.as_at, METHOD, self.asked.digest, answering.generated
        )


def kept_up(asked: Set, *, rules: RestRules = REST) -> KeptUp:
    """What it takes to keep up the PSUs of a question.

    Args:
        asked: The question on its model.
        rules: Of rest.
    """
    question = asked.question
    on_ground = _on_ground(question.psus, question.days, rules)
    if on_ground == 0:
        return KeptUp(asked, 0, longest(1, question.psus, rules=rules), None, None, 0, rules)
    lasts = longest(on_ground, question.psus, rules=rules)
    plan = duty_plan(on_ground, question.psus, question.days, rules=rules)
    price = cost(plan, people=make_up(question.make_up).people)
    back = repaid(price.rest_days) if price.rest_days else None
    return KeptUp(asked, on_ground, lasts, price, back, _most(asked, back), rules)


def _on_ground(away: int, days: int, rules: RestRules) -> int:
    """The most that can stand on the ground at every hour of so many days."""
    for count in range(away, 0, -1):
        lasts = longest(count, away, rules=rules).days
        if lasts is None or lasts >= days:
            return count
    return 0


def _most(asked: Set, back: Repaid | None) -> int:
    """Response units that rest days given back take from any one hour, at most."""
    if back is None:
        return 0
    hours = DAY * (back.first_day + len(back.absent) + 1)
    return max(ceil(one) for one in units_repaid(back, asked.taken, returned=0, hours=hours))


def _said(template: str, /, **values: Value) -> Statement:
    return Statement.of(TEMPLATES[template], marking=OFFICIAL, **values)
