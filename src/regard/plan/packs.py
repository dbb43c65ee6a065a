"""Every measure of every area read together: this month's tiers over a whole pack."""

from __future__ import annotations

import math
from collections import Counter as Tally
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from regard.core.errors import NotEnoughData, NotKnown
from regard.core.periods import Month
from regard.core.progress import Progress
from regard.core.series import Series
from regard.records.counting import Counter
from regard.records.measures import Measure
from regard.signals import Reading, read
from regard.signals.found import Proposal
from regard.signals.pack.tiers import Tiers, tiers
from regard.signals.states import RECENT_STEP

TOO_FEW, OTHER_MONTH = "counts are too few or too young to test", "they end with another month"


@dataclass(frozen=True)
class LeftOut:
    """A measure of an area that supplied records, none of which can be counted, and why."""

    measure: str
    area: str
    why: str


@dataclass(frozen=True)
class Pack:
    """Readings of many series, and how their last month looks over all of them.

    Attributes:
        month: The month that was tested.
        readings: One a measure and area that has a month with a value.
        tiers: The tier of each, in the same order.
        left_out: Those without.
    """

    month: Month
    readings: tuple[Reading, ...]
    tiers: Tiers
    left_out: tuple[LeftOut, ...]


def last_month(readings: Sequence[Reading]) -> Month:
    """The month that most of them end with; the later one where two are as many."""
    months = Tally(one.latest.month for one in readings)
    return max(months, key=lambda month: (months[month], month.iso))


def tiers_of(readings: Sequence[Reading], month: Month | None = None) -> Tiers:
    """The tier of each reading's last month, over all that were tested together.

    Args:
        readings: At least one.
        month: The month that is tested; by default the one that most of them end with.
    """
    tested = last_month(readings) if month is None else month
    untested = [_untested(one, tested) for one in readings]
    return tiers(
        tested,
        [
            math.nan if why or one.chance is None else one.chance
            for one, why in zip(readings, untested, strict=True)
        ],
        [bool(one.latest.signals) or bool(fresh(one)) for one in readings],
        # Beyond its limits by the length of the month alone, it is as usual as any.
        beyond=[bool(one.latest.beyond) and not one.latest.by_length for one in readings],
        untested=untested,
    )


def _untested(reading: Reading, month: Month) -> str:
    if reading.latest.month != month:
        return OTHER_MONTH
    if reading.is_early or reading.is_sparse or reading.chance is None:
        return TOO_FEW
    return ""


def fresh(reading: Reading) -> tuple[Proposal, ...]:
    """The proposals of the level that holds now, while they are news: for two years."""
    return tuple(
        one
        for one in reading.proposals
        if one.month == reading.levels[-1].start and reading.latest.month - one.month < RECENT_STEP
    )


def pack_of(
    counter: Counter,
    *,
    measures: Sequence[str] = (),
    areas: Sequence[str] = (),
    month: Month | None = None,
    to: date | None = None,
    steps: Mapping[tuple[str, str], Sequence[Month]] | None = None,
    progress: Progress | None = None,
) -> Pack:
    """Every measure of every area that supplied its records, read and tested together.

    Args:
        counter: Counts the records.
        measures: The measures; by default all that are known.
        areas: Forces, or `force/local-area`; by default every force with records.
        month: The month that is tested, and the last that is read; by default the one that
            most of the series end with.
        to: The last day that is counted, where no month is named; by default the last supplied.
        steps: First months of accepted new levels, by measure and area.
        progress: Told after each series.

    Raises:
        NotKnown: no such measure, or an area that supplied none of what is counted.
        NotEnoughData: no series has a month with a value.
    """
    wanted = [counter.measure(one) for one in measures or counter.measures]
    pairs = list(_pairs(counter, wanted, areas))
    to = to if month is None else month.end
    readings, left_out = [], []
    for done, (measure, area) in enumerate(pairs, start=1):
        found = _series(counter, measure, area, to)
        if isinstance(found, LeftOut):
            left_out.append(found)
        else:
            accepted = (steps or {}).get((measure.id, area), ())
            readings.append(read(found, baselines=tuple(accepted)))
        if progress is not None:
            progress("reading", 0, done, len(pairs))
    if not readings:
        raise NotEnoughData(
            f"none of {len(pairs)} series has a month with a value"
            f"{': ' + left_out[0].why if left_out else ''}",
            expected="at least one",
        )
    found_tiers = tiers_of(readings, month)
    return Pack(found_tiers.family.month, tuple(readings), found_tiers, tuple(left_out))


def _pairs(
    counter: Counter, wanted: Sequence[Measure], areas: Sequence[str]
) -> Iterator[tuple[Measure, str]]:
    sources = {one.dataset: counter.sources(one.dataset) for one in wanted}
    known = {source for held in sources.values() for source in held}
    for area in areas:
        force = area.partition("/")[0]
        if force not in known:
            raise NotKnown(
                "source of these measures", force, known, next_step="regard records coverage"
            )
    for measure in wanted:
        held = sources[measure.dataset]
        for area in areas or held:
            if area.partition("/")[0] in held:
                yield measure, area


def _series(counter: Counter, measure: Measure, area: str, to: date | None) -> Series | LeftOut:
    try:
        series = counter.series(measure, area)
        if to is not None and to < series.counted_to:
            series = counter.series(measure, area, to=to)
    except (NotEnoughData, NotKnown) as refusal:
        return LeftOut(measure.id, area, refusal.wrong)
    if not series.supplied:
        return LeftOut(measure.id, area, series.why_missing[series.end])
    return series
