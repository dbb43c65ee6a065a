"""The site as it is served, in a real Chromium."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from regard.board.capability_demonstration import build_capability, keep_answers
from regard.board.practising import open_practice_round
from regard.web.models import Account
from regard.web.serving import (
    LOOPBACK,
    a_free_port,
    answers,
    environment,
    running,
    server_words,
    worker_words,
)
from web.conftest import Kept, Site, standing

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
PATIENCE = 60.0  # seconds until a site answers


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
                # Chromium may never close a page whose next one is still on its way.
                page.wait_for_url(lambda address: "/sign-in" not in address, wait_until="load")
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


@contextmanager
def serving(held: Kept, prepared: Callable[[Site], object]) -> Iterator[tuple[Site, str]]:
    """A site served on loopback with its worker, as a force would serve it.

    Args:
        held: The site.
        prepared: What is entered in its register before it is served.
    """
    with standing(held) as made:
        prepared(made)
        for account in Account.objects.all():
            account.set_password(PASSWORD)
            account.save()
        connections["default"].close()
        port = a_free_port(wanted=0)  # two runs beside each other would both find 8000 free
        env = {**environment(held.home, demo=True), "DATABASE_URL": held.url}
        words = server_words(f"{LOOPBACK}:{port}", workers=1)
        with running(words, env) as server, running(worker_words(), env):
            until = time.monotonic() + PATIENCE
            while not answers(LOOPBACK, port):
                assert server.poll() is None, "the server ended by itself"
                assert time.monotonic() < until, "the site did not answer"
                time.sleep(0.1)
            yield made, f"http://{LOOPBACK}:{port}"


@pytest.fixture(scope="module")
def served(
    example: Kept, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """The example, with an open practice round, and browsers signed in to it."""
    with (
        example.copied(tmp_path_factory.mktemp("served")) as held,
        serving(held, lambda made: open_practice_round(made.register)) as (_, address),
    ):
        site = Served(address, browser)
        yield site
        for one in site.contexts.values():
            one.close()


@pytest.fixture(scope="module")
def capable(
    example: Kept, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """The example with its posts, people, duty and incidents, and two answers that are kept."""

    def prepared(made: Site) -> None:
        build_capability(made.home)
        keep_answers(made.home)

    with (
        example.copied(tmp_path_factory.mktemp("capable")) as held,
        serving(held, prepared) as (_, address),
    ):
        yield Served(address, browser)
