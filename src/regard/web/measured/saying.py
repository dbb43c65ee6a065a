"""Sentences as a page shows them: each figure leads to what it stands on, further down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from regard.core.figures import Figure, Source
from regard.core.quantities import PERCENT
from regard.core.statements import Statement

MOST_PARTS = 24  # parts of a figure that a page lists; a year may have a part a month
DEEPEST = 3  # parts of parts that are shown one below another
PARTS_OF_A_SHARE = 2  # what is counted, and what it is counted of


@dataclass(frozen=True)
class Piece:
    """Words of a sentence, and the name of the figure behind them; empty if there is none."""

    text: str
    figure: str = ""


@dataclass(frozen=True)
class Traced:
    """What a figure is and what it stands on.

    Attributes:
        id: The figure's name, by which sentences lead to it.
        said: As it is printed.
        described: What it is.
        base: What a percentage is of; empty for what is none.
        span: Its range, in words; empty if it has none.
        sources: Where it comes from.
        parts: The figures that it was computed from.
        more: How many of those are not listed.
    """

    id: str
    said: str
    described: str
    base: str
    span: str
    sources: tuple[Source, ...]
    parts: tuple[Traced, ...] = ()
    more: int = 0


def pieces(statement: Statement) -> tuple[Piece, ...]:
    """A statement piece by piece."""
    return tuple(
        Piece(part.text, "" if part.figure is None else part.figure.id) for part in statement.parts
    )


def told(statements: Iterable[Statement]) -> tuple[tuple[Piece, ...], ...]:
    """Statements piece by piece, each once."""
    return tuple(pieces(one) for one in dict.fromkeys(statements))


def traces(figures: Iterable[Figure], *, deepest: int = DEEPEST) -> tuple[Traced, ...]:
    """What figures stand on, each figure once.

    Args:
        figures: The figures.
        deepest: How deep parts of parts are shown.
    """
    held = {one.id: one for one in figures}
    return tuple(_traced(one, deepest) for one in held.values())


def _traced(figure: Figure, deeper: int) -> Traced:
    span = figure.interval is not None and figure.value is not None
    parts = figure.parts if deeper else ()
    shown = parts[:MOST_PARTS]
    return Traced(
        id=figure.id,
        said=str(figure),
        described=figure.described,
        base=base_of(figure),
        span=f"{figure.level_said} range {figure.range_said}" if span else "",
        sources=figure.sources,
        parts=tuple(_traced(one, deeper - 1) for one in shown),
        more=len(figure.parts) - len(shown),
    )


def base_of(figure: Figure) -> str:
    """What a percentage is of, such as `of 8,400 answers`; empty for what is no share of rows."""
    if figure.unit != PERCENT or len(figure.parts) < PARTS_OF_A_SHARE or figure.value is None:
        return ""
    base = figure.parts[1]
    return "" if base.value is None or base.unit == PERCENT else f"of {base}"
