"""What the example's board knew on four days: four different boards from one register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from regard.assurance.gaps import Gap, gap_or_reason
from regard.assurance.observed import Observed, bases_said, observed, on_each_base
from regard.assurance.promises import Became, Standing, promises, standing
from regard.assurance.proposals import Proposal, unresolved
from regard.assurance.trends import between
from regard.assurance.vulnerabilities import Vulnerability, vulnerabilities
from regard.board.issuing import PAPERS
from regard.board.registering import document_of
from regard.board.remembering import Remembered, remember
from regard.board.spr.gathering import Brief
from regard.board.spr_paper import spr_paper
from regard.core.errors import DefinitionRefused, NotComparable, NotKnown
from regard.core.periods import day_said
from regard.core.progress import Progress
from regard.core.statements import Statement
from regard.papers.model import Document
from regard.papers.writing import FORMATS, Written, write
from regard.register.access import EVERYTHING
from regard.register.entries import Entry
from regard.register.kinds.facts import Expectation, Observation
from regard.register.kinds.frame import Cycle, Edition
from regard.register.kinds.speech import Document as Put
from regard.register.kinds.speech import Judgement
from regard.register.kinds.values import Line, LinkType
from regard.register.register import Register
from regard.register.seeing import View
from regard.register.streaming import head_at

BOARDS = (date(2014, 4, 1), date(2015, 2, 3), date(2019, 3, 5), date(2021, 12, 1))
"""Two dated papers, and the stated days of two that print none."""

REQUIREMENT = "instrument:spr"
PAPER_NAME = "strategic-policing-requirement"
FORCE, BOARD = "party:west-midlands", "party:strategic-policing-and-crime-board"
UPLIFT = "expectation:promises-west-midlands/ctsfo-uplift-2019"
OF_THE_REGION = "observation:west-midlands-region/psus/2018-09-30"
OF_THE_FORCE = "observation:west-midlands/psus/2019-02-28"
_SEVERAL = {
    "issue": "issues",
    "vulnerability": "vulnerabilities",
    "cause of concern": "causes of concern",
    "risk": "risks",
}
VACANCIES = ("measure:rocu-officer-vacancies", "party:west-midlands-rocu")


@dataclass(frozen=True)
class Known:
    """What a board knew on a day, of what was true then.

    Attributes:
        on: The day, to its end.
        position: The last entry it could know.
        editions: The requirement in force.
        held: The round that spoke last; None if none was held.
        positions: What was judged in it.
        promises: Every promise and what had become of it.
        proposals: Decisions that were proposed and have no end.
        vulnerabilities: What stood or may come to stand in the way, closed ones left out.
        figures: The last number of each measure, body and base, forecasts apart from the rest.
        gaps: Targets that can be compared with what was observed.
    """

    on: date
    position: int
    editions: tuple[Entry[Edition], ...]
    held: Entry[Cycle] | None
    positions: tuple[Entry[Judgement], ...]
    promises: tuple[Standing, ...]
    proposals: tuple[Proposal, ...]
    vulnerabilities: tuple[Vulnerability, ...]
    figures: tuple[Observed, ...]
    gaps: tuple[Gap, ...]

    @property
    def to_be_answered(self) -> tuple[Standing, ...]:
        """Promises whose day has passed and that no later paper has answered."""
        return tuple(one for one in self.promises if one.must_be_answered)

    def having(self, became: Became) -> tuple[Standing, ...]:
        """The promises of which that became."""
        return tuple(one for one in self.promises if one.became is became)

    def at_line(self, line: Line) -> Counter[str]:
        """How many positions were given at a line, by level or by why there is none."""
        return Counter(
            one.value.level or str(one.value.absent)
            for one in self.positions
            if one.value.line is line
        )

    def said(self) -> tuple[str, ...]:
        """What it knew, a line each."""
        below = [one for one in self.gaps if one.exact < 0]
        compared = f"targets compared: {len(self.gaps)}, below: {len(below)}"
        lines = [
            f"{day_said(self.on)} (up to entry {self.position:,})",
            f"  In force: {self._editions()}; last round: {self._round()}",
            f"  Positions: {self._positions()}",
            f"  Promises: {self._promises()}",
            f"  Proposals without an end: {len(self.proposals)}; in the way: {self._in_the_way()}",
            f"  Figures: {len(self.figures)}; {compared}",
            *(
                f"    {one.observed.measure}: {one.statement()}"
                for one in self.gaps
                if one.exact < 0
            ),
        ]
        return tuple(lines)

    def _editions(self) -> str:
        return ", ".join(one.value.label for one in self.editions) or "none"

    def _round(self) -> str:
        return self.held.value.name if self.held else "none"

    def _positions(self) -> str:
        told = [
            f"line {int(line)}: {_tally(held)}"
            for line in (Line.DOING, Line.OVERSEEING, Line.INDEPENDENT)
            if (held := self.at_line(line))
        ]
        return "; ".join(told) or "none given on any threat"

    def _promises(self) -> str:
        tally = _tally(Counter(one.became.value for one in self.promises))
        return f"{tally or 'none'}; for the next paper to answer: {len(self.to_be_answered)}"

    def _in_the_way(self) -> str:
        forms: Counter[str] = Counter(one.entry.value.form for one in self.vulnerabilities)
        return _tally(forms) or "nothing"


@dataclass(frozen=True)
class RegisterDemonstration:
    """The example's register and what it shows.

    Attributes:
        remembered: The register.
        boards: What the board knew on each day.
        uplift: The promise of March 2019 as it stood on the last day.
        caution: What must be known about it.
        refusal: Why the force's units are not subtracted from the region's.
        bases: One count of vacancies on its two bases.
        papers: The paper of each day, as the board could have had it.
    """

    remembered: Remembered
    boards: tuple[Known, ...]
    uplift: Standing
    caution: str
    refusal: str
    bases: Statement
    papers: tuple[Written, ...]

    def said(self) -> tuple[str, ...]:
        """One screen: four boards, a promise, a refusal and two bases."""
        lines = [*self.remembered.said(), "", "What the board knew:"]
        for one in self.boards:
            lines.extend(one.said())
        lines.extend(
            (
                "",
                f"A promise: {self.uplift.statement()}",
                f"  With caution: {self.caution}",
                f"A refusal: {self.refusal}",
                f"Two bases: {self.bases}",
                "",
                "The paper of each day, of what the board knew then:",
                *(f"  {one}" for one in _files(self.papers)),
            )
        )
        return tuple(lines)


def build_register(
    home: Path,
    *,
    url: str | None = None,
    formats: Sequence[str] = FORMATS,
    progress: Progress | None = None,
) -> RegisterDemonstration:
    """Build the example's register, and ask it what the board knew and what it must not do.

    Args:
        home: The data folder (`REGARD_HOME`).
        url: The database; by default `DATABASE_URL`, and without it the folder's own.
        formats: In which the paper of each day is written.
        progress: Told after each day of the history.

    Raises:
        EntryRefused: another register stands there.
    """
    remembered = remember(home, url=url, progress=progress)
    register = remembered.register
    last = view_on(register, BOARDS[-1])
    return RegisterDemonstration(
        remembered=remembered,
        boards=boards(register),
        uplift=standing(last, UPLIFT, as_at=BOARDS[-1]),
        caution=caution(last, UPLIFT),
        refusal=refused(last, OF_THE_REGION, OF_THE_FORCE),
        bases=bases_said(on_each_base(last, *VACANCIES)),
        papers=tuple(
            written
            for day in BOARDS
            for written in write(
                paper_of_day(register, day), home / PAPERS, formats, name=PAPER_NAME
            )
        ),
    )


def paper_of_day(register: Register, on: date) -> Document:
    """The paper of the round that spoke last before a day, of what was known at its end.

    Raises:
        NotKnown: no round had been held by then.
    """
    view = view_on(register, on)
    held = _last_round(view, on)
    if held is None:
        raise NotKnown("round held by that day", on.isoformat(), ())
    with register.connection.cursor() as cursor:
        head = head_at(cursor, view.position.seq)
    brief = Brief(
        to=BOARD,
        held_on=on,
        document=_source_of(view, on) or document_of(held.subject, FORCE),
        head=head.said,
        root=head.root.hex(),
        home=register.home,
    )
    return spr_paper(view, held.subject, FORCE, brief)


def _source_of(view: View, on: date) -> str:
    """The paper that was put to the board on a day: what was asked in it is asked here again."""
    return next(
        (
            one.subject
            for one in view.all(Put, scope=FORCE)
            if one.held is not None and one.held.held_on == on and one.held.to == BOARD
        ),
        "",
    )


def boards(register: Register, on: Iterable[date] = BOARDS) -> tuple[Known, ...]:
    """What the board knew on each of these days."""
    return tuple(known(register, day) for day in on)


def known(register: Register, on: date) -> Known:
    """What the board knew at the end of a day, of what was true on it."""
    view = view_on(register, on)
    held = _last_round(view, on)
    return Known(
        on=on,
        position=view.position.seq,
        editions=tuple(
            one for one in view.all(Edition, about=REQUIREMENT) if one.value.in_force.holds(on)
        ),
        held=held,
        positions=view.all(Judgement, cycle=held.subject) if held else (),
        promises=tuple(standing(view, one.subject, as_at=on) for one in promises(view)),
        proposals=unresolved(view, as_at=on),
        vulnerabilities=tuple(
            one
            for one in vulnerabilities(view, as_at=on)
            if not one.is_closed and one.entry.value.tense != "past"
        ),
        figures=_figures(view),
        gaps=_gaps(view, on),
    )


def view_on(register: Register, on: date) -> View:
    """The register as it was known at the end of a day, of what was true on it."""
    return register.view(EVERYTHING, known_at=datetime.combine(on, time.max, UTC), true_on=on)


def differences(one: Known, other: Known) -> tuple[str, ...]:
    """In what two boards differ, by name: what one knew and the other did not.

    Positions, promises and the rest are compared by the entries they rest on and by what became
    of them, so that the same promise told differently counts.
    """
    sides = {
        "requirement in force": ([e.subject for e in k.editions] for k in (one, other)),
        "round": (k.held.subject if k.held else "" for k in (one, other)),
        "positions": ([e.seq for e in k.positions] for k in (one, other)),
        "promises": ([(e.entry.seq, e.became) for e in k.promises] for k in (one, other)),
        "proposals": ([e.entry.seq for e in k.proposals] for k in (one, other)),
        "vulnerabilities": ([e.entry.seq for e in k.vulnerabilities] for k in (one, other)),
        "figures": ([e.entry.seq for e in k.figures] for k in (one, other)),
        "gaps": ([e.figure.id for e in k.gaps] for k in (one, other)),
    }
    return tuple(name for name, (here, there) in sides.items() if here != there)


def caution(view: View, subject: str) -> str:
    """What was noted about what bears on a subject; empty if nothing was."""
    notes = (one.value.note for one in view.links(LinkType.CONCERNS, target=subject))
    return " ".join(notes)


def refused(view: View, now: str, then: str) -> str:
    """Why one observation is not subtracted from another.

    Raises:
        DefinitionRefused: nothing forbids it.
    """
    try:
        found = between(observed(view, now), observed(view, then))
    except NotComparable as refusal:
        return refusal.wrong
    raise DefinitionRefused(
        f"{now} less {then} is {found}", expected="two figures that are not the same thing"
    )


def _last_round(view: View, on: date) -> Entry[Cycle] | None:
    rounds = [one for one in view.all(Cycle) if one.value.as_at <= on]
    return max(rounds, key=lambda one: (one.value.as_at, one.seq), default=None)


def _figures(view: View) -> tuple[Observed, ...]:
    last: dict[tuple[str | None, str | None, str, str], Entry[Observation]] = {}
    found = (one for one in view.all(Observation) if one.held is not None and one.held.measure)
    for one in sorted(found, key=lambda entry: (entry.value.collected, entry.seq)):
        value = one.value
        sort = "forecast" if value.basis == "forecast" else ""
        last[value.measure, value.scope, value.base, sort] = one
    return tuple(observed(view, one.subject) for one in sorted(last.values(), key=lambda e: e.seq))


def _gaps(view: View, on: date) -> tuple[Gap, ...]:
    asked = (
        one
        for one in view.all(Expectation)
        if one.held is not None and one.held.target is not None and one.held.facet is None
    )
    found = (
        gap_or_reason(view, one.subject, one.value.scope, as_at=on)
        for one in asked
        if one.value.scope is not None
    )
    return tuple(one for one in found if isinstance(one, Gap))


def _files(papers: Sequence[Written]) -> Iterator[str]:
    """A line a paper: its file without the format, then each format."""
    formats: dict[Path, list[str]] = {}
    for one in papers:
        formats.setdefault(one.path.with_suffix(""), []).append(one.format)
    for path, held in formats.items():
        yield f"{path} ({', '.join(held)})"


_IN_ORDER = ("not-met", "partly-met", "met", "met-and-sustained")


def _rank(name: str) -> tuple[int, str]:
    """Levels from the worst on, then whatever has no level, by name."""
    return (_IN_ORDER.index(name) if name in _IN_ORDER else len(_IN_ORDER)), name


def _tally(held: Counter[str]) -> str:
    named = (
        (count, name if count == 1 else _SEVERAL.get(name, name))
        for name, count in sorted(held.items(), key=lambda one: _rank(one[0]))
    )
    return ", ".join(f"{count} {name.replace('-', ' ')}" for count, name in named)
