"""Slows whoever guesses: tries are counted before a password is looked at, and given out slowly.

Five tries at once, then one every three minutes: at most ten in any quarter of an hour by one
address on one account; and at most a hundred in a quarter of an hour by one address on all. What
is slowed is the pair of an account and an address. An account as such is never locked, and a
browser in which it signed in before has tries of its own, so nobody can lock another out.
"""

from __future__ import annotations

import math
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.crypto import salted_hmac

from regard.web.models import Account, Guessing

SALT = "regard.web.signing.guessing"
KNOWN_FOR = timedelta(days=90)  # how long a browser is known by the account that signed in there


@dataclass(frozen=True)
class Pace:
    """How tries are given out: some at once, then one each interval."""

    at_once: int
    interval: timedelta

    @property
    def ahead(self) -> timedelta:
        """How far ahead of time the last of those at once may be."""
        return self.interval * (self.at_once - 1)


OF_A_PAIR = Pace(5, timedelta(minutes=3))
OF_AN_ADDRESS = Pace(50, timedelta(seconds=18))


def taken(request: HttpRequest, name: str) -> int:
    """Take a try, or say for how long the next one must wait.

    Args:
        request: Who tries.
        name: The account's name as it was typed, whether or not there is such an account.

    Returns:
        0 if the try may be made now, and it is counted; else the whole seconds to wait.
    """
    return _taken(_paces(request, name))


def turn_taken(pace: Pace, *of: str) -> int:
    """Take a turn of something else that is given out slowly, over all processes of the site.

    Args:
        pace: How it is given out.
        of: What it is and whose turn: `search`, and the number of an account.

    Returns:
        0 if the turn may be taken now, and it is counted; else the whole seconds to wait.
    """
    return _taken({_key("turn", *of): pace})


def is_first(until: datetime, *of: str) -> bool:
    """Whether something that may be used once is used for the first time in the whole site.

    Args:
        until: Until when it is remembered; after it, it is good for nothing anyhow.
        of: What it is, by words that name it alone.
    """
    now = timezone.now()
    with transaction.atomic():
        Guessing.objects.filter(due__lt=now - timedelta(days=1)).delete()
        _held, made = Guessing.objects.get_or_create(
            key=_key("once", *of), defaults={"due": max(until, now)}
        )
    return made


def _taken(paces: dict[str, Pace]) -> int:
    now = timezone.now()
    with transaction.atomic():
        due = {key: _due(key, now) for key in sorted(paces)}  # in one order: no two wait crosswise
        waits = [due[key] - paces[key].ahead - now for key in paces]
        if max(waits) > timedelta(0):
            return math.ceil(max(waits).total_seconds())
        for key, pace in paces.items():
            Guessing.objects.filter(key=key).update(due=max(due[key], now) + pace.interval)
    return 0


def given_back(request: HttpRequest, name: str) -> None:
    """Give back the tries of a name that proved right; its address gets back this one alone."""
    for key, pace in _paces(request, name).items():
        with transaction.atomic():
            held = Guessing.objects.select_for_update().filter(key=key).first()
            if held is not None and pace is OF_A_PAIR:
                held.delete()
            elif held is not None:
                held.due -= pace.interval
                held.save(update_fields=["due"])


def _due(key: str, now: datetime) -> datetime:
    held, made = Guessing.objects.select_for_update().get_or_create(key=key, defaults={"due": now})
    if made:
        Guessing.objects.filter(due__lt=now - timedelta(days=1)).delete()
    return held.due


def _paces(request: HttpRequest, name: str) -> dict[str, Pace]:
    name = unicodedata.normalize("NFKC", name).casefold()
    if device := _known(request, name):
        return {_key("device", name, device): OF_A_PAIR}
    address = address_of(request)
    return {_key("pair", name, address): OF_A_PAIR, _key("address", address): OF_AN_ADDRESS}


def _key(*parts: str) -> str:
    # Neither the names that are tried, often enough a password, nor addresses are kept as such.
    return salted_hmac(SALT, "\0".join(parts), algorithm="sha256").hexdigest()


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as the proxy before the site says; of IPv6 the network."""
    address = request.META.get("REMOTE_ADDR", "")
    proxies: int = settings.REGARD_PROXIES  # type: ignore[misc]
    if proxies:
        said = request.headers.get("X-Forwarded-For", "").split(",")
        address = said[-min(proxies, len(said))].strip() or address
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
    return str(found)


def remembered(answer: HttpResponseBase, account: Account) -> None:
    """Let a browser be known as one in which an account signed in."""
    value = signing.dumps([account.username, secrets.token_urlsafe(12)], salt=SALT)
    answer.set_cookie(
        device_cookie(),
        value,
        max_age=KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _known(request: HttpRequest, name: str) -> str:
    try:
        of, device = signing.loads(
            request.COOKIES.get(device_cookie(), ""), salt=SALT, max_age=KNOWN_FOR
        )
    except signing.BadSignature:
        return ""
    return str(device) if unicodedata.normalize("NFKC", of).casefold() == name else ""


def device_cookie() -> str:
    """The name of the cookie by which a browser is known."""
    return "__Host-device" if settings.SESSION_COOKIE_SECURE else "regard-device"
