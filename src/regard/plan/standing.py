"""Where one promise stands: its figures, its reading, its verdict and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from regard.core.figures import Figure
from regard.core.periods import MONTHS_A_YEAR, Month
from regard.core.statements import Statement
from regard.plan.deliverables import Told
from regard.plan.model import Baseline, Composition, Plan, Promise
from regard.records.coverage import SourceCoverage
from regard.records.measures import Measure
from regard.signals import Composition as Divided
from regard.signals import HistoryRank, MilestonePace, PeriodChange, Reading
from regard.signals.changes import HIGHER, LOWER
from regard.signals.yearend import BANDS, Chance, FanMonth, YearEnd

MET, NOT_MET, LOST = "met", "not met", "can no longer be met"
ON_COURSE, BEHIND = "on course by arithmetic", "behind"
UNJUDGED = "cannot be judged"
# By chance where the rest of the year can be foretold, by arithmetic where it cannot.
BY_CHANCE = tuple(word for _, word in BANDS)
VERDICTS = (MET, NOT_MET, LOST, *BY_CHANCE, ON_COURSE, BEHIND, UNJUDGED)


@dataclass(frozen=True)
class Verdict:
    """What is said of a milestone: a word of the closed list `VERDICTS`, and why."""

    word: str
    why: Statement

    def __str__(self) -> str:
        return self.word


@dataclass(frozen=True)
class WaveValue:
    """One wave of a survey: the month in which it ended, and its level with its range."""

    month: Month
    figure: Figure


@dataclass(frozen=True)
class Position:
    """Where one promise, or one watched measure, stands.

    Attributes:
        promise: The milestone or watched measure.
        measure: The definition that was counted.
        as_at: The day to which it is counted.
        now: The year to date, or the level of the latest months or wave.
        then: The same a year before.
        notes: What must be known about the day, the period and the definition.
        verdict: None for a watched measure, on which nothing is promised.
        target: The level or total to be reached; None without a promise or a base.
        change: `now` against `then`.
        average: What the whole months of the year to date averaged.
        alike: The same over the months that both years have, where months are missing.
        alike_over: Which months those are.
        pace: The milestone arithmetic.
        rank: The year's place in the history.
        ranked: The place in sentences, with what the plan asks and the records do not hold.
        reading: The series and what it says; None if nothing was supplied.
        baselines: The step changes that were accepted by the day of the paper.
        accepted: Who accepted each, when, and the reason given.
        waves: The waves of a survey that is asked in waves.
        chance: What can be said of the chance so far.
        ending: How the year is foreseen to end; None where that cannot be said.
        fan: The whole months to come, foreseen.
        odds: The chance of the milestone; None without a forecast.
        missing: The months without a value, with why.
        quoted: What the source says of it.
    """

    promise: Promise
    measure: Measure
    as_at: date
    now: Figure
    then: Figure
    notes: tuple[Statement, ...] = ()
    verdict: Verdict | None = None
    target: Figure | None = None
    average: tuple[Statement, ...] = ()
    change: PeriodChange | None = None
    alike: PeriodChange | None = None
    alike_over: Statement | None = None
    pace: MilestonePace | None = None
    rank: HistoryRank | None = None
    ranked: tuple[Statement, ...] = ()
    reading: Reading | None = None
    baselines: tuple[Baseline, ...] = ()
    accepted: tuple[Statement, ...] = ()
    waves: tuple[WaveValue, ...] = ()
    chance: tuple[Statement, ...] = ()
    ending: YearEnd | None = None
    fan: tuple[FanMonth, ...] = ()
    odds: Chance | None = None
    missing: tuple[Statement, ...] = ()
    quoted: tuple[Statement, ...] = ()

    @property
    def compared(self) -> PeriodChange | None:
        """`now` against `then`, or over the months alike where one of the two is missing."""
        whole = self.change is not None and self.change.difference.value is not None
        return self.change if whole else self.alike

    @property
    def has_changed(self) -> bool:
        """Whether it differs from last year by more than it usually varies."""
        return self.compared is not None and self.compared.verdict in (HIGHER, LOWER)

    @property
    def outside(self) -> tuple[Month, ...]:
        """The months of the last twelve that lie outside the normal range.

        A month that lies there only as counted, by its length, is not among them.
        """
        return tuple(sorted((*self.above, *self.below)))

    @property
    def above(self) -> tuple[Month, ...]:
        """Those above the upper limit."""
        return self._beyond(above=True)

    @property
    def below(self) -> tuple[Month, ...]:
        """Those below the lower limit."""
        return self._beyond(above=False)

    def _beyond(self, *, above: bool) -> tuple[Month, ...]:
        if self.reading is None:
            return ()
        first = self.reading.latest.month + (1 - MONTHS_A_YEAR)
        return tuple(
            point.month
            for point in self.reading.points
            if point.month >= first
            and (point.is_above if above else point.is_below)
            and not point.by_length
        )


@dataclass(frozen=True)
class Share:
    """What part of a measure others make up, now and a year before.

    Attributes:
        composition: What the plan asks.
        divided: The shares; None if they cannot be counted.
        said: The shares in sentences, or why there are none.
    """

    composition: Composition
    divided: Divided | None
    said: tuple[Statement, ...]


@dataclass(frozen=True)
class Positions:
    """Where every promise of a plan stands, as at a day and as known at an instant.

    Attributes:
        plan: The plan.
        area: The area counted.
        as_at: The day to which the paper is true.
        known_at: The instant up to which imports count; by default that of the last one.
        milestones, watched: In the plan's order.
        shares: The compositions that the plan asks for.
        deliverables: In the plan's order.
        coverage: What the area has supplied, by dataset.
        lacking_forces: The most similar forces of which no rows were brought in.
        imports: The imports that count, each as it names itself.
        is_generated: Whether any of them says that its rows were generated.
        methods: The methods used, with their versions.
        inputs: Digest of the plan and of all imports that count.
    """

    plan: Plan
    area: str
    as_at: date
    known_at: datetime | None
    milestones: tuple[Position, ...]
    watched: tuple[Position, ...]
    shares: tuple[Share, ...]
    deliverables: tuple[Told, ...]
    coverage: tuple[tuple[str, SourceCoverage], ...]
    lacking_forces: tuple[str, ...]
    imports: tuple[str, ...]
    is_generated: bool
    methods: tuple[str, ...]
    inputs: str

    def having(self, word: str) -> tuple[Position, ...]:
        """The milestones of one verdict."""
        return tuple(
            one for one in self.milestones if one.verdict is not None and one.verdict.word == word
        )

    @property
    def all(self) -> tuple[Position, ...]:
        """The milestones, then the watched measures."""
        return (*self.milestones, *self.watched)
