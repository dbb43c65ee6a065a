"""Promises of issued papers: what became of each, and what says so."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.assurance.answering import Papers
from regard.assurance.naming import Names
from regard.assurance.promises import Became, promises, standing
from regard.assurance.registers import said_about
from regard.web.forms import Form
from regard.web.here import here_of
from regard.web.needs import A_POST
from regard.web.registered.asking import offer
from regard.web.registered.holdings import holdings, with_none
from regard.web.registered.listing import list_shown
from regard.web.registered.saying import said_of
from regard.web.routes import Route

BECAME = {
    Became.TO_COME: (_("To come"), "blue"),
    Became.KEPT: (_("Kept"), "green"),
    Became.BROKEN: (_("Broken"), "red"),
    Became.NOT_ANSWERED: (_("Not answered"), "orange"),
    Became.ANSWERED_LATE: (_("Kept late"), "yellow"),
}
UNANSWERED = "unanswered"


class Narrow(Form):
    """Which promises are shown."""

    became = forms.ChoiceField(label=_("What became of it"), required=False)


def listed(request: HttpRequest) -> HttpResponse:
    """Every promise by its day, those that the next paper must answer first."""
    here = here_of(request)
    view = holdings(here)
    papers = Papers(view)
    found = [
        standing(view, one.subject, as_at=here.day, papers=papers)
        for one in promises(view)
        if one.effective <= here.day
    ]
    found.sort(key=lambda one: (not one.must_be_answered, one.dates.now or here.day))
    narrow = Narrow(request.GET)
    choices = [(one.value, said) for one, (said, _colour) in BECAME.items()]
    choices.append((UNANSWERED, _("The next paper must answer it")))
    offer(narrow, became=with_none(choices, gettext("All")))
    asked = request.GET.get("became", "")
    shown = [
        one
        for one in found
        if asked in ("", one.became.value) or (asked == UNANSWERED and one.must_be_answered)
    ]
    return list_shown(
        request,
        "promises",
        gettext("Promises of issued papers"),
        shown,
        narrow=narrow,
        narrowed=bool(asked),
        became=BECAME,
        whole=len(found),
        waiting=sum(one.must_be_answered for one in found),
    )


def promise(request: HttpRequest, subject: str) -> HttpResponse:
    """One promise: its words, what became of it, and what says so."""
    here = here_of(request)
    view = holdings(here)
    found = standing(view, f"expectation:{subject}", as_at=here.day)
    names = Names(view)
    value = found.entry.value
    return render(
        request,
        "regard/registers/promise.html",
        {
            "title": names.of(found.entry.subject),
            "found": found,
            "became": BECAME[found.became],
            "paper": view.find(found.facet.paper),
            "owner": names.of(value.owner),
            "body": names.of(value.scope),
            "topic": names.of(found.facet.topic),
            "said": [
                said_of(names, one) for one in said_about(view, found.entry.subject, as_at=here.day)
            ],
        },
    )


ROUTES = (
    Route("registers/promises", "registers.promises", listed, A_POST),
    Route("registers/promise/<path:subject>", "registers.promise", promise, A_POST),
)
