"""The data of charts as tables: a row a month for a screen, a row a year for a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from regard.core.periods import MONTHS_A_YEAR, FinancialYear, Month
from regard.core.quantities import said
from regard.papers.chart_values import NOT_SUPPLIED, USUAL, ControlChart, WaveChart
from regard.papers.model import RIGHT, Cell, Column, Missing, Row, Table

# What a signal says, in the order of precedence: in full, in short, as a letter.
SIGNALS = (
    ("above the upper limit", "high", "H"),
    ("below the lower limit", "low", "L"),
    ("rising", "rising", "R"),
    ("falling", "falling", "F"),
    ("two of three high", "near high", "T"),
    ("two of three low", "near low", "t"),
    ("run above the average", "run high", "A"),
    ("run below the average", "run low", "B"),
)
_SHORT = {full: short for full, short, _ in SIGNALS}
_LETTER = {full: letter for full, _, letter in SIGNALS}
OTHER = "*"  # the letter of a signal that nobody listed

Kinds = Mapping[Month, tuple[str, str]]


def control_table(chart: ControlChart, kinds: Kinds) -> Table:
    """A row a month: its value and what it says, in short words."""
    rows = []
    for month, value in zip(chart.months, chart.values, strict=True):
        kind, why = kinds[month]
        number: Cell = Missing(why) if value is None else chart.said(value)
        told = kind if value is None or not why else f"{kind}: {_in_short(why)}"
        rows.append(Row(str(month), (number, told)))
    signals = _signals(kinds)
    meaning = ", ".join(f"{_SHORT[one]} means {one}" for one in signals if one in _SHORT)
    return Table(
        caption=f"{chart.name}, {chart.scope}, month by month",
        stub="Month",
        columns=(Column("Value", chart.unit, RIGHT), Column("Reading")),
        rows=tuple(rows),
        note=_sentences([*_lines(chart), meaning and f"In the readings, {meaning}"]) or None,
    )


def control_sheet(chart: ControlChart, kinds: Kinds) -> Table:
    """A row a financial year and a column a month, each value with its strongest signal.

    Which months carry which signal is said below, none left out.
    """
    values = dict(zip(chart.months, chart.values, strict=True))
    first, last = (FinancialYear.of(one.start) for one in (chart.months[0], chart.months[-1]))
    years = [FinancialYear(one) for one in range(first.first_year, last.first_year + 1)]
    months = [Month.of(first.start) + step for step in range(MONTHS_A_YEAR)]
    rows = tuple(
        Row(
            str(year),
            tuple(
                _in_year(chart, kinds, values, Month.of(year.start) + step)
                for step in range(MONTHS_A_YEAR)
            ),
        )
        for year in years
    )
    names = [f"{month.start:%b}" for month in months]
    return Table(
        caption=f"{chart.name} ({chart.unit}), {chart.scope}, month by month",
        stub="Year",
        columns=tuple(Column(name, align=RIGHT) for name in names),
        rows=rows,
        note=_sentences([*_lines(chart), *_stretches(chart, kinds)]) or None,
    )


def _in_year(
    chart: ControlChart, kinds: Kinds, values: Mapping[Month, float | None], month: Month
) -> Cell:
    if month not in values:
        return ""  # before the first month drawn, or after the last
    value = values[month]
    if value is None:
        return Missing("no value")
    told = [_LETTER.get(one, OTHER) for one in _split(kinds[month][1])]
    ranks = [letter for _, _, letter in SIGNALS]
    letter = min(told, key=lambda one: ranks.index(one) if one in ranks else len(ranks), default="")
    return f"{chart.said(value)}\N{NO-BREAK SPACE}{letter}".rstrip()


def _lines(chart: ControlChart) -> list[str]:
    """The lines of each segment, a sentence each."""
    told = []
    for one in chart.segments:
        months = " to ".join(dict.fromkeys((str(one.start), str(one.end))))
        name = "average so far" if one.provisional else "average"
        limits = f"limits {chart.said(one.lower)} to {chart.said(one.upper)}"
        told.append(f"{months}: {name} {chart.said(one.centre)}, {limits}")
    return told


def _stretches(chart: ControlChart, kinds: Kinds) -> list[str]:
    """The months of every kind and signal, a sentence a kind, and the months without a value."""
    told = []
    for kind in dict.fromkeys(one for one, _ in kinds.values()):
        if kind == USUAL:
            continue
        of_kind = {month: _split(why) or [""] for month, (one, why) in kinds.items() if one == kind}
        if kind == NOT_SUPPLIED:
            of_kind = {month: [kinds[month][1]] for month in of_kind}
        stretches = [
            " ".join(
                filter(
                    None,
                    (_letter(one, kind), one, _months(m for m in of_kind if one in of_kind[m])),
                )
            )
            for one in _ordered(why for whys in of_kind.values() for why in whys)
        ]
        told.append(f"{kind}: {'; '.join(stretches)}")
    return told


def _letter(signal: str, kind: str) -> str:
    return "" if kind == NOT_SUPPLIED or not signal else _LETTER.get(signal, OTHER)


def _months(months: Iterable[Month]) -> str:
    """Months as stretches, such as `Apr 2010 to Jan 2011, Mar 2011`."""
    spans: list[list[Month]] = []
    for month in sorted(months):
        if spans and month - spans[-1][-1] == 1:
            spans[-1].append(month)
        else:
            spans.append([month])
    ends = ([f"{one.start:%b %Y}" for one in (span[0], span[-1])] for span in spans)
    return ", ".join(" to ".join(dict.fromkeys(one)) for one in ends)


def _split(why: str) -> list[str]:
    return [one for one in why.split(", ") if one]


def _signals(kinds: Kinds) -> list[str]:
    """Every signal that a month carries, in order of precedence."""
    held = (kinds[month] for month in sorted(kinds))
    return _ordered(one for kind, why in held if kind != NOT_SUPPLIED for one in _split(why))


def _ordered(signals: Iterable[str]) -> list[str]:
    ranks = list(_SHORT)
    found = dict.fromkeys(signals)
    return sorted(found, key=lambda one: ranks.index(one) if one in ranks else len(ranks))


def _in_short(why: str) -> str:
    return ", ".join(_SHORT.get(one, one) for one in _split(why))


def _sentences(told: Sequence[str]) -> str:
    return " ".join(f"{one}." for one in told if one)


def wave_table(chart: WaveChart) -> Table:
    """A row a wave: its value and the range that holds the truth."""
    rows = []
    for one in chart.waves:
        ends: list[Cell] = [
            Missing("no range") if end is None else said(end, "", places=chart.places)
            for end in (one.lower, one.upper)
        ]
        number: Cell = (
            Missing(one.why_missing or "not supplied")
            if one.value is None
            else said(one.value, "", places=chart.places)
        )
        rows.append(Row(one.label, (number, *ends)))
    level = f"{chart.level:.0%} range"
    return Table(
        caption=f"{chart.name}, {chart.scope}, wave by wave",
        stub="Wave",
        columns=(
            Column("Value", chart.unit, RIGHT),
            Column(f"Lower end of the {level}", chart.unit, RIGHT),
            Column(f"Upper end of the {level}", chart.unit, RIGHT),
        ),
        rows=tuple(rows),
    )
