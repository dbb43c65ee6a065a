"""Who may read and write what, over every route that the resolver knows: by counting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from django.db import connections
from django.http import HttpResponseBase
from django.test import Client
from django.urls import get_resolver

from regard.board.drafts import keep_draft
from regard.board.practising import open_practice_round
from regard.core.markings import Marking
from regard.records.store import Store
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
from web.access_table import NOT_LINKED, NOT_SHOWN, POSTS, READS, WRITES
from web.conftest import Site
from web.counted import made_records, with_records
from web.crawling import walk
from web.paper_setting import ASKED, CLERK, example_with_paper, issued

__all__ = ["example_with_paper", "issued"]
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


@pytest.fixture(scope="session")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_records(tmp_path_factory.mktemp("records"))


@pytest.fixture
def visited(issued: Site, records: Path) -> Visited:
    open_practice_round(issued.register)
    another_force(issued)
    if not ADDRESSES:
        ADDRESSES.append(addresses(issued))
    keep_draft(issued.register, ASKED, by=CLERK)
    return Visited(with_records(issued, records), *ADDRESSES[0])


# An address to read and one to send to, of every route: the same on every copy of the example.
ADDRESSES: list[tuple[dict[str, str], dict[str, str]]] = []


def addresses(site: Site) -> tuple[dict[str, str], dict[str, str]]:
    """An address of each route: one that a link or a form leads some post to, else a named one."""
    reads: dict[str, str] = {}
    sends: dict[str, str] = {}
    for post in POSTS.values():
        walked = walk(site.client(post))
        for name, found in walked.pages.items():
            reads.setdefault(name, found[0])
        for name, found in walked.forms.items():
            sends.setdefault(name, found[0])
    return {**NOT_LINKED, **reads}, {**NOT_SHOWN, **sends}


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
    """What a refused write must leave as it is: journal, accounts, work, records, drafts."""
    head = site.register.head()
    with connections["default"].cursor() as cursor:
        counts = []
        for table in ("account", "work"):
            cursor.execute(f"SELECT COUNT(*) FROM {table}")  # noqa: S608 - names of this module
            counts.append(cursor.fetchone())
        cursor.execute("SELECT username, holder, is_active, password FROM account ORDER BY id")
        accounts = cursor.fetchall()
    imports = [(one.number, one.withdrawn_at) for one in Store(site.home).ledger.history()]
    kept = sorted(one.name for one in site.home.rglob("*") if "sqlite3" not in one.name)
    return head.size, head.root, *counts, accounts, imports, kept


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


def test_every_route_has_an_address_at_which_it_is_asked(visited, record_property):
    record_property("routes", len(READS) + len(WRITES))
    record_property(
        "unasked", len((set(READS) - set(visited.reads)) | (set(WRITES) - set(visited.sends)))
    )

    assert set(READS) <= set(visited.reads)
    assert set(WRITES) <= set(visited.sends)


def test_reading_is_for_whom_the_table_says(visited, record_property):
    wrong, cells = [], 0
    for name in sorted(READS):
        for letter, post in POSTS.items():
            answer = visited.site.client(post).get(visited.reads[name])
            cells += 1
            if answer.status_code >= 500 or was_refused(answer) == (letter in READS[name]):
                wrong.append((name, post or "nobody", answer.status_code))
    record_property("cells", cells)
    record_property("wrong", len(wrong))

    assert not wrong, wrong
    assert cells == len(READS) * len(POSTS)


def test_a_refused_write_leaves_nothing_and_is_told(visited, record_property):
    wrong, left, cells = [], [], 0
    before = stands(visited.site)
    for name in sorted(WRITES):
        for letter, post in POSTS.items():
            if letter in WRITES[name]:
                continue
            answer = visited.site.client(post).post(visited.sends[name], {})
            after = stands(visited.site)
            cells += 1
            if not was_refused(answer):
                wrong.append((name, post or "nobody", answer.status_code))
            if after != before:
                left.append((name, post or "nobody"))
            before = after
    record_property("cells", cells)
    record_property("wrong", len(wrong))
    record_property("left", len(left))

    assert not wrong, wrong
    assert not left, left
    assert cells > 100


def test_an_empty_form_is_refused_in_words_and_enters_nothing(visited, record_property):
    wrong, cells = [], 0
    for name in sorted(set(WRITES) - ENTERS_WITHOUT_WORDS):
        for letter in WRITES[name]:
            post, client = POSTS[letter], Client()
            if post:
                client.force_login(visited.site.account(post))
            before = stands(visited.site)[:2]
            answer = client.post(visited.sends[name], {})
            cells += 1
            if (
                answer.status_code >= 500
                or (post and was_refused(answer))
                or stands(visited.site)[:2] != before
            ):
                wrong.append((name, post or "nobody", answer.status_code))
    record_property("cells", cells)
    record_property("wrong", len(wrong))

    assert not wrong, wrong


def test_no_other_method_is_taken_and_a_head_is_refused_as_its_page_is(visited, record_property):
    wrong, cells = [], 0
    for route in ROUTES:
        address = visited.reads.get(route.name) or visited.sends[route.name]
        for letter, post in POSTS.items():
            client = visited.site.client(post)
            answers = {one: client.generic(one, address) for one in ("PUT", "PATCH", "DELETE")}
            if not route.get:
                answers["GET"] = client.get(address)
            elif letter not in READS[route.name]:
                answers["HEAD"] = client.head(address)
            for method, answer in answers.items():
                cells += 1
                refused = was_refused(answer) if method == "HEAD" else answer.status_code == 405
                if not refused:
                    wrong.append((route.name, post or "nobody", method, answer.status_code))
    record_property("cells", cells)
    record_property("wrong", len(wrong))

    assert not wrong, wrong


# Forms that are whole without a word being typed: a button says it all.
ENTERS_WITHOUT_WORDS = {"sign-out", "as-at", "language", "administration.end"}


def test_another_force_reads_nothing_of_this_one(visited, record_property):
    other = visited.site.client(OTHER)
    told = []
    for name, address in sorted(visited.reads.items()):
        words = other.get(address).content.decode(errors="replace")
        if OURS in words or CLOSELY_HELD in words:
            told.append((name, address))
    record_property("cells", len(visited.reads))
    record_property("wrong", len(told))

    assert not told, told
    assert any(
        OURS in visited.site.client("spr-lead").get(address).content.decode(errors="replace")
        for address in visited.reads.values()
    )


@pytest.mark.parametrize("post", ["performance-analysis", "west-midlands-keeper"])
def test_what_is_closely_held_is_shown_to_nobody_without_the_need(visited, post, record_property):
    client = visited.site.client(post)
    told = [
        (name, address)
        for name, address in sorted(visited.reads.items())
        if CLOSELY_HELD in client.get(address).content.decode(errors="replace")
    ]
    record_property("cells", len(visited.reads))
    record_property("wrong", len(told))

    assert not told, told


def test_a_post_that_was_taken_away_is_gone_at_the_next_request(visited):
    lead = visited.site.client("acc-security")
    assert lead.get("/account").status_code == 200
    holder = visited.site.register.view(KEEPER).one(LEAD.holder)
    ended = holder.value.model_copy(update={"appointments": ()})

    visited.site.register.enter(ended, subject=LEAD.holder, by=KEEPER)

    assert lead.get("/requirements").headers["Location"].startswith("/speak")


def test_fault_who_is_held_to_have_every_role_turns_a_quarter_of_the_refusals(
    visited, monkeypatch, record_property
):
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

    record_property("cells", len(refusals))
    record_property("red", red)

    assert red / len(refusals) >= 0.25, (red, len(refusals))
