"""Stress test: what local policing loses while so many PSUs are away, in three steps."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from regard.capability.questions import Question
from regard.capability.stress import FULL, PREVIEW, Screened, Set, Stress
from regard.core.errors import DefinitionRefused, FileUnreadable, NotKnown, RegardError
from regard.core.quantities import PERCENT, POINTS, said
from regard.mobilisation.response.estimates import MINUTES
from regard.mobilisation.response.words import not_modelled, rules_said
from regard.web.background.stressing import ENTERS, ask_for_answer
from regard.web.capable.asking import Asked
from regard.web.capable.comparing import late_of, psus_said
from regard.web.capable.held import preview_held, screened_held
from regard.web.capable.incident_records import IncidentRecords
from regard.web.measured.saying import told, traces
from regard.web.needs import A_POST
from regard.web.routes import Route

LOOK, PREVIEW_LOOK = "look", "preview"  # what an address says that wants the preview with it
REFUSED = 422


def stress(request: HttpRequest) -> HttpResponse:
    """Ask what so many PSUs away would cost; the first answer is there at once."""
    records = IncidentRecords(request)
    form = _form(request, records, request.GET if "psus" in request.GET else None)
    if form is None or not form.is_bound:
        return _shown(request, records, form)
    question = _question(form)
    shown = {} if question is None else _screened(records, form, question)
    if question is not None and shown and request.GET.get(LOOK) == PREVIEW_LOOK:
        shown["preview"] = _previewed(preview_held(records, question))
    return _shown(request, records, form, **shown)


def preview(request: HttpRequest) -> HttpResponse:
    """The preview alone, for a page that fetches it by itself."""
    records = IncidentRecords(request)
    form = _form(request, records, request.GET)
    question = None if form is None else _question(form)
    shown: dict[str, Any] = {"form": form}
    if question is not None:
        try:
            shown["preview"] = _previewed(preview_held(records, question))
        except RegardError as refusal:
            shown["refused"] = str(refusal)
    # A part of a page is only put into it where its status is that of a page.
    return render(request, "regard/capability/stress_preview.html", shown)


def ask(request: HttpRequest) -> HttpResponse:
    """Have the full answer worked out in the background."""
    records = IncidentRecords(request)
    form = _form(request, records, request.POST)
    question = None if form is None else _question(form)
    if form is None or question is None:
        return _shown(request, records, form, status=REFUSED)
    shown = _screened(records, form, question)
    if not shown:
        return _shown(request, records, form)
    made = ask_for_answer(records.here, records.area.slug, question)
    return HttpResponseRedirect(reverse("work.one", kwargs={"number": made.pk}))


def _form(request: HttpRequest, records: IncidentRecords, given: Any) -> Asked | None:
    """The form of the force; None where there is nothing to ask it of."""
    if not records.areas:
        return None
    try:
        return Asked(records.says, given)
    except (FileUnreadable, DefinitionRefused, NotKnown):
        return None


def _question(form: Asked) -> Question | None:
    """What is asked; None where it is refused, which the form then says."""
    if not form.is_valid():
        return None
    try:
        return form.question()
    except RegardError as refusal:
        form.refuse(refusal)
        return None


def _screened(records: IncidentRecords, form: Asked, question: Question) -> dict[str, Any]:
    try:
        asked, found = screened_held(records, question)
    except RegardError as refusal:
        form.refuse(refusal)
        return {}
    return {
        "question": question,
        "screened": found,
        "readings": _readings(asked, found),
        "hours": len(found.home.load),
        "generated": asked.model.generated,
        "rules": rules_said(question.rules),
        "left_out": not_modelled(asked.model),
        "sources": asked.answering.sources,
        "as_at": asked.answering.as_at,
    }


def _readings(asked: Set, found: Screened) -> list[tuple[str, str, str]]:
    """Each reading with nobody away, and with so many away as are asked for."""
    grade = asked.model.demand.grades[0].name
    home, away = found.home, found.away

    def row(label: str, *values: float, unit: str, places: int = 1) -> tuple[str, str, str]:
        one, other = (
            said(value, unit, places=places) if value == value else gettext("not known")
            for value in values
        )
        return label, one, other

    late = gettext("%(grade)s incidents answered late") % {"grade": grade.capitalize()}
    hours = gettext("Hours in which more is asked than the units can do")
    return [
        row(late, 100 * home.late, 100 * away.late, unit=PERCENT),
        row(gettext("Mean wait until a unit is sent"), home.wait, away.wait, unit=MINUTES),
        row(gettext("Most units waited for in any hour"), home.peak, away.peak, unit=""),
        row(hours, home.beyond, away.beyond, unit="", places=0),
    ]


def _previewed(answer: Stress) -> dict[str, Any]:
    """What a page shows of a first look by simulation."""
    statements = answer.statements()
    rows = []
    for one in answer.steps:
        more = one.more
        rows.append(
            {
                "psus": psus_said(one.psus),
                "grade": one.grade,
                "late": late_of(one.late.value, one.late.low, one.late.high),
                "more": ""
                if more is None
                else gettext("%(more)s (%(range)s)")
                % {
                    "more": said(more.value, POINTS, signed=True),
                    "range": more.range.said("", places=1, signed=True),
                },
                "wait": said(one.wait.value, MINUTES, places=1),
                "most": said(answer.peaks[one.psus].value, "", places=0),
            }
        )
    return {
        "replications": PREVIEW,
        "said": told(statements),
        "rows": rows,
        "traces": traces(figure for one in statements for figure in one.figures),
        "seed": answer.runs.seed,
        "digest": answer.asked.digest,
    }


def _shown(
    request: HttpRequest,
    records: IncidentRecords,
    form: Asked | None,
    *,
    status: int = 200,
    **shown: Any,
) -> HttpResponse:
    here = records.here
    told_ = {
        "title": gettext("Stress test"),
        "records": records,
        "form": form,
        "why": _why(records) if form is None else "",
        "asking": records.asking() if records.areas else "",
        "asked": request.GET.urlencode(),
        "looked": request.GET.get(LOOK) == PREVIEW_LOOK,
        "may_ask": ENTERS.allows(here.standing) and here.as_at is None,
        "few": PREVIEW,
        "full": FULL,
        **shown,
    }
    if form is not None and form.is_bound and form.errors:
        status = REFUSED
    return render(request, "regard/capability/stress.html", told_, status=status)


def _why(records: IncidentRecords) -> str:
    """Why nothing can be asked of the force; empty where there are no records at all."""
    if not records.areas:
        return ""
    try:
        _ = Asked(records.says)
    except RegardError as refusal:
        return str(refusal)
    return ""


ROUTES = (
    Route("capability/stress", "capability.stress", stress, A_POST, ask, ENTERS),
    Route("capability/stress/preview", "capability.stress-preview", preview, A_POST),
)
