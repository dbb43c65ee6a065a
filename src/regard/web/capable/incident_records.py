"""The records of incidents as one request looks at them, and how a force answers by them."""

from __future__ import annotations

from typing import ClassVar

from regard.capability.configured import Configured, configured
from regard.capability.fits import answering_held
from regard.capability.incidents import INCIDENT, Answering
from regard.web.capable.people_records import PeopleRecords
from regard.web.measured.remembered import Remembered

_ANSWERING: Remembered[Answering] = Remembered(8)


class IncidentRecords(PeopleRecords):
    """The records of incidents, of the forces that a post may see as `Records` has it."""

    asked_of: ClassVar[tuple[str, ...]] = (INCIDENT,)

    def body_of(self, force: str) -> str:
        """The subject of the body of a force; empty if the register has none."""
        return self._bodies.get(force, "")

    @property
    def says(self) -> Configured:
        """What the force says of itself.

        Raises:
            FileUnreadable, DefinitionRefused, NotKnown: as `configured` does.
        """
        return configured(self.store.home, self.area.slug)

    @property
    def answering(self) -> Answering:
        """How the force answers, by the fit that is held.

        Raises:
            FileUnreadable, DefinitionRefused, NotKnown, NotEnoughData: there is none to be had.
        """

        def made() -> Answering:
            return answering_held(self.store, self.says, known_at=self.known_at)

        return _ANSWERING.get((*self.key, self.area.slug), made)


def forget() -> None:
    """Drop everything that was remembered."""
    _ANSWERING.forget()
