"""A Police and Crime Plan as data: its outcomes, its promises and the step changes it accepts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain

from regard.core.errors import NotKnown
from regard.core.figures import Figure, Source
from regard.core.markings import OFFICIAL, Marking
from regard.core.periods import FinancialYear, Month, Period, day_said
from regard.core.statements import Statement

DOWN, UP = "down", "up"
DIRECTIONS = (DOWN, UP)
CADENCES = {"monthly": 1, "quarterly": 3, "six-monthly": 6, "annual": 12}
"""How often a deliverable is reported, in months from one report to the next."""

TO_COME, GIVEN, MORE = "to come", "given", "more detail"
WAYS = (TO_COME, GIVEN, MORE)
"""What another paper holds: the position itself, later; the position, already; or more of it."""


@dataclass(frozen=True)
class Quotation:
    """Words that somebody wrote, and where they stand."""

    text: str
    source: str


@dataclass(frozen=True)
class Outcome:
    """One of the plan's outcomes.

    Attributes:
        id: By which the rest of the plan names it.
        letter: The letter printed before it; empty if it has none.
        title: As the plan prints it.
        lead: The post that answers for it; empty if none is named.
        lead_note: What must be known about the lead line.
        source: Where it stands.
    """

    id: str
    letter: str
    title: str
    lead: str
    lead_note: str
    source: str

    def __str__(self) -> str:
        return f"{self.letter}: {self.title}" if self.letter else self.title


@dataclass(frozen=True)
class AsAtException:
    """A milestone that one paper shows at another day than the rest of the paper."""

    paper: date
    use: date
    reason: str


@dataclass(frozen=True)
class Milestone:
    """A promise that can be counted.

    Attributes:
        id, outcome, title, lead, source: What it is, whose, and where it stands.
        measure: The measure's identifier.
        direction: `down` if less is promised, `up` if more.
        percent: Change against the baseline in per cent, without sign; None for a level.
        level: The level to be reached, in the measure's unit; None for a change.
        baseline: The financial year against which a change is promised.
        window: The financial year by the end of which it is to be met.
        rolling_months: Over how many months a level is taken, up to the last whole one.
        ranked_since: The first month of the history in which the year is ranked.
        as_at: Papers that show it at another day.
        said: What the source says of it, quoted.
    """

    id: str
    outcome: str
    title: str
    measure: str
    direction: str
    percent: float | None
    level: float | None
    baseline: FinancialYear | None
    window: FinancialYear
    rolling_months: int
    lead: str
    source: str
    ranked_since: Month | None = None
    as_at: tuple[AsAtException, ...] = ()
    said: tuple[Quotation, ...] = ()

    def exception(self, as_at: date) -> AsAtException | None:
        """Why a paper of this day shows the milestone at another; None if it does not."""
        return next((one for one in self.as_at if one.paper == as_at), None)


@dataclass(frozen=True)
class Watched:
    """A measure that the paper shows although nothing is promised on it.

    Attributes:
        id, outcome, title, measure, source: What it is and where it stands.
        rolling_months: Over how many months a survey's level is taken; nought for the year
            to date.
        ranked_since: The first month of the history in which the year is ranked.
        as_at: Papers that show it at another day.
        said: What the source says of it, quoted.
    """

    id: str
    outcome: str
    title: str
    measure: str
    source: str
    rolling_months: int = 0
    ranked_since: Month | None = None
    as_at: tuple[AsAtException, ...] = ()
    said: tuple[Quotation, ...] = ()

    def exception(self, as_at: date) -> AsAtException | None:
        """Why a paper of this day shows the measure at another; None if it does not."""
        return next((one for one in self.as_at if one.paper == as_at), None)


@dataclass(frozen=True)
class Composition:
    """What part of a measure others make up.

    Attributes:
        id, outcome, title, source: What it is and where it stands.
        whole: The measure that is divided.
        parts: The measures that are added up and divided by the whole.
        offences: Offence codes within the whole, counted as one more part.
    """

    id: str
    outcome: str
    title: str
    whole: str
    parts: tuple[str, ...]
    offences: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Baseline:
    """A step change that a named post has accepted, from which a new average is drawn.

    Attributes:
        measure: The measure's identifier.
        area: The area in which it changed.
        start: The first month of the new average.
        reason: Why it was accepted, in somebody's words.
        accepted_by: The post that accepted it.
        accepted_on: The day on which it did.
    """

    measure: str
    area: str
    start: Month
    reason: Quotation
    accepted_by: str
    accepted_on: date


@dataclass(frozen=True)
class Report:
    """Another paper that a deliverable points to.

    Attributes:
        paper: Its title.
        on: The day or month of it.
        how: `to come` (the position will stand there), `given` (it stands there) or
            `more detail`.
        points: The headings under which it is said to report, quoted.
        note: What must be known about the reference.
    """

    paper: str
    on: Period
    how: str
    points: str = ""
    note: str = ""

    @property
    def when(self) -> str:
        """The day or month as a paper writes it."""
        return day_said(self.on.start) if self.on.days == 1 else str(Month.of(self.on.start))


@dataclass(frozen=True)
class Deliverable:
    """A promise that is told rather than counted.

    Attributes:
        id, outcome, title, source: What it is and where it stands.
        leads: The posts that answer for it.
        cadence: A key of `CADENCES`; empty if none is stated.
        position: Where it stands, quoted; empty if nothing is said.
        reported: The papers it points to.
        complete: Whether its lead says that it is done.
        duplicate_of: The deliverable whose words and lead it repeats.
    """

    id: str
    outcome: str
    title: str
    leads: tuple[str, ...]
    cadence: str
    source: str
    position: tuple[Quotation, ...] = ()
    reported: tuple[Report, ...] = ()
    complete: bool = False
    duplicate_of: str = ""

    @property
    def lead(self) -> str:
        """The posts in one line."""
        return " and ".join(self.leads)


@dataclass(frozen=True)
class Ask:
    """What the board is asked to do."""

    id: str
    text: str
    source: str


@dataclass(frozen=True)
class Consequence:
    """An implication for money, law..., in the plan's or paper's words."""

    kind: str
    said: Quotation


Promise = Milestone | Watched
"""Anything with a measure that a paper shows: promised, or only watched."""


@dataclass(frozen=True)
class Plan:
    """A Police and Crime Plan, as far as a performance paper needs it.

    Attributes:
        id, name: What it is called.
        area: The police.uk name of the force area.
        force: The force.
        governing_body: Who holds the force to account.
        board: The board that takes the paper.
        board_on: The day on which it does.
        year: The financial year.
        similar_forces: The most similar forces, by their police.uk names.
        marking: How closely the plan's own words are held.
        document: The document from which the plan was taken.
        report_of, author: Posts on the paper's title block; empty if not stated.
        file, sha256: The file that was read, and its digest.
    """

    id: str
    name: str
    area: str
    force: str
    governing_body: str
    board: str
    board_on: date
    year: FinancialYear
    document: str
    similar_forces: tuple[str, ...] = ()
    marking: Marking = OFFICIAL
    report_of: str = ""
    author: str = ""
    outcomes: tuple[Outcome, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    watched: tuple[Watched, ...] = ()
    compositions: tuple[Composition, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    asks: tuple[Ask, ...] = ()
    file: str = ""
    sha256: str = ""

    @property
    def promises(self) -> tuple[Promise, ...]:
        """The milestones, then the measures that are only watched."""
        return (*self.milestones, *self.watched)

    def outcome(self, named: str) -> Outcome:
        """The outcome of that id.

        Raises:
            NotKnown: there is none.
        """
        held = {one.id: one for one in self.outcomes}
        if named not in held:
            raise NotKnown("outcome", named, held)
        return held[named]

    def measures(self) -> tuple[str, ...]:
        """Every measure the plan names, once, in the order in which it names them."""
        named = chain(
            (one.measure for one in self.milestones),
            (one.measure for one in self.watched),
            *((one.whole, *one.parts) for one in self.compositions),
        )
        return tuple(dict.fromkeys(named))

    def steps(self, measure: str, area: str, as_at: date) -> tuple[Baseline, ...]:
        """The step changes of a measure in an area that were accepted by a day, oldest first."""
        found = (
            one
            for one in self.baselines
            if one.measure == measure and one.area == area and one.accepted_on <= as_at
        )
        return tuple(sorted(found, key=lambda one: one.start))

    def source(self, place: str) -> Source:
        """A place in the document from which the plan was taken."""
        return Source("plan", f"{self.document}, {place}" if place else self.document)

    def quote(self, quotation: Quotation) -> Statement:
        """Words of the document, in quotation marks and with their place."""
        source = Source("said", f"{self.document}, {quotation.source}")
        text = f"“{quotation.text}” ({quotation.source})"
        return Statement.quoted(text, source=source, marking=self.marking)

    def title_of(self, item: Outcome | Promise | Composition | Deliverable) -> Statement:
        """An item's title, as the document prints it."""
        text = item.title
        if isinstance(item, Outcome) and item.letter:
            text = f"{item.letter}: {text}"
        return Statement.quoted(text, source=self.source(item.source), marking=self.marking)

    def number(self, count: int, unit: str, *, measure: str, as_at: date) -> Figure:
        """How many things of a kind the plan holds, as a figure that traces to its file.

        Args:
            count: How many.
            unit: Of what, in the singular; an `s` is added for any number but one.
            measure: What was counted.
            as_at: The day of the paper.
        """
        return Figure(
            value=count,
            unit=unit if count == 1 or not unit else f"{unit}s",
            measure=measure,
            scope=self.area,
            basis="plan",
            method="counted in the plan",
            as_at=as_at,
            sources=(Source("plan", self.document, f"read from {self.file}"),),
        )
