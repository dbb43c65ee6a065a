"""Who one is: the one way by which a name and a password are looked at, and a session begins."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import authenticate, login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from regard.web.models import Account
from regard.web.signing import guessing, second_factor

BACKEND = "django.contrib.auth.backends.ModelBackend"
HALF_WAY = "half-way"  # the key of a session of one who gave a password and owes a code
PATIENCE = 5 * 60  # seconds within which the code is given


@dataclass(frozen=True)
class Proof:
    """What came of a name and a password.

    Attributes:
        account: Whose they are; None if they are nobody's.
        wait: Seconds to wait before the next try; 0 if this one was looked at.
    """

    account: Account | None = None
    wait: int = 0


def proved(request: HttpRequest, name: str, password: str) -> Proof:
    """Look at a name and a password, unless too many were tried.

    An unknown name, a deactivated account and a wrong password cost the same and are told alike.
    """
    if wait := guessing.taken(request, name):
        return Proof(wait=wait)
    account = authenticate(request, username=name, password=password)
    if not isinstance(account, Account):
        return Proof()
    guessing.given_back(request, name)
    return Proof(account)


def is_too_old(account: Account) -> bool:
    """Whether the password was for one time, and that time is over."""
    return account.one_time_until is not None and account.one_time_until < timezone.now()


def go_on(request: HttpRequest, account: Account, then: str) -> HttpResponse:
    """Begin the session of one who is proved, or ask for the code that is still owed."""
    if not second_factor.is_on(account):
        return begin(request, account, then)
    request.session.flush()  # of whoever was signed in here before
    request.session[HALF_WAY] = {
        "account": account.pk,
        "proof": account.get_session_auth_hash(),
        "then": then,
        "until": int(time.time()) + PATIENCE,
    }
    return HttpResponseRedirect(reverse("sign-in.code"))


def half_way(request: HttpRequest) -> tuple[Account, str] | None:
    """Who owes a code, and where to go then; None if nobody does, or it took too long."""
    held: dict[str, Any] = request.session.get(HALF_WAY) or {}
    if not held or held["until"] < time.time():
        request.session.pop(HALF_WAY, None)
        return None
    account = Account.objects.filter(pk=held["account"], is_active=True).first()
    if account is None or not constant_time_compare(held["proof"], account.get_session_auth_hash()):
        return None
    return account, str(held["then"])


def begin(request: HttpRequest, account: Account, then: str) -> HttpResponse:
    """Begin a session with a new id, and let the browser be known by the account."""
    request.session.pop(HALF_WAY, None)
    login(request, account, backend=BACKEND)
    answer = HttpResponseRedirect(then)
    guessing.remembered(answer, account)
    return answer
