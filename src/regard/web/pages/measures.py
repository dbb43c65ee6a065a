"""Measures: which there are, what each says, and the steps that a post accepts or refuses."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from regard.board.measured import Asked, Measured, chart_of_measure
from regard.board.pictures import data_rows
from regard.core.errors import DefinitionRefused, NotEnoughData, NotKnown
from regard.core.series import COUNT
from regard.papers.model import Table
from regard.plan.model import Plan
from regard.plan.stepping import (
    StepAnswer,
    step_answers,
)
from regard.records.measures import Measure
from regard.signals.found import Proposal
from regard.signals.methods import BY_KIND, must_be_method
from regard.web.measured import kept
from regard.web.measured.choosing import DECIDES, Chosen, Method
from regard.web.measured.listing import ATTENTION, ORDER, listed, matching
from regard.web.measured.months import marking_of, month_rows, months_csv
from regard.web.measured.records import Records
from regard.web.measured.saying import base_of, pieces, told, traces
from regard.web.needs import A_POST
from regard.web.paging import paged
from regard.web.routes import Route


def measures(request: HttpRequest) -> HttpResponse:
    """Every measure of an area, those that ask for most attention first."""
    records = Records(request)
    pack = kept.pack_held(records, records.area.slug) if records.areas else ""
    rows = listed(records.measures.values(), pack)
    chosen = Chosen(request.GET, records)
    found = matching(rows, chosen.words, chosen.tier)
    page = paged(request, found)
    return render(
        request,
        "regard/measures/list.html",
        {
            "title": gettext("Measures"),
            "records": records,
            "chosen": chosen,
            "page": page,
            "tiers": [(one, ATTENTION[one][0]) for one in ORDER],
            "family": None if isinstance(pack, str) else pack.tiers.family.statement(),
            "asking": records.asking(),
        },
    )


@dataclass(frozen=True)
class ProposedStep:
    """A step that was found and is not accepted, with the decision on it if there is one."""

    found: Proposal
    answer: StepAnswer | None


def measure(request: HttpRequest, name: str) -> HttpResponse:
    """What one measure says: since when, what is normal, what is promised."""
    records = Records(request)
    one = records.measure(name)
    shown = {
        "title": one.name,
        "measure": one,
        "records": records,
        "chosen": Chosen(request.GET, records),
        "asking": records.asking(),
    }
    if not records.areas:
        return render(request, "regard/measures/without.html", shown)
    try:
        held, form = _read(request, records, one)
    except (NotEnoughData, NotKnown) as refusal:  # none of the area's rows is of this dataset
        why = {"why": refusal.wrong}
        return render(request, "regard/measures/without.html", {**shown, **why})
    shown.update(_said(held), form=form, **_steps(records, held))
    method = request.GET.get("method", "")
    shown["asking_more"] = records.asking(method="" if form.errors else method)
    return render(request, "regard/measures/measure.html", shown)


def _read(request: HttpRequest, records: Records, one: Measure) -> tuple[Measured, Method]:
    """The measure by the method asked for; by the usual one where that cannot read it."""
    form = Method({"method": request.GET.get("method") or BY_KIND})
    asked = _asked(request, records, one)
    if asked.method != BY_KIND:
        try:
            must_be_method(asked.method)
            return kept.measured_held(records, asked), form
        except (DefinitionRefused, NotKnown) as refusal:
            form.is_valid()
            form.errors.clear()
            form.refuse(refusal)
            usual = _asked(request, records, one, method=BY_KIND)
            return kept.measured_held(records, usual), form
    return kept.measured_held(records, asked), form


def _asked(request: HttpRequest, records: Records, one: Measure, *, method: str = "") -> Asked:
    area = records.area.slug
    return Asked(
        measure=one.id,
        area=area,
        to=records.to,
        steps=kept.accepted(records, area).get((one.id, area), ()),
        method=method or request.GET.get("method") or BY_KIND,
        plan=_plan(records, one),
    )


def _plan(records: Records, one: Measure) -> Plan | None:
    """The plan of the area, if it promises anything on the measure."""
    plan = kept.plan_held(records.here.view, records.area.slug)
    return plan if plan is not None and one.id in plan.measures() else None


def _said(held: Measured) -> dict[str, object]:
    chart = chart_of_measure(held)
    first, *rest = held.said
    milestone = held.milestone
    return {
        "held": held,
        "marking": marking_of(held),
        "first": pieces(first),
        "rest": told(rest),
        "foretold": told(held.foretold if milestone is None else ()),
        "missing": told(held.missing),
        "positions": [
            {
                "position": one,
                "now_of": base_of(one.now),
                "why": None if one.verdict is None else pieces(one.verdict.why),
                "chance": told((*one.notes, *one.chance, *one.ranked)),
            }
            for one in held.positions
        ],
        "chart": chart,
        "chart_rows": _rows(chart.table),
        "months": month_rows(held),
        "has_base": held.series.bases is not None,
        "traces": traces(held.figures()),
        "method": None if held.reading is None else held.reading.method,
    }


def _rows(table: Table | None) -> dict[str, object]:
    rows = [] if table is None else [list(one.values()) for one in data_rows(table)]
    heads = [] if table is None else list(next(iter(data_rows(table)), {}))
    return {"heads": heads, "rows": rows}


def _steps(records: Records, held: Measured) -> dict[str, object]:
    here = records.here
    answers = step_answers(here.view, held.measure.id, held.asked.area)
    standing = [one for one in answers if one.stands]
    proposals = () if held.reading is None else held.reading.proposals
    return {
        "counts": held.series.kind == COUNT,
        "answers": [(one, records.names.get(one.entry.value.by, "")) for one in reversed(answers)],
        "proposals": [
            ProposedStep(
                one, next((a for a in standing if one.earliest <= a.start <= one.latest), None)
            )
            for one in proposals
        ],
        "may_decide": here.as_at is None and DECIDES.allows(here.standing),
    }


def chart(request: HttpRequest, name: str) -> HttpResponse:
    """The chart of a measure as a picture that fetches nothing and runs nothing."""
    records = Records(request)
    asked = _asked(request, records, records.measure(name))
    _, drawn = kept.drawn_held(records, asked)
    answer = HttpResponse(drawn, content_type="image/svg+xml")
    answer["Content-Disposition"] = f'inline; filename="{name}.svg"'
    return answer


def months(request: HttpRequest, name: str) -> HttpResponse:
    """A measure month by month as a file."""
    records = Records(request)
    held = kept.measured_held(records, _asked(request, records, records.measure(name)))
    text = months_csv(held, as_at=records.here.as_at)
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    marking = str(marking_of(held)).split()[0]
    file = f"{name}_{records.area.slug.replace('/', '-')}_{held.series.end.iso}_{marking}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{_plain(file)}"'
    return answer


def _plain(file: str) -> str:
    return "".join(
        one if one.isascii() and (one.isalnum() or one in "-_.") else "-" for one in file
    )


ROUTES = (
    Route("measures", "measures", measures, A_POST),
    Route("measures/<slug:name>", "measures.measure", measure, A_POST),
    Route("measures/<slug:name>/chart.svg", "measures.chart", chart, A_POST),
    Route("measures/<slug:name>/months.csv", "measures.months", months, A_POST),
)
