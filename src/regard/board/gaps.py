"""What a paper lacks, said plainly: months, columns, codes, area codes, and equal rows."""

from __future__ import annotations

from collections.abc import Iterator

from regard.board.summary import distinct
from regard.core.figures import Figure, Source
from regard.core.quantities import PERCENT
from regard.core.statements import Statement
from regard.papers.model import Block, Bullets, Paragraph, Words
from regard.plan.standing import Positions
from regard.plan.telling import reason
from regard.records.coverage import SourceCoverage

MOST_MONTHS_NAMED = 12


def what_is_missing(held: Positions) -> Iterator[Block]:
    """Everything that the records do not hold and the paper would have needed."""
    told = _gaps(held)
    if told:
        yield Paragraph("Months without a value:", told)
    unread = tuple(
        Statement.of(
            "{name}: {why}.",
            name=one.measure.name,
            why=reason(one.now.missing, one.now.scope) or "no whole month has a value",
        )
        for one in held.all
        if one.reading is None
    )
    if unread:
        yield Paragraph("Measures that the records cannot answer:", unread)
    lines: list[Words] = []
    for dataset, coverage in held.coverage:
        lines.extend(_of_dataset(held, dataset, coverage))
    if lines:
        yield Paragraph("Of the rows that count:", tuple(lines))
    yield Bullets((_last(held),))


def _gaps(held: Positions) -> tuple[Statement, ...]:
    """Each gap once, with the measures that it lies in."""
    names: dict[str, list[str]] = {}
    said: dict[str, Statement] = {}
    for one in held.all:
        for gap in one.missing:
            said[str(gap)] = gap
            names.setdefault(str(gap), []).append(one.measure.name)
    return tuple(
        gap + Statement.of("In: {names}.", names="; ".join(names[text]))
        for text, gap in said.items()
    )


def _of_dataset(held: Positions, dataset: str, coverage: SourceCoverage) -> Iterator[Statement]:
    name = dataset.capitalize()
    rows = _number(held, coverage.rows, "rows", dataset, "rows that count")
    if coverage.first is not None and coverage.last is not None:
        yield Statement.of(
            "{dataset}: {rows} from {first} to {last}.",
            dataset=name,
            rows=rows,
            first=coverage.first,
            last=coverage.last,
        )
    if coverage.missing:
        yield _months_not_supplied(held, dataset, coverage)
    if coverage.without_area:
        part = _number(held, coverage.without_area, "rows", dataset, "rows without an area code")
        yield Statement.of(
            "{dataset}: {part} ({share}) carry no area code. They count for the force, and for "
            "no area within it.",
            dataset=name,
            part=part,
            share=_share(part, rows),
        )
    yield from _equals(held, dataset, coverage)


def _months_not_supplied(held: Positions, dataset: str, coverage: SourceCoverage) -> Statement:
    count = len(coverage.missing)
    unit = "month" if count == 1 else "months"
    named = ", ".join(str(one) for one in coverage.missing[:MOST_MONTHS_NAMED])
    return Statement.of(
        "{dataset}: {count} between those {verb} not supplied: {months}{more}.",
        dataset=dataset.capitalize(),
        count=_number(held, count, unit, dataset, "months not supplied"),
        verb="was" if count == 1 else "were",
        months=named,
        more=" and more" if count > MOST_MONTHS_NAMED else "",
    )


def _equals(held: Positions, dataset: str, coverage: SourceCoverage) -> Iterator[Statement]:
    """Rows that look like repeats and are counted all the same."""
    if coverage.twins:
        yield Statement.of(
            "{dataset}: {twins} are equal in every column to an earlier row. They are counted, "
            "each as a row of its own.",
            dataset=dataset.capitalize(),
            twins=_number(held, coverage.twins, "rows", dataset, "rows equal to an earlier row"),
        )
    if coverage.repeated:
        yield Statement.of(
            "{dataset}: {repeated} stand on more than one row. Rows are counted, not references.",
            dataset=dataset.capitalize(),
            repeated=_number(
                held, coverage.repeated, "references", dataset, "references on several rows"
            ),
        )


def _number(held: Positions, count: int, unit: str, dataset: str, what: str) -> Figure:
    return Figure(
        value=count,
        unit=unit,
        measure=f"{dataset}, {what}",
        scope=held.area,
        basis="actual",
        method="rows counted",
        as_at=held.as_at,
        sources=tuple(Source("rows", one) for one in held.imports),
    )


def _share(part: Figure, whole: Figure) -> Figure:
    return Figure(
        value=100 * part.known / whole.known,
        unit=PERCENT,
        measure=part.measure,
        scope=part.scope,
        basis=part.basis,
        method="share",
        as_at=part.as_at,
        sources=(Source("figures", "share"),),
        parts=(part, whole),
    )


def _last(held: Positions) -> Statement:
    """The last sentence: whether anything above rests on months that are not there."""
    gaps = distinct(said for one in held.all for said in one.missing)
    if not gaps:
        return Statement.of(
            "No month that this paper needs is missing up to {day}.", day=held.as_at
        )
    months = sorted(
        {
            month
            for one in held.all
            if one.reading is not None and one.missing
            for month in one.reading.series.missing
            if month.end <= one.as_at
        }
    )
    named = ", ".join(str(one) for one in months[:MOST_MONTHS_NAMED])
    more = " and more" if len(months) > MOST_MONTHS_NAMED else ""
    return Statement.of(
        "Every sentence above leaves out {months}{more}: missing, and not counted as nought.",
        months=named,
        more=more,
    )
