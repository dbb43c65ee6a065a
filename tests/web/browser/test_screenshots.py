"""What the pages look like: taken of the example at three widths, and kept in the documentation.

`make screenshots` keeps them in `docs/images/screens/`; any other run looks only whether each page
of the documentation's list can be taken, and whether it is wider than its window.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from regard.board.practising import open_practice_round
from web.browser.conftest import Served, serving
from web.conftest import Kept
from web.counted import made_records, with_records
from web.people_setting import CALL

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.timeout(600)]

KEEPS = bool(os.environ.get("REGARD_SCREENSHOTS"))
ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "docs" / "images" / "screens"
LISTED = ROOT / "docs" / "explanation" / "what-each-post-sees.md"
HEIGHTS = {320: 900, 768: 1200, 1280: 1400}
"""The windows: their height in pixels by their width."""

PAGES = {
    "home": ("commissioner", "/"),
    "my-work": ("acc-operations", "/my-work"),
    "requirements": ("spr-lead", "/requirements"),
    "threat": ("spr-lead", "/requirements/threat/spr-2023/public-disorder"),
    "cell": (
        "acc-operations",
        "/requirements/cell/spr-2023/public-disorder/psu-contribution/contribution",
    ),
    "round": ("spr-lead", "/requirements/round/practice"),
    "registers": ("governance-officer", "/registers/concerns"),
    "plan": ("commissioner", "/plan"),
    "measure": ("performance-analysis", "/measures/burglary-dwelling?area=west-midlands"),
    "papers": ("governance-officer", "/papers"),
    "trace": ("hmic-inspector", "/trace/400"),
    "administration": ("west-midlands-keeper", "/administration"),
}
"""What is shown: the page, and the post that sees it."""

OF_CAPABILITY = {
    "capability": ("operations-planner", "/capability"),
    "muster": ("operations-planner", f"/capability/muster?{CALL}"),
    "stress": ("operations-planner", "/capability/stress?psus=7&days=6&look=preview"),
    "workforce": ("workforce-planner", "/capability/workforce/rocu"),
}
"""The same, of the example with posts, people, duty and incidents."""


@pytest.fixture(scope="module")
def measured(
    example: Kept, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """The example with records and the practice round, and browsers signed in to it."""
    records = made_records(tmp_path_factory.mktemp("records"))

    def prepared(site) -> None:
        with_records(site, records)
        open_practice_round(site.register)

    with (
        example.copied(tmp_path_factory.mktemp("measured")) as held,
        serving(held, prepared) as (_, address),
    ):
        yield Served(address, browser)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_taken_at_three_widths(measured: Served, name: str, tmp_path: Path):
    taken(measured, name, *PAGES[name], tmp_path)


@pytest.mark.parametrize("name", OF_CAPABILITY)
def test_a_page_of_capability_is_taken_at_three_widths(capable: Served, name: str, tmp_path: Path):
    taken(capable, name, *OF_CAPABILITY[name], tmp_path)


def taken(site: Served, name: str, post: str, where: str, tmp_path: Path) -> None:
    """Take a page at three widths, and look whether it is wider than its window."""
    for width, height in HEIGHTS.items():
        page = site.page(post, where, width=width)
        folder = FOLDER if KEEPS else tmp_path
        folder.mkdir(parents=True, exist_ok=True)
        page.set_viewport_size({"width": width, "height": height})
        picture = page.screenshot(path=folder / f"{name}-{width}.png")
        wider = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
        page.close()

        assert picture.startswith(b"\x89PNG")
        assert not wider, f"{name} at {width} px"


def test_the_documentation_shows_each_page_that_is_kept():
    shown = set(re.findall(r"screens/([a-z-]+)-1280\.png", LISTED.read_text(encoding="utf-8")))
    kept = {one.name for one in FOLDER.glob("*.png")}

    named = {**PAGES, **OF_CAPABILITY}
    assert shown == set(named)
    # While they are taken anew, in any order, some are still to come.
    assert KEEPS or kept == {f"{name}-{width}.png" for name in named for width in HEIGHTS}
