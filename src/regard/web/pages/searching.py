"""Search: one box over what the post may see, and over measures and help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.core.errors import RegardError
from regard.records.measures import Measure, measures
from regard.register.kinds.reading import KINDS
from regard.register.searching import LONGEST, Hit, Hits, search, words_of
from regard.register.seeing import View
from regard.web.forms import Form
from regard.web.here import here_of
from regard.web.needs import A_POST
from regard.web.pages.help import PAGES, Page
from regard.web.routes import Route
from regard.web.signing.guessing import Pace, turn_taken

AT_MOST = 30  # searches of one account at once, and in each minute from then on
PACE = Pace(AT_MOST, timedelta(minutes=1) / AT_MOST)
MOST_MEASURES = 20

# The kinds in the order in which people look for them, by their words of the field.
SAID: dict[str, Any] = {
    "expectation": _("Requirements, milestones, actions and promises"),
    "concern": _("Vulnerabilities, risks and lessons"),
    "decision": _("Decisions and proposals"),
    "document": _("Papers and other documents"),
    "judgement": _("Judgements"),
    "observation": _("Evidence and facts"),
    "meeting": _("Meetings"),
    "cycle": _("Rounds"),
    "measure": _("Measures of the register"),
    "party": _("Posts and bodies"),
    "instrument": _("Instruments"),
    "edition": _("Editions"),
    "term": _("Terms and scales"),
    "link": _("Links"),
}


class Searches(Form):
    """What is looked for."""

    q = forms.CharField(
        label=_("Search for words, a subject or the number of an entry"),
        help_text=_("For example, protest removal, or entry 131"),
        max_length=LONGEST,
        error_messages={"required": _("Enter what you look for")},
        widget=forms.TextInput({"type": "search", "spellcheck": "false"}),
    )
    kind = forms.ChoiceField(
        label=_("Look in"), required=False, choices=[("", _("Everything")), *SAID.items()]
    )


@dataclass(frozen=True)
class Group:
    """What was found of one kind.

    Attributes:
        kind: The kind.
        said: What it is called.
        hits: What was found.
        only: The address of the same search in this kind alone; empty where it is that.
    """

    kind: str
    said: Any
    hits: tuple[Hit, ...]
    only: str


def searching(request: HttpRequest) -> HttpResponse:
    """Show what was found of what is asked for, or the box alone."""
    here = here_of(request)
    if "q" not in request.GET:
        return _shown(request, Searches(initial={"kind": request.GET.get("kind", "")}))
    form = Searches(request.GET)
    wait = turn_taken(PACE, "search", str(request.user.pk))
    if wait:
        answer = _shown(request, form, status=429, wait=wait)
        answer["Retry-After"] = str(wait)
        return answer
    if not form.is_valid():
        return _shown(request, form, status=422)
    asked, kind = form.cleaned_data["q"], form.cleaned_data["kind"]
    before = request.GET.get("before", "")
    start = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    try:
        found = _found(here.view, asked, kind, start)
        words = tuple(one.casefold() for one in words_of(asked))
    except RegardError as refusal:
        form.refuse(refusal, "q")
        return _shown(request, form, status=422)
    beside = not kind and start is None
    return _shown(
        request,
        form,
        asked=asked,
        found=found,
        groups=tuple(_grouped(found, asked, kind)),
        measures=tuple(_measures(words))[:MOST_MEASURES] if beside else (),
        pages=tuple(_pages(words)) if beside else (),
        onward=_address(asked, kind, found.next_before) if found.next_before else "",
        first=_address(asked, kind) if start is not None else "",
    )


def _found(view: View, asked: str, kind: str, start: int | None) -> Hits:
    return search(view, asked, kind=kind, before=start)


def _grouped(found: Hits, asked: str, kind: str) -> Iterator[Group]:
    for one, said in SAID.items():
        hits = tuple(hit for hit in found.hits if hit.entry.kind == one)
        if hits:
            yield Group(one, said, hits, "" if kind else _address(asked, one))


def _address(asked: str, kind: str, before: int | None = None) -> str:
    parts = {"q": asked, "kind": kind, **({"before": before} if before else {})}
    return f"{reverse('search')}?{urlencode(parts)}"


def _measures(words: tuple[str, ...]) -> Iterator[Measure]:
    for one in measures().values():
        text = f"{one.id} {one.name} {one.description}".casefold()
        if all(word in text for word in words):
            yield one


def _pages(words: tuple[str, ...]) -> Iterator[Page]:
    for one in PAGES:
        text = f"{one.title} {one.about}".casefold()
        if all(word in text for word in words):
            yield one


def _shown(
    request: HttpRequest, form: Searches, *, status: int = 200, **more: object
) -> HttpResponse:
    shown = {"title": gettext("Search"), "form": form, "at_most": AT_MOST, **more}
    return render(request, "regard/search.html", shown, status=status)


assert set(SAID) == set(KINDS)

ROUTES = (Route("search", "search", searching, A_POST),)
