"""The requirement matrix: of each threat and C what is said, at which line and on what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from regard.assurance.cells import COUNTED, Cell, Cells, Reads
from regard.assurance.composite import Part, Spread, composite
from regard.assurance.matrix import Square, matrix
from regard.assurance.progress import progress
from regard.core.cells import csv_text
from regard.core.errors import NotKnown
from regard.core.markings import OFFICIAL
from regard.register.kinds.values import Line
from regard.register.subjects import path_of
from regard.web.judged.chosen import (
    MARKS,
    READS,
    Chosen,
    Tag,
    c_said,
    chosen,
    level_said,
    one_chosen,
)
from regard.web.judged.promised import promised
from regard.web.needs import A_POST
from regard.web.routes import Route

BYTE_ORDER_MARK = "\ufeff"  # by which a spreadsheet knows that the file is UTF-8

COLUMNS = (
    "round",
    "body",
    "threat",
    "requirement",
    "text",
    "under",
    "level",
    "reads",
    "carried",
    "line 1",
    "line 2",
    "line 3",
    "evidence in date",
    "evidence expired",
    "disputed",
    "entry",
    "as at",
    "marking",
)
"""The columns of the matrix as a table for a spreadsheet: a row a cell."""


@dataclass(frozen=True)
class Shown:
    """A square of the matrix as it is drawn.

    Attributes:
        said: Under which C it is.
        worst: The worst level of each scale that counts, with the number of cells there.
        spread: Every level that counts, in words.
        assessed: How many cells were judged in this round (count).
        of: How many cells there are (count).
        marks: What a reader must know beside the level, with its count.
        address: Where its cells are.
    """

    said: str
    worst: tuple[tuple[Tag, int], ...]
    spread: tuple[str, ...]
    assessed: int
    of: int
    marks: tuple[str, ...]
    address: str


def requirements(request: HttpRequest) -> HttpResponse:
    """The matrix of a round for a body."""
    at = chosen(request)
    if at is None:
        return render(request, "regard/requirements/none.html", {"title": gettext("Requirements")})
    made = composite(at.view, at.matrix, scope=at.scope)
    drawn = matrix(made)
    told = {
        "title": gettext("Requirements"),
        "at": at,
        "aspects": [c_said(one) for one in drawn.aspects],
        "rows": [
            (part, at.page("requirements.threat", about=path_of(part.about)), _row(at, part, held))
            for part, held in drawn.rows
        ],
        "progress": progress(at.matrix).statements,
        "whole": made.whole,
        "marking": made.whole.marking,
        "waiting": at.waiting if at.speaks else (),
        **_acts(at),
    }
    return render(request, "regard/requirements/matrix.html", told)


def _row(at: Chosen, part: Part, squares: tuple[Square, ...]) -> list[Shown | None]:
    base = at.page("requirements.threat", about=path_of(part.about))
    return [
        None if one.spread is None else _square(at, one, one.spread, f"{base}#{one.aspect}")
        for one in squares
    ]


def _square(at: Chosen, square: Square, spread: Spread, address: str) -> Shown:
    return Shown(
        c_said(square.aspect),
        tuple((at.level(one.scale, one.level.code), len(one.cells)) for one in spread.worst),
        tuple(
            f"{len(one.cells):,} {level_said(one.level).lower()}"
            for one in spread.levels
            if one.cells
        ),
        len(spread.assessed),
        len(spread.cells),
        tuple(_marks(spread)),
        address,
    )


def _marks(spread: Spread) -> Iterator[str]:
    for reads, words in MARKS.items():
        if found := spread.reading(reads):
            yield f"{len(found):,} {words}"
    if spread.disputed:
        disputed = gettext("disputed")
        yield f"{len(spread.disputed):,} {disputed}"


def _acts(at: Chosen) -> dict[str, Any]:
    """What the post can do here beside reading."""
    return {
        "judges": at.speaks and bool(at.duty),
        "reviews": at.speaks
        and any(at.may_speak_at(one) for one in (Line.OVERSEEING, Line.INDEPENDENT, Line.BOARD)),
    }


def threat(request: HttpRequest, about: str) -> HttpResponse:
    """The cells below a heading, or of one requirement: each with how it stands."""
    subject = f"expectation:{about}"
    at = one_chosen(request, about=subject)
    if subject not in at.matrix.requirements:
        known = [path_of(one) for one in at.matrix.requirements]
        raise NotKnown("requirement", about, known)
    below = [one for one in at.matrix if subject in at.matrix.above(one.key.about)]
    mine = request.GET.get("show") == "mine"
    if mine:
        waiting = set(at.waiting)
        below = [one for one in below if one.key in waiting]
    aspects = tuple(dict.fromkeys(one.key.aspect for one in below))
    by_about: dict[str, dict[str, Cell]] = {}
    for one in below:
        by_about.setdefault(one.key.about, {})[one.key.aspect] = one
    told = {
        "title": at.text(subject),
        "at": at,
        "about": subject,
        "entry": at.matrix.requirements[subject],
        "aspects": [(one, c_said(one)) for one in aspects],
        "rows": [
            (at.matrix.requirements[name], [_cell(at, held.get(one), one) for one in aspects])
            for name, held in by_about.items()
        ],
        "progress": progress(at.matrix, among=below).statements if below else (),
        "mine": mine,
        "board": _board(at, subject),
        "price": promised(at, (subject, *_below(at, subject))),
        "waiting": [one for one in at.waiting if subject in at.matrix.above(one.about)],
    }
    return render(request, "regard/requirements/threat.html", told)


def _below(at: Chosen, subject: str) -> Iterator[str]:
    """The requirements and headings below one."""
    return (one for one in at.matrix.requirements if subject in at.matrix.above(one))


def _cell(at: Chosen, cell: Cell | None, aspect: str) -> dict[str, Any]:
    if cell is None:
        return {"said": c_said(aspect), "tags": ()}
    offered = cell.position.entry.value if cell.offered and cell.position else None
    return {
        "said": c_said(aspect),
        "tags": at.stands(cell),
        "offered": at.said(offered).said if offered else "",
        "lines": [int(one.line) for one in cell.voices if one.counts],
        "disputed": cell.disputed,
        "address": at.address(cell.key),
    }


def _board(at: Chosen, about: str) -> dict[str, Any] | None:
    found = at.matrix.board.get((at.scope, about))
    if found is None:
        return None
    return {
        "tag": at.said(found.entry.value),
        "entry": found.entry,
        "post": at.name(found.entry.post),
    }


def as_csv(request: HttpRequest) -> HttpResponse:
    """The matrix as a table for a spreadsheet, a row a cell, each with its marking."""
    at = one_chosen(request)
    made = composite(at.view, at.matrix, scope=at.scope)
    rows = [COLUMNS, *_rows(at, at.matrix)]
    answer = HttpResponse(BYTE_ORDER_MARK + csv_text(rows), content_type="text/csv; charset=utf-8")
    name = "-".join((path_of(at.cycle.subject), path_of(at.scope), str(made.whole.marking)))
    safe = "".join(one if one.isalnum() or one in "-." else "-" for one in name)
    answer["Content-Disposition"] = f'attachment; filename="{safe}.csv"'
    return answer


def _rows(at: Chosen, held: Cells) -> Iterator[tuple[Any, ...]]:
    for cell in held:
        found = cell.position
        evidence = found.evidence if found is not None else None
        yield (
            path_of(at.cycle.subject),
            path_of(cell.key.scope),
            at.text(held.above(cell.key.about)[-1]),
            path_of(cell.key.about),
            at.text(cell.key.about),
            cell.key.aspect,
            str(at.said(found.entry.value).said) if found is not None and found.counts else "",
            str(READS[cell.reads]),
            str(at.said(found.entry.value).said) if cell.reads is Reads.CARRIED and found else "",
            *(
                str(at.said(voice.entry.value).said) if voice is not None and voice.counts else ""
                for voice in map(cell.at, (Line.DOING, Line.OVERSEEING, Line.INDEPENDENT))
            ),
            len(evidence.current) if evidence is not None and cell.reads in COUNTED else None,
            len(evidence.expired) if evidence is not None and cell.reads in COUNTED else None,
            gettext("yes") if cell.disputed else gettext("no"),
            found.entry.seq if found is not None else None,
            held.as_at.isoformat(),
            str(_marking(cell)),
        )


def _marking(cell: Cell) -> Any:
    marking = OFFICIAL
    for one in cell.voices:
        marking |= one.entry.marking
    return marking


ROUTES = (
    Route("requirements", "requirements", requirements, A_POST),
    Route("requirements/matrix.csv", "requirements.csv", as_csv, A_POST),
    Route("requirements/threat/<path:about>", "requirements.threat", threat, A_POST),
)
