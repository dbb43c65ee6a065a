"""A page that asks for words and enters them in one act, or says why they were refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from regard.core.errors import AccessRefused, RegardError
from regard.core.statements import Statement
from regard.web.forms import Form

Given = dict[str, Any]


def decides_field() -> forms.ChoiceField:
    """Who is to decide what is proposed."""
    return forms.ChoiceField(
        label=_("Who is to decide?"), error_messages={"required": _("Choose who is to decide")}
    )


def line_field() -> forms.ChoiceField:
    """At which line of defence a post speaks."""
    return forms.ChoiceField(
        label=_("At which line do you speak?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the line at which you speak")},
    )


class AsksAnother(Form):
    """What is asked beside, where somebody else decides."""

    decides = decides_field()


@dataclass(frozen=True)
class Asking:
    """What stands around the fields of a form.

    Attributes:
        title: The heading.
        button: What the button does, in words.
        back: The address to which one returns without saying anything.
        back_said: What that page is called.
        told: What must be known before it is answered.
        hint: What happens then, in words.
    """

    title: str
    button: str
    back: str
    back_said: str
    told: Iterable[Statement | str] = ()
    hint: str = ""
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Done:
    """What was entered, in words, and where to go then."""

    said: str
    to: str


def sent(request: HttpRequest) -> Any:
    """What was sent with a form; None if the form is only shown."""
    return request.POST if request.method == "POST" else None


def offer(form: Form, /, **choices: Any) -> None:
    """Give fields their choices."""
    for name, held in choices.items():
        form.fields[name].choices = held  # type: ignore[attr-defined]


def ask(
    request: HttpRequest,
    asking: Asking,
    form: Form,
    enter: Callable[[Given], Done],
    *,
    template: str = "regard/registers/ask.html",
) -> HttpResponse:
    """Show a form, or enter what was sent with it.

    What is refused keeps its words: the sentence of the register stands above the form.

    Args:
        request: The request.
        asking: What stands around the fields.
        form: The form, bound if it was sent.
        enter: Enters what was given, in one act, and says what it was.
        template: How the page looks.
    """
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                done = enter(form.cleaned_data)
            except RegardError as refusal:
                form.refuse(refusal)
                status = 403 if isinstance(refusal, AccessRefused) else 422
            else:
                messages.success(request, done.said)
                return HttpResponseRedirect(done.to)
    shown = {"title": asking.title, "asking": asking, "form": form, **asking.more}
    return render(request, template, shown, status=status)
