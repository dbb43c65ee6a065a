"""Signing in and out, choosing a post, a day and a language: what comes before every other page."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.core.errors import NotKnown
from regard.web.forms import DayField, Form
from regard.web.here import POST, here_of
from regard.web.models import Account
from regard.web.needs import A_POST, AN_ACCOUNT, ANYBODY
from regard.web.routes import Route
from regard.web.signing import guessing, openid, second_factor
from regard.web.signing.by_password import begin, go_on, half_way, is_too_old, proved
from regard.web.signing.waiting import too_many, until

THEN = "then"  # the key of a session under which the way through the provider keeps where to go
LANGUAGES = ("en-gb", "cy")


class SignIn(Form):
    """Who signs in."""

    username = forms.CharField(
        label=_("Account name"),
        max_length=150,
        error_messages={"required": _("Enter your account name")},
        widget=forms.TextInput({"autocomplete": "username", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=512,
        error_messages={"required": _("Enter your password")},
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


class Code(Form):
    """The second proof of who signs in."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_(
            "The six digits that your authenticator app shows now, or one of the recovery codes "
            "that you kept for when you are without it"
        ),
        max_length=40,
        widget=forms.TextInput(
            {
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "spellcheck": "false",
                "class": "govuk-input--width-10",
            }
        ),
    )


class Speaks(Form):
    """For which post one speaks."""

    post = forms.ChoiceField(
        label=_("For which post do you speak?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the post for which you speak")},
    )


class Day(Form):
    """The day that is looked at."""

    day = DayField(said=_("the day to look at"))


def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask who signs in."""
    return _asked(request, SignIn())


def signed_in(request: HttpRequest) -> HttpResponse:
    """Sign an account in, or say that the name or the password is wrong."""
    form = SignIn(request.POST)
    if not form.is_valid():
        return _asked(request, form)
    found = proved(request, form.cleaned_data["username"], form.cleaned_data["password"])
    if found.wait:
        form.add_error(None, too_many(found.wait))
        return until(found.wait, _asked(request, form, status=429))
    if found.account is None:
        form.add_error(None, gettext("The account name or the password is not right"))
        return _asked(request, form)
    if is_too_old(found.account):
        form.add_error(
            None,
            gettext(
                "This password was for one time, and is too old. Ask who keeps the register for "
                "a new one"
            ),
        )
        return _asked(request, form)
    return go_on(request, found.account, _next(request))


def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of one who gave a right password."""
    if half_way(request) is None:
        return HttpResponseRedirect(settings.LOGIN_URL)
    return _code_asked(request, Code())


def coded(request: HttpRequest) -> HttpResponse:
    """Sign in whose code is right."""
    waiting = half_way(request)
    if waiting is None:
        return HttpResponseRedirect(settings.LOGIN_URL)
    account, then = waiting
    form = Code(request.POST)
    if not form.is_valid():
        return _code_asked(request, form)
    name = f"code of {account.username}"
    if wait := guessing.taken(request, name):
        form.add_error(None, too_many(wait))
        return until(wait, _code_asked(request, form, status=429))
    if not second_factor.is_right(account, form.cleaned_data["code"]):
        form.add_error("code", gettext("This code is not right, or was used already"))
        return _code_asked(request, form)
    guessing.given_back(request, name)
    return begin(request, account, then)


def by_provider(request: HttpRequest) -> HttpResponseBase:
    """Go to the provider by which one signs in."""
    if not openid.is_set_up():
        raise NotKnown("way to sign in", "provider", ["password"])
    request.session[THEN] = _next(request)
    return openid.leave(request, _named)


def returned(request: HttpRequest) -> HttpResponseBase:
    """Come back from the provider."""
    if not openid.is_set_up():
        raise NotKnown("way to sign in", "provider", ["password"])
    return openid.returned(request, _named)


def _named(request: HttpRequest, account: Account | None) -> HttpResponse:
    then = str(request.session.pop(THEN, "") or reverse("home"))
    if account is not None:
        return go_on(request, account, then)
    shown = {"title": gettext("You were not signed in"), "next": then}
    return render(request, "regard/not_signed_in.html", shown, status=403)


def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    return HttpResponseRedirect(settings.LOGIN_URL)


def speak(request: HttpRequest) -> HttpResponse:
    """Ask for which post one speaks."""
    return _speaks(request, Speaks())


def spoken(request: HttpRequest) -> HttpResponse:
    """Speak for a post from now on."""
    here = here_of(request)
    chosen = request.POST.get("post", "")
    if chosen not in [one.subject for one in here.posts]:
        raise NotKnown("post of yours", chosen, [one.subject for one in here.posts])
    request.session[POST] = chosen
    return HttpResponseRedirect(_next(request))


def as_at(request: HttpRequest) -> HttpResponse:
    """Look at another day from now on."""
    here = here_of(request)
    if "today" in request.POST:
        here.looks_at(None)
        return HttpResponseRedirect(_next(request))
    form = Day(request.POST)
    if form.is_valid():
        here.looks_at(form.cleaned_data["day"])
        return HttpResponseRedirect(_next(request))
    form.fields["day"].label = gettext("What was known at the end of")
    shown = {"title": gettext("Look at another day"), "form": form, "next": _next(request)}
    return render(request, "regard/as_at.html", shown, status=422)


def language(request: HttpRequest) -> HttpResponse:
    """Show the pages in another language from now on."""
    chosen = request.POST.get("language", "")
    if chosen not in LANGUAGES:
        raise NotKnown("language", chosen, LANGUAGES)
    answer = HttpResponseRedirect(_next(request))
    answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, samesite="Lax")
    return answer


def _asked(request: HttpRequest, form: SignIn, *, status: int = 422) -> HttpResponse:
    shown = {
        "title": gettext("Sign in"),
        "form": form,
        "next": _next(request),
        "provider": openid.is_set_up(),
    }
    return render(request, "regard/sign_in.html", shown, status=status if form.errors else 200)


def _code_asked(request: HttpRequest, form: Code, *, status: int = 422) -> HttpResponse:
    shown = {"title": gettext("Enter your code"), "form": form}
    return render(request, "regard/sign_in_code.html", shown, status=status if form.errors else 200)


def _speaks(request: HttpRequest, form: Speaks) -> HttpResponse:
    here = here_of(request)
    form.fields["post"].choices = [(one.subject, one.name) for one in here.posts]  # type: ignore[attr-defined]
    shown = {"title": gettext("For which post do you speak?"), "form": form, "next": _next(request)}
    return render(request, "regard/speak.html", shown)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    fits = url_has_allowed_host_and_scheme(wanted, {request.get_host()})
    return wanted if fits else reverse("home")


ROUTES = (
    Route("sign-in", "sign-in", sign_in, ANYBODY, signed_in, ANYBODY, enters=False),
    Route("sign-in/code", "sign-in.code", code, ANYBODY, coded, ANYBODY, enters=False),
    Route("sign-in/by-provider", "sign-in.by-provider", by_provider, ANYBODY),
    Route("sign-in/returned", "sign-in.returned", returned, ANYBODY),
    Route("sign-out", "sign-out", post=sign_out, writes=ANYBODY, enters=False),
    Route("speak", "speak", speak, AN_ACCOUNT, spoken, AN_ACCOUNT, enters=False),
    Route("as-at", "as-at", post=as_at, writes=A_POST, enters=False),
    Route("language", "language", post=language, writes=ANYBODY, enters=False),
)
