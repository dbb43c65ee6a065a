"""Evidence: what stands, by the requirement that cites it; added, and retracted with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.assurance.evidence import add_once, retract, weighed
from regard.core.errors import EntryRefused, NotKnown, RegardError
from regard.register.entries import Entry
from regard.register.kinds.facts import Observation
from regard.register.kinds.frame import Measure
from regard.register.subjects import path_of
from regard.web.forms import Form
from regard.web.judged.chosen import Chosen, Tag, chosen, one_chosen
from regard.web.judged.saying import Adding, Reason
from regard.web.needs import A_POST, enters
from regard.web.pages.cell import SORTS
from regard.web.pages.judging import REFUSED, status_or
from regard.web.paging import paged
from regard.web.routes import Route


class AddingFile(Adding):
    """A piece of evidence with the document itself, of which the digest is kept."""

    file = forms.FileField(
        label=_("The document itself (optional)"),
        help_text=_("Its digest is kept, by which it can be recognised; the document is not."),
        required=False,
    )
    field_order = ("text", "document", "place", "file")


@dataclass(frozen=True)
class Row:
    """A piece of evidence under a requirement that cites it, or under none.

    Attributes:
        about: What cites it, in its words; empty if nothing in the round does.
        address: The page of that.
        entry: The piece.
        tag: How it reads on the day.
    """

    about: str
    address: str
    entry: Entry[Observation]
    tag: Tag


def listed(request: HttpRequest) -> HttpResponse:
    """The evidence on a body, by the requirement that cites it in a round."""
    at = chosen(request)
    if at is None:
        return render(request, "regard/requirements/none.html", {"title": gettext("Evidence")})
    page = paged(request, tuple(_rows(at)))
    adds = any("observation" in role.enters for role in at.here.standing.roles)
    told = {
        "title": gettext("Evidence by requirement"),
        "at": at,
        "page": page,
        "adds": adds and at.here.as_at is None,
    }
    return render(request, "regard/requirements/evidence.html", told)


def _rows(at: Chosen) -> Iterator[Row]:
    held = {
        one.subject: one for one in at.view.all(Observation, scope=at.scope) if one.held is not None
    }
    found = weighed(held, held, at.day)
    sorts = {subject: sort for sort in SORTS for subject in getattr(found, sort)}
    citing: dict[str, dict[str, None]] = {}
    for cell in at.matrix:
        for voice in cell.voices:
            for one in voice.entry.value.evidence:
                citing.setdefault(cell.key.about, {})[one] = None
    cited = set()
    for about in at.matrix.requirements:
        for subject in citing.get(about, ()):
            if subject in held:
                cited.add(subject)
                address = at.page("requirements.threat", about=path_of(about))
                yield Row(at.text(about), address, held[subject], SORTS[sorts[subject]])
    rest = (one for one in held.values() if one.subject not in cited)
    for entry in sorted(rest, key=lambda one: one.seq, reverse=True):
        yield Row("", "", entry, SORTS[sorts[entry.subject]])


def adding(request: HttpRequest) -> HttpResponse:
    """Ask what was found."""
    at = one_chosen(request)
    return _asked(request, at, _form(at))


def added(request: HttpRequest) -> HttpResponse:
    """Add a piece of evidence."""
    at = one_chosen(request)
    form = _form(at, request.POST, request.FILES)
    if not form.is_valid():
        return _asked(request, at, form, REFUSED)
    try:
        with _kept(form.cleaned_data["file"]) as file:
            piece = replace(form.piece(at.scope), file=file)
            entry = add_once(at.here.register, piece, by=at.here.speaker)
    except RegardError as refusal:
        form.refuse(refusal)
        return _asked(request, at, form, status_or(refusal))
    told = gettext("Added as entry %(seq)s; a judgement can cite it now.")
    messages.success(request, told % {"seq": f"{entry.seq:,}"})
    return HttpResponseRedirect(at.page("requirements.evidence"))


@contextmanager
def _kept(file: UploadedFile | None) -> Iterator[Path | None]:
    """A file that was sent, under its own name, for as long as its digest is made."""
    if file is None:
        yield None
        return
    with TemporaryDirectory() as folder:
        kept = Path(folder) / (PurePath(file.name or "").name or "document")
        with kept.open("wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
        yield kept


def _form(at: Chosen, *data: Any) -> AddingFile:
    held = (one for one in at.view.all(Measure) if one.held is not None)
    measures = sorted((one.subject, one.value.name, one.value.unit) for one in held)
    return AddingFile(
        *data,
        measures=tuple(measures),
        standing=at.here.standing,
        initial={"collected": at.here.today},
    )


def _asked(request: HttpRequest, at: Chosen, form: Form, status: int = 200) -> HttpResponse:
    told = {"title": gettext("Add evidence"), "at": at, "form": form}
    return render(request, "regard/requirements/add_evidence.html", told, status=status)


def retracting(request: HttpRequest, subject: str) -> HttpResponse:
    """Ask why a piece of evidence was wrong."""
    at = one_chosen(request)
    return _why(request, at, _piece(at, subject), Reason())


def retracted(request: HttpRequest, subject: str) -> HttpResponse:
    """Say that a piece of evidence was wrong: it stays in the journal and counts no more."""
    at = one_chosen(request)
    piece, form = _piece(at, subject), Reason(request.POST)
    if not form.is_valid():
        return _why(request, at, piece, form, REFUSED)
    try:
        if piece.value.retracts:
            raise EntryRefused(
                f"{piece.subject} was retracted before, by entry {piece.seq}",
                expected="evidence that still counts",
            )
        retract(
            at.here.register,
            piece.subject,
            reason=form.cleaned_data["reason"],
            by=at.here.speaker,
        )
    except RegardError as refusal:
        form.refuse(refusal)
        return _why(request, at, piece, form, status_or(refusal))
    messages.success(request, gettext("It is retracted, and counts no more."))
    return HttpResponseRedirect(at.page("requirements.evidence"))


def _piece(at: Chosen, subject: str) -> Entry[Observation]:
    found = at.view.find(f"observation:{subject}")
    if found is None or found.held is None:
        raise NotKnown("piece of evidence", subject, ())
    return found


def _why(
    request: HttpRequest, at: Chosen, piece: Entry[Observation], form: Form, status: int = 200
) -> HttpResponse:
    told = {"title": gettext("Retract evidence"), "at": at, "piece": piece, "form": form}
    return render(request, "regard/requirements/retract.html", told, status=status)


ROUTES = (
    Route("requirements/evidence", "requirements.evidence", listed, A_POST),
    Route(
        "requirements/evidence/add",
        "requirements.evidence.add",
        adding,
        enters("observation"),
        added,
        enters("observation"),
    ),
    Route(
        "requirements/evidence/retract/<path:subject>",
        "requirements.evidence.retract",
        retracting,
        enters("observation"),
        retracted,
        enters("observation"),
    ),
)
