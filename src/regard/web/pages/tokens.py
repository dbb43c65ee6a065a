"""Tokens of an account: make one for a program, see which there are, revoke one."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.core.errors import RegardError
from regard.web.forms import Form
from regard.web.here import Here, here_of
from regard.web.models import Account, Token
from regard.web.needs import AN_ACCOUNT
from regard.web.routes import Route
from regard.web.signing import tokens


class Making(Form):
    """What a token is for."""

    said = forms.CharField(
        label=_("What is it for?"),
        error_messages={"required": _("Enter what it is for")},
        help_text=_("Such as: monthly figures for the board’s dashboard"),
        max_length=100,
    )
    post = forms.ChoiceField(
        label=_("For which post does it read?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the post for which it reads")},
    )
    days = forms.TypedChoiceField(
        label=_("For how long?"),
        error_messages={"required": _("Choose for how long it reads")},
        coerce=int,
        choices=[(one, _("%(days)s days") % {"days": one}) for one in tokens.LIFETIMES],
        initial=tokens.LIFETIMES[0],
        widget=forms.RadioSelect,
    )


@dataclass(frozen=True)
class Shown:
    """A token as its owner sees it.

    Attributes:
        held: It.
        post: What its post is called.
        state: `in use`, `revoked`, `ended`, or `post not held`.
    """

    held: Token
    post: str
    state: str

    @property
    def is_good(self) -> bool:
        """Whether it can still be revoked."""
        return self.held.revoked_at is None and self.state != gettext("Ended")


def listed(request: HttpRequest) -> HttpResponse:
    """Every token of the account, and the form that makes one."""
    return _page(request, _making(here_of(request)))


def make(request: HttpRequest) -> HttpResponse:
    """Make a token and show its words, once."""
    form = _making(here_of(request), request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        made, words = tokens.make(_account(request), **form.cleaned_data)
    except RegardError as refusal:
        form.refuse(refusal)
        return _page(request, form)
    shown = {"title": gettext("Your token"), "token": made, "words": words}
    answer = render(request, "regard/token_made.html", shown, status=201)
    answer["Cache-Control"] = "no-store, private"
    return answer


def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Revoke a token."""
    held = tokens.revoke(_account(request), number)
    told = gettext("The token “%(said)s” is revoked") % {"said": held.said}
    messages.success(request, told)
    return HttpResponseRedirect(reverse("account.tokens"))


def _account(request: HttpRequest) -> Account:
    if not isinstance(request.user, Account):
        raise TypeError(f"{request.user!r} is no account")
    return request.user


def _making(here: Here, given: object = None) -> Making:
    form = Making(given)
    form.fields["post"].choices = [(one.subject, one.name) for one in here.posts]  # type: ignore[attr-defined]
    if len(here.posts) == 1:
        form.fields["post"].initial = here.posts[0].subject
    return form


def _page(request: HttpRequest, form: Making) -> HttpResponse:
    here = here_of(request)
    names = {one.subject: one.name for one in here.posts}
    shown = {
        "title": gettext("Tokens for programs"),
        "form": form,
        "tokens": [_shown(one, names) for one in tokens.of_account(_account(request))],
    }
    return render(request, "regard/tokens.html", shown, status=422 if form.errors else 200)


def _shown(held: Token, names: dict[str, str]) -> Shown:
    state = gettext("In use")
    if held.revoked_at is not None:
        state = gettext("Revoked")
    elif not tokens.is_good(held):
        state = gettext("Ended")
    elif held.post not in names:
        state = gettext("Post no longer held")
    return Shown(held, names.get(held.post, held.post.partition(":")[2]), state)


ROUTES = (
    Route("account/tokens", "account.tokens", listed, AN_ACCOUNT, make, AN_ACCOUNT, enters=False),
    Route(
        "account/tokens/<int:number>/revoke",
        "account.token-revoke",
        post=revoke,
        writes=AN_ACCOUNT,
        enters=False,
    ),
)
