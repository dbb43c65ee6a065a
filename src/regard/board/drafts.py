"""Drafts of assurance papers: kept beside the papers, read by who may see all in them, issued."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from regard.board.promise_files import promises_said
from regard.board.registering import (
    FILES,
    IssuedPaper,
    document_of,
    draft_spr_paper,
    issue_spr_paper,
    name_of_files,
)
from regard.board.spr.citing import entries_cited
from regard.board.spr.gathering import Brief
from regard.core.errors import NotKnown
from regard.papers.keeping import kept, restored
from regard.papers.model import Document as Paper
from regard.papers.writing import Rendered, file_stem, render
from regard.register.entries import Speaker
from regard.register.register import Register
from regard.register.seeing import View

DRAFTS = "drafts"  # folder, within that of the papers, in which drafts are kept
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")


@dataclass(frozen=True)
class Asked:
    """What a draft was asked for.

    Attributes:
        cycle: The round.
        scope: The body.
        to: The board it is put to.
        held_on: The day of the meeting.
        title: By default what the editions are called.
        report_of: The post that puts it to the board; by default that of the round.
        agenda_item: Its line on the agenda.
        promises: What it promises by a day, a line each: `31 March 2016: Renew the plan.`
    """

    cycle: str
    scope: str
    to: str
    held_on: date
    title: str = ""
    report_of: str = ""
    agenda_item: str = ""
    promises: str = ""

    @property
    def document(self) -> str:
        """The subject that the paper will have in the register."""
        return document_of(self.cycle, self.scope)

    @property
    def brief(self) -> Brief:
        """What the paper is told.

        Raises:
            DefinitionRefused: a line of promises says no day or no words.
        """
        return Brief(
            to=self.to,
            held_on=self.held_on,
            document=self.document,
            title=self.title,
            report_of=self.report_of,
            agenda_item=self.agenda_item,
            promised=promises_said(self.promises, self.scope),
        )


@dataclass(frozen=True)
class Draft:
    """A draft as it is kept.

    Attributes:
        name: By which it is found.
        asked: What it was asked for.
        by: The post that asked for it.
        paper: The paper.
    """

    name: str
    asked: Asked
    by: str
    paper: Paper

    @property
    def cited(self) -> frozenset[str]:
        """Every subject whose words or numbers it prints."""
        return frozenset(subject for _, subject in entries_cited(self.paper))


def keep_draft(register: Register, asked: Asked, *, by: Speaker) -> Draft:
    """Write the paper of a round as a draft and keep it in the place of the one before.

    Nothing is entered. A draft is as the register was when it was written.

    Raises:
        NotKnown: there is no such round or body.
        AccessRefused: the speaker does not hold its post.
        PaperRefused: the paper is faulty.
        DefinitionRefused: a line of promises says no day or no words.
    """
    folder = register.home / FILES / DRAFTS
    paper, _ = draft_spr_paper(
        register, asked.cycle, asked.scope, brief=asked.brief, by=by, folder=folder, formats=()
    )
    draft = Draft(name_of_files(asked.document), asked, by.post, paper)
    told = {**asked.__dict__, "held_on": asked.held_on.isoformat(), "by": by.post}
    path = _file(register.home, draft.name)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    beside.write_text(json.dumps({**told, "kept": kept(paper)}), encoding="utf-8")
    beside.replace(path)
    return draft


def drafts(home: Path, view: View) -> tuple[Draft, ...]:
    """The drafts of which a reader may see every entry that they print, by name."""
    found = tuple(_all(home))
    seen = view.many({subject for one in found for subject in one.cited})
    return tuple(one for one in found if one.cited <= seen.keys())


def draft_of(home: Path, view: View, name: str) -> Draft:
    """A draft by its name.

    Raises:
        NotKnown: there is none, or the reader may not see all that it prints.
    """
    path = _file(home, name)
    held = _read(path) if path.is_file() else None
    if held is None or not held.cited <= view.many(held.cited).keys():
        raise NotKnown("draft", name, [])
    return held


def draft_in(draft: Draft, format: str) -> tuple[str, Rendered]:  # noqa: A002
    """A draft in one format, and what its file is called.

    Raises:
        NotKnown: there is no such format.
    """
    (made,) = render(draft.paper, (format,))
    return f"{file_stem(draft.paper, f'{draft.name}-draft')}.{format}", made


def issue_draft(register: Register, draft: Draft, *, by: Speaker) -> IssuedPaper:
    """Issue the paper of a draft, written anew from the register as it now stands.

    Raises:
        EntryRefused, AccessRefused, PaperRefused, DefinitionRefused: as `issue_spr_paper` does;
            then the draft is kept.
    """
    asked = draft.asked
    done = issue_spr_paper(
        register, asked.cycle, asked.scope, brief=asked.brief, by=by, folder=register.home / FILES
    )
    discard(register.home, draft.name)
    return done


def discard(home: Path, name: str) -> None:
    """Throw a draft away; one that is not there is left so."""
    _file(home, name).unlink(missing_ok=True)


def _all(home: Path) -> Iterator[Draft]:
    folder = home / FILES / DRAFTS
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        yield _read(path)


def _read(path: Path) -> Draft:
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    told["held_on"] = date.fromisoformat(told["held_on"])
    asked = Asked(**{one.name: told[one.name] for one in fields(Asked)})
    return Draft(path.stem, asked, told["by"], restored(told["kept"]))


def _file(home: Path, name: str) -> Path:
    """Where a draft lies.

    Raises:
        NotKnown: the name is none that a draft can have.
    """
    if not _NAME.fullmatch(name):
        raise NotKnown("draft", name, [])
    return home / FILES / DRAFTS / f"{name}.json"
