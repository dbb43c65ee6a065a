"""One's own account: who one is, the posts held, the password and the codes at sign-in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.core.errors import NotKnown
from regard.web.forms import Form
from regard.web.here import here_of
from regard.web.models import Account
from regard.web.needs import AN_ACCOUNT
from regard.web.routes import Route
from regard.web.signing import second_factor
from regard.web.signing.by_password import proved
from regard.web.signing.waiting import too_many, until

Said = Any  # words of a page, looked up in the reader's language when they are shown

_LONGEST = 512  # characters of a password


def _password_field(label: Said, complete: str, help_text: Said = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        strip=False,
        max_length=_LONGEST,
        widget=forms.PasswordInput({"autocomplete": complete}),
    )


class Password(Form):
    """A new password, by who knows the old one."""

    old = _password_field(_("Your password now"), "current-password")
    new = _password_field(
        _("New password"),
        "new-password",
        _("At least 12 characters. Three words that do not belong together make a good one"),
    )
    again = _password_field(_("The new password again"), "new-password")


class Confirmed(Form):
    """The password, given again before something that matters."""

    password = _password_field(_("Your password"), "current-password")


class FirstCode(Form):
    """The first code of a telephone."""

    code = forms.CharField(
        label=_("The six digits that the app shows now"),
        max_length=40,
        widget=forms.TextInput(
            {
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "class": "govuk-input--width-10",
            }
        ),
    )


def account(request: HttpRequest) -> HttpResponse:
    """Who is signed in, which posts are held, and for which of them one speaks."""
    mine = _mine(request)
    shown = {
        "title": gettext("Account"),
        "here": here_of(request),
        "account": mine,
        "codes": second_factor.is_on(mine),
        "by_password": mine.has_usable_password(),
    }
    return render(request, "regard/account.html", shown)


def password(request: HttpRequest) -> HttpResponse:
    """Ask for the old password and a new one."""
    return _password_page(request, Password())


def password_changed(request: HttpRequest) -> HttpResponse:
    """Change the password; every other session of the account ends."""
    mine, form = _by_password(request), Password(request.POST)
    if not form.is_valid():
        return _password_page(request, form)
    held = form.cleaned_data
    _look_at_new(form, mine)
    if form.errors:
        return _password_page(request, form)
    answer = _proved(request, form, "old")
    if answer:
        return until(answer, _password_page(request, form, status=429))
    if form.errors:
        return _password_page(request, form)
    mine.set_password(held["new"])
    mine.one_time_until = None
    mine.end_sessions()
    mine.save()
    update_session_auth_hash(request, mine)
    messages.success(
        request, gettext("Your password is changed. Every other session of yours has ended")
    )
    return HttpResponseRedirect(reverse("account"))


def codes(request: HttpRequest) -> HttpResponse:
    """Say whether codes are asked for, and how to begin or end that."""
    return _codes_page(request, Confirmed())


def codes_set_up(request: HttpRequest) -> HttpResponse:
    """Show what a telephone needs to make codes, and ask for the first."""
    return _set_up_page(request, FirstCode())


def codes_on(request: HttpRequest) -> HttpResponse:
    """Ask for codes from now on, and show the recovery codes, this once."""
    mine, form = _by_password(request), FirstCode(request.POST)
    if second_factor.is_on(mine):
        return HttpResponseRedirect(reverse("account.codes"))
    if not form.is_valid():
        return _set_up_page(request, form)
    recovery = second_factor.turn_on(request, mine, form.cleaned_data["code"])
    if not recovery:
        form.add_error(
            "code",
            gettext(
                "This code is not right. Wait for the next one, and check the telephone's clock"
            ),
        )
        return _set_up_page(request, form)
    return _recovery_page(request, recovery)


def codes_changed(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes, or ask for no codes any more; by who knows the password."""
    mine, form = _by_password(request), Confirmed(request.POST)
    if not form.is_valid():
        return _codes_page(request, form)
    if wait := _proved(request, form, "password"):
        return until(wait, _codes_page(request, form, status=429))
    if form.errors:
        return _codes_page(request, form)
    if not second_factor.is_on(mine):
        return HttpResponseRedirect(reverse("account.codes"))
    if "anew" in request.POST:
        return _recovery_page(request, second_factor.new_recovery_codes(mine))
    second_factor.turn_off(mine)
    messages.success(request, gettext("No code is asked for at sign-in any more"))
    return HttpResponseRedirect(reverse("account.codes"))


def _mine(request: HttpRequest) -> Account:
    if not isinstance(request.user, Account):
        raise TypeError(f"{request.user!r} is no account")
    return request.user


def _by_password(request: HttpRequest) -> Account:
    mine = _mine(request)
    if not mine.has_usable_password():
        raise NotKnown("password of this account", mine.username, ())
    return mine


def _proved(request: HttpRequest, form: Form, field: str) -> int:
    """Whether the password is the account's: an error at the field, or seconds to wait, if not."""
    mine = _mine(request)
    found = proved(request, mine.username, form.cleaned_data[field])
    if found.wait:
        form.add_error(None, too_many(found.wait))
    elif found.account != mine:
        form.add_error(field, gettext("This is not your password"))
    return found.wait


def _look_at_new(form: Password, mine: Account) -> None:
    old, new, again = (form.cleaned_data[name] for name in ("old", "new", "again"))
    if new != again:
        form.add_error("again", gettext("The two new passwords differ"))
    if new == old:
        form.add_error("new", gettext("Choose another password than the one you have"))
    try:
        validate_password(new, mine)
    except ValidationError as refusal:
        form.add_error("new", refusal)


def _password_page(request: HttpRequest, form: Password, *, status: int = 422) -> HttpResponse:
    mine = _by_password(request)
    shown = {
        "title": gettext("Change your password"),
        "form": form,
        "first": mine.one_time_until is not None,
    }
    return render(
        request, "regard/account_password.html", shown, status=status if form.errors else 200
    )


def _codes_page(request: HttpRequest, form: Confirmed, *, status: int = 422) -> HttpResponse:
    mine = _mine(request)
    on = second_factor.is_on(mine)
    shown = {
        "title": gettext("Codes at sign-in"),
        "form": form,
        "on": on,
        "left": second_factor.left(mine) if on else 0,
        "by_password": mine.has_usable_password(),
    }
    return render(
        request, "regard/account_codes.html", shown, status=status if form.errors else 200
    )


def _set_up_page(request: HttpRequest, form: FirstCode) -> HttpResponse:
    mine = _by_password(request)
    if second_factor.is_on(mine):
        return HttpResponseRedirect(reverse("account.codes"))
    secret = second_factor.new_secret(request)
    shown = {
        "title": gettext("Set up codes at sign-in"),
        "form": form,
        "picture": second_factor.picture(mine, secret),
        "secret": second_factor.in_groups(secret),
    }
    status = 422 if form.errors else 200
    return render(request, "regard/account_codes_set_up.html", shown, status=status)


def _recovery_page(request: HttpRequest, recovery: tuple[str, ...]) -> HttpResponse:
    shown = {
        "title": gettext("Your recovery codes"),
        "recovery": [f"{one[:4]} {one[4:]}" for one in recovery],
    }
    return render(request, "regard/account_recovery.html", shown)


ROUTES = (
    Route("account", "account", account, AN_ACCOUNT),
    Route(
        "account/password",
        "account.password",
        password,
        AN_ACCOUNT,
        password_changed,
        AN_ACCOUNT,
        enters=False,
    ),
    Route(
        "account/codes",
        "account.codes",
        codes,
        AN_ACCOUNT,
        codes_changed,
        AN_ACCOUNT,
        enters=False,
    ),
    Route(
        "account/codes/set-up",
        "account.codes-set-up",
        codes_set_up,
        AN_ACCOUNT,
        codes_on,
        AN_ACCOUNT,
        enters=False,
    ),
)
