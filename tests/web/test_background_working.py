"""Long work in the background: asked for, done once, for the post that asked, and told truly."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from records.street import BURGLARY, NAME, text
from regard.core.errors import AccessRefused, FileUnreadable, NotKnown
from regard.register.kinds.values import Line
from regard.register.posting import end_appointment
from regard.web.background import working
from regard.web.background.bringing import WORK
from regard.web.background.working import Doing, Ended, ask, ask_again, give_up_lost, seen_by
from regard.web.models import Work
from regard.web.needs import holds, speaks_at
from web.conftest import Site
from web.doing import run_worker, stands

LEAD = "acc-security"
KEEPER = "west-midlands-keeper"


@pytest.fixture
def works(monkeypatch):
    """A registry of the test's own, with one work that does what it is asked."""
    working.kind_named(WORK)  # the pages register theirs before, and keep them
    monkeypatch.setattr(working, "_KINDS", {})
    ran = []

    @working.work("count", after=lambda asked: ran.append("after"))
    def count(doing: Doing) -> Ended:
        ran.append(doing.speaker.post)
        for one in range(doing.asked.get("to", 3)):
            doing.progress(one, 3, f"counting {one}")
        if "refuse" in doing.asked:
            raise FileUnreadable("a.csv is empty", expected="a row", next_step="send another")
        if "fail" in doing.asked:
            raise ZeroDivisionError("the secret of acc-security")
        if "leave" in doing.asked:
            raise SystemExit(1)
        return Ended("counted to three", "/there", {"three": 3})

    return ran


def test_work_waits_until_a_worker_does_it(site: Site, works):
    made = ask(stands(site, LEAD), "count", "Count to three")
    assert (Work.objects.get(pk=made.pk).state, works) == ("waiting", [])

    run_worker()

    row = Work.objects.get(pk=made.pk)
    assert (row.state, row.outcome, row.leads_to) == ("done", "counted to three", "/there")
    assert (row.post, row.body, row.found) == (
        f"party:{LEAD}", "party:west-midlands", {"three": 3},
    )  # fmt: skip
    assert (row.done, row.of, row.now) == (3, 3, "")
    assert row.began_at <= row.ended_at
    assert works == [f"party:{LEAD}", "after"]


def test_a_refusal_is_told_by_its_sentence(site, works):
    made = ask(stands(site, LEAD), "count", "Count", refuse=True)

    run_worker()

    row = Work.objects.get(pk=made.pk)
    assert row.state == "refused"
    assert row.outcome == "a.csv is empty\nExpected: a row\nNext: send another"


def test_a_fault_goes_to_the_log_and_never_to_a_page(site, works, caplog):
    made = ask(stands(site, LEAD), "count", "Count", fail=True)

    with caplog.at_level(logging.ERROR, "regard.web.background.working"):
        run_worker()

    row = Work.objects.get(pk=made.pk)
    assert row.state == "failed"
    assert "secret" not in row.outcome
    assert str(made.pk) in row.outcome
    assert "ZeroDivisionError: the secret" in caplog.text
    assert works[-1] == "after"


def test_a_post_that_was_taken_away_meanwhile_is_refused_when_the_work_begins(site, works):
    made = ask(stands(site, LEAD), "count", "Count")
    keeper = stands(site, KEEPER).speaker
    holder = stands(site, LEAD).speaker.holder
    end_appointment(site.register, f"party:{LEAD}", holder, by=keeper)

    run_worker()

    row = Work.objects.get(pk=made.pk)
    assert row.state == "refused"
    assert "does not hold" in row.outcome
    assert f"party:{LEAD}" not in works


def test_what_a_work_needs_is_asked_when_it_is_asked_for(site, works):
    working.work("challenge", needs=speaks_at(Line.OVERSEEING))(lambda doing: Ended("done"))

    with pytest.raises(AccessRefused, match="may not ask for challenge"):
        ask(stands(site, LEAD), "challenge", "Challenge")
    with pytest.raises(NotKnown):
        ask(stands(site, LEAD), "nothing", "Nothing")

    assert not Work.objects.exists()


def test_progress_is_written_at_most_twice_a_second(site, works, monkeypatch):
    written = []
    monkeypatch.setattr(
        working, "_written", lambda number, **fields: written.append(fields.get("done"))
    )
    doing = Doing(Work(pk=1), stands(site, LEAD).standing)

    for one in range(10_000):
        doing.progress(one, 10_000)

    assert written[0] == 0
    assert len(written) <= 3


def test_work_whose_worker_died_is_given_up_and_can_be_asked_again_once(site, works):
    here = stands(site, LEAD)
    made = ask(here, "count", "Count", to=2)
    long_ago = timezone.now() - timedelta(minutes=2)
    Work.objects.update(state="running", began_at=long_ago, beat_at=long_ago)

    assert give_up_lost() == 1
    lost = Work.objects.get(pk=made.pk)
    assert (lost.state, "ended before" in lost.outcome) == ("failed", True)
    again = ask_again(here, lost)
    run_worker()

    assert Work.objects.get(pk=again.pk).state == "done"
    assert not working.can_be_asked_again(Work.objects.get(pk=made.pk))


def test_work_that_gives_signs_of_life_is_left_to_its_worker(site, works):
    ask(stands(site, LEAD), "count", "Count")
    Work.objects.update(state="running", began_at=timezone.now(), beat_at=timezone.now())

    assert give_up_lost() == 0


def test_a_worker_that_is_ended_says_so_at_once(site, works):
    made = ask(stands(site, LEAD), "count", "Count", leave=True)

    run_worker()

    row = Work.objects.get(pk=made.pk)
    assert row.state == "failed"
    assert working.can_be_asked_again(row)
    assert "after" not in works


def test_work_is_done_once_even_if_it_is_queued_twice(site, works):
    made = ask(stands(site, LEAD), "count", "Count")
    working.do.enqueue(made.pk)

    run_worker()

    assert works == [f"party:{LEAD}", "after"]


def test_the_queue_forgets_tasks_that_ended_days_ago_and_the_list_keeps_their_works(site, works):
    made = ask(stands(site, LEAD), "count", "Count")
    run_worker()
    waits = DBTaskResult.objects.create(task_path="x", args_kwargs={}, backend_name="default")
    week = timedelta(days=working.QUEUE_KEPT_DAYS)
    ended = DBTaskResult.objects.exclude(pk=waits.pk)

    ended.update(finished_at=timezone.now() - week + timedelta(minutes=5))
    working.prune()
    assert DBTaskResult.objects.count() == 2
    ended.update(finished_at=timezone.now() - week)
    ask(stands(site, LEAD), "count", "Count again")
    waits.delete()
    run_worker()

    assert DBTaskResult.objects.count() == 1
    assert Work.objects.filter(pk=made.pk, state="done").exists()


def test_a_worker_gives_signs_of_life(site, works, monkeypatch):
    monkeypatch.setattr(working, "BEAT", 0.01)
    long_ago = timezone.now() - timedelta(minutes=2)
    made = ask(stands(site, LEAD), "count", "Count")
    Work.objects.update(state="running", beat_at=long_ago)

    with working._beating(made.pk):
        until = timezone.now() + timedelta(seconds=5)
        while Work.objects.get(pk=made.pk).beat_at == long_ago and timezone.now() < until:
            pass

    assert Work.objects.get(pk=made.pk).beat_at > long_ago


def test_a_post_sees_its_own_work_and_a_keeper_that_of_the_body(site, works):
    mine = ask(stands(site, LEAD), "count", "Count")
    other = ask(stands(site, "acc-crime"), "count", "Count")

    assert list(seen_by(stands(site, LEAD).standing)) == [mine]
    assert list(seen_by(stands(site, KEEPER).standing)) == [other, mine]


def test_two_functions_cannot_do_the_same_work(works):
    with pytest.raises(ValueError, match="count is done by"):
        working.work("count", needs=holds("reader"))(lambda doing: Ended("else"))


@pytest.mark.slow
@pytest.mark.postgres
def test_records_are_brought_in_by_a_worker_of_its_own_on_postgresql(own_postgres, tmp_path):
    env = os.environ | {"REGARD_HOME": str(tmp_path), "DATABASE_URL": own_postgres.url}
    (tmp_path / NAME).write_text(text(BURGLARY), encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-c", ON_A_SERVER, str(tmp_path / NAME)],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "done: 1 file was brought in: 1 rows read, 1 stored, 0 set aside.",
        "failed: The worker ended before the work did. Nothing is half kept.",
    ]


ON_A_SERVER = """
import os, subprocess, sys
from datetime import timedelta
from pathlib import Path

import django
from regard.web.settings import configure

home, file = Path(os.environ["REGARD_HOME"]), Path(sys.argv[1])
configure(home)
django.setup()

from django.utils import timezone
from regard.records.confining import Given
from regard.register.register import Register
from regard.web.background import bringing
from regard.web.background import uploads
from regard.web.background import working
from regard.web.models import Work
from regard.web.serving import ready, worker_words

ready()
_, keeper = Register.found(home, body="avon", name="Avon")
kept = uploads.kept([Given(file, file.name)])
asked = bringing.asked_with(kept, reader="", mapped=False, set_aside=False, label="")
row = Work(what=bringing.WORK, said="x", asked=asked, post=keeper.post, holder=keeper.holder)
made = working._enqueued(row)
subprocess.run([*worker_words(), "--batch", "--no-startup-delay"], check=True)
long_ago = timezone.now() - timedelta(minutes=2)
lost = Work.objects.create(what="x", said="x", post="p", holder="h", state="running",
                           beat_at=long_ago)
working.give_up_lost()
for one in (made, lost):
    found = Work.objects.get(pk=one.pk)
    print(f"{found.state}: {found.outcome}")
"""
