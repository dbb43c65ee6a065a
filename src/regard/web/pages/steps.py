"""Steps of a measure: a post accepts or refuses one, with a reason; a later decision undoes it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from regard.board.measured import Asked, Measured
from regard.core.errors import DefinitionRefused, RegardError
from regard.core.periods import Month
from regard.core.series import COUNT
from regard.plan.stepping import (
    StepDecision,
    decide_step,
    must_be_new,
    proposal_for,
    step_answers,
)
from regard.records.measures import Measure
from regard.web.measured import kept
from regard.web.measured.choosing import DECIDES, Step
from regard.web.measured.records import Records
from regard.web.measured.saying import pieces
from regard.web.routes import Route


def steps(request: HttpRequest, name: str) -> HttpResponse:
    """Ask whether a step is accepted."""
    first = {"month": request.GET.get("month", "")}
    return _step_asked(request, name, Step(initial=first))


def decided(request: HttpRequest, name: str) -> HttpResponse:
    """Accept or refuse a step: a decision of the register."""
    form = Step(request.POST)
    if form.is_valid():
        try:
            return _decided(request, name, form)
        except DefinitionRefused as refusal:
            form.refuse(refusal, "month")
        except RegardError as refusal:
            form.refuse(refusal)
    return _step_asked(request, name, form)


def _decided(request: HttpRequest, name: str, form: Step) -> HttpResponse:
    records = Records(request)
    here, held = records.here, _without_steps(records, records.measure(name))
    month = _month_of(held, form.cleaned_data["month"])
    found = None if held.reading is None else proposal_for(held.reading, month)
    decision = StepDecision(
        measure=name,
        area=records.area.slug,
        start=month,
        accept=form.cleaned_data["decision"] == Step.ACCEPT,
        reason=form.cleaned_data["reason"],
        proposal=found,
        method=str(held.reading.method) if found and held.reading else "",
    )
    must_be_new(step_answers(here.view, name, records.area.slug), decision)
    entry = decide_step(here.register, decision, by=here.speaker, known=records.measures)
    said = gettext("Accepted: a new level from %(month)s. It is entry %(seq)d.")
    if not decision.accept:
        said = gettext("Refused: no new level from %(month)s. It is entry %(seq)d.")
    messages.success(request, said % {"month": month, "seq": entry.seq})
    return HttpResponseRedirect(
        reverse("measures.measure", kwargs={"name": name}) + records.asking() + "#steps"
    )


def _without_steps(records: Records, one: Measure) -> Measured:
    """The measure as though nobody had accepted a step: every step that can be found."""
    held = kept.measured_held(records, Asked(one.id, records.area.slug, to=records.to))
    if held.series.kind != COUNT:
        raise DefinitionRefused(
            f"{one.name} is a {held.series.kind}, in which no steps are looked for",
            expected="a measure that is a count",
        )
    return held


def _month_of(held: Measured, text: str) -> Month:
    month = Month.parse(text.strip())
    first, last = held.series.start, held.series.end
    if not first < month <= last:
        raise DefinitionRefused(
            f"{month} cannot begin a new level",
            expected=f"a month after {first}, the first one known, and up to {last}",
        )
    return month


def _step_asked(request: HttpRequest, name: str, form: Step) -> HttpResponse:
    records = Records(request)
    one = records.measure(name)
    held = _without_steps(records, one)
    proposals = () if held.reading is None else held.reading.proposals
    return render(
        request,
        "regard/measures/steps.html",
        {
            "title": gettext("Accept or refuse a step"),
            "measure": one,
            "records": records,
            "proposals": [(one, pieces(one.statement)) for one in proposals],
            "form": form,
            "asking": records.asking(),
        },
        status=422 if form.errors else 200,
    )


ROUTES = (Route("measures/<slug:name>/steps", "measures.steps", steps, DECIDES, decided, DECIDES),)
