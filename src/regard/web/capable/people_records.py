"""The records of posts, people, skills and duty as one request looks at them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import ClassVar

from regard.board.performance import area_name
from regard.capability.configured import FILE, Configured, configured, forces_configured
from regard.capability.incidents import DUTY
from regard.capability.people import ESTABLISHMENT, SKILL, STRENGTH
from regard.core.errors import RegardError
from regard.records.stated import StatedTables
from regard.web.measured.records import Area, Records
from regard.web.measured.remembered import Remembered

ASKED_OF = (ESTABLISHMENT, STRENGTH, SKILL, DUTY)
"""The datasets on which these pages stand."""

_FORCES: Remembered[tuple[str, ...]] = Remembered(16)


class PeopleRecords(Records):
    """The records of people, of the forces that a post may see as `Records` has it.

    A force is one that stated posts, people, skills or duty; it has no local areas here.
    """

    asked_of: ClassVar[tuple[str, ...]] = ASKED_OF

    @property
    def key(self) -> tuple[object, ...]:
        """Everything that an answer follows from: the imports, the day, what the force says."""
        file = self.store.home / FILE
        return (*super().key, file.stat().st_mtime_ns if file.is_file() else 0)

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """The forces whose records the post may see, its own first."""
        numbers = [one.number for one in self.imports if one.dataset in self.asked_of]
        found = _FORCES.get((*self.key[:2], self.asked_of), lambda: self._stating(numbers))
        forces = sorted(filter(self._may_see, found), key=lambda one: (one != self.own, one))
        return tuple(Area(one, area_name(one)) for one in forces)

    def _stating(self, numbers: list[int]) -> tuple[str, ...]:
        slices = self.store.ledger.slices_of(numbers).values()
        return tuple(sorted({source for held in slices for source, _ in held}))

    def must_know_area(self) -> None:
        """Refuse an area that is asked for and that is not there, or not for this post.

        Raises:
            NotKnown: so it is.
        """
        if self._wanted:
            _ = self.area

    @property
    def body(self) -> str:
        """The subject of the body whose area is looked at; empty if the register has none."""
        return self._bodies.get(self.area.slug, "")

    @contextmanager
    def tables(self) -> Iterator[StatedTables]:
        """The tables as known on the day looked at, for as long as the block lasts."""
        with StatedTables(self.store, known_at=self.known_at) as tables:
            yield tables

    @cached_property
    def told(self) -> tuple[Configured, str]:
        """What the force says of itself, and why that is the default where it says nothing."""
        force, home = self.area.slug, self.store.home
        try:
            if force in forces_configured(home):
                return configured(home, force), ""
        except RegardError as refusal:
            return Configured(force), str(refusal)
        return Configured(force), ""

    @property
    def says_of_itself(self) -> bool:
        """Whether the data folder says how the force musters."""
        try:
            return self.area.slug in forces_configured(self.store.home)
        except RegardError:
            return False
