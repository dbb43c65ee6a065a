"""Targets: how each is worked out, how far away it is, and what another input would change."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.assurance.changing import ask_to_change, change_inputs
from regard.assurance.effects import effect
from regard.assurance.gaps import Apart, Gap, Unmeasured, each_against
from regard.assurance.naming import Names
from regard.assurance.registers import Aim, aims, said_about
from regard.assurance.targets import Target, target_of
from regard.core.errors import DefinitionRefused, RegardError
from regard.register.entries import Entry
from regard.register.kinds.facts import Expectation
from regard.register.kinds.speech import Act
from regard.register.subjects import path_of
from regard.web.forms import Form, ReasonField
from regard.web.here import Here, here_of
from regard.web.needs import A_POST, enters, proposes
from regard.web.registered.asking import Asking, AsksAnother, Done, Given, ask, offer, sent
from regard.web.registered.holdings import can_decide, can_propose, deciders, holdings, with_none
from regard.web.registered.listing import list_shown
from regard.web.registered.saying import said_of
from regard.web.routes import Route

ADDRESS = "registers.target"
INPUT = "input-"  # what the name of an input's field begins with
LARGEST, PLACES = 15, 6  # digits of an input, and of them behind the point


class Inputs(Form):
    """The numbers that a formula takes, to be tried."""

    def __init__(self, entry: Entry[Expectation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {
            f"{INPUT}{one.name}": forms.DecimalField(
                label=one.name.replace("_", " ").capitalize(),
                help_text=gettext("Now %(value)s %(unit)s")
                % {"value": one.value, "unit": one.unit},
                max_digits=LARGEST,
                decimal_places=PLACES,
                initial=one.value,
                widget=forms.TextInput(
                    {"inputmode": "decimal", "class": "govuk-input govuk-input--width-5"}
                ),
            )
            for one in entry.value.inputs
        }

    def changed_from(self, entry: Entry[Expectation]) -> dict[str, Decimal]:
        """The inputs that are other than they are now."""
        now = {one.name: one.value for one in entry.value.inputs}
        given = {name.removeprefix(INPUT): one for name, one in self.cleaned_data.items()}
        return {name: one for name, one in given.items() if one != now[name]}


class Agrees(Form):
    """Why the inputs are changed."""

    reason = ReasonField()


class AsksToChange(AsksAnother, Agrees):
    """Asking somebody else to change them."""


def stands(one: Aim) -> tuple[Any, str]:
    """How a target stands, in a word and a colour."""
    if isinstance(one.gap, Gap):
        return (_("Not met"), "red") if one.is_missed else (_("Met"), "green")
    if isinstance(one.gap, Apart):
        return _("Not comparable"), "orange"
    if one.target is None:
        return _("Cannot be worked out"), "orange"
    return _("Not observed"), "grey"


def targets(request: HttpRequest) -> HttpResponse:
    """Every target in numbers, with how far what was observed is from it."""
    here = here_of(request)
    view = holdings(here)
    found = aims(view, as_at=here.day)
    names = Names(view)
    return list_shown(
        request,
        "targets",
        gettext("Targets"),
        found,
        lambda one: (one, names.of(one.entry.subject), *stands(one)),
        whole=len(found),
        missed=sum(one.is_missed for one in found),
        unknown=sum(one.is_unknown for one in found),
    )


def target(request: HttpRequest, subject: str) -> HttpResponse:
    """One target: its formula, the gap, and what is not the same thing, with the reason."""
    here = here_of(request)
    view = holdings(here)
    entry: Entry[Expectation] = view.one(f"expectation:{subject}")
    names = Names(view)
    found: Target | None = None
    refused = ""
    against: tuple[Gap | Apart | Unmeasured, ...] = ()
    try:
        found = target_of(view, entry)
        against = each_against(view, entry.subject, as_at=here.day)
    except DefinitionRefused as refusal:
        refused = str(refusal)
    return render(
        request,
        "regard/registers/target.html",
        {
            "title": names.of(entry.subject),
            "entry": entry,
            "found": found,
            "refused": refused,
            "own": [one.statement() for one in against if not isinstance(one, Apart)],
            "apart": [one.statement() for one in against if isinstance(one, Apart)],
            "owner": names.of(entry.value.owner),
            "body": names.of(entry.value.scope),
            "measure": names.of(entry.value.measure),
            "said": [
                said_of(names, one) for one in said_about(view, entry.subject, as_at=here.day)
            ],
        },
    )


def what_if(request: HttpRequest, subject: str) -> HttpResponse:
    """What another input would change: every figure affected, before anything is entered."""
    here = here_of(request)
    view = holdings(here)
    entry: Entry[Expectation] = view.one(f"expectation:{subject}")
    form = Inputs(entry, request.GET if request.GET else None)
    shown: dict[str, Any] = {
        "title": gettext("What would change?"),
        "entry": entry,
        "form": form,
        "back": _address(entry.subject),
    }
    if form.is_bound and form.is_valid():
        given = form.changed_from(entry)
        shown |= {"tried": True, "carried": _carried(request.GET)}
        if given:
            try:
                shown["effect"] = effect(view, given, expectation=entry.subject, as_at=here.day)
            except RegardError as refusal:
                form.refuse(refusal)
            else:
                shown |= _agreeing(here, view)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "regard/registers/what_if.html", shown, status=status)


def _agreeing(here: Here, view: Any) -> dict[str, Any]:
    if here.as_at is not None or not can_propose(here, Act.CHANGE):
        return {}
    return {
        "agree": _form(here, view, None),
        "decides": _decides(here),
    }


def _carried(held: QueryDict) -> list[tuple[str, str]]:
    return [(name, str(one)) for name, one in held.items() if name.startswith(INPUT)]


def _decides(here: Here) -> bool:
    return can_decide(here, Act.CHANGE) and enters("expectation").allows(here.standing)


def _form(here: Here, view: Any, data: Any) -> Form:
    if _decides(here):
        return Agrees(data)
    form = AsksToChange(data)
    offer(form, decides=with_none(deciders(view), gettext("Choose a post or a body")))
    return form


def change(request: HttpRequest, subject: str) -> HttpResponse:
    """Change the inputs of a target, or ask whoever decides to, once the effect was seen."""
    here = here_of(request)
    view = holdings(here)
    entry: Entry[Expectation] = view.one(f"expectation:{subject}")
    tried = Inputs(entry, request.POST)
    given = tried.changed_from(entry) if tried.is_valid() else {}
    form = _form(here, view, sent(request))
    if tried.errors:
        form.full_clean()
        form.add_error(None, gettext("Enter a number for each input"))

    def enter(words: Given) -> Done:
        shared = {"reason": words["reason"], "by": here.speaker}
        if _decides(here):
            done = change_inputs(here.register, entry.subject, given, **shared)
            said, seq = gettext("Changed by entry %(seq)s."), done.expectation.seq
        else:
            asked = ask_to_change(
                here.register, entry.subject, given, decided_by=words["decides"], **shared
            )
            said = gettext("Proposed as entry %(seq)s. The inputs stand until that is decided.")
            seq = asked.seq
        return Done(said % {"seq": f"{seq:,}"}, _address(entry.subject))

    asking = Asking(
        title=gettext("Change the inputs") if _decides(here) else gettext("Propose other inputs"),
        button=gettext("Change them") if _decides(here) else gettext("Propose them"),
        back=reverse("registers.what-if", kwargs={"subject": subject}),
        back_said=gettext("What would change?"),
        told=effect(view, given, expectation=entry.subject, as_at=here.day).statements()
        if given
        else (),
        more={"carried": _carried(request.POST)},
    )
    return ask(request, asking, form, enter)


def _address(subject: str) -> str:
    return reverse(ADDRESS, kwargs={"subject": path_of(subject)})


_CHANGES = proposes(Act.CHANGE)

ROUTES = (
    Route("registers/targets", "registers.targets", targets, A_POST),
    Route("registers/target/<path:subject>", ADDRESS, target, A_POST),
    Route("registers/what-if/<path:subject>", "registers.what-if", what_if, A_POST),
    Route("registers/change/<path:subject>", "registers.change", post=change, writes=_CHANGES),
)
