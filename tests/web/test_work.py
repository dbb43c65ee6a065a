"""The pages of long work: a list, and one that can be left and come back to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from regard.core.markings import Marking
from regard.web.background import working
from regard.web.background.bringing import WORK
from regard.web.background.working import Ended, ask
from regard.web.models import Work
from regard.web.pages.work import took
from web.doing import queries, run_worker, stands

LEAD, KEEPER, OTHER = "acc-security", "west-midlands-keeper", "acc-crime"
WORDS = "<script>alert(1)</script> counted"


@pytest.fixture
def counting(monkeypatch):
    working.kind_named(WORK)  # the pages register theirs before, and keep them
    monkeypatch.setattr(working, "_KINDS", dict(working._KINDS))
    working.work("count-pages")(lambda doing: Ended(WORDS, "/there"))


@pytest.fixture
def asked(site, counting):
    return ask(stands(site, LEAD), "count-pages", "Count the pages")


def read(site, address: str, post: str = LEAD):
    return site.client(post).get(address)


def test_the_list_says_that_nothing_ran(site):
    assert "Nothing has been asked for yet" in read(site, "/background").content.decode()


def test_the_list_names_what_ran_for_whom_and_how_it_ended(site, asked):
    run_worker()

    told = read(site, "/background").content.decode()

    assert "Count the pages" in told
    assert "ACC Security" in told
    assert "less than a second" in told
    assert "Done" in told


def test_work_of_another_post_is_not_found_and_a_keeper_finds_it(site, asked):
    assert read(site, f"/background/{asked.pk}", OTHER).status_code == 404
    assert "Count the pages" not in read(site, "/background", OTHER).content.decode()
    assert "Count the pages" in read(site, "/background", KEEPER).content.decode()
    assert read(site, f"/background/{asked.pk}", KEEPER).status_code == 200


def test_a_keeper_that_may_not_read_a_marking_sees_that_work_ran_and_no_word_of_it(site, counting):
    marking = Marking.parse("OFFICIAL-SENSITIVE: armed")
    made = ask(stands(site, LEAD), "count-pages", "Count the secret pages", marking=marking)
    run_worker()

    told = read(site, f"/background/{made.pk}", KEEPER).content.decode()

    assert "Work marked OFFICIAL-SENSITIVE" in told
    assert "secret pages" not in told + read(site, "/background", KEEPER).content.decode()
    assert "counted" not in told
    assert "Count the secret pages" in read(site, f"/background/{made.pk}").content.decode()


def test_a_page_of_work_that_runs_looks_again_by_itself_and_by_a_link(site, asked):
    Work.objects.update(
        state="running", began_at=timezone.now(), beat_at=timezone.now(), done=21, of=84,
        now="a.csv: 5,021 rows",
    )  # fmt: skip

    told = read(site, f"/background/{asked.pk}").content.decode()
    part = read(site, f"/background/{asked.pk}/state")

    for one in (told, part.content.decode()):
        assert '<progress id="how-far" max="100" value="25">' in one
        assert "25 per cent done" in one
        assert "a.csv: 5,021 rows" in one
        assert 'hx-trigger="every 2s"' in one
        assert "Load again" in one
    assert "htmx" in told
    assert not part.has_header("HX-Refresh")


def test_once_it_ended_the_page_says_how_and_looks_no_more(site, asked):
    run_worker()

    told = read(site, f"/background/{asked.pk}").content.decode()
    part = read(site, f"/background/{asked.pk}/state")

    assert "&lt;script&gt;alert(1)&lt;/script&gt; counted" in told
    assert '<a class="govuk-link govuk-!-font-weight-bold" href="/there">' in told
    assert "hx-trigger" not in told
    assert part.headers["HX-Refresh"] == "true"


def test_work_that_nobody_takes_up_says_what_is_to_be_done(site, asked):
    Work.objects.update(asked_at=timezone.now() - timedelta(minutes=3))

    assert "python -m regard.web worker" in read(site, f"/background/{asked.pk}").content.decode()


def test_work_whose_worker_died_is_asked_again_from_its_page(site, asked):
    long_ago = timezone.now() - timedelta(minutes=3)
    Work.objects.update(state="running", began_at=long_ago, beat_at=long_ago)
    told = read(site, f"/background/{asked.pk}").content.decode()
    assert "The worker ended before the work did" in told
    assert "Ask again" in told

    led = site.client(LEAD).post(f"/background/{asked.pk}/again")
    run_worker()

    assert Work.objects.get(pk=int(led.url.rpartition("/")[2])).state == "done"
    told = read(site, f"/background/{asked.pk}").content.decode()
    assert "It was asked again" in told
    assert site.client(LEAD).post(f"/background/{asked.pk}/again").status_code == 409


def test_only_who_asked_asks_again(site, asked):
    long_ago = timezone.now() - timedelta(minutes=3)
    Work.objects.update(state="running", began_at=long_ago, beat_at=long_ago)
    read(site, "/background")

    assert site.client(KEEPER).post(f"/background/{asked.pk}/again").status_code == 403
    assert Work.objects.count() == 1


def test_the_list_is_paged_and_asks_as_much_of_many_as_of_few(site, asked):
    few, _ = queries(site, LEAD, "/background")
    row = Work.objects.get(pk=asked.pk)
    Work.objects.bulk_create(
        [Work(what=row.what, said="x", post=row.post, holder=row.holder) for _ in range(200)]
    )

    many, told = queries(site, LEAD, "/background")

    assert few == many <= 12
    assert "Work 1 to 50 of 201" in told
    assert 'href="?page=2"' in told


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "less than a second"),
        (1, "1 second"),
        (125, "2 minutes 5 seconds"),
        (3600, "1 hour"),
        (7322, "2 hours 2 minutes"),
    ],
)
def test_how_long_it_took_is_said_in_words(seconds, said):
    now = timezone.now()

    assert took(now - timedelta(seconds=seconds), now) == said
