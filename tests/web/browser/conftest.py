"""The site as it is served, in a real Chromium."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connections
from django.test.utils import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from regard.board.practising import open_practice_round
from regard.register.database import FILE
from regard.register.register import Register
from regard.web.models import Account
from regard.web.serving import LOOPBACK, a_free_port, answers, environment, running, server_words
from regard.web.settings import ACCOUNTS
from web.conftest import use_accounts

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "practice makes perfect"  # noqa: S105 - of accounts that live as long as a run
WIDTHS = (320, 1280)


@dataclass
class Served:
    """A site that is served, and browsers signed in to it.

    Attributes:
        address: Where it is served.
        browser: The Chromium.
        contexts: A signed-in browser a post, kept for the run.
    """

    address: str
    browser: Browser
    contexts: dict[tuple[str, bool], BrowserContext] = field(default_factory=dict)

    def context(self, post: str, *, scripts: bool = True) -> BrowserContext:
        """A browser in which a post is signed in."""
        if (post, scripts) not in self.contexts:
            made = self.browser.new_context(java_script_enabled=scripts, locale="en-GB")
            self.contexts[post, scripts] = made
            if post:
                page = made.new_page()
                page.goto(f"{self.address}/sign-in")
                page.fill("#username", post)
                page.fill("#password", PASSWORD)
                page.click("main button")
                page.close()
        return self.contexts[post, scripts]

    def page(self, post: str, where: str = "/", *, width: int = 1280, scripts: bool = True) -> Page:
        """A page as a post sees it, in a window of a width in pixels."""
        page = self.context(post, scripts=scripts).new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{self.address}{where}")
        return page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium, without the requests that it makes of its own accord."""
    if not Path(CHROMIUM).is_file():
        pytest.skip("Chromium is not installed here")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        # Playwright runs a loop of its own in this thread, in which nothing of Django's waits.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        started = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def served(
    example: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """The example, with an open practice round, served on loopback as a force would serve it."""
    home = tmp_path_factory.mktemp("served")
    for name in (FILE, ACCOUNTS):
        shutil.copy(example / name, home / name)
    register = Register.open(home, url="")
    open_practice_round(register)
    register.close()
    with override_settings(REGARD_HOME=home):
        use_accounts(home)
        for account in Account.objects.all():
            account.set_password(PASSWORD)
            account.save()
        connections["default"].close()
    port = a_free_port()
    env = {**environment(home, demo=True), "DATABASE_URL": ""}
    with running(server_words(f"{LOOPBACK}:{port}", workers=1), env):
        address = f"http://127.0.0.1:{port}"
        while not answers(LOOPBACK, port):
            time.sleep(0.1)
        site = Served(address, browser)
        yield site
        for one in site.contexts.values():
            one.close()


SCREENSHOTS = os.environ.get("REGARD_SCREENSHOTS", "")
"""A folder in which screenshots are kept, if one is named."""
