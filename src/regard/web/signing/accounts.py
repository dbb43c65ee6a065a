"""Keeping accounts: who gets one, passwords for one time, and whose it may no longer be."""

from __future__ import annotations

import logging
import secrets
from datetime import timedelta

from django.utils import timezone

from regard.core.errors import AccessRefused, DefinitionRefused, NotKnown
from regard.register.access import EVERYTHING, top_of
from regard.register.kinds.frame import Party
from regard.web.here import Here
from regard.web.models import Account
from regard.web.signing import second_factor

GOOD_FOR = timedelta(days=7)  # how long a password for one time can be used
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without letters that are read as others
_GROUPS, _LETTERS = 4, 4

log = logging.getLogger("regard.accounts")


def make(here: Here, name: str, holder: str, *, password: bool) -> tuple[Account, str]:
    """Make an account, and give its password for one time; it is kept nowhere.

    Args:
        here: Who makes it.
        name: The name given at sign-in.
        holder: The subject of the holder in the register.
        password: Whether it signs in by password; else by OpenID Connect alone.

    Returns:
        The account, and the password; empty if it has none.

    Raises:
        AccessRefused: the holder is one of another body.
        DefinitionRefused: the name or the holder has an account.
    """
    name = Account.normalize_username(name)
    _must_govern(here, holder)
    if Account.objects.filter(username__iexact=name).exists():
        raise DefinitionRefused(f"there is an account {name}", expected="another name")
    held = Account.objects.filter(holder=holder, is_active=True).first()
    if held is not None:
        raise DefinitionRefused(
            f"{holder} has the account {held.username}",
            expected="one account for each holder",
            next_step="set that one anew, or deactivate it first",
        )
    words = one_time() if password else ""
    account = Account.objects.make(name, holder, words or None)
    if words:
        account.one_time_until = timezone.now() + GOOD_FOR
        account.save(update_fields=["one_time_until"])
    _noted(here, "made", account)
    return account, words


def set_anew(here: Here, number: int, *, codes_off: bool) -> tuple[Account, str]:
    """Give an account a new password for one time; its sessions end, and it may sign in again.

    Args:
        here: Who does it.
        number: Which account.
        codes_off: Whether it is asked for no codes any more: a telephone was lost.

    Raises:
        NotKnown: there is no such account.
        AccessRefused: it is one of another body.
    """
    account = find(here, number)
    words = one_time()
    account.set_password(words)
    account.one_time_until = timezone.now() + GOOD_FOR
    account.is_active = True
    account.end_sessions()
    account.save()
    if codes_off:
        second_factor.turn_off(account)
    _noted(here, "set anew", account)
    return account, words


def deactivate(here: Here, number: int) -> Account:
    """Let an account sign in no more; its sessions and tokens end.

    Raises:
        NotKnown: there is no such account.
        AccessRefused: it is one of another body, or one's own.
    """
    account = find(here, number)
    if account.holder == here.holder:
        raise AccessRefused(
            f"{account.username} is the account by which you are signed in",
            expected="the account of another",
            next_step="ask another keeper of the register",
        )
    account.is_active = False
    account.end_sessions()
    account.save()
    _noted(here, "deactivated", account)
    return account


def find(here: Here, number: int) -> Account:
    """An account that the post keeps.

    Raises:
        NotKnown: there is no such account.
        AccessRefused: it is one of another body.
    """
    account = Account.objects.filter(pk=number).first()
    if account is None:
        raise NotKnown("account", str(number), ())
    _must_govern(here, account.holder)
    return account


def governed(here: Here) -> list[Account]:
    """Every account that the post keeps, by name."""
    held = list(Account.objects.order_by("username"))
    if here.body == house(here):
        return held
    bodies = _bodies(here, {one.holder for one in held})
    return [one for one in held if bodies.get(one.holder, here.body) == here.body]


def house(here: Here) -> str:
    """The body that founded the register, whose keeper keeps every account."""
    first = here.register.view(EVERYTHING).entry(1)
    return first.subject if first is not None else ""


def one_time() -> str:
    """A password for one time: 79 bits in four groups that can be read out."""
    return "-".join(
        "".join(secrets.choice(_ALPHABET) for _ in range(_LETTERS)) for _ in range(_GROUPS)
    )


def _must_govern(here: Here, holder: str) -> None:
    if here.body == house(here):
        return
    body = _bodies(here, {holder}).get(holder, here.body)
    if body != here.body:
        raise AccessRefused(
            f"{holder} belongs to {body}, and not to {here.body}",
            expected="a holder of your own body",
            next_step="ask who keeps that body's accounts",
        )


def _bodies(here: Here, holders: set[str]) -> dict[str, str]:
    """The body at the top of each holder's that the register knows."""
    view = here.register.view(EVERYTHING)
    parties = {one.subject: one for one in view.all(Party)}
    return {one: top_of(one, parties.get) for one in holders if one in parties}


def _noted(here: Here, what: str, account: Account) -> None:
    # No act of the register: an account says nothing. The log is what an audit of accounts reads.
    log.info("%s %s the account %s of %s", here.holder, what, account.username, account.holder)
