"""Every page in every state under axe's rules of WCAG 2.2 A and AA, at two widths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from web.browser.conftest import WIDTHS, Served
from web.crawling import links, route_of, sent
from web.people_setting import CALL

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.timeout(2_400)]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
POSTS = (
    "acc-security",
    "spr-lead",
    "performance-analysis",
    "governance-officer",
    "commissioner",
    "west-midlands-keeper",
)
PLANNERS = ("operations-planner", "workforce-planner")
ASKED_OF_CAPABILITY = (
    "/capability/stress?psus=7&days=6",
    "/capability/stress?psus=7&days=6&look=preview",
    "/capability/stress?psus=700&days=0",
    f"/capability/muster?{CALL}",
    "/capability/muster?on_day=31&on_month=2&on_year=2021&hour=10",
    "/capability/workforce/fou?by=nonsense",
)
A_ROUTE = 2  # pages of one route that are looked at, over all posts
NOT_TRIED = {"sign-out", "as-at", "language", "speak"}  # forms that lead on without a word
ANYBODY = ("/sign-in", "/help", "/help/ideas", "/help/accessibility", "/published")
REFUSED = ("/administration/accounts", "/papers/draft", "/records/bring-in", "/no/such/page")
EARLIER = ("/", "/my-work", "/requirements", "/registers/concerns", "/plan", "/papers", "/trace")
LONG = "Donaudampfschifffahrtsgesellschaft" * 6  # a word that no line is wide enough for
EMPTY_FORM = """address => {
    const form = [...document.querySelectorAll('main form')].find(
        one => new URL(one.action).pathname + new URL(one.action).search === address);
    for (const one of form.elements) {
        if (one.type === 'radio' || one.type === 'checkbox') one.checked = false;
        else if (one.tagName === 'SELECT') one.selectedIndex = -1;
        else if (!['hidden', 'submit', 'button', 'file'].includes(one.type)) one.value = '';
    }
    form.submit();
}"""


@dataclass
class Looks:
    """What was looked at in one state.

    Attributes:
        state: The state, in words.
        pages: How many pages.
        against: What speaks against them.
    """

    state: str
    pages: int = 0
    against: list[str] = field(default_factory=list)

    def at(self, page: Page, where: str) -> None:
        """Look at a page at every width."""
        self.pages += 1
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            self.against += faults(page, f"{where} at {width} px")

    def end(self, tell, *, least: int) -> None:
        """Tell what was counted, and fail on anything that speaks against it."""
        tell("state", self.state)
        tell("pages", self.pages)
        tell("looks", self.pages * len(WIDTHS))
        tell("against", len(self.against))
        assert not self.against, "\n".join(self.against)
        assert self.pages >= least


def opened(
    served: Served, posts: tuple[str, ...] = POSTS, *, under: str = "/"
) -> Iterator[tuple[str, str, Page]]:
    """A post, an address and the page there: of every route that a link leads to, a few.

    Args:
        served: The site.
        posts: That walk it, one after another.
        under: How the addresses begin; the walk begins there.
    """
    seen: dict[str, int] = {}
    for post in posts:
        waiting, known = [under], {under}
        while waiting:
            address = waiting.pop(0)
            name = route_of(address)
            if not name or name.startswith("none:") or seen.get(name, 0) >= A_ROUTE:
                continue
            held = served.context(post).request.get(f"{served.address}{address}").headers
            if "content-disposition" in held or "text/html" not in held.get("content-type", ""):
                continue
            page = served.context(post).new_page()
            page.goto(f"{served.address}{address}", wait_until="load")
            seen[name] = seen.get(name, 0) + 1
            for one in links(page.content(), address):
                if one not in known and one.startswith(under):
                    known.add(one)
                    waiting.append(one)
            yield post, address, page
            page.close()


def test_every_page_keeps_the_rules_at_two_widths(served: Served, record_property):
    looks = Looks("as it is")
    for post, address, page in opened(served):
        looks.at(page, f"{post} {address}")

    looks.end(record_property, least=50)


def test_pages_of_capability_with_records_keep_them(capable: Served, record_property):
    looks = Looks("capability, with records")
    for post, address, page in opened(capable, PLANNERS, under="/capability"):
        looks.at(page, f"{post} {address}")
    page = capable.page(PLANNERS[0])
    for address in ASKED_OF_CAPABILITY:
        page.goto(f"{capable.address}{address}", wait_until="networkidle")
        looks.at(page, address)

    looks.end(record_property, least=12)


def test_every_form_that_is_sent_empty_keeps_them(served: Served, record_property):
    looks, tried = Looks("with errors"), set(NOT_TRIED)
    for post, address, page in opened(served):
        for one in sent(page.content(), address):
            name = route_of(one)
            if name in tried:
                continue
            tried.add(name)
            page.goto(f"{served.address}{address}")
            with page.expect_navigation() as led:
                page.evaluate(EMPTY_FORM, one)
            if led.value.status == 422:
                looks.at(page, f"{post} {one} sent empty")

    looks.end(record_property, least=12)


def test_pages_for_anybody_keep_them(served: Served, record_property):
    looks = Looks("signed out")
    for address in ANYBODY:
        looks.at(served.page("", address), address)

    looks.end(record_property, least=len(ANYBODY))


def test_refusals_keep_them(served: Served, record_property):
    looks = Looks("refused or not found")
    for address in REFUSED:
        page = served.page("commissioner", address)
        assert "govuk-heading" in page.content()
        looks.at(page, f"commissioner {address}")

    looks.end(record_property, least=len(REFUSED))


def test_pages_of_an_earlier_day_keep_them(served: Served, record_property):
    looks, page = Looks("as at an earlier day"), served.page("acc-local-policing")
    look_back(page, "3", "2", "2015")
    for address in EARLIER:
        page.goto(f"{served.address}{address}")
        assert "3 February 2015" in page.content()
        looks.at(page, f"{address} as at 3 February 2015")

    looks.end(record_property, least=len(EARLIER))


def test_pages_with_nothing_to_show_keep_them(served: Served, record_property):
    looks, page = Looks("empty"), served.page("chief-constable")
    look_back(page, "1", "1", "2001")
    for address in (*EARLIER, "/registers/promises", "/background", "/search?q=zebra", "/measures"):
        page.goto(f"{served.address}{address}")
        looks.at(page, f"{address} as at 1 January 2001")

    looks.end(record_property, least=len(EARLIER))


def test_pages_with_words_too_long_for_a_line_keep_them(served: Served, record_property):
    looks, page = Looks("with long words"), served.page("acc-operations", "/registers/raise")
    page.check("[name=form][value=vulnerability]")
    page.fill("[name=text]", f"{LONG} {LONG} {LONG}")
    page.fill("[name=code]", "x" * 60)
    page.select_option("[name=owner]", "party:acc-operations")
    with page.expect_navigation() as led:
        page.locator("main form button").last.click()
    assert led.value.status == 200, page.inner_text("main")
    looks.at(page, "a vulnerability with long words")
    for address in ("/registers/concerns", "/my-work", "/", f"/search?q={LONG[:60]}"):
        page.goto(f"{served.address}{address}")
        looks.at(page, f"{address} with long words")

    looks.end(record_property, least=5)


def look_back(page: Page, day: str, month: str, year: str) -> None:
    """Look at a day by the control that every page has."""
    page.click(".regard-as-at summary")
    for name, value in (("day", day), ("month", month), ("year", year)):
        page.fill(f"#as-at-{name}", value)
    with page.expect_navigation():
        page.press("#as-at-year", "Enter")


def test_a_page_without_a_label_is_caught(served: Served, record_property):
    page = served.page("acc-security", "/search")
    page.evaluate("document.querySelectorAll('main label').forEach(one => one.remove())")

    found = faults(page, "without labels")

    record_property("against", min(len(found), 1))
    assert found


def faults(page: Page, where: str) -> list[str]:
    """What axe finds against a page, and whether it is wider than its window."""
    # Beside the rules of WCAG: that all a page holds lies in a landmark.
    asked = {"runOnly": {"type": "tag", "values": RULES}, "rules": {"region": {"enabled": True}}}
    found = Axe().run(page, options=asked)
    told = [
        f"{where}: {one['id']}: {one['help']}: {one['nodes'][0]['html'][:160]}"
        for one in found.response["violations"]
    ]
    wider = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
    return [*told, *([f"{where}: the page is wider than its window"] if wider else [])]
