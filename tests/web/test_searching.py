"""Search: what a post may see is found, what it may not see leaves no trace, and not too often."""

from __future__ import annotations

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from regard.assurance.vulnerabilities import Raised, raise_concern
from regard.core.markings import Marking
from regard.register import searching as finding
from regard.web.models import Guessing
from regard.web.pages.searching import AT_MOST, PACE
from web.conftest import Site
from web.test_home import FORCE, look_at, speaker, words


def raised(site: Site, code: str, text: str, marking: str = "OFFICIAL"):
    by = speaker(site, "acc-security")
    told = Raised(code, text, FORCE, by.post, marking=Marking.parse(marking))
    return raise_concern(site.register, told, by=by)


def ask(site: Site, post: str, asked: str, **more):
    return site.client(post).get("/search", {"q": asked, **more})


def test_the_box_stands_alone_before_anything_is_asked(site):
    page = site.client("acc-security").get("/search")

    assert page.status_code == 200
    assert "Search for words" in words(page)
    assert "What was found" not in words(page)


def test_entries_are_grouped_by_kind_with_their_marking(site):
    told = words(ask(site, "acc-security", "Protest REMOVAL"))

    assert "Vulnerabilities, risks and lessons" in told
    assert "Judgements" in told
    assert "concern:west-midlands/protest-removal · OFFICIAL" in told


def test_an_entry_is_found_by_its_number(site):
    page = ask(site, "acc-security", "entry 131")

    assert "Exactly this" in words(page)
    assert 'href="/trace/131"' in page.content.decode()


def test_measures_and_help_are_found_too(site):
    assert "Theft from shops or stalls" in words(ask(site, "acc-security", "shop theft"))
    assert "Privacy and cookies" in words(ask(site, "acc-security", "cookie"))


def test_what_may_not_be_seen_reads_as_if_it_were_not_there(site):
    entry = raised(site, "lances", "Weak lances", "OFFICIAL-SENSITIVE")

    assert "Weak lances" in words(ask(site, "acc-security", "lances"))
    for asked in ("lances", f"entry {entry.seq}", entry.subject):
        told = words(ask(site, "performance-analysis", asked))
        assert "Nothing was found that your post may see" in told
        assert "Weak" not in told
        assert "Look further back" not in told


def test_more_than_a_page_goes_on_where_it_ended(site):
    for number in range(53):
        raised(site, f"pikes-{number}", f"Blunt pikes {number}")

    first = ask(site, "acc-security", "pikes")
    assert first.content.decode().count("Blunt <mark>pikes</mark>") == 50
    assert "Look further back" in words(first)

    seq = min(site.register.head().size, site.register.head().size - 49)
    second = ask(site, "acc-security", "pikes", before=seq)
    assert second.content.decode().count("Blunt <mark>pikes</mark>") == 3
    assert "Back to the latest" in words(second)


def test_only_one_kind_is_shown_if_it_is_chosen(site):
    told = words(ask(site, "acc-security", "protest removal", kind="concern"))
    groups = told[told.index("What was found") :]

    assert "Vulnerabilities, risks and lessons" in groups
    assert "Judgements" not in groups


def test_an_earlier_day_finds_what_was_known_then(site):
    look_at(site, "acc-security", "2015-02-03")

    assert "Nothing was found" in words(ask(site, "acc-security", "covid"))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("", "Enter what you look for"),
        ("a", "too short"),
        ("x" * 300, "200"),
        ("ab ac ad ae af ag ah ai aj", "8"),
    ],
)
def test_what_cannot_be_looked_for_is_refused_and_kept(site, asked, says):
    page = ask(site, "acc-security", asked)

    assert page.status_code == 422
    assert "There is a problem" in words(page)
    assert says in words(page)


@pytest.mark.parametrize("more", [{"kind": "nonsense"}, {"before": "-1"}, {"before": "9" * 40}])
def test_a_strange_address_is_no_fault(site, more):
    assert ask(site, "acc-security", "protest", **more).status_code in (200, 422)


def test_hostile_words_are_shown_as_words(site):
    raised(site, "script", "<script>alert('lances')</script>")

    page = ask(site, "acc-security", "<script>alert('lances')</script>").content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_an_account_that_searches_too_often_waits_whichever_process_it_asks(site, monkeypatch):
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    answers = [ask(site, "acc-security", "psu").status_code for _ in range(AT_MOST)]
    waits = ask(site, "acc-security", "psu")

    assert set(answers) == {200}
    assert waits.status_code == 429
    assert 1 <= int(waits.headers["Retry-After"]) <= 60
    assert "Wait" in words(waits)
    assert 'value="psu"' in waits.content.decode()
    assert ask(site, "spr-lead", "psu").status_code == 200
    assert Guessing.objects.count() == 2  # kept in the database, which all processes share
    monkeypatch.setattr(timezone, "now", lambda: now + PACE.interval)
    assert ask(site, "acc-security", "psu").status_code == 200
    assert ask(site, "acc-security", "psu").status_code == 429


def test_a_search_that_stops_says_so(site, monkeypatch):
    monkeypatch.setattr(finding, "PATIENCE", -1.0)

    told = words(ask(site, "acc-security", "zzzz"))

    assert "Nothing was found in the entries looked at so far" in told
    assert "as it had taken long enough" in told


def test_search_asks_few_questions(site):
    ask(site, "acc-security", "psu")

    with (
        CaptureQueriesContext(site.register.connection) as of_register,
        CaptureQueriesContext(connections["default"]) as of_accounts,
    ):
        ask(site, "acc-security", "psu")

    assert len(of_register) + len(of_accounts) <= 12
