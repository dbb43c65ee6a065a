"""Who can be raised by when, from the records of duty and skill: posts and counts, never people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from regard.capability.incidents import DUTY, LOCAL_TIME, RESPONSE
from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.core.figures import Source
from regard.core.periods import Month
from regard.core.statements import Statement
from regard.mobilisation.muster import (
    DUE_LATER,
    NOT_MODELLED,
    OFF_DUTY,
    ON_DUTY,
    PROTECTED,
    THRESHOLDS,
    THRESHOLDS_SOURCE,
    TWENTY_FIVE,
    Assumptions,
    Fleet,
    Group,
    MakeUp,
    Met,
    Roll,
    Supply,
    Threshold,
    met,
    met_said,
    muster,
    supply_said,
)
from regard.records.forces import forces
from regard.records.stated import StatedTables

SKILL = "skill"
CONSTABLE, DRIVER = "constable", "driver"
DRIVES = "carrier-driver"  # as the dataset skill calls what a make-up calls a driver
LATER = 12  # hours within which a shift that is due counts as due later
SHOWN = (1, 4, 8, 24)  # hours from the call that are told in sentences
AT = 10  # o'clock, local time, of the call that is meant where none is named
WEEKDAYS = 5  # Monday to Friday


@dataclass(frozen=True)
class Asked:
    """What is asked of a muster.

    Attributes:
        at: The instant of the call.
        skill: The skill of who is mustered.
        make_up: Of a PSU.
        carriers: How many there are.
        response_trained: Share of response officers on duty who hold the skill and are in date.
        protected: Share of those off duty who are on leave that is not broken.
        abstracted: Share of everybody who is absent on the day.
        distance_km: To where they must stand ready.
        commitment: PSUs that are promised, for the tests.
        thresholds: Shares of the commitment and the hours within which they count.
        assumptions: Delays and shares; the shipped ones if left out.
        hours, draws, seed: Of the muster.
    """

    at: datetime
    skill: str = "psu-level-2"
    make_up: MakeUp = TWENTY_FIVE
    carriers: int = 0
    response_trained: float = 0.8
    protected: float = 0.1
    abstracted: float = 0.12
    distance_km: float = 0.0
    commitment: int = 0
    thresholds: tuple[Threshold, ...] = THRESHOLDS
    assumptions: Assumptions = Assumptions()
    hours: int = 24
    draws: int = 1_000
    seed: int = 1

    def __post_init__(self) -> None:
        shares = (self.response_trained, self.protected, self.abstracted)
        if any(not 0 <= one <= 1 for one in shares):
            raise DefinitionRefused(f"shares of {shares}", expected="each from 0 to 1")
        if self.at.tzinfo is None:
            raise DefinitionRefused(
                f"a call at {self.at}, of no time zone", expected="an instant with its time zone"
            )


@dataclass(frozen=True)
class Mustered:
    """What a muster came to.

    Attributes:
        asked: What was asked.
        supply: PSUs by the hour.
        tests: The tests of the commitment; empty where none is promised.
        sources: The imports it rests on.
        as_at: The day to which the records are true.
    """

    asked: Asked
    supply: Supply
    tests: tuple[Met, ...]
    sources: tuple[Source, ...]
    as_at: date

    def statements(self) -> tuple[Statement, ...]:
        """Capacity on paper, PSUs by hour, and the tests."""
        hours = [one for one in SHOWN if one <= self.supply.hours]
        said = supply_said(self.supply, hours, self.as_at)
        if not self.tests:
            return said
        return (*said, *met_said(self.supply, self.tests, self.as_at))

    @property
    def generated(self) -> bool:
        """Whether the rows that it rests on were made up."""
        return self.supply.roll.generated

    @property
    def left_out(self) -> tuple[str, ...]:
        """What was not modelled."""
        return tuple(NOT_MODELLED)

    @property
    def tests_from(self) -> str:
        """Where the shares and the hours of the tests come from."""
        own = self.asked.thresholds != THRESHOLDS
        return "shares and hours as the force says them" if own else THRESHOLDS_SOURCE

    @property
    def assumed(self) -> tuple[str, ...]:
        """What was assumed, in sentences."""
        asked = self.asked
        return (
            f"{asked.response_trained:.0%} of response officers on duty hold the skill and are in "
            "date.",
            f"{asked.protected:.0%} of those off duty are on leave that is not broken; "
            f"{asked.abstracted:.0%} of everybody is absent on the day.",
            f"A PSU: {asked.make_up.source}.",
            f"Delays and recall: {asked.assumptions.source}.",
            f"Tests of the commitment: {self.tests_from}.",
        )


def last_call(tables: StatedTables, force: str, *, to: date | None = None) -> datetime:
    """The last weekday, ten o'clock local time, for which duty is stated.

    Args:
        tables: The records.
        force: Whose.
        to: The last day that is looked at; the last there is by default.

    Raises:
        NotEnoughData: duty is stated for no such hour.
    """
    for month in reversed(tables.months(DUTY, force)):
        hours = set(tables.columns(DUTY, force, ["hour"], first=month, last=month).cells["hour"])
        for number in range(month.days, 0, -1):
            day = date(month.year, month.number, number)
            at = datetime.combine(day, time(AT), LOCAL_TIME)
            if day.weekday() < WEEKDAYS and (to is None or day <= to) and _utc(at) in hours:
                return at
    raise NotEnoughData(
        f"{force} states no duty for {AT}:00 on a weekday" + (f" up to {to}" if to else ""),
        expected="the roster, hour by hour",
        next_step="regard records import FILE --mapping FILE, of the dataset duty",
    )


def _utc(at: datetime) -> datetime:
    """An instant as a column holds it: in UTC and without saying so."""
    return at.astimezone(UTC).replace(tzinfo=None)


def mustered(tables: StatedTables, force: str, asked: Asked) -> Mustered:
    """Raise PSUs from the records of a force.

    Args:
        tables: The records.
        force: Whose.
        asked: What is asked.

    Raises:
        NotEnoughData: no duty is stated for the hour of the call, or nobody holds the skill.
    """
    roll, sources = roll_of(tables, force, asked)
    supply = muster(
        roll,
        asked.make_up,
        assumptions=asked.assumptions,
        distance_km=asked.distance_km,
        hours=asked.hours,
        draws=asked.draws,
        seed=asked.seed,
    )
    tests = met(supply, asked.commitment, thresholds=asked.thresholds) if asked.commitment else ()
    return Mustered(asked, supply, tests, sources, asked.at.astimezone(LOCAL_TIME).date())


def roll_of(tables: StatedTables, force: str, asked: Asked) -> tuple[Roll, tuple[Source, ...]]:
    """Everyone trained, where they are at the call, and the imports that say so.

    Who is on duty with the skill is told by the duty of the hour; the rest of who is trained is
    off duty, due on within twelve hours, or on leave that is not broken.

    Raises:
        NotEnoughData: no duty is stated for the hour of the call, or nobody holds the skill.
    """
    hour = asked.at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    month = _month(asked.at)
    duty = tables.of(DUTY, force, first=_month(asked.at - timedelta(days=1)), last=month + 1)
    there = {row["hour"] for row in duty.rows}
    if hour not in there:
        raise NotEnoughData(
            f"{force} states no duty for the hour of {hour:%Y-%m-%d %H:%M} UTC",
            expected="the roster of that hour",
            next_step="regard records import FILE --mapping FILE, of the dataset duty",
        )
    now = _trained(duty.rows, hour, asked)
    later = _trained(duty.rows, hour + timedelta(hours=LATER), asked)
    trained, lapsed, of_skill = _holding(tables, force, asked)
    groups = [
        group
        for (rank, also), count in sorted(trained.items())
        for group in _of_rank(rank, also, count, trained, now, later, asked)
    ]
    groups += [
        Group(rank, count, OFF_DUTY, in_date=False) for rank, count in sorted(lapsed.items())
    ]
    sources = (*duty.sources, *of_skill)
    generated = any("GENERATED" in one.reference for one in sources)
    return Roll(_named(force), tuple(groups), Fleet(asked.carriers), generated=generated), sources


def _named(force: str) -> str:
    """A force as people name it, for sentences."""
    return forces()[force].name if force in forces() else force


def _month(at: datetime) -> Month:
    local = at.astimezone(LOCAL_TIME)
    return Month(local.year, local.month)


def _trained(rows: tuple, hour: datetime, asked: Asked) -> Counter[str]:
    """People on duty in an hour who hold the skill, by rank."""
    found: Counter[str] = Counter()
    for row in rows:
        if row["hour"] != hour:
            continue
        if asked.skill in (row["skill"] or "").split("+"):
            found[row["rank"]] += row["people"]
        elif row["team"] == RESPONSE:
            found[row["rank"]] += int(row["people"] * asked.response_trained)
    return found


def _holding(
    tables: StatedTables, force: str, asked: Asked
) -> tuple[Counter[tuple[str, str]], Counter[str], tuple[Source, ...]]:
    """People by rank and second skill who are in date, and by rank who have lapsed."""
    month = _month(asked.at)
    held = tables.of(SKILL, force, last=month)
    rows = [row for row in held.rows if row["skill"] == asked.skill]
    if not rows:
        raise NotEnoughData(
            f"{force} states nobody trained for {asked.skill} by {month}",
            expected="counts of who is trained, by rank and month of expiry",
            next_step="regard records import FILE --mapping FILE, of the dataset skill",
        )
    last = max(row["month"] for row in rows)
    trained: Counter[tuple[str, str]] = Counter()
    lapsed: Counter[str] = Counter()
    for row in rows:
        if row["month"] != last:
            continue
        if row["expires"] and Month.parse(row["expires"]) < month:
            lapsed[row["rank"]] += row["people"]
        else:
            trained[row["rank"], row["also"] or ""] += row["people"]
    return trained, lapsed, held.sources


def _of_rank(
    rank: str,
    also: str,
    count: int,
    trained: Counter[tuple[str, str]],
    now: Counter[str],
    later: Counter[str],
    asked: Asked,
) -> list[Group]:
    """One rank and second skill, shared over the states as the whole rank is."""
    whole = sum(many for (one, _), many in trained.items() if one == rank)
    on_duty = min(count, round(count * min(1.0, now[rank] / whole)))
    rest = count - on_duty
    protected = round(rest * asked.protected)
    due = min(rest - protected, round(count * min(1.0, later[rank] / whole)))
    one = Group(
        rank, on_duty, ON_DUTY, skills=(_skill(also),) if also else (),
        abstracted=asked.abstracted,
    )  # fmt: skip
    return [
        one,
        replace(one, count=due, state=DUE_LATER, hours=float(LATER)),
        replace(one, count=protected, state=PROTECTED),
        replace(one, count=rest - protected - due, state=OFF_DUTY),
    ]


def _skill(also: str) -> str:
    return DRIVER if also == DRIVES else also
