"""The data of charts as tables: a row a month for a screen, a row a year for a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from regard.core.periods import MONTHS_A_YEAR, FinancialYear, Month
from regard.core.quantities import said
from regard.papers.chart_values import NOT_SUPPLIED, USUAL, ControlChart, WaveChart
from regard.papers.chart_words import steps_said
from regard.papers.model import RIGHT, Cell, Column, Missing, Row, Table

# What a signal says, in the order of precedence: in full, in short, as a letter, and what it
# means where its name does not say so. The first six are those of the adjusted count chart.
SIGNALS = (
    ("exceptionally high", "exceptionally high", "E", "far above what was expected"),
    ("exceptionally low", "exceptionally low", "e", "far below what was expected"),
    ("run high", "run high", "S", "one of many months in a row above what was expected"),
    ("run low", "run low", "s", "one of many months in a row below what was expected"),
    ("drift up", "drift up", "D", "small excesses over what was expected that add up"),
    ("drift down", "drift down", "d", "small shortfalls from what was expected that add up"),
    ("above the upper limit", "high", "H", ""),
    ("below the lower limit", "low", "L", ""),
    ("rising", "rising", "R", ""),
    ("falling", "falling", "F", ""),
    ("two of three high", "near high", "T", ""),
    ("two of three low", "near low", "t", ""),
    ("run above the average", "run high", "A", ""),
    ("run below the average", "run low", "B", ""),
)
_SHORT = {full: short for full, short, _, _ in SIGNALS}
_LETTER = {full: letter for full, _, letter, _ in SIGNALS}
_MEANING = {full: meaning or full for full, _, _, meaning in SIGNALS}
OTHER = "*"  # the letter of a signal that nobody listed

Kinds = Mapping[Month, tuple[str, str]]


def control_table(chart: ControlChart, kinds: Kinds) -> Table:
    """A row a month: its value, what was expected of it and what it says, in short words."""
    rows = []
    for month, value in zip(chart.months, chart.values, strict=True):
        kind, why = kinds[month]
        number: Cell = Missing(why) if value is None else chart.said(value)
        told = kind if value is None or not why else f"{kind}: {_in_short(why)}"
        rows.append(Row(str(month), (number, *_expected(chart, month), told)))
    signals = _signals(kinds)
    meaning = ", ".join(f"{_SHORT[one]} means {_MEANING[one]}" for one in signals if one in _SHORT)
    expected = (
        Column("Expected", chart.unit, RIGHT),
        Column("Limits, or 80% range to come", chart.unit, RIGHT)
        if chart.fan
        else Column("Limits", chart.unit, RIGHT),
    )
    return Table(
        caption=f"{chart.name}, {chart.scope}, month by month",
        stub="Month",
        columns=(
            Column("Value", chart.unit, RIGHT),
            *(expected if chart.waves or chart.fan else ()),
            Column("Reading"),
        ),
        rows=(*rows, *_rows_to_come(chart)),
        note=_sentences([*_notes(chart), meaning and f"In the readings, {meaning}"]) or None,
    )


def _expected(chart: ControlChart, month: Month) -> tuple[Cell, ...]:
    if not chart.waves and not chart.fan:
        return ()
    level = ((s.centre, s.lower, s.upper) for s in chart.segments if s.start <= month <= s.end)
    line = chart.lines.get(month) or next(level, None)
    if line is None:
        return (Missing("none"), Missing("none"))
    centre, lower, upper = (chart.said(one) for one in line)
    return (centre, f"{lower} to {upper}")


def _rows_to_come(chart: ControlChart) -> list[Row]:
    said = chart.said
    return [
        Row(
            str(one.month),
            (
                Missing("to come"),
                said(one.centre),
                f"{said(one.low80)} to {said(one.high80)}",
                f"To come: 95% range {said(one.low95)} to {said(one.high95)}",
            ),
        )
        for one in chart.fan
    ]


def control_sheet(chart: ControlChart, kinds: Kinds) -> Table:
    """A row a financial year and a column a month, each value with its strongest signal.

    Limits that differ from month to month, and months to come, have rows of their own. Which
    months carry which signal is said below, none left out.
    """
    values = dict(zip(chart.months, chart.values, strict=True))
    first, last = (FinancialYear.of(one.start) for one in (chart.drawn[0], chart.drawn[-1]))
    others = _other_rows(chart)
    rows = []
    for year in (FinancialYear(one) for one in range(first.first_year, last.first_year + 1)):
        months = [Month.of(year.start) + step for step in range(MONTHS_A_YEAR)]
        if any(month in values for month in months):
            cells = tuple(_in_year(chart, kinds, values, month) for month in months)
            rows.append(Row(str(year), cells))
        rows.extend(
            Row(f"{year} {name}", tuple(held.get(month, "") for month in months))
            for name, held in others.items()
            if any(month in held for month in months)
        )
    names = [f"{(Month.of(first.start) + step).start:%b}" for step in range(MONTHS_A_YEAR)]
    return Table(
        caption=f"{chart.name} ({chart.unit}), {chart.scope}, month by month",
        stub="Year",
        columns=tuple(Column(name, align=RIGHT) for name in names),
        rows=tuple(rows),
        note=_sentences([*_notes(chart), *_stretches(chart, kinds)]) or None,
    )


def _other_rows(chart: ControlChart) -> dict[str, dict[Month, str]]:
    """What is drawn beside the values, by the name of its row."""
    lines = chart.lines
    told: dict[str, dict[Month, float]] = {
        "expected": {month: line[0] for month, line in lines.items()}
        | {one.month: one.centre for one in chart.fan},
        "lower": {month: line[1] for month, line in lines.items()},
        "upper": {month: line[2] for month, line in lines.items()},
        "80% from": {one.month: one.low80 for one in chart.fan},
        "80% to": {one.month: one.high80 for one in chart.fan},
        "95% from": {one.month: one.low95 for one in chart.fan},
        "95% to": {one.month: one.high95 for one in chart.fan},
    }
    return {
        name: {month: chart.said(value) for month, value in row.items()}
        for name, row in told.items()
    }


def _in_year(
    chart: ControlChart, kinds: Kinds, values: Mapping[Month, float | None], month: Month
) -> Cell:
    if month not in values:
        return ""  # before the first month drawn, or after the last
    value = values[month]
    if value is None:
        return Missing("no value")
    told = [_LETTER.get(one, OTHER) for one in _split(kinds[month][1])]
    ranks = list(_LETTER.values())
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


def _notes(chart: ControlChart) -> list[str]:
    """The lines that hold for many months, the steps and what the rows mean, a sentence each."""
    told = [*_lines(chart), *steps_said(chart)]
    if chart.waves:
        told.append("Lower and upper are the limits of each month")
    if chart.fan:
        told.append("Months to come have an expected value, an 80% and a 95% range")
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
