"""Sites on which the paper of the last round was issued: one OFFICIAL, one held more closely."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from regard.assurance.closing import deny
from regard.assurance.promises import unanswered
from regard.board.drafts import Asked, issue_draft, keep_draft
from regard.core.markings import Marking
from regard.register.access import EVERYTHING
from regard.register.entries import Speaker
from regard.register.kinds.facts import Concern
from regard.register.kinds.reading import made
from regard.register.posting import enter_post
from regard.register.register import Register
from web.conftest import Kept, Site, standing

DOCUMENT = "west-midlands/assurance/2021"
SUBJECT = f"document:{DOCUMENT}"
DRAFT = "west-midlands-assurance-2021"
ON = date(2021, 12, 1)
ASKED = Asked("cycle:2021", "party:west-midlands", "party:strategic-policing-and-crime-board", ON)
FORM = {
    "cycle": ASKED.cycle,
    "scope": ASKED.scope,
    "to": ASKED.to,
    "held_on_day": "1",
    "held_on_month": "12",
    "held_on_year": "2021",
}
CLOSE = Marking.parse("OFFICIAL-SENSITIVE")
CONCERN = "concern:west-midlands/nightjar"
CANARY = "The canary sings of Operation Nightjar"
KEEPER = Speaker("party:west-midlands-holder-1", "party:west-midlands-keeper")
LEAD = Speaker("party:west-midlands-holder-9", "party:spr-lead")
CLERK = Speaker("party:west-midlands-holder-15", "party:governance-officer")


def answer_promises(register: Register) -> None:
    """Say of every promise whose day has passed that nobody has shown it, as at the paper's day."""
    for one in unanswered(register.view(EVERYTHING), as_at=register.today()):
        said = deny(register, one.entry.subject, reason="Nobody has shown it.", by=LEAD)
        register.enter(said.value, subject=said.subject, by=LEAD, effective=ON)


def hold_close(register: Register, marking: Marking = CLOSE) -> None:
    """Enter a vulnerability that is held more closely, by a post that may see it."""
    for group in marking.need_to_know:
        grant(register, LEAD.post, "spr-lead", (group,))
        grant(register, CLERK.post, "governance-officer", (group,))
    register.enter(
        made(
            Concern,
            tense="present",
            form="vulnerability",
            text=CANARY,
            scope="party:west-midlands",
            about="expectation:spr-2015/public-order",
            owner="party:acc-operations",
        ),
        subject=CONCERN,
        by=LEAD,
        effective=date(2021, 11, 30),
        marking=marking,
    )


def grant(register: Register, post: str, role: str, groups: tuple[str, ...]) -> None:
    """Let a post see what is held for some groups, and for no others."""
    held = register.view(EVERYTHING).one(post).value
    enter_post(
        register, post, by=KEEPER, name=held.name, body=held.parent, roles=(role,), groups=groups
    )


@contextmanager
def _issued(example: Kept, home: Path, *, close: bool) -> Iterator[Kept]:
    with example.copied(home) as held:
        register = Register.open(home, url=held.url)
        answer_promises(register)
        if close:
            hold_close(register)
        issue_draft(register, keep_draft(register, ASKED, by=CLERK), by=CLERK)
        register.close()
        yield held


@pytest.fixture(scope="session")
def example_with_paper(example: Kept, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """The example with its paper of 2021 issued, made once a run."""
    with _issued(example, tmp_path_factory.mktemp("issued") / "home", close=False) as held:
        yield held


@pytest.fixture(scope="session")
def example_with_close_paper(
    example: Kept, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Kept]:
    """The same with a vulnerability in it that is held more closely."""
    with _issued(example, tmp_path_factory.mktemp("close") / "home", close=True) as held:
        yield held


@pytest.fixture
def issued(example_with_paper: Kept, tmp_path: Path) -> Iterator[Site]:
    """A site of the test's own with the issued paper."""
    with example_with_paper.copied(tmp_path / "issued") as held, standing(held) as site:
        yield site


@pytest.fixture
def close(example_with_close_paper: Kept, tmp_path: Path) -> Iterator[Site]:
    """A site of the test's own with the paper that is held more closely."""
    with example_with_close_paper.copied(tmp_path / "close") as held, standing(held) as site:
        yield site
