"""Drafting a paper from a round, looking at it, and issuing it into the register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.board.drafts import (
    FORMATS,
    Asked,
    Draft,
    discard,
    draft_in,
    draft_of,
    is_written,
    keep_draft,
)
from regard.core.errors import DefinitionRefused, NotKnown, RegardError
from regard.library.labels import ENGLISH, WELSH
from regard.papers.fixed import LANGUAGES
from regard.register.kinds.frame import Cycle, Party
from regard.web.background import papering
from regard.web.background.papering import DRAFTS, ISSUES
from regard.web.forms import DayField, Form, WordsField
from regard.web.here import Here, here_of, home
from regard.web.reading import Reading
from regard.web.routes import Route
from regard.web.sending import enclosed, sent


class Drafted(Form):
    """What a draft is written of, and for whom."""

    cycle = forms.ChoiceField(
        label=_("Round"), error_messages={"required": _("Choose the round that it is written of")}
    )
    scope = forms.ChoiceField(
        label=_("Body"), error_messages={"required": _("Choose the body that it is about")}
    )
    to = forms.ChoiceField(
        label=_("Put to"), error_messages={"required": _("Choose the board that it is put to")}
    )
    held_on = DayField(label=_("Day of the meeting"), help_text=_("For example, 3 2 2015"))
    title = forms.CharField(
        label=_("Title (optional)"),
        required=False,
        max_length=300,
        help_text=_("Left empty, it is made from what was judged."),
    )
    report_of = forms.ChoiceField(
        label=_("Report of (optional)"),
        required=False,
        help_text=_("The post that puts it to the board. Left empty, it is that of the round."),
    )
    agenda_item = forms.CharField(
        label=_("Line on the agenda (optional)"),
        required=False,
        max_length=20,
        help_text=_("Such as 7a"),
        widget=forms.TextInput({"class": "govuk-input--width-5"}),
    )
    language = forms.TypedChoiceField(
        label=_("Language of its headings"),
        choices=(
            (ENGLISH, format_html('<span lang="{}">English</span>', LANGUAGES[ENGLISH])),
            (WELSH, format_html('<span lang="{}">Cymraeg</span>', LANGUAGES[WELSH])),
        ),
        initial=ENGLISH,
        empty_value=ENGLISH,
        required=False,
        widget=forms.RadioSelect,
        help_text=_(
            "The headings, and the levels in its tables. What was written and what is computed "
            "stands as it was said."
        ),
    )
    promises = WordsField(
        label=_("What it promises by a day (optional)"),
        required=False,
        max_length=10_000,
        help_text=_(
            "One promise a line, with its day in front, such as: 31 March 2016: Renew the plan "
            "against cyber incidents. The next paper must answer each of them."
        ),
        rows=4,
    )


class Issue(Form):
    """Nothing is asked but that it be sent."""


def draft(request: HttpRequest) -> HttpResponse:
    """Ask of which round a paper is drafted, and for whom."""
    here = here_of(request)
    asked = {"cycle": request.GET.get("round", ""), "scope": here.body}
    form = _choices(Drafted(initial=asked), here)
    return _asked(request, form)


def drafted(request: HttpRequest) -> HttpResponse:
    """Write a draft; it is kept until it is issued or thrown away, and entered nowhere."""
    here = here_of(request)
    form = _choices(Drafted(request.POST), here)
    if form.is_valid():
        try:
            made = keep_draft(here.register, Asked(**form.cleaned_data), by=here.speaker)
        except NotKnown as refusal:
            form.refuse(refusal, "scope")
        except DefinitionRefused as refusal:
            form.refuse(refusal, "promises")
        except RegardError as refusal:
            form.refuse(refusal)
        else:
            return HttpResponseRedirect(reverse("papers.preview", kwargs={"name": made.name}))
    return _asked(request, form)


def preview(request: HttpRequest, name: str) -> HttpResponse:
    """A draft as it would be issued."""
    return _previewed(request, _draft(request, name), Issue())


def issue(request: HttpRequest, name: str) -> HttpResponse:
    """Have the paper of a draft issued by the worker; what may not be issued is refused here."""
    held = _draft(request, name)
    form = Issue(request.POST)
    if form.is_valid():
        try:
            made = papering.ask_to_issue(here_of(request), held)
        except RegardError as refusal:
            form.refuse(refusal)
            return _previewed(request, held, form)
    return HttpResponseRedirect(reverse("work.one", kwargs={"number": made.pk}))


def write(request: HttpRequest, name: str) -> HttpResponse:
    """Have a draft written in every format, by the worker."""
    made = papering.ask_to_write(here_of(request), _draft(request, name))
    return HttpResponseRedirect(reverse("work.one", kwargs={"number": made.pk}))


def throw_away(request: HttpRequest, name: str) -> HttpResponse:
    """Throw a draft away."""
    held = _draft(request, name)
    discard(here_of(request).register.home, held.name)
    messages.success(request, gettext("The draft was thrown away"))
    return HttpResponseRedirect(reverse("papers"))


def file(request: HttpRequest, name: str, format: str) -> HttpResponse:  # noqa: A002
    """A draft in one format, once it was written."""
    held = _draft(request, name)
    named, content = draft_in(home(), held, format)
    return sent(named, content, marking=held.paper.marking)


def chart(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """The picture of a chart of a draft."""
    return enclosed(Reading(_draft(request, name).paper).chart(number), "image/svg+xml")


def _draft(request: HttpRequest, name: str) -> Draft:
    here = here_of(request)
    return draft_of(here.register.home, here.view, name)


def _choices(form: Drafted, here: Here) -> Drafted:
    parties = [one for one in here.view.all(Party) if isinstance(one.held, Party)]
    rounds = sorted(here.view.all(Cycle), key=lambda one: one.value.as_at, reverse=True)
    scopes = {scope for one in rounds for scope in one.value.scopes}
    bodies = sorted((one.value.name, one.subject) for one in parties if one.value.form == "body")
    posts = sorted((one.value.name, one.subject) for one in parties if one.value.form == "post")
    choices: dict[str, list[tuple[str, str]]] = {
        "cycle": [(one.subject, _round(one.value)) for one in rounds],
        "scope": [(subject, name) for name, subject in bodies if subject in scopes],
        "to": [("", ""), *((subject, name) for name, subject in bodies)],
        "report_of": [("", ""), *((subject, name) for name, subject in posts)],
    }
    for name, held in choices.items():
        field: Any = form.fields[name]
        field.choices = held
    return form


def _round(held: Cycle) -> str:
    if held.stage == "closed":
        return held.name
    return gettext("%(round)s (open: a draft only)") % {"round": held.name}


def _asked(request: HttpRequest, form: Drafted) -> HttpResponse:
    shown = {"title": gettext("Draft a paper"), "form": form}
    return render(request, "regard/papers/draft.html", shown, status=422 if form.errors else 200)


def _previewed(request: HttpRequest, held: Draft, form: Issue) -> HttpResponse:
    here = here_of(request)
    shown = {
        "title": held.paper.title.title,
        "draft": held,
        "reading": Reading(held.paper),
        "form": form,
        "formats": FORMATS if is_written(home(), held) else (),
        "may_issue": ISSUES.allows(here.standing) and here.as_at is None,
    }
    return render(request, "regard/papers/preview.html", shown, status=422 if form.errors else 200)


ROUTES = (
    Route("papers/draft", "papers.draft", draft, DRAFTS, drafted, DRAFTS),
    Route("papers/drafts/<str:name>", "papers.preview", preview, DRAFTS, issue, ISSUES),
    Route(
        "papers/drafts/<str:name>/away",
        "papers.away",
        post=throw_away,
        writes=DRAFTS,
        enters=False,
    ),
    Route(
        "papers/drafts/<str:name>/write",
        "papers.write-draft",
        post=write,
        writes=DRAFTS,
        enters=False,
    ),
    Route("papers/drafts/<str:name>/files/<slug:format>", "papers.draft-file", file, DRAFTS),
    Route("papers/drafts/<str:name>/charts/<int:number>", "papers.draft-chart", chart, DRAFTS),
)
