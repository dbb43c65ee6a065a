"""What is owed: promises of issued papers, vulnerabilities and the actions that answer them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from regard.assurance.composite import Part
from regard.assurance.due import ENDED, Due, State, due
from regard.assurance.due_words import TEMPLATES
from regard.assurance.expense import Expense
from regard.assurance.promises import Became, Standing, promises, standing
from regard.assurance.vulnerabilities import Vulnerability, vulnerabilities
from regard.board.spr.fixed import BECAME, FIXED
from regard.board.spr.gathering import Gathered, close_ones, instruments_of, shortened
from regard.board.spr.phrases import ended, listed, of_what, opened, resting, tell
from regard.core.periods import day_said
from regard.core.statements import Statement
from regard.papers.fixed import Filling
from regard.papers.model import LANGUAGE, Block, Column, Heading, Missing, Paragraph, Row, Table
from regard.papers.model import Cell as Held
from regard.register.entries import Entry
from regard.register.kinds.facts import Expectation
from regard.register.kinds.frame import Cycle
from regard.register.kinds.speech import Decision, Document, Judgement
from regard.register.subjects import path_of

MOST_NAMED = 3  # overdue actions that page 1 names


@dataclass(frozen=True)
class Owed:
    """What is owed on the subject of a paper, on the day of the paper.

    Attributes:
        promises: What became of every dated promise of an earlier issued paper.
        vulnerabilities: What stands in the way, the open ones first.
        actions: Every action that answers a vulnerability or a requirement.
    """

    promises: tuple[Standing, ...]
    vulnerabilities: tuple[Vulnerability, ...]
    actions: tuple[Due, ...]

    @property
    def due(self) -> tuple[Standing, ...]:
        """The promises whose day has passed, or that were kept before it."""
        return tuple(one for one in self.promises if one.became is not Became.TO_COME)

    @property
    def to_come(self) -> tuple[Standing, ...]:
        """The promises whose day is still to come."""
        return tuple(one for one in self.promises if one.became is Became.TO_COME)

    @property
    def unanswered(self) -> tuple[Standing, ...]:
        """Promises that are due and of which nothing says whether they were kept."""
        return tuple(
            one
            for one in self.promises
            if one.became is Became.NOT_ANSWERED and one.must_be_answered
        )

    @property
    def overdue(self) -> tuple[Due, ...]:
        """Actions whose day has passed, or whose time ended without an outturn."""
        return tuple(one for one in self.actions if is_late(one))

    @property
    def open(self) -> tuple[Vulnerability, ...]:
        """Vulnerabilities that are not closed."""
        return tuple(one for one in self.vulnerabilities if not one.is_closed)

    def promises_in_short(self, g: Gathered) -> Statement:
        """How many promises are due and what became of them."""
        if not self.promises:
            return opened(ended(tell("no promises")))
        coming = _told(g, [one.entry for one in self.to_come], "to come")
        if not self.due:
            return opened(ended(tell("promises, none due", coming=coming)))
        told = [
            _told(g, [one.entry for one in found], FIXED.line(named, LANGUAGE))
            for became, named in BECAME.items()
            if became is not Became.TO_COME
            and (found := [one for one in self.due if one.became is became])
        ]
        due_ones = _told(g, [one.entry for one in self.due], "due")
        return opened(ended(tell("promises", due=due_ones, told=listed(told), coming=coming)))

    def actions_in_short(self, g: Gathered) -> Statement:
        """How many actions are overdue, of how many."""
        if not self.actions:
            return opened(ended(tell("no actions")))
        late = [one.entry for one in self.overdue]
        number = g.share(late, what="actions overdue", of=len(self.actions))
        close = close_ones(one.entry for one in self.actions)
        said = tell("mark", *close, number=number, words="overdue")
        if not late:
            return ended(said)
        named = listed([_action(one) for one in self.overdue[:MOST_NAMED]])
        return ended(tell("named", kind=said, cells=named))

    def named(self, g: Gathered) -> Iterator[Statement]:
        """Promises that were broken, and fixes that did not stick, by name."""
        for one in self.promises:
            if one.became is Became.BROKEN:
                yield tell(
                    "broken",
                    one.entry,
                    text=shortened(one.entry.value.text),
                    paper=one.paper,
                    day=one.dates.first or one.as_at,
                )
        for held in self.vulnerabilities:
            if held.closing.regressions:
                yield tell("did not stick", held.entry, text=shortened(held.entry.value.text))

    def of_threat(self, g: Gathered, part: Part, inside: set[str]) -> Iterator[Block]:
        """Vulnerabilities, promises and expenses of one threat."""
        held = [one for one in self.vulnerabilities if one.entry.value.about in inside]
        actions = [one for one in directly(g, self.actions, inside) if not is_of(one, held)]
        yield Heading(g.fixed("vulnerabilities"), level=2, id=f"vulnerabilities-{part.name}")
        title = g.short(part.about)
        yield from vulnerability_blocks(g, held, actions, title, f"actions-{part.name}")
        promised = [one for one in self.promises if _of(g, one, part)]
        if promised:
            yield Heading(g.fixed("promised"), level=2, id=f"promised-{part.name}")
            yield Paragraph(g.fixed("promised-told"), tuple(map(answer_said, promised)))
        spent = [
            one for one in g.expenses if {one.link.value.source, one.link.value.target} & inside
        ]
        if spent:
            yield Heading(g.fixed("expense"), level=2, id=f"expense-{part.name}")
            for one in spent:
                ends = (one.link.value.source, one.link.value.target)
                for end in ends:
                    if end in inside:
                        yield Paragraph(expense_said(one, end))


def owed(g: Gathered) -> Owed:
    """Read what is owed, as at the day of the paper."""
    day = g.brief.held_on
    concerns = vulnerabilities(g.view, as_at=day, scope=g.scope)
    actions: dict[str, Due] = {one.entry.subject: one for held in concerns for one in held.actions}
    for answering in g.answering.values():
        for entry in answering:
            value = entry.value
            ours = value.scope in (None, g.scope) and value.mode == "achieve"
            named = entry.subject not in actions and ours
            if named and value.window.end is not None and not is_promise(entry):
                actions[entry.subject] = due(g.view, entry.subject, as_at=day, scope=g.scope)
    mine = instruments_of(g.view, g.cycle.value.editions)
    promised = tuple(
        standing(g.view, one.subject, as_at=day)
        for one in promises(g.view, scope=g.scope)
        if one.effective <= day
        and one.value.facet.paper != g.brief.document  # type: ignore[union-attr]
        and _on_subject(g, one, mine)
    )
    return Owed(promised, concerns, tuple(actions.values()))


def unexplained(g: Gathered, held: Owed) -> tuple[Due, ...]:
    """Overdue actions of which nobody has said why, and nobody has decided, since their day."""
    return tuple(one for one in held.overdue if not _explained(g, one))


def _explained(g: Gathered, one: Due) -> bool:
    day = one.due_on
    if day is None:
        return False
    said = (
        *g.view.all(Decision, about=one.entry.subject),
        *g.view.all(Judgement, about=one.entry.subject),
    )
    return any(entry.held is not None and day <= entry.effective <= one.as_at for entry in said)


def vulnerability_blocks(
    g: Gathered, held: Sequence[Vulnerability], direct: Sequence[Due], title: Filling, anchor: str
) -> Iterator[Block]:
    """A table of vulnerabilities with a row an action; then what did not stick or was accepted.

    Args:
        g: What the paper is written from.
        held: The vulnerabilities.
        direct: Actions that answer a requirement and no vulnerability.
        title: Of what they are.
        anchor: The anchor of the table.
    """
    rows = [row for one in held for row in _rows(g, one)]
    rows += [
        Row(_words(one.entry), (_who(g, one), Missing(g.line("this-line")), *_dates(g, one)))
        for one in direct
    ]
    if not rows:
        yield Paragraph(tell("no vulnerability"))
        return
    idle = not direct and not any(one.actions for one in held)
    if idle:
        rows = [Row(one.header, (one.cells[0], one.cells[-1])) for one in rows]
    named = ("owner", "action", "due", "where-it-stands")
    columns = tuple(Column(g.line(one)) for one in named)
    yield Table(
        caption=g.fixed("in-the-way", title=title),
        stub=g.line("vulnerability"),
        columns=(columns[0], columns[-1]) if idle else columns,
        rows=tuple(rows),
        note=tell("idle") if idle else None,
        id=anchor,
    )
    told = [
        resting(said, one.entry)
        for one in held
        for said in one.statements()[1 : len(one.statements()) - len(one.actions)]
    ]
    moves = [
        resting(
            of_what(action.entry, move.statement()), move.entry, *filter(None, (move.decision,))
        )
        for action in (*(a for one in held for a in one.actions), *direct)
        for move in action.dates.moves
    ]
    if told or moves:
        yield Paragraph(g.fixed("what-moved"), (*told, *moves))


def _rows(g: Gathered, one: Vulnerability) -> Iterator[Row]:
    value = one.entry.value
    state = "closed" if one.is_closed else "open"
    owner = tell("word", one.entry, word=one.owner)
    if not one.actions:
        yield Row(
            _words(one.entry),
            (
                owner,
                Missing(g.line("no-action")),
                Missing(g.line("no-day")),
                tell("word", one.entry, word=state),
            ),
        )
    for action in one.actions:
        said = Statement.quoted(value.text, source=one.entry.source, marking=one.entry.marking)
        yield Row(said, (_who(g, action, one.owner), _words(action.entry), *_dates(g, action)))


def _who(g: Gathered, action: Due, other: str = "") -> Held:
    owner = action.owner or other
    return tell("word", action.entry, word=owner) if owner else g.word("no-post", action.entry)


def _dates(g: Gathered, action: Due) -> tuple[Held, ...]:
    return (_day(g, action), tell("word", action.entry, word=_state(action)))


def _day(g: Gathered, action: Due) -> Held:
    """The day by which it is due; of one that moved, the first day and how often it did."""
    entry, dates = action.entry, action.dates
    if dates.now is None:
        return Missing(g.line("no-day"))
    said = dates.statement()
    if said is None or dates.first is None:
        return tell("due", entry, now=dates.now)
    times = said.figures[0]
    return tell("due moved", entry, now=dates.now, first=dates.first, times=times)


def _state(action: Due) -> str:
    state = str(action.state)
    return f"{state}; overdue" if action.overdue else state


def _words(entry: Entry[Any]) -> Statement:
    text = getattr(entry.held, "text", "") or path_of(entry.subject)
    return Statement.quoted(text, source=entry.source, marking=entry.marking)


def _action(one: Due) -> Statement:
    return tell(
        "action late",
        one.entry,
        text=shortened(one.entry.value.text),
        owner=one.owner or "no post",
        day=one.due_on or one.as_at,
    )


def _told(g: Gathered, entries: Sequence[Entry[Any]], words: str) -> Statement:
    number = g.count(entries, "", what=f"promises {words}")
    return tell("mark", *close_ones(entries), number=number, words=words)


def expense_said(one: Expense, end: str) -> Statement:
    """What is met at whose expense, as it stands in the section of either."""
    ends = [held for held in (one.duty, one.other) if held is not None]
    return resting(one.said_of(end), *close_ones(ends), *one.prices)


def ledger(g: Gathered, held: Owed) -> Iterator[Block]:
    """Every dated promise of an issued paper: to come, kept, broken, not answered."""
    yield Heading(g.fixed("ledger"), id="promises")
    if not held.promises:
        yield Paragraph(opened(ended(tell("no promises"))))
        return
    rows = tuple(
        Row(
            Statement.quoted(
                one.entry.value.text, source=one.entry.source, marking=one.entry.marking
            ),
            (
                tell("promised in", one.entry, paper=one.paper, place=one.facet.at),
                _by(g, one),
                g.word(BECAME[one.became], one.entry),
            ),
        )
        for one in held.promises
    )
    yield Table(
        caption=g.fixed("ledger-table", day=g.brief.held_on),
        stub=g.line("promise"),
        columns=tuple(Column(g.line(one)) for one in ("promised-in", "by", "became")),
        rows=rows,
        id="ledger",
    )
    told = tuple(map(answer_said, held.due))
    if told:
        yield Paragraph(g.fixed("what-says-so"), told)


def answer_said(one: Standing) -> Statement:
    """What became of a promise; not that the next paper must answer it, for this one does."""
    said, asked = one.statement(), TEMPLATES["to be answered"]
    if said.parts and said.parts[-1].text == asked:
        said = replace(said, parts=said.parts[:-2])
    shown = [] if one.deciding is None else [one.deciding.observed.entry]
    judged = [] if one.judged is None else [one.judged.entry]
    return resting(said, one.entry, *shown, *judged)


def _by(g: Gathered, one: Standing) -> Statement:
    first, now = one.dates.first, one.dates.now
    if first is None:
        return g.word("no-day", one.entry)
    said = day_said(first)
    if now is not None and now != first:
        said = f"{said}; now {day_said(now)}"
    return tell("word", one.entry, word=said)


def is_late(one: Due) -> bool:
    """Whether the day of an action has passed without its end."""
    return one.overdue or (one.state is State.NO_OUTTURN and one.state not in ENDED)


def directly(g: Gathered, actions: tuple[Due, ...], inside: set[str]) -> Iterator[Due]:
    """Of some actions, those that answer one of some requirements."""
    answered = {one.subject for about in inside for one in g.answering.get(about, ())}
    return (one for one in actions if one.entry.subject in answered)


def is_of(action: Due, held: Sequence[Vulnerability]) -> bool:
    """Whether an action answers one of some vulnerabilities."""
    return any(action.entry.subject == one.entry.subject for each in held for one in each.actions)


def is_promise(entry: Entry[Expectation]) -> bool:
    """Whether an issued paper promised it."""
    facet = entry.value.facet
    return facet is not None and facet.type == "promise"


def _of(g: Gathered, one: Standing, part: Part) -> bool:
    """Whether a promise is on a threat, also where an earlier edition named its topic."""
    topic = one.facet.topic
    if topic is None or part.about in (topic, *g.cells.above(topic)):
        return topic is not None
    return g.code_of(topic).partition("/")[0] == g.code_of(part.about).partition("/")[0]


def _on_subject(g: Gathered, one: Entry[Expectation], mine: set[str]) -> bool:
    facet = one.value.facet
    topic, paper = getattr(facet, "topic", None), getattr(facet, "paper", "")
    if topic is not None:
        found = g.view.find(topic)
        edition = getattr(found.held, "edition", "") if found else ""
        return not edition or bool(instruments_of(g.view, (edition,)) & mine)
    document = g.view.find(paper)
    held = document.held if document else None
    cycle = g.view.find(held.cycle) if isinstance(held, Document) and held.cycle else None
    if cycle is None or not isinstance(cycle.held, Cycle):
        return True
    return bool(instruments_of(g.view, cycle.held.editions) & mine)
