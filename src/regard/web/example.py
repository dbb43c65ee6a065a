"""The demonstration's sign-ins: one a post, kept so that they are the same when served again."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from regard.core.errors import DefinitionRefused
from regard.register.posting import posts
from regard.register.register import Register
from regard.register.subjects import path_of
from regard.web.here import is_example
from regard.web.models import Account
from regard.web.signing.accounts import one_time

FILE = "demonstration-sign-ins.json"
"""The file of the demonstration's folder that keeps its passwords; nobody else's are kept."""


@dataclass(frozen=True)
class SignIn:
    """By what somebody who tries the example signs in for a post.

    Attributes:
        account: The name of the account: the post's path.
        password: Its password.
        post: What the post is called.
        roles: What it may do.
    """

    account: str
    password: str
    post: str
    roles: tuple[str, ...]


def sign_ins(home: Path, register: Register) -> tuple[SignIn, ...]:
    """An account for each post that is held, with the password it had before or a new one.

    Args:
        home: The data folder of the example.
        register: Its register.

    Raises:
        DefinitionRefused: this is no example: passwords that are used are kept nowhere.
    """
    if not is_example():
        raise DefinitionRefused(
            f"{home} is not served as the example", expected="the example, as make demo serves it"
        )
    kept = _kept(home)
    found = []
    for post in posts(register):
        if not post.holders:
            continue
        name = path_of(post.subject)
        password = kept.setdefault(name, one_time())
        _must_open(name, post.holders[0], password)
        found.append(SignIn(name, password, post.name, post.roles))
    _keep(home, kept)
    return tuple(found)


def _must_open(name: str, holder: str, password: str) -> None:
    account = Account.objects.filter(username=name).first()
    if account is None:
        Account.objects.make(name, holder, password)
    elif not account.check_password(password):
        account.set_password(password)
        account.is_active = True
        account.save()


def _kept(home: Path) -> dict[str, str]:
    file = home / FILE
    if not file.is_file():
        return {}
    held: dict[str, str] = json.loads(file.read_text("utf-8"))
    return held


def _keep(home: Path, kept: dict[str, str]) -> None:
    made = os.open(home / FILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(made, "w", encoding="utf-8") as out:
        out.write(json.dumps(kept, indent=1) + "\n")
