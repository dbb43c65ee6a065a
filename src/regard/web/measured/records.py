"""Which records a page looks at: as known when, up to which day, and of which areas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from urllib.parse import urlencode

from django.http import HttpRequest

from regard.board.performance import area_name
from regard.core.errors import NotKnown
from regard.records.counting import Counter
from regard.records.ledger import Import
from regard.records.measures import Measure, measures
from regard.records.store import Store
from regard.register.access import DEEPEST, EVERYTHING, top_of
from regard.register.entries import Entry
from regard.register.kinds.frame import Party
from regard.web.here import Here, here_of, home
from regard.web.measured.remembered import Remembered

AREA, KNOWN = "area", "records"  # what a page's address says
KNOWN_TODAY = "today"
OWN_MEASURES = "measures"  # the folder of a data folder that holds measures of its own
LOCAL = "local_area"  # the column of a force's own units

_PARTIES: Remembered[tuple[Entry[Party], ...]] = Remembered(4)
_AREAS: Remembered[Mapping[str, tuple[str, ...]]] = Remembered(16)


@dataclass(frozen=True)
class Area:
    """An area of which measures can be asked for."""

    slug: str
    name: str


class Records:
    """The records as one request looks at them.

    Of an earlier day only what had been brought in by then counts, unless the address says
    `records=today`: then what is known today is counted up to that day.

    Args:
        request: The request; its `here` says the post and the day.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.here: Here = here_of(request)
        self._wanted = request.GET.get(AREA, "").strip()
        self.as_known_today = request.GET.get(KNOWN, "") == KNOWN_TODAY
        self.store = Store(home())

    @property
    def known_at(self) -> datetime | None:
        """The instant up to which imports count; None for now."""
        day = self.here.as_at
        if day is None or self.as_known_today:
            return None
        return datetime.combine(day, time.max, UTC)

    @property
    def to(self) -> date | None:
        """The last day that is counted; None for the last supplied."""
        return self.here.as_at

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        """The imports that count."""
        return tuple(self.store.ledger.imports(None, self.known_at))

    @cached_property
    def first_known(self) -> date | None:
        """The day on which records were first brought in, as known today; None if never."""
        held = self.store.ledger.imports(None, None)
        found = [one.finished_at for one in held if one.finished_at is not None]
        return min(found).date() if found else None

    @property
    def key(self) -> tuple[object, ...]:
        """Everything about the records that an answer follows from."""
        own = self.store.home / OWN_MEASURES
        changed = own.stat().st_mtime_ns if own.is_dir() else 0
        counted = tuple((one.number, one.file_sha) for one in self.imports)
        return (str(self.store.home), counted, self.to, changed)

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """The measures there are: those that Regard ships, and those of the data folder."""
        own = self.store.home / OWN_MEASURES
        return measures(own) if own.is_dir() else measures()

    def measure(self, name: str) -> Measure:
        """A measure by its identifier.

        Raises:
            NotKnown: there is none.
        """
        if name not in self.measures:
            raise NotKnown("measure", name, self.measures)
        return self.measures[name]

    @contextmanager
    def counter(self) -> Iterator[Counter]:
        """Counts the records, for as long as the block lasts."""
        with Counter(self.store, known_at=self.known_at, known=self.measures) as counter:
            yield counter

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """The forces whose records the post may see, its own first, each with its local areas.

        Records of a force that has its own body in the register are seen by the posts of that
        body, and by those whose role reads every body.
        """
        found = _AREAS.get(self.key[:2], self._supplied)
        forces = [one for one in found if self._may_see(one)]
        slugs = [
            slug
            for force in sorted(forces, key=lambda one: (one != self.own, one))
            for slug in (force, *(f"{force}/{local}" for local in found[force]))
        ]
        return tuple(Area(one, area_name(one)) for one in slugs)

    def _supplied(self) -> Mapping[str, tuple[str, ...]]:
        """Each force with rows of something that is measured, with its local areas."""
        counted = {one.dataset for one in self.measures.values()}
        found: dict[str, set[str]] = {}
        numbers = [one.number for one in self.imports if one.dataset in counted]
        for slices in self.store.ledger.slices_of(numbers).values():
            for source, _ in slices:
                found.setdefault(source, set())
        for supplied in self.store.ledger.supplied_of(numbers).values():
            for source, column, value in supplied:
                if column == LOCAL:
                    found.setdefault(source, set()).add(value)
        return {source: tuple(sorted(held - {""})) for source, held in found.items()}

    @cached_property
    def _parties(self) -> tuple[Entry[Party], ...]:
        view = self.here.register.view(EVERYTHING)

        def made() -> tuple[Entry[Party], ...]:
            return tuple(one for one in view.all(Party) if one.held is not None)

        return _PARTIES.get((str(self.store.home), view.position.seq), made)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What posts and bodies are called, by their subjects."""
        return {one.subject: one.value.name for one in self._parties if one.value.form != "person"}

    @cached_property
    def _bodies(self) -> Mapping[str, str]:
        """The bodies that have a force area, by that area."""
        return {
            one.value.area: one.subject
            for one in self._parties
            if one.value.form == "body" and one.value.area
        }

    @cached_property
    def own(self) -> str:
        """The force area of the nearest body that the post belongs to; empty if none has one."""
        parties = {one.subject: one.value for one in self._parties}
        at = parties.get(self.here.speaker.post)
        for _ in range(DEEPEST):
            if at is None or at.area:
                break
            at = parties.get(at.parent or "")
        return "" if at is None else at.area or ""

    def _may_see(self, force: str) -> bool:
        held = {one.subject: one for one in self._parties}
        body = self._bodies.get(force, "")
        beyond = any(role.beyond for role in self.here.standing.roles)
        return beyond or not body or top_of(body, held.get) == self.here.body

    @cached_property
    def area(self) -> Area:
        """The area asked for; by default the first there is.

        Raises:
            NotKnown: there is none of that name, or the post may not see its records.
        """
        if not self._wanted and self.areas:
            return self.areas[0]
        for one in self.areas:
            if one.slug == self._wanted:
                return one
        raise NotKnown("area with records", self._wanted or "", [one.slug for one in self.areas])

    def asking(self, **more: str) -> str:
        """The end of an address that asks for the same area and records, and for more."""
        told = {AREA: self.area.slug} if self.areas else {}
        if self.as_known_today:
            told[KNOWN] = KNOWN_TODAY
        told.update({name: value for name, value in more.items() if value})
        return f"?{urlencode(told)}" if told else ""
