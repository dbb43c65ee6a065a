"""Takes out of a paper what only withheld words rest on, and finds where they are said again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from regard.core.figures import Figure, Source
from regard.core.statements import Statement
from regard.papers.model import Block, Chart, Document, Table, Words, words_of

STANDS_ON_WITHHELD = Source("withheld", "figures that are withheld from this version of the paper")
LEAST = 20  # letters from which it is no chance that the same words stand in two places
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+")


def without_figures(document: Document, gone: Sequence[Block | Words]) -> Document:
    """The paper without the figures, sources and methods of what is gone from it.

    A figure that the paper still says is no secret. One that stands on a secret keeps its
    value, which is said, and neither parts nor sources: they would tell the secret.

    Args:
        document: What is left.
        gone: The blocks and words that were taken out.
    """
    held = [figure for one in gone for said in figures_in(one) for figure in _all_of(said)]
    secret = {_fact(one) for one in held} - {_fact(one) for one in figures_in(document)}
    made: Document = _mapped(document, _Cut(secret))
    left = [figure for said in figures_in(made) for figure in _all_of(said)]
    gone_from, left_from = _references(gone, held), _references((made,), left)
    gone_by, left_by = _methods(held), _methods(left)
    return replace(
        made,
        sources=tuple(
            one
            for one in made.sources
            if _names(one.reference, left_from) or not _names(one.reference, gone_from)
        ),
        methods=tuple(one for one in made.methods if one in left_by or one not in gone_by),
    )


def figures_in(held: Any) -> Iterator[Figure]:
    """Every figure that a paper, a block or words say, not what those stand on."""
    if isinstance(held, Figure):
        yield held
    elif isinstance(held, tuple):
        for one in held:
            yield from figures_in(one)
    elif is_dataclass(held):
        for one in fields(held):
            yield from figures_in(getattr(held, one.name))


def repeated(
    document: Document, gone: Sequence[Block | Words], close: Iterable[Words]
) -> Iterator[str]:
    """The places of a paper that say what was taken out of it.

    Words held too closely may stand nowhere. Of all that was taken out, not one sentence
    may stand where no marking can: in the summary, a title, the alternative text or the
    data of a chart. Words of fewer than 20 letters are not looked for.

    Args:
        document: What is left.
        gone: The blocks and words that were taken out.
        close: Of their words those that may be said nowhere.
    """
    whole = {text for one in close if len(text := _evened(str(one))) >= LEAST}
    parts = {
        text
        for one in gone
        for words in _told(one)
        for sentence in _SENTENCE_ENDS.split(str(words))
        if len(text := _evened(sentence)) >= LEAST
    }
    if not whole | parts:
        return
    can_be_marked = {_evened(str(one)) for one in document.words()}
    for place, text in _strings(document, ""):
        evened = _evened(text)
        wanted = whole if evened in can_be_marked else whole | parts
        if any(one in evened for one in wanted):
            yield f"{place.removeprefix('.')}: says words that are withheld"


def _told(one: Block | Words) -> Iterator[Words]:
    """Words of what is gone that are its own; cells, headers and labels are anybody's."""
    match one:
        case Table():
            words: Iterable[Words | None] = (one.caption, one.note)
        case Chart():
            words = (one.reading, one.note)
        case Statement() | str():
            words = (one,)
        case _:
            words = words_of(one)
    of_data = isinstance(one, Table | Chart)
    for text in words:
        if isinstance(text, Statement) or (text is not None and not of_data):
            yield text


def _strings(held: Any, place: str) -> Iterator[tuple[str, str]]:
    """Every text in a paper with its place; a statement is one text."""
    if isinstance(held, str):
        yield place, held
    elif isinstance(held, Statement):
        yield place, str(held)
        for number, figure in enumerate(held.figures):
            yield from _strings(figure, f"{place}.figures[{number}]")
    elif isinstance(held, Mapping):
        for key, value in held.items():
            yield f"{place}.{key}", key
            yield from _strings(value, f"{place}.{key}")
    elif isinstance(held, tuple | list):
        for number, one in enumerate(held):
            yield from _strings(one, f"{place}[{number}]")
    elif is_dataclass(held):
        for one in fields(held):
            yield from _strings(getattr(held, one.name), f"{place}.{one.name}")


def _evened(text: str) -> str:
    return " ".join(text.split()).casefold()


class _Cut:
    """Ends the trace of figures where a secret would come next."""

    def __init__(self, secret: set[object]) -> None:
        self.secret = secret
        self.made: dict[int, tuple[Figure, Figure]] = {}  # the first keeps its address taken

    def __call__(self, figure: Figure) -> Figure:
        if id(figure) not in self.made:
            self.made[id(figure)] = (figure, self._cut(figure))
        return self.made[id(figure)][1]

    def _cut(self, figure: Figure) -> Figure:
        if any(_fact(part) in self.secret for part in figure.parts):
            return replace(figure, parts=(), sources=(STANDS_ON_WITHHELD,))
        parts = tuple(map(self, figure.parts))
        same = all(a is b for a, b in zip(parts, figure.parts, strict=True))
        return figure if same else replace(figure, parts=parts)


def _mapped(held: Any, change: Callable[[Figure], Figure]) -> Any:
    """The same, with every figure that it says changed."""
    if isinstance(held, Figure):
        return change(held)
    if isinstance(held, tuple):
        return tuple(_mapped(one, change) for one in held)
    if not is_dataclass(held) or isinstance(held, type):
        return held
    old = {one.name: getattr(held, one.name) for one in fields(held)}
    new = {name: _mapped(value, change) for name, value in old.items()}
    return replace(held, **new)


def _all_of(figure: Figure) -> tuple[Figure, ...]:
    """A figure and all that it stands on, each once."""
    found = {id(figure): figure}
    queue = [figure]
    for one in queue:
        fresh = {id(part): part for part in one.parts if id(part) not in found}
        found |= fresh
        queue.extend(fresh.values())
    return tuple(found.values())


def _fact(figure: Figure) -> object:
    """What a figure says, however it is printed and whatever it was computed from."""
    return (
        figure.value,
        figure.unit,
        figure.measure,
        figure.scope,
        figure.basis,
        figure.method,
        figure.as_at,
        figure.period,
        figure.interval,
        figure.missing,
    )


def _references(held: Sequence[Any], figures: Iterable[Figure]) -> set[str]:
    said = {one.source.reference for one in _statements(held) if one.source is not None}
    return said | {source.reference for figure in figures for source in figure.sources}


def _statements(held: Any) -> Iterator[Statement]:
    if isinstance(held, Statement):
        yield held
    elif isinstance(held, tuple | list):
        for one in held:
            yield from _statements(one)
    elif is_dataclass(held):
        for one in fields(held):
            yield from _statements(getattr(held, one.name))


def _names(reference: str, used: set[str]) -> bool:
    """Whether a source is used: itself, or a place in it."""
    return any(one == reference or one.startswith(f"{reference}, ") for one in used)


def _methods(figures: Iterable[Figure]) -> set[str]:
    return {piece for figure in figures for piece in (figure.method, *figure.method.split("; "))}
