"""Keeping a site from its own machine: first accounts, and whether all of it is as it should be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.checks import WARNING, run_checks
from django.core.exceptions import ValidationError
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from regard.core.errors import AccessRefused, DefinitionRefused, NotKnown, RegardError
from regard.register.posting import posts
from regard.register.register import Register
from regard.register.subjects import path_of
from regard.register.verifying import verify
from regard.web.background.heartbeat import LATE, since_last
from regard.web.models import Account
from regard.web.signing.accounts import GOOD_FOR, one_time

# What Django asks of a site that is reached by HTTPS; loopback has none.
_BY_HTTPS = {"security.W004", "security.W008", "security.W012", "security.W016"}


@dataclass(frozen=True)
class Checked:
    """One thing that was looked at.

    Attributes:
        what: What it is.
        good: Whether it is as it should be.
        said: What was found, in words.
    """

    what: str
    good: bool
    said: str

    def __str__(self) -> str:
        return f"{'good' if self.good else 'WRONG'}: {self.what}: {self.said}"


def make_account(
    register: Register,
    post: str,
    *,
    holder: str = "",
    name: str = "",
    password: str | None = None,
    anew: bool = False,
) -> tuple[Account, str]:
    """Make the account of a post's holder, or give it a new password.

    Args:
        register: The register of the site.
        post: The subject of the post.
        holder: The subject of the holder; needed only where several hold the post.
        name: The name given at sign-in; the post's path without it.
        password: As its holder chose it. None makes one for one time, which is changed at the
            first sign-in; empty makes none, for signing in by OpenID Connect alone.
        anew: Whether an account that there is gets a new password; its sessions end.

    Returns:
        The account, and the password that was made for it; empty if none was.

    Raises:
        NotKnown: there is no such post.
        AccessRefused: nobody holds it, or several do and none was chosen.
        DefinitionRefused: there is such an account, or the password is too easily guessed.
    """
    held = _holder(register, post, holder)
    wanted = name or path_of(post)
    account = Account.objects.filter(username__iexact=wanted).first()
    if account is not None and not anew:
        raise DefinitionRefused(
            f"there is an account {wanted}",
            expected="a name that no account has",
            next_step="name another with --name, or set its password with --anew",
        )
    if account is not None and account.holder != held:
        raise DefinitionRefused(
            f"the account {wanted} is of {account.holder}", expected=f"an account of {held}"
        )
    account = account or Account(username=wanted, holder=held)
    if password:
        _must_be_hard_to_guess(password, account)
    made = one_time() if password is None else ""
    account.set_password(password or made or None)
    account.one_time_until = timezone.now() + GOOD_FOR if made else None
    account.is_active = True
    if anew:
        account.end_sessions()
    account.save()
    return account, made


def _holder(register: Register, post: str, wanted: str) -> str:
    known = {one.subject: one.holders for one in posts(register)}
    if post not in known:
        raise NotKnown("post", path_of(post), [path_of(one) for one in known])
    held = known[post]
    if wanted and wanted not in held:
        raise AccessRefused(
            f"{wanted} does not hold {post} today", expected=f"one of {', '.join(held) or 'none'}"
        )
    if not held:
        raise AccessRefused(
            f"nobody holds {post} today",
            expected="a post to which somebody is appointed",
            next_step=f"the keeper appoints: regard register hold {path_of(post)} HOLDER",
        )
    if len(held) > 1 and not wanted:
        raise AccessRefused(
            f"{len(held)} hold {post} today: {', '.join(held)}", expected="--holder with one"
        )
    return wanted or held[0]


def _must_be_hard_to_guess(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as wrong:
        raise DefinitionRefused(
            f"the password of {len(password)} characters is refused: {' '.join(wrong.messages)}",
            expected="12 characters or more that are not easily guessed",
        ) from wrong


def check(home: Path) -> tuple[Checked, ...]:
    """Look at the settings, the tables, the register and the worker of a site."""
    return (*_settings(), _tables(), _register(home), _worker(home))


def _settings() -> Iterator[Checked]:
    hosts = settings.SECURE_SSL_REDIRECT
    told = "it is reached by HTTPS" if hosts else "loopback alone: REGARD_HOSTS names no host"
    yield Checked("address", True, told)
    found = [
        one
        for one in run_checks(include_deployment_checks=True)
        if one.level >= WARNING and (hosts or one.id not in _BY_HTTPS)
    ]
    for one in found:
        yield Checked("settings", False, f"{one.id}: {one.msg}")
    if not found:
        yield Checked("settings", True, "nothing is set loosely (check --deploy)")


def _tables() -> Checked:
    executor = MigrationExecutor(connections["default"])
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    ours = [one for one, _ in missing if one.app_label != "register"]
    said = f"{len(ours)} steps are missing; give: regard site ready" if ours else "up to date"
    return Checked("tables", not ours, said)


def _register(home: Path) -> Checked:
    try:
        found = verify(Register.open(home))
    except RegardError as refusal:
        return Checked("register", False, str(refusal))
    return Checked("register", found.whole, found.said()[0])


def _worker(home: Path) -> Checked:
    since = since_last(home)
    if since is None:
        return Checked("worker", False, "no worker runs; give: regard site worker")
    said = f"its last sign of life is {since:.0f} seconds old"
    return Checked("worker", since < LATE, said)
