"""Answers that are kept: what was asked, what came of it, and the entry that says so.

An answer lies in files of the data folder, each called by its own digest, so that none is ever
written over. A kept answer is an observation of basis `estimate` that names the digest of its file.
The same question on the same records gives the same digest, so that anybody can make it again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from regard.capability.hourly import hours_csv
from regard.capability.incidents import Answering
from regard.capability.kept_names import name_of_kept, place_of_kept
from regard.capability.questions import Question, question_of
from regard.capability.stress import Set, Stress, stress
from regard.capability.whole_files import write_whole
from regard.core.errors import (
    DefinitionRefused,
    FileUnreadable,
    NotComparable,
    NotKnown,
    RegardError,
)
from regard.core.markings import OFFICIAL, Marking
from regard.register.entries import Entry, Speaker
from regard.register.kinds.facts import Kept, Observation
from regard.register.kinds.frame import Party
from regard.register.kinds.reading import made
from regard.register.register import Register
from regard.register.seeing import View
from regard.register.subjects import path_of, subject_of

FOLDER = "capability"  # of a data folder, beside its records and papers
STRESS = "stress"
LETTERS = 12  # of a digest by which an answer is called
HOURS, PAPER = "hours.csv", "paper.json"  # files beside that of an answer
_NAME = re.compile(rf"[0-9a-f]{{{LETTERS}}}")  # of an answer: the first letters of its digest


@dataclass(frozen=True)
class Answered:
    """An answer as its file says it.

    Attributes:
        force: Whose it is.
        as_at: The last day of the records it rests on.
        generated: Whether those are generated.
        question: What was asked.
        inputs: Digest of the inputs.
        incidents: Digest of the incidents that every replication draws; empty where the file says
            none. Answers with the same met the same incidents.
        digest: Digest of the inputs and of all that came of them.
        replications: How many histories it stands on.
        readings: Per cent late, by number of PSUs and grade, with its range.
        said: The sentences; that for the board first.
        rules: How units are sent.
        left_out: What was not modelled.
        sources: The imports it rests on.
        beside: The digests of the files beside it, such as the table by hour, by what they are.
        sha256: Digest of the file.
    """

    force: str
    as_at: date
    generated: bool
    question: Question
    inputs: str
    incidents: str
    digest: str
    replications: int
    readings: tuple[dict[str, Any], ...]
    said: tuple[str, ...]
    rules: tuple[str, ...]
    left_out: tuple[str, ...]
    sources: tuple[str, ...]
    beside: Mapping[str, str]
    sha256: str

    @property
    def name(self) -> str:
        """By which it is called: the first letters of its digest."""
        return self.digest[:LETTERS]


@dataclass(frozen=True, kw_only=True)
class KeptAnswer(Answered):
    """An answer that a post kept.

    Attributes:
        entry: The observation.
    """

    entry: Entry[Observation]


def write(answer: Stress, home: Path, *, beside: Mapping[str, str] | None = None) -> Answered:
    """Write an answer into the data folder; it is entered nowhere.

    The table by hour is written beside it. Each file is written whole, and that of the answer
    last: one that is there names files that are there.

    Args:
        answer: What came of the simulation.
        home: The data folder.
        beside: More files to lie beside it: their texts, by what they are.
    """
    told = {HOURS: hours_csv(answer), **(beside or {})}
    digests = {
        what: _put(home, answer.digest[:LETTERS], text, what) for what, text in sorted(told.items())
    }
    text = _text(answer, digests)
    return _answered(text, _put(home, answer.digest[:LETTERS], text))


def answered(home: Path, name: str, sha256: str) -> Answered:
    """An answer from its file.

    Args:
        home: The data folder.
        name: By which it is called.
        sha256: The digest of its file.

    Raises:
        FileUnreadable: it is gone, or says something else.
    """
    text = _got(home, name, sha256)
    try:
        return _answered(text, sha256)
    except (ValueError, KeyError, TypeError, AttributeError, RegardError) as reason:
        raise FileUnreadable(
            f"{file_of(name, sha256)} holds no answer: {reason}",
            expected="the file that was written with the answer",
            next_step="retract its entry, and ask anew",
        ) from reason


def text_beside(home: Path, answer: Answered, what: str) -> str:
    """The text of a file beside that of an answer.

    Raises:
        NotKnown: nothing of that sort was written with it.
        FileUnreadable: it is gone, or says something else.
    """
    if what not in answer.beside:
        raise NotKnown("file of the answer", what, answer.beside)
    return _got(home, answer.name, answer.beside[what], what)


def keep(
    register: Register,
    answer: Stress,
    home: Path,
    *,
    by: Speaker,
    scope: str,
    marking: Marking = OFFICIAL,
    beside: Mapping[str, str] | None = None,
) -> Entry[Observation]:
    """Keep an answer: its files, and the entry that names the digest of its file.

    The same answer again is kept once.

    Args:
        register: The register.
        answer: What came of the simulation.
        home: The data folder.
        by: The post that says it.
        scope: The body it is about, such as `party:west-midlands`.
        marking: How closely it is held.
        beside: As of `write`.

    Raises:
        AccessRefused: the post may not.
        DefinitionRefused: the body is that of another force's area.
    """
    # The files are there before the entry that names them: an entry never names what is not.
    _must_be_of(register.view(by), scope, answer.asked.answering.force)
    told = write(answer, home, beside=beside)
    return keep_answered(register, told, by=by, scope=scope, marking=marking)


def keep_answered(
    register: Register,
    answer: Answered,
    *,
    by: Speaker,
    scope: str,
    marking: Marking = OFFICIAL,
) -> Entry[Observation]:
    """Keep an answer whose files are written; the same answer again is kept once.

    Raises:
        AccessRefused: the post may not.
        DefinitionRefused: the body is that of another force's area.
    """
    subject = subject_of("observation", path_of(scope), STRESS, answer.name)
    view = register.view(by)
    _must_be_of(view, scope, answer.force)
    before: Entry[Observation] | None = view.find(subject)
    if before is not None and before.held is not None and not before.held.retracts:
        return before
    asked = answer.question
    value = made(
        Observation,
        text=" ".join(answer.said),
        scope=scope,
        basis="estimate",
        collected=register.today(),
        document=Kept(
            name=name_of_kept(asked, generated=answer.generated),
            place=place_of_kept(asked, answer.inputs[:LETTERS]),
            sha256=answer.sha256,
        ),
    )
    # An answer that another post keeps out of this one's sight is not written over.
    after = 0 if before is None else before.seq
    return register.enter(value, subject=subject, by=by, marking=marking, after=after)


def _must_be_of(view: View, scope: str, force: str) -> None:
    """Refuse a body that has the area of another force, or lies below one that has."""
    body, seen = scope, set[str]()
    while body and body not in seen:
        seen.add(body)
        entry: Entry[Party] | None = view.find(body)
        held = None if entry is None else entry.held
        if held is None:
            return
        if held.area:
            if held.area != force:
                raise DefinitionRefused(
                    f"an answer of {force} cannot be kept of {scope}, whose area is {held.area}",
                    expected=f"the body whose area is {force}",
                    next_step="name that body as the scope",
                )
            return
        body = held.parent or ""


def entries_of_answers(view: View) -> tuple[Entry[Observation], ...]:
    """The entries of kept answers that may be seen, the latest first; no file is read."""
    held = [one for one in view.all(Observation) if _is_answer(one)]
    return tuple(sorted(held, key=lambda one: -one.seq))


def name_of(entry: Entry[Observation]) -> str:
    """By which the answer of an entry is called."""
    return path_of(entry.subject).rsplit("/", 1)[1]


def kept_answers(view: View, home: Path) -> Iterator[KeptAnswer]:
    """Every answer that is kept and that may be seen, the latest first.

    Args:
        view: The register at a position.
        home: The data folder.

    Raises:
        FileUnreadable: a file is gone or says something else than was entered.
    """
    for entry in entries_of_answers(view):
        yield kept_in(entry, home)


def kept_or_not(
    view: View, home: Path
) -> Iterator[tuple[Entry[Observation], KeptAnswer | FileUnreadable]]:
    """Every answer that is kept and that may be seen, the latest first, or why it is not read.

    Args:
        view: The register at a position.
        home: The data folder.
    """
    for entry in entries_of_answers(view):
        try:
            yield entry, kept_in(entry, home)
        except FileUnreadable as refusal:
            yield entry, refusal


def kept_answer(view: View, home: Path, name: str) -> KeptAnswer:
    """The answer of that name, which is the first letters of its digest.

    Raises:
        NotKnown: none is kept under it.
        FileUnreadable: its file is gone or says something else than was entered.
    """
    entries = entries_of_answers(view)
    found = next((one for one in entries if name and name_of(one).startswith(name)), None)
    if found is None:
        names = [name_of(one) for one in entries]
        raise NotKnown("kept answer", name, names, next_step="regard stress list")
    return kept_in(found, home)


def kept_in(entry: Entry[Observation], home: Path) -> KeptAnswer:
    """The answer that an entry names.

    Raises:
        FileUnreadable: its file is gone or says something else than was entered.
    """
    document = entry.value.document
    assert document is not None
    try:
        told = answered(home, name_of(entry), document.sha256 or "")
    except FileUnreadable as refusal:
        raise FileUnreadable(
            f"entry {entry.seq}: {refusal.wrong}",
            expected=refusal.expected,
            next_step=refusal.next_step,
        ) from refusal
    if told.name != name_of(entry):
        raise FileUnreadable(
            f"entry {entry.seq}: its file says the answer {told.name}",
            expected=f"the answer {name_of(entry)}",
            next_step="retract the entry, and keep the answer itself",
        )
    return KeptAnswer(**vars(told), entry=entry)


def again(kept: Answered, answering: Answering, **how: Any) -> Stress:
    """Make an answer again.

    Args:
        kept: The answer.
        answering: The force's model as its records have it now.
        how: As of `stress`.

    Raises:
        NotComparable: the records have changed since, so that the inputs are others.
    """
    inputs = Set(answering, kept.question).digest
    if inputs != kept.inputs:
        raise NotComparable(
            f"{kept.name} was made of the inputs {kept.inputs[:LETTERS]}, and the "
            f"records now give {inputs[:LETTERS]}",
            expected="the records as they were known when it was made",
            next_step="ask with --known-at the day on which it was kept",
        )
    return stress(answering, kept.question, replications=kept.replications, **how)


def kept_on(kept: KeptAnswer) -> date:
    """The day on which an answer was kept."""
    return kept.entry.recorded.date()


def _is_answer(entry: Entry[Observation]) -> bool:
    parts, held = path_of(entry.subject).split("/"), entry.held
    if held is None or held.retracts or held.document is None or held.basis != "estimate":
        return False
    return (
        len(parts) == 3  # noqa: PLR2004 - body, `stress`, digest
        and parts[1] == STRESS
        and _NAME.fullmatch(parts[2]) is not None
        and bool(held.document.sha256)
    )


def _text(answer: Stress, beside: Mapping[str, str]) -> str:
    asked = answer.asked
    told = {
        "force": asked.answering.force,
        "as_at": asked.answering.as_at.isoformat(),
        "generated": asked.answering.generated,
        "question": json.loads(asked.question.text),
        "inputs": asked.digest,
        "incidents": asked.incidents,
        "run": answer.runs.digest,
        "digest": answer.digest,
        "replications": answer.runs.replications,
        "seed": answer.runs.seed,
        "sources": [str(one) for one in asked.answering.sources],
        "readings": [
            {
                "psus": one.psus,
                "grade": one.grade,
                "late": round(one.late.value, 6),
                "low": round(one.late.low, 6),
                "high": round(one.late.high, 6),
                "wait": round(one.wait.value, 6),
            }
            for one in answer.steps
        ],
        "said": [str(one) for one in answer.statements()],
        "rules": list(answer.rules),
        "not_modelled": list(answer.left_out),
        "beside": dict(beside),
    }
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _answered(text: str, sha256: str) -> Answered:
    told = json.loads(text)
    return Answered(
        told["force"],
        date.fromisoformat(told["as_at"]),
        told["generated"],
        question_of(json.dumps(told["question"])),
        told["inputs"],
        told.get("incidents", ""),
        told["digest"],
        told["replications"],
        tuple(told["readings"]),
        tuple(told["said"]),
        tuple(told["rules"]),
        tuple(told["not_modelled"]),
        tuple(told["sources"]),
        told.get("beside", {}),
        sha256,
    )


def file_of(name: str, sha256: str, what: str = "json") -> str:
    """What a file of an answer is called.

    Args:
        name: By which the answer is called.
        sha256: Digest of the file.
        what: What it is; the answer itself by default.
    """
    return f"{name}-{sha256[:LETTERS]}.{what}"


def _put(home: Path, name: str, text: str, what: str = "json") -> str:
    """Write a file whole under its digest, if it is not there, and give the digest."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    write_whole(home / FOLDER / file_of(name, sha256, what), text)
    return sha256


def _got(home: Path, name: str, sha256: str, what: str = "json") -> str:
    place = home / FOLDER / file_of(name, sha256, what)
    try:
        held = place.read_bytes()
        text = held.decode()
    except (OSError, UnicodeDecodeError) as reason:
        raise FileUnreadable(
            f"{place.name} cannot be read: {getattr(reason, 'strerror', None) or reason}",
            expected="the file that was written with the answer",
            next_step="bring it back from the backup",
        ) from reason
    if hashlib.sha256(held).hexdigest() != sha256:
        raise FileUnreadable(
            f"{place.name} is not what was written: its SHA-256 differs",
            expected=f"SHA-256 {sha256}",
            next_step="bring it back from the backup",
        )
    return text
