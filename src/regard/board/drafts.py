"""Drafts of assurance papers: kept beside the papers, read by who may see all in them, issued."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
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
    must_be_issuable,
    name_of_files,
)
from regard.board.spr.citing import entries_cited
from regard.board.spr.gathering import Brief
from regard.core.errors import NotKnown
from regard.library.labels import ENGLISH
from regard.papers.keeping import kept, restored
from regard.papers.model import Document as Paper
from regard.papers.writing import FORMATS, Told, file_stem, render
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
        language: The language of its headings and of the levels in its tables: `en` or `cy`.
    """

    cycle: str
    scope: str
    to: str
    held_on: date
    title: str = ""
    report_of: str = ""
    agenda_item: str = ""
    promises: str = ""
    language: str = ENGLISH

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
            language=self.language,
        )


@dataclass(frozen=True)
class Draft:
    """A draft as it is kept.

    Attributes:
        name: By which it is found.
        asked: What it was asked for.
        by: The post that asked for it.
        paper: The paper.
        digest: The SHA-256 of what is kept, in hexadecimal letters: another of the same name has
            another.
    """

    name: str
    asked: Asked
    by: str
    paper: Paper
    digest: str

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
    told = {**asked.__dict__, "held_on": asked.held_on.isoformat(), "by": by.post}
    text = json.dumps({**told, "kept": kept(paper)})
    draft = Draft(name_of_files(asked.document), asked, by.post, paper, _digest(text))
    path = _file(register.home, draft.name)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
    shutil.rmtree(_folder(register.home, draft.name), ignore_errors=True)
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


def write_draft(home: Path, draft: Draft, *, told: Told = lambda _format: None) -> None:
    """Write a draft in every format, to be read by `draft_in`: all of them, or none.

    Args:
        home: The data folder.
        draft: The draft.
        told: Told each format before it is written.

    Raises:
        PaperRefused: the paper is faulty, or an engine refuses it.
    """
    rendered = render(draft.paper, told=told)
    place = _folder(home, draft.name) / draft.digest
    beside = place.with_name(f".{draft.digest}.{secrets.token_hex(4)}.part")
    beside.mkdir(parents=True)
    try:
        for one in rendered:
            (beside / f"{_stem(draft)}.{one.format}").write_bytes(one.content)
        if not place.is_dir():
            beside.replace(place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def is_written(home: Path, draft: Draft) -> bool:
    """Whether `write_draft` wrote this draft."""
    return (_folder(home, draft.name) / draft.digest).is_dir()


def draft_in(home: Path, draft: Draft, format: str) -> tuple[str, bytes]:  # noqa: A002
    """A draft in one format, and what its file is called.

    Raises:
        NotKnown: there is no such format, or the draft was not written yet.
    """
    held = FORMATS if is_written(home, draft) else ()
    if format not in held:
        raise NotKnown(
            "format in which this draft was written",
            format,
            held,
            next_step="have the draft written for download first",
        )
    name = f"{_stem(draft)}.{format}"
    return name, (_folder(home, draft.name) / draft.digest / name).read_bytes()


def draft_must_be_issuable(register: Register, draft: Draft, *, by: Speaker) -> None:
    """Refuse a draft whose paper could not be issued now, by the rule of `issue_draft`.

    Raises:
        EntryRefused, AccessRefused, DefinitionRefused: as `issue_spr_paper` does.
    """
    asked = draft.asked
    must_be_issuable(register, asked.cycle, asked.scope, brief=asked.brief, by=by)


def issue_draft(
    register: Register, draft: Draft, *, by: Speaker, told: Told = lambda _format: None
) -> IssuedPaper:
    """Issue the paper of a draft, written anew from the register as it now stands.

    Args:
        register: The register.
        draft: The draft.
        by: Who issues it.
        told: Told each format before it is written.

    Raises:
        EntryRefused, AccessRefused, PaperRefused, DefinitionRefused: as `issue_spr_paper` does;
            then the draft is kept.
    """
    asked = draft.asked
    done = issue_spr_paper(
        register,
        asked.cycle,
        asked.scope,
        brief=asked.brief,
        by=by,
        folder=register.home / FILES,
        told=told,
    )
    discard(register.home, draft.name)
    return done


def discard(home: Path, name: str) -> None:
    """Throw a draft away; one that is not there is left so."""
    _file(home, name).unlink(missing_ok=True)
    shutil.rmtree(_folder(home, name), ignore_errors=True)


def _all(home: Path) -> Iterator[Draft]:
    folder = home / FILES / DRAFTS
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        yield _read(path)


def _read(path: Path) -> Draft:
    text = path.read_text(encoding="utf-8")
    told: dict[str, Any] = json.loads(text)
    told["held_on"] = date.fromisoformat(told["held_on"])
    # A field that a later release added is not in a draft that was kept before it.
    asked = Asked(**{one.name: told[one.name] for one in fields(Asked) if one.name in told})
    return Draft(path.stem, asked, told["by"], restored(told["kept"]), _digest(text))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _stem(draft: Draft) -> str:
    return file_stem(draft.paper, f"{draft.name}-draft")


def _folder(home: Path, name: str) -> Path:
    """Where a draft lies in its formats."""
    return _file(home, name).with_suffix(".files")


def _file(home: Path, name: str) -> Path:
    """Where a draft lies.

    Raises:
        NotKnown: the name is none that a draft can have.
    """
    if not _NAME.fullmatch(name):
        raise NotKnown("draft", name, [])
    return home / FILES / DRAFTS / f"{name}.json"
