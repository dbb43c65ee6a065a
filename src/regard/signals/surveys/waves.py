"""One wave of a survey, and its share with Wilson's range at the effective sample size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.core.figures import Figure, Source
from regard.core.periods import Month, Period
from regard.core.quantities import PERCENT, Range
from regard.core.statements import Statement, Value
from regard.signals.intervals import NINETY_FIVE, wilson
from regard.signals.surveys.sentences import say
from regard.signals.tallies import tally

EVERYBODY = "all"
PARTS = 3  # positive answers, answers, answers over the design effect
PLACES = 1


@dataclass(frozen=True)
class Question:
    """What was asked, about whom, and how its figures are named.

    Attributes:
        measure, name, scope, basis, method, sources: As of a figure.
        smallest_cell: The fewest answers with which a share is shown.
    """

    measure: str
    name: str
    scope: str
    method: str
    basis: str = "actual"
    smallest_cell: int = 30
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Wave:
    """Counted answers of one wave, or of several taken together; never a person.

    Attributes:
        period: First to last day of interviews.
        answers: How many answered: the unweighted base.
        positive: How many of them positively; a weighted count may have decimals.
        design_effect: By how much weighting and clustering widen the variance (a ratio, > 0).
        group: Whose answers: `all`, or a group of those asked.
        months: Months that it stands for, where waves are taken together; 0 for one wave.
        waves: How many waves are in it.
    """

    period: Period
    answers: float
    positive: float
    design_effect: float = 1.0
    group: str = EVERYBODY
    months: int = 0
    waves: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.positive <= self.answers or not self.design_effect > 0:
            raise DefinitionRefused(
                f"{self.positive} positive of {self.answers} answers of {self.group}, {self.period}"
                f", with a design effect of {self.design_effect}",
                expected="positive answers among the answers, and a design effect above 0",
            )

    @classmethod
    def of_figure(cls, figure: Figure, *, group: str = EVERYBODY) -> Wave:
        """The answers behind a counted share: its parts are positive, answers and effective base.

        Raises:
            NotEnoughData: the figure has no value, no period or not these parts.
        """
        if figure.value is None or figure.period is None or len(figure.parts) != PARTS:
            raise NotEnoughData(
                f"{figure.measure} of {figure.scope}, {figure}, tells no answers",
                expected="a share with its positive answers, answers and effective answers",
            )
        positive, answers, effective = (part.known for part in figure.parts)
        if not effective > 0:
            raise NotEnoughData(
                f"{figure.measure} of {figure.scope} rests on {effective} effective answers",
                expected="at least one",
            )
        return cls(figure.period, answers, positive, answers / effective, group)

    @property
    def share(self) -> float:
        """The share that answered positively (0 to 1).

        Raises:
            NotEnoughData: nobody answered.
        """
        if not self.answers:
            raise NotEnoughData(
                f"no answers of {self.group}, {self.period}", expected="at least one answer"
            )
        return self.positive / self.answers

    @property
    def effective(self) -> float:
        """Answers of a simple random sample that would say as much."""
        return self.answers / self.design_effect

    @property
    def ended(self) -> Month:
        """The month in which it ended."""
        return Month.of(self.period.end)


def pooled(waves: Sequence[Wave], *, months: int = 0) -> Wave:
    """Several waves, or groups of one, as one sample of answers, each answer counting alike.

    The variance of the share is p (1 - p) / N times the design effects weighted by answers:
    sum(n deff) / N. `sum(n / deff)`, the sum of effective answers, would say too much wherever
    design effects differ.

    Args:
        waves: At least one, in order of time.
        months: Months that they stand for together; 0 for groups of one wave.

    Raises:
        NotEnoughData: there is none.
    """
    if not waves:
        raise NotEnoughData(f"{len(waves)} waves to take together", expected="at least one")
    answers = sum(wave.answers for wave in waves)
    weighed = sum(wave.answers * wave.design_effect for wave in waves)
    groups = {wave.group for wave in waves}
    return Wave(
        Period(min(w.period.start for w in waves), max(w.period.end for w in waves)),
        answers,
        min(answers, sum(wave.positive for wave in waves)),
        weighed / answers if answers else 1.0,
        groups.pop() if len(groups) == 1 else "several groups",
        months,
        len(waves) if months else max(wave.waves for wave in waves),
    )


@dataclass(frozen=True)
class Share:
    """A survey's share of one wave or of several together.

    Attributes:
        question: What was asked.
        wave: The answers.
        figure: In per cent with its interval; missing below the smallest cell. Its parts are
            positive answers, answers and effective answers.
        wanted: Waves of a whole span, where waves are taken together; 0 for one wave.
    """

    question: Question
    wave: Wave
    figure: Figure
    wanted: int = 0

    @property
    def shown(self) -> bool:
        """Whether enough answered for the share to be shown."""
        return self.figure.value is not None

    @property
    def name(self) -> str:
        """The question's name, with the group."""
        return named(self.question, self.wave)

    def count(self, number: float, unit: str, what: str) -> Figure:
        """A tally about the share."""
        return tally(self.figure, number, unit, what=what)

    def said(self) -> dict[str, Value]:
        """What every sentence about the share names."""
        held: dict[str, Value] = {
            "name": self.name,
            "now": self.figure,
            "month": self.wave.ended,
            "answers": self.count(self.wave.answers, "answer", "answers, unweighted"),
        }
        if self.wave.months:
            held["months"] = self.count(self.wave.months, "month", "months taken together")
            held["waves"] = self.count(self.wave.waves, "wave", "waves taken together")
        return held

    def key(self, name: str) -> str:
        """The sentence's name for one wave or for several together."""
        return f"rolled {name}" if self.wave.months else name

    def statements(self) -> tuple[Statement, ...]:
        """The level with its range and its base, and what the base is worth."""
        held = self.said()
        if not self.shown and self.wave.waves < self.wanted:
            wanted = self.count(self.wanted, "wave", "waves of a whole span")
            kept = {name: held[name] for name in ("name", "months", "month")}
            return (say("gap", **kept, held=held["waves"], wanted=wanted),)
        if not self.shown:
            least = self.count(self.question.smallest_cell, "answer", "fewest that are shown")
            kept = {name: held[name] for name in ("name", "month", "months") if name in held}
            return (say(self.key("too few"), **kept, least=least),)
        return (say("rolled" if self.wave.months else "wave", **held), self.worth())

    def worth(self) -> Statement:
        """How much the answers say beside a simple random sample."""
        answers = self.said()["answers"]
        if self.wave.design_effect == 1:
            return say("simple", answers=answers)
        equal = self.count(self.wave.effective, "answer", "answers over the design effect")
        return say("worth", answers=answers, equal=equal)


def named(question: Question, wave: Wave) -> str:
    """The question's name, with the group where it is not everybody."""
    return question.name if wave.group == EVERYBODY else f"{question.name} ({wave.group})"


def share_of(question: Question, wave: Wave, *, level: float = NINETY_FIVE) -> Share:
    """The share of a wave in per cent, with Wilson's interval at n / design effect.

    Below the smallest cell the figure is missing and says so.

    Args:
        question: What was asked.
        wave: The answers.
        level: Chance that the interval holds the truth (0 to 1).
    """
    method = question.method
    if wave.months:
        method = f"{method}, over {wave.months} months"
    measure = question.measure
    if wave.group != EVERYBODY:
        measure = f"{measure} where group is {wave.group}"
    blank = Figure(
        value=None,
        unit=PERCENT,
        measure=measure,
        scope=question.scope,
        basis=question.basis,
        method=method,
        as_at=wave.period.end,
        period=wave.period,
        sources=question.sources,
        places=PLACES,
        missing=f"fewer than {question.smallest_cell} answers",
    )
    if wave.answers < max(1, question.smallest_cell):
        return Share(question, wave, blank)
    span = wilson(wave.positive, wave.answers, design_effect=wave.design_effect, level=level)
    parts = tuple(
        replace(
            blank, value=value, unit="answers", measure=f"{measure}, {what}", basis=basis,
            missing="", places=None,
        )
        for value, what, basis in (
            (wave.positive, "positive answers", question.basis),
            (wave.answers, "base", question.basis),
            (wave.effective, "effective base", "estimate"),
        )
    )  # fmt: skip
    figure = replace(
        blank,
        value=100 * wave.share,
        interval=Range(100 * span.low, 100 * span.high, level),
        parts=parts,
        missing="",
    )
    return Share(question, wave, figure)
