"""What was worked out of stress tests, remembered by all that it follows from."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from threading import BoundedSemaphore

from regard.capability.questions import Question
from regard.capability.stress import PREVIEW, Screened, Set, Stress, screen, stress
from regard.core.errors import StoreBusy
from regard.core.markings import Marking
from regard.papers.keeping import restored
from regard.papers.model import Document
from regard.web.capable import incident_records
from regard.web.capable.incident_records import IncidentRecords
from regard.web.measured.remembered import Remembered
from regard.web.reading import Reading

PATIENCE = 10  # seconds that one preview waits for another

_SCREENED: Remembered[tuple[Set, Screened]] = Remembered(64)
_PREVIEWED: Remembered[Stress] = Remembered(16)
_READ: Remembered[Reading] = Remembered(16)
_DRAWN: Remembered[bytes] = Remembered(96)

# A preview takes every core for a second, and each drawing is a process of its own.
_RUNNING, _DRAWING = BoundedSemaphore(1), BoundedSemaphore(2)


def screened_held(records: IncidentRecords, question: Question) -> tuple[Set, Screened]:
    """The first answer, by formula, and what it was asked of.

    Raises:
        DefinitionRefused, NotKnown, NotEnoughData, FileUnreadable: it cannot be had.
    """

    def made() -> tuple[Set, Screened]:
        answering = records.answering
        return Set(answering, question), screen(answering, question)

    return _SCREENED.get(_key(records, question), made)


def preview_held(records: IncidentRecords, question: Question) -> Stress:
    """A first look by simulation: of the number that is asked for and of nobody, without a curve.

    Raises:
        DefinitionRefused, NotKnown, NotEnoughData, FileUnreadable: it cannot be had.
    """
    asked = replace(question, levels=())

    def made() -> Stress:
        answering = records.answering
        if not _RUNNING.acquire(timeout=PATIENCE):
            raise StoreBusy(
                f"another preview has run for {PATIENCE} seconds",
                expected="one preview at a time",
                next_step="ask again, or ask for the full answer",
            )
        try:
            return stress(answering, asked, replications=PREVIEW)
        finally:
            _RUNNING.release()

    return _PREVIEWED.get(_key(records, asked), made)


def _key(records: IncidentRecords, question: Question) -> Hashable:
    return (*records.key, records.area.slug, question)


def reading_held(text: str, sha256: str, marking: Marking) -> Reading:
    """The document of an answer, laid out under the marking by which it is held.

    Args:
        text: The document as it was kept.
        sha256: Its digest.
        marking: How closely it is held.
    """
    return _READ.get((sha256, marking), lambda: Reading(document_of(text, marking)))


def document_of(text: str, marking: Marking) -> Document:
    """The document of an answer as it was kept, under the marking by which it is held now."""
    held = restored(text)
    return replace(held, title=replace(held.title, marking=marking))


def drawn_held(reading: Reading, sha256: str, number: int) -> bytes:
    """The picture of a chart of an answer, in SVG.

    Raises:
        NotKnown: there is no such chart.
        PaperRefused: it cannot be drawn.
    """

    def made() -> bytes:
        with _DRAWING:
            return reading.chart(number)

    return _DRAWN.get((sha256, number), made)


def forget() -> None:
    """Drop everything that was remembered."""
    for one in (_SCREENED, _PREVIEWED, _READ, _DRAWN):
        one.forget()
    incident_records.forget()
