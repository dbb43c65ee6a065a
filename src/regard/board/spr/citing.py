"""The figures that a paper prints, and the entries that its words and figures come from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from regard.board.spr.phrases import APART
from regard.core.figures import Figure
from regard.core.statements import Statement
from regard.papers.model import Block, Chart, Document, Table, Words
from regard.register.kinds.speech import Frozen

_ENTRY = re.compile(r"entry ([\d,]+): (\S+)")


def figures_of(paper: Document) -> tuple[Figure, ...]:
    """Every figure that a paper prints, and all that those were computed from, each once."""
    return _walked((*_of_words(paper.words()), *_of_cells(paper.blocks)))


def cited(paper: Document) -> tuple[Frozen, ...]:
    """Every figure of a paper as it prints it, with each entry that it comes from."""
    found: dict[tuple[str, int | None], Frozen] = {}
    for figure in figures_of(paper):
        seqs = sorted({seq for seq, _ in entries_behind(figure)})
        for seq in seqs:
            found[figure.id, seq] = Frozen(figure=figure.id, printed=str(figure), seq=seq)
        if not seqs:
            source = "; ".join(str(one) for one in figure.sources)
            found[figure.id, None] = Frozen(figure=figure.id, printed=str(figure), source=source)
    return tuple(found.values())


def entries_cited(paper: Document) -> Iterator[tuple[int, str]]:
    """The number and the subject of every entry whose words or numbers a paper prints."""
    for words in paper.words():
        if isinstance(words, Statement) and words.source is not None:
            yield from entry_named(words.source.reference)
    for figure in figures_of(paper):
        yield from entries_behind(figure)


def entries_behind(figure: Figure) -> Iterator[tuple[int, str]]:
    """The number and the subject of every entry that a figure names as its source."""
    for one in figure.sources:
        yield from entry_named(one.reference)


def entry_named(reference: str) -> Iterator[tuple[int, str]]:
    """The entries that a source names; none where it names something else."""
    for one in reference.split(APART):
        if found := _ENTRY.match(one):
            yield int(found[1].replace(",", "")), found[2]


def _walked(printed: Iterable[Figure]) -> tuple[Figure, ...]:
    found: dict[str, Figure] = {}
    for figure in printed:
        for one in figure.walk():
            found.setdefault(one.id, one)
    return tuple(found.values())


def _of_words(words: Iterable[Words]) -> Iterator[Figure]:
    for one in words:
        if isinstance(one, Statement):
            yield from one.figures


def _of_cells(blocks: Iterable[Block]) -> Iterator[Figure]:
    for block in blocks:
        tables = (block.table, block.sheet) if isinstance(block, Chart) else (block,)
        for table in tables:
            if isinstance(table, Table):
                for row in table.rows:
                    yield from (cell for cell in row.cells if isinstance(cell, Figure))
