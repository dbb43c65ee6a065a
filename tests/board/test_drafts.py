from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from board.spr_rounds import (
    BOARD,
    CANARY,
    FORCE,
    SECOND,
    Told,
    copied,
    first_round,
    found,
    second_round,
)
from regard.board.drafts import (
    Asked,
    discard,
    draft_in,
    draft_must_be_issuable,
    draft_of,
    drafts,
    is_written,
    issue_draft,
    keep_draft,
    write_draft,
)
from regard.core.errors import DefinitionRefused, EntryRefused, NotKnown
from regard.papers.writing import FORMATS

ASKED = Asked(
    SECOND, FORCE, BOARD, date(2016, 2, 2), promises="31 March 2017: Renew the plan of the force"
)
NAME = "west-midlands-assurance-2015-q4"


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """A register after its two rounds."""
    told = found(tmp_path_factory.mktemp("home"))
    first_round(told)
    second_round(told)
    told.clock.on(date(2016, 2, 2))
    yield told
    told.register.close()


@pytest.fixture
def told(judged, tmp_path) -> Told:
    """A copy of it to write to."""
    own = copied(judged, tmp_path / "home")
    yield own
    own.register.close()


@pytest.fixture(scope="module")
def issued(judged, tmp_path_factory):
    """A copy of it in which the draft was issued, and what came of that; it is only read."""
    own = copied(judged, tmp_path_factory.mktemp("issued") / "home")
    yield own, issue_draft(own.register, keep(own), by=own.who["clerk"])
    own.register.close()


@pytest.fixture
def after_issue(issued, tmp_path) -> Told:
    """A copy of that to write to."""
    own = copied(issued[0], tmp_path / "after")
    yield own
    own.register.close()


def keep(told: Told, by: str = "clerk", asked: Asked = ASKED):
    return keep_draft(told.register, asked, by=told.who[by])


def test_a_draft_is_kept_and_read_again_and_nothing_is_entered(told):
    head = told.register.head()

    kept = keep(told)

    assert kept.name == NAME
    assert draft_of(told.register.home, told.view("clerk"), NAME) == kept
    assert drafts(told.register.home, told.view("clerk")) == (kept,)
    assert told.register.head() == head
    assert "DRAFT" in kept.paper.banner
    assert "Renew the plan of the force" in str(list(kept.paper.words()))


def test_a_draft_takes_the_place_of_the_one_before(told):
    keep(told)
    later = keep(told, asked=replace(ASKED, title="Another title"))

    assert [one.paper.title.title for one in drafts(told.register.home, told.view("clerk"))] == [
        "Another title"
    ]
    assert later.by == "party:clerk"


def test_a_draft_is_written_in_every_format_under_its_own_name(told):
    kept, home = keep(told), told.register.home
    with pytest.raises(NotKnown, match="in which this draft was written"):
        draft_in(home, kept, "html")
    said = []

    write_draft(home, kept, told=said.append)
    written = [draft_in(home, kept, one) for one in FORMATS]

    assert tuple(said) == FORMATS
    assert [name for name, _ in written] == [
        f"{NAME}-draft_2016-02-02_{kept.paper.marking}.{one}" for one in FORMATS
    ]
    assert all(content for _, content in written)


def test_a_draft_in_the_place_of_another_is_not_taken_for_it(told):
    first, home = keep(told), told.register.home
    write_draft(home, first)

    second = keep(told, asked=replace(ASKED, title="Another title"))

    assert second.digest != first.digest
    assert not is_written(home, second)
    assert not is_written(home, first)


def test_whether_a_draft_can_be_issued_is_told_by_the_rule_of_issuing_and_enters_nothing(
    told, after_issue
):
    head = told.register.head()
    draft_must_be_issuable(told.register, keep(told), by=told.who["clerk"])
    assert told.register.head() == head

    with pytest.raises(EntryRefused, match="was entered already"):
        draft_must_be_issuable(after_issue.register, keep(after_issue), by=after_issue.who["clerk"])


def test_a_draft_is_issued_and_thrown_away(issued):
    told, done = issued

    assert done.entry.value.stage == "issued"
    assert done.entry.subject == ASKED.document
    assert [one.value.text for one in done.promises] == ["Renew the plan of the force"]
    assert drafts(told.register.home, told.view("clerk")) == ()


def test_a_draft_that_may_not_be_issued_is_kept(after_issue):
    again = keep(after_issue)

    with pytest.raises(EntryRefused, match="was entered already"):
        issue_draft(after_issue.register, again, by=after_issue.who["clerk"])

    assert drafts(after_issue.register.home, after_issue.view("clerk")) == (again,)


def test_nobody_reads_a_draft_that_prints_what_they_may_not_see(told):
    kept = keep(told)
    home = told.register.home
    assert CANARY in "".join(map(str, kept.paper.words()))

    assert drafts(home, told.view("planner")) == ()
    with pytest.raises(NotKnown):
        draft_of(home, told.view("planner"), NAME)
    assert drafts(home, told.view("chief")) == (kept,)


@pytest.mark.parametrize("name", ["none", "../register", "A", "", "a/b", ".x"])
def test_a_draft_that_is_not_there_is_not_known(told, name):
    with pytest.raises(NotKnown):
        draft_of(told.register.home, told.view("clerk"), name)


def test_a_promise_without_a_day_is_refused_and_no_draft_is_kept(told):
    with pytest.raises(DefinitionRefused, match="says no day"):
        keep(told, asked=replace(ASKED, promises="Renew the plan"))

    assert drafts(told.register.home, told.view("clerk")) == ()


def test_throwing_away_what_is_not_there_does_nothing(told):
    discard(told.register.home, NAME)

    assert drafts(told.register.home, told.view("clerk")) == ()


def test_a_draft_keeps_its_language_and_one_kept_before_there_were_languages_is_english(
    told: Told,
) -> None:
    made = keep_draft(told.register, replace(ASKED, language="cy"), by=told.who["clerk"])
    path = told.register.home / "papers" / "drafts" / f"{made.name}.json"
    view = told.register.view(told.who["clerk"])

    held = draft_of(told.register.home, view, made.name)
    assert (held.asked.language, held.paper.language) == ("cy", "cy-GB")

    path.write_text(path.read_text("utf-8").replace('"language": "cy", ', ""), encoding="utf-8")
    assert draft_of(told.register.home, view, made.name).asked.language == "en"
