"""Meetings: when a board met, the papers it took and what it decided; and entering one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.assurance.meetings import Held, enter_meeting, meetings
from regard.assurance.naming import Names
from regard.core.errors import NotKnown
from regard.register.kinds.frame import Item
from regard.register.kinds.reading import checked
from regard.register.kinds.speech import Document
from regard.register.seeing import View
from regard.register.subjects import path_of
from regard.web.forms import DayField, Form
from regard.web.here import Here, here_of
from regard.web.needs import A_POST, enters
from regard.web.pages.decisions import STAGES
from regard.web.registered.asking import Asking, Done, Given, ask, offer, sent
from regard.web.registered.holdings import bodies, holdings, with_none
from regard.web.registered.listing import list_shown
from regard.web.routes import Route

ADDRESS = "registers.meeting"
EMPTY_LINES = 4  # lines of an agenda offered beyond those it has
MOST_LINES = 60  # lines of an agenda a form takes


class Enters(Form):
    """A meeting; its agenda stands beside in fields of its own."""

    body = forms.ChoiceField(label=_("Who met?"), error_messages={"required": _("Choose who met")})
    on = DayField(
        label=_("On which day?"),
        said=_("the day of the meeting"),
        help_text=_("For example, 3 2 2015"),
    )
    title = forms.CharField(
        label=_("What is the meeting called?"),
        max_length=300,
        error_messages={"required": _("Say what the meeting is called")},
    )


class Line(Form):
    """A line of an agenda; one that is empty is left out."""

    number = forms.CharField(
        label=_("Number"),
        max_length=10,
        required=False,
        widget=forms.TextInput({"class": "govuk-input--width-5"}),
    )
    item = forms.CharField(label=_("What is taken"), max_length=500, required=False)
    paper = forms.ChoiceField(label=_("Paper"), required=False)
    private = forms.CharField(
        label=_("If it is private: on which ground"), max_length=500, required=False
    )

    def clean(self) -> dict[str, Any]:
        """A line that says anything says its number and what is taken."""
        given: dict[str, Any] = super().clean() or {}
        if any(given.values()):
            for name, said in (
                ("number", gettext("Enter the number of this line")),
                ("item", gettext("Say what is taken")),
            ):
                if not given.get(name):
                    self.add_error(name, said)
        return given


Lines = forms.formset_factory(Line, extra=EMPTY_LINES, max_num=MOST_LINES, absolute_max=MOST_LINES)


def listed(request: HttpRequest) -> HttpResponse:
    """Every meeting, the last first, with what it took and what it left open."""
    here = here_of(request)
    view = holdings(here)
    names = Names(view)
    return list_shown(
        request,
        "meetings",
        gettext("Meetings"),
        meetings(view, as_at=here.day),
        lambda one: (one, names.of(one.entry.value.body)),
        may_enter=_may_enter(here),
    )


def meeting(request: HttpRequest, subject: str) -> HttpResponse:
    """One meeting: its agenda, its papers, and what was put to it and decided."""
    here = here_of(request)
    view = holdings(here)
    found = _found(meetings(view, as_at=here.day), subject)
    names = Names(view)
    return render(
        request,
        "regard/registers/meeting.html",
        {
            "title": found.entry.value.title,
            "found": found,
            "body": names.of(found.entry.value.body),
            "items": [(one, names.of(one.document)) for one in found.entry.value.items],
            "decisions": [
                (one, names.of(one.value.by), STAGES[one.value.stage]) for one in found.decisions
            ],
            "may_enter": _may_enter(here),
        },
    )


def _found(held: Sequence[Held], subject: str) -> Held:
    found = next((one for one in held if path_of(one.entry.subject) == subject), None)
    if found is None:
        raise NotKnown("meeting", subject, [path_of(one.entry.subject) for one in held])
    return found


def _may_enter(here: Here) -> bool:
    return here.as_at is None and enters("meeting").allows(here.standing)


def enter_one(request: HttpRequest) -> HttpResponse:
    """Enter a meeting with its agenda."""
    return _asked(request, holdings(here_of(request)), None)


def change(request: HttpRequest, subject: str) -> HttpResponse:
    """Enter the agenda of a meeting again, as it stands now."""
    here = here_of(request)
    view = holdings(here)
    return _asked(request, view, _found(meetings(view, as_at=here.day), subject))


def _asked(request: HttpRequest, view: View, before: Held | None) -> HttpResponse:
    here = here_of(request)
    value = before.entry.value if before else None
    form = Enters(
        sent(request),
        initial={"body": value.body, "on": value.on, "title": value.title} if value else None,
    )
    offer(form, body=with_none(bodies(view), gettext("Choose a body")))
    papers = [
        (one.subject, f"{one.value.title} ({one.value.held_on:%-d %B %Y})")
        for one in view.all(Document)
        if one.held is not None
    ]
    agenda = Lines(sent(request), initial=[_as_line(one) for one in value.items] if value else [])
    for one in agenda.forms:
        offer(one, paper=with_none(papers, gettext("None")))
    if form.is_bound and not agenda.is_valid():
        form.full_clean()
        form.add_error(None, gettext("A line of the agenda is not whole: see there"))

    def enter(given: Given) -> Done:
        items = [_item(one) for one in agenda.cleaned_data if one.get("number")]
        entered = enter_meeting(
            here.register,
            value.body if value else given["body"],
            value.on if value else given["on"],
            title=given["title"],
            items=items,
            by=here.speaker,
            after=before.entry.seq if before else 0,
        )
        return Done(
            gettext("The meeting is entry %(seq)s.") % {"seq": f"{entered.seq:,}"},
            _address(entered.subject),
        )

    if before:
        for name in ("body", "on"):
            form.fields[name].disabled = True
    asking = Asking(
        title=gettext("Change the agenda") if before else gettext("Enter a meeting"),
        button=gettext("Enter it"),
        back=_address(before.entry.subject) if before else reverse("registers.meetings"),
        back_said=gettext("Back"),
        hint=gettext("The agenda stands as it is given here; what stood before stays on record."),
        more={"agenda": agenda},
    )
    return ask(request, asking, form, enter, template="regard/registers/enter_meeting.html")


def _as_line(item: Item) -> dict[str, str]:
    return {
        "number": item.number,
        "item": item.title,
        "paper": item.document or "",
        "private": item.why_private,
    }


def _item(given: Given) -> Item:
    held = partial(
        Item,
        number=given["number"],
        title=given["item"],
        public=not given["private"],
        why_private=given["private"],
        document=given["paper"] or None,
    )
    return checked(held, "meeting")  # type: ignore[type-var]


def _address(subject: str) -> str:
    return reverse(ADDRESS, kwargs={"subject": path_of(subject)})


_ENTERS = enters("meeting")

ROUTES = (
    Route("registers/meetings", "registers.meetings", listed, A_POST),
    Route(
        "registers/meetings/enter",
        "registers.enter-meeting",
        enter_one,
        _ENTERS,
        enter_one,
        _ENTERS,
    ),
    Route("registers/meeting/<path:subject>", ADDRESS, meeting, A_POST),
    Route("registers/agenda/<path:subject>", "registers.agenda", change, _ENTERS, change, _ENTERS),
)
