"""Ending what was to be done: its owner claims, another line looks, its day moves."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.assurance import closing
from regard.assurance.closing import closing_of
from regard.assurance.dates import ask_to_extend, extend
from regard.core.errors import NotKnown
from regard.core.periods import day_said
from regard.register.entries import Entry
from regard.register.kinds.facts import Concern, Expectation
from regard.register.kinds.speech import Act
from regard.register.kinds.values import Line
from regard.register.seeing import View
from regard.register.subjects import kind_of, path_of, subject_of
from regard.web.forms import DayField, Form, ReasonField, WordsField
from regard.web.here import here_of
from regard.web.needs import enters, proposes, speaks_at
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
from regard.web.registered.holdings import can_decide, deciders, holdings, lines_of, with_none
from regard.web.registered.saying import lines, said_line
from regard.web.routes import Route

WORDS = {
    "verify": closing.verify,
    "deny": closing.deny,
    "close": closing.close,
    "reopen": closing.reopen,
}


class Claims(Form):
    """That it is done."""

    reason = WordsField(
        label=_("What was done?"),
        said=_("what was done"),
        help_text=_("And what somebody else can see of it. Another line verifies it."),
        rows=4,
    )
    decides = forms.ChoiceField(label=_("Who is to close it?"), required=False)


class Says(Form):
    """What another line found."""

    reason = ReasonField(rows=4)
    line = line_field()
    evidence = WordsField(
        label=_("What does it rest on?"),
        said=_("what it rests on"),
        help_text=_(
            "Observations of the register, one a line, such as west-midlands/ctsfo/2021-12-01. "
            "Leave it empty if it rests on what you saw."
        ),
        required=False,
        rows=2,
    )


class Extends(Form):
    """Another day."""

    until = DayField(
        label=_("Which day?"), said=_("the new day"), help_text=_("For example, 31 3 2027")
    )
    reason = ReasonField()


class AsksToExtend(AsksAnother, Extends):
    """Asking somebody else for another day."""


def address_of(subject: str) -> str:
    """The page of an expectation or a concern."""
    name = "registers.concern" if kind_of(subject) == "concern" else "registers.action"
    return reverse(name, kwargs={"subject": path_of(subject)})


def claim(request: HttpRequest, subject: str) -> HttpResponse:
    """Say, as its owner, that something is done."""
    here = here_of(request)
    view = holdings(here)
    entry = _sayable(view, subject)
    form = Claims(sent(request))
    offer(form, decides=with_none(deciders(view), gettext("My force")))

    def enter(given: Given) -> Done:
        entered = closing.claim(
            here.register,
            entry.subject,
            reason=given["reason"],
            decided_by=given["decides"] or None,
            by=here.speaker,
        )
        return Done(
            gettext(
                "Entry %(seq)s says that it is done. It stays open until another line has seen it."
            )
            % {"seq": f"{entered.seq:,}"},
            address_of(entry.subject),
        )

    asking = _asking(
        entry,
        gettext("Say that it is done"),
        gettext("Say it"),
        gettext("This closes nothing yet: another line looks first."),
    )
    return ask(request, asking, form, enter)


def say(request: HttpRequest, word: str, subject: str) -> HttpResponse:
    """Verify, deny, close or open again, at a line above its owner's."""
    if word not in WORDS:
        raise NotKnown("word on something that was to be done", word, WORDS)
    here = here_of(request)
    view = holdings(here)
    entry = _sayable(view, subject)
    held = lines_of(here)
    form = Says(sent(request), initial={"line": int(held[0])})
    offer(form, line=[(int(one), said_line(one)) for one in held])

    def enter(given: Given) -> Done:
        entered = WORDS[word](
            here.register,
            entry.subject,
            reason=given["reason"],
            by=here.speaker,
            line=Line(int(given["line"])),
            scope=getattr(entry.value, "scope", None) or here.body,
            evidence=tuple(
                subject_of("observation", *one.strip().removeprefix("observation:").split("/"))
                for one in given["evidence"].splitlines()
                if one.strip()
            ),
        )
        return Done(
            gettext("Said in entry %(seq)s.") % {"seq": f"{entered.seq:,}"},
            address_of(entry.subject),
        )

    title = dict(lines())[word]
    claimed = [one for one in closing_of(view, entry.subject).events if one.what == "claimed"]
    told = (
        gettext("Its owner said on %(day)s: %(words)s")
        % {"day": day_said(claimed[-1].on), "words": claimed[-1].reason}
        if claimed
        else ""
    )
    return ask(request, _asking(entry, title, title, told), form, enter)


def extend_(request: HttpRequest, subject: str) -> HttpResponse:
    """Move the day by which something is due, or ask whoever decides to."""
    here = here_of(request)
    view = holdings(here)
    entry = _sayable(view, f"expectation:{subject}")
    decides = can_decide(here, Act.EXTEND) and enters("expectation").allows(here.standing)
    form: Form = Extends(sent(request)) if decides else AsksToExtend(sent(request))
    if not decides:
        offer(form, decides=with_none(deciders(view), gettext("Choose a post or a body")))

    def enter(given: Given) -> Done:
        shared = {"until": given["until"], "reason": given["reason"], "by": here.speaker}
        if decides:
            moved = extend(here.register, entry.subject, **shared)
            said = gettext("The day was moved by entry %(seq)s.")
            seq = moved.expectation.seq
        else:
            asked = partial(ask_to_extend, decided_by=given["decides"])
            seq = asked(here.register, entry.subject, **shared).seq
            said = gettext("Proposed as entry %(seq)s. The day stands until that is decided.")
        return Done(said % {"seq": f"{seq:,}"}, address_of(entry.subject))

    asking = _asking(
        entry,
        gettext("Move its day") if decides else gettext("Ask for another day"),
        gettext("Move it") if decides else gettext("Propose it"),
        gettext("A date moves only by a decision, and every move is counted with its reason."),
    )
    return ask(request, asking, form, enter)


def _sayable(view: View, subject: str) -> Entry[Any]:
    entry = view.one(subject)
    if not isinstance(entry.held, Expectation | Concern):
        raise NotKnown("expectation or concern", subject, ())
    return entry


def _asking(entry: Entry[Any], title: str, button: str, hint: str = "") -> Asking:
    return Asking(
        title=title,
        button=button,
        back=address_of(entry.subject),
        back_said=gettext("Back"),
        told=(entry.value.text,),
        hint=hint,
    )


_CLAIMS, _EXTENDS = proposes(Act.CLOSE), proposes(Act.EXTEND)
_ABOVE = speaks_at(Line.OVERSEEING, Line.INDEPENDENT, Line.BOARD)

ROUTES = (
    Route("registers/claim/<path:subject>", "registers.claim", claim, _CLAIMS, claim, _CLAIMS),
    Route("registers/say/<slug:word>/<path:subject>", "registers.say", say, _ABOVE, say, _ABOVE),
    Route(
        "registers/extend/<path:subject>", "registers.extend", extend_, _EXTENDS, extend_, _EXTENDS
    ),
)
