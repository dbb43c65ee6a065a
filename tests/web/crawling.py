"""Walking the site as a reader does: from Home along every link, a few pages a route."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

A_ROUTE = 3  # pages of one route that are opened


@dataclass
class Walked:
    """What a walk has seen.

    Attributes:
        pages: The addresses opened, by the name of their route.
        forms: The addresses to which a form is sent, by the name of their route.
        wrong: Addresses that did not answer as a page should, with what they answered and the
            page that led there.
    """

    pages: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    forms: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[tuple[str, int, str]] = field(default_factory=list)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.sent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "a" and held.get("href"):
            self.found.append(str(held["href"]))
        if tag == "form" and (held.get("method") or "").lower() == "post":
            self.sent.append(str(held.get("action") or ""))
        if tag == "img" and held.get("src"):
            self.found.append(str(held["src"]))


def links(page: str, at: str) -> list[str]:
    """The addresses on this site to which a page leads."""
    read = _Links()
    read.feed(page)
    return _here(read.found, at)


def sent(page: str, at: str) -> list[str]:
    """The addresses on this site to which the forms of a page are sent."""
    read = _Links()
    read.feed(page)
    return _here(read.sent, at)


def _here(addresses: list[str], at: str) -> list[str]:
    there = [urldefrag(urljoin(f"http://site{at}", one))[0] for one in addresses]
    return [
        urlsplit(one)._replace(scheme="", netloc="").geturl()
        for one in there
        if urlsplit(one).netloc == "site"
    ]


def walk(client: Client, start: str = "/", *, most: int = A_ROUTE) -> Walked:
    """Open every page that can be reached by links, up to a few of each route."""
    walked, waiting, seen = Walked(), deque([(start, "")]), {start}
    while waiting:
        address, came_from = waiting.popleft()
        name = route_of(address)
        if not name or len(walked.pages[name]) >= most:
            continue
        walked.pages[name].append(address)
        answer = client.get(address)
        if answer.status_code not in (200, 302, 303):
            walked.wrong.append((address, answer.status_code, came_from))
            continue
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for one in sent(answer.content.decode(), address):
            held = walked.forms[route_of(one)]
            if one not in held and len(held) < most:
                held.append(one)
        for one in links(answer.content.decode(), address):
            if one not in seen:
                seen.add(one)
                waiting.append((one, address))
    return walked


def route_of(address: str) -> str:
    """The name of the route of an address; empty if it is a static file or leads nowhere here."""
    try:
        return resolve(urlsplit(address).path).url_name or ""
    except Resolver404:
        return "" if address.startswith("/static/") else f"none: {address}"
