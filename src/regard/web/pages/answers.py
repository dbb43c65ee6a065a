"""Answers of stress tests: listed, set side by side, read whole, kept as evidence, made again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.board.performance import area_name
from regard.capability.scenarios import HOURS, PAPER, keep_answered, name_of, text_beside
from regard.core.cells import csv_text
from regard.core.errors import DefinitionRefused, RegardError
from regard.core.markings import OFFICIAL, Marking
from regard.core.periods import day_said
from regard.papers.writing import FORMATS
from regard.register.access import Standing
from regard.web.background.stressing import ENTERS, ask_to_make_again, ask_to_write
from regard.web.capable.asking import address_of
from regard.web.capable.comparing import (
    FEWEST,
    assumptions,
    compared,
    late_said,
    must_be_comparable,
    psus_said,
)
from regard.web.capable.finding import Answers, Found
from regard.web.capable.formats import formats_written, in_format
from regard.web.capable.held import drawn_held, reading_held
from regard.web.capable.incident_records import IncidentRecords
from regard.web.forms import Form
from regard.web.here import Here, here_of, home
from regard.web.judged.saying import markings
from regard.web.needs import A_POST
from regard.web.paging import paged
from regard.web.reading import Reading
from regard.web.routes import Route
from regard.web.sending import enclosed, sent

REFUSED = 422
WAITING_SHOWN = 20  # answers that nobody has kept, on the page of the list


class Keep(Form):
    """How closely an answer is held once it is kept.

    Args:
        standing: Who keeps it.
    """

    marking = forms.ChoiceField(label=_("Marking"), widget=forms.RadioSelect, initial=str(OFFICIAL))

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["marking"]
        field.choices = markings(standing)


def answers(request: HttpRequest) -> HttpResponse:
    """The answers that are kept, and the post's own that are not."""
    return _listed(request)


def _listed(request: HttpRequest, refused: RegardError | None = None) -> HttpResponse:
    found = _answers(request)
    kept = found.kept()
    page = paged(request, kept)
    waiting = found.waiting(kept)
    shown = {
        "title": gettext("Answers of stress tests"),
        "page": page,
        "rows": [(name_of(one), one) for one in page.rows],
        "names": IncidentRecords(request).names,
        "waiting": waiting[:WAITING_SHOWN],
        "more": len(waiting) > WAITING_SHOWN,
        "comparable": len(page.rows) + len(waiting) >= FEWEST,
        "refused": refused,
    }
    status = REFUSED if refused else 200
    return render(request, "regard/capability/answers.html", shown, status=status)


def compare(request: HttpRequest) -> HttpResponse:
    """Two to four answers side by side."""
    names = list(dict.fromkeys(request.GET.getlist("name")))
    try:
        must_be_comparable(names)
    except DefinitionRefused as refusal:
        return _listed(request, refusal)
    found = _answers(request)
    held = compared([found.find(one) for one in names])
    shown = {"title": gettext("Answers side by side"), "held": held}
    return render(request, "regard/capability/answers_compare.html", shown)


def answer(request: HttpRequest, name: str) -> HttpResponse:
    """One answer: the sentence for the board and all that it stands on."""
    answers_ = _answers(request)
    return _answered(request, answers_, answers_.find(name))


def keep(request: HttpRequest, name: str) -> HttpResponse:
    """Keep an answer as evidence: enter what it says, with the digest of its file."""
    here, answers_ = here_of(request), _answers(request)
    found = answers_.find(name)
    form = Keep(request.POST, standing=here.standing)
    if not form.is_valid():
        return _answered(request, answers_, found, form)
    try:
        entry = keep_answered(
            here.register,
            found.answer,
            by=here.speaker,
            scope=_body(request, found),
            marking=Marking.parse(form.cleaned_data["marking"]),
        )
    except RegardError as refusal:
        form.refuse(refusal)
        return _answered(request, answers_, found, form)
    told = gettext("Kept as entry %(seq)s. A judgement can cite it now.")
    messages.success(request, told % {"seq": f"{entry.seq:,}"})
    return HttpResponseRedirect(_page(name))


def again(request: HttpRequest, name: str) -> HttpResponse:
    """Have an answer made again in the background."""
    made = ask_to_make_again(here_of(request), _answers(request).find(name))
    return HttpResponseRedirect(reverse("work.one", kwargs={"number": made.pk}))


def write(request: HttpRequest, name: str) -> HttpResponse:
    """Have an answer written in every format in the background."""
    made = ask_to_write(here_of(request), _answers(request).find(name))
    return HttpResponseRedirect(reverse("work.one", kwargs={"number": made.pk}))


def file(request: HttpRequest, name: str, format: str) -> HttpResponse:  # noqa: A002
    """An answer in one format, once it was written."""
    found = _answers(request).find(name)
    named, content = in_format(home(), name, _must_read(found), format)
    return sent(named, content, marking=found.marking)


def chart(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """The picture of a chart of an answer."""
    found = _answers(request).find(name)
    drawn = drawn_held(_must_read(found), found.answer.beside[PAPER], number)
    return enclosed(drawn, "image/svg+xml")


def hours(request: HttpRequest, name: str) -> HttpResponse:
    """Every hour of an answer as a file."""
    found = _answers(request).find(name)
    return _csv(found, "hours", text_beside(home(), found.answer, HOURS))


def levels(request: HttpRequest, name: str) -> HttpResponse:
    """Every number of PSUs and grade of an answer as a file."""
    found = _answers(request).find(name)
    heads = ("psus", "grade", "late_percent", "low", "high", "wait_minutes")
    rows = [
        (one["psus"], one["grade"], one["late"], one["low"], one["high"], one["wait"])
        for one in found.answer.readings
    ]
    return _csv(found, "levels", csv_text([heads, *rows]))


def _csv(found: Found, what: str, text: str) -> HttpResponse:
    """Rows as a file: marked first and last, with what they are of before them."""
    told = found.answer
    marking = (str(found.marking),)
    before = [
        marking,
        (gettext("Stress test"), told.name),
        (gettext("Force"), area_name(told.force)),
        (gettext("Records to"), day_said(told.as_at)),
        *([(gettext("Rows"), "GENERATED")] if told.generated else []),
        *assumptions(told.question),
        (gettext("Replications"), told.replications),
        (gettext("Inputs (SHA-256)"), told.inputs),
        (gettext("Answer (SHA-256)"), told.digest),
        (),
    ]
    after = [(), *((gettext("Source"), one) for one in told.sources), marking]
    content = csv_text(before) + text + csv_text(after)
    answer_ = HttpResponse(content, content_type="text/csv; charset=utf-8")
    tier = str(found.marking).partition(":")[0]
    name = f"stress-test-{told.name}-{what}_{told.as_at.isoformat()}_{tier}.csv"
    answer_["Content-Disposition"] = f'attachment; filename="{name}"'
    if found.marking != OFFICIAL:
        answer_["Cache-Control"] = "no-store"
    return answer_


def _answers(request: HttpRequest) -> Answers:
    here = here_of(request)
    return Answers(here.view, here.standing, home(), here.as_at)


def _reading(found: Found) -> Reading | None:
    """The document of an answer; None of one that was kept without."""
    return _must_read(found) if PAPER in found.answer.beside else None


def _must_read(found: Found) -> Reading:
    """The document of an answer.

    Raises:
        NotKnown: it was kept without.
        FileUnreadable: its file is gone or says something else than was written.
    """
    text = text_beside(home(), found.answer, PAPER)
    return reading_held(text, found.answer.beside[PAPER], found.marking)


def _body(request: HttpRequest, found: Found) -> str:
    """The body that an answer is about: the force's, or the post's own where it has none."""
    return IncidentRecords(request).body_of(found.answer.force) or here_of(request).body


def _answered(
    request: HttpRequest, answers_: Answers, found: Found, form: Keep | None = None
) -> HttpResponse:
    here, told = here_of(request), found.answer
    reading = _reading(found)
    may_enter = ENTERS.allows(here.standing) and here.as_at is None
    asked = told.question
    shown = {
        "title": gettext("Stress test: %(psus)s PSUs away for %(days)s days")
        % {"psus": f"{asked.psus:,}", "days": f"{asked.days:,}"},
        "found": found,
        "answer": told,
        "area": area_name(told.force),
        "reading": reading,
        "charts_at": f"{_page(told.name)}/charts/",
        "formats": formats_written(home(), told.name, reading) if reading else (),
        "every_format": FORMATS,
        "levels": [
            (psus_said(one["psus"]), one["grade"], late_said(told, one["psus"], one["grade"]))
            for one in told.readings
        ],
        "assumptions": assumptions(asked),
        "form": form or Keep(standing=here.standing),
        "may_keep": may_enter and found.entry is None,
        "may_make_again": may_enter and found.entry is not None,
        "made_again": answers_.made_again(told.name),
        "by": _by(here, found),
        "anew": f"{reverse('capability.stress')}{address_of(told.force, asked)}",
    }
    status = REFUSED if form is not None and form.errors else 200
    return render(request, "regard/capability/answer.html", shown, status=status)


def _by(here: Here, found: Found) -> str:
    """The post that kept an answer, by name."""
    if found.entry is None:
        return ""
    party = here.holdings.party(found.entry.post)
    return found.entry.post if party is None else party.name


def _page(name: str) -> str:
    return reverse("capability.answer", kwargs={"name": name})


_AT = "capability/answers/<slug:name>"

ROUTES = (
    Route("capability/answers", "capability.answers", answers, A_POST),
    Route("capability/answers/compare", "capability.answers-compare", compare, A_POST),
    Route(_AT, "capability.answer", answer, A_POST),
    Route(f"{_AT}/keep", "capability.answer-keep", post=keep, writes=ENTERS),
    Route(f"{_AT}/again", "capability.answer-again", post=again, writes=ENTERS),
    Route(f"{_AT}/write", "capability.answer-write", post=write, writes=A_POST, enters=False),
    Route(f"{_AT}/files/<slug:format>", "capability.answer-file", file, A_POST),
    Route(f"{_AT}/charts/<int:number>", "capability.answer-chart", chart, A_POST),
    Route(f"{_AT}/hours.csv", "capability.answer-hours", hours, A_POST),
    Route(f"{_AT}/levels.csv", "capability.answer-levels", levels, A_POST),
)
