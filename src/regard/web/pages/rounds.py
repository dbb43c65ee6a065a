"""Rounds: all of them, one as a whole, carried forward and closed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from regard.assurance.cells import Cells
from regard.assurance.composite import Composite, composite
from regard.assurance.progress import progress
from regard.assurance.rounds import carry, close
from regard.assurance.silences import Silence, still_to_speak
from regard.assurance.voices import calibration
from regard.core.errors import RegardError
from regard.register.kinds.frame import Cycle
from regard.register.subjects import path_of
from regard.web.forms import Form
from regard.web.here import here_of
from regard.web.judged.chosen import LINES, Chosen, c_said, chosen, one_chosen
from regard.web.needs import A_POST, enters
from regard.web.pages.judging import status_or
from regard.web.paging import paged
from regard.web.routes import Route

MOST_NAMED = 50  # cells that an exception lists; beyond that it says how many there are


def runs(request: HttpRequest) -> bool:
    """Whether the post runs rounds, on the day that is looked at."""
    here = here_of(request)
    held = any(Cycle.kind in role.enters for role in here.standing.roles)
    return held and here.as_at is None


def listed(request: HttpRequest) -> HttpResponse:
    """Every round, the open ones first and then the latest."""
    at = chosen(request)
    held = at.rounds if at is not None else ()
    told = {
        "title": gettext("Rounds of assurance"),
        "page": paged(request, held),
        "runs": runs(request),
    }
    return render(request, "regard/requirements/rounds.html", told)


def round_(request: HttpRequest, name: str) -> HttpResponse:
    """A round as one picture, and who has still to speak in it."""
    at = one_chosen(request, name=name)
    whole = at.whole
    made = composite(at.view, whole, scope=at.scope)
    told = {
        "title": at.cycle.value.name,
        "at": at,
        "here_address": reverse("requirements.round", kwargs={"name": name}),
        "editions": at.view.many(at.cycle.value.editions).values(),
        "aspects": [c_said(one) for one in at.cycle.value.aspects],
        "before": next((o for o in at.rounds if o.subject == at.cycle.value.follows), None),
        "progress": progress(whole).statements,
        "silences": tuple(_silent(at, still_to_speak(at.view, at.cycle.subject, matrix=whole))),
        "made": made,
        "parts": [_part(at, one, made.cells) for one in made.parts],
        "exceptions": tuple(_exceptions(at, made)),
        "runs": runs(request),
    }
    return render(request, "regard/requirements/round.html", told)


def _silent(at: Chosen, found: tuple[Silence, ...]) -> Iterator[dict[str, Any]]:
    for one in found:
        yield {
            "line": LINES[one.duty.line],
            "post": at.name(one.duty.post),
            "number": len(one.keys),
            "why": one.why,
            "of": at.text(one.duty.about) if one.duty.about else "",
            "first": at.text(one.keys[0].about) if one.keys else "",
            "address": at.address(one.keys[0])
            if one.keys and one.keys[0] in at.whole.cells
            else "",
        }


def _part(at: Chosen, part: Any, held: Cells) -> dict[str, Any]:
    return {
        "title": part.title,
        "address": at.page("requirements.threat", about=path_of(part.about)),
        "said": part.spread.statements(),
        "worst": [
            (at.level(one.scale, one.level.code), len(one.cells)) for one in part.spread.worst
        ],
        "of": len(part.spread.cells),
        "calibration": calibration(at.view, (held,), part.about, at.scope),
    }


def _exceptions(at: Chosen, made: Composite) -> Iterator[dict[str, Any]]:
    for words, held in made.whole.exceptions():
        yield {
            "words": words,
            "number": len(held),
            "cells": [
                (at.text(one.key.about), c_said(one.key.aspect), at.address(one.key))
                for one in held[:MOST_NAMED]
            ],
            "more": max(0, len(held) - MOST_NAMED),
        }


def carried(request: HttpRequest, name: str) -> HttpResponse:
    """Offer what was judged in the last round again, unreviewed and never counted."""
    at = one_chosen(request, name=name)
    done = carry(at.here.register, at.cycle.subject, by=at.here.speaker)
    messages.success(request, " ".join(str(one) for one in done.statements))
    return HttpResponseRedirect(reverse("requirements.round", kwargs={"name": name}))


def closing(request: HttpRequest, name: str) -> HttpResponse:
    """Ask whether a round is to be closed, and say what is missing."""
    return _closing(request, one_chosen(request, name=name), Form())


def _closing(request: HttpRequest, at: Chosen, form: Form, status: int = 200) -> HttpResponse:
    whole = at.whole
    told = {
        "title": gettext("Close this round?"),
        "at": at,
        "form": form,
        "progress": progress(whole).statements,
        "silences": tuple(_silent(at, still_to_speak(at.view, at.cycle.subject, matrix=whole))),
    }
    return render(request, "regard/requirements/close.html", told, status=status)


def closed(request: HttpRequest, name: str) -> HttpResponse:
    """Close a round in which everybody has spoken who must."""
    at, form = one_chosen(request, name=name), Form(request.POST)
    try:
        entry = close(at.here.register, at.cycle.subject, by=at.here.speaker)
    except RegardError as refusal:
        form.refuse(refusal)
        return _closing(request, at, form, status_or(refusal))
    told = gettext("The round is closed, by entry %(seq)s.")
    messages.success(request, told % {"seq": f"{entry.seq:,}"})
    return HttpResponseRedirect(reverse("requirements.round", kwargs={"name": name}))


ROUTES = (
    Route("requirements/rounds", "requirements.rounds", listed, A_POST),
    Route("requirements/round/<path:name>", "requirements.round", round_, A_POST),
    Route(
        "requirements/carry/<path:name>",
        "requirements.round.carry",
        round_,
        A_POST,
        carried,
        enters("cycle"),
    ),
    Route(
        "requirements/close/<path:name>",
        "requirements.round.close",
        closing,
        enters("cycle"),
        closed,
        enters("cycle"),
    ),
)
