"""A site on a copy of the West Midlands example, with an account for each of its posts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import override_settings

from regard.board.remembering import remember
from regard.register.database import FILE
from regard.register.posting import posts
from regard.register.register import Register
from regard.web.here import forget_register, the_register
from regard.web.models import Account
from regard.web.serving import ready
from regard.web.settings import ACCOUNTS

PASSWORD = "a password for practice"  # noqa: S105 - of accounts that live as long as a test


@dataclass
class Site:
    """A site with its data folder."""

    home: Path
    clients: dict[str, Client] = field(default_factory=dict)

    @property
    def register(self) -> Register:
        """The register that the site shows."""
        return the_register()

    def account(self, post: str) -> Account:
        """The account that holds a post: named as the post is."""
        return Account.objects.get(username=post)

    def client(self, post: str = "") -> Client:
        """A browser that is signed in for a post, or one that is not signed in."""
        if post not in self.clients:
            self.clients[post] = Client()
            if post:
                self.clients[post].force_login(self.account(post))
        return self.clients[post]


def use_accounts(home: Path) -> None:
    """Let this process use the accounts and the register of another data folder."""
    connections["default"].close()
    held = connections.settings["default"]
    held["NAME"] = str(home / ACCOUNTS)
    connections["default"].settings_dict["NAME"] = held["NAME"]
    forget_register()


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register of the example and its accounts, made once a run and copied for each site."""
    home = tmp_path_factory.mktemp("example")
    register = remember(home, url="").register
    with override_settings(REGARD_HOME=home):
        use_accounts(home)
        ready()
        for post in posts(register):
            name = post.subject.partition(":")[2]
            Account.objects.make(name, post.holders[0])
        connections["default"].close()
    register.close()
    return home


@pytest.fixture
def site(example: Path, tmp_path: Path) -> Iterator[Site]:
    """A site of the test's own, on a copy of the example, to which it may write."""
    home = tmp_path / "site"
    home.mkdir()
    for name in (FILE, ACCOUNTS):
        shutil.copy(example / name, home / name)
    with override_settings(REGARD_HOME=home):
        use_accounts(home)
        yield Site(home)
        if connections["default"].connection is not None:
            connections["default"].close()
        forget_register()
