"""Connections to outside while the example is used as its users use it: there must be none.

    python -m bench.web_outward            every page as every post, with work; writes evidence
    python -m bench.web_outward --small    one post, nothing written

The server and its worker run under strace, which sees every connection that they, the packages in
them and the children that they begin ask the kernel for, those that look up a name among them. A
real Chromium walks the pages, and each address that a page asks for is told by Chromium itself.
Meanwhile files are brought in, a judgement is read, a paper is drafted and looked at. That both
would see one is proved by planting one each.
"""

from __future__ import annotations

import re
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Request, sync_playwright

from bench.figures import Line, measured
from bench.web_ground import PASSWORD, Visitor, prepared, served, settled, told
from regard.web.serving import LOOPBACK, running, worker_words

POSTS = (
    "acc-security",
    "spr-lead",
    "performance-analysis",
    "governance-officer",
    "commissioner",
    "west-midlands-keeper",
)
A_ROUTE = 2  # pages of one route that are opened, over all posts
# As a process beside the watched one, which is then asked to end by its own id.
WATCH = ("strace", "-D", "-f", "-qq", "-e", "signal=none")
CALLS = ("-e", "trace=connect,sendto,sendmsg,sendmmsg")
LAST_WORDS = 1.0  # seconds in which strace writes what it still has when the watched one ended
SENT_TO = re.compile(
    r'sin6?_port=htons\((?P<port>\d+)\).*?(?:inet_addr\(|inet_pton\(AF_INET6, )"(?P<host>[^"]+)"'
)
NAMES = 53  # the port at which names are looked up, wherever that is
NOWHERE = "192.0.2.1"  # an address kept for documentation (RFC 5737): nobody is there
PLANTED = f"""
import socket
with socket.socket() as outward:
    outward.settimeout(1)
    outward.connect_ex(("{NOWHERE}", 443))
"""
DRAFT = "/papers/drafts/west-midlands-assurance-2021"
FIRST = 1  # the number of the work that is asked for first
LED_ON = (302, 303)
PATIENCE = 120.0  # seconds in which the worker has done what it was asked for
FORM = {
    "cycle": "cycle:2021",
    "scope": "party:west-midlands",
    "to": "party:strategic-policing-and-crime-board",
    "held_on_day": "1",
    "held_on_month": "12",
    "held_on_year": "2021",
}


@dataclass
class Watched:
    """What was seen.

    Attributes:
        pages: The pages opened.
        requests: What Chromium asked for.
        outside: What it asked for elsewhere than at the site.
        calls: What the server and the worker asked the kernel for: to connect and to send.
        outward: Those that led elsewhere than to this machine.
    """

    pages: int = 0
    requests: int = 0
    outside: list[str] = field(default_factory=list)
    calls: int = 0
    outward: list[str] = field(default_factory=list)


def seen_in(log: Path) -> tuple[int, list[str]]:
    """How many calls a log of strace holds, answers to a browser among them, and those outward."""
    time.sleep(LAST_WORDS)
    calls = log.read_text("utf-8").splitlines()
    named = [one for one in map(SENT_TO.search, calls) if one]
    outward = [one for one in named if leads_outside(one["host"], int(one["port"]))]
    return len(calls), [f"{one['host']}:{one['port']}" for one in outward]


def leads_outside(host: str, port: int) -> bool:
    """Whether a connection leaves this machine; who looks a name up means to."""
    return port == NAMES or not ip_address(host.partition("%")[0]).is_loopback


@contextmanager
def chromium() -> Iterator[Browser]:
    """A real Chromium, as the tests of the screens start it."""
    ground = import_module("web.browser.conftest")
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=ground.CHROMIUM, args=ground.FLAGS)
        yield started
        started.close()


def walk(browser: Browser, port: int, posts: Sequence[str], watched: Watched) -> None:
    """Open every page that links lead these posts to, and note where else a page leads."""
    site, seen = f"http://{LOOPBACK}:{port}", {}
    crawling = import_module("web.crawling")
    for post in posts:
        context = browser.new_context(locale="en-GB")
        context.on("request", lambda asked: _note(asked, site, watched))
        _sign_in(context, site, post)
        waiting, known = ["/"], {"/"}
        while waiting:
            address = waiting.pop(0)
            name = crawling.route_of(address)
            if not name or name.startswith("none:") or seen.get(name, 0) >= A_ROUTE:
                continue
            seen[name] = seen.get(name, 0) + 1
            for one in crawling.links(_opened(context, f"{site}{address}"), address):
                if one not in known:
                    known.add(one)
                    waiting.append(one)
            watched.pages += 1
        context.close()


def _note(asked: Request, site: str, watched: Watched) -> None:
    there = urlsplit(asked.url)
    if there.scheme in ("data", "blob", "about"):
        return
    watched.requests += 1
    if f"{there.scheme}://{there.netloc}" != site:
        watched.outside.append(asked.url)


def _sign_in(context: BrowserContext, site: str, post: str) -> None:
    page = context.new_page()
    page.goto(f"{site}/sign-in")
    page.fill("#username", post)
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.wait_for_url(f"{site}/")
    page.close()


def _opened(context: BrowserContext, address: str) -> str:
    looked = context.request.get(address)
    held = looked.headers
    if "content-disposition" in held or not held.get("content-type", "").startswith("text/html"):
        return ""
    page = context.new_page()
    page.goto(address, wait_until="load")
    shown = page.content()
    page.close()
    return shown


def work(port: int) -> None:
    """Bring a file in, and draft a paper and have it written: what the worker does."""
    street = import_module("records.street")
    analyst, clerk = Visitor(port), Visitor(port)
    analyst.signs_in("performance-analysis")
    rows = street.text(street.BURGLARY, street.ASB).encode()
    led, _ = analyst.gives("/records/bring-in", {"how": ""}, "files", [(street.NAME, rows)])
    _must_be("bringing a file in", led, LED_ON)
    _wait_for(analyst, f"/background/{FIRST}", "1 file was brought in")
    clerk.signs_in("governance-officer")
    _must_be("drafting a paper", clerk.sends("/papers/draft", FORM)[0], LED_ON)
    _must_be("looking at the draft", clerk.asked("GET", DRAFT)[0], (200,))
    _must_be("writing it", clerk.sends(f"{DRAFT}/write", {}, shown_at=DRAFT)[0], LED_ON)
    _wait_for(clerk, DRAFT, f"{DRAFT}/files/pdf")


def _wait_for(visitor: Visitor, address: str, words: str) -> None:
    until = time.monotonic() + PATIENCE
    while words not in visitor.asked("GET", address)[1]:
        if time.monotonic() > until:
            raise TimeoutError(f"{address} never said: {words}")
        time.sleep(0.5)


def _must_be(what: str, status: int, expected: Sequence[int]) -> None:
    if status not in expected:
        raise ConnectionError(f"{what} answered {status}")


def control(browser: Browser, folder: Path, port: int) -> int:
    """How many of two planted connections are seen: one of a process, one of a page."""
    log, watched = folder / "planted", Watched()
    with running([*_watch(log), sys.executable, "-c", PLANTED], {}) as planted:
        planted.wait(30)
    context = browser.new_context()
    context.on("request", lambda asked: _note(asked, f"http://{LOOPBACK}:{port}", watched))
    page = context.new_page()
    page.set_content(f'<img src="http://{NOWHERE}/planted.png" alt="">', wait_until="commit")
    page.wait_for_timeout(500)
    context.close()
    return bool(seen_in(log)[1]) + bool(watched.outside)


def _watch(log: Path) -> list[str]:
    if shutil.which(WATCH[0]) is None:
        raise FileNotFoundError("strace is not installed here: what a process asks for is not seen")
    return [*WATCH, *CALLS, "-o", str(log)]


def lines(folder: Path, *, small: bool) -> list[Line]:
    """Connections to outside while the example is walked and worked on, and the control."""
    settled(folder / "of-the-walker")  # which reads the table of routes alone
    env, watched = prepared(folder / "home"), Watched()
    logs = {name: folder / f"{name}.log" for name in ("server", "worker")}
    with (
        chromium() as browser,
        served(env, under=_watch(logs["server"]), patience=120) as port,
        running([*_watch(logs["worker"]), *worker_words()], env),
    ):
        work(port)
        walk(browser, port, POSTS[:1] if small else POSTS, watched)
        caught = control(browser, folder, port)
    for log in logs.values():
        calls, outward = seen_in(log)
        watched.calls += calls
        watched.outward += outward
    for one in [*watched.outward, *watched.outside][:5]:
        print(one, flush=True)
    return [
        measured(
            "web.outward",
            len(watched.outward) + len(watched.outside),
            n=watched.calls + watched.requests,
            note=f"{watched.pages} pages by {1 if small else len(POSTS)} posts, a file brought in, "
            f"a paper drafted and written; {watched.requests:,} requests of Chromium, and "
            f"{watched.calls:,} calls of the server and the worker, each with its children, to "
            "connect or to send",
        ),
        measured("web.outward.control", caught, n=2),
    ]


def main(arguments: Sequence[str]) -> int:
    """Measure and write the lines; small writes nothing."""
    return told(lines, arguments, name="web_outward", does="Connections to outside, counted.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
