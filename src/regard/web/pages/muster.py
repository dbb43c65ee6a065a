"""The muster: how many PSUs by when, which role stands in the way, and what was assumed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from regard.capability.mustering import Asked, Mustered
from regard.core.errors import DefinitionRefused, RegardError
from regard.core.figures import Figure
from regard.core.markings import OFFICIAL
from regard.mobilisation.muster import Binding, Met, met_said, supply_said
from regard.mobilisation.muster.wording import about
from regard.web.capable import people_held as held
from regard.web.capable.people_charts import chart_rows, muster_chart
from regard.web.capable.people_files import csv_answer, hours_csv, svg_answer
from regard.web.capable.people_forms import Call, call_form
from regard.web.capable.people_records import PeopleRecords
from regard.web.capable.people_saying import role_said, traced
from regard.web.measured.saying import told
from regard.web.needs import A_POST
from regard.web.routes import Route


@dataclass(frozen=True)
class TestSaid:
    """A test of the commitment as it is shown.

    Attributes:
        met: What it came to.
        share, chance: In per cent.
        role: Which role stands in the way most often; empty where none does.
        binds: In which share of draws, in per cent.
        for_one: How many more in that role add a PSU to the median; None where no number does.
    """

    met: Met
    share: Figure
    chance: Figure
    role: str
    binds: Figure | None
    for_one: int | None


def muster(request: HttpRequest) -> HttpResponse:
    """Ask who could be raised, and what came of it."""
    records = PeopleRecords(request)
    shown: dict[str, object] = {"title": gettext("Muster"), "records": records}
    if not records.areas:
        records.must_know_area()
        return render(request, "regard/capability/muster.html", shown)
    call = held.usual_call(records)
    configured, wrong = records.told
    usual = configured.call(call) if isinstance(call, datetime) else None
    form, answer = _mustered(request, records, usual)
    shown |= {
        "asking": records.asking(),
        "marking": OFFICIAL,
        "form": form,
        "query": request.GET.urlencode(),
        "usual": usual,
        "no_duty": call if isinstance(call, str) else "",
        "says_nothing": not records.says_of_itself,
        "wrong": wrong,
        **({} if answer is None else _told(records, answer)),
    }
    return render(
        request, "regard/capability/muster.html", shown, status=422 if form.errors else 200
    )


def _mustered(
    request: HttpRequest, records: PeopleRecords, usual: Asked | None
) -> tuple[Call, Mustered | None]:
    configured, _wrong = records.told
    form = call_form(request.GET, usual, configured)
    if not form.is_bound or not form.is_valid():
        return form, None
    try:
        return form, held.mustered_held(records, form.asked(configured))
    except RegardError as refusal:
        form.refuse(refusal)
        return form, None


def _told(records: PeopleRecords, answer: Mustered) -> dict[str, object]:
    chart = muster_chart(answer, scope=records.area.name)
    statements = answer.statements()
    first = supply_said(answer.supply, (1, 4, 8, 24), answer.as_at)
    tests = met_said(answer.supply, answer.tests, answer.as_at) if answer.tests else ()
    rows = [_test(answer, one) for one in answer.tests]
    figures = [figure for one in statements for figure in one.figures]
    figures += [figure for one in rows for figure in (one.share, one.chance)]
    return {
        "answer": answer,
        "first": told(first),
        "tests_said": told(tests),
        "tests": rows,
        "chart": chart,
        "chart_rows": chart_rows(chart),
        "bands": answer.supply.bands,
        "sources": answer.sources,
        "traces": traced(figures, deepest=1),
    }


def _test(answer: Mustered, one: Met) -> TestSaid:
    words = about(answer.supply, answer.as_at)
    first: Binding = one.binding[0]
    return TestSaid(
        one,
        words.percent(one.threshold.percent / 100, "share of the commitment"),
        words.percent(one.chance, "chance of meeting the test", one.interval),
        role_said(first.role) if first.share else "",
        words.percent(first.share, f"draws in which {first.role} numbers bind")
        if first.share
        else None,
        first.for_one,
    )


def _asked_again(request: HttpRequest) -> tuple[PeopleRecords, Mustered]:
    """What the page was asked.

    Raises:
        DefinitionRefused: nothing was, or it cannot be.
    """
    records = PeopleRecords(request)
    force = records.area.slug
    form, answer = _mustered(request, records, None)
    if answer is None:
        wrong = "; ".join(f"{one}" for errors in form.errors.values() for one in errors)
        raise DefinitionRefused(
            f"{force}: {wrong or 'no call is asked for'}",
            expected="what the page of the muster asks: the day and hour of a call, and the rest",
        )
    return records, answer


def chart(request: HttpRequest) -> HttpResponse:
    """PSUs by the hour, as a picture."""
    records, answer = _asked_again(request)
    key = (*records.key, records.area.slug, answer.asked, "muster")
    return svg_answer(
        held.drawn(key, lambda: muster_chart(answer, scope=records.area.name)), "muster"
    )


def hours(request: HttpRequest) -> HttpResponse:
    """PSUs by the hour, as a file."""
    records, answer = _asked_again(request)
    day = answer.as_at.isoformat()
    return csv_answer(hours_csv(answer, as_at=records.here.as_at), records.area.slug, "muster", day)


ROUTES = (
    Route("capability/muster", "capability.muster", muster, A_POST),
    Route("capability/muster/hours.svg", "capability.muster.chart", chart, A_POST),
    Route("capability/muster/hours.csv", "capability.muster.hours", hours, A_POST),
)
