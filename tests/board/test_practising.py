"""The practice round: open today on the example, once, with a duty for each post."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assurance.round_setting import found
from regard.assurance.cells import Key, Reads, cells
from regard.assurance.promises import Became, unanswered
from regard.assurance.silences import still_to_speak
from regard.assurance.suggesting import suggested
from regard.board.practising import FORCE, LEADS, PRACTICE, open_practice_round
from regard.board.remembering import remember
from regard.core.errors import NotKnown
from regard.register.access import EVERYTHING
from regard.register.database import FILE
from regard.register.kinds.values import Line
from regard.register.register import Register

TODAY = datetime(2024, 5, 7, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("example")
    register = remember(home, url="").register
    with register.connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    register.close()
    return home


@pytest.fixture
def register(example: Path, tmp_path: Path):
    shutil.copy(example / FILE, tmp_path / FILE)
    opened = Register.open(tmp_path, url="", clock=lambda: TODAY)
    yield opened
    opened.close()


def test_a_round_of_today_is_open_and_says_that_it_is_practice(register):
    opened = open_practice_round(register)

    assert opened.subject == PRACTICE
    assert opened.value.stage == "open"
    assert opened.value.as_at == TODAY.date()
    assert opened.value.name == "Practice round of 7 May 2024 (example)"


def test_few_words_are_asked_and_what_was_judged_before_is_offered_and_not_counted(register):
    open_practice_round(register)

    view = register.view(EVERYTHING)
    held = cells(view, PRACTICE)
    missing = [
        key
        for one in still_to_speak(view, PRACTICE)
        if one.duty.line is Line.DOING
        for key in one.keys
    ]

    assert len(held) == 144  # 72 requirements under two of the five Cs
    assert len(missing) == len(set(missing)) == 2 * len(LEADS)
    assert len(held.reading(Reads.CARRIED)) == 2
    assert not [one for one in held if one.level is not None]


def test_each_line_is_asked_to_speak(register):
    opened = open_practice_round(register)

    assert opened.value.lines == tuple(Line)


def test_a_commitment_of_the_papers_has_a_figure_beside_its_target(register):
    open_practice_round(register)
    key = Key(FORCE, "expectation:spr-2023/public-disorder/psu-contribution", "contribution")

    found_ = suggested(register.view(EVERYTHING), PRACTICE, key)

    assert found_.figures
    assert found_.level is not None


def test_what_old_papers_promised_is_answered_so_that_a_paper_may_be_issued(register):
    before = silent(register)

    open_practice_round(register)

    assert before
    assert not silent(register)


def silent(register: Register) -> list[str]:
    found = unanswered(register.view(EVERYTHING), as_at=TODAY.date())
    return [one.entry.subject for one in found if one.became is Became.NOT_ANSWERED]


def test_it_is_opened_once(register):
    first = open_practice_round(register)
    size = register.head().size

    again = open_practice_round(register)

    assert again == first
    assert register.head().size == size


def test_another_register_has_no_practice_round(tmp_path):
    setting = found(tmp_path / "other")
    head = setting.register.head()

    with pytest.raises(NotKnown, match="spr-2023"):
        open_practice_round(setting.register)

    assert setting.register.head() == head
    setting.register.close()
