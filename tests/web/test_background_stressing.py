"""Stress tests as work: answered, made again to the last bit, refused with what it was about."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from regard.capability.configured import FILE
from regard.capability.scenarios import HOURS, PAPER, answered, text_beside
from regard.core.errors import AccessRefused
from regard.papers.keeping import restored
from regard.web.background import stressing
from regard.web.background.stressing import ask_for_answer, ask_to_make_again
from regard.web.capable.finding import Answers
from regard.web.models import Work
from web.doing import run_worker, stands
from web.stress_setting import (
    AREA,
    KEEPER,
    PLANNER,
    QUESTION,
    RUNS,
    SAYS,
    asked,
    bring_in,
    small,
)

__all__ = ["asked", "small"]


@pytest.fixture
def few(monkeypatch):
    """Answers of few replications."""
    monkeypatch.setattr(stressing, "REPLICATIONS", RUNS)


def answers_of(site, post=PLANNER):
    here = stands(site, post)
    return Answers(site.register.view(here.speaker), here.standing, site.home)


def answer(site):
    made = ask_for_answer(stands(site, PLANNER), AREA, QUESTION)
    run_worker()
    return Work.objects.get(pk=made.pk)


def keep(site, row):
    site.client(PLANNER).post(f"{row.leads_to}/keep", {"marking": "OFFICIAL"})
    return answers_of(site).find(row.found["name"])


def make_again(site, found):
    made = ask_to_make_again(stands(site, PLANNER), found)
    run_worker()
    return Work.objects.get(pk=made.pk)


def test_an_answer_is_worked_out_with_its_document_and_its_hours(asked, few, small):
    row = answer(asked)

    assert (row.state, row.done, row.of) == ("done", RUNS, RUNS), row.outcome
    told = answered(asked.home, row.found["name"], row.found["sha256"])
    assert told.digest == small.answer().digest
    paper = restored(text_beside(asked.home, told, PAPER))
    assert paper.inputs == told.digest
    assert text_beside(asked.home, told, HOURS).startswith("scenario,")
    assert row.leads_to == f"/capability/answers/{told.name}"


def test_progress_is_told_in_replications(asked, few, monkeypatch):
    said = []
    monkeypatch.setattr(
        stressing.Doing, "progress", lambda self, done, of, now="": said.append((done, of, now))
    )
    answer(asked)

    assert said[0] == (0, RUNS, "Looking at how the force answers")
    assert said[-1] == (RUNS, RUNS, f"{RUNS} of {RUNS} replications")


def test_the_same_is_asked_for_once_while_it_waits(asked):
    here = stands(asked, PLANNER)

    first, second = (ask_for_answer(here, AREA, QUESTION) for _ in range(2))

    assert first.pk == second.pk


def test_a_post_that_enters_no_evidence_asks_for_none(asked):
    with pytest.raises(AccessRefused):
        ask_for_answer(stands(asked, KEEPER), AREA, QUESTION)

    assert not Work.objects.exists()


def test_what_is_refused_leads_back_to_the_question(asked, few):
    (asked.home / FILE).unlink()

    row = answer(asked)

    assert row.state == "refused"
    assert "capability.toml" in row.outcome
    assert row.leads_to == "/capability/stress?area=west-midlands"


def test_made_again_it_is_the_same_to_the_last_bit(asked, few):
    found = keep(asked, answer(asked))
    files = sorted((asked.home / "capability").iterdir())

    row = make_again(asked, found)

    assert (row.state, row.found["same"]) == ("done", True), row.outcome
    assert "the same to the last bit" in row.outcome
    assert sorted((asked.home / "capability").iterdir()) == files
    page = asked.client(PLANNER).get(row.leads_to).content.decode()
    assert "Made again, it is the same to the last bit." in page


def test_what_came_in_since_it_was_kept_is_left_out(asked, few):
    found = keep(asked, answer(asked))
    bring_in(asked.home, AREA, weeks=1)

    assert make_again(asked, found).found["same"] is True


def test_what_came_in_between_asking_and_keeping_is_left_out(asked, few):
    row = answer(asked)
    bring_in(asked.home, AREA, weeks=1)

    assert make_again(asked, keep(asked, row)).found["same"] is True


def test_another_force_of_itself_is_not_passed_off_as_the_same(asked, few):
    found = keep(asked, answer(asked))
    (asked.home / FILE).write_text(SAYS.replace("immediate = 15", "immediate = 20"))

    row = make_again(asked, found)

    assert row.state == "refused"
    assert "ask the question anew" in row.outcome
    assert "--known-at" not in row.outcome
    assert row.leads_to.endswith(found.answer.name)


def test_an_answer_of_another_version_says_so(asked, few, monkeypatch):
    found = keep(asked, answer(asked))
    monkeypatch.setattr(stressing, "again", lambda *_, **__: SimpleNamespace(digest="f" * 64))

    row = make_again(asked, found)

    assert (row.state, row.found["same"]) == ("done", False), row.outcome
    assert "another version of Regard" in row.outcome


def test_a_post_that_may_no_longer_see_the_force_is_refused_when_its_work_begins(
    asked, few, monkeypatch
):
    monkeypatch.setattr(stressing, "top_of", lambda subject, found: "party:another")

    row = answer(asked)

    assert row.state == "refused"
    assert "area with records" in row.outcome
