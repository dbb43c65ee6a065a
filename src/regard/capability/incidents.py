"""A force's incidents, duty and model, from its records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from regard.core.errors import NotEnoughData, NotKnown
from regard.core.figures import Source
from regard.mobilisation.calibrating.fitting import Aim, Fit, fit
from regard.mobilisation.calibrating.recorded import Recorded, recorded
from regard.mobilisation.response.model import DAY, WEEK, Capacity, Model, Phase, Rules
from regard.mobilisation.response.traces import Reals
from regard.records.stated import StatedTables

INCIDENT, DUTY = "incident", "duty"
RESPONSE = "response"
LOCAL_TIME = ZoneInfo("Europe/London")
COLUMNS = (
    "received_at", "graded_at", "dispatched_at", "arrived_at", "cleared_at", "grade", "units",
)  # fmt: skip
MINUTE = 60.0  # seconds
GENERATED = "GENERATED"  # begins the name of every file of rows that were made up


@dataclass(frozen=True, eq=False)
class Answering:
    """How a force answers its incidents, as its records have it.

    Attributes:
        force: Whose it is.
        first: The first day of the records that were fitted, a midnight in local time.
        days: How many days of records were fitted.
        fitted: What was fitted to them.
        crew: Officers in a response unit, where a roster of officers stands behind the units.
        sources: The imports it rests on.
    """

    force: str
    first: date
    days: int
    fitted: Fit
    crew: float
    sources: tuple[Source, ...]

    @property
    def generated(self) -> bool:
        """Whether any of the rows was made up."""
        return any(GENERATED in one.reference for one in self.sources)

    @property
    def as_at(self) -> date:
        """The last day of the records."""
        return self.first + timedelta(days=self.days - 1)

    def model(
        self,
        *,
        hours: int,
        start: int = 0,
        warm_up: int = WEEK,
        rules: Rules | None = None,
        phases: tuple[Phase, ...] = (),
    ) -> Model:
        """The model of so many hours, its units those of the week that was fitted.

        Args:
            hours: After the warm-up.
            start: Hour of the week of hour 0.
            warm_up: Hours from an empty start.
            rules: How units are sent.
            phases: Hours to be read together.
        """
        units = tuple(self.fitted.units[(start + hour) % WEEK] for hour in range(warm_up + hours))
        return Model(
            self.fitted.demand,
            Capacity(units),
            rules=rules or Rules(),
            start=start,
            warm_up=warm_up,
            hours=hours,
            name=self.force,
            generated=self.generated,
            phases=phases,
        )


def answering_of(
    tables: StatedTables, force: str, aims: Sequence[Aim], *, crew: float, days: int | None = None
) -> Answering:
    """Fit how a force answers to its incidents and, where there is one, its duty.

    Args:
        tables: The records.
        force: Whose.
        aims: When each grade should be answered, the most urgent first.
        crew: Officers in a response unit.
        days: How many days from the first are fitted; all by default.

    Raises:
        NotEnoughData: there are no incidents, or too few of a grade.
        NotKnown: a grade of the aims stands in no row.
    """
    first, records, sources = recorded_of(tables, force, [one.grade for one in aims])
    chosen = records if days is None else records.between(0, days)
    roster, of_duty = roster_of(tables, force)
    units = None if roster is None else [officers / crew for officers in roster]
    fitted = fit(chosen, aims, roster=units)
    return Answering(force, first, chosen.days, fitted, crew, (*sources, *of_duty))


def recorded_of(
    tables: StatedTables, force: str, grades: Sequence[str]
) -> tuple[date, Recorded, tuple[Source, ...]]:
    """The incidents of a force in whole days of local time, the first and last day left out if cut.

    Args:
        tables: The records.
        force: Whose.
        grades: The grades that are answered by response, the most urgent first; incidents of
            others are left out.

    Returns:
        The first day, the incidents and the imports they came by.

    Raises:
        NotEnoughData: there are no incidents of these grades on two days.
        NotKnown: a grade stands in no row.
    """
    held = tables.columns(INCIDENT, force, COLUMNS)
    cells = held.cells
    there = set(cells["grade"])
    absent = [one for one in grades if one not in there]
    if not there:
        raise NotEnoughData(
            f"{force} has {len(cells['grade'])} incidents",
            expected="the records of some weeks",
            next_step="regard records import FILE --mapping FILE",
        )
    if absent:
        raise NotKnown("grade of an incident", absent[0], sorted(map(str, there)))
    places = {name: place for place, name in enumerate(grades)}
    chosen = [row for row, one in enumerate(cells["grade"])
              if one in places and cells["received_at"][row] is not None]  # fmt: skip
    days = [_local(cells["received_at"][row]).date() for row in chosen]
    first, last = min(days), max(days)
    begun = datetime.combine(first, datetime.min.time())

    def minutes(name: str) -> Reals:
        column = cells[name]
        return np.array(
            [
                np.nan if column[row] is None
                else (_local(column[row]) - begun).total_seconds() / MINUTE
                for row in chosen
            ]
        )  # fmt: skip

    records = recorded(
        start=DAY * first.weekday(),
        hours=DAY * ((last - first).days + 1),
        grades=tuple(grades),
        at=minutes("received_at"),
        grade=np.array([places[cells["grade"][row]] for row in chosen]),
        ready=minutes("graded_at"),
        sent=minutes("dispatched_at"),
        arrived=minutes("arrived_at"),
        cleared=minutes("cleared_at"),
        units=np.array([int(cells["units"][row] or 0) for row in chosen]),
    )
    return first, records, held.sources


def roster_of(
    tables: StatedTables, force: str, *, team: str = RESPONSE
) -> tuple[tuple[float, ...] | None, tuple[Source, ...]]:
    """Officers of a team on duty in each of the 168 hours of the week, on average.

    Returns:
        The officers, None where no duty is stated or an hour of the week is in no row; and the
        imports.
    """
    held = tables.columns(DUTY, force, ("hour", "team", "people"))
    officers: dict[datetime, float] = {}
    for hour, of_team, people in zip(*held.cells.values(), strict=True):
        if of_team == team:
            officers[hour] = officers.get(hour, 0.0) + people
    by_hour: dict[int, list[float]] = {}
    for hour, people in officers.items():
        at = _local(hour)
        by_hour.setdefault(DAY * at.weekday() + at.hour, []).append(people)
    if len(by_hour) < WEEK:
        return None, ()
    return tuple(float(np.mean(by_hour[hour])) for hour in range(WEEK)), held.sources


def _local(instant: datetime | date) -> datetime:
    """An instant of the records, which is UTC, as a clock on the wall has it."""
    if not isinstance(instant, datetime):
        instant = datetime.combine(instant, datetime.min.time())
    return instant.replace(tzinfo=UTC).astimezone(LOCAL_TIME).replace(tzinfo=None)


def aims_of(within: Mapping[str, float]) -> tuple[Aim, ...]:
    """Aims from the minutes within which each grade should be answered, in order of urgency."""
    return tuple(Aim(grade, minutes) for grade, minutes in within.items())
