"""What the promises of a Police and Crime Plan have that other expectations do not."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from regard.register.kinds.values import FacetValue, Number, Value, Words

MonthText = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
"""A month such as `2013-04`."""

YearText = Annotated[str, StringConstraints(pattern=r"^\d{4}/\d{2}$")]
"""A financial year such as `2013/14`."""


Direction = Literal["down", "up"]
"""Whether less is promised, or more."""

Way = Literal["to come", "given", "more detail"]
"""What another paper holds: the position later, the position already, or more of it."""


class Quoted(Value):
    """Words of a document, and where in it they stand."""

    text: Words
    source: str = ""


class PlanFacet(Value):
    """What a Police and Crime Plan says of itself, on the title block of its papers.

    Attributes:
        id: By which its file calls it.
        area: The police.uk name of the force area.
        force, governing_body, board: As they are called.
        board_on: The day on which the board takes the paper.
        year: The financial year.
        similar_forces: The most similar forces, by their police.uk names.
        report_of, author: Posts of the title block.
        consequences: What follows for money, law..., each with its kind.
    """

    id: Words
    area: Words
    force: Words
    governing_body: Words
    board: Words
    board_on: date
    year: YearText
    similar_forces: tuple[Words, ...] = ()
    report_of: str = ""
    author: str = ""
    consequences: tuple[tuple[Words, Quoted], ...] = ()


class ShownAt(Value):
    """A paper that shows a promise at another day than the rest of it."""

    paper: date
    use: date
    reason: Words


class MilestoneFacet(FacetValue):
    """A promise that can be counted.

    Attributes:
        id, lead: By which its file calls it, and who leads, as the plan prints it.
        direction: `down` if less is promised, `up` if more.
        percent: Change against the baseline, in per cent, without sign.
        level: The level to be reached, in the measure's unit.
        baseline, year: The financial years against which and by the end of which.
        rolling_months: Over how many months a level is taken.
        ranked_since: The first month of the history in which the year is ranked.
        as_at: Papers that show it at another day.
    """

    type: Literal["milestone"] = "milestone"
    id: Words
    lead: str = ""
    direction: Direction
    percent: Number | None = None
    level: Number | None = None
    baseline: YearText | None = None
    year: YearText
    rolling_months: Annotated[int, Field(ge=0)] = 0
    ranked_since: MonthText | None = None
    as_at: tuple[ShownAt, ...] = ()


class WatchedFacet(FacetValue):
    """A measure that is shown although nothing is promised on it."""

    type: Literal["watched"] = "watched"
    id: Words
    rolling_months: Annotated[int, Field(ge=0)] = 0
    ranked_since: MonthText | None = None
    as_at: tuple[ShownAt, ...] = ()


class CompositionFacet(FacetValue):
    """What part of a measure others make up."""

    type: Literal["composition"] = "composition"
    id: Words
    whole: Words
    parts: tuple[Words, ...]
    offences: tuple[Words, ...] = ()


class OutcomeFacet(FacetValue):
    """An outcome of the plan, with the letter printed before it."""

    type: Literal["outcome"] = "outcome"
    id: Words
    lead: str = ""
    letter: str = ""
    lead_note: str = ""


class ReportedIn(Value):
    """Another paper that a deliverable points to."""

    paper: Words
    start: date
    end: date
    how: Way
    points: str = ""
    note: str = ""


class DeliverableFacet(FacetValue):
    """A promise that is told rather than counted.

    Attributes:
        leads: The posts that answer for it, as the plan prints them.
        cadence: How often it is reported; empty if nothing is said.
        reported: The papers it points to.
        complete: Whether its lead says that it is done.
        duplicate_of: The deliverable whose words and lead it repeats.
    """

    type: Literal["deliverable"] = "deliverable"
    id: Words
    leads: tuple[Words, ...] = ()
    cadence: str = ""
    reported: tuple[ReportedIn, ...] = ()
    complete: bool = False
    duplicate_of: str = ""
