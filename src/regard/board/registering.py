"""Issues an assurance paper in the register: written, entered with all it cites, and published."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path

from regard.assurance.cells import Cells, cells
from regard.assurance.promises import promise_within
from regard.assurance.rounds import FIRST_FEW, still_to_speak
from regard.board.spr.citing import cited, entries_cited
from regard.board.spr.endings import PROMISE
from regard.board.spr.gathering import Brief, Gathered, gather
from regard.board.spr.owed import Owed, owed, unexplained
from regard.board.spr_paper import paper_of
from regard.core.errors import MOST_PROBLEMS, AccessRefused, DefinitionRefused, EntryRefused
from regard.core.markings import Marking
from regard.papers.keeping import kept
from regard.papers.model import Document as Paper
from regard.papers.writing import FORMATS, Rendered, Told, Written, file_stem, render, write
from regard.register.access import EVERYTHING
from regard.register.entries import Entry, Speaker
from regard.register.kinds.facts import Expectation
from regard.register.kinds.frame import Cycle
from regard.register.kinds.reading import changed, made
from regard.register.kinds.speech import Decision, Document
from regard.register.register import Register
from regard.register.subjects import path_of, subject_of

FILES = "papers"  # folder of a home in which papers are written


@dataclass(frozen=True)
class IssuedPaper:
    """A paper that was issued.

    Attributes:
        entry: The document in the register.
        paper: The paper itself.
        files: Its files, one a format.
        recommendations: The decisions that it proposes, as they were entered with it.
        promises: What it promised by a day.
    """

    entry: Entry[Document]
    paper: Paper
    files: tuple[Written, ...]
    recommendations: tuple[Entry[Decision], ...]
    promises: tuple[Entry[Expectation], ...] = ()


def document_of(cycle: str, scope: str) -> str:
    """The subject of the paper of a round on a body.

    Example:
        >>> document_of("cycle:2014-q4", "party:west-midlands")
        'document:west-midlands/assurance/2014-q4'
    """
    return subject_of("document", path_of(scope), "assurance", path_of(cycle))


def draft_spr_paper(
    register: Register,
    cycle: str,
    scope: str,
    *,
    brief: Brief,
    by: Speaker,
    folder: Path,
    formats: Sequence[str] = FORMATS,
) -> tuple[Paper, tuple[Written, ...]]:
    """Write the paper of a round as a draft, and enter nothing.

    Raises:
        NotKnown: there is no such round, body or format.
        AccessRefused: the speaker does not hold its post.
        PaperRefused: the paper is faulty.
    """
    g = _gathered(register, cycle, scope, replace(brief, issued=False), by)
    paper = paper_of(g)
    # A draft never lies where the issued paper does, which it would write over.
    return paper, write(paper, folder, formats, name=f"{name_of_files(g.brief.document)}-draft")


def issue_spr_paper(
    register: Register,
    cycle: str,
    scope: str,
    *,
    brief: Brief,
    by: Speaker,
    folder: Path,
    formats: Sequence[str] = FORMATS,
    told: Told = lambda _format: None,
) -> IssuedPaper:
    """Write the paper of a closed round and enter it, with what it cites, proposes and promises.

    Args:
        register: The register.
        cycle: The round.
        scope: The body.
        brief: To whom it is put, on which day, and what it promises: each promise is entered after
            it and owed to the next paper.
        by: Who issues it.
        folder: Where the files go.
        formats: Of `html`, `docx`, `odt` and `pdf`.
        told: Told each format before it is written.

    Raises:
        EntryRefused: the round is open, a promise that is due has no answer, an action is overdue
            and nobody has said why, or it was issued already; the message lists each.
        AccessRefused: the speaker may not issue papers, or not see all that was judged.
        PaperRefused: the paper is faulty.
        DefinitionRefused: a promise is due before the day of the paper.
    """
    g, held = must_be_issuable(register, cycle, scope, brief=brief, by=by)
    paper = _marked(g, paper_of(g, held))
    rendered = render(paper, formats, told=told)
    value = _entered(g, held, paper, rendered)
    # A paper whose entry was refused leaves no file, and one whose files could not be written is
    # not entered.
    with laid_out(paper, rendered, folder, g.brief.document) as files:
        entry, proposals, promises = _enter(register, g, value, paper.marking, by)
    return IssuedPaper(entry, paper, files, proposals, promises)


def must_be_issuable(
    register: Register, cycle: str, scope: str, *, brief: Brief, by: Speaker
) -> tuple[Gathered, Owed]:
    """Refuse a paper that could not be issued now, before anything of it is written.

    Returns:
        What the paper is written from, and what it owes.

    Raises:
        EntryRefused, AccessRefused, DefinitionRefused: as `issue_spr_paper` does.
    """
    g = _gathered(register, cycle, scope, replace(brief, issued=True), by)
    _must_see_all(register, g, by)
    held = owed(g)
    _may_be_issued(g, held)
    return g, held


def _enter(
    register: Register, g: Gathered, value: Document, marking: Marking, by: Speaker
) -> tuple[Entry[Document], tuple[Entry[Decision], ...], tuple[Entry[Expectation], ...]]:
    """The paper, what it proposes and what it promises, in one act."""
    digest = hashlib.sha256(value.kept.encode()).hexdigest()
    with register.acting(by) as act:
        act.learn(value.rests_on, entries=[one.seq for one in value.cites if one.seq])
        entry = act.enter(
            value,
            subject=g.brief.document,
            effective=g.brief.held_on,
            marking=marking,
            after=0,
        )
        proposals = tuple(
            act.enter(
                changed(one.value, paper=entry.subject, paper_digest=digest),
                subject=one.subject,
                effective=one.effective,
                marking=one.marking,
                after=one.seq,
            )
            for one in g.proposals
        )
        promises = tuple(
            promise_within(act, one, paper=entry.subject, at=f"{PROMISE} {number}")
            for number, one in enumerate(g.brief.promised, start=1)
        )
    return entry, proposals, promises


def files_of(
    paper: Paper, rendered: Sequence[Rendered], folder: Path, document: str
) -> tuple[Written, ...]:
    """A rendered paper as files, all of them whole or none; see `laid_out`."""
    with laid_out(paper, rendered, folder, document) as files:
        return files


@contextmanager
def laid_out(
    paper: Paper, rendered: Sequence[Rendered], folder: Path, document: str
) -> Iterator[tuple[Written, ...]]:
    """Write a rendered paper beside its place; it takes its place when what is done meanwhile held.

    Args:
        paper: The paper.
        rendered: Its formats.
        folder: Where the files go; made if it is not there.
        document: Its subject, by which the files are called.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stem = file_stem(paper, name_of_files(document))
    held = {folder / f"{stem}.{one.format}": one for one in rendered}
    beside = {path: path.with_name(f".{path.name}.part") for path in held}
    try:
        for path, one in held.items():
            beside[path].write_bytes(one.content)
        yield tuple(
            Written(one.format, path, digest_of(one), len(one.content), one.lock)
            for path, one in held.items()
        )
        for path, part in beside.items():
            part.replace(path)
    finally:
        for part in beside.values():
            part.unlink(missing_ok=True)


def digest_of(one: Rendered) -> str:
    """SHA-256 of a rendered format, in hexadecimal letters."""
    return hashlib.sha256(one.content).hexdigest()


def _gathered(register: Register, cycle: str, scope: str, brief: Brief, by: Speaker) -> Gathered:
    head = register.head()
    view = register.view(by, known_at=head.size)
    subject = brief.document or document_of(cycle, scope)
    return gather(
        view,
        cycle,
        scope,
        replace(
            brief,
            document=subject,
            head=head.said,
            root=head.root.hex(),
            home=register.home,
        ),
    )


def _must_see_all(register: Register, g: Gathered, by: Speaker) -> None:
    """Refuse a paper that would say of a position that nobody assessed it, though somebody did."""
    inside = register.view(EVERYTHING, known_at=g.view.position.seq)
    whole = cells(inside, g.cycle.subject, scope=g.scope)
    if _said_in(whole) - _said_in(g.cells):
        raise AccessRefused(
            f"{by.post} may not see all that was judged of {g.scope} in {g.cycle.subject}",
            expected="a post that may: what it does not see would be issued as not assessed",
            next_step="let such a post issue it, and withhold what must be from the public version",
        )


def _said_in(held: Cells) -> set[int]:
    voices = (one for cell in held for one in cell.voices)
    beside = (one.seq for one in held.beside)
    return {one.entry.seq for one in (*voices, *held.board.values())} | set(beside)


def name_of_files(document: str) -> str:
    """The first part of the names of a document's files."""
    return path_of(document).replace("/", "-")


def _may_be_issued(g: Gathered, held: Owed) -> None:
    """Refuse to issue what would be silent on what it must say."""
    problems = [*_silent(g), *_unanswered(held), *_unexplained(g, held)]
    if g.view.find(g.brief.document) is not None:
        problems.append(f"{g.brief.document} was entered already; a correction has its own name")
    if problems:
        told = "".join(f"\n  {one}" for one in problems[:MOST_PROBLEMS])
        raise EntryRefused(
            f"the paper of {g.cycle.subject} on {g.scope} was not issued:{told}",
            expected="a closed round, every due promise answered, every overdue action explained",
            next_step="enter what is missing, then issue it; a draft can be written at any time. "
            "What is owed: regard promise list --unanswered, and regard action list --late",
        )
    for one in g.brief.promised:
        if one.due < g.brief.held_on:
            raise DefinitionRefused(
                f"the promise {one.text!r} was due on {one.due}, before the paper",
                expected=f"a day from {g.brief.held_on} on",
            )


def _silent(g: Gathered) -> Iterator[str]:
    cycle: Cycle = g.cycle.value
    if cycle.stage == "closed":
        return
    yield f"{g.cycle.subject} is open"
    for one in still_to_speak(g.view, g.cycle.subject)[:FIRST_FEW]:
        yield str(one.statement)


def _unanswered(held: Owed) -> Iterator[str]:
    for one in held.unanswered:
        yield (
            f"{one.entry.subject}, due {one.dates.now}, has no answer: enter an observation of its "
            "measure, or a judgement that it was kept or not"
        )


def _unexplained(g: Gathered, held: Owed) -> Iterator[str]:
    for one in unexplained(g, held):
        yield (
            f"{one.entry.subject}, due {one.due_on}, is overdue: decide to extend or close it, or "
            "judge it with a reason"
        )


def _entered(g: Gathered, held: Owed, paper: Paper, rendered: Sequence[Rendered]) -> Document:
    return made(
        Document,
        form="paper",
        title=paper.title.title,
        scope=g.scope,
        to=g.brief.to,
        held_on=g.brief.held_on,
        cycle=g.cycle.subject,
        stage="issued",
        position=g.view.position.seq,
        head=g.brief.head,
        kept=kept(paper),
        digests=tuple((one.format, digest_of(one)) for one in rendered),
        cites=cited(paper),
        rests_on=tuple(sorted(_rests_on(g, held, paper))),
    )


def _marked(g: Gathered, paper: Paper) -> Paper:
    """The paper held as closely as every entry that it cites, also by a figure alone."""
    named = {subject for _, subject in entries_cited(paper)}
    held = (one.marking for one in g.view.many(named).values())
    marking = reduce(Marking.__or__, held, paper.marking)
    if marking == paper.marking:
        return paper
    return replace(paper, title=replace(paper.title, marking=marking))


def _rests_on(g: Gathered, held: Owed, paper: Paper) -> set[str]:
    """Every subject whose words or numbers the paper prints, and each promise that it answers."""
    named = {subject for _, subject in entries_cited(paper)}
    named |= {one.entry.subject for one in held.promises}
    named |= set(g.cycle.value.editions) | {g.cycle.subject}
    # What the paper itself proposes names the paper, and not the other way round.
    return named - {one.subject for one in g.proposals} - {g.brief.document}
