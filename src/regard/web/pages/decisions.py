"""Decisions: what waits and for whom, what became of the rest, departures, and having regard."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.assurance.expense import answered_by
from regard.assurance.naming import Names
from regard.assurance.proposals import Proposal, resolve, unresolved
from regard.assurance.taking import ELSEWHERE, take
from regard.register.entries import Entry
from regard.register.kinds.frame import Meeting
from regard.register.kinds.speech import IN_EFFECT, OPEN_STAGES, Act, Decision, Stage
from regard.register.subjects import path_of
from regard.web.forms import DayField, Form, WordsField
from regard.web.here import Here, here_of
from regard.web.needs import A_POST, proposes
from regard.web.registered.asking import Asking, Done, Given, ask, offer, sent
from regard.web.registered.holdings import (
    can_decide,
    can_propose,
    holdings,
    with_none,
)
from regard.web.registered.leading import page_of
from regard.web.registered.listing import list_shown
from regard.web.routes import Route

ADDRESS = "registers.decision"
A_HEADING = 14  # words of a decision that stand in its heading
SAYABLE = (Act.NOTE, Act.APPROVE, Act.SUPPORT, Act.ACCEPT, Act.DECLINE, Act.DEFER)
ACTS = {
    Act.NOTE: _("Note"),
    Act.APPROVE: _("Approve"),
    Act.SUPPORT: _("Support"),
    Act.ACCEPT: _("Accept"),
    Act.DECLINE: _("Decline"),
    Act.DEPART: _("Depart from a requirement"),
    Act.DEFER: _("Defer"),
    Act.REDACT: _("Withhold"),
    Act.EXTEND: _("Move a date"),
    Act.CLOSE: _("Close"),
    Act.SIGN_OFF: _("Sign off"),
    Act.CHANGE: _("Change the inputs of a target"),
    Act.ERASE: _("Erase"),
}
STAGES = {
    Stage.PROPOSED: (_("Waits for a decision"), "yellow"),
    Stage.DEFERRED: (_("Deferred"), "blue"),
    Stage.TAKEN: (_("Taken"), "green"),
    Stage.AMENDED: (_("Taken as amended"), "green"),
    Stage.WITHDRAWN: (_("Withdrawn"), "grey"),
    Stage.LAPSED: (_("Not taken"), "red"),
}
STANDS: dict[str, tuple[Any, tuple[Stage, ...]]] = {
    "waiting": (_("Waiting"), (Stage.PROPOSED,)),
    "deferred": (_("Deferred"), (Stage.DEFERRED,)),
    "taken": (_("Taken"), IN_EFFECT),
    "ended": (_("Not taken or withdrawn"), (Stage.LAPSED, Stage.WITHDRAWN)),
    "all": (_("All"), tuple(Stage)),
}


class Resolves(Form):
    """What became of a proposal."""

    stage = forms.ChoiceField(
        label=_("What became of it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what became of it")},
    )
    words = WordsField(
        label=_("What was agreed instead, or why?"),
        said=_("what was agreed instead, or why"),
        help_text=_("Not needed if it is taken as it was proposed."),
        required=False,
    )
    until = DayField(
        label=_("If it is deferred: until when?"),
        said=_("the day until which it is deferred"),
        help_text=_("For example, 31 3 2027"),
        required=False,
    )
    meeting = forms.ChoiceField(label=_("Which meeting decided it?"), required=False)

    def clean(self) -> dict[str, Any]:
        """What each end needs beside its name."""
        given: dict[str, Any] = super().clean() or {}
        stage = given.get("stage")
        if stage in (
            Stage.AMENDED,
            Stage.LAPSED,
            Stage.DEFERRED,
            Stage.WITHDRAWN,
        ) and not given.get("words"):
            self.add_error("words", gettext("Say what was agreed instead, or why"))
        if stage == Stage.DEFERRED and not given.get("until") and "until" not in self.errors:
            self.add_error("until", gettext("Enter the day until which it is deferred"))
        return given


def decisions(request: HttpRequest) -> HttpResponse:
    """What was proposed, what waits for whom, and what became of the rest."""
    here = here_of(request)
    view = holdings(here)
    asked = request.GET.get("stands", "waiting")
    said, stages = STANDS.get(asked, STANDS["waiting"])
    found = [
        one for one in view.all(Decision) if one.held is not None and one.effective <= here.day
    ]
    shown = [one for one in found if one.value.stage in stages]
    shown.sort(key=lambda one: (one.effective, one.seq), reverse=asked != "waiting")
    waiting = {one.entry.subject: one for one in unresolved(view, as_at=here.day)}
    names = Names(view)
    return list_shown(
        request,
        "decisions",
        gettext("Decisions"),
        shown,
        lambda one: _row(names, one, waiting),
        said=said,
        tabs=[
            (key, name, sum(one.value.stage in held for one in found), key == asked)
            for key, (name, held) in STANDS.items()
        ],
        due=sum(one.is_due for one in waiting.values()),
        whole=len(waiting),
        mine=sum(
            one.is_due and one.entry.value.by == here.speaker.post for one in waiting.values()
        ),
        may_propose=here.as_at is None and bool(acts_of(here)),
        may_depart=here.as_at is None and can_propose(here, Act.DEPART),
    )


def _row(names: Names, one: Entry[Decision], waiting: dict[str, Proposal]) -> dict[str, Any]:
    value = one.value
    open_one = waiting.get(one.subject)
    return {
        "entry": one,
        "act": ACTS[value.act],
        "by": names.of(value.by),
        "about": names.of(value.about),
        "stage": STAGES[value.stage],
        "open": open_one,
        "proposed_on": open_one.proposed_on if open_one else None,
    }


def acts_of(here: Here) -> list[Act]:
    """The acts in words alone that this post may propose."""
    return [one for one in SAYABLE if can_propose(here, one)]


def decision(request: HttpRequest, subject: str) -> HttpResponse:
    """One decision: its words, why, who decides, and what became of it."""
    here = here_of(request)
    view = holdings(here)
    entry: Entry[Decision] = view.one(f"decision:{subject}")
    names = Names(view)
    value = entry.value
    waiting = [
        one for one in unresolved(view, as_at=here.day) if one.entry.subject == entry.subject
    ]
    return render(
        request,
        "regard/registers/decision.html",
        {
            "title": Truncator(value.text).words(A_HEADING),
            "entry": entry,
            "act": ACTS[value.act],
            "stage": STAGES[value.stage],
            "by": names.of(value.by),
            "about": names.of(value.about),
            "about_address": page_of(view, value.about),
            "paper": view.find(value.paper) if value.paper else None,
            "meeting": view.find(value.meeting) if value.meeting else None,
            "waiting": waiting[0] if waiting else None,
            "worked_out": answered_by(view, entry),
            "history": [
                (one, STAGES[one.value.stage][0], names.of(one.post))
                for one in view.history(entry.subject)
                if one.held is not None and one.effective <= here.day
            ],
            "may_resolve": here.as_at is None
            and value.stage in OPEN_STAGES
            and bool(_ends(here, entry)),
            "elsewhere": ELSEWHERE.get(value.act, "") if value.stage in OPEN_STAGES else "",
        },
    )


def _ends(here: Here, entry: Entry[Decision]) -> list[tuple[str, Any]]:
    """How this post may end a proposal."""
    value = entry.value
    found: list[tuple[str, Any]] = []
    if can_decide(here, value.act):
        if value.act not in ELSEWHERE:
            found.append((Stage.TAKEN.value, _("Taken, as it was proposed")))
            if value.act in (*SAYABLE, Act.DEPART):
                found.append((Stage.AMENDED.value, _("Taken, in other words")))
        found.append((Stage.LAPSED.value, _("Not taken")))
        found.append((Stage.DEFERRED.value, _("Deferred to a day")))
    if can_decide(here, value.act) or _proposed_by(here, entry):
        found.append((Stage.WITHDRAWN.value, _("Withdrawn")))
    return found


def _proposed_by(here: Here, entry: Entry[Decision]) -> bool:
    return entry.post == here.speaker.post


def resolve_(request: HttpRequest, subject: str) -> HttpResponse:
    """Say what became of a proposal."""
    here = here_of(request)
    view = holdings(here)
    entry: Entry[Decision] = view.one(f"decision:{subject}")
    form = Resolves(sent(request))
    met = sorted(
        ((one.subject, one.value.title) for one in view.all(Meeting) if one.held is not None),
        key=lambda one: one[0],
        reverse=True,
    )
    offer(form, stage=_ends(here, entry), meeting=with_none(met, gettext("None")))

    def enter(given: Given) -> Done:
        stage, meeting = Stage(given["stage"]), given["meeting"] or None
        if stage is Stage.TAKEN:
            done = take(here.register, entry.subject, by=here.speaker, meeting=meeting)
        else:
            done = resolve(
                here.register,
                entry.subject,
                stage,
                by=here.speaker,
                resolved=given["words"],
                meeting=meeting,
                until=given["until"] if stage is Stage.DEFERRED else None,
            ).decision
        return Done(
            gettext("%(stage)s: entry %(seq)s.")
            % {"stage": STAGES[stage][0], "seq": f"{done.seq:,}"},
            address_of(entry.subject),
        )

    asking = Asking(
        title=gettext("What became of it?"),
        button=gettext("Enter it"),
        back=address_of(entry.subject),
        back_said=gettext("Back to the proposal"),
        told=(entry.value.text,),
    )
    return ask(request, asking, form, enter)


def address_of(subject: str) -> str:
    """The page of a decision."""
    return reverse(ADDRESS, kwargs={"subject": path_of(subject)})


_RESOLVES = proposes(*Act)

ROUTES = (
    Route("registers/decisions", "registers.decisions", decisions, A_POST),
    Route("registers/decision/<path:subject>", ADDRESS, decision, A_POST),
    Route(
        "registers/resolve/<path:subject>",
        "registers.resolve",
        resolve_,
        _RESOLVES,
        resolve_,
        _RESOLVES,
    ),
)
