"""Answers that are kept: what was asked, what came of it, and the entry that says so.

A kept answer is an observation of basis `estimate` with a file of its inputs and readings. The
same question on the same records gives the same digest, so that anybody can make it again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from regard.capability.incidents import Answering
from regard.capability.stress import Question, Stress, question_of, stress
from regard.core.errors import FileUnreadable, NotComparable, NotKnown
from regard.core.markings import OFFICIAL, Marking
from regard.register.entries import Entry, Speaker
from regard.register.kinds.facts import Kept, Observation
from regard.register.kinds.reading import made
from regard.register.register import Register
from regard.register.seeing import View
from regard.register.subjects import path_of, subject_of

FOLDER = "capability"  # of a data folder, beside its records and papers
STRESS = "stress"
LETTERS = 12  # of a digest by which an answer is called


@dataclass(frozen=True)
class KeptAnswer:
    """An answer that a post kept.

    Attributes:
        entry: The observation.
        force: Whose it is.
        question: What was asked.
        inputs: Digest of the inputs.
        digest: Digest of the inputs and of all that came of them.
        replications: How many histories it stands on.
        readings: Per cent late, by number of PSUs and grade, with its range.
        said: The sentences.
    """

    entry: Entry[Observation]
    force: str
    question: Question
    inputs: str
    digest: str
    replications: int
    readings: tuple[dict[str, Any], ...]
    said: tuple[str, ...]


def keep(
    register: Register,
    answer: Stress,
    home: Path,
    *,
    by: Speaker,
    scope: str,
    marking: Marking = OFFICIAL,
) -> Entry[Observation]:
    """Keep an answer: its file, and the entry that names the file's hash.

    The same answer again is kept once.

    Args:
        register: The register.
        answer: What came of the simulation.
        home: The data folder.
        by: The post that says it.
        scope: The body it is about, such as `party:west-midlands`.
        marking: How closely it is held.

    Raises:
        AccessRefused: the post may not.
    """
    text = _text(answer)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    subject = subject_of("observation", path_of(scope), STRESS, answer.digest[:LETTERS])
    before: Entry[Observation] | None = register.view(by).find(subject)
    if before is not None and before.held is not None and not before.held.retracts:
        return before
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    # The file is there before the entry that names it: an entry never names what is not.
    place = folder / f"{answer.digest[:LETTERS]}.json"
    place.write_text(text, encoding="utf-8")
    asked = answer.asked.question
    value = made(
        Observation,
        text=" ".join(str(one) for one in answer.statements()),
        scope=scope,
        basis="estimate",
        collected=register.today(),
        document=Kept(
            name=f"Stress test: {asked.psus} PSUs for {asked.days} days",
            place=f"inputs {answer.asked.digest[:LETTERS]}, seed {asked.seed}",
            sha256=sha256,
        ),
    )
    return register.enter(value, subject=subject, by=by, marking=marking)


def kept_answers(view: View, home: Path) -> Iterator[KeptAnswer]:
    """Every answer that is kept and that may be seen, the latest first.

    Args:
        view: The register at a position.
        home: The data folder.

    Raises:
        FileUnreadable: a file is gone or says something else than was entered.
    """
    held = [one for one in view.all(Observation) if _is_answer(one)]
    for entry in sorted(held, key=lambda one: -one.seq):
        yield _read(entry, home)


def kept_answer(view: View, home: Path, name: str) -> KeptAnswer:
    """The answer of that name, which is the first letters of its digest.

    Raises:
        NotKnown: none is kept under it.
    """
    names = []
    for one in kept_answers(view, home):
        names.append(one.digest[:LETTERS])
        if one.digest.startswith(name):
            return one
    raise NotKnown("kept answer", name, names, next_step="regard stress list")


def again(kept: KeptAnswer, answering: Answering, **how: Any) -> Stress:
    """Make a kept answer again.

    Args:
        kept: The answer.
        answering: The force's model as its records have it now.
        how: As of `stress`.

    Raises:
        NotComparable: the records have changed since, so that the inputs are others.
    """
    answer = stress(answering, kept.question, replications=kept.replications, **how)
    if answer.asked.digest != kept.inputs:
        raise NotComparable(
            f"{kept.digest[:LETTERS]} was made of the inputs {kept.inputs[:LETTERS]}, and the "
            f"records now give {answer.asked.digest[:LETTERS]}",
            expected="the records as they were known when it was made",
            next_step="ask with --known-at the day on which it was kept",
        )
    return answer


def _is_answer(entry: Entry[Observation]) -> bool:
    parts = path_of(entry.subject).split("/")
    return (
        len(parts) == 3  # noqa: PLR2004 - body, `stress`, digest
        and parts[1] == STRESS
        and entry.held is not None
        and not entry.held.retracts
        and entry.held.document is not None
    )


def _text(answer: Stress) -> str:
    asked = answer.asked
    told = {
        "force": asked.answering.force,
        "as_at": asked.answering.as_at.isoformat(),
        "generated": asked.answering.generated,
        "question": json.loads(asked.question.text),
        "inputs": asked.digest,
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
    }
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _read(entry: Entry[Observation], home: Path) -> KeptAnswer:
    assert entry.held is not None
    assert entry.held.document is not None
    name = path_of(entry.subject).rsplit("/", 1)[1]
    place = home / FOLDER / f"{name}.json"
    try:
        text = place.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as reason:
        raise FileUnreadable(
            f"{place.name}, which entry {entry.seq} names, cannot be read: {reason}",
            expected="the file that was kept with the entry",
            next_step="bring it back from the backup",
        ) from reason
    if hashlib.sha256(text.encode()).hexdigest() != entry.held.document.sha256:
        raise FileUnreadable(
            f"{place.name} is not what entry {entry.seq} names: its SHA-256 differs",
            expected=f"SHA-256 {entry.held.document.sha256}",
            next_step="bring it back from the backup",
        )
    told = json.loads(text)
    return KeptAnswer(
        entry,
        told["force"],
        question_of(json.dumps(told["question"])),
        told["inputs"],
        told["digest"],
        told["replications"],
        tuple(told["readings"]),
        tuple(told["said"]),
    )


def kept_on(kept: KeptAnswer) -> date:
    """The day on which an answer was kept."""
    return kept.entry.recorded.date()
