"""An issued paper taken from the register again: written in the same bytes, and asked why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from regard.assurance.naming import Names
from regard.board.registering import digest_of, files_of, name_of_files
from regard.board.spr.citing import entries_behind, entry_named, figures_of
from regard.board.spr_paper import WRITTEN_BY
from regard.core.errors import NotKnown, PaperRefused
from regard.core.figures import Figure, Source
from regard.core.periods import day_said
from regard.core.statements import Statement, trace
from regard.papers.keeping import restored
from regard.papers.laying import lay
from regard.papers.layout import Place
from regard.papers.model import Document as Paper
from regard.papers.writing import Rendered, Written, file_stem, render
from regard.register.entries import Entry
from regard.register.kinds.speech import Document, Judgement
from regard.register.seeing import View
from regard.register.subjects import path_of

PAPERS_HELD = 8  # papers that are kept ready, as they were brought back from their text


@dataclass(frozen=True)
class Step:
    """One step of the answer to why a paper says a figure.

    Attributes:
        depth: How far from the figure, from 0.
        seq: The entry that it is; None for a figure.
        subject: What the entry is about; the name of a figure.
        told: What it says.
        sources: Where else than in entries a figure comes from.
    """

    depth: int
    seq: int | None
    subject: str
    told: str
    sources: tuple[Source, ...] = ()

    def __str__(self) -> str:
        return f"{'  ' * self.depth}{self.told}"


@dataclass(frozen=True)
class Traced:
    """A figure of a paper, followed back.

    Attributes:
        entry: The document in the register.
        paper: The paper.
        number: The small number that is printed beside the figure.
        figure: The figure.
        said: The statements of the paper that say it; none where only a table or another figure
            holds it.
        places: Where it is said.
        steps: What it stands on, nearest first.
    """

    entry: Entry[Document]
    paper: Paper
    number: int
    figure: Figure
    said: tuple[Statement, ...]
    places: tuple[Place, ...]
    steps: tuple[Step, ...]


def paper_in(view: View, document: str) -> tuple[Entry[Document], Paper]:
    """A paper that the register keeps.

    Args:
        view: The register at a position.
        document: The paper.

    Raises:
        NotKnown: there is none of that name, or the reader may not see it.
        PaperRefused: it was only cited, and not written here.
        DefinitionRefused: its text is not one that a paper was kept as.
    """
    entry: Entry[Document] = view.one(document)
    if not entry.value.kept:
        raise PaperRefused(
            f"{document} was entered by its title and not written here",
            expected="a paper that was issued in this register",
            next_step=entry.value.source and f"look it up: {entry.value.source}",
        )
    return entry, brought_back(entry.value.kept)


@lru_cache(maxsize=PAPERS_HELD)
def brought_back(text: str) -> Paper:
    """The paper of a text, as `restored` gives it; the last few are kept ready.

    Raises:
        DefinitionRefused: as `restored` does.
    """
    return restored(text)


@lru_cache(maxsize=PAPERS_HELD)
def _noted(text: str) -> dict[str, tuple[int, Figure, tuple[Place, ...]]]:
    """The figures of a kept paper by their numbers and by their names."""
    paper = brought_back(text)
    held = {one.id: one for one in figures_of(paper)}
    found = {}
    for entry in lay(paper).entries:
        if entry.anchor in held:
            noted = (entry.number, held[entry.anchor], entry.places)
            found[str(entry.number)] = found[entry.anchor] = noted
    return found


def again(view: View, document: str, folder: Path) -> tuple[Written, ...]:
    """Write an issued paper again, byte for byte as it was, whatever was entered since.

    Args:
        view: The register at a position.
        document: The paper.
        folder: Where the files go; made if it is not there.

    Raises:
        NotKnown: there is none of that name.
        PaperRefused: it was not written here, or the bytes would not be the same; then no file
            is written, and the message names each format.
    """
    entry, paper = paper_in(view, document)
    made = _the_same(entry, paper, tuple(one for one, _ in entry.value.digests))
    return files_of(paper, made, folder, document)


def one_again(
    view: View,
    document: str,
    format: str,  # noqa: A002
    *,
    folder: Path | None = None,
) -> tuple[str, bytes]:
    """One format of an issued paper in the bytes in which it was issued, and its file's name.

    Args:
        view: The register at a position.
        document: The paper.
        format: Of those in which it was issued.
        folder: Where its files were written. One that holds the very bytes is taken from there;
            where it is gone, or was touched, the format is written again.

    Raises:
        NotKnown: there is none of that name, or it was not issued in that format.
        PaperRefused: as `again`.
    """
    entry, paper = paper_in(view, document)
    digests = dict(entry.value.digests)
    if format not in digests:
        raise NotKnown("format of the paper", format, digests)
    name = f"{file_stem(paper, name_of_files(document))}.{format}"
    file = folder / name if folder is not None else None
    if file is not None and file.is_file():
        held = file.read_bytes()
        if hashlib.sha256(held).hexdigest() == digests[format]:
            return name, held
    (made,) = _the_same(entry, paper, (format,))
    return name, made.content


def _the_same(
    entry: Entry[Document], paper: Paper, formats: tuple[str, ...]
) -> tuple[Rendered, ...]:
    """A paper rendered again; refused unless its bytes are those that were entered."""
    digests = dict(entry.value.digests)
    made = render(paper, formats)
    other = [one for one in made if digest_of(one) != digests[one.format]]
    if other:
        told = "; ".join(
            f"{one.format} is {digest_of(one)[:12]}… and was {digests[one.format][:12]}…"
            for one in other
        )
        raise PaperRefused(
            f"{entry.subject} (entry {entry.seq}) would not be the same bytes: {told}",
            expected="the bytes whose SHA-256 was entered when it was issued",
            next_step=_reason(paper),
        )
    return made


def _reason(paper: Paper) -> str:
    wrote = [one for one in paper.methods if one.startswith("regard ")]
    if wrote and wrote != [WRITTEN_BY]:
        return f"write it with {wrote[0]}, by which it was issued; this is {WRITTEN_BY}"
    return "write it on a machine with the typesetting and fonts by which it was issued"


def why(view: View, document: str, figure: str) -> tuple[Step, ...]:
    """Why a paper says a figure: what it stands on, down to the entries and their evidence.

    Evidence is told as it stood when the paper was written; what corrects it since has its own
    entry.

    Args:
        view: The register at a position; entries that its reader may not see are named only.
        document: The paper.
        figure: The small number that the paper prints beside it, or its name.

    Raises:
        NotKnown: there is no such paper, or it prints no such figure.
        PaperRefused: it was not written here.
    """
    return traced(view, document, figure).steps


def traced(view: View, document: str, figure: str) -> Traced:
    """A figure of a paper with the words that say it, their places, and why; see `why`.

    It asks the register a few questions, however many entries the figure stands on.
    """
    entry, paper = paper_in(view, document)
    noted = _noted(entry.value.kept)
    if figure not in noted:
        raise NotKnown(
            "figure of the paper",
            figure,
            [one for one in noted if one.isdecimal()],
            next_step="take the small number that stands beside it in the paper",
        )
    number, found, places = noted[figure]
    said = dict.fromkeys(
        one for one in paper.words() if isinstance(one, Statement) and found in one.figures
    )
    held = trace(found)
    behind = [(seq, subject) for one in held for seq, subject in entries_behind(one.figure)]
    written = _Written.learned(view, entry.value.position or view.position.seq, behind)
    steps: list[Step] = []
    for step in held:
        one = step.figure
        named = tuple(entries_behind(one))
        others = tuple(source for source in one.sources if not any(entry_named(source.reference)))
        steps.append(Step(step.depth, None, one.id, f"{one}: {one.described}", others))
        for seq, subject in named:
            steps.extend(written.entry(seq, subject, step.depth + 1))
    return Traced(entry, paper, number, found, tuple(said), places, tuple(steps))


@dataclass(frozen=True)
class _Written:
    """The register at the position from which a paper was written, as far as a figure needs it."""

    numbered: dict[int, Entry[Any]]
    cited: dict[str, Entry[Any]]
    names: Names

    @classmethod
    def learned(cls, view: View, position: int, behind: list[tuple[int, str]]) -> _Written:
        """Read the entries behind a figure, the evidence that they cite, and who said each."""
        numbered = view.numbered(seq for seq, _ in behind)
        cited: dict[str, Entry[Any]] = {}
        asked: set[str] = set()
        then = view.up_to(position)
        while wanted := _evidence_of((*numbered.values(), *cited.values())) - asked:
            asked |= wanted
            cited.update(then.many(wanted))
        names = Names(view)
        names.learn(tuple({one.post for one in (*numbered.values(), *cited.values())}))
        return cls(numbered, cited, names)

    def entry(self, seq: int, subject: str, depth: int) -> Iterator[Step]:
        """An entry, and the evidence that it cites."""
        entry = self.numbered.get(seq)
        if entry is None:
            told = f"entry {seq:,}: {subject}: this reader may not see it"
            yield Step(depth, seq, subject, told)
            return
        yield from self._said(entry, depth)

    def _said(self, entry: Entry[Any], depth: int) -> Iterator[Step]:
        named = f"entry {entry.seq:,}: {entry.subject}"
        if entry.held is None:
            yield Step(depth, entry.seq, entry.subject, f"{named}: its words were erased")
            return
        words = _words(entry.held)
        told = f"{named}, by {self.names.of(entry.post)}, true from {day_said(entry.effective)}"
        yield Step(depth, entry.seq, entry.subject, f"{told}: “{words}”" if words else told)
        if isinstance(entry.held, Judgement):
            for one in entry.held.evidence:
                yield from self._evidence(one, depth + 1)

    def _evidence(self, subject: str, depth: int) -> Iterator[Step]:
        cited = self.cited.get(subject)
        if cited is None:
            yield Step(depth, None, subject, f"{path_of(subject)}: this reader may not see it")
            return
        yield from self._said(cited, depth)


def _evidence_of(entries: Iterable[Entry[Any]]) -> set[str]:
    held = (one.held.evidence for one in entries if isinstance(one.held, Judgement))
    return {subject for evidence in held for subject in evidence}


def _words(value: Any) -> str:
    for name in ("reason", "text", "name", "title"):
        said = getattr(value, name, "")
        if isinstance(said, str) and said:
            return " ".join(said.split())
    return ""
