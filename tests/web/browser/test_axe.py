"""Every page under axe's rules of WCAG 2.2 A and AA, at two widths, and wide enough for none."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from web.browser.conftest import WIDTHS, Served
from web.crawling import links, route_of

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.timeout(1_200)]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
POSTS = (
    "acc-security",
    "spr-lead",
    "performance-analysis",
    "governance-officer",
    "commissioner",
    "west-midlands-keeper",
)
A_ROUTE = 2  # pages of one route that are looked at, over all posts


def test_every_page_keeps_the_rules_at_two_widths(served: Served):
    seen: dict[str, int] = {}
    against = []
    for post in POSTS:
        waiting, known = ["/"], {"/"}
        while waiting:
            address = waiting.pop(0)
            name = route_of(address)
            if not name or name.startswith("none:") or seen.get(name, 0) >= A_ROUTE:
                continue
            looked = served.context(post).request.get(f"{served.address}{address}")
            if not looked.headers.get("content-type", "").startswith("text/html"):
                continue
            page = served.context(post).new_page()
            page.goto(f"{served.address}{address}", wait_until="load")
            seen[name] = seen.get(name, 0) + 1
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                against += faults(page, f"{post} {address} at {width} px")
            for one in links(page.content(), address):
                if one not in known:
                    known.add(one)
                    waiting.append(one)
            page.close()

    assert not against, "\n".join(against)
    assert len(seen) > 10


def test_a_page_without_a_label_is_caught(served: Served):
    page = served.page("acc-security", "/search")
    page.evaluate("document.querySelectorAll('main label').forEach(one => one.remove())")

    assert faults(page, "without labels")


def faults(page, where: str) -> list[str]:
    """What axe finds against a page, and whether it is wider than its window."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    told = [
        f"{where}: {one['id']}: {one['help']}: {one['nodes'][0]['html'][:160]}"
        for one in found.response["violations"]
    ]
    wider = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
    return [*told, *([f"{where}: the page is wider than its window"] if wider else [])]
