"""Raising what stands in the way, and what is then done: answered, rated, accepted."""

from __future__ import annotations

from functools import partial
from typing import get_args

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.assurance.accepting import accept_risk, ask_to_accept, rate, rating
from regard.assurance.vulnerabilities import (
    Action,
    Raised,
    answer,
    raise_concern,
)
from regard.assurance.vulnerabilities import Form as Called
from regard.core.errors import EntryRefused
from regard.register.entries import Entry
from regard.register.gathering import Gathered
from regard.register.kinds.facts import Concern
from regard.register.kinds.speech import Act
from regard.register.kinds.values import Line
from regard.register.subjects import path_of, slug
from regard.web.forms import DayField, Form, ReasonField, Said, WordsField
from regard.web.here import Here, here_of
from regard.web.needs import enters, proposes, speaks_at
from regard.web.pages.concerns import ADDRESS, CALLED
from regard.web.registered.asking import (
    Asking,
    AsksAnother,
    Done,
    Given,
    ask,
    line_field,
    offer,
    sent,
)
from regard.web.registered.holdings import (
    can_decide,
    deciders,
    holdings,
    lines_of,
    lists_of_actions,
    posts,
    requirements,
    with_none,
)
from regard.web.registered.saying import said_line
from regard.web.routes import Route

FORMS = get_args(Called)
ASPECTS = ("capacity", "contribution", "capability", "consistency", "connectivity")
RATINGS = (("low", _("Low")), ("medium", _("Medium")), ("high", _("High")))


def _short_name(help_text: Said) -> forms.CharField:
    return forms.CharField(label=_("A short name"), help_text=help_text, max_length=60)


def _owner() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Who answers for it?"), error_messages={"required": _("Choose who answers for it")}
    )


class Raises(Form):
    """What stands in the way."""

    form = forms.ChoiceField(
        label=_("What is it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is")},
    )
    text = WordsField(
        label=_("What stands in the way?"),
        said=_("what stands in the way"),
        help_text=_("In your own words. Name no person."),
        rows=4,
    )
    code = _short_name(
        _("Two or three words by which it is found again, such as: public order shields")
    )
    about = forms.ChoiceField(
        label=_("In the way of which requirement?"),
        required=False,
    )
    aspect = forms.ChoiceField(label=_("Which C does it weaken?"), required=False)
    owner = _owner()
    cause = WordsField(
        label=_("What does it come from?"),
        said=_("what it comes from"),
        required=False,
        max_length=2_000,
        rows=2,
    )


class Answers(Form):
    """What is to be done."""

    text = WordsField(
        label=_("What is to be done?"),
        said=_("what is to be done"),
        help_text=_("And what done looks like: what somebody else can see when it is done."),
        rows=4,
    )
    code = _short_name(_("Two or three words by which it is found again, such as: buy shields"))
    owner = _owner()
    due = DayField(
        label=_("By which day?"),
        said=_("the day by which it is to be done"),
        help_text=_("For example, 31 3 2027. It moves only by a decision."),
    )
    edition = forms.ChoiceField(
        label=_("In which list?"), error_messages={"required": _("Choose a list")}
    )


class Rates(Form):
    """How grave it is."""

    level = forms.ChoiceField(
        label=_("How grave is it?"),
        choices=RATINGS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how grave it is")},
    )
    reason = ReasonField()
    line = line_field()


class Accepts(Form):
    """Accepting a risk as it is."""

    reason = ReasonField(label=_("Why is it accepted?"), said=_("why it is accepted"))
    until = DayField(
        label=_("Until when?"),
        said=_("the day until which it is accepted"),
        required=False,
        help_text=_("For example, 31 3 2027. Leave it empty for as long as the rating stands."),
    )


class AsksToAccept(AsksAnother, Accepts):
    """Asking somebody else to accept it."""


def raise_(request: HttpRequest) -> HttpResponse:
    """Raise what stands in the way."""
    here = here_of(request)
    view = holdings(here)
    form = Raises(sent(request), initial={"form": "vulnerability", **_given(request, here)})
    offer(
        form,
        form=[(one, CALLED[one]) for one in FORMS],
        about=with_none(requirements(view), gettext("None that is named")),
        aspect=with_none(((one, one.capitalize()) for one in ASPECTS), gettext("None")),
        owner=with_none(posts(view), gettext("Choose a post")),
    )

    def enter(given: Given) -> Done:
        raised = Raised(
            code=slug(given["code"]),
            text=given["text"],
            scope=here.body,
            owner=given["owner"],
            form=given["form"],
            about=given["about"] or None,
            aspect=given["aspect"] or None,
            root_cause=given["cause"],
        )
        entered = raise_concern(here.register, raised, by=here.speaker)
        return Done(
            gettext("Raised as entry %(seq)s.") % {"seq": f"{entered.seq:,}"},
            _address(entered.subject),
        )

    asking = Asking(
        title=gettext("Raise what stands in the way"),
        button=gettext("Raise it"),
        back=reverse("registers.concerns"),
        back_said=gettext("Vulnerabilities and risks"),
        hint=gettext("It is entered under your post, and its owner sees it under My work."),
    )
    return ask(request, asking, form, enter)


def _given(request: HttpRequest, here: Here) -> dict[str, str]:
    """What an address may fill in beforehand: the requirement and the C of a cell."""
    held = {name: request.GET.get(name, "") for name in ("about", "aspect")}
    return {"owner": here.speaker.post, **held}


def answer_(request: HttpRequest, subject: str) -> HttpResponse:
    """Answer a concern with an action."""
    here, view, entry = _of(request, subject)
    lists = lists_of_actions(view)
    form = Answers(
        sent(request),
        initial={"owner": entry.value.owner, "edition": lists[0][0] if lists else ""},
    )
    offer(form, owner=with_none(posts(view), gettext("Choose a post")), edition=lists)

    def enter(given: Given) -> Done:
        action = Action(
            edition=given["edition"],
            code=slug(given["code"]),
            text=given["text"],
            owner=given["owner"],
            due=given["due"],
        )
        entered = answer(here.register, entry.subject, action, by=here.speaker)
        return Done(
            gettext("The action is entry %(seq)s.") % {"seq": f"{entered.seq:,}"},
            _address(entry.subject),
        )

    asking = _asking(entry, gettext("Answer it with an action"), gettext("Enter the action"))
    if not lists:
        shown = {
            "title": asking.title,
            "asking": asking,
            "may_open": enters("instrument").allows(here.standing),
        }
        return render(request, "regard/registers/no_list.html", shown)
    return ask(request, asking, form, enter)


def rate_(request: HttpRequest, subject: str) -> HttpResponse:
    """Rate a concern at a line above its owner's."""
    here, _view, entry = _of(request, subject)
    held = lines_of(here)
    form = Rates(sent(request), initial={"line": int(held[0])})
    offer(form, line=[(int(one), said_line(one)) for one in held])

    def enter(given: Given) -> Done:
        entered = rate(
            here.register,
            entry.subject,
            given["level"],
            reason=given["reason"],
            by=here.speaker,
            line=Line(int(given["line"])),
        )
        return Done(
            gettext("Rated in entry %(seq)s.") % {"seq": f"{entered.seq:,}"},
            _address(entry.subject),
        )

    asking = _asking(
        entry,
        gettext("Rate it"),
        gettext("Enter the rating"),
        gettext("An acceptance of another rating is stale from then on."),
    )
    return ask(request, asking, form, enter)


def accept(request: HttpRequest, subject: str) -> HttpResponse:
    """Accept a risk at the rating it has, or ask whoever decides to."""
    here, view, entry = _of(request, subject)
    now = rating(view, entry.subject)
    decides = can_decide(here, Act.ACCEPT)
    form: Form = Accepts(sent(request)) if decides else AsksToAccept(sent(request))
    if not decides:
        offer(form, decides=with_none(deciders(view), gettext("Choose a post or a body")))

    def enter(given: Given) -> Done:
        if now is None or now.value.level is None:
            raise EntryRefused(
                f"{path_of(entry.subject)} has no rating, and a risk is accepted at the one it has",
                expected="a rating by a line above its owner's",
                next_step="ask the force lead or the board to rate it first",
            )
        do = (
            partial(accept_risk) if decides else partial(ask_to_accept, decided_by=given["decides"])
        )
        entered = do(
            here.register,
            entry.subject,
            level=now.value.level,
            reason=given["reason"],
            until=given["until"],
            by=here.speaker,
        )
        said = (
            gettext("Accepted in entry %(seq)s.")
            if decides
            else gettext("Proposed as entry %(seq)s: it is accepted once that is decided.")
        )
        return Done(said % {"seq": f"{entered.seq:,}"}, _address(entry.subject))

    rated = (
        gettext("It is rated %(level)s.") % {"level": now.value.level or now.value.absent}
        if now
        else gettext("It has no rating yet. A risk is accepted at the rating it has.")
    )
    asking = _asking(
        entry,
        gettext("Accept it as a risk") if decides else gettext("Ask for it to be accepted"),
        gettext("Accept it") if decides else gettext("Propose it"),
        rated,
    )
    return ask(request, asking, form, enter)


def _of(request: HttpRequest, subject: str) -> tuple[Here, Gathered, Entry[Concern]]:
    here = here_of(request)
    view = holdings(here)
    entry: Entry[Concern] = view.one(f"concern:{subject}")
    return here, view, entry


def _asking(entry: Entry[Concern], title: str, button: str, hint: str = "") -> Asking:
    return Asking(
        title=title,
        button=button,
        back=_address(entry.subject),
        back_said=gettext("Back to what stands in the way"),
        told=(entry.value.text,),
        hint=hint,
    )


def _address(subject: str) -> str:
    return reverse(ADDRESS, kwargs={"subject": path_of(subject)})


_ABOVE = speaks_at(Line.OVERSEEING, Line.INDEPENDENT, Line.BOARD)
_RAISES, _ANSWERS, _ACCEPTS = enters("concern"), enters("expectation"), proposes(Act.ACCEPT)

ROUTES = (
    Route("registers/raise", "registers.raise", raise_, _RAISES, raise_, _RAISES),
    Route(
        "registers/answer/<path:subject>", "registers.answer", answer_, _ANSWERS, answer_, _ANSWERS
    ),
    Route("registers/rate/<path:subject>", "registers.rate", rate_, _ABOVE, rate_, _ABOVE),
    Route(
        "registers/accept/<path:subject>", "registers.accept", accept, _ACCEPTS, accept, _ACCEPTS
    ),
)
