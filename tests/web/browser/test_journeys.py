"""The journeys of the README, by mouse, by keyboard alone, with scripts off and at 400% zoom.

A business lead judges with evidence; the lead for the requirement challenges and closes the round;
the analyst accepts a step; the operations planner asks what aid costs at home; the governance
officer issues a paper whose every figure opens its trace; and a member looks at four different
boards.
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from regard.assurance.cells import Key, cells
from regard.board.capability_demonstration import build_capability
from regard.board.practising import FORCE, PRACTICE, open_practice_round
from regard.board.register_demonstration import BOARDS
from regard.capability.scenarios import kept_answers
from regard.core.periods import day_said
from regard.register.access import EVERYTHING
from regard.register.kinds.frame import Cycle
from regard.register.kinds.speech import Decision, Document
from regard.register.kinds.values import Line
from regard.register.register import Register
from web.browser import practised
from web.browser.conftest import PASSWORD, serving
from web.browser.hands import WAYS, Hand, hand_of
from web.conftest import Kept, Site
from web.counted import AREA, STEP, made_records, with_records

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.timeout(600)]

UNITS = "expectation:spr-2023/public-disorder/psu-contribution"
PATIENCE = 60.0  # seconds that a paper may take in the background
LOOK_EVERY = 0.5  # seconds


class Journey:
    """A site of its own, and whoever signs in to it, all in one way.

    Attributes:
        site: The site, whose register this process reads too.
    """

    def __init__(self, site: Site, browser: Browser, address: str, way: str) -> None:
        self.site = site
        self._start = lambda: hand_of(way, browser, address)

    @contextmanager
    def of(self, post: str) -> Iterator[Hand]:
        """Whoever holds a post, signed in, at Home."""
        hand, context = self._start()
        try:
            hand.look_at("/")
            hand.write("Account name", post)
            hand.write("Password", PASSWORD)
            hand.press("Sign in")
            yield hand
        finally:
            context.close()

    @property
    def register(self) -> Register:
        """The register as it now stands."""
        return self.site.register


@pytest.fixture(scope="module")
def capable_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the example's posts, people, duty and incidents, and no register."""
    home = tmp_path_factory.mktemp("capable")
    build_capability(home)
    return home


@pytest.fixture(params=WAYS)
def journey(
    request: pytest.FixtureRequest, example: Kept, browser: Browser, tmp_path: Path
) -> Iterator[Callable]:
    """Starts a journey on a site that some act has made ready."""
    with example.copied(tmp_path / "site") as held:

        @contextmanager
        def started(prepared: Callable[[Site], object]) -> Iterator[Journey]:
            with serving(held, prepared) as (site, address):
                yield Journey(site, browser, address, request.param)

        yield started


def test_a_business_lead_judges_with_evidence(journey):
    with journey(lambda site: open_practice_round(site.register)) as made:
        with made.of("acc-operations") as hand:
            hand.go_to("My work")
            hand.follow("Judge the next one")
            hand.choose("“West Midlands Police provides just under 55%")
            hand.choose("Partly met")
            hand.write("Reason", "17 of the 21 units stand; a course is booked for the others.")
            hand.write("Why another level than suggested", "The figure is of 2021.")
            hand.press("Enter this judgement")

            assert "“Partly met”" in hand.reads()

        said = cell(made.register, "contribution").at(Line.DOING)
        assert said.level == "partly-met"
        assert said.counts
        assert "observation:west-midlands/psus/2021-12-01" in said.entry.value.evidence


def test_the_lead_for_the_requirement_challenges_and_closes(journey):
    def prepared(site: Site) -> None:
        open_practice_round(site.register)
        practised.leads_speak(site.register)

    with journey(prepared) as made:
        with made.of("spr-lead") as hand:
            hand.go_to("My work")
            hand.follow("Answer what was judged")
            hand.follow("Give the force's share of PSUs")
            hand.choose("Not met")
            hand.write("Reason", "Four units short is not part of a commitment.")
            hand.press("Enter this answer")
            hand.look_at("/requirements/close/practice")

            assert "still to speak" in hand.reads().lower()

        practised.reviewer_agrees(made.register)
        practised.others_speak(made.register)
        with made.of("spr-lead") as hand:
            hand.go_to("Requirements")
            hand.follow("Rounds")
            hand.follow("Practice round")
            hand.press("Close this round")
            hand.press("Close the round")

        view = made.register.view(EVERYTHING)
        assert [one.disputed for one in cells(view, PRACTICE).of(FORCE)].count(True) == 1
        closed: Cycle = view.one(PRACTICE).value
        assert closed.stage == "closed"


def test_the_analyst_accepts_a_step(journey, tmp_path_factory):
    records = made_records(tmp_path_factory.mktemp("records"))

    with journey(lambda site: with_records(site, records)) as made:
        with made.of("performance-analysis") as hand:
            hand.go_to("Measures")
            hand.follow("Burglary dwelling")
            hand.follow("Accept or refuse")
            hand.write("First month of the new level", STEP.iso)
            hand.choose("Accept")
            hand.write("Why?", "A crime desk took the calls from that month on.")
            hand.press("Enter the decision")

            assert "Accepted" in hand.reads()

        held = made.register.view(EVERYTHING).all(Decision)
        steps = [one.value.step for one in held if one.value.step is not None]
        assert (steps[-1].measure, steps[-1].proposed) == ("burglary-dwelling", STEP.iso)
        assert AREA in steps[-1].area


def test_the_operations_planner_asks_what_aid_costs_and_keeps_the_answer(journey, capable_home):
    def prepared(site: Site) -> None:
        shutil.copytree(capable_home, site.home, dirs_exist_ok=True)

    with journey(prepared) as made:
        with made.of("operations-planner") as hand:
            hand.go_to("Capability")
            hand.follow("Stress test")
            hand.write("Number of PSUs", "7")
            hand.write("Number of days", "3")
            hand.press("Show the first answer")

            assert "a formula, not a simulation" in hand.reads()
            assert "What was not modelled" in hand.reads()

            hand.press("Ask for the full answer")
            came_of(hand)

            assert "Not kept" in hand.reads()
            hand.choose("OFFICIAL")
            hand.press("Keep as evidence")
            assert re.search(r"[Ee]ntry \d", hand.reads())

        view = made.register.view(EVERYTHING)
        (kept,) = kept_answers(view, made.site.home)
        assert (kept.question.psus, kept.question.days) == (7, 3)
        assert kept.entry.value.basis == "estimate"
        assert kept.entry.post == "party:operations-planner"


def test_the_governance_officer_issues_a_paper_whose_every_figure_opens_its_trace(journey):
    def prepared(site: Site) -> None:
        open_practice_round(site.register)
        practised.closed(site.register)

    with journey(prepared) as made:
        with made.of("governance-officer") as hand:
            hand.go_to("Papers")
            hand.press("Draft a paper")
            hand.pick("Round", "Practice round")
            hand.pick("Body", "West Midlands Police")
            hand.pick("Put to", "Strategic Policing and Crime Board")
            hand.write_day("Day of the meeting", made.register.today())
            hand.press("Write the draft")
            hand.press("Issue the paper")
            came_of(hand)
            figures = every_figure(hand)

            assert len(figures) > 10
            answers = [hand.page.request.get(f"{hand.address}{one}") for one in figures]
            assert {one.status for one in answers} == {200}
            hand.look_at(figures[0])
            assert re.search(r"[Ee]ntry \d", hand.reads())

        issued = [
            one
            for one in made.register.view(EVERYTHING).all(Document)
            if one.value.cycle == PRACTICE and one.value.stage == "issued"
        ]
        assert len(issued) == 1


def test_a_member_looks_at_four_different_boards(journey):
    start = journey(lambda site: open_practice_round(site.register))
    with start as made, made.of("commissioner") as hand:
        boards = []
        for day in BOARDS:
            hand.open_up("Look at another day")
            hand.write_day("What was known at the end of", day)
            hand.press("Look at this day")
            told = hand.reads()
            assert f"what was known at the end of {day_said(day)}" in told
            boards.append(told.replace(day_said(day), ""))

        assert len(set(boards)) == len(BOARDS) == 4
        hand.press("Return to today")
        assert "You see what is known on" in hand.reads()


def cell(register: Register, aspect: str):
    """The cell of the force's units in the practice round, as it now stands."""
    return cells(register.view(EVERYTHING), PRACTICE).cells[Key(FORCE, UNITS, aspect)]


def came_of(hand: Hand) -> None:
    """Wait for the work in the background, and see what came of it."""
    until = time.monotonic() + PATIENCE
    while not hand.page.get_by_role("link", name="See what came of it").count():
        assert time.monotonic() < until, hand.reads()
        time.sleep(LOOK_EVERY)
        hand.page.reload()
    hand.follow("See what came of it")


def every_figure(hand: Hand) -> list[str]:
    """The addresses to which the figures of the paper that is looked at lead."""
    links = hand.page.locator("main a[href]").all()
    found = [one.get_attribute("href") or "" for one in links]
    return list(dict.fromkeys(one for one in found if one.startswith("/trace/")))
