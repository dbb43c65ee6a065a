"""Signing in and out, choosing a post, a day and a language: what comes before every other page."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.core.errors import NotKnown
from regard.web.forms import DayField, Form
from regard.web.here import POST, here_of
from regard.web.needs import A_POST, AN_ACCOUNT, ANYBODY
from regard.web.routes import Route

LANGUAGES = ("en-gb", "cy")


class SignIn(Form):
    """Who signs in."""

    username = forms.CharField(
        label=_("Account name"),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "username", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=512,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


class Speaks(Form):
    """For which post one speaks."""

    post = forms.ChoiceField(label=_("For which post do you speak?"), widget=forms.RadioSelect)


class Day(Form):
    """The day that is looked at."""

    day = DayField(error_messages={"invalid": _("Enter a day that there is, such as 3 2 2015")})


def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask who signs in."""
    return _asked(request, SignIn())


def signed_in(request: HttpRequest) -> HttpResponse:
    """Sign an account in, or say that the name or the password is wrong."""
    form = SignIn(request.POST)
    if not form.is_valid():
        return _asked(request, form)
    account = authenticate(request, **form.cleaned_data)
    if account is None:
        form.add_error(None, gettext("The account name or the password is not right"))
        return _asked(request, form)
    login(request, account)
    return HttpResponseRedirect(_next(request))


def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    return HttpResponseRedirect(settings.LOGIN_URL)


def account(request: HttpRequest) -> HttpResponse:
    """Who is signed in, which posts are held, and for which of them one speaks."""
    here = here_of(request)
    return render(request, "regard/account.html", {"title": gettext("Account"), "here": here})


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


def _asked(request: HttpRequest, form: SignIn) -> HttpResponse:
    shown = {"title": gettext("Sign in"), "form": form, "next": _next(request)}
    return render(request, "regard/sign_in.html", shown, status=422 if form.errors else 200)


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
    Route("sign-out", "sign-out", post=sign_out, writes=ANYBODY, enters=False),
    Route("account", "account", account, AN_ACCOUNT),
    Route("speak", "speak", speak, AN_ACCOUNT, spoken, AN_ACCOUNT, enters=False),
    Route("as-at", "as-at", post=as_at, writes=A_POST, enters=False),
    Route("language", "language", post=language, writes=ANYBODY, enters=False),
)
