"""An entry as it is read: what was said, about what, when it was true and when it was known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from json.encoder import encode_basestring as _text
from typing import Any, Generic, TypeVar

from regard.core.errors import Erased
from regard.core.figures import Source
from regard.core.markings import Marking
from regard.core.periods import day_said
from regard.register.kinds.values import Kind

K_co = TypeVar("K_co", bound=Kind, covariant=True)

INSTANT = "%Y-%m-%dT%H:%M:%S.%fZ"
HEADER = (
    "seq",
    "kind",
    "subject",
    "version",
    "effective",
    "recorded",
    "post",
    "holder",
    "force",
    "marking",
    "body",
    "previous",
)
"""The columns of an entry that its hash covers."""


@dataclass(frozen=True)
class Speaker:
    """A post that speaks, and the holder through whom it does.

    Attributes:
        holder: The subject of an account's holder: a code, never a name.
        post: The subject of the post.
    """

    holder: str
    post: str


@dataclass(frozen=True)
class Entry(Generic[K_co]):
    """One entry of the journal.

    Attributes:
        seq: Its place in the journal, from 1.
        kind: Which of the fourteen kinds it is.
        subject: What it is about.
        version: Which version of that subject, from 1.
        effective: The day from which it is true.
        recorded: The instant at which it was known, in UTC.
        post: The post that said it.
        holder: The holder through whom it did.
        force: The body whose entry it is; empty if it is shared by all.
        marking: How closely it is held.
        body: The hash of its salted words.
        previous: The hash of the entry before it.
        hash: Its own.
        held: Its value; None if its words were lawfully erased.
    """

    seq: int
    kind: str
    subject: str
    version: int
    effective: date
    recorded: datetime
    post: str
    holder: str
    force: str
    marking: Marking
    body: str
    previous: str
    hash: str
    held: K_co | None

    @property
    def value(self) -> K_co:
        """Its value.

        Raises:
            Erased: its words were lawfully erased.
        """
        if self.held is None:
            raise Erased(
                f"the words of entry {self.seq} ({self.subject}) were erased",
                expected="an entry whose words stand",
            )
        return self.held

    @property
    def header(self) -> str:
        """The canonical JSON that its hash covers."""
        return header_of(
            (
                self.seq,
                self.kind,
                self.subject,
                self.version,
                self.effective.isoformat(),
                instant_said(self.recorded),
                self.post,
                self.holder,
                self.force,
                str(self.marking),
                self.body,
                self.previous,
            )
        )

    @property
    def source(self) -> Source:
        """The entry as the source of a figure."""
        told = f"entry {self.seq:,}: {self.subject}"
        return Source("said", told, f"by {self.post} on {day_said(self.recorded.date())}")


def header_of(columns: tuple[Any, ...]) -> str:
    """The canonical JSON of an entry's columns, in the order of `HEADER`.

    It is `canonical` of the twelve by their names, written out: a million headers in a verification
    take a third of the time.

    Raises:
        TypeError: a column that holds text holds something else.
    """
    seq, kind, subject, version, effective, recorded, post, holder, force, marking, body, before = (
        columns
    )
    return (
        f'{{"body":{_text(body)},"effective":{_text(effective)},"force":{_text(force)},'
        f'"holder":{_text(holder)},"kind":{_text(kind)},"marking":{_text(marking)},'
        f'"post":{_text(post)},"previous":{_text(before)},"recorded":{_text(recorded)},'
        f'"seq":{seq},"subject":{_text(subject)},"version":{version}}}'
    )


def instant_said(instant: datetime) -> str:
    """An instant as text that sorts as time does: `2015-02-03T10:00:00.000000Z`."""
    return instant.astimezone(UTC).strftime(INSTANT)


def instant_of(text: str) -> datetime:
    """The instant that such a text says."""
    return datetime.fromisoformat(text)  # ten times as fast as strptime, once an entry read
