"""What the API is asked with and what it answers, as OpenAPI describes them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import BeforeValidator, WithJsonSchema

MOST_ROWS = 500  # rows a page may have
ROWS = 50  # rows a page has
LAST_PAGE = 100_000  # the highest page that can be asked for

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})")
_NUMBER = re.compile(r"0|[1-9]\d{0,8}")


def _day(given: Any) -> date | None:
    if given is None or type(given) is date:
        return given
    if not _DAY.fullmatch(str(given)):
        raise ValueError(f"{given!r} is not a day such as 2015-02-03")
    return date.fromisoformat(str(given))


def _known(given: Any) -> datetime | int | None:
    text = str(given)
    if given is None or isinstance(given, datetime):
        return given
    if _NUMBER.fullmatch(text):
        return int(text)
    if _DAY.fullmatch(text):
        return datetime.combine(date.fromisoformat(text), time.max, UTC)
    if not _INSTANT.fullmatch(text):
        raise ValueError(
            f"{text!r} is not the number of an entry, a day such as 2015-02-03, or an instant with "
            "its zone"
        )
    return datetime.fromisoformat(text.upper())


DayText: Any = Annotated[
    date | None,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date"}),
]
KnownAt: Any = Annotated[
    datetime | int | None,
    BeforeValidator(_known),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 0, "maximum": 999_999_999},
                {"type": "string", "format": "date"},
                {"type": "string", "format": "date-time"},
            ]
        }
    ),
]
# No control character: none is in any name, and some databases take no NUL.
NAME = r"^[^\x00-\x1f\x7f]+$"
MONTH = r"^[12][0-9]{3}-(0[1-9]|1[0-2])$"
Shape = Literal["json", "csv"]


class Formed(Schema):
    """In which form something is asked for."""

    format: Shape | None = Field(
        None, description="json or csv; without it, what the header Accept prefers."
    )


class Paged(Formed):
    """Which page of a list is asked for."""

    page: int = Field(1, ge=1, le=LAST_PAGE, description="The page, from 1.")
    per_page: int = Field(ROWS, ge=1, le=MOST_ROWS, description="Rows a page.")


class Clocks(Schema):
    """At which place on both clocks it is asked."""

    known_at: KnownAt = Field(
        None,
        description="As known then: the number of an entry, a day to its end, or an instant.",
    )
    true_on: DayText = Field(None, description="Of what was true on that day.")


class MeasuresAsked(Paged):
    """Measures."""

    dataset: str | None = Field(None, pattern=NAME, max_length=100, description="Only of this one.")


class ReadingAsked(Formed, Clocks):
    """A reading."""

    measure: str = Field(pattern=NAME, max_length=100, description="The measure.")
    area: str = Field(
        pattern=NAME, max_length=200, description="A force as police.uk names it, or force/area."
    )
    start: str | None = Field(None, pattern=MONTH, description="The first month, such as 2018-01.")
    method: str | None = Field(
        None, pattern=NAME, max_length=100, description="How it is read; by the measure's kind."
    )


class PositionsAsked(Paged, Clocks):
    """Positions."""

    round: str | None = Field(
        None, pattern=NAME, max_length=200, description="The round; the last one without it."
    )
    body: str | None = Field(None, pattern=NAME, max_length=200, description="Only this body.")


class PapersAsked(Paged, Clocks):
    """Papers."""

    stage: Literal["draft", "issued", "published"] | None = Field(None, description="Only these.")


class PaperAsked(Formed, Clocks):
    """A paper."""


class FiguresAsked(Paged, Clocks):
    """The figures of a paper."""


class Measure(Schema):
    """What is counted."""

    measure: str
    name: str
    unit: str
    kind: str
    better: str
    dataset: str
    method: str
    description: str
    source: str
    marking: str


class Month(Schema):
    """A month of a series, with what is normal for it."""

    month: str
    value: float | None
    average: float | None
    expected: float | None
    lower_limit: float | None
    upper_limit: float | None
    signals: list[str]
    missing: str = Field(description="Why there is no value; empty where there is one.")
    marking: str


class Reading(Schema):
    """A series of a measure for an area, and what it says."""

    measure: str
    name: str
    area: str
    unit: str
    kind: str
    better: str
    method: str
    state: str
    counted_to: str
    accepted_steps: list[str]
    statements: list[str]
    sources: list[str]
    marking: str
    items: list[Month]


class Position(Schema):
    """What is said of a requirement under a C in a round."""

    round: str
    body: str
    requirement: str
    under: str
    level: str | None
    carried: str | None
    reads: str
    lines: list[int]
    disputed: bool
    entry: int | None
    marking: str


class Paper(Schema):
    """A paper of the register."""

    paper: str
    title: str
    form: str
    stage: str
    body: str
    put_to: str | None
    held_on: str
    round: str | None
    entry: int
    position: int | None
    head: str
    kept: bool = Field(description="Whether it was written here, so that its figures are known.")
    marking: str


class WholePaper(Paper):
    """A paper with the digest of each of its files."""

    digests: dict[str, str]
    source: str


class FigureOfPaper(Schema):
    """A figure that a paper prints."""

    figure: str
    printed: str
    value: float | None
    unit: str
    measure: str
    scope: str
    basis: str
    method: str
    as_at: str
    missing: str
    entries: list[int]
    marking: str


class Listed(Schema):
    """A page of a list."""

    page: int
    per_page: int
    pages: int
    count: int
    marking: str


class Measures(Listed):
    """A page of measures."""

    items: list[Measure]


class Positions(Listed):
    """A page of positions."""

    items: list[Position]


class Papers(Listed):
    """A page of papers."""

    items: list[Paper]


class FiguresOfPaper(Listed):
    """A page of figures."""

    items: list[FigureOfPaper]


class Problem(Schema):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    expected: str = ""
    next: str = ""
