"""Evidence: dated facts that judgements rest on, and whether they still count on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import file_digest
from pathlib import Path

from regard.core.errors import DefinitionRefused, FileUnreadable
from regard.core.markings import OFFICIAL, Marking
from regard.register.entries import Entry, Speaker
from regard.register.kinds.facts import Kept, Observation
from regard.register.kinds.reading import changed, made
from regard.register.kinds.values import Amount
from regard.register.register import Register
from regard.register.subjects import path_of, slug, subject_of

FACT = "actual"
DOCUMENT = "document"


@dataclass(frozen=True)
class Piece:
    """A piece of evidence that is to be entered.

    Attributes:
        text: What was found, in words.
        scope: The body it is about.
        collected: The day on which it was found.
        expires: The day after which it no longer counts.
        topic: What it is about, in words that make its subject; of a number, left out.
        measure: What was measured, of a number.
        amount: How much, of a number.
        missing: Why there is no number, of a measure.
        base: On which base the number stands.
        basis: Whether it was counted, estimated, exercised; `document` where a document says it.
        document: What the document is called.
        place: Where in it.
        file: The document itself, whose digest is kept.
        marking: How closely it is held.
    """

    text: str
    scope: str
    collected: date
    expires: date | None = None
    topic: str = ""
    measure: str = ""
    amount: Amount | None = None
    missing: str = ""
    base: str = ""
    basis: str = ""
    document: str = ""
    place: str = ""
    file: Path | None = None
    marking: Marking = OFFICIAL

    @property
    def subject(self) -> str:
        """Such as `observation:west-midlands/level-2-trained/2014-12-31`.

        A number on a base of its own, or foretold, is a subject of its own: 53 vacancies on one
        base and 26 on another are two facts of one day.
        """
        about = path_of(self.measure) if self.measure else slug(self.topic or self.text[:60])
        base = (slug(self.base),) if self.measure and self.base else ()
        basis = (slug(self.basis),) if self.measure and self.basis not in ("", FACT) else ()
        return subject_of(
            "observation",
            path_of(self.scope),
            about,
            *base,
            *basis,
            self.collected.isoformat(),
        )


def add(register: Register, piece: Piece, *, by: Speaker) -> Entry[Observation]:
    """Enter a piece of evidence; it is true from the day on which it was collected.

    The same body, topic and day again is a correction: a new version that stands in its place.

    Raises:
        AccessRefused: the speaker may not.
        FileUnreadable: the file cannot be read.
        DefinitionRefused: a number says no measure, or a day comes before another.
    """
    return _entered(register, piece, observation_of(piece), by)


def add_once(register: Register, piece: Piece, *, by: Speaker) -> Entry[Observation]:
    """Enter a piece of evidence; find it where the very same stands, and put nothing in its place.

    Raises:
        DefinitionRefused: something else of that body and day stands under its name; or as `add`.
        AccessRefused, FileUnreadable: as `add`.
    """
    value = observation_of(piece)
    before: Entry[Observation] | None = register.view(by).find(piece.subject)
    held = before.held if before is not None else None
    if before is None or held is None or held.retracts:
        return _entered(register, piece, value, by)
    if held != value:
        raise DefinitionRefused(
            f"{piece.subject} stands already, by entry {before.seq}, and says something else: "
            f"{held.text}",
            expected="evidence of another name: other first words, another measure or another day",
            next_step="say it in other words; or retract what stands, with the reason",
        )
    return before


def observation_of(piece: Piece) -> Observation:
    """What a piece of evidence says, as it would be entered.

    Raises:
        FileUnreadable: the file cannot be read.
        DefinitionRefused: a number says no measure, or a day comes before another.
    """
    name = piece.document or (piece.file.name if piece.file else "")
    kept = (
        Kept(name=name, place=piece.place, sha256=digest_of(piece.file) if piece.file else None)
        if name
        else None
    )
    return made(
        Observation,
        text=piece.text,
        measure=piece.measure or None,
        scope=piece.scope,
        amount=piece.amount,
        missing=piece.missing,
        basis=piece.basis or (FACT if piece.amount else DOCUMENT),
        base=piece.base,
        document=kept,
        collected=piece.collected,
        expires=piece.expires,
    )


def _entered(
    register: Register, piece: Piece, value: Observation, by: Speaker
) -> Entry[Observation]:
    return register.enter(
        value,
        subject=piece.subject,
        by=by,
        effective=piece.collected,
        marking=piece.marking,
    )


def retract(register: Register, subject: str, *, reason: str, by: Speaker) -> Entry[Observation]:
    """Say that a piece of evidence was wrong: it stays in the journal and counts no more.

    Raises:
        NotKnown: there is no such observation.
        DefinitionRefused: no reason is given.
        AccessRefused: the speaker may not.
    """
    before: Entry[Observation] = register.view(by).one(subject)
    if not reason.strip():
        raise DefinitionRefused(f"{subject} is retracted without a reason", expected="a reason")
    value = changed(before.value, text=reason, retracts=True)
    return register.enter(
        value,
        subject=subject,
        by=by,
        effective=before.effective,
        marking=before.marking,
        after=before.seq,
    )


def digest_of(file: Path) -> str:
    """SHA-256 of a file, in hexadecimal letters.

    Raises:
        FileUnreadable: it cannot be read.
    """
    try:
        with file.open("rb") as opened:
            return file_digest(opened, "sha256").hexdigest()
    except OSError as reason:
        raise FileUnreadable(
            f"{file} cannot be read: {reason.strerror}", expected="the file of the evidence"
        ) from reason


@dataclass(frozen=True)
class Weighed:
    """The evidence that a judgement cites, as it stands on a day.

    Attributes:
        current: What counts.
        expired: What counted before, and does so no longer.
        not_yet: What was collected after that day.
        retracted: What was said to be wrong.
        unseen: What the reader may not see, or the position does not know.
    """

    current: tuple[str, ...] = ()
    expired: tuple[str, ...] = ()
    not_yet: tuple[str, ...] = ()
    retracted: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()


NONE = Weighed()
"""What a judgement without evidence rests on."""


def weighed(cited: Iterable[str], held: Mapping[str, Entry[Observation]], day: date) -> Weighed:
    """What the evidence that is cited is worth on a day.

    Args:
        cited: The observations.
        held: Those that the reader sees, by subject.
        day: To which it is to be true.
    """
    sorts: dict[str, list[str]] = {}
    for one in cited:
        entry = held.get(one)
        sorts.setdefault(_sort_of(entry.held if entry else None, day), []).append(one)
    return Weighed(**{sort: tuple(found) for sort, found in sorts.items()}) if sorts else NONE


def _sort_of(value: Observation | None, day: date) -> str:
    if value is None:
        return "unseen"
    if value.retracts:
        return "retracted"
    if value.collected > day:
        return "not_yet"
    return "expired" if value.expires is not None and value.expires < day else "current"
