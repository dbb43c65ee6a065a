"""Who may read and write what, over every route that the resolver knows: by counting."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from django.db import connections
from django.http import HttpResponseBase
from django.urls import get_resolver

from regard.board.practising import open_practice_round
from regard.core.markings import Marking
from regard.register.access import standing_of
from regard.register.entries import Speaker
from regard.register.kinds import Party
from regard.register.kinds.frame import Appointment
from regard.register.kinds.reading import made
from regard.register.kinds.values import Window
from regard.register.roles import ROLES
from regard.web.here import forget_register
from regard.web.models import Account
from regard.web.site import ROUTES
from register.forces import concern
from web.access_table import POSTS, READS, WRITES
from web.conftest import Site
from web.crawling import walk

pytestmark = [pytest.mark.slow, pytest.mark.web, pytest.mark.timeout(900)]

KEEPER = Speaker("party:west-midlands-holder-1", "party:west-midlands-keeper")
LEAD = Speaker("party:west-midlands-holder-4", "party:acc-security")
OTHER = "avon-spr-lead"  # a post of another force, with the role of this one's SPR lead
OURS, CLOSELY_HELD = "Kestrel", "Merlin"  # words that this force alone says, one of them marked
SENSITIVE = Marking.parse("OFFICIAL-SENSITIVE")


@dataclass
class Visited:
    """A site with another force beside the example's, and an address of each route.

    Attributes:
        site: The site.
        reads: An address to read, by route.
        sends: An address to send a form to, by route.
    """

    site: Site
    reads: dict[str, str]
    sends: dict[str, str]


@pytest.fixture
def visited(site: Site) -> Visited:
    open_practice_round(site.register)
    another_force(site)
    if not ADDRESSES:
        ADDRESSES.append(addresses(site))
    return Visited(site, *ADDRESSES[0])


# An address to read and one to send to, by route: the same on every copy of the example.
ADDRESSES: list[tuple[dict[str, str], dict[str, str]]] = []


def addresses(site: Site) -> tuple[dict[str, str], dict[str, str]]:
    """An address of each route that a link or a form leads some post to."""
    reads: dict[str, str] = {}
    sends: dict[str, str] = {}
    for post in POSTS.values():
        walked = walk(site.client(post))
        for name, found in walked.pages.items():
            reads.setdefault(name, found[0])
        for name, found in walked.forms.items():
            sends.setdefault(name, found[0])
    return reads, sends


def another_force(site: Site) -> None:
    """Enter a force beside the example's, and words that only the example's may read."""
    with site.register.acting(KEEPER) as act:
        act.enter(made(Party, form="body", name="Avon"), subject="party:avon")
        post = made(Party, form="post", name="Avon lead", parent="party:avon", roles=("spr-lead",))
        act.enter(post, subject=f"party:{OTHER}")
        held = Appointment(post=f"party:{OTHER}", window=Window())
        holder = made(
            Party, form="person", name="account 1", parent="party:avon", appointments=(held,)
        )
        act.enter(holder, subject="party:avon-holder-1")
    Account.objects.make(OTHER, "party:avon-holder-1")
    for word, marking in ((OURS, Marking.parse("OFFICIAL")), (CLOSELY_HELD, SENSITIVE)):
        value = concern("west-midlands", text=f"{word} is short of drivers", owner=LEAD.post)
        site.register.enter(
            value, subject=f"concern:west-midlands/{word.lower()}", by=LEAD, marking=marking
        )


def stands(site: Site) -> tuple[object, ...]:
    """What a refused write must leave as it is: the journal, the accounts, the work."""
    head = site.register.head()
    with connections["default"].cursor() as cursor:
        counts = []
        for table in ("account", "work"):
            cursor.execute(f"SELECT COUNT(*) FROM {table}")  # noqa: S608 - names of this module
            counts.append(cursor.fetchone())
        cursor.execute("SELECT username, holder, is_active, password FROM account ORDER BY id")
        return head.size, head.root, *counts, cursor.fetchall()


def was_refused(answer: HttpResponseBase) -> bool:
    """Whether the guard turned it away: by the sign-in page, or as not for this post."""
    to_sign_in = answer.status_code == 302 and "/sign-in?" in answer.headers["Location"]
    return answer.status_code in (401, 403) or to_sign_in


def test_every_address_of_the_resolver_is_a_route_of_the_table():
    known = {one.name for one in get_resolver().url_patterns if hasattr(one, "name")}
    routes = {one.name for one in ROUTES}

    assert known >= routes
    assert {one.name for one in ROUTES if one.get} == set(READS)
    assert {one.name for one in ROUTES if one.post} == set(WRITES)


def test_reading_is_for_whom_the_table_says(visited):
    wrong, cells = [], 0
    for name, address in sorted(visited.reads.items()):
        if name not in READS:
            continue
        for letter, post in POSTS.items():
            answer = visited.site.client(post).get(address)
            cells += 1
            if answer.status_code >= 500 or was_refused(answer) == (letter in READS[name]):
                wrong.append((name, post or "nobody", answer.status_code))

    assert not wrong, wrong
    assert cells > 300


def test_a_refused_write_leaves_nothing_and_is_told(visited):
    wrong, cells = [], 0
    for name, address in sorted(visited.sends.items()):
        for letter, post in POSTS.items():
            if name not in WRITES or letter in WRITES[name]:
                continue
            before = stands(visited.site)
            answer = visited.site.client(post).post(address, {})
            cells += 1
            if not was_refused(answer) or stands(visited.site) != before:
                wrong.append((name, post or "nobody", answer.status_code))

    assert not wrong, wrong
    assert cells > 100


def test_an_empty_form_is_refused_in_words_and_enters_nothing(visited):
    wrong = []
    for name, address in sorted(visited.sends.items()):
        for letter in WRITES.get(name, ""):
            post = POSTS[letter]
            if name in ENTERS_WITHOUT_WORDS:
                continue
            before = stands(visited.site)[:2]
            answer = visited.site.client(post).post(address, {})
            if answer.status_code >= 500 or stands(visited.site)[:2] != before:
                wrong.append((name, post, answer.status_code))

    assert not wrong, wrong


# Forms that are whole without a word being typed: a button says it all.
ENTERS_WITHOUT_WORDS = {"sign-out", "as-at", "language", "administration.end"}


def test_another_force_reads_nothing_of_this_one(visited):
    other = visited.site.client(OTHER)
    told = []
    for name, address in sorted(visited.reads.items()):
        words = other.get(address).content.decode(errors="replace")
        if OURS in words or CLOSELY_HELD in words:
            told.append((name, address))

    assert not told, told
    assert any(
        OURS in visited.site.client("spr-lead").get(address).content.decode(errors="replace")
        for address in visited.reads.values()
    )


@pytest.mark.parametrize("post", ["performance-analysis", "governance-officer"])
def test_what_is_closely_held_is_shown_to_nobody_without_the_need(visited, post):
    client = visited.site.client(post)
    told = [
        (name, address)
        for name, address in sorted(visited.reads.items())
        if CLOSELY_HELD in client.get(address).content.decode(errors="replace")
    ]

    assert not told, told


def test_a_post_that_was_taken_away_is_gone_at_the_next_request(visited):
    lead = visited.site.client("acc-security")
    assert lead.get("/account").status_code == 200
    holder = visited.site.register.view(KEEPER).one(LEAD.holder)
    ended = holder.value.model_copy(update={"appointments": ()})

    visited.site.register.enter(ended, subject=LEAD.holder, by=KEEPER)

    assert lead.get("/requirements").headers["Location"].startswith("/speak")


def test_fault_who_is_held_to_have_every_role_turns_a_quarter_of_the_refusals(visited, monkeypatch):
    everything = tuple(ROLES.values())
    monkeypatch.setattr(
        "regard.register.posting.standing_of",
        lambda *asked: replace(standing_of(*asked), roles=everything),
    )
    refusals = [
        (visited.reads[name] if get else visited.sends[name], post, get)
        for table, addresses, get in ((READS, visited.reads, True), (WRITES, visited.sends, False))
        for name, who in table.items()
        for letter, post in POSTS.items()
        if post and letter not in who and name in addresses
    ]

    red = 0
    for address, post, get in refusals:
        client = visited.site.client(post)
        forget_register()
        answer = client.get(address) if get else client.post(address, {})
        red += not was_refused(answer)

    assert red / len(refusals) >= 0.25, (red, len(refusals))
