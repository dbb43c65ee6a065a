"""How regard was had to a requirement in a year: what was done, from the register, and departures.

The annual report must say how regard was had (SPR 2023; domain.md, section 1.4). What a register
can say is what was done and when; whether that was enough is for those who read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from regard.assurance.closed import spoken
from regard.assurance.naming import Names
from regard.core.figures import Figure, Source
from regard.core.periods import FinancialYear, Period, day_said
from regard.core.statements import Statement
from regard.register.entries import Entry
from regard.register.kinds.facts import Expectation
from regard.register.kinds.frame import Cycle, Edition, Instrument
from regard.register.kinds.speech import IN_EFFECT, Act, Decision, Document
from regard.register.kinds.values import Kind
from regard.register.seeing import View
from regard.register.subjects import path_of

K = TypeVar("K", bound=Kind)

METHOD = "counted in the register"
HAVE_REGARD = ("have regard", "follow unless good reason")

TEMPLATES = {
    "in force": "In force in {period}: {editions}.",
    "none in force": "The register holds no edition that was in force in {period}.",
    "rounds": "{rounds} of self-assessment closed in {period}.",
    "paper": "{papers} was issued on it to {to}.",
    "papers": "{papers} were issued on it to {to}.",
    "no papers": "No paper was issued on it in {period}.",
    "decision": "{decisions} was taken on them or on the requirement.",
    "decisions": "{decisions} were taken on them or on the requirement.",
    "departure": "{by} departed from “{about}” on {on}, on these grounds: “{reason}”.",
    "no departure": "No departure from the requirement was entered.",
}
say = partial(spoken, TEMPLATES)


@dataclass(frozen=True)
class HavingRegard:
    """What the register holds of how regard was had.

    Attributes:
        scope: The body.
        year: The year.
        editions: Editions to which regard must be had, in force on a day of it.
        rounds: Rounds that closed in it.
        papers: Papers on them that were issued in it.
        decisions: Decisions taken in it on them, or on a requirement.
        departures: Of those, the departures.
        names: What subjects are called.
        as_at: The day to which that is true.
    """

    scope: str
    year: FinancialYear
    editions: tuple[Entry[Edition], ...]
    rounds: tuple[Entry[Cycle], ...]
    papers: tuple[Entry[Document], ...]
    decisions: tuple[Entry[Decision], ...]
    departures: tuple[Entry[Decision], ...]
    names: Names
    as_at: date

    def statements(self) -> tuple[Statement, ...]:
        """The statement for the annual report, in closed sentences."""
        return tuple(self._said())

    def _said(self) -> Iterator[Statement]:
        if not self.editions:
            yield say("none in force", period=self.year)
        else:
            named = " and ".join(self._named(one) for one in self.editions)
            source = self.editions[0].source
            yield say("in force", source=source, period=self.year, editions=named)
        rounds = self._count(self.rounds, "round", "rounds")
        yield say("rounds", rounds=rounds, period=self.year)
        if self.papers:
            to = dict.fromkeys(self.names.of(one.value.to) or "nobody" for one in self.papers)
            papers = self._count(self.papers, "paper", "papers")
            yield say(papers.unit, papers=papers, to=" and ".join(to))
        else:
            yield say("no papers", period=self.year)
        decisions = self._count(self.decisions, "decision", "decisions")
        yield say(decisions.unit, decisions=decisions)
        yield from self._departures()

    def _departures(self) -> Iterator[Statement]:
        if not self.departures:
            yield say("no departure")
        for one in self.departures:
            yield say(
                "departure",
                source=one.source,
                marking=one.marking,
                by=self.names.of(one.value.by),
                about=self.names.of(one.value.about),
                on=one.effective,
                reason=one.value.reason.rstrip("."),
            )

    def _named(self, edition: Entry[Edition]) -> str:
        window = edition.value.in_force
        since = f", since {day_said(window.start)}" if window.start else ""
        return f"{self.names.of(edition.value.instrument)} ({edition.value.label}{since})"

    def _count(self, found: tuple[Entry[Kind], ...], *units: str) -> Figure:
        return Figure(
            value=len(found),
            unit=units[0] if len(found) == 1 else units[1],
            measure=units[1],
            scope=path_of(self.scope),
            basis="entries of the register",
            method=METHOD,
            as_at=self.as_at,
            period=Period(self.year.period.start, max(self.as_at, self.year.period.start)),
            sources=tuple(one.source for one in found)
            or (Source("said", "the register", f"no {units[0]} in {self.year}"),),
        )


def having_regard(
    view: View, scope: str, year: FinancialYear, *, as_at: date | None = None
) -> HavingRegard:
    """What the register holds of how regard was had by a body in a year.

    Args:
        view: The register at a position.
        scope: The body.
        year: The year of the annual report.
        as_at: A day of it up to which is counted; the whole year by default.
    """
    day = min(as_at or year.period.end, year.period.end)
    period = Period(year.period.start, max(day, year.period.start))
    editions = tuple(_editions(view, period))
    named = {one.subject for one in editions}
    requirements = {
        one.subject for edition in named for one in view.all(Expectation, edition=edition)
    }
    on_them = tuple(
        one
        for one in _held(view.all(Cycle))
        if scope in one.value.scopes and named & set(one.value.editions)
    )
    rounds = tuple(
        one for one in on_them if one.value.stage == "closed" and _within(one.value.as_at, period)
    )
    # A round is named by the papers written from it, whenever it closed itself.
    cycles = {one.subject for one in on_them}
    papers = tuple(
        one
        for one in _held(view.all(Document, scope=scope))
        if one.value.form == "paper"
        and one.value.stage != "draft"
        and one.value.cycle in cycles
        and not one.value.redactions  # a public version is no paper of its own
        and _within(one.value.held_on, period)
    )
    documents = {one.subject for one in papers}
    decisions = tuple(
        one
        for one in _held(view.all(Decision))
        if one.value.stage in IN_EFFECT
        and one.value.scope in (None, scope)
        and _within(one.effective, period)
        and (one.value.paper in documents or one.value.about in requirements)
    )
    departures = tuple(one for one in decisions if one.value.act is Act.DEPART)
    return HavingRegard(
        scope, year, editions, rounds, papers, decisions, departures, Names(view), day
    )


def _editions(view: View, period: Period) -> Iterator[Entry[Edition]]:
    required = {
        one.subject
        for one in _held(view.all(Instrument))
        if one.value.force in HAVE_REGARD and one.value.form == "requirement"
    }
    for one in _held(view.all(Edition)):
        window = one.value.in_force
        meets = (window.start is None or window.start <= period.end) and (
            window.end is None or window.end >= period.start
        )
        if meets and one.value.instrument in required:
            yield one


def _held(found: Iterable[Entry[K]]) -> tuple[Entry[K], ...]:
    return tuple(one for one in found if one.held is not None)


def _within(day: date, period: Period) -> bool:
    return period.start <= day <= period.end
