"""Capability: how many, of what, by when, for how long, at whose expense?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from regard.capability.incidents import LOCAL_TIME
from regard.capability.mustering import SHOWN, Mustered
from regard.capability.people import Posted
from regard.capability.scenarios import entries_of_answers, name_of
from regard.core.errors import RegardError
from regard.core.figures import Figure, Source
from regard.core.markings import OFFICIAL
from regard.mobilisation.muster.wording import about
from regard.web.capable import people_held as held
from regard.web.capable.incident_records import IncidentRecords
from regard.web.capable.people_forms import call_asking
from regard.web.capable.people_records import PeopleRecords
from regard.web.capable.people_saying import generated, skill_said, sources_of, traced, unit_said
from regard.web.measured.saying import Piece, told
from regard.web.needs import A_POST
from regard.web.routes import Route

MOST_UNITS = 6  # of which vacancies are said here; the page of the workforce has all
LAST_ANSWERS = 3


@dataclass(frozen=True)
class UnitSaid:
    """A unit, and on which bases it is short."""

    code: str
    name: str
    month: str
    said: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True)
class HourRaised:
    """PSUs by an hour from the call, and what was asked for by then.

    Attributes:
        hour: From the call.
        raised, low, high: PSUs: half of the draws, nine in ten, one in ten have as many.
        tests: What the commitment asks for by then, with the chance that it is met.
    """

    hour: int
    raised: Figure
    low: int
    high: int
    tests: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class KeptSaid:
    """An answer that was kept, as its entry has it."""

    seq: int
    name: str
    text: str
    day: date


def capability(request: HttpRequest) -> HttpResponse:
    """What there is, what could be raised by when, and what it was found to cost."""
    records = PeopleRecords(request)
    shown: dict[str, object] = {"title": gettext("Capability"), "records": records}
    if not records.areas:
        records.must_know_area()
        return render(request, "regard/capability/capability.html", shown)
    staff = held.staffed(records)
    raised, why, call = _raised(records)
    units = _units(staff.posted)
    figures = [figure for one in staff.posted[:MOST_UNITS] for figure in _figures(one)]
    figures += [one.in_date for one in staff.skilled]
    hours = () if raised is None else _hours(raised)
    figures += [one.raised for one in hours]
    sources = _behind(figures, raised, staff.skilled)
    shown |= {
        "asking": records.asking(),
        "asking_stress": _stress_asking(request, records),
        "marking": OFFICIAL,
        "units": units[:MOST_UNITS],
        "more_units": max(len(units) - MOST_UNITS, 0),
        "skills": [(one, skill_said(one.skill)) for one in staff.skilled],
        "raised": raised,
        "hours": hours,
        "why": why,
        "hour": None if call is None else f"{call:%H:%M}",
        "muster_asking": _muster_asking(records, raised),
        "answers": _answers(records),
        "generated": generated(sources),
        "sources": sources,
        "traces": traced(figures),
    }
    return render(request, "regard/capability/capability.html", shown)


def _stress_asking(request: HttpRequest, records: PeopleRecords) -> str:
    """The end of the address of the stress test: of this force, where it has incidents."""
    there = {one.slug for one in IncidentRecords(request).areas}
    return records.asking() if records.area.slug in there else ""


def _units(posted: Iterable[Posted]) -> list[UnitSaid]:
    return [
        UnitSaid(one.unit, unit_said(one.unit), str(one.month), told(one.statements()))
        for one in posted
    ]


def _figures(posted: Posted) -> list[Figure]:
    return [figure for one in posted.statements() for figure in one.figures]


def _behind(
    figures: Iterable[Figure], raised: Mustered | None, skills: Iterable[held.Skilled]
) -> tuple[Source, ...]:
    found = [*sources_of(figures), *(source for one in skills for source in one.sources)]
    found += [] if raised is None else raised.sources
    return tuple(dict.fromkeys(found))


def _raised(records: PeopleRecords) -> tuple[Mustered | None, str, datetime | None]:
    """What the usual call raises, why nothing can be said, and the call."""
    call = held.usual_call(records)
    if isinstance(call, str):
        return None, call, None
    configured, why = records.told
    try:
        return held.mustered_held(records, configured.call(call)), why, call
    except RegardError as refusal:
        return None, refusal.wrong, call


def _hours(raised: Mustered) -> tuple[HourRaised, ...]:
    words = about(raised.supply, raised.as_at)
    found = []
    for hour in SHOWN:
        if hour > raised.supply.hours:
            continue
        band = raised.supply.band(hour)
        tests = tuple(
            (one.needed, f"{words.percent(one.chance, 'chance of meeting the test')}")
            for one in raised.tests
            if one.threshold.hours == hour
        )
        figure = words.figure(band.median, "PSUs", f"PSUs raised within {hour} hours")
        found.append(HourRaised(hour, figure, band.low, band.high, tests))
    return tuple(found)


def _muster_asking(records: PeopleRecords, raised: Mustered | None) -> str:
    if raised is None:
        return records.asking()
    return records.asking(**call_asking(raised.asked))


def _answers(records: PeopleRecords) -> list[KeptSaid]:
    """The last answers of stress tests that the register holds of the body, from entries alone."""
    if not records.body:
        return []
    found = [
        one for one in entries_of_answers(records.here.view) if one.value.scope == records.body
    ]
    return [
        KeptSaid(one.seq, name_of(one), one.value.text, one.recorded.astimezone(LOCAL_TIME).date())
        for one in found[:LAST_ANSWERS]
    ]


ROUTES = (Route("capability", "capability", capability, A_POST),)
