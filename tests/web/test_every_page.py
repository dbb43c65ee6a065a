"""Every page of the site, walked by every post: it answers, it is escaped, it asks little."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connections

from regard.board.practising import open_practice_round
from regard.web.pages import concerns
from regard.web.site import ROUTES
from web.asked import POSTS, Opened, Place, asked_of, differing, opened, places
from web.conftest import Kept, Site, standing
from web.crawling import route_of, walk
from web.many_rows import fill

MOST_QUERIES = 12  # a page, of the register and of the accounts together (reliability L6)


@pytest.fixture
def practised(site: Site) -> Site:
    open_practice_round(site.register)
    return site


@pytest.mark.parametrize("post", POSTS)
def test_every_link_leads_to_a_page(practised, post):
    walked = walk(practised.client(post))

    assert [one for one in walked.wrong if not one[0].startswith("/api/")] == []


@pytest.mark.timeout(600)  # a walk for each post
def test_every_page_that_is_read_is_reached_by_somebody(practised):
    reached = {name for post in POSTS for name in walk(practised.client(post)).pages}

    unreached = {one.name for one in ROUTES if one.get} - reached

    assert unreached <= set(REACHED_OTHERWISE), sorted(unreached)


# Pages to which no link of the example leads, and from where they are reached.
REACHED_OTHERWISE: dict[str, str] = {
    "sign-in": "by who is not signed in",
    "sign-in.code": "by who has one-time codes",
    "sign-in.by-provider": "where OpenID Connect is set up",
    "sign-in.returned": "from the provider",
    "speak": "by who holds several posts",
    "account.password": "by who signs in with a password",
    "account.codes-set-up": "by who signs in with a password",
    "api.figures": "by a program, of an issued paper",
    "api.paper": "by a program",
    "api.unknown": "by a program that errs",
    **dict.fromkeys(
        (
            "capability.muster.chart",
            "capability.muster.hours",
            "capability.training",
            "capability.training.chart",
            "capability.training.months",
            "capability.workforce.chart",
            "capability.workforce.months",
            "capability.workforce.unit",
        ),
        "where records were brought in: test_workforce, test_muster",
    ),
    **dict.fromkeys(
        (
            "capability.answer",
            "capability.answer-chart",
            "capability.answer-file",
            "capability.answer-hours",
            "capability.answer-levels",
            "capability.answers-compare",
            "capability.stress-preview",
        ),
        "where incidents were brought in and a stress test was asked: test_stress, test_answers",
    ),
    "measures.chart": "where records were brought in",
    "measures.months": "where records were brought in",
    "measures.steps": "where records were brought in",
    "records.bring-in": "from the records, by who brings them in",
    "records.brought-in": "from work in the background",
    "records.one": "where records were brought in",
    "records.set-aside": "where records were brought in",
    "records.withdraw": "where records were brought in",
    "requirements.judge": "where what is sent to it was refused",
    "requirements.challenge": "where what is sent to it was refused",
    "requirements.inspect": "where what is sent to it was refused",
    "requirements.assure": "where what is sent to it was refused",
    "requirements.round.carry": "where what is sent to it was refused",
    "work.one": "where work was asked for",
    "work.state": "by the page of a work, every two seconds",
    **dict.fromkeys(
        (
            "papers.chart",
            "papers.draft-chart",
            "papers.draft-file",
            "papers.file",
            "papers.performance",
            "papers.preview",
            "papers.publish",
            "papers.withhold",
            "public.chart",
            "public.file",
            "trace.figure",
        ),
        "where a paper was drafted or issued: test_papers",
    ),
}


@pytest.mark.slow
@pytest.mark.web
@pytest.mark.timeout(900)
def test_no_page_asks_the_database_more_than_a_dozen_questions(practised):
    asked: dict[str, int] = defaultdict(int)
    for post in POSTS:
        client = practised.client(post)
        for name, addresses in walk(client).pages.items():
            for address in addresses:
                with (
                    asked_of(connections["default"]) as accounts,
                    asked_of(practised.register.connection) as register,
                ):
                    client.get(address)
                asked[name] = max(asked[name], len(accounts) + len(register))

    above = {name: count for name, count in asked.items() if count > MOST_QUERIES}

    assert not above, dict(sorted(above.items(), key=lambda one: -one[1]))


FEW, MANY = 10, 300  # rows of every register; `python -m bench.web_queries` goes to 10,000

OnBoth = Callable[[Iterable[Place]], tuple[dict[Place, Opened], dict[Place, Opened]]]


@pytest.fixture
def on_both(example: Kept, tmp_path: Path) -> OnBoth:
    """Opens pages on a site with few rows and on one with many; of no place, every page."""

    def asked(wanted: Iterable[Place]) -> tuple[dict[Place, Opened], dict[Place, Opened]]:
        with _filled(example, tmp_path / "few", FEW) as site:
            few = opened(site, wanted or places(site))
        with _filled(example, tmp_path / "many", MANY) as site:
            return few, opened(site, few, few=few)

    return asked


@contextmanager
def _filled(example: Kept, home: Path, rows: int) -> Iterator[Site]:
    with example.copied(home) as held, standing(held) as site:
        open_practice_round(site.register)
        fill(site.register, site.home, rows)
        yield site


@pytest.mark.slow
@pytest.mark.web
@pytest.mark.timeout(900)
def test_a_page_asks_as_much_of_many_rows_as_of_few(on_both):
    few, many = on_both([])

    assert not differing(few, many)
    assert {place: one.status for place, one in many.items() if one.status not in (200, 302)} == {}
    above = {place: one.asked for place, one in many.items() if one.asked > MOST_QUERIES}
    assert not above
    assert len({one.route for one in few}) > 100


@pytest.mark.slow
@pytest.mark.web
@pytest.mark.timeout(900)
def test_fault_a_page_that_asks_once_a_row_is_found(on_both, monkeypatch):
    monkeypatch.setattr(concerns, "holdings", lambda here: here.view)  # nothing read at once
    place = Place("registers.concerns", "/registers/concerns", "spr-lead")

    few, many = on_both([place])

    assert many[place].register - few[place].register >= (MANY - FEW) * 2 // 3
    assert differing(few, many)


def test_every_address_belongs_to_one_route():
    names = [one.name for one in ROUTES]

    assert len(names) == len(set(names))
    assert route_of("/sign-in") == "sign-in"
