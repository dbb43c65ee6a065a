"""A site on a copy of the West Midlands example, with an account for each of its posts.

Each lies in files of its own, or in a database of its own on the PostgreSQL that
`REGARD_TEST_DATABASE` asks for, where a server keeps the register and the accounts alike.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
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
from regard.web.settings import ACCOUNTS, settings_of

PASSWORD = "a password for practice"  # noqa: S105 - of accounts that live as long as a test


@dataclass
class Site:
    """A site with its data folder, and with the URL of its database where a server keeps it."""

    home: Path
    url: str = ""
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


@dataclass(frozen=True)
class Kept:
    """A site that is made once a run, to be copied for each test.

    Attributes:
        home: Its data folder.
        url: Its database; empty where it lies in the folder's files.
        fresh: Makes a database, empty or a copy of another; none where the run is on files.
    """

    home: Path
    url: str
    fresh: Callable[..., AbstractContextManager[str]]

    @contextmanager
    def copied(self, to: Path) -> Iterator[Kept]:
        """A copy of it in a new folder, and in a database that lasts as long as the block."""
        to.mkdir(exist_ok=True)
        with self.fresh(template=self.url) as url:
            for name in () if url else (FILE, ACCOUNTS):
                shutil.copy(self.home / name, to / name)
            yield Kept(to, url, self.fresh)


@contextmanager
def standing(held: Kept) -> Iterator[Site]:
    """Let this process be the site of a data folder for as long as the block lasts."""
    with override_settings(REGARD_HOME=held.home), pytest.MonkeyPatch.context() as patch:
        if held.url:
            patch.setenv("DATABASE_URL", held.url)
        _use_accounts(held)
        try:
            yield Site(held.home, held.url)
        finally:
            for one in connections.all(initialized_only=True):
                one.close()
            forget_register()


def _use_accounts(held: Kept) -> None:
    given = {"DATABASE_URL": held.url, "REGARD_SECRET_KEY": "of the tests alone"}
    whole = connections.configure_settings(settings_of(held.home, given)["DATABASES"])
    connections["default"].close()
    connections.settings["default"] = whole["default"]
    del connections["default"]
    forget_register()


@pytest.fixture(scope="session")
def example(
    tmp_path_factory: pytest.TempPathFactory,
    fresh_database: Callable[..., AbstractContextManager[str]],
) -> Iterator[Kept]:
    """The register of the example and its accounts, made once a run and copied for each site."""
    home = tmp_path_factory.mktemp("example")
    with fresh_database() as url:
        held = Kept(home, url, fresh_database)
        register = remember(home, url=url).register
        with standing(held):
            ready()
            for post in posts(register):
                name = post.subject.partition(":")[2]
                Account.objects.make(name, post.holders[0])
        yield held


@pytest.fixture
def site(example: Kept, tmp_path: Path) -> Iterator[Site]:
    """A site of the test's own, on a copy of the example, to which it may write."""
    with example.copied(tmp_path / "site") as held, standing(held) as made:
        yield made
