"""Everything that an assurance paper is written from, read once from a view."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from regard.assurance.cells import Cell, Cells, cells
from regard.assurance.changes import Change, changes
from regard.assurance.composite import RULE, Composite, composite
from regard.assurance.expense import Expense, expenses
from regard.assurance.naming import Names
from regard.assurance.promised_twice import PromisedTwice, promised_twice
from regard.assurance.promises import Promised
from regard.assurance.scales import Level, levels_of
from regard.board.spr.fixed import FIXED, Tongue
from regard.board.spr.phrases import tell
from regard.capability.scenarios import entries_of_answers
from regard.core.figures import Figure, Source
from regard.core.markings import OFFICIAL, Marking
from regard.core.statements import Statement
from regard.library.labels import ENGLISH
from regard.papers.model import LANGUAGE
from regard.register.entries import Entry
from regard.register.kinds.facts import Expectation, Observation
from regard.register.kinds.frame import Cycle, Duty, Edition, Measure
from regard.register.kinds.speech import Decision, Document, Judgement, Stage
from regard.register.kinds.values import Line, LinkType
from regard.register.seeing import View
from regard.register.subjects import path_of, subject_of

EXAMPLE_NOTICE = subject_of("term", "register", "stated-clock")
"""What a register holds that is an example, and says of itself that it is one."""

MOST_SOURCES = 20  # entries that a count names; beyond that it says how many there are
EVERY_C = "every C"
SHORT = 80  # characters of a requirement's words in a line that names several
_STOPS = (": ", "; ", " (")  # not a comma: what stands before one may be half a list


@dataclass(frozen=True)
class Brief:
    """What an assurance paper is told by those who put it to a board.

    Attributes:
        to: The board, as the register names it.
        held_on: The day of the meeting.
        document: The paper's own subject in the register.
        report_of: The post that puts it to the board; by default that of the round's first duty
            at line 2.
        title: By default what the editions are called.
        reference: Its reference number, if it has one.
        agenda_item: Its line on the agenda.
        marking: The most closely that anything in it may be held; None leaves it to what it holds.
        issued: Whether it is issued; anything else is a draft and says so on every page.
        head: The head of the journal at the position of the view, as it is printed.
        root: The whole root of that head, in hexadecimal letters.
        promised: What the paper promises by a day.
        language: The language of its headings and of the levels in its tables: `en` or `cy`.
        home: The data folder, in which the files of kept answers lie; None leaves them unread.
    """

    to: str
    held_on: date
    document: str
    report_of: str = ""
    title: str = ""
    reference: str = ""
    agenda_item: str = ""
    marking: Marking | None = None
    issued: bool = False
    head: str = ""
    root: str = ""
    promised: tuple[Promised, ...] = ()
    language: str = ENGLISH
    home: Path | None = None


@dataclass(frozen=True)
class Earlier:
    """What the paper sets its positions beside.

    Attributes:
        paper: The last paper on this subject; None if the register holds none.
        cells: The matrix of its round, or of the round before; None if there is none.
    """

    paper: Entry[Document] | None
    cells: Cells | None


@dataclass
class Gathered(Tongue):
    """What the register holds on the subject of one paper.

    Attributes:
        view: The register at the position of the paper.
        brief: What the paper is told.
        scope: The body.
        cells: The matrix of the round.
        made: Its composite.
        earlier: What positions are set beside.
        names: What subjects are called.
    """

    view: View
    brief: Brief
    scope: str
    cells: Cells
    made: Composite
    earlier: Earlier
    names: Names
    _levels: dict[str, dict[str, Level]] = field(default_factory=dict)

    @property
    def cycle(self) -> Entry[Cycle]:
        """The round."""
        return self.cells.cycle

    @property
    def as_at(self) -> date:
        """The day to which positions and figures are true."""
        return self.cells.as_at

    @property
    def letters(self) -> str:
        """The language of the paper, as it was asked for."""
        return self.brief.language

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What became of every position since the round of the last paper."""
        before = self.earlier.cells
        return () if before is None else changes(self.view, self.cells, before)

    @cached_property
    def expenses(self) -> tuple[Expense, ...]:
        """What is met at the expense of what."""
        return expenses(self.view)

    @cached_property
    def measures(self) -> tuple[Entry[Measure], ...]:
        """Every measure of the register whose words may be seen."""
        return tuple(one for one in self.view.all(Measure) if one.held is not None)

    @cached_property
    def promised_twice(self) -> tuple[PromisedTwice, ...]:
        """What the body promises of one thing at several tiers, as at the day of the positions."""
        return promised_twice(self.view, scope=self.scope, as_at=self.as_at)

    @cached_property
    def answers(self) -> tuple[Entry[Observation], ...]:
        """The answers of stress tests on the body that were kept, the earliest first."""
        found = entries_of_answers(self.view)
        return tuple(one for one in reversed(found) if one.value.scope == self.scope)

    @cached_property
    def proposals(self) -> tuple[Entry[Decision], ...]:
        """The decisions that the round proposes, in the order in which they were entered."""
        return tuple(
            one
            for one in self.view.all(Decision, cycle=self.cycle.subject)
            if one.held is not None
            and one.held.stage is Stage.PROPOSED
            and one.held.scope in (None, self.scope)
            and one.held.paper in (None, self.brief.document)
        )

    @cached_property
    def answering(self) -> dict[str, tuple[Entry[Expectation], ...]]:
        """What answers each requirement, of whichever body: establishments, plans, actions."""
        links = self.view.links(LinkType.ANSWERS.value)
        ends = self.view.many(one.value.source for one in links)
        found: dict[str, list[Entry[Expectation]]] = {}
        for one in links:
            end = ends.get(one.value.source)
            held = end.held if end else None
            if end is not None and isinstance(held, Expectation):
                found.setdefault(one.value.target, []).append(end)
        return {target: tuple(held) for target, held in found.items()}

    def below(self, about: str) -> set[str]:
        """A heading or requirement and every requirement that is a part of it."""
        return {about} | {one for one in self.cells.requirements if about in self.cells.above(one)}

    def label(self, scale: str, code: str | None) -> str:
        """A level in words."""
        if scale not in self._levels:
            self._levels[scale] = {one.code: one for one in levels_of(self.view, scale)}
        found = self._levels[scale].get(code or "")
        return found.label if found else code or ""

    def level(self, scale: str, code: str | None) -> str:
        """A level in the paper's language, for a table; sentences say its label."""
        label = self.label(scale, code)
        found = self._levels[scale].get(code or "")
        return found.said(self.brief.language) if found else label

    def order(self, scale: str, code: str | None) -> int:
        """The place of a level on its scale, from 1, the worst."""
        self.label(scale, code)
        found = self._levels[scale].get(code or "")
        return found.order if found else 0

    def short(self, about: str) -> str:
        """A requirement by its first words, for a line that names several."""
        entry = self.cells.requirements.get(about)
        return shortened(entry.value.text if entry else self.names.of(about))

    def code_of(self, about: str) -> str:
        """The code of a requirement within its edition; its path where the register lacks it."""
        entry = self.cells.requirements.get(about) or self.view.find(about)
        held = entry.held if entry else None
        return held.code if isinstance(held, Expectation) else path_of(about)

    def called(self, found: Sequence[Cell]) -> Statement:
        """Positions of one requirement by its first words and their Cs."""
        about = found[0].key.about
        aspects = [one.key.aspect for one in found]
        every = [one for one in self.cells if one.key.about == about]
        named = EVERY_C if len(found) == len(every) > 1 else and_said(aspects)
        return tell("cell", *closely(found), title=self.short(about), aspect=named)

    def duties(self, line: Line, about: str = "") -> tuple[Duty, ...]:
        """Who must speak for the body at a line, on a requirement or anything below it."""
        return tuple(
            one
            for one in self.cycle.value.duties
            if one.line is line
            and one.scope in (None, self.scope)
            and (not about or not one.about or about in self.cells.above(one.about))
        )

    def posts(self, duties: Iterable[Duty]) -> str:
        """The posts of duties by their names, each once."""
        return ", ".join(dict.fromkeys(self.names.of(one.post) for one in duties))

    def count(self, held: Sequence[Any], unit: str, *, what: str, many: str = "") -> Figure:
        """How many there are, as a figure that names the entries.

        Args:
            held: Cells or entries.
            unit: Of what, in the singular.
            what: What was counted, for the trace.
            many: The unit in the plural, where it is no `s` more.
        """
        plural = many or (f"{unit}s" if unit else "")
        return self._counted(held, unit if len(held) == 1 else plural, what)

    def share(self, held: Sequence[Any], *, what: str, of: int, table: bool = False) -> Figure:
        """How many there are out of how many, such as `2 of 8`: the base goes with the number.

        Args:
            held: Cells or entries.
            what: What was counted, for the trace.
            of: Out of how many.
            table: Whether it stands in a table, which is in the paper's language.
        """
        language = self.language if table else LANGUAGE
        return self._counted(held, FIXED.line("of", language, number=f"{of:,}"), what)

    def _counted(self, held: Sequence[Any], unit: str, what: str) -> Figure:
        return Figure(
            value=len(held),
            unit=unit,
            measure=what,
            scope=path_of(self.scope),
            basis="counted",
            method=RULE,
            as_at=self.as_at,
            sources=(self.cycle.source, *_named(tuple(_entries(held)))),
            places=0,
        )


def closely(found: Iterable[Cell]) -> tuple[Entry[Judgement], ...]:
    """What was said of some cells that is held more closely than OFFICIAL."""
    said = (voice.entry for one in found for voice in one.voices)
    return tuple(one for one in said if one.marking != OFFICIAL)


def close_ones(entries: Iterable[Entry[Any]]) -> tuple[Entry[Any], ...]:
    """Of some entries, those that are held more closely than OFFICIAL."""
    return tuple(one for one in entries if one.marking != OFFICIAL)


def and_said(words: Sequence[str]) -> str:
    """Words as a list: `capacity, capability and consistency`."""
    held = list(words)
    return held[0] if len(held) == 1 else f"{', '.join(held[:-1])} and {held[-1]}"


def by_requirement(found: Iterable[Cell]) -> tuple[tuple[Cell, ...], ...]:
    """Positions in groups of one requirement, in the order in which each first stands."""
    groups: dict[str, list[Cell]] = {}
    for one in found:
        groups.setdefault(one.key.about, []).append(one)
    return tuple(map(tuple, groups.values()))


def shortened(text: str) -> str:
    """The first words of a requirement, up to where it goes into detail."""
    words = " ".join(text.split()).rstrip(".")
    ends = [at for stop in _STOPS if (at := words.find(stop)) > SHORT // 3]
    words = words[: min(ends)] if ends else words
    return words if len(words) <= SHORT else f"{words[:SHORT].rpartition(' ')[0].rstrip(',')} …"


def gather(view: View, cycle: str, scope: str, brief: Brief) -> Gathered:
    """Read what a paper is written from.

    Args:
        view: The register at a position; its reader sees what the paper may hold.
        cycle: The round.
        scope: The body.
        brief: What the paper is told.

    Raises:
        NotKnown: there is no such round, or it is not about that body.
    """
    held = cells(view, cycle, scope=scope)
    return Gathered(
        view=view,
        brief=brief,
        scope=scope,
        cells=held,
        made=composite(view, held, scope=scope),
        earlier=_earlier(view, held, scope, brief),
        names=Names(view),
    )


def earlier_papers(view: View, held: Cells, scope: str, brief: Brief) -> tuple[Any, ...]:
    """The papers on the same instruments that were issued for an earlier day, the oldest first.

    Args:
        view: The register at a position.
        held: The matrix of the round that is written of.
        scope: The body.
        brief: What the paper is told.
    """
    mine = instruments_of(view, held.cycle.value.editions)
    found = [
        one
        for one in view.all(Document, scope=scope)
        if one.held is not None
        and one.held.form == "paper"
        and one.held.stage != "draft"
        and one.held.held_on < brief.held_on
        and not one.subject.endswith("/public")
        and instruments_of(view, _editions_of(view, one.held)) & mine
    ]
    return tuple(sorted(found, key=lambda one: (one.value.held_on, one.seq)))


def instruments_of(view: View, editions: Iterable[str]) -> set[str]:
    """The instruments of which editions are."""
    found = view.many(editions)
    return {one.held.instrument for one in found.values() if isinstance(one.held, Edition)}


def _editions_of(view: View, held: Document) -> tuple[str, ...]:
    """The editions that a paper is on: those of its round, and those that it rests on."""
    cycle = view.find(held.cycle) if held.cycle else None
    judged = cycle.held.editions if cycle and isinstance(cycle.held, Cycle) else ()
    return (*judged, *(one for one in held.rests_on if one.startswith("edition:")))


def _earlier(view: View, held: Cells, scope: str, brief: Brief) -> Earlier:
    papers = earlier_papers(view, held, scope, brief)
    last = papers[-1] if papers else None
    named = last.value.cycle if last is not None else None
    cycle = named if named and named != held.cycle.subject else held.cycle.value.follows
    found = view.find(cycle) if cycle else None
    if found is None or found.held is None or scope not in found.value.scopes:
        return Earlier(last, None)
    return Earlier(last, cells(view, found.subject, scope=scope, as_at=found.value.as_at))


def _entries(held: Sequence[Any]) -> Iterator[Entry[Any]]:
    for one in held:
        if isinstance(one, Cell):
            if one.position is not None:
                yield one.position.entry
        elif isinstance(one, Entry):
            yield one


def _named(entries: tuple[Entry[Any], ...]) -> Iterator[Source]:
    for one in entries[:MOST_SOURCES]:
        yield one.source
    if len(entries) > MOST_SOURCES:
        yield Source("said", f"and {len(entries) - MOST_SOURCES:,} entries more")
