"""Administration: accounts, their passwords for one time, and their end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.core.errors import AccessRefused, RegardError
from regard.register.posting import posts_at
from regard.register.subjects import subject_of
from regard.web.forms import Form
from regard.web.here import Here, here_of
from regard.web.models import Account
from regard.web.needs import holds
from regard.web.paging import paged
from regard.web.registered.asking import sent
from regard.web.routes import Route
from regard.web.signing import accounts, openid, second_factor

KEEPER = holds("register-keeper")
PASSWORD, PROVIDER = "password", "provider"  # noqa: S105 - how one signs in


class NewForm(Form):
    """An account that is to be."""

    name = forms.RegexField(
        r"^[\w.@+-]+$",
        label=_("Account name"),
        help_text=_("What is typed at sign-in. Letters, digits and . @ + - _"),
        max_length=150,
        error_messages={"invalid": _("Use letters, digits and . @ + - _ alone")},
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    holder = forms.CharField(
        label=_("Code of the holder in the register"),
        help_text=_("Such as wm-holder-7; a code, never a person's name"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    way = forms.ChoiceField(
        label=_("How they sign in"),
        widget=forms.RadioSelect,
        initial=PASSWORD,
        choices=(
            (PASSWORD, _("By a password, which you give them for one time")),
            (PROVIDER, _("Where they sign in at work, under this name")),
        ),
    )


class AnewForm(Form):
    """What becomes of an account that is set anew."""

    codes_off = forms.BooleanField(
        label=_("Ask for no codes at sign-in any more: their telephone is lost"), required=False
    )


@dataclass(frozen=True)
class Row:
    """An account as it is listed.

    Attributes:
        account: It.
        posts: The names of the posts held on the day looked at.
        codes: Whether it is asked for codes.
        state: Whether it may sign in, in a word.
        tag: The colour of that word.
    """

    account: Account
    posts: tuple[str, ...]
    codes: bool
    state: str
    tag: str


def listed(request: HttpRequest) -> HttpResponse:
    """Every account of the post's body."""
    here = here_of(request)
    page = paged(request, accounts.governed(here))
    shown = {"title": gettext("Accounts"), "page": page, "rows": _rows(here, page.rows)}
    return render(request, "regard/administration/accounts.html", shown)


def one(request: HttpRequest, number: int) -> HttpResponse:
    """An account, and what can be done with it."""
    return _page(request, number, AnewForm())


def make(request: HttpRequest) -> HttpResponse:
    """Make an account, and show its password this once."""
    here, form, status = here_of(request), NewForm(sent(request)), 200
    if not openid.is_set_up():
        del form.fields["way"]
    if form.is_bound:
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                holder = subject_of("party", *given["holder"].removeprefix("party:").split("/"))
                account, words = accounts.make(
                    here, given["name"], holder, password=given.get("way", PASSWORD) == PASSWORD
                )
            except RegardError as refusal:
                form.refuse(refusal)
                status = 403 if isinstance(refusal, AccessRefused) else 422
            else:
                return _made(request, account, words)
    shown = {"title": gettext("Make an account"), "form": form}
    return render(request, "regard/administration/new_account.html", shown, status=status)


def anew(request: HttpRequest, number: int) -> HttpResponse:
    """Give an account a new password for one time, and show it this once."""
    form = AnewForm(request.POST)
    if not form.is_valid():
        return _page(request, number, form)
    account, words = accounts.set_anew(here_of(request), number, **form.cleaned_data)
    return _made(request, account, words)


def end(request: HttpRequest, number: int) -> HttpResponse:
    """Let an account sign in no more."""
    account = accounts.deactivate(here_of(request), number)
    messages.success(
        request,
        gettext("%(name)s signs in no more, and is signed out everywhere")
        % {"name": account.username},
    )
    return HttpResponseRedirect(reverse("administration.account", kwargs={"number": number}))


def _made(request: HttpRequest, account: Account, words: str) -> HttpResponse:
    shown = {
        "title": gettext("The account %(name)s can sign in") % {"name": account.username},
        "account": account,
        "words": words,
        "until": account.one_time_until,
    }
    return render(request, "regard/administration/account_made.html", shown, status=201)


def _page(request: HttpRequest, number: int, form: AnewForm) -> HttpResponse:
    here = here_of(request)
    [row] = _rows(here, [accounts.find(here, number)])
    shown = {
        "title": gettext("Account %(name)s") % {"name": row.account.username},
        "row": row,
        "form": form,
        "own": row.account.holder == here.holder,
        "by_password": row.account.has_usable_password(),
    }
    return render(request, "regard/administration/account.html", shown)


def _rows(here: Here, found: Sequence[Account]) -> list[Row]:
    codes = second_factor.with_codes()
    called: dict[str, list[str]] = defaultdict(list)
    for post in posts_at(here.view, here.day):
        for holder in post.holders:
            called[holder].append(post.name)
    return [
        Row(
            one,
            tuple(sorted(called.get(one.holder, ()))),
            one.pk in codes,
            *_state(one),
        )
        for one in found
    ]


def _state(account: Account) -> tuple[str, str]:
    if not account.is_active:
        return gettext("Deactivated"), "grey"
    if account.one_time_until is None:
        return gettext("Signs in"), "green"
    if account.one_time_until < timezone.now():
        return gettext("Password too old"), "red"
    return gettext("Not yet signed in"), "blue"


ROUTES = (
    Route("administration/accounts", "administration.accounts", listed, KEEPER),
    Route("administration/accounts/<int:number>", "administration.account", one, KEEPER),
    Route(
        "administration/new-account",
        "administration.new-account",
        make,
        KEEPER,
        make,
        KEEPER,
        enters=False,
    ),
    Route(
        "administration/accounts/<int:number>/anew",
        "administration.account-anew",
        post=anew,
        writes=KEEPER,
        enters=False,
    ),
    Route(
        "administration/accounts/<int:number>/end",
        "administration.account-end",
        post=end,
        writes=KEEPER,
        enters=False,
    ),
)
