"""The four things that the API tells, as rows of plain values, by the services of the rooms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import reduce
from pathlib import Path
from typing import Any

from regard.assurance.cells import Cells, cells
from regard.assurance.telling import names_in
from regard.board.kept_papers import paper_in
from regard.board.spr.citing import entries_behind, figures_of
from regard.core.errors import DefinitionRefused, NotKnown
from regard.core.markings import OFFICIAL
from regard.core.periods import Month
from regard.core.series import COUNT, Series
from regard.plan.stepping import step_answers
from regard.records.counting import Counter
from regard.records.measures import Measure, measures
from regard.records.store import Store
from regard.register.entries import Entry
from regard.register.kinds.frame import Cycle
from regard.register.kinds.speech import Document
from regard.register.seeing import View
from regard.register.subjects import path_of, subject_of
from regard.signals import Point, Reading, read
from regard.signals.methods import BY_KIND
from regard.web.programs.shapes import ReadingAsked

Row = dict[str, Any]
MARKED = str(OFFICIAL)
"""Of counted rows: no person is one, and no dataset holds anything closer."""


def measures_at(home: Path) -> Mapping[str, Measure]:
    """The measures that Regard ships and those of the data folder."""
    own = home / "measures"
    return measures(own) if own.is_dir() else measures()


def measure_row(one: Measure) -> Row:
    """What is counted, by which rule."""
    return {
        "measure": one.id,
        "name": one.name,
        "unit": one.unit,
        "kind": one.kind,
        "better": one.better,
        "dataset": one.dataset,
        "method": one.method,
        "description": one.description,
        "source": one.source,
        "marking": MARKED,
    }


def reading_row(home: Path, view: View, asked: ReadingAsked, *, today: date) -> Row:
    """A series with its reading, by the steps that were accepted at the place of the view.

    Raises:
        NotKnown: there is no such measure, area or method.
        NotEnoughData: nothing was supplied for it.
        DefinitionRefused: records are not known at the number of an entry, nor for a day to come.
    """
    known_at = asked.known_at
    if asked.true_on is not None and asked.true_on > today:
        # Every month up to that day would be missing, and they may be a hundred thousand.
        raise DefinitionRefused(
            f"{asked.true_on} is still to come, and nothing was counted on it",
            expected=f"true_on as a day up to {today}",
        )
    if isinstance(known_at, int):
        raise DefinitionRefused(
            f"records are not known at entry {known_at:,}, for they are no entries",
            expected="known_at as a day or an instant",
        )
    series = _series(home, asked, known_at)
    answers = step_answers(view, series.measure, series.scope)
    steps = sorted({one.start for one in answers if one.stands and one.accepted})
    held = tuple(one for one in steps if series.start < one <= series.end)
    reading = read(series, baselines=held, method=asked.method or BY_KIND)
    return {
        "measure": series.measure,
        "name": series.name,
        "area": series.scope,
        "unit": series.unit,
        "kind": series.kind,
        "better": series.better,
        "method": str(reading.method),
        "state": reading.state,
        "counted_to": series.counted_to.isoformat(),
        "accepted_steps": [one.iso for one in held],
        "statements": [str(one) for one in reading.statements()],
        "sources": [str(one) for one in dict.fromkeys(series.sources)],
        "marking": MARKED,
        "items": [_month(point, reading) for point in reading.points],
    }


def _series(home: Path, asked: ReadingAsked, known_at: datetime | None) -> Series:
    start = Month.parse(asked.start) if asked.start else None
    with Counter(Store(home), known_at=known_at, known=measures_at(home)) as counter:
        return counter.series(asked.measure, asked.area, start=start, to=asked.true_on)


def _month(point: Point, reading: Reading) -> Row:
    levels = reading.levels or reading.segments
    level = next((one for one in levels if one.start <= point.month <= one.end), None)
    series, value = reading.series, point.value
    return {
        "month": point.month.iso,
        "value": int(value) if value is not None and series.kind == COUNT else value,
        "average": None if level is None else level.mean,
        "expected": point.centre,
        "lower_limit": point.lower,
        "upper_limit": point.upper,
        "signals": list(point.signals),
        "missing": series.why_missing.get(point.month, ""),
        "marking": MARKED,
    }


def position_rows(view: View, cycle: str | None, body: str | None) -> list[Row]:
    """Every cell of a round: who speaks at which lines, and how it reads.

    Args:
        view: The register at a position.
        cycle: The round; the last one without it.
        body: Only this body.

    Raises:
        NotKnown: there is no such round or body.
        DefinitionRefused: one of the names is no path.
    """
    subject = _named("cycle", cycle) if cycle else _last_round(view)
    matrix = cells(view, subject, scope=_named("party", body) if body else "")
    return list(_positions(view, matrix))


def _last_round(view: View) -> str:
    rounds: list[Entry[Cycle]] = [one for one in view.all(Cycle) if one.held is not None]
    if not rounds:
        raise NotKnown("round", "the last one", ())
    return max(rounds, key=lambda one: (one.value.as_at, one.seq)).subject


def _positions(view: View, matrix: Cells) -> Iterator[Row]:
    names = names_in(view, matrix)
    for cell in matrix:
        held = cell.position
        said = held.entry.value if held is not None and held.counts else None
        marking = reduce(lambda one, voice: one | voice.entry.marking, cell.voices, OFFICIAL)
        yield {
            "round": path_of(matrix.cycle.subject),
            "body": path_of(cell.key.scope),
            "requirement": path_of(cell.key.about),
            "under": cell.key.aspect,
            "level": names.position(said) if said else None,
            "carried": cell.offered,
            "reads": str(cell.reads),
            "lines": [int(one.line) for one in cell.voices if one.counts],
            "disputed": cell.disputed,
            "entry": held.entry.seq if held is not None else None,
            "marking": str(marking),
        }


def paper_rows(view: View, stage: str | None) -> list[Row]:
    """Every paper that the reader may see, the latest first."""
    found = [one for one in view.all(Document) if one.held is not None]
    found.sort(key=lambda one: (one.value.held_on, one.seq), reverse=True)
    return [paper_row(one) for one in found if stage in (None, one.value.stage)]


def paper_row(entry: Entry[Document]) -> Row:
    """A paper without its words."""
    held = entry.value
    return {
        "paper": path_of(entry.subject),
        "title": held.title,
        "form": held.form,
        "stage": held.stage,
        "body": path_of(held.scope),
        "put_to": path_of(held.to) if held.to else None,
        "held_on": held.held_on.isoformat(),
        "round": path_of(held.cycle) if held.cycle else None,
        "entry": entry.seq,
        "position": held.position,
        "head": held.head,
        "kept": bool(held.kept),
        "marking": str(entry.marking),
    }


def whole_paper(view: View, named: str) -> Row:
    """A paper with the digest of each of its files.

    Raises:
        NotKnown: there is none of that name, or the reader may not see it.
    """
    subject = _named("document", named)
    entry: Entry[Document] = view.one(subject)
    if entry.held is None:
        raise NotKnown("document", subject, ())
    more = {"digests": dict(entry.value.digests), "source": entry.value.source}
    return paper_row(entry) | more


def figure_rows(view: View, named: str) -> list[Row]:
    """Every figure of a paper, with the entries that it comes from.

    Raises:
        NotKnown: there is no such paper.
        PaperRefused: it was not written here.
    """
    whole_paper(view, named)
    entry, paper = paper_in(view, _named("document", named))
    return [
        {
            "figure": one.id,
            "printed": str(one),
            "value": one.value,
            "unit": one.unit,
            "measure": one.measure,
            "scope": one.scope,
            "basis": one.basis,
            "method": one.method,
            "as_at": one.as_at.isoformat(),
            "missing": one.missing,
            "entries": sorted({seq for seq, _ in entries_behind(one)}),
            "marking": str(entry.marking),
        }
        for one in figures_of(paper)
    ]


def _named(kind: str, text: str) -> str:
    """A subject of a kind; what is no path is no name that anything has."""
    try:
        return subject_of(kind, *text.removeprefix(f"{kind}:").split("/"))
    except DefinitionRefused as refusal:
        raise NotKnown(kind, text, ()) from refusal
