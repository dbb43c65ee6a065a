"""Withholding items from the public version of a paper, and publishing it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.assurance.naming import Names
from regard.board.kept_papers import paper_in
from regard.board.publication import public_version_of, withhold
from regard.board.spr.citing import entries_cited
from regard.core.errors import RegardError
from regard.core.markings import OFFICIAL
from regard.papers.layout import LaidChart, LaidParagraph, LaidRecommendation, LaidTable, plain
from regard.papers.model import Document as Paper
from regard.register.entries import Entry
from regard.register.kinds.reading import checked
from regard.register.kinds.speech import Decision, Document, Withheld
from regard.register.seeing import View
from regard.web.background import papering
from regard.web.forms import DayField, Form, ReasonField, WordsField
from regard.web.here import here_of
from regard.web.pages.papers import ISSUES, WITHHOLDS, document_of_path
from regard.web.reading import Reading
from regard.web.routes import Route

FIRST_WORDS = 90  # characters of a paragraph by which it is told from others


class Withholding(Form):
    """What is withheld, with the facts that a reader is owed."""

    item = forms.ChoiceField(
        label=_("What is withheld"),
        help_text=_(
            "An entry is withheld wherever the paper says it; a paragraph, table or chart as a "
            "whole."
        ),
        error_messages={"required": _("Choose what is withheld")},
    )
    ground = forms.CharField(
        label=_("Ground"),
        max_length=1_000,
        help_text=_("Such as Freedom of Information Act 2000, section 31"),
        error_messages={"required": _("Enter the ground on which it is withheld")},
    )
    until = DayField(
        label=_("Until when"),
        said=_("the day until which it is withheld"),
        help_text=_("The last day of the ground; after it the decision is taken anew."),
    )
    challenge = WordsField(
        label=_("How to challenge it"), said=_("how a reader can challenge it"), max_length=1_000
    )
    reason = ReasonField(
        label=_("Reason"),
        help_text=_("Why the ground holds here. It is kept in the register and not printed."),
    )


class Publishing(Form):
    """Nothing is asked but that it be sent."""


def ask(request: HttpRequest, document: str) -> HttpResponse:
    """Ask what is withheld."""
    view = here_of(request).view
    entry, paper = paper_in(view, document_of_path(document))
    form = _choices(Withholding(initial={"item": request.GET.get("item", "")}), view, paper)
    return _asked(request, form, entry, document)


def decide(request: HttpRequest, document: str) -> HttpResponse:
    """Decide to withhold an item."""
    here = here_of(request)
    subject = document_of_path(document)
    entry, paper = paper_in(here.view, subject)
    form = _choices(Withholding(request.POST), here.view, paper)
    if form.is_valid():
        told = dict(form.cleaned_data)
        reason = told.pop("reason")
        try:
            held = checked(partial(Withheld, **told), "decision")  # type: ignore[type-var]
            made = withhold(here.register, subject, held, reason=reason, by=here.speaker)
        except RegardError as refusal:
            form.refuse(refusal)
        else:
            done = gettext("It is withheld from the public version, by entry %(seq)s")
            messages.success(request, done % {"seq": f"{made.seq:,}"})
            return HttpResponseRedirect(
                reverse("papers.publish", kwargs={"document": document})
                if ISSUES.allows(here.standing)
                else reverse("papers.paper", kwargs={"document": document})
            )
    return _asked(request, form, entry, document)


def ask_to_publish(request: HttpRequest, document: str) -> HttpResponse:
    """Say what would be published, and what is withheld from it."""
    return _publishing(request, document, Publishing())


def publish(request: HttpRequest, document: str) -> HttpResponse:
    """Publish a paper: as it is, or the version from which items are withheld."""
    here = here_of(request)
    form = Publishing(request.POST)
    if form.is_valid():
        subject = document_of_path(document)
        entry, _paper = paper_in(here.view, subject)
        try:
            made = papering.ask_to_publish(here, subject, entry.value.title, entry.marking)
        except RegardError as refusal:
            form.refuse(refusal)
            return _publishing(request, document, form)
    return HttpResponseRedirect(reverse("work.one", kwargs={"number": made.pk}))


def _asked(
    request: HttpRequest, form: Withholding, entry: Entry[Document], document: str
) -> HttpResponse:
    shown = {
        "title": gettext("Withhold something from the public version"),
        "form": form,
        "paper": entry.value.title,
        "document": document,
    }
    return render(request, "regard/papers/withhold.html", shown, status=422 if form.errors else 200)


def _publishing(request: HttpRequest, document: str, form: Publishing) -> HttpResponse:
    here = here_of(request)
    subject = document_of_path(document)
    entry, _paper = paper_in(here.view, subject)
    decisions = here.view.all(Decision, about=public_version_of(subject))
    names = Names(here.view)
    names.learn(tuple({one.value.by for one in decisions if one.held is not None}))
    shown = {
        "title": gettext("Publish the paper"),
        "form": form,
        "entry": entry,
        "document": document,
        "is_close": entry.marking != OFFICIAL,
        "decisions": [(one, names.of(one.value.by)) for one in decisions if one.held is not None],
        "may_withhold": WITHHOLDS.allows(here.standing),
    }
    return render(request, "regard/papers/publish.html", shown, status=422 if form.errors else 200)


def _choices(form: Withholding, view: View, paper: Paper) -> Withholding:
    """What can be withheld: what is held more closely first, then the blocks, then the entries."""
    cited = dict.fromkeys(subject for _, subject in entries_cited(paper))
    found = view.many(cited)
    close = [one for one in cited if one in found and found[one].marking != OFFICIAL]
    groups = (
        (gettext("Entries held more closely than OFFICIAL"), [(one, one) for one in close]),
        (gettext("Parts of the paper"), list(_blocks(paper))),
        (gettext("Other entries"), [(one, one) for one in cited if one not in close]),
    )
    form.fields["item"].choices = [  # type: ignore[attr-defined]
        ("", gettext("Choose")),
        *(group for group in groups if group[1]),
    ]
    return form


def _blocks(paper: Paper) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for block in Reading(paper).laid.blocks:
        match block:
            case LaidParagraph():
                name, words = f"paragraph-{block.number}", plain(block.runs)
                label = gettext("Paragraph %(number)s") % {"number": block.number}
            case LaidRecommendation():
                name, words = f"recommendation-{block.number}", plain(block.runs)
                label = gettext("Recommendation %(number)s") % {"number": block.number}
            case LaidTable():
                number = block.label.rpartition(" ")[2]
                name, words = f"table-{number}", plain(block.caption)
                label = gettext("Table %(number)s") % {"number": number}
                if not block.label.startswith("Table"):
                    continue
            case LaidChart():
                name, words = f"chart-{block.number}", plain(block.reading)
                label = gettext("Chart %(number)s") % {"number": block.number}
            case _:
                continue
        if name not in seen:
            seen.add(name)
            short = words if len(words) <= FIRST_WORDS else f"{words[:FIRST_WORDS]}…"
            yield name, f"{label}: {short}"


ROUTES = (
    Route("papers/withhold/<path:document>", "papers.withhold", ask, WITHHOLDS, decide, WITHHOLDS),
    Route(
        "papers/publish/<path:document>", "papers.publish", ask_to_publish, ISSUES, publish, ISSUES
    ),
)
