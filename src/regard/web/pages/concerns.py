"""Vulnerabilities, risks and lessons: the list, and one with everything said of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.assurance.accepting import rating
from regard.assurance.naming import Names
from regard.assurance.registers import said_about
from regard.assurance.vulnerabilities import (
    Stands,
    Vulnerability,
    vulnerabilities,
    vulnerability,
)
from regard.register.kinds.speech import Act
from regard.register.subjects import path_of
from regard.web.forms import Form
from regard.web.here import Here, here_of
from regard.web.needs import A_POST, enters
from regard.web.registered.asking import offer
from regard.web.registered.holdings import (
    can_propose,
    holdings,
    lines_of,
    threat_of,
    with_none,
)
from regard.web.registered.leading import page_of
from regard.web.registered.listing import list_shown
from regard.web.registered.saying import said_lines, said_of
from regard.web.routes import Route

LESSON = "lesson"
CALLED = {
    "vulnerability": _("Vulnerability"),
    "risk": _("Risk"),
    "issue": _("Issue"),
    "cause of concern": _("Cause of concern"),
    LESSON: _("Lesson"),
}
STANDS = {
    Stands.OPEN: (_("No action"), "red"),
    Stands.ANSWERED: (_("Answered"), "blue"),
    Stands.CLAIMED: (_("Said to be done"), "turquoise"),
    Stands.ACCEPTED: (_("Accepted"), "purple"),
    Stands.REOPENED: (_("Opened again"), "orange"),
    Stands.CLOSED: (_("Closed"), "green"),
}
ADDRESS = "registers.concern"


class Narrow(Form):
    """Which concerns are shown."""

    form = forms.ChoiceField(label=_("What it is called"), required=False)
    owner = forms.ChoiceField(label=_("Who answers for it"), required=False)
    threat = forms.ChoiceField(label=_("Threat"), required=False)
    state = forms.ChoiceField(label=_("How it stands"), required=False)


def concerns(request: HttpRequest) -> HttpResponse:
    """What stands in the way and what may: those that need attention first."""
    return _listed(request, gettext("Vulnerabilities and risks"), lambda one: one != LESSON)


def lessons(request: HttpRequest) -> HttpResponse:
    """What was learnt."""
    return _listed(request, gettext("Lessons"), lambda one: one == LESSON)


def _listed(request: HttpRequest, title: str, wanted: Callable[[str], bool]) -> HttpResponse:
    here = here_of(request)
    view = holdings(here)
    found = [one for one in vulnerabilities(view, as_at=here.day) if wanted(one.entry.value.form)]
    rows = [(one, threat_of(view, one.entry.value.about)) for one in found]
    narrow = Narrow(request.GET)
    offered: dict[str, set[Any]] = {
        "form": {(one.entry.value.form, CALLED[one.entry.value.form]) for one in found},
        "owner": {(one.entry.value.owner, one.owner) for one in found},
        "threat": {(threat, threat) for _, threat in rows if threat},
        "state": {(one.stands.value, STANDS[one.stands][0]) for one in found},
    }
    for name, choices in offered.items():
        ordered = sorted(choices, key=lambda one: str(one[1]))
        offer(narrow, **{name: with_none(ordered, gettext("All"))})
    asked = {name: request.GET.get(name, "") for name in offered}
    shown = [(one, threat) for one, threat in rows if _fits(one, threat, asked)]
    shown.sort(key=lambda row: (row[0].is_closed, not row[0].needs_attention, row[0].entry.seq))
    return list_shown(
        request,
        "concerns",
        title,
        shown,
        narrow=narrow,
        narrowed=any(asked.values()),
        stands=STANDS,
        called=CALLED,
        whole=len(found),
        attention=sum(one.needs_attention for one in found),
        open=sum(not one.is_closed for one in found),
        may_raise=enters("concern").allows(here.standing) and here.as_at is None,
    )


def _fits(one: Vulnerability, threat: str, asked: dict[str, str]) -> bool:
    held = {
        "form": one.entry.value.form,
        "owner": one.entry.value.owner,
        "threat": threat,
        "state": one.stands.value,
    }
    return all(not wanted or held[name] == wanted for name, wanted in asked.items())


def concern(request: HttpRequest, subject: str) -> HttpResponse:
    """One of them: its words, its owner, its actions, and everything that was said of it."""
    here = here_of(request)
    view = holdings(here)
    found = vulnerability(view, f"concern:{subject}", as_at=here.day)
    value = found.entry.value
    names = Names(view)
    return render(
        request,
        "regard/registers/concern.html",
        {
            "title": names.of(found.entry.subject),
            "found": found,
            "called": CALLED[value.form],
            "state": STANDS[found.stands],
            "about": names.of(value.about),
            "requirement": view.find(value.about) if value.about else None,
            "requirement_address": page_of(view, value.about),
            "rating": rating(view, found.entry.subject, as_at=here.day),
            "said": [
                said_of(names, one) for one in said_about(view, found.entry.subject, as_at=here.day)
            ],
            "deeds": _deeds(here, found),
            "is_lesson": value.form == LESSON,
        },
    )


def _deeds(here: Here, found: Vulnerability) -> list[tuple[str, Any]]:
    """What this post may do about it today: each by its address."""
    if here.as_at is not None:
        return []
    kwargs = {"subject": path_of(found.entry.subject)}
    whole = {"subject": found.entry.subject}
    speaks = bool(lines_of(here))
    owns = found.entry.value.owner == here.speaker.post
    offered = (
        (
            enters("expectation").allows(here.standing) and not found.is_closed,
            reverse("registers.answer", kwargs=kwargs),
            gettext("Answer it with an action"),
        ),
        (
            speaks and not found.is_closed,
            reverse("registers.rate", kwargs=kwargs),
            gettext("Rate it"),
        ),
        (
            can_propose(here, Act.ACCEPT) and not found.is_closed,
            reverse("registers.accept", kwargs=kwargs),
            gettext("Accept it as a risk"),
        ),
        (
            owns and can_propose(here, Act.CLOSE) and not found.is_closed,
            reverse("registers.claim", kwargs=whole),
            gettext("Say that it is dealt with"),
        ),
        *said_lines(here, found.entry, found.closing),
    )
    return [(address, said) for may, address, said in offered if may]


ROUTES = (
    Route("registers/concerns", "registers.concerns", concerns, A_POST),
    Route("registers/lessons", "registers.lessons", lessons, A_POST),
    Route("registers/concern/<path:subject>", ADDRESS, concern, A_POST),
)
