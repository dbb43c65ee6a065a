"""A sentence with its figures: every number in it can be followed back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce

from regard.core.errors import DefinitionRefused
from regard.core.figures import Figure, Source
from regard.core.markings import OFFICIAL, Marking
from regard.core.periods import FinancialYear, Month, Period, day_said
from regard.core.quantities import Quantity, Range

_PLACE = re.compile(r"\{(\w+)(?::(number|range|level))?\}")
OF_AN_INTERVAL = ("range", "level")
_DIGIT = re.compile(r"\d")
Value = Figure | Quantity | Range | FinancialYear | Month | Period | date | str | int


@dataclass(frozen=True)
class Part:
    """A piece of a sentence: its words, and the figure behind them if they are a number.

    Attributes:
        text: The words.
        figure: The figure.
        language: The tag of their language, such as `cy-GB`; empty for English.
    """

    text: str
    figure: Figure | None = None
    language: str = ""


@dataclass(frozen=True)
class Statement:
    """A sentence, its figures, its marking and where it comes from.

    Two makers, and no other way in: `of`, for a sentence that Regard computes, whose
    fixed words hold no digit; `quoted`, for words that somebody wrote, kept as they are
    with their source.
    """

    parts: tuple[Part, ...]
    marking: Marking = OFFICIAL
    source: Source | None = None

    @classmethod
    def of(cls, template: str, /, *, marking: Marking = OFFICIAL, **values: Value) -> Statement:
        """A computed sentence, in which every number is a figure or a date.

        Args:
            template: Words with `{name}` where a value goes. Of one figure, `{name:number}` is
                its number where the sentence says the unit once for several, `{name:range}`
                its interval and `{name:level}` the level of that. It holds no digit.
            marking: How closely the sentence is held.
            **values: Figures, and dates, months, periods, names for the other places.

        Raises:
            DefinitionRefused: the template holds a digit, names and values differ, or the
                interval is wanted of what has none.
        """
        named = {found[1] for found in _PLACE.finditer(template)}
        if named != set(values):
            raise DefinitionRefused(
                f"{template!r} wants {sorted(named)} and was given {sorted(values)}",
                expected="a value for every name, and no other",
            )
        if _DIGIT.search(_PLACE.sub("", template)):
            raise DefinitionRefused(
                f"{template!r} holds a digit", expected="numbers as values, never as words"
            )
        return cls(tuple(_parts(template, values)), marking)

    @classmethod
    def quoted(cls, text: str, *, source: Source, marking: Marking = OFFICIAL) -> Statement:
        """Words that somebody wrote, unchanged, with where they stand."""
        return cls((Part(text),), marking, source)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures in the order in which they first stand, each once."""
        held = (part.figure for part in self.parts if part.figure is not None)
        return tuple(dict.fromkeys(held))

    def spoken(self, language: str) -> Statement:
        """The same, all of whose words are of a language: it was said in it, not translated."""
        return replace(self, parts=tuple(replace(one, language=language) for one in self.parts))

    def __add__(self, other: Statement) -> Statement:
        """Two statements in one paragraph, held as closely as the closer of the two."""
        space = (Part(" "),) if self.parts and other.parts else ()
        return Statement(
            self.parts + space + other.parts,
            self.marking | other.marking,
            self.source or other.source,
        )

    def __str__(self) -> str:
        return "".join(part.text for part in self.parts)


def _parts(template: str, values: Mapping[str, Value]) -> list[Part]:
    parts: list[Part] = []
    at = 0
    for found in _PLACE.finditer(template):
        if found.start() > at:
            parts.append(Part(template[at : found.start()]))
        value = values[found[1]]
        if isinstance(value, Figure):
            parts.append(Part(_of_figure(value, found[2]), value))
        elif found[2] in OF_AN_INTERVAL:
            raise DefinitionRefused(
                f"{found[0]} is {value}, which has no interval", expected="a figure with one"
            )
        else:
            parts.append(Part(_said(value)))
        at = found.end()
    if at < len(template):
        parts.append(Part(template[at:]))
    return parts


def _of_figure(figure: Figure, wanted: str | None) -> str:
    if wanted == "number":
        return figure.number
    if wanted == "range":
        return figure.range_said
    return figure.level_said if wanted == "level" else str(figure)


def _said(value: Value) -> str:
    if isinstance(value, date):
        return day_said(value)
    if isinstance(value, Range):
        raise DefinitionRefused(
            f"a range {value} says no unit", expected="the range as words: Range.said(unit)"
        )
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


def together(statements: list[Statement] | tuple[Statement, ...]) -> Statement:
    """Several statements as one paragraph.

    Raises:
        DefinitionRefused: there is none.
    """
    if not statements:
        raise DefinitionRefused("no statements to put together", expected="at least one")
    return reduce(lambda one, other: one + other, statements)


@dataclass(frozen=True)
class Trace:
    """One step of the answer to *why do we say so?*: what a figure is and what it stands on."""

    figure: Figure
    depth: int

    def __str__(self) -> str:
        sources = "; ".join(str(source) for source in self.figure.sources) or "no source given"
        one = self.figure
        spans = "" if one.interval is None else f" ({one.level_said} range {one.range_said})"
        return f"{'  ' * self.depth}{one}{spans}: {one.described}. From {sources}."


def trace(figure: Figure, *, depth: int = 0) -> tuple[Trace, ...]:
    """Everything a figure stands on, down to rows or words, depth first."""
    steps = [Trace(figure, depth)]
    for part in figure.parts:
        steps.extend(trace(part, depth=depth + 1))
    return tuple(steps)
