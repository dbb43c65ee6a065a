"""Tokens by which programs read for a post: shown once, kept as a hash, revocable, with an end."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from django.db.models import QuerySet

from regard.core.errors import DefinitionRefused, NotKnown
from regard.web.models import Account, Token

PREFIX = "regard_"
"""By which a token is known for one, also by whoever looks for tokens where none should lie."""

LETTERS = 32  # random bytes: nobody guesses 256 bits, so a plain hash of them suffices
SHOWN = len(PREFIX) + 5  # letters by which its owner knows it again
LIFETIMES = (30, 90, 365)  # days
MOST = 20  # tokens that one account may have at once


def now() -> datetime:
    """The instant, in UTC."""
    return datetime.now(UTC)


def make(account: Account, post: str, *, said: str, days: int) -> tuple[Token, str]:
    """Make a token, and give its words, which cannot be shown again.

    Args:
        account: Whose it is.
        post: The subject of the post for which it reads; one that the account holds.
        said: What it is for.
        days: For how many days it holds.

    Raises:
        DefinitionRefused: it would hold for another time than those offered, or the account has
            as many as it may.
    """
    if days not in LIFETIMES:
        raise DefinitionRefused(
            f"a token for {days} days", expected=f"{', '.join(map(str, LIFETIMES))} days"
        )
    held = sum(is_good(one) for one in of_account(account))
    if held >= MOST:
        raise DefinitionRefused(
            f"{account} has {held} tokens",
            expected=f"at most {MOST} at once",
            next_step="revoke one that is no longer used",
        )
    words = PREFIX + secrets.token_urlsafe(LETTERS)
    made = Token.objects.create(
        account=account,
        post=post,
        said=said,
        begins=words[:SHOWN],
        digest=digest_of(words),
        made_at=now(),
        ends_at=now() + timedelta(days=days),
    )
    return made, words


def digest_of(words: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(words.encode()).hexdigest()


def find(words: str) -> Token | None:
    """The token of these words, if it is good; that it was used is noted, once a day."""
    found = Token.objects.select_related("account").filter(digest=digest_of(words)).first()
    if found is None or not is_good(found) or not found.account.is_active:
        return None
    today = now().date()
    if found.used_on != today:
        Token.objects.filter(pk=found.pk).update(used_on=today)
    return found


def is_good(token: Token) -> bool:
    """Whether a token is neither revoked nor at its end."""
    return token.revoked_at is None and now() < token.ends_at


def of_account(account: Account) -> QuerySet[Token]:
    """Every token of an account, the newest first."""
    return Token.objects.filter(account=account)


def revoke(account: Account, number: int) -> Token:
    """Revoke a token: it is refused from the next request on.

    Args:
        account: Whose it is.
        number: Its number.

    Raises:
        NotKnown: the account has no such token.
    """
    found = of_account(account).filter(pk=number).first()
    if found is None:
        raise NotKnown("token of yours", str(number), [str(one.pk) for one in of_account(account)])
    if found.revoked_at is None:
        found.revoked_at = now()
        found.save(update_fields=["revoked_at"])
    return found
