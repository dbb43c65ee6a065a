"""A survey question wave by wave: levels, differences, rolling months and the trend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.core.figures import Source
from regard.core.periods import MONTHS_A_YEAR, Month
from regard.core.statements import Statement
from regard.plan.enquiry import is_survey
from regard.records.counting import Counter
from regard.records.measures import Measure
from regard.signals.surveys import (
    Difference,
    Question,
    Rolling,
    Share,
    Trend,
    Wave,
    compare_waves,
    rolling,
    share_of,
    trend,
)


@dataclass(frozen=True)
class WaveRead:
    """One wave beside the one before it and the one a year before; None where there is none."""

    share: Share
    since_before: Difference | None
    since_year: Difference | None
    rolled: Share | None


@dataclass(frozen=True)
class WavesRead:
    """What the waves of a survey question say.

    Attributes:
        waves: In order of time; a month of interviews is a wave.
        rolling: Rolling twelve months; None where the waves span no year.
        rolled: The latest of them against the one a year before; None without one.
        trend: The line through the waves; None with too few of them.
        sources: Where the answers come from.
    """

    waves: tuple[WaveRead, ...]
    rolling: Rolling | None
    rolled: Difference | None
    trend: Trend | None
    sources: tuple[Source, ...]

    def statements(self) -> tuple[Statement, ...]:
        """The latest wave against those before, the rolling year, and the trend."""
        latest = self.waves[-1]
        compared = [one for one in (latest.since_before, latest.since_year) if one is not None]
        said = list(compared[0].statements() if compared else latest.share.statements())
        # The second comparison repeats the level; what the answers are worth is said once.
        said += [one.statements()[0] for one in compared[1:]]
        if self.rolled is not None and self.rolling is not None:
            said += [*self.rolled.statements(), *self.rolling.overlap()]
        elif self.rolling is not None:
            said += self.rolling.statements()
        if self.trend is not None:
            said += self.trend.statements()
        return tuple(said)


def waves_of(
    counter: Counter,
    name: str,
    area: str,
    *,
    start: Month | None = None,
    to: date | None = None,
) -> WavesRead:
    """The waves of a survey's share (in per cent), each at its effective base.

    Args:
        counter: Counts the records.
        name: A measure that is a share of answers.
        area: A force, or `force/local-area`.
        start: The first month; by default the first supplied.
        to: The last day; by default the last supplied.

    Raises:
        NotKnown: no such measure or area.
        DefinitionRefused: the measure is no share of answers.
        NotEnoughData: no wave was supplied.
    """
    measure = counter.measure(name)
    if not is_survey(measure):
        raise DefinitionRefused(
            f"{measure.id} is no share of a survey's answers",
            expected=f"one of {', '.join(_surveys(counter)) or 'none that is known'}",
        )
    series = counter.series(measure, area, start=start, to=to)
    figures = [counter.figure(measure, area, month.period) for month, _ in series.supplied]
    if not figures:
        raise NotEnoughData(
            f"{measure.id} of {area} has no wave from {series.start} to {series.end}",
            expected="at least one wave",
        )
    question = _question(measure, area, series.sources)
    waves = [Wave.of_figure(one) for one in figures]
    shares = [share_of(question, one) for one in waves]
    rolled = _rolling(question, waves)
    return WavesRead(
        waves=tuple(_read(at, shares, rolled) for at in range(len(shares))),
        rolling=rolled,
        rolled=_a_year_on(rolled),
        trend=_trend(question, waves),
        sources=series.sources,
    )


def _surveys(counter: Counter) -> list[str]:
    return sorted(one.id for one in counter.measures.values() if is_survey(one))


def _question(measure: Measure, area: str, sources: tuple[Source, ...]) -> Question:
    return Question(
        measure=measure.id,
        name=measure.name,
        scope=area,
        method=measure.method,
        smallest_cell=measure.smallest_cell,
        sources=sources,
    )


def _read(at: int, shares: list[Share], rolled: Rolling | None) -> WaveRead:
    share = shares[at]
    ended = share.wave.ended
    year = next((s for s in shares if ended - s.wave.ended == MONTHS_A_YEAR), None)
    before = shares[at - 1] if at else None
    return WaveRead(
        share,
        None if before is None else compare_waves(share, before),
        None if year is None or year is before else compare_waves(share, year),
        None if rolled is None else rolled.at(ended),
    )


def _rolling(question: Question, waves: list[Wave]) -> Rolling | None:
    try:
        return rolling(question, waves)
    except (NotEnoughData, DefinitionRefused):
        return None


def _a_year_on(rolled: Rolling | None) -> Difference | None:
    if rolled is None:
        return None
    before = rolled.before(rolled.latest)
    return None if before is None else compare_waves(rolled.latest, before)


def _trend(question: Question, waves: list[Wave]) -> Trend | None:
    try:
        return trend(question, waves)
    except NotEnoughData:
        return None
