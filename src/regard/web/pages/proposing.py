"""Proposing a decision, departing from a requirement, and saying how regard was had to it."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.assurance.having_regard import having_regard
from regard.assurance.naming import Names
from regard.assurance.proposals import propose
from regard.assurance.taking import take_at_once
from regard.core.errors import NotKnown
from regard.core.periods import FinancialYear
from regard.register.kinds.speech import Act
from regard.web.forms import Form, ReasonField, WordsField
from regard.web.here import here_of
from regard.web.needs import A_POST, proposes
from regard.web.pages.decisions import ACTS, SAYABLE, acts_of, address_of
from regard.web.registered.asking import (
    Asking,
    AsksAnother,
    Done,
    Given,
    ask,
    decides_field,
    offer,
    sent,
)
from regard.web.registered.holdings import (
    can_decide,
    can_propose,
    deciders,
    holdings,
    requirements,
    with_none,
)
from regard.web.routes import Route

FIRST_YEAR = 2011  # of the first Strategic Policing Requirement, the shadow one


class Proposes(Form):
    """What somebody else is to decide."""

    act = forms.ChoiceField(
        label=_("What are they to do?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what they are to do")},
    )
    text = WordsField(label=_("The words of the decision"))
    reason = ReasonField()
    decides = decides_field()
    about = forms.ChoiceField(label=_("About which requirement?"), required=False)


class Departs(Form):
    """Departing from a requirement with good reason."""

    about = forms.ChoiceField(
        label=_("From which requirement?"),
        error_messages={"required": _("Choose the requirement")},
    )
    text = WordsField(label=_("What is done instead?"), said=_("what is done instead"))
    reason = ReasonField(
        label=_("What is the good reason?"),
        said=_("the good reason"),
        help_text=_("It stands in the statement of how regard was had, word for word."),
    )


class AsksToDepart(AsksAnother, Departs):
    """Asking somebody else to depart."""


def propose_(request: HttpRequest) -> HttpResponse:
    """Propose a decision to the post or body that takes it."""
    here = here_of(request)
    view = holdings(here)
    given_about = request.GET.get("about") or request.POST.get("about", "")
    form = Proposes(sent(request), initial={"about": given_about})
    offered = requirements(view)
    if given_about and all(given_about != one for _edition, held in offered for one, _said in held):
        if view.find(given_about) is None:
            raise NotKnown("subject of a decision", given_about, ())
        offered = [(gettext("This"), [(given_about, Names(view).of(given_about))]), *offered]
    offer(
        form,
        act=[(one.value, ACTS[one]) for one in acts_of(here)],
        decides=with_none(deciders(view), gettext("Choose a post or a body")),
        about=with_none(offered, gettext("None that is named")),
    )

    def enter(given: Given) -> Done:
        entered = propose(
            here.register,
            Act(given["act"]),
            text=given["text"],
            reason=given["reason"],
            decided_by=given["decides"],
            about=given["about"] or None,
            scope=here.body,
            by=here.speaker,
        )
        return Done(
            gettext("Proposed as entry %(seq)s.") % {"seq": f"{entered.seq:,}"},
            address_of(entered.subject),
        )

    asking = Asking(
        title=gettext("Propose a decision"),
        button=gettext("Propose it"),
        back=reverse("registers.decisions"),
        back_said=gettext("Decisions"),
        hint=gettext("It waits until it is taken, amended, deferred or not taken."),
    )
    return ask(request, asking, form, enter)


def depart(request: HttpRequest) -> HttpResponse:
    """Depart from a requirement with good reason, or ask whoever decides to."""
    here = here_of(request)
    view = holdings(here)
    decides_it = can_decide(here, Act.DEPART)
    form: Form = (Departs if decides_it else AsksToDepart)(
        sent(request), initial={"about": request.GET.get("about", "")}
    )
    offer(form, about=with_none(requirements(view, here.day), gettext("Choose a requirement")))
    if not decides_it:
        offer(form, decides=with_none(deciders(view), gettext("Choose a post or a body")))

    def enter(given: Given) -> Done:
        words = {"text": given["text"], "reason": given["reason"], "by": here.speaker}
        if decides_it:
            done = take_at_once(here.register, Act.DEPART, given["about"], **words)
            said = gettext("The departure is entry %(seq)s.")
        else:
            done = propose(
                here.register,
                Act.DEPART,
                about=given["about"],
                decided_by=given["decides"],
                scope=here.body,
                **words,
            )
            said = gettext("Proposed as entry %(seq)s.")
        return Done(said % {"seq": f"{done.seq:,}"}, address_of(done.subject))

    asking = Asking(
        title=gettext("Depart from a requirement with good reason"),
        button=gettext("Depart from it") if decides_it else gettext("Propose it"),
        back=reverse("registers.decisions"),
        back_said=gettext("Decisions"),
        hint=gettext(
            "Chief constables and commissioners follow the requirement unless there is good "
            "reason not to. The reason is published with the statement of how regard was had."
        ),
    )
    return ask(request, asking, form, enter)


def had_regard(request: HttpRequest) -> HttpResponse:
    """How regard was had in a year, for the annual report."""
    here = here_of(request)
    now = FinancialYear.of(here.day)
    years = [FinancialYear(one) for one in range(now.first_year, FIRST_YEAR - 1, -1)]
    asked = request.GET.get("year", str(now))
    year = next((one for one in years if str(one) == asked), None)
    if year is None:
        raise NotKnown("financial year", asked, [str(one) for one in years])
    found = having_regard(holdings(here), here.body, year, as_at=here.day)
    shown = {
        "title": gettext("How regard was had in %(year)s") % {"year": year},
        "found": found,
        "statements": found.statements(),
        "year": str(year),
        "years": [str(one) for one in years],
        "may_depart": here.as_at is None and can_propose(here, Act.DEPART),
    }
    return render(request, "regard/registers/having_regard.html", shown)


_PROPOSES, _DEPARTS = proposes(*SAYABLE), proposes(Act.DEPART)

ROUTES = (
    Route("registers/propose", "registers.propose", propose_, _PROPOSES, propose_, _PROPOSES),
    Route("registers/depart", "registers.depart", depart, _DEPARTS, depart, _DEPARTS),
    Route("registers/having-regard", "registers.having-regard", had_regard, A_POST),
)
