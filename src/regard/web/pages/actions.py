"""What is due by a day: the list, one with every move of its date, and how another line ends it."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.assurance.due import Due, State, due
from regard.assurance.naming import Names
from regard.assurance.registers import SOON, When, dated, said_about, when
from regard.assurance.running import running_list
from regard.register.entries import Entry
from regard.register.kinds.facts import Concern, Expectation, PromiseFacet
from regard.register.kinds.frame import Instrument
from regard.register.kinds.speech import Act
from regard.register.kinds.values import LinkType
from regard.register.seeing import View
from regard.register.subjects import path_of, slug
from regard.web.forms import Form
from regard.web.here import Here, here_of
from regard.web.needs import A_POST, enters
from regard.web.registered.asking import Asking, Done, Given, ask, offer, sent
from regard.web.registered.holdings import can_propose, holdings, with_none
from regard.web.registered.leading import page_of
from regard.web.registered.listing import list_shown
from regard.web.registered.saying import said_lines, said_of
from regard.web.routes import Route

ADDRESS = "registers.action"
WHEN = {
    When.OVERDUE: (_("Overdue"), "red"),
    When.SOON: (_("Due soon"), "yellow"),
    When.LATER: (_("Due later"), "blue"),
    When.ENDED: (_("Ended"), "grey"),
}
STATES = {
    State.ISSUED: _("Nobody answers for it"),
    State.ALLOCATED: _("Under way"),
    State.ACCEPTED: _("Accepted"),
    State.DECLINED: _("Declined"),
    State.CLAIMED: _("Said to be done, not verified"),
    State.DENIED: _("Found not to be done"),
    State.VERIFIED: _("Verified"),
    State.CLOSED: _("Closed"),
    State.REOPENED: _("Opened again"),
    State.NO_OUTTURN: _("Time ended without an outturn"),
}


class Narrow(Form):
    """Which of them are shown."""

    when = forms.ChoiceField(label=_("When it is due"), required=False)
    owner = forms.ChoiceField(label=_("Who answers for it"), required=False)


class Opens(Form):
    """A running list."""

    title = forms.CharField(
        label=_("What is the list called?"),
        max_length=200,
        error_messages={"required": _("Say what the list is called")},
    )
    issuer = forms.CharField(
        label=_("Who keeps it?"),
        max_length=200,
        error_messages={"required": _("Say who keeps it")},
    )


def actions(request: HttpRequest) -> HttpResponse:
    """Everything due by a day: what is overdue first, then by its day."""
    here = here_of(request)
    view = holdings(here)
    found = [(one, when(one)) for one in dated(view, as_at=here.day)]
    narrow = Narrow(request.GET)
    owners = {one.entry.value.owner or "": one.owner for one, _when in found if one.owner}
    asked = {name: request.GET.get(name, "") for name in ("when", "owner")}
    offer(
        narrow,
        when=with_none(((one.value, said) for one, (said, _c) in WHEN.items()), gettext("All")),
        owner=with_none(sorted(owners.items(), key=itemgetter(1)), gettext("All")),
    )
    shown = [
        (one, its)
        for one, its in found
        if asked["when"] in ("", its.value) and asked["owner"] in ("", one.entry.value.owner)
    ]
    order = list(When)
    shown.sort(key=lambda row: order.index(row[1]))
    count = {one: sum(its is one for _d, its in found) for one in When}
    return list_shown(
        request,
        "actions",
        gettext("Actions and dates"),
        shown,
        lambda row: (row[0], *WHEN[row[1]], sort_of(view, row[0].entry)),
        narrow=narrow,
        narrowed=any(asked.values()),
        states=STATES,
        overdue=count[When.OVERDUE],
        soon=count[When.SOON],
        days=SOON,
        open=len(found) - count[When.ENDED],
        ended=count[When.ENDED],
        may_open=enters("instrument").allows(here.standing) and here.as_at is None,
    )


def sort_of(view: View, entry: Entry[Expectation]) -> str:
    """What sort of thing is due: an action, a promise of a paper, a milestone of a plan."""
    value = entry.value
    if isinstance(value.facet, PromiseFacet):
        return gettext("Promise")
    edition = view.find(value.edition)
    held = view.find(edition.value.instrument) if edition and edition.held else None
    form = held.held.form if held and isinstance(held.held, Instrument) else ""
    said = {
        "board actions": gettext("Action"),
        "plan": gettext("Milestone"),
        "programme": gettext("Programme"),
        "establishment": gettext("Establishment"),
        "inspection": gettext("Recommendation"),
        "audit": gettext("Recommendation"),
        "tasking": gettext("Tasking"),
        "lessons": gettext("Action on a lesson"),
        "requirement": gettext("Requirement"),
    }
    return said.get(form, gettext("Expectation"))


def action(request: HttpRequest, subject: str) -> HttpResponse:
    """One of them: where it stands, every move of its day with the reason, what was said of it."""
    here = here_of(request)
    view = holdings(here)
    found = due(view, f"expectation:{subject}", as_at=here.day)
    names = Names(view)
    value = found.entry.value
    answered = [
        held
        for one in view.links(LinkType.ANSWERS, source=found.entry.subject)
        if (held := view.find(one.value.target)) is not None and held.held is not None
    ]
    return render(
        request,
        "regard/registers/action.html",
        {
            "title": names.of(found.entry.subject),
            "found": found,
            "sort": sort_of(view, found.entry),
            "state": STATES[found.state],
            "when": WHEN[when(found)] if found.due_on else None,
            "source": names.of(_instrument(view, value.edition)),
            "concerns": [one for one in answered if isinstance(one.held, Concern)],
            "asked_by": [
                (one, names.of(one.subject), page_of(view, one.subject))
                for one in answered
                if not isinstance(one.held, Concern)
            ],
            "promise": isinstance(value.facet, PromiseFacet),
            "target": value.target is not None or bool(value.formula),
            "said": [
                said_of(names, one) for one in said_about(view, found.entry.subject, as_at=here.day)
            ],
            "deeds": _deeds(here, found),
        },
    )


def _instrument(view: View, edition: str) -> str:
    found = view.find(edition)
    return str(found.value.instrument) if found and found.held else edition


def _deeds(here: Here, found: Due) -> list[tuple[str, Any]]:
    if here.as_at is not None:
        return []
    whole = {"subject": found.entry.subject}
    closed = found.closing.is_closed
    offered = (
        (
            found.entry.value.owner == here.speaker.post
            and can_propose(here, Act.CLOSE)
            and not closed,
            reverse("registers.claim", kwargs=whole),
            gettext("Say that it is done"),
        ),
        (
            can_propose(here, Act.EXTEND) and not closed,
            reverse("registers.extend", kwargs={"subject": path_of(found.entry.subject)}),
            gettext("Move its day"),
        ),
        *said_lines(here, found.entry, found.closing),
    )
    return [(address, said) for may, address, said in offered if may]


def open_list(request: HttpRequest) -> HttpResponse:
    """Open a running list, in which actions are entered as they come."""
    here = here_of(request)
    form = Opens(sent(request))

    def enter(given: Given) -> Done:
        name = slug(given["title"])
        running_list(
            here.register, name, title=given["title"], issuer=given["issuer"],
            form="board actions", by=here.speaker,
        )  # fmt: skip
        return Done(
            gettext("The list is open: %(title)s.") % {"title": given["title"]},
            reverse("registers.actions"),
        )

    asking = Asking(
        title=gettext("Open a list of actions"),
        button=gettext("Open it"),
        back=reverse("registers.actions"),
        back_said=gettext("Actions and dates"),
        hint=gettext("Actions are entered in it as they come; it is never frozen."),
    )
    return ask(request, asking, form, enter)


_OPENS = enters("instrument")

ROUTES = (
    Route("registers/actions", "registers.actions", actions, A_POST),
    Route(
        "registers/actions/open-list", "registers.open-list", open_list, _OPENS, open_list, _OPENS
    ),
    Route("registers/action/<path:subject>", ADDRESS, action, A_POST),
)
