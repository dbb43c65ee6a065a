"""One-time codes of a telephone as a second proof of who signs in, and codes for a lost one.

The secrets and the arithmetic are django-allauth's; the pages are Regard's own. A code is good
once: the period of the last one is kept with its secret.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import lru_cache

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from regard.web.models import Account

SECRET = "new-secret"  # noqa: S105 - the key of a session that holds one while it is set up
LAST = "last"  # what the period of the last code is kept as, beside the secret


@lru_cache(maxsize=4)
def _cipher(key: str) -> Fernet:
    return Fernet(
        base64.urlsafe_b64encode(hashlib.sha256(f"second factor {key}".encode()).digest())
    )


class Adapter(DefaultMFAAdapter):
    """Keeps secrets encrypted with the site's key, so that a copy of the database has none."""

    def encrypt(self, text: str) -> str:
        """A secret as the database has it."""
        return _cipher(settings.SECRET_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """A secret of what the database has."""
        return _cipher(settings.SECRET_KEY).decrypt(encrypted_text.encode()).decode()


def is_on(account: Account) -> bool:
    """Whether an account is asked for a code at sign-in."""
    return Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists()


def with_codes() -> frozenset[int]:
    """The numbers of all accounts that are asked for a code."""
    held = Authenticator.objects.filter(type=Authenticator.Type.TOTP)
    return frozenset(held.values_list("user_id", flat=True))


def new_secret(request: HttpRequest, *, anew: bool = False) -> str:
    """The secret that is being set up, the same until it is."""
    held = None if anew else request.session.get(SECRET)
    if held:
        return Adapter().decrypt(held)
    secret = generate_totp_secret()
    request.session[SECRET] = Adapter().encrypt(secret)
    return str(secret)


def picture(account: Account, secret: str) -> str:
    """What a telephone photographs, as the address of a picture."""
    adapter = Adapter()
    svg = adapter.build_totp_svg(adapter.build_totp_url(account, secret))
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def in_groups(secret: str) -> str:
    """A secret as one types it: in groups of four."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def turn_on(request: HttpRequest, account: Account, code: str) -> tuple[str, ...]:
    """Ask for codes from now on, if the first one is right.

    Returns:
        The codes for a lost telephone; none if the first code was not right.
    """
    secret = new_secret(request)
    period = _period(secret, code)
    if period is None:
        return ()
    with transaction.atomic():
        turn_off(account)
        made = TOTP.activate(account, secret).instance
        made.data[LAST] = period
        made.save(update_fields=["data"])
        codes = new_recovery_codes(account)
    request.session.pop(SECRET, None)
    return codes


def new_recovery_codes(account: Account) -> tuple[str, ...]:
    """Codes for a lost telephone, each good once; those before are good no more."""
    held = Authenticator.objects.filter(user=account, type=Authenticator.Type.RECOVERY_CODES)
    with transaction.atomic():
        held.delete()
        return tuple(RecoveryCodes.activate(account).generate_codes())


def left(account: Account) -> int:
    """How many codes for a lost telephone are left."""
    held = Authenticator.objects.filter(user=account, type=Authenticator.Type.RECOVERY_CODES)
    found = held.first()
    return len(RecoveryCodes(found).get_unused_codes()) if found else 0


def turn_off(account: Account) -> None:
    """Ask for no codes any more."""
    Authenticator.objects.filter(user=account).delete()


def is_right(account: Account, code: str) -> bool:
    """Whether a code is the telephone's of this moment, or one for a lost one; used up if so."""
    code = "".join(code.split()).replace("-", "")
    with transaction.atomic():
        held = Authenticator.objects.select_for_update().filter(user=account)
        by_type = {one.type: one for one in held}
        totp = by_type.get(Authenticator.Type.TOTP)
        if totp is not None and (period := _period(_secret(totp), code)) is not None:
            if period <= totp.data.get(LAST, -1):
                return False
            totp.data[LAST] = period
            totp.record_usage()
            totp.save(update_fields=["data"])
            return True
        lost = by_type.get(Authenticator.Type.RECOVERY_CODES)
        return lost is not None and bool(RecoveryCodes(lost).validate_code(code))


def _secret(held: Authenticator) -> str:
    return Adapter().decrypt(held.data["secret"])


def _period(secret: str, code: str) -> int | None:
    """The period of 30 s whose code this is; None if it is none of those that are near."""
    code = "".join(code.split())
    for period in yield_hotp_counters_from_time():
        right = format_hotp_value(hotp_value(secret, period))
        if hmac.compare_digest(right.encode(), code.encode()):
            return int(period)
    return None
