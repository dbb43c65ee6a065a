"""Answers as a post finds them: those that are kept, and its own that nobody has kept yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from regard.capability.scenarios import (
    LETTERS,
    Answered,
    answered,
    entries_of_answers,
    kept_in,
    name_of,
)
from regard.core.errors import NotKnown, shown
from regard.core.markings import OFFICIAL, Marking
from regard.register.access import Standing
from regard.register.entries import Entry
from regard.register.kinds.facts import Observation
from regard.register.seeing import View
from regard.web.background.working import DONE, may_see_words, seen_by
from regard.web.models import Work

ASKED, AGAIN = "stress-test", "stress-again"  # works whose answers are looked for
NAME = re.compile(rf"[0-9a-f]{{{LETTERS}}}")
MOST_ASKED = 200  # works, the last first, among which answers are looked for that are not kept


@dataclass(frozen=True)
class Found:
    """An answer, and how it is held.

    Attributes:
        answer: What its file says.
        entry: By which it is kept; None where it is not.
        asked_at: When it was asked for, where it is not kept.
    """

    answer: Answered
    entry: Entry[Observation] | None
    asked_at: datetime | None = None

    @property
    def marking(self) -> Marking:
        """How closely it is held."""
        return OFFICIAL if self.entry is None else self.entry.marking


@dataclass(frozen=True)
class Waiting:
    """An answer that nobody has kept, as the list shows it."""

    name: str
    asked: str
    said: str
    ended_at: datetime | None


class Answers:
    """The answers that a post finds.

    Args:
        view: The register as it sees it.
        standing: What it may do.
        home: The data folder.
        day: The earlier day that is looked at; None for today.
    """

    def __init__(self, view: View, standing: Standing, home: Path, day: date | None = None) -> None:
        self._view, self._standing, self._home, self._day = view, standing, home, day

    def kept(self) -> tuple[Entry[Observation], ...]:
        """The entries of those that are kept, the latest first."""
        return entries_of_answers(self._view)

    def waiting(self, kept: tuple[Entry[Observation], ...]) -> list[Waiting]:
        """Those it asked for that are not kept, the latest first; no file is read."""
        known = {name_of(one) for one in kept}
        found: dict[str, Waiting] = {}
        for one in self._works(ASKED)[:MOST_ASKED]:
            told = one.found
            name = told.get("name", "")
            if name and name not in known and may_see_words(self._standing, one):
                shown = Waiting(name, one.said, told.get("said", ""), one.ended_at)
                found.setdefault(name, shown)
        return list(found.values())

    def find(self, name: str) -> Found:
        """The answer of that name.

        Raises:
            NotKnown: there is none that the post may see.
            FileUnreadable: its file is gone or says something else than was written.
        """
        if not NAME.fullmatch(name):
            raise NotKnown("answer", shown(name), ())
        entry = next((one for one in self.kept() if name_of(one) == name), None)
        if entry is not None:
            return Found(kept_in(entry, self._home), entry)
        for one in self._asked_as(name):
            told = answered(self._home, name, one.found["sha256"])
            return Found(told, None, one.asked_at)
        raise NotKnown("answer", name, ())

    def _asked_as(self, name: str) -> Iterator[Work]:
        held = self._works(ASKED).filter(found__name=name)
        return (one for one in held if may_see_words(self._standing, one))

    def when_asked(self, name: str) -> list[datetime]:
        """When works that gave this answer looked at the records, whoever asked."""
        held = Work.objects.filter(what=ASKED, state=DONE, found__name=name)
        return [one for one in held.values_list("began_at", flat=True) if one is not None]

    def made_again(self, name: str) -> dict[str, Any] | None:
        """How it went when it was last made again, as the post may know; None if it was not."""
        held = self._works(AGAIN).filter(found__name=name)
        last = next((one for one in held if may_see_words(self._standing, one)), None)
        return None if last is None else {**last.found, "ended_at": last.ended_at}

    def _works(self, what: str) -> QuerySet[Work]:
        held = seen_by(self._standing).filter(what=what, state=DONE)
        if self._day is None:
            return held
        return held.filter(ended_at__lte=datetime.combine(self._day, time.max, UTC))
