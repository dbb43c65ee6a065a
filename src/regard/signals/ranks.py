"""Where a year stands among the years since a stated first one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.core.figures import Figure, derived, must_compare
from regard.core.periods import FinancialYear
from regard.core.statements import Statement, Value
from regard.signals.sentences import say
from regard.signals.tallies import places_for, tally

AS_LAST_YEAR = "the rest of the year is as it was last year"
AT_THE_AVERAGE = "the rest of the year goes at the average so far"
COMPLETE = ""
ORDINALS = (
    "", "second ", "third ", "fourth ", "fifth ", "sixth ", "seventh ", "eighth ", "ninth ",
    "tenth ", "eleventh ", "twelfth ", "thirteenth ", "fourteenth ", "fifteenth ", "sixteenth ",
    "seventeenth ", "eighteenth ", "nineteenth ", "twentieth ", "twenty-first ",
    "twenty-second ", "twenty-third ", "twenty-fourth ", "twenty-fifth ",
)  # fmt: skip


@dataclass(frozen=True)
class HistoryRank:
    """A year's place among the years since a stated first one.

    Attributes:
        year: The year placed.
        since: The first year of the history.
        total: The year's total, whole or on the assumption.
        assumption: What the total supposes of the days left; empty for a whole year.
        lowest, highest: Its place from the lowest and from the highest, 1 first.
        joint: Whether another year has the same total.
        years: How many years were compared, this one included.
        gaps: Years since `since` for which there is no figure.
        room: How many more can be counted before the place is lost; None for a whole year, or
            where nothing that is still to be counted could lose it.
        said: Every sentence.
    """

    year: FinancialYear
    since: FinancialYear
    total: Figure
    assumption: str
    lowest: int
    highest: int
    joint: bool
    years: int
    gaps: tuple[FinancialYear, ...]
    room: Figure | None
    said: tuple[Statement, ...] = ()

    @property
    def place(self) -> str:
        """The place in words from the nearer end, such as `second lowest`."""
        rank, end = min((self.lowest, "lowest"), (self.highest, "highest"))
        if rank > len(ORDINALS):
            raise NotEnoughData(
                f"place {rank} of {self.years} years has no word",
                expected=f"at most {2 * len(ORDINALS)} years",
                next_step="state a later first year",
            )
        return f"{'joint ' if self.joint else ''}{ORDINALS[rank - 1]}{end}"

    def statements(self) -> tuple[Statement, ...]:
        """Every sentence, the place first."""
        return self.said


def rank_in_history(
    so_far: Figure,
    years: Sequence[Figure],
    *,
    since: FinancialYear,
    same_period: Figure | None = None,
) -> HistoryRank:
    """Where a year stands among whole years since a stated first one.

    Before the year ends, its total supposes that the rest is as it was last year (with
    `same_period`) or goes at the average so far, and every sentence says which.

    Args:
        so_far: Counted from the first day of the year; its period says to which day.
        years: Whole years of the same measure, in any order; missing ones are named.
        since: The first year that counts.
        same_period: Last year to the same day.

    Raises:
        DefinitionRefused: a figure without a period, or one that does not start with its year.
        NotEnoughData: no other year since `since` has a figure, or `so_far` is missing.
        NotComparable: figures of different measures, scopes, bases, units or methods.
    """
    year = _year_of(so_far)
    known = {_year_of(figure): figure for figure in years if figure.value is not None}
    past = {one: figure for one, figure in known.items() if since <= one < year}
    if not past:
        raise NotEnoughData(
            f"no year from {since} to {year.previous} has a figure for {so_far.measure} of "
            f"{so_far.scope}",
            expected="at least one whole year",
        )
    for figure in past.values():
        must_compare(so_far, figure)
    total, assumption = _total(so_far, year, past.get(year.previous), same_period)
    values = [figure.known for figure in past.values()]
    rank = HistoryRank(
        year=year,
        since=since,
        total=total,
        assumption=assumption,
        lowest=1 + sum(value < total.known for value in values),
        highest=1 + sum(value > total.known for value in values),
        joint=total.known in values,
        years=1 + len(past),
        gaps=tuple(
            FinancialYear(number)
            for number in range(since.first_year, year.first_year)
            if FinancialYear(number) not in past
        ),
        room=None,
    )
    room = _room(rank, so_far, values) if assumption else None
    placed = replace(rank, room=room)
    return replace(placed, said=_said(placed))


def _year_of(figure: Figure) -> FinancialYear:
    if figure.period is None:
        raise DefinitionRefused(
            f"{figure.measure} of {figure.scope} ({figure}) covers no period",
            expected="a figure with its period",
        )
    year = FinancialYear.of(figure.period.start)
    if figure.period.start != year.start or figure.period.end > year.end:
        raise DefinitionRefused(
            f"{figure.measure} of {figure.scope} covers {figure.period}",
            expected=f"days from {year.start} within {year}",
        )
    return year


def _total(
    so_far: Figure, year: FinancialYear, last: Figure | None, same_period: Figure | None
) -> tuple[Figure, str]:
    assert so_far.period is not None
    rest = year.remaining(so_far.period.end)
    if rest is None:
        return so_far, COMPLETE
    if last is not None and same_period is not None and same_period.value is not None:
        must_compare(so_far, same_period)
        value = so_far.known + last.known - same_period.known
        return _supposed((so_far, last, same_period), value, AS_LAST_YEAR), AS_LAST_YEAR
    pace = so_far.known / so_far.period.in_months
    value = so_far.known + pace * rest.in_months
    return _supposed((so_far,), value, AT_THE_AVERAGE), AT_THE_AVERAGE


def _supposed(parts: tuple[Figure, ...], value: float, method: str) -> Figure:
    made = derived(parts, value=value, unit=parts[0].unit, method=f"if {method}")
    return made.printed(places=0 if value == int(value) else places_for(value, made.unit))


def _room(rank: HistoryRank, so_far: Figure, values: Sequence[float]) -> Figure | None:
    total = rank.total.known
    if rank.lowest <= rank.highest:
        beyond = [value for value in values if value > total]
        room = min(beyond) - so_far.known if beyond else 0.0
    else:
        beyond = [value for value in values if value < total]
        room = max(beyond) - so_far.known if beyond else 0.0
    if room <= 0:
        return None
    return derived(
        (so_far,), value=room, unit=so_far.unit, method="to the next year's total"
    ).printed(places=0 if room == int(room) else 1)


def _said(rank: HistoryRank) -> tuple[Statement, ...]:
    held: dict[str, Value] = {
        "year": rank.year,
        "place": rank.place,
        "years": tally(rank.total, rank.years, "year", what="years compared, this one included"),
        "since": rank.since,
        "total": rank.total,
    }
    if not rank.assumption:
        told = [say("rank", **held)]
    else:
        told = [say("rank if", **held, assumption=rank.assumption)]
    if rank.room is not None:
        key = "rank holds low" if rank.lowest <= rank.highest else "rank holds high"
        told.append(say(key, room=rank.room, day=rank.year.end))
    if rank.gaps:
        told.append(say("rank gaps", years=", ".join(str(year) for year in rank.gaps)))
    return tuple(told)
