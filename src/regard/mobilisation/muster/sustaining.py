"""How many PSUs can be kept on the ground, and for how long, within rules of rest."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from regard.core.errors import DefinitionRefused

DAY, WEEK = 24, 7  # hours, days


@dataclass(frozen=True)
class RestRules:
    """Rules of rest for people who are away; all of it configuration.

    Attributes:
        duty_hours: Length of a duty.
        rest_hours: Rest between two duties (Working Time Regulations: 11 hours).
        cover_hours: Hours of the day that a PSU on the ground covers.
        days_off: Days off in any seven (Working Time Regulations: one).
        in_a_row: Duties that may follow each other without a day off (4 to 6).
        weekly_hours: Average over the reference period (Working Time Regulations: 48 hours).
        usual_hours: Worked in a week at home.
        reference_weeks: The reference period.
        whole_cohorts: Whether a PSU on the ground needs whole PSUs behind it: three where 2.33
            would do.
        secondment_weeks: After so many a mobilisation is normally a secondment (College of
            Policing, Authorised Professional Practice on mobilisation).
    """

    duty_hours: int = 12
    rest_hours: int = 11
    cover_hours: int = 24
    days_off: int = 1
    in_a_row: int = 6
    weekly_hours: float = 48.0
    usual_hours: float = 40.0
    reference_weeks: int = 17
    whole_cohorts: bool = False
    secondment_weeks: int = 8

    def __post_init__(self) -> None:
        if self.duty_hours + self.rest_hours > DAY or DAY % self.duty_hours:
            raise DefinitionRefused(
                f"duties of {self.duty_hours} hours with {self.rest_hours} hours of rest",
                expected="one duty and its rest within a day, and duties that divide it",
            )
        if self.cover_hours % self.duty_hours or not 0 < self.cover_hours <= DAY:
            raise DefinitionRefused(
                f"{self.cover_hours} hours of cover in duties of {self.duty_hours} hours",
                expected="whole duties, and at most a day",
            )
        if not 0 < self.days_off < WEEK or self.in_a_row < 1:
            raise DefinitionRefused(
                f"{self.days_off} days off in seven and {self.in_a_row} duties in a row",
                expected="1 to 6 days off, and 1 duty or more in a row",
            )
        if not 0 < self.usual_hours <= self.weekly_hours:
            raise DefinitionRefused(
                f"{self.usual_hours} usual hours a week and {self.weekly_hours} on average",
                expected="usual hours above 0 and not above the average that is allowed",
            )

    @property
    def duties(self) -> int:
        """Duties a day for one PSU on the ground."""
        return self.cover_hours // self.duty_hours

    @property
    def cohorts(self) -> Fraction:
        """PSUs behind one on the ground that can go on for ever, by rest and days off.

        Two for cover round the clock; 2 x 7/6 with one day off in seven.
        """
        working = min(Fraction(WEEK - self.days_off, WEEK), Fraction(self.in_a_row, self._window))
        return self.duties / working

    @property
    def _window(self) -> int:
        return self.in_a_row + 1

    def sustained(self, raised: int) -> int:
        """PSUs that can be kept on the ground, of so many raised."""
        behind = math.ceil(self.cohorts) if self.whole_cohorts else self.cohorts
        return int(raised / behind)


REST = RestRules()

RESTED, NOT_ENOUGH = "rest and days off", "PSUs raised"
AVERAGED, LOCAL = "average working week", "local response"


@dataclass(frozen=True)
class Limit:
    """One thing that ends a deployment.

    Attributes:
        what: Which rule.
        days: After how many days; None where it never does.
    """

    what: str
    days: int | None


@dataclass(frozen=True)
class Longest:
    """The longest deployment of so many PSUs on the ground.

    Attributes:
        on_ground: PSUs on the ground.
        raised: PSUs raised.
        days: Whole days; None where no rule ends it.
        limits: Every rule with its own number of days, the one that ends it first at the head.
        secondment: Whether it may outlast what is still called a mobilisation.
    """

    on_ground: int
    raised: int
    days: int | None
    limits: tuple[Limit, ...]
    secondment: bool

    @property
    def ended_by(self) -> str:
        """The rule that ends it first; empty where none does."""
        return "" if self.days is None else self.limits[0].what


def longest(
    on_ground: int, raised: int, *, rules: RestRules = REST, local_days: int | None = None
) -> Longest:
    """The longest deployment of so many PSUs on the ground, of so many raised.

    Args:
        on_ground: PSUs on the ground (1 or more).
        raised: PSUs raised.
        rules: Of rest.
        local_days: Days for which response at home bears it, as the simulator says; None where
            it bears it for ever.

    Raises:
        DefinitionRefused: no PSU on the ground, or fewer than none raised.
    """
    if on_ground < 1 or raised < 0:
        raise DefinitionRefused(
            f"{on_ground} PSUs on the ground of {raised} raised",
            expected="1 or more on the ground, 0 or more raised",
        )
    limits = sorted(
        (
            _by_rest(on_ground, raised, rules),
            Limit(AVERAGED, _by_average(on_ground, raised, rules)),
            Limit(LOCAL, local_days),
        ),
        key=lambda one: math.inf if one.days is None else one.days,
    )
    days = limits[0].days
    outlasts = days is None or days > rules.secondment_weeks * WEEK
    return Longest(on_ground, raised, days, tuple(limits), outlasts)


def _by_rest(on_ground: int, raised: int, rules: RestRules) -> Limit:
    """By days off: days until the first is owed, where too few are behind to give it."""
    working = on_ground * rules.duties
    if raised < working:
        return Limit(NOT_ENOUGH, 0)
    if rules.whole_cohorts:
        enough = rules.sustained(raised) >= on_ground
    else:
        enough = raised >= rules.cohorts * on_ground
    if enough:
        return Limit(RESTED, None)
    return Limit(RESTED, min(rules.in_a_row, WEEK - rules.days_off))


def weekly_hours(on_ground: int, raised: int, rules: RestRules = REST) -> float:
    """Hours that each works in a week away where the duties are shared equally."""
    return WEEK * rules.duty_hours * rules.duties * on_ground / raised


def _by_average(on_ground: int, raised: int, rules: RestRules) -> int | None:
    """Days away after which the average over the reference period is above what is allowed."""
    if not raised:
        return 0
    away = weekly_hours(on_ground, raised, rules)
    if away <= rules.weekly_hours:
        return None
    spare = rules.reference_weeks * (rules.weekly_hours - rules.usual_hours)
    return math.floor(WEEK * spare / (away - rules.usual_hours) + 1e-9)
