"""What is asked of a stress test: how many PSUs go, when, where to, for how long, on what terms."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from math import ceil

from regard.core.errors import DefinitionRefused
from regard.mobilisation.muster.makeups import TWENTY_FIVE, make_up
from regard.mobilisation.muster.rolls import Assumptions
from regard.mobilisation.response.model import DAY, FINISH, Rules

MOST_PSUS, MOST_DAYS = 60, 56
FURTHEST_KM = 1_500  # by road from one end of Great Britain to the other
SEED = 20_211_201
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Question:
    """What is asked.

    Attributes:
        psus: PSUs that go.
        days: For how many days.
        weekday: On which day they go, 0 for Monday.
        hour: At which hour of that day.
        make_up: Of a PSU, by its name.
        on_shift: Share of their officers taken from response in the twelve hours from 7 o'clock.
        otherwise: The same in the other twelve.
        host_km: Kilometres to the host; the journeys there and back are added to the days.
        rest_hours: Hours after the return in which those who were away are not at work.
        recovery_days: Days after the return that are looked at.
        tolerance: Per cent of the most urgent grade answered late that the force bears.
        levels: Numbers of PSUs to show beside it.
        shift_end, reserve, divert: How units are sent; see `Rules`.
        seed: Of the random numbers.
    """

    psus: int
    days: int
    weekday: int = 4
    hour: int = 7
    make_up: str = TWENTY_FIVE.name
    on_shift: float = 0.42
    otherwise: float = 0.21
    host_km: int = 0
    rest_hours: int = 11
    recovery_days: int = 7
    tolerance: float = 10.0
    levels: tuple[int, ...] = ()
    shift_end: str = FINISH
    reserve: int = 0
    divert: bool = False
    seed: int = SEED

    def __post_init__(self) -> None:
        if not 1 <= self.psus <= MOST_PSUS or not 1 <= self.days <= MOST_DAYS:
            raise DefinitionRefused(
                f"{self.psus} PSUs for {self.days} days",
                expected=f"1 to {MOST_PSUS} PSUs for 1 to {MOST_DAYS} days",
                next_step="beyond eight weeks aid is normally a secondment: ask for fewer days",
            )
        if not 0 <= self.host_km <= FURTHEST_KM:
            raise DefinitionRefused(
                f"a host {self.host_km} km away", expected=f"0 to {FURTHEST_KM:,} km by road"
            )
        if not (0 <= self.weekday < len(WEEKDAYS) and 0 <= self.hour < DAY):
            raise DefinitionRefused(
                f"a start on day {self.weekday} at hour {self.hour}",
                expected="a day from 0 (Monday) to 6 and an hour from 0 to 23",
            )
        if not 1 <= self.recovery_days <= MOST_DAYS or not 0 < self.tolerance < 100:
            raise DefinitionRefused(
                f"{self.recovery_days} days of recovery, {self.tolerance}% late borne",
                expected=f"1 to {MOST_DAYS} days, and a share between 0 and 100%",
            )
        make_up(self.make_up)
        if any(not 0 <= one <= MOST_PSUS for one in self.levels):
            raise DefinitionRefused(f"levels {self.levels}", expected=f"PSUs from 0 to {MOST_PSUS}")

    @property
    def begins(self) -> int:
        """Hour of the week in which they go."""
        return DAY * self.weekday + self.hour

    @property
    def journey_hours(self) -> int:
        """Hours of the journeys there and back, and of reporting there; whole ones."""
        there = Assumptions().travel_hours(self.host_km)
        return ceil(there + self.host_km / Assumptions().speed)

    @property
    def away_hours(self) -> int:
        """Hours from when they go to when they are back."""
        return DAY * self.days + self.journey_hours

    @property
    def shown(self) -> tuple[int, ...]:
        """The numbers of PSUs that are shown, nobody first."""
        return tuple(sorted({0, self.psus, *self.levels}))

    @property
    def rules(self) -> Rules:
        """How units are sent."""
        return Rules(self.shift_end, self.reserve, self.divert)

    @property
    def text(self) -> str:
        """All of it in one line that is the same on every machine."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))


def question_of(text: str) -> Question:
    """A question from its line.

    Raises:
        DefinitionRefused: it is none.
    """
    try:
        told = json.loads(text)
        return Question(**{**told, "levels": tuple(told.get("levels", ()))})
    except (ValueError, TypeError, AttributeError) as error:
        raise DefinitionRefused(
            f"a question cannot be read: {error}", expected="a line as `Question.text` gives it"
        ) from error


def levels_up_to(most: int, *, count: int = 7) -> tuple[int, ...]:
    """Numbers of PSUs that draw a curve: from none to so many, evenly.

    Args:
        most: The greatest.
        count: How many numbers at most, none among them.
    """
    return tuple(sorted({round(most * step / (count - 1)) for step in range(count)}))
