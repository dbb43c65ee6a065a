"""Ways to use the site: by mouse, by keyboard alone, with scripts off, and at 400% zoom.

A way does what a person says of a page: follow this link, write here, choose that. It finds what it
needs by the words that a screen reader would say, and fails where they lead nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Browser, BrowserContext, Locator, Page

WIDE = {"width": 1280, "height": 900}
AT_400 = {"width": 320, "height": 225}
"""A window of 1280 by 900 pixels at 400% zoom (WCAG 2.2, 1.4.10 Reflow)."""

MOST_TABS = 400  # presses of Tab after which something counts as out of reach
MOST_STEPS = 200  # presses of an arrow within a list or a group

_FOCUSED = "one => one === document.activeElement"
_SHOWS = """one => {
    const seen = one.type === "radio" || one.type === "checkbox" ? one.labels[0] : one;
    const told = [one, seen].flatMap(each =>
        [null, "::before", "::after"].map(part => getComputedStyle(each, part)));
    return told.some(style => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
        || style.boxShadow !== "none");
}"""
_GROUPED = """one => document.activeElement.type === "radio"
    && document.activeElement.name === one.name && document.activeElement.form === one.form"""
_TOO_WIDE = "document.documentElement.scrollWidth > window.innerWidth + 1"


@dataclass
class Hand:
    """Somebody at a browser who uses a mouse.

    Attributes:
        page: The page looked at.
        address: Where the site is served.
        narrow: Whether every page is also asked to be no wider than its window.
    """

    page: Page
    address: str
    narrow: bool = False

    def look_at(self, where: str) -> None:
        """Open a page of the site by its address."""
        self.page.goto(f"{self.address}{where}")
        self._looked()

    def go_to(self, section: str) -> None:
        """Follow a link of the navigation, which a narrow window folds under Menu."""
        menu = self.page.get_by_role("button", name="Menu", exact=True)
        if menu.is_visible() and menu.get_attribute("aria-expanded") != "true":
            self._act(menu)
        self.follow(section)

    def follow(self, link: str) -> None:
        """Follow the first link that is called so, and wait for its page."""
        with self.page.expect_navigation():
            self._act(self.page.get_by_role("link", name=link).first)
        self._looked()

    def press(self, button: str) -> None:
        """Press the button that is called so, and wait for the answer."""
        with self.page.expect_navigation():
            self._act(self.page.get_by_role("button", name=button, exact=True).first)
        self._looked()

    def open_up(self, words: str) -> None:
        """Open what is folded away under some words."""
        self._act(self.page.locator("summary", has_text=words).first)

    def write(self, label: str, words: str) -> None:
        """Write into the field that is labelled so; what stood there goes."""
        self._write(self.page.get_by_label(label, exact=True).first, words)

    def write_day(self, legend: str, day: date) -> None:
        """Write a day into the three boxes under a legend."""
        boxes = self.page.get_by_role("group", name=legend)
        for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            self._write(boxes.get_by_label(label, exact=True), str(number))

    def choose(self, label: str) -> None:
        """Choose a radio button or tick a box by the first words of its label."""
        self._choose(self.page.locator("main").get_by_label(label).first)

    def pick(self, label: str, option: str) -> None:
        """Pick an option of a list by its first words."""
        self._pick(self.page.get_by_label(label, exact=True).first, option)

    def reads(self) -> str:
        """The words of the page."""
        return self.page.locator("body").inner_text()

    def _looked(self) -> None:
        self.page.wait_for_load_state()
        assert not self.narrow or not self.page.evaluate(_TOO_WIDE), (
            f"{self.page.url} is wider than its window"
        )

    def _act(self, what: Locator) -> None:
        what.click()

    def _write(self, field: Locator, words: str) -> None:
        field.fill(words)

    def _choose(self, field: Locator) -> None:
        field.check()
        assert field.is_checked()

    def _pick(self, field: Locator, option: str) -> None:
        field.select_option(label=_option(field, option))


class Keyboard(Hand):
    """Somebody who uses the keyboard alone; whatever has the focus must show it."""

    def _act(self, what: Locator) -> None:
        self._reach(what)
        self.page.keyboard.press("Enter")

    def _write(self, field: Locator, words: str) -> None:
        self._reach(field)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(words)

    def _choose(self, field: Locator) -> None:
        if field.get_attribute("type") == "checkbox":
            self._reach(field)
            if not field.is_checked():
                self.page.keyboard.press("Space")
        else:
            self._reach(field, _GROUPED)
            self._step(lambda: field.evaluate(_FOCUSED))
            self.page.keyboard.press("Space")
        assert field.is_checked(), f"{field} was not chosen"

    def _pick(self, field: Locator, option: str) -> None:
        self._reach(field)
        wanted = _option(field, option)
        self.page.keyboard.press("Home")
        told = "one => one.selectedOptions[0].label"
        self._step(lambda: field.evaluate(told).strip() == wanted)

    def _reach(self, what: Locator, there: str = _FOCUSED) -> None:
        what.wait_for(state="attached")
        for _ in range(MOST_TABS):
            if what.evaluate(there):
                assert self.page.locator(":focus").evaluate(_SHOWS), f"{what} hides its focus"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{what} is out of the keyboard's reach on {self.page.url}")

    def _step(self, there: Callable[[], bool]) -> None:
        for _ in range(MOST_STEPS):
            if there():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"not reached by arrows on {self.page.url}")


def _option(field: Locator, option: str) -> str:
    names = [one.strip() for one in field.locator("option").all_inner_texts()]
    found = [one for one in names if one.startswith(option)]
    assert found, f"no option {option!r} among {names}"
    return found[0]


WAYS = ("mouse", "keyboard", "scripts-off", "zoom-400")
"""How a journey is made."""


def hand_of(way: str, browser: Browser, address: str) -> tuple[Hand, BrowserContext]:
    """A hand of its own browser, that nobody is signed in to."""
    context = browser.new_context(
        java_script_enabled=way != "scripts-off",
        locale="en-GB",
        viewport=AT_400 if way == "zoom-400" else WIDE,
    )
    kind = Keyboard if way == "keyboard" else Hand
    return kind(context.new_page(), address, narrow=way == "zoom-400"), context
