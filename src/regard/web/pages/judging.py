"""What a post says of one cell: judged, answered, seen from outside, assured; with evidence."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext

from regard.assurance import judging
from regard.assurance.evidence import add_once
from regard.core.errors import RegardError
from regard.register.entries import Entry
from regard.register.kinds.facts import Observation
from regard.register.kinds.speech import Judgement
from regard.register.kinds.values import Line
from regard.web.forms import Form
from regard.web.here import here_of
from regard.web.judged.chosen import shelf
from regard.web.judged.looked_at import (
    NEW,
    At,
    adding_form,
    answering_form,
    assuring_form,
    cell_of,
    judging_form,
)
from regard.web.judged.saying import Judging
from regard.web.needs import A_POST, speaks_at
from regard.web.pages.cell import cell, show
from regard.web.refusing import status_of
from regard.web.routes import Route

REFUSED = 422  # the status of a form that was sent and not taken


def judged(request: HttpRequest, about: str, under: str) -> HttpResponse:
    """Judge a cell at line 1; or add a piece of evidence to it, and go on with what was typed."""
    at = cell_of(request, about, under)
    at.ticked = _sent(request)
    piece = adding_form(at, request.POST)
    if "add" in request.POST or piece.filled:
        if not piece.is_valid():
            return _kept(request, at, REFUSED, {NEW: piece})
        try:
            entry = add_once(
                at.chosen.here.register, piece.piece(at.key.scope), by=at.chosen.here.speaker
            )
        except RegardError as refusal:
            piece.refuse(refusal)
            return _kept(request, at, status_or(refusal), {NEW: piece})
        at = _with(request, about, under, entry)
        if "add" in request.POST:
            messages.success(request, gettext("The evidence was added, and is ticked below."))
            return _kept(request, at, 200, {NEW: adding_form(at)})
        messages.info(request, gettext("The evidence was added."))
    form = judging_form(at, _ticked(request, at))
    return _judge(request, at, form)


def _judge(request: HttpRequest, at: At, form: Judging) -> HttpResponse:
    if form.is_valid():
        word = form.word()
        at.ticked = word.evidence
        suggested = at.suggestion()
        if suggested.level not in (None, word.level) and not word.departure.strip():
            scale = at.requirement.value.scale
            said = at.chosen.level(scale, suggested.level).said
            form.add_error(
                "departure",
                gettext("The rule suggests “%(level)s”. Say here why you choose another position.")
                % {"level": said},
            )
    if form.is_valid():
        try:
            entry = judging.judge(
                at.chosen.here.register,
                at.chosen.cycle.subject,
                at.key,
                word,
                by=at.chosen.here.speaker,
                held=shelf(),
            )
        except RegardError as refusal:
            form.refuse(refusal)
            return show(request, _refused(at, "judge", form), status=status_or(refusal))
        return _done(request, at, entry)
    return show(request, _refused(at, "judge", form), status=REFUSED)


def _with(request: HttpRequest, about: str, under: str, entry: Entry[Observation]) -> At:
    """The cell again, with a piece of evidence that was added since and is ticked."""
    here_of(request).looks_again()
    at = cell_of(request, about, under)
    at.ticked = tuple(dict.fromkeys((*_sent(request), entry.subject)))
    return at


def _sent(request: HttpRequest) -> tuple[str, ...]:
    return (*request.POST.getlist("evidence"), *request.POST.getlist("others"))


def _ticked(request: HttpRequest, at: At) -> object:
    data = request.POST.copy()
    data.setlist("evidence", list(at.ticked or ()))
    data.setlist("others", [])
    return data


def _kept(request: HttpRequest, at: At, status: int, forms: dict[str, object]) -> HttpResponse:
    """The page with what was typed of the judgement, which nobody was asked to check yet."""
    form = judging_form(at, evidence=at.ticked or ())
    typed = ("position", "reason", "departure", "confidence", "marking")
    form.initial.update({one: request.POST[one] for one in typed if request.POST.get(one)})
    at.forms = {"judge": form, **forms}  # type: ignore[dict-item]
    return show(request, at, status=status)


def _refused(at: At, act: str, form: object) -> At:
    at.forms = {act: form}  # type: ignore[dict-item]
    return at


def status_or(refusal: RegardError) -> int:
    """The status of a refusal that is shown with its form: that of access stays what it is."""
    found = status_of(refusal)
    return found if found == 403 else REFUSED


def _said(
    request: HttpRequest, at: At, act: str, form: Form, enter: Callable[[], Entry[Judgement]]
) -> HttpResponse:
    """Enter what was said of a cell, or show what is wrong with it; what was typed is kept."""
    if not form.is_valid():
        return show(request, _refused(at, act, form), status=REFUSED)
    try:
        entry = enter()
    except RegardError as refusal:
        form.refuse(refusal)
        return show(request, _refused(at, act, form), status=status_or(refusal))
    return _done(request, at, entry)


def _done(request: HttpRequest, at: At, entry: Entry[Judgement]) -> HttpResponse:
    told = gettext("Entered as entry %(seq)s: “%(said)s”.")
    said = at.chosen.said(entry.value).said
    messages.success(request, told % {"seq": f"{entry.seq:,}", "said": said})
    return HttpResponseRedirect(at.address)


def challenged(request: HttpRequest, about: str, under: str) -> HttpResponse:
    """Answer what a lead judged, at line 2: agree, or take another view."""
    at = cell_of(request, about, under)
    form = answering_form(at, request.POST)
    lead = at.lead
    if lead is not None and str(lead.entry.seq) != request.POST.get("answers"):
        form.add_error(
            None, gettext("It was judged again since you opened the page. Read it, then answer.")
        )
    if lead is None:
        form.add_error(None, gettext("Nobody has judged it in this round yet."))

    def enter() -> Entry[Judgement]:
        assert lead is not None
        return judging.challenge(
            at.chosen.here.register, lead.entry.seq, form.word(), by=at.chosen.here.speaker
        )

    return _said(request, at, "challenge", form, enter)


def inspected(request: HttpRequest, about: str, under: str) -> HttpResponse:
    """Judge a cell from outside, at line 3."""
    at = cell_of(request, about, under)
    form = judging_form(at, request.POST, prefix="inspect", departs=False)

    def enter() -> Entry[Judgement]:
        return judging.inspect(
            at.chosen.here.register,
            at.chosen.cycle.subject,
            at.key,
            form.word(),
            by=at.chosen.here.speaker,
        )

    return _said(request, at, "inspect", form, enter)


def assured(request: HttpRequest, about: str, under: str) -> HttpResponse:
    """Say for the board whether it is assured of the requirement of a cell."""
    at = cell_of(request, about, under)
    form = assuring_form(at, request.POST)

    def enter() -> Entry[Judgement]:
        return judging.assure(
            at.chosen.here.register,
            at.chosen.cycle.subject,
            scope=at.key.scope,
            about=at.key.about,
            word=form.word(),
            asked=form.questions,
            by=at.chosen.here.speaker,
        )

    return _said(request, at, "assure", form, enter)


_CELL = "<path:about>/<slug:under>"

ROUTES = (
    Route(
        f"requirements/judge/{_CELL}",
        "requirements.judge",
        cell,
        A_POST,
        judged,
        speaks_at(Line.DOING),
    ),
    Route(
        f"requirements/challenge/{_CELL}",
        "requirements.challenge",
        cell,
        A_POST,
        challenged,
        speaks_at(Line.OVERSEEING),
    ),
    Route(
        f"requirements/inspect/{_CELL}",
        "requirements.inspect",
        cell,
        A_POST,
        inspected,
        speaks_at(Line.INDEPENDENT),
    ),
    Route(
        f"requirements/assure/{_CELL}",
        "requirements.assure",
        cell,
        A_POST,
        assured,
        speaks_at(Line.BOARD),
    ),
)
