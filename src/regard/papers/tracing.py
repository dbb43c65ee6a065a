"""The annexes that follow every figure back: what it is, on what it stands, where it is said.

What many entries would repeat is written once, under a short label: sources S1, S2...,
selections of rows R1, R2..., methods M1, M2...
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from regard.core.figures import Figure, Source
from regard.core.periods import Month
from regard.papers.characters import fit, fit_line
from regard.papers.layout import Entry, Key, Link, Place
from regard.papers.noting import Notes

OFTEN = 3  # entries that repeat the same words before the words get a label
LONG = 24  # characters of words that are worth a label
_VERSION = re.compile(r"\d")
COMPUTED = "figures"  # the kind of source that its parts already tell


class _Labels:
    """Short labels for words, in the order in which they are first needed."""

    def __init__(self, letter: str, anchor: str, worth: Iterable[str] = ()) -> None:
        self.letter = letter
        self.anchor = anchor
        self.worth = frozenset(worth)
        self.numbers: dict[str, int] = {}

    def link(self, words: str) -> Link:
        number = self.numbers.setdefault(words, len(self.numbers) + 1)
        return Link(f"{self.letter}{number}", f"{self.anchor}-{number}")

    def told(self, words: str) -> Link:
        """The label if the words are worth one, or else the words."""
        return self.link(words) if words in self.worth else Link(fit(words))

    @property
    def keys(self) -> tuple[Key, ...]:
        return tuple(
            Key(link.text, fit_line(words), link.anchor)
            for words, link in ((words, self.link(words)) for words in self.numbers)
        )


class Tracing:
    """The entries of a paper's figures and the labels they use.

    Args:
        notes: The figures, complete with all they stand on.
        sources: What the paper says it rests on, which gets the first labels.
    """

    def __init__(self, notes: Notes, sources: Sequence[Source] = ()) -> None:
        self.notes = notes
        figures = list(notes.figures.values())
        conditions = {figure.id: {_cut(one)[1] for one in figure.sources} for figure in figures}
        self.selections = _Labels("R", "selection", _often(conditions.values()))
        pieces = _often(_pieces(one.method) for one in figures)
        # Plain words, such as `percent change`, say more than a label would.
        self.methods = _Labels("M", "method", (one for one in pieces if _VERSION.search(one)))
        self.details = {one.reference: one.detail for one in sources}
        self.sources = _Labels("S", "source")
        for one in sources:
            self.sources.link(one.reference)
        self.scope = _commonest(one.scope for one in figures)
        self.basis = _commonest(one.basis for one in figures)
        self.seen: dict[tuple[Source, ...], tuple[int, str]] = {}
        self.entries = tuple(map(self._entry, figures))

    @property
    def source_keys(self) -> tuple[Key, ...]:
        """What S1, S2... stand for."""
        told = []
        for key, reference in zip(self.sources.keys, self.sources.numbers, strict=True):
            source = Source("", reference, self.details.get(reference, ""))
            told.append(Key(key.label, fit_line(str(source)), key.anchor))
        return tuple(told)

    @property
    def left_out(self) -> str:
        """What entries leave unsaid because nearly all would say it; empty if nothing."""
        held = [
            told
            for told in (
                f"is about {self.scope}" if self.scope else "",
                f"has the base “{self.basis}”" if self.basis else "",
            )
            if told
        ]
        return f" An entry that says no other {' and '.join(held)}." if held else ""

    def _entry(self, figure: Figure) -> Entry:
        number, anchor = self.notes.number(figure)
        parts = tuple(dict.fromkeys(map(self.notes.number, figure.parts)))
        places = tuple(self.notes.places[anchor])
        told = [
            *self._described(figure),
            *self._sourced(figure, (number, anchor)),
            *_computed(parts),
            *_said_in(places),
        ]
        return Entry(number, anchor, fit_line(str(figure)), _joined(told), parts, places)

    def _described(self, figure: Figure) -> Iterator[Link]:
        if figure.interval is not None:
            yield Link(f", {figure.level_said} range {figure.range_said}")
        yield Link(fit(f": {figure.measure}"))
        if figure.scope != self.scope:
            yield Link(fit(f", {figure.scope}"))
        yield Link(f", {_when(figure)}")
        if figure.basis != self.basis:
            yield Link(fit(f"; {figure.basis}"))
        for piece in _pieces(figure.method):
            yield Link("; ")
            yield self.methods.told(piece)
        if figure.missing:
            yield Link(fit(f"; missing: {figure.missing}"))
        yield Link(".")

    def _sourced(self, figure: Figure, entry: tuple[int, str]) -> Iterator[Link]:
        held = tuple(one for one in figure.sources if one.kind != COMPUTED or not figure.parts)
        if not held:
            return
        if len(held) > 1 and self.seen.setdefault(held, entry) != entry:
            number, anchor = self.seen[held]
            yield Link(" Sources as in entry ")
            yield Link(str(number), anchor)
            yield Link(".")
            return
        yield Link(" From ")
        for index, (condition, alike) in enumerate(groupby(held, key=lambda one: _cut(one)[1])):
            yield Link("; " if index else "")
            yield from self._named(list(alike))
            if condition:
                yield Link(" where ")
                yield self.selections.told(condition)
        yield Link(".")

    def _named(self, sources: Sequence[Source]) -> Iterator[Link]:
        """Sources by their labels, each with what was taken from it."""
        named = groupby(sources, key=lambda one: one.reference)
        for index, (reference, taken) in enumerate(named):
            yield Link(", " if index else "")
            known = self._known(reference)
            yield self.sources.link(known)
            yield Link(fit(reference.removeprefix(known)))
            details = [_cut(one)[0] for one in taken if one.detail != self.details.get(reference)]
            if any(details):
                yield Link(fit(f" ({'; '.join(filter(None, details))})"))

    def _known(self, reference: str) -> str:
        """The longest reference with a label of which this one names a place, or itself."""
        known = (one for one in self.sources.numbers if reference.startswith(f"{one}, "))
        return (
            reference
            if reference in self.sources.numbers
            else max(known, key=len, default=reference)
        )


def _cut(source: Source) -> tuple[str, str]:
    """How much was taken from a source, and by which condition."""
    taken, _, condition = source.detail.partition(" where ")
    return taken, condition


def _pieces(method: str) -> tuple[str, ...]:
    return tuple(method.split("; "))


def _often(told: Iterable[Iterable[str]]) -> set[str]:
    """Words long enough for a label that stand in at least `OFTEN` entries."""
    counts = Counter(words for entry in told for words in set(entry))
    return {words for words, count in counts.items() if len(words) > LONG and count >= OFTEN}


def _commonest(told: Iterable[str]) -> str:
    """What most entries would say; empty if no two say the same."""
    counts = Counter(told).most_common(1)
    return counts[0][0] if counts and counts[0][1] > 1 else ""


def _when(figure: Figure) -> str:
    """The days of a figure in few words: whole months as months."""
    period = figure.period
    if period is None:
        return f"at {figure.as_at.day} {figure.as_at:%b %Y}"
    first, last = Month.of(period.start), Month.of(period.end)
    if period.start == first.start and period.end == last.end:
        ends = [f"{one.start:%b %Y}" for one in (first, last)]
    else:
        ends = [f"{day.day} {day:%b %Y}" for day in (period.start, period.end)]
    return " to ".join(dict.fromkeys(ends))


def _computed(parts: Sequence[tuple[int, str]]) -> Iterator[Link]:
    """The entries a figure was computed from, such as `entries 3 and 14 to 49`."""
    if not parts:
        return
    yield Link(f" Computed from {'entry' if len(parts) == 1 else 'entries'} ")
    spans: list[list[tuple[int, str]]] = []
    for part in sorted(parts):
        if spans and spans[-1][-1][0] == part[0] - 1:
            spans[-1].append(part)
        else:
            spans.append([part])
    for index, span in enumerate(spans):
        if index:
            yield Link(" and " if index == len(spans) - 1 else ", ")
        yield Link(str(span[0][0]), span[0][1])
        if len(span) > 1:
            yield Link(" to " if len(span) > 2 or len(spans) > 1 else " and ")  # noqa: PLR2004
            yield Link(str(span[-1][0]), span[-1][1])
    yield Link(".")


def _said_in(places: Sequence[Place]) -> Iterator[Link]:
    """The places of a figure; what is counted alike is named once: `paragraph 26, 27`."""
    if not places:
        return
    yield Link(" Said in ")
    before = ""
    for index, place in enumerate(places):
        kind, _, number = place.label.rpartition(" ")
        yield Link(", " if index else "")
        yield Link(
            number if kind and kind == before and number.isdigit() else place.label, place.anchor
        )
        before = kind
    yield Link(".")


def _joined(told: Iterable[Link]) -> tuple[Link, ...]:
    """The same words and links, neighbouring words as one."""
    joined: list[Link] = []
    for link in told:
        if not link.anchor and joined and not joined[-1].anchor:
            joined[-1] = Link(joined[-1].text + link.text)
        elif link.text:
            joined.append(link)
    return tuple(joined)
