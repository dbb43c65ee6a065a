"""Sites on which the paper of the last round was issued: one OFFICIAL, one held more closely."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from django.db import connections
from django.test.utils import override_settings

from regard.assurance.closing import deny
from regard.assurance.promises import unanswered
from regard.board.drafts import Asked, issue_draft, keep_draft
from regard.core.markings import Marking
from regard.register.access import EVERYTHING
from regard.register.database import FILE
from regard.register.entries import Speaker
from regard.register.kinds.facts import Concern
from regard.register.kinds.reading import made
from regard.register.posting import enter_post
from regard.register.register import Register
from regard.web.here import forget_register
from regard.web.settings import ACCOUNTS
from web.conftest import Site, use_accounts

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
PCC = "party:west-midlands-pcc"
KEEPER = Speaker("party:west-midlands-holder-1", "party:west-midlands-keeper")
LEAD = Speaker("party:west-midlands-holder-9", "party:spr-lead")
CLERK = Speaker("party:west-midlands-holder-15", "party:governance-officer")


def answer_promises(register: Register) -> None:
    """Say of every promise whose day has passed that nobody has shown it, as at the paper's day."""
    for one in unanswered(register.view(EVERYTHING), as_at=register.today()):
        said = deny(register, one.entry.subject, reason="Nobody has shown it.", by=LEAD)
        register.enter(said.value, subject=said.subject, by=LEAD, effective=ON)


def hold_close(register: Register) -> None:
    """Enter a vulnerability that is held more closely, and let the clerk see it."""
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
        marking=CLOSE,
    )
    enter_post(
        register,
        CLERK.post,
        by=KEEPER,
        name="Governance officer",
        body=PCC,
        roles=("governance-officer", "spr-lead"),
    )


def _issued(example: Path, home: Path, *, close: bool) -> Path:
    shutil.copytree(example, home)
    register = Register.open(home, url="")
    answer_promises(register)
    if close:
        hold_close(register)
    issue_draft(register, keep_draft(register, ASKED, by=CLERK), by=CLERK)
    register.close()
    return home


@contextmanager
def _copied(home: Path, to: Path) -> Iterator[Site]:
    to.mkdir()
    for name in (FILE, ACCOUNTS):
        shutil.copy(home / name, to / name)
    with override_settings(REGARD_HOME=to):
        use_accounts(to)
        yield Site(to)
        if connections["default"].connection is not None:
            connections["default"].close()
        forget_register()


@pytest.fixture(scope="session")
def example_with_paper(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with its paper of 2021 issued, made once a run."""
    return _issued(example, tmp_path_factory.mktemp("issued") / "home", close=False)


@pytest.fixture(scope="session")
def example_with_close_paper(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a vulnerability in it that is held more closely."""
    return _issued(example, tmp_path_factory.mktemp("close") / "home", close=True)


@pytest.fixture
def issued(example_with_paper: Path, tmp_path: Path) -> Iterator[Site]:
    """A site of the test's own with the issued paper."""
    with _copied(example_with_paper, tmp_path / "issued") as site:
        yield site


@pytest.fixture
def close(example_with_close_paper: Path, tmp_path: Path) -> Iterator[Site]:
    """A site of the test's own with the paper that is held more closely."""
    with _copied(example_with_close_paper, tmp_path / "close") as site:
        yield site
