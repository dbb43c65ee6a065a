"""A cell: the words that are asked, what each line says, on what, and since when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from regard.assurance.cells import Voice
from regard.assurance.evidence import Weighed, weighed
from regard.assurance.suggesting import Suggested
from regard.register.entries import Entry
from regard.register.kinds.speech import Judgement
from regard.register.kinds.values import Line, Wording
from regard.register.subjects import path_of
from regard.web.forms import Form
from regard.web.judged.chosen import LINES, READS, Tag, c_said, one_chosen
from regard.web.judged.looked_at import (
    NEW,
    At,
    adding_form,
    answering_form,
    assuring_form,
    cell_of,
    judging_form,
)
from regard.web.judged.promised import promised
from regard.web.needs import A_POST
from regard.web.routes import Route

WORDINGS = {
    Wording.QUOTED: _("Quoted"),
    Wording.PARAPHRASED: _("Paraphrased"),
    Wording.FROM_MEMORY: _("From memory, to be confirmed against the source"),
}

SORTS = {
    "current": Tag(_("Counts"), "green"),
    "expired": Tag(_("Expired"), "yellow"),
    "not_yet": Tag(_("Found after this day"), "grey"),
    "retracted": Tag(_("Retracted"), "red"),
    "unseen": Tag(_("Not shown to your post"), "grey"),
}


def cell(request: HttpRequest, about: str, under: str) -> HttpResponse:
    """Everything that is said of a cell, and the form by which the post says more."""
    return show(request, cell_of(request, about, under))


def show(request: HttpRequest, at: At, *, status: int = 200) -> HttpResponse:
    """The page of a cell, with the forms that were refused as they were filled in."""
    chosen, value = at.chosen, at.requirement.value
    suggestion = at.suggestion()
    root = chosen.matrix.above(at.key.about)[-1]
    told = {
        "title": value.text,
        "at": at,
        "chosen": chosen,
        "under": c_said(at.key.aspect),
        "edition": chosen.view.find(value.edition),
        "wording": WORDINGS[value.wording],
        "root": root,
        "root_text": chosen.text(root),
        "root_address": chosen.page("requirements.threat", about=path_of(root)),
        "tags": chosen.stands(at.cell),
        "reads": READS[at.cell.reads],
        "voices": [_voice(at, line) for line in (1, 2, 3)],
        "board": _board(at),
        "evidence": tuple(_evidence(at, suggestion)),
        "suggestion": suggestion,
        "suggested": chosen.level(value.scale, suggestion.level) if suggestion.level else None,
        "price": promised(chosen, (at.key.about,)),
        "history": tuple(_history(at)),
        "others": _others(at),
        "next": _next(at),
        "forms": _forms(at, suggestion),
    }
    return render(request, "regard/requirements/cell.html", told, status=status)


def _voice(at: At, line: int) -> dict[str, Any]:
    found = at.cell.at(line)
    told: dict[str, Any] = {"line": LINES[Line(line)], "spoke": False}
    if found is None:
        return told
    return {**told, "spoke": found.counts, **_said(at, found)}


def _said(at: At, voice: Voice) -> dict[str, Any]:
    value = voice.entry.value
    lead = at.lead
    agreed = None
    if value.answers is not None and lead is not None:
        agreed = (value.level, value.absent) == (lead.level, lead.entry.value.absent)
    return {
        "entry": voice.entry,
        "value": value,
        "tag": at.chosen.said(value),
        "post": at.chosen.name(_first_said(at, voice).post),
        "departed": at.chosen.level(value.scale, value.suggested)
        if value.departure and value.suggested not in (None, value.level)
        else None,
        "agreed": agreed,
        "before_lead": voice.counts
        and value.line is Line.OVERSEEING
        and lead is not None
        and lead.entry.seq > voice.entry.seq,
    }


def _first_said(at: At, voice: Voice) -> Entry[Judgement]:
    """The entry in which it was first said: of a carried voice that from which it was carried."""
    origin = voice.entry.value.carried_from
    return next((one for one in at.recalled if one.seq == origin), voice.entry)


def _board(at: At) -> dict[str, Any]:
    for about in at.chosen.matrix.above(at.key.about):
        found = at.chosen.matrix.board.get((at.key.scope, about))
        if found is not None:
            of = at.chosen.text(about)
            return {"line": LINES[Line.BOARD], "spoke": True, "of": of, **_said(at, found)}
    return {"line": LINES[Line.BOARD], "spoke": False}


def _evidence(at: At, suggestion: Suggested) -> Iterator[dict[str, Any]]:
    cited = dict.fromkeys(
        (
            *(one for voice in at.cell.voices for one in voice.entry.value.evidence),
            *suggestion.cited,
        )
    )
    held = at.chosen.view.many(cited)
    sorts = _sorts(weighed(cited, held, at.chosen.day))
    for subject in cited:
        lines = [
            int(voice.line) for voice in at.cell.voices if subject in voice.entry.value.evidence
        ]
        yield {
            "subject": subject,
            "entry": held.get(subject),
            "tag": SORTS[sorts[subject]],
            "lines": lines,
        }


def _sorts(found: Weighed) -> dict[str, str]:
    return {subject: sort for sort in SORTS for subject in getattr(found, sort)}


def _history(at: At) -> Iterator[dict[str, Any]]:
    rounds = {one.subject: one for one in at.chosen.rounds}
    for one in at.recalled:
        if one.value.aspect != at.key.aspect:
            continue
        held = rounds.get(one.value.cycle or "")
        yield {
            "round": held.value.name if held is not None else path_of(one.value.cycle or ""),
            "line": int(one.value.line),
            "tag": at.chosen.said(one.value),
            "post": at.chosen.name(one.post),
            "entry": one,
            "elsewhere": one.value.about != at.key.about,
        }


def _others(at: At) -> list[tuple[str, str]]:
    return [
        (c_said(one.key.aspect), at.chosen.address(one.key))
        for one in at.chosen.matrix
        if one.key.about == at.key.about and one.key != at.key
    ]


def _next(at: At) -> str:
    if not at.judges:
        return ""
    order = list(at.chosen.duty)
    waiting = set(at.chosen.waiting) - {at.key}
    here = order.index(at.key)
    for key in (*order[here + 1 :], *order[:here]):
        if key in waiting:
            return at.chosen.address(key)
    return ""


def _forms(at: At, suggestion: Suggested) -> dict[str, Form]:
    """The forms of the acts that the post may do here: those refused, else new ones."""
    made: dict[str, Form] = {}
    if at.judges:
        made["judge"] = judging_form(at, evidence=suggestion.cited)
        made[NEW] = adding_form(at)
    if at.answers:
        made["challenge"] = answering_form(at)
    if at.inspects:
        made["inspect"] = judging_form(at, prefix="inspect", departs=False)
    if at.assures:
        made["assure"] = assuring_form(at)
    return {**made, **at.forms}


def next_cell(request: HttpRequest) -> HttpResponse:
    """The next cell that waits for the post's judgement; the matrix where none does."""
    chosen = one_chosen(request)
    waiting = chosen.waiting if chosen.speaks else ()
    if waiting:
        return HttpResponseRedirect(chosen.address(waiting[0]))
    return HttpResponseRedirect(f"{reverse('requirements')}?{chosen.query}")


ROUTES = (
    Route("requirements/cell/<path:about>/<slug:under>", "requirements.cell", cell, A_POST),
    Route("requirements/next", "requirements.next", next_cell, A_POST),
)
