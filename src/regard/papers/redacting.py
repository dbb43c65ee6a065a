"""Makes the version of a paper that may go further: what is withheld is absent, and says why.

A member's motion of Guildford Borough Council (democracy.guildford.gov.uk, item 6606) asks four
things of an exempt paper, which each redaction answers in the place of the words: why they
are withheld, by whom, until when, and how to challenge that. Numbers of paragraphs, tables,
charts and recommendations stay what they are in the whole paper.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from regard.core.errors import MOST_PROBLEMS, DefinitionRefused, PaperRefused, shown
from regard.core.markings import OFFICIAL, Marking
from regard.core.statements import Statement, together
from regard.papers.fixed import FIXED
from regard.papers.model import (
    CHART,
    LANGUAGE,
    TABLE,
    Block,
    Bullets,
    Cell,
    Chart,
    Document,
    Heading,
    Implication,
    Missing,
    Note,
    Paragraph,
    Recommendation,
    Recommended,
    Row,
    Table,
    Withheld,
    Words,
    words_of,
)
from regard.papers.removing import repeated, without_figures

WITHHELD = FIXED.line("withheld", LANGUAGE)


@dataclass(frozen=True)
class Redaction:
    """One decision to withhold, with the four things that a reader is told.

    Attributes:
        item: What is withheld: a statement, wherever the paper says it, or the id of a
            block or recommendation. A block without an id of its own goes by its kind and
            number as printed, such as `paragraph-12`, `table-2` or `recommendation-1`.
        ground: Why, such as a section of an Act.
        by: The post that decided it.
        until: The last day of the ground; after it the decision has to be taken anew.
        challenge: How a reader can challenge it.
    """

    item: Statement | str
    ground: str
    by: str
    until: date
    challenge: str

    def __post_init__(self) -> None:
        for name in ("ground", "by", "challenge"):
            if not getattr(self, name).strip():
                raise DefinitionRefused(
                    f"a redaction until {self.until} does not say its {name}",
                    expected="a ground, the post that decided, a day and how to challenge it",
                )

    def in_force_on(self, day: date) -> bool:
        """Whether its ground still holds on a day."""
        return day <= self.until

    @property
    def line(self) -> Statement:
        """What stands in the place of what is withheld."""
        return Statement.of(
            "{withheld} until {until}. Ground: {ground}. Decided by: {by}. How to challenge it: "
            "{challenge}.",
            withheld=WITHHELD,
            until=self.until,
            ground=self.ground.strip().rstrip("."),
            by=self.by.strip().rstrip("."),
            challenge=self.challenge.strip().rstrip("."),
        )


def public(document: Document, redactions: Sequence[Redaction], *, to: Marking) -> Document:
    """The paper as it may be held at a lower marking, without what is withheld.

    A chart that says anything withheld is withheld whole, since its picture, its words and
    its data say one thing; so is a table that is named by its id. Of figures that stand on
    a withheld one the trace ends where it begins; sources and methods of withheld words
    alone are not listed.

    Args:
        document: The whole paper.
        redactions: What is withheld, each once.
        to: How closely the version may be held, such as OFFICIAL.

    Raises:
        PaperRefused: something is held more closely than `to` and no redaction covers it, a
            redaction names nothing or two things, its ground has lapsed on the day of the
            paper, or withheld words are said in a place that carries no marking. Every such
            place is named, and none of the words.
    """
    redactor = _Redactor(redactions, to, document.language)
    made = redactor.document(document)
    problems = [*dict.fromkeys(redactor.problems), *redactor.unused(document)]
    if not problems:
        made = without_figures(made, redactor.gone)
        problems = list(repeated(made, redactor.gone, redactor.close))
    if problems:
        told = "".join(f"\n  {one}" for one in problems[:MOST_PROBLEMS])
        count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"
        raise PaperRefused(
            f"no version held as {to} was made of {shown(document.title.title)}: {count}{told}",
            expected=f"a redaction for everything that is held more closely than {to}",
        )
    return made


def holds(document: Document, item: str) -> bool:
    """Whether a paper has a block of that name: its id, or its kind and number."""
    asked = Redaction(
        item=item, ground="asked", by="asked", until=document.title.held_on, challenge="asked"
    )
    redactor = _Redactor((asked,), OFFICIAL, document.language)
    redactor.document(document)
    return bool(redactor.matched[0])


@dataclass
class _Redactor:
    redactions: Sequence[Redaction]
    to: Marking
    language: str
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    gone: list[Block | Words] = field(default_factory=list)
    close: list[Words] = field(default_factory=list)  # of what is gone, never to be said again
    matched: Counter[int] = field(default_factory=Counter)

    @property
    def withheld(self) -> str:
        """What stands where a title is withheld."""
        return FIXED.line("withheld", self.language)

    def document(self, whole: Document) -> Document:
        """The paper with lines in the place of what is withheld, numbered as it was."""
        title = whole.title
        if title.marking is None or not self.to.covers(title.marking):
            title = replace(title, marking=self.to)
        purpose = tuple(map(self.paragraph, whole.purpose))
        recommendations = tuple(map(self.recommendation, whole.recommendations))
        ids = zip(whole.recommendations, recommendations, strict=True)
        renamed = {one.id: other.id for one, other in ids}
        blocks = tuple(
            replace(one, id=renamed.get(one.id, one.id)) if isinstance(one, Recommended) else one
            for block in whole.blocks
            for one in self.block(block)
        )
        implications = tuple(
            Implication(one.kind, tuple(map(self.paragraph, one.paragraphs)))
            for one in whole.implications
        )
        return replace(
            whole,
            title=title,
            purpose=purpose,
            blocks=blocks,
            recommendations=recommendations,
            implications=implications,
        )

    def unused(self, whole: Document) -> Iterator[str]:
        """What is wrong with the redactions themselves."""
        seen: set[Statement | str] = set()
        for number, one in enumerate(self.redactions, start=1):
            named = shown(one.item) if isinstance(one.item, str) else "its statement"
            count = self.matched[number - 1]
            if one.item in seen:
                yield f"redaction {number}: {named} is withheld twice"
            elif not count:
                yield f"redaction {number}: {named} is not in the paper"
            elif count > 1 and isinstance(one.item, str):
                yield f"redaction {number}: {named} is the id of {count} things"
            if not one.in_force_on(whole.title.held_on):
                yield f"redaction {number}: its ground lapsed on {one.until}, before the paper"
            seen.add(one.item)

    def of(self, *named: str) -> Redaction | None:
        """The redaction of something by one of its names."""
        found = None
        for index, one in enumerate(self.redactions):
            if isinstance(one.item, str) and one.item and one.item in named:
                self.matched[index] += 1
                found = one
        return found

    def of_words(self, words: Words) -> Redaction | None:
        """The redaction of a statement."""
        found = None
        for index, one in enumerate(self.redactions):
            if isinstance(words, Statement) and one.item == words:
                self.matched[index] += 1
                found = one
        return found

    def drop(self, held: Block | Words, words: Iterable[Words]) -> None:
        """Remember what is gone, and which of its words may be said nowhere else."""
        self.gone.append(held)
        for one in words:
            named = self.of_words(one) is not None
            if named or (isinstance(one, Statement) and not self.to.covers(one.marking)):
                self.close.append(one)

    def words(self, words: Words, place: str) -> Words:
        """The words, or the line in their place."""
        if redaction := self.of_words(words):
            self.gone.append(words)
            self.close.append(words)
            return redaction.line
        if isinstance(words, Statement) and not self.to.covers(words.marking):
            self.problems.append(f"{place}: held as {words.marking}, and no redaction covers it")
        return words

    def next(self, kind: str) -> int:
        self.counts[kind] += 1
        return self.counts[kind]

    def paragraph(self, one: Paragraph) -> Paragraph:
        number = self.next("paragraph")
        if redaction := self.of(one.id, f"paragraph-{number}"):
            self.drop(one, words_of(one))
            return Paragraph(redaction.line)
        place = f"paragraph {number}"
        text = self.words(one.text, place)
        bullets = tuple(
            self.words(bullet, f"{place}, bullet {at}")
            for at, bullet in enumerate(one.bullets, start=1)
        )
        return Paragraph(text, bullets, one.id if text is one.text else "")

    def recommendation(self, one: Recommendation) -> Recommendation:
        number = self.next("recommendation")
        if redaction := self.of(one.id, f"recommendation-{number}"):
            self.drop(one.text, (one.text,))
            return Recommendation(f"withheld-{number}", redaction.line)
        text = self.words(one.text, f"recommendation {number}")
        return Recommendation(one.id if text is one.text else f"withheld-{number}", text)

    def block(self, block: Block) -> tuple[Block, ...]:
        match block:
            case Paragraph():
                return (self.paragraph(block),)
            case Heading():
                return self.heading(block)
            case Note():
                return (self.note(block),)
            case Bullets():
                return (self.bullets(block),)
            case Table():
                return (self.table(block),)
            case Chart():
                return (self.chart(block),)
            case Withheld():
                place = f"{block.kind} {self.next(block.kind)}"
                return (replace(block, text=self.words(block.text, place)),)
            case Recommended():
                return (block,)

    def heading(self, one: Heading) -> tuple[Block, ...]:
        """A heading too short for four facts has them in a line below it."""
        number = self.next("heading")
        if redaction := self.of(one.id):
            self.drop(one, words_of(one))
            return (Heading(self.withheld, one.level), Note(redaction.line))
        text = self.words(one.text, f"heading {number} of the body")
        if text is one.text:
            return (one,)
        return (Heading(self.withheld, one.level), Note(text))

    def note(self, one: Note) -> Note:
        number = self.next("note")
        if redaction := self.of(one.id, f"note-{number}"):
            self.drop(one, words_of(one))
            return Note(redaction.line)
        text = self.words(one.text, f"line {number} without a number")
        return Note(text, one.id if text is one.text else "")

    def bullets(self, one: Bullets) -> Bullets:
        number = self.next("list")
        if redaction := self.of(one.id, f"list-{number}"):
            self.drop(one, words_of(one))
            return Bullets((redaction.line,))
        items = tuple(
            self.words(item, f"list {number}, item {at}")
            for at, item in enumerate(one.items, start=1)
        )
        return Bullets(items, one.id)

    def chart(self, one: Chart) -> Chart | Withheld:
        number = self.next(CHART)
        found = [self.of(one.id, f"{CHART}-{number}"), *map(self.of_words, words_of(one))]
        lines = tuple(dict.fromkeys(redaction.line for redaction in found if redaction))
        if lines:
            self.drop(one, words_of(one))
            return Withheld(CHART, together(lines))
        for words in words_of(one):
            self.words(words, f"chart {number}")
        return one

    def table(self, one: Table) -> Table | Withheld:
        number = self.next(TABLE)
        if redaction := self.of(one.id, f"{TABLE}-{number}"):
            self.drop(one, words_of(one))
            return Withheld(TABLE, redaction.line)
        place, before = f"table {number}", len(self.gone)
        lines: dict[Statement, None] = {}
        caption = self._inside(one.caption, f"{place}, caption", lines, self.withheld)
        rows = tuple(
            self.row(row, f"{place}, row {at}", lines) for at, row in enumerate(one.rows, start=1)
        )
        note = None if one.note is None else self.words(one.note, f"{place}, note")
        if len(self.gone) == before:
            return one
        if note is not None:
            told = note if isinstance(note, Statement) else Statement.of("{note}", note=note)
            lines = {told: None, **lines}
        return replace(one, caption=caption, rows=rows, note=together(tuple(lines)))

    def row(self, row: Row, place: str, lines: dict[Statement, None]) -> Row:
        header = self._inside(row.header, f"{place}, header", lines, self.withheld)
        return Row(header, tuple(self.cell(cell, place, lines) for cell in row.cells))

    def cell(self, cell: Cell, place: str, lines: dict[Statement, None]) -> Cell:
        if not isinstance(cell, Statement):
            return cell
        text = self._inside(cell, place, lines, "")
        return text if text is cell else Missing(FIXED.line("see-below", self.language))

    def _inside(self, words: Words, place: str, lines: dict[Statement, None], short: str) -> Words:
        """Words of a table: where they are withheld, in short, with the line below the table."""
        text = self.words(words, place)
        if text is words or not isinstance(text, Statement):
            return words
        lines[text] = None
        return short
