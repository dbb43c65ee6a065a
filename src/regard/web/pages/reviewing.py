"""What waits to be answered, seen from outside, signed off or assured: many cells in one act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from regard.assurance.cells import Cell, Key
from regard.assurance.judging import sign_off
from regard.assurance.publishing import BOARD_SCALE
from regard.assurance.several import assure_all, challenge_all, inspect_all
from regard.assurance.silences import asked_of, not_spoken, signed, topics
from regard.core.errors import RegardError
from regard.register.entries import Entry
from regard.register.kinds.speech import Act, Decision, Judgement
from regard.register.kinds.values import Line
from regard.register.subjects import path_of
from regard.web.forms import Form
from regard.web.judged.chosen import Chosen, Tag, c_said, one_chosen
from regard.web.judged.saying import AGREES, Asking, Choices, Reason, Saying, positions
from regard.web.needs import A_POST, decides, speaks_at
from regard.web.pages.judging import REFUSED, status_or
from regard.web.paging import paged
from regard.web.routes import Route

MOST_CHOSEN = 500  # cells of one act; a round of a force has a few hundred


@dataclass(frozen=True)
class Offer:
    """What can be ticked.

    Attributes:
        value: What is sent when it is.
        root: The threat it is below.
        said: Its words.
        under: The C.
        address: Its page.
        tag: What stands of it now.
        reason: Why that was said.
    """

    value: str
    root: str
    said: str
    under: str
    address: str
    tag: Tag
    reason: str = ""


def review(request: HttpRequest) -> HttpResponse:
    """What waits for the post in a round: to answer, look at, sign off or be assured of."""
    return _shown(request, one_chosen(request), {})


def _shown(
    request: HttpRequest, at: Chosen, refused: dict[str, Form], status: int = 200
) -> HttpResponse:
    parts: dict[str, dict[str, Any]] = {}
    of = request.GET.get("of", "")
    ticked = set(request.POST.getlist("chosen"))
    for name, (line, offers, form) in _PARTS.items():
        if at.speaks and at.may_speak_at(line):
            found = offers(at)
            held = [one for one in found if of in ("", one.root)]
            parts[name] = {
                "page": paged(request, held),
                "all": len(found),
                "form": refused.get(name) or form(at),
                "ticked": ticked if name in refused else set(),
            }
    told = {
        "title": gettext("To answer, look at and sign off"),
        "at": at,
        "parts": parts,
        "signing": _signing(at, refused) if _signs(at) else None,
        "roots": [(path_of(one), at.text(one)) for one in at.matrix.roots],
        "of": of,
    }
    return render(request, "regard/requirements/review.html", told, status=status)


def _root(at: Chosen, about: str) -> str:
    return path_of(at.matrix.above(about)[-1])


def to_answer(at: Chosen) -> list[Offer]:
    """What leads judged in the round and no reviewer has answered since."""
    found = []
    for cell in at.matrix:
        lead, answer = cell.at(Line.DOING), cell.at(Line.OVERSEEING)
        if lead is None or not lead.counts:
            continue
        if answer is None or not answer.counts or answer.entry.seq < lead.entry.seq:
            found.append(_offer(at, cell, str(lead.entry.seq), lead.entry))
    return found


def _offer(at: Chosen, cell: Cell, value: str, entry: Entry[Judgement] | None) -> Offer:
    said = at.said(entry.value) if entry is not None else at.stands(cell)[0]
    return Offer(
        value,
        _root(at, cell.key.about),
        at.text(cell.key.about),
        c_said(cell.key.aspect),
        at.address(cell.key),
        said,
        entry.value.reason if entry is not None else "",
    )


def to_look_at(at: Chosen) -> list[Offer]:
    """What the post must judge from outside and has not."""
    cells = (
        at.matrix.cells[key] for key in asked_of(at.matrix, at.here.speaker.post, Line.INDEPENDENT)
    )
    found = []
    for cell in cells:
        if not cell.spoke(Line.INDEPENDENT):
            lead = cell.at(Line.DOING)
            entry = lead.entry if lead is not None and lead.counts else None
            name = f"{path_of(cell.key.about)}/{cell.key.aspect}"
            found.append(_offer(at, cell, name, entry))
    return found


def to_assure(at: Chosen) -> list[Offer]:
    """The topics of which a board must speak, with what it said of each."""
    duties = [
        one
        for one in at.cycle.value.duties
        if one.line is Line.BOARD
        and one.post == at.here.speaker.post
        and one.scope in (None, at.scope)
    ]
    keys = dict.fromkeys(
        key.about for duty in duties for key in topics(duty, at.matrix) if key.scope == at.scope
    )
    found = []
    for about in keys or dict.fromkeys(at.matrix.roots):
        voice = at.matrix.board.get((at.scope, about))
        found.append(
            Offer(
                path_of(about),
                _root(at, about),
                at.text(about),
                "",
                at.page("requirements.threat", about=path_of(about)),
                at.said(voice.entry.value) if voice else Tag(_("Nothing said yet")),
                voice.entry.value.reason if voice else "",
            )
        )
    return found


def _levels(at: Chosen) -> Choices:
    scales = dict.fromkeys(at.matrix.requirements[key.about].value.scale for key in at.matrix.cells)
    found: Choices = []
    for scale in scales:
        for choice in positions(at.levels.get(scale, ()), absences=False):
            if choice[0] not in dict(found):
                found.append(choice)
    return found + positions(())


def answering(at: Chosen, data: Any = None) -> Saying:
    """The form by which several judgements are answered."""
    agree: Choices = [(AGREES, gettext("I agree with what each lead says"))]
    return Saying(data, prefix="challenge", choices=agree + _levels(at), standing=at.here.standing)


def looking(at: Chosen, data: Any = None) -> Saying:
    """The form by which several cells are judged from outside."""
    return Saying(data, prefix="inspect", choices=_levels(at), standing=at.here.standing)


def assuring(at: Chosen, data: Any = None) -> Asking:
    """The form by which a board speaks of several threats."""
    choices = positions(at.levels.get(BOARD_SCALE, ()), absences=False)
    return Asking(data, prefix="assure", choices=choices, standing=at.here.standing)


_PARTS: dict[str, tuple[Line, Callable[[Chosen], list[Offer]], Callable[..., Saying]]] = {
    "challenge": (Line.OVERSEEING, to_answer, answering),
    "inspect": (Line.INDEPENDENT, to_look_at, looking),
    "assure": (Line.BOARD, to_assure, assuring),
}


def _signs(at: Chosen) -> bool:
    return at.speaks and any(Act.SIGN_OFF in role.decides for role in at.here.standing.roles)


def _signing(at: Chosen, refused: dict[str, Form]) -> dict[str, Any]:
    done = [
        one for one in signed(at.here.view, at.cycle.subject) if one.value.scope in (None, at.scope)
    ]
    silences = not_spoken(at.view, at.matrix, (Line.DOING, Line.OVERSEEING))
    return {
        "done": done,
        "silences": [(at.name(one.duty.post), one) for one in silences],
        "form": refused.get("sign-off") or Reason(prefix="sign-off"),
    }


def _several(
    request: HttpRequest,
    name: str,
    say: Callable[[Chosen, tuple[str, ...], Any], tuple[Entry[Judgement], ...]],
) -> HttpResponse:
    """Say one thing of all that is ticked, in one act."""
    at = one_chosen(request)
    _line, offers, form_of = _PARTS[name]
    form = form_of(at, request.POST)
    known = {one.value for one in offers(at)}
    ticked = tuple(one for one in request.POST.getlist("chosen") if one in known)[:MOST_CHOSEN]
    if not ticked:
        form.add_error(None, gettext("Tick at least one"))
    elif len(ticked) < len(set(request.POST.getlist("chosen"))):
        form.add_error(None, gettext("Some of them no longer wait. Look at the list again."))
    if not form.is_valid():
        return _shown(request, at, {name: form}, REFUSED)
    try:
        done = say(at, ticked, form)
    except RegardError as refusal:
        form.refuse(refusal)
        return _shown(request, at, {name: form}, status_or(refusal))
    told = ngettext("%(n)d was entered.", "%(n)d were entered, in one act.", len(done))
    messages.success(request, told % {"n": len(done)})
    return HttpResponseRedirect(at.page("requirements.review"))


def challenged(request: HttpRequest) -> HttpResponse:
    """Answer several judgements of leads with one reason."""

    def say(at: Chosen, ticked: tuple[str, ...], form: Any) -> tuple[Entry[Judgement], ...]:
        return challenge_all(at.here.register, map(int, ticked), form.word(), by=at.here.speaker)

    return _several(request, "challenge", say)


def inspected(request: HttpRequest) -> HttpResponse:
    """Judge several cells from outside with one reason."""

    def say(at: Chosen, ticked: tuple[str, ...], form: Any) -> tuple[Entry[Judgement], ...]:
        named = (one.rpartition("/") for one in ticked)
        keys = [Key(at.scope, f"expectation:{about}", aspect) for about, _slash, aspect in named]
        return inspect_all(
            at.here.register, at.cycle.subject, keys, form.word(), by=at.here.speaker
        )

    return _several(request, "inspect", say)


def assured(request: HttpRequest) -> HttpResponse:
    """Say for the board of several threats whether it is assured, with one reason."""

    def say(at: Chosen, ticked: tuple[str, ...], form: Any) -> tuple[Entry[Judgement], ...]:
        return assure_all(
            at.here.register,
            at.cycle.subject,
            (f"expectation:{one}" for one in ticked),
            form.word(),
            scope=at.scope,
            asked=form.questions,
            by=at.here.speaker,
        )

    return _several(request, "assure", say)


def signed_off(request: HttpRequest) -> HttpResponse:
    """Sign off what was judged and answered for a body."""
    at = one_chosen(request)
    form = Reason(request.POST, prefix="sign-off")
    if not form.is_valid():
        return _shown(request, at, {"sign-off": form}, REFUSED)
    try:
        entry: Entry[Decision] = sign_off(
            at.here.register,
            at.cycle.subject,
            scope=at.scope,
            reason=form.cleaned_data["reason"],
            by=at.here.speaker,
        )
    except RegardError as refusal:
        form.refuse(refusal)
        return _shown(request, at, {"sign-off": form}, status_or(refusal))
    messages.success(request, entry.value.text)
    return HttpResponseRedirect(at.page("requirements.review"))


ROUTES = (
    Route("requirements/review", "requirements.review", review, A_POST),
    Route(
        "requirements/review/challenge",
        "requirements.review.challenge",
        review,
        A_POST,
        challenged,
        speaks_at(Line.OVERSEEING),
    ),
    Route(
        "requirements/review/inspect",
        "requirements.review.inspect",
        review,
        A_POST,
        inspected,
        speaks_at(Line.INDEPENDENT),
    ),
    Route(
        "requirements/review/assure",
        "requirements.review.assure",
        review,
        A_POST,
        assured,
        speaks_at(Line.BOARD),
    ),
    Route(
        "requirements/review/sign-off",
        "requirements.review.sign-off",
        review,
        A_POST,
        signed_off,
        decides(Act.SIGN_OFF),
    ),
)
