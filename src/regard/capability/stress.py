"""What if so many PSUs go for so many days: what local policing loses, and for how long.

One question, three answers: a screening by formula in a blink, a preview of few replications, and
the full answer. All are of the same scenarios on the same model, so that they can be held together.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass, field
from functools import cached_property
from math import ceil

from regard.capability.incidents import Answering
from regard.capability.questions import Question
from regard.core.errors import DefinitionRefused, NotKnown
from regard.core.figures import Figure, Source
from regard.core.progress import Progress
from regard.core.statements import Statement
from regard.mobilisation.muster.losing import Away, Taken, units_lost
from regard.mobilisation.muster.makeups import make_up
from regard.mobilisation.response.estimates import Estimate
from regard.mobilisation.response.lasting import (
    Knee,
    Recovery,
    Sustained,
    fluid_recovery,
    knee,
    recovery,
    sustained,
)
from regard.mobilisation.response.model import DAY, WEEK, Model, Phase
from regard.mobilisation.response.readings import ByHour, by_hour, change, peak, read
from regard.mobilisation.response.results import BLOCK, Runs
from regard.mobilisation.response.running import run
from regard.mobilisation.response.scenarios import Scenario, nobody_away
from regard.mobilisation.response.telling import Telling
from regard.mobilisation.response.words import not_modelled, rules_said
from regard.mobilisation.screening import SAID as SCREENING_SAID
from regard.mobilisation.screening import Screening, screened

HOME, AWAY_PHASE = "nobody away", "away"
PREVIEW, FULL = 30, 100  # replications
BOARD = "Meeting a call for {psus} for {days} would be paid for at home."
BOARD_FAR = (
    "Meeting a call for {psus} for {days}, with {hours} of journeys, would be paid for at home."
)


@dataclass(frozen=True)
class Set:
    """A question set upon a force's model: what would be run."""

    answering: Answering
    question: Question

    @cached_property
    def model(self) -> Model:
        """The model over the warm-up, the deployment and the days after it."""
        return self.answering.model(
            hours=self._before + self._after,
            start=self._start,
            warm_up=WEEK,
            rules=self.question.rules,
            phases=(Phase(AWAY_PHASE, self.goes, self.returns),),
        )

    @property
    def _start(self) -> int:
        """Hour of the week of hour 0, so that they go at a multiple of four hours."""
        return self.question.begins % BLOCK

    @property
    def _before(self) -> int:
        return self.question.begins - self._start

    @property
    def _after(self) -> int:
        """Hours from when they go to the end, in whole blocks."""
        blocks = ceil(self.question.away_hours / BLOCK)
        return BLOCK * blocks + DAY * self.question.recovery_days

    @property
    def goes(self) -> int:
        """Hour of the model in which they go; a week of warm-up and part of a week lie before."""
        return WEEK + self._before

    @property
    def returns(self) -> int:
        """Hour of the model by which they are back."""
        return self.goes + self.question.away_hours

    @cached_property
    def taken(self) -> Taken:
        """Where the officers of a PSU come from."""
        asked = self.question
        shares = Taken.by_shift(
            make_up(asked.make_up).people,
            on_shift=asked.on_shift,
            otherwise=asked.otherwise,
            crew=self.answering.crew,
        )
        return Taken(
            shares.officers, shares.from_response, shares.crew, rest_hours=asked.rest_hours
        )

    def scenario(self, psus: int) -> Scenario:
        """So many PSUs away."""
        if psus == 0:
            return nobody_away(self.model, HOME)
        # Units are lost by the hour of the day, so they are counted from the midnight before.
        gone = Away(psus, self.goes + self._start, self.returns - self.goes)
        lost = units_lost((gone,), self.taken, hours=self.model.horizon + self._start)
        return Scenario(named(psus), lost[self._start :])

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """Every number of PSUs that is shown."""
        return tuple(self.scenario(one) for one in self.question.shown)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the model, of the scenarios and the seed: the same inputs, the same hash."""
        told = hashlib.sha256(self.model.digest.encode())
        told.update(self.question.text.encode())
        for one in self.scenarios:
            told.update(repr((one.name, one.away)).encode())
        return told.hexdigest()

    @cached_property
    def incidents(self) -> str:
        """SHA-256 of what incidents are drawn from: of the same, two runs meet the same."""
        model = self.model
        told = (asdict(model.demand), model.start, model.horizon, self.question.seed)
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def named(psus: int) -> str:
    """What a scenario of so many PSUs is called."""
    return f"{psus} PSU away" if psus == 1 else f"{psus} PSUs away"


@dataclass(frozen=True)
class Step:
    """One number of PSUs away, and one grade.

    Attributes:
        psus: How many are away.
        grade: Of incidents.
        late: Per cent answered late while they are away.
        more: Percentage points more than with nobody away, on the same incidents; None for nobody.
        wait: Mean minutes until a unit is sent.
    """

    psus: int
    grade: str
    late: Estimate
    more: Estimate | None
    wait: Estimate


@dataclass(frozen=True, eq=False)
class Stress:
    """The answer of the simulation.

    Attributes:
        asked: What was run.
        runs: What came of it.
        steps: Every number of PSUs and grade.
        peaks: The most that wait at once, by number of PSUs.
        knee: Where the queue begins to grow.
        sustained: For how long the most urgent grade stays within what is borne.
        recovery: How long after the return.
        fluid: The same in hours by what flows; None where it never clears.
    """

    asked: Set
    runs: Runs
    steps: tuple[Step, ...]
    peaks: dict[int, Estimate]
    knee: Knee | None
    sustained: Sustained
    recovery: Recovery
    fluid: float | None

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the inputs, the question among them, and of all that came of them.

        Two questions may be answered by one run, such as of two numbers of a curve.
        """
        return hashlib.sha256(f"{self.asked.digest} {self.runs.digest}".encode()).hexdigest()

    def step(self, psus: int, grade: str) -> Step:
        """One number of PSUs and one grade.

        Raises:
            NotKnown: it was not run.
        """
        for one in self.steps:
            if (one.psus, one.grade) == (psus, grade):
                return one
        raise NotKnown(
            "step", f"{psus} PSUs, {grade}", [f"{s.psus}, {s.grade}" for s in self.steps]
        )

    def hours(self, psus: int) -> ByHour:
        """The table by hour."""
        return by_hour(self.runs, scenario=HOME if psus == 0 else named(psus))

    @cached_property
    def telling(self) -> Telling:
        """Says the readings of this run."""
        answering = self.asked.answering
        return Telling(self.runs, answering.force, answering.as_at)

    @property
    def rules(self) -> tuple[str, ...]:
        """How units are sent, in words."""
        return rules_said(self.asked.question.rules)

    @property
    def left_out(self) -> tuple[str, ...]:
        """What was not modelled."""
        return not_modelled(self.runs.model)

    def board(self) -> Statement:
        """The sentence for the board."""
        asked, told = self.asked.question, self.telling
        grade = self.runs.model.demand.grades[0].name
        now, then = self.step(0, grade), self.step(asked.psus, grade)
        source = Source("plan", "the question asked", f"inputs {self.asked.digest[:12]}")

        def as_asked(value: int, unit: str, measure: str) -> Figure:
            return Figure(
                value, unit if value == 1 else f"{unit}s", measure, told.scope, "target",
                "as asked", told.as_at, sources=(source,), places=0,
            )  # fmt: skip

        psus, days = told.away(asked.psus), as_asked(asked.days, "day", "days away")
        if asked.journey_hours:
            hours = as_asked(asked.journey_hours, "hour", "hours of journeys")
            said = Statement.of(BOARD_FAR, psus=psus, days=days, hours=hours)
        else:
            said = Statement.of(BOARD, psus=psus, days=days)
        more = then.more or then.late
        said += told.late(grade=grade, away=asked.psus, reading=then.late, base=now.late, more=more)
        said += told.sustained(self.sustained, away=asked.psus)
        return said + told.recovery(self.recovery)

    def statements(self) -> tuple[Statement, ...]:
        """The sentence for the board, and where the curve bends."""
        return (self.board(), *((self.telling.knee(self.knee),) if self.knee else ()))


@dataclass(frozen=True, eq=False)
class Screened:
    """The first answer: by formula.

    Attributes:
        home: With nobody away.
        away: With so many away as were asked for.
        said: What it is and is not.
    """

    home: Screening
    away: Screening
    said: str = field(default=SCREENING_SAID)


def screen(answering: Answering, question: Question) -> Screened:
    """The first answer, by formula.

    Args:
        answering: The force's model.
        question: What is asked.
    """
    asked = Set(answering, question)
    return Screened(
        screened(asked.model, asked.scenario(0), phase=AWAY_PHASE),
        screened(asked.model, asked.scenario(question.psus), phase=AWAY_PHASE),
    )


def stress(
    answering: Answering,
    question: Question,
    *,
    replications: int = FULL,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Stress:
    """The answer of the simulation.

    Args:
        answering: The force's model.
        question: What is asked.
        replications: How many histories; `PREVIEW` for a first look.
        executor: Of the standard library's kind; None for threads.
        progress: Told of replications done.

    Raises:
        NotEnoughData: no incident of a grade arose while they were away.
    """
    asked = Set(answering, question)
    runs = run(
        asked.model,
        asked.scenarios,
        replications=replications,
        seed=question.seed,
        executor=executor,
        progress=progress,
    )
    grades = [one.name for one in asked.model.demand.grades]
    steps = tuple(_step(runs, psus, grade) for psus in question.shown for grade in grades)
    levels = {_named(one): float(one) for one in question.shown if one}
    gone = named(question.psus)
    waiting = peak(runs, scenario=gone, phase=AWAY_PHASE)
    return Stress(
        asked,
        runs,
        steps,
        {one: peak(runs, scenario=_named(one), phase=AWAY_PHASE) for one in question.shown},
        knee(runs, levels=levels, base=HOME, away=AWAY_PHASE) if question.days > 1 else None,
        sustained(
            runs, scenario=gone, grade=grades[0], tolerance=question.tolerance, away=AWAY_PHASE
        ),
        recovery(runs, scenario=gone, base=HOME, back=asked.returns),
        fluid_recovery(asked.model, queue=waiting.value, back=asked.returns),
    )


def _named(psus: int) -> str:
    return HOME if psus == 0 else named(psus)


def _step(runs: Runs, psus: int, grade: str) -> Step:
    scenario = _named(psus)
    return Step(
        psus,
        grade,
        read(runs, "late", scenario=scenario, grade=grade, phase=AWAY_PHASE),
        change(runs, "late", scenario=scenario, base=HOME, grade=grade, phase=AWAY_PHASE)
        if psus
        else None,
        read(runs, "wait", scenario=scenario, grade=grade, phase=AWAY_PHASE),
    )


def compare(asked: Sequence[Stress]) -> tuple[tuple[str, tuple[Figure, ...]], ...]:
    """Several answers side by side: the share late of each grade that they have alike.

    Args:
        asked: The answers.

    Raises:
        DefinitionRefused: they are not of one force, or have no grade alike.
    """
    forces = {one.asked.answering.force for one in asked}
    grades = [
        grade.name
        for grade in asked[0].runs.model.demand.grades
        if all(grade.name in {g.name for g in one.runs.model.demand.grades} for one in asked)
    ] if asked else []  # fmt: skip
    if len(forces) != 1 or not grades:
        raise DefinitionRefused(
            f"{len(asked)} answers of {', '.join(sorted(forces)) or 'no force'}",
            expected="answers of one force with a grade alike",
        )
    return tuple(
        (
            grade,
            tuple(
                one.telling.figure(
                    one.step(one.asked.question.psus, grade).late, f"{grade} answered late"
                )
                for one in asked
            ),
        )
        for grade in grades
    )
