"""An issued paper taken from the register again: written in the same bytes, and asked why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from regard.assurance.naming import Names
from regard.board.registering import digest_of, files_of
from regard.board.spr.citing import entries_behind, figures_of
from regard.board.spr_paper import WRITTEN_BY
from regard.core.errors import NotKnown, PaperRefused
from regard.core.figures import Figure
from regard.core.periods import day_said
from regard.core.statements import trace
from regard.papers.keeping import restored
from regard.papers.laying import lay
from regard.papers.layout import LaidEntries
from regard.papers.model import Document as Paper
from regard.papers.writing import Written, render
from regard.register.entries import Entry
from regard.register.kinds.speech import Document, Judgement
from regard.register.seeing import View
from regard.register.subjects import path_of


@dataclass(frozen=True)
class Step:
    """One step of the answer to why a paper says a figure.

    Attributes:
        depth: How far from the figure, from 0.
        seq: The entry that it is; None for a figure.
        subject: What the entry is about; the name of a figure.
        told: What it says.
    """

    depth: int
    seq: int | None
    subject: str
    told: str

    def __str__(self) -> str:
        return f"{'  ' * self.depth}{self.told}"


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
    return entry, restored(entry.value.kept)


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
    digests = dict(entry.value.digests)
    made = render(paper, tuple(digests))
    other = [one for one in made if digest_of(one) != digests[one.format]]
    if other:
        told = "; ".join(
            f"{one.format} is {digest_of(one)[:12]}… and was {digests[one.format][:12]}…"
            for one in other
        )
        raise PaperRefused(
            f"{document} (entry {entry.seq}) would not be the same bytes: {told}",
            expected="the bytes whose SHA-256 was entered when it was issued",
            next_step=_reason(paper),
        )
    return files_of(paper, made, folder, document)


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
    entry, paper = paper_in(view, document)
    written = _Written(view, Names(view), entry.value.position or view.position.seq)
    steps: list[Step] = []
    for held in trace(_figure(paper, figure)):
        one = held.figure
        steps.append(Step(held.depth, None, one.id, f"{one}: {one.described}"))
        for seq, subject in entries_behind(one):
            steps.extend(written.entry(seq, subject, held.depth + 1))
    return tuple(steps)


def _figure(paper: Paper, named: str) -> Figure:
    held = {one.id: one for one in figures_of(paper)}
    numbers = {
        str(entry.number): entry.anchor
        for block in lay(paper).blocks
        if isinstance(block, LaidEntries)
        for entry in block.entries
    }
    found = held.get(numbers.get(named, named))
    if found is None:
        raise NotKnown(
            "figure of the paper",
            named,
            numbers,
            next_step="take the small number that stands beside it in the paper",
        )
    return found


@dataclass(frozen=True)
class _Written:
    """The register at the position from which a paper was written."""

    view: View
    names: Names
    position: int

    def entry(self, seq: int, subject: str, depth: int) -> Iterator[Step]:
        """An entry, and the evidence that it cites."""
        entry = self.view.entry(seq)
        if entry is None or entry.held is None:
            gone = "its words were erased" if entry else "this reader may not see it"
            yield Step(depth, seq, subject, f"entry {seq:,}: {subject}: {gone}")
            return
        words = _words(entry.held)
        day = day_said(entry.effective)
        told = f"entry {seq:,}: {subject}, by {self.names.of(entry.post)}, true from {day}"
        yield Step(depth, seq, subject, f"{told}: “{words}”" if words else told)
        if isinstance(entry.held, Judgement):
            for one in entry.held.evidence:
                yield from self._evidence(one, depth + 1)

    def _evidence(self, subject: str, depth: int) -> Iterator[Step]:
        known = [one for one in self.view.history(subject) if one.seq <= self.position]
        if not known:
            yield Step(depth, None, subject, f"{path_of(subject)}: this reader may not see it")
            return
        cited = max(known, key=lambda one: (one.effective, one.seq))
        yield from self.entry(cited.seq, subject, depth)


def _words(value: Any) -> str:
    for name in ("reason", "text", "name", "title"):
        said = getattr(value, name, "")
        if isinstance(said, str) and said:
            return " ".join(said.split())
    return ""
