from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from board.spr_rounds import (
    CANARY,
    FIRST,
    FORCE,
    SECOND,
    brief,
    copied,
    first_round,
    found,
    second_round,
)
from regard.board.publication import public_version_of, publish_paper, withhold
from regard.board.registering import issue_spr_paper
from regard.core.errors import DefinitionRefused, EntryRefused, PaperRefused
from regard.core.markings import OFFICIAL
from regard.papers.keeping import restored
from regard.register.access import PUBLIC
from regard.register.kinds import Decision, Document
from regard.register.kinds.speech import Withheld

CLOSE_ENTRIES = (
    "judgement:2015-q4/west-midlands/try-1/cyber/incidents/capability/line-1",
    "concern:west-midlands/nightjar",
)


@pytest.fixture(scope="module")
def as_issued(tmp_path_factory):
    """A paper with two entries that are closely held."""
    home = tmp_path_factory.mktemp("home")
    told = found(home)
    first_round(told)
    second_round(told)
    told.clock.on(date(2016, 2, 2))
    paper = issue_spr_paper(
        told.register,
        SECOND,
        FORCE,
        brief=brief(),
        by=told.who["clerk"],
        folder=home / "papers",
        formats=("html", "docx"),
    )
    yield told, paper
    told.register.close()


@pytest.fixture
def issued(as_issued, tmp_path):
    """The same, to be written to."""
    told, paper = as_issued
    own = copied(told, tmp_path / "home")
    yield own, paper
    own.register.close()


@pytest.fixture(scope="module")
def published(as_issued, tmp_path_factory):
    """The same, published without what is closely held."""
    told, paper = as_issued
    own = copied(told, tmp_path_factory.mktemp("public") / "home")
    decide(own, paper, *CLOSE_ENTRIES)
    yield own, paper, publish(own, paper)
    own.register.close()


def held(item):
    return Withheld(
        item=item,
        ground="Freedom of Information Act 2000, section 24",
        until=date(2018, 1, 1),
        challenge="write to the clerk",
    )


def decide(told, paper, *items):
    for one in items:
        withhold(
            told.register,
            paper.entry.subject,
            held(one),
            reason="It would show how we work.",
            by=told.who["clerk"],
        )


def publish(told, paper):
    return publish_paper(
        told.register,
        paper.entry.subject,
        by=told.who["clerk"],
        folder=Path(told.register.home) / "public",
    )


def test_what_is_withheld_is_absent_from_every_part_of_the_public_version(published):
    _, paper, done = published

    texts = [done.entry.value.kept.encode(), done.entry.value.model_dump_json().encode()]
    for one in done.files:
        texts.append(one.path.read_bytes())
        if one.format == "docx":
            with zipfile.ZipFile(one.path) as packed:
                texts += [packed.read(name) for name in packed.namelist()]

    assert CANARY.encode() in paper.entry.value.kept.encode()
    for canary in (b"Nightjar", b"canary", b"nightjar", b"incidents/capability"):
        assert not [text[:40] for text in texts if canary in text]


def test_the_public_sees_the_public_version_and_not_the_whole_paper(published):
    told, paper, done = published

    seen = told.register.view(PUBLIC).all(Document)

    assert [one.subject for one in seen] == [public_version_of(paper.entry.subject)]
    assert done.entry.marking == OFFICIAL
    assert restored(done.entry.value.kept).position == paper.paper.position


def test_the_four_facts_stand_in_the_place_of_what_is_withheld(published):
    _, _, done = published

    page = done.files[0].path.read_text(encoding="utf-8")

    assert "Withheld until 1 January 2018" in page
    assert "Freedom of Information Act 2000, section 24" in page
    assert "Decided by: Clerk to the Board" in page
    assert "write to the clerk" in page


def test_what_is_withheld_is_named_to_nobody_who_may_not_read_the_paper(published):
    told, paper, done = published

    decided = [one.subject for one in done.redactions]
    seen = told.view("planner").all(Decision)

    assert len(decided) == len(CLOSE_ENTRIES)
    assert {one.marking for one in done.redactions} == {paper.entry.marking}
    assert not [one for one in seen if one.subject in decided]
    assert not [one for one in seen if "nightjar" in one.value.model_dump_json().casefold()]


def test_nothing_is_withheld_on_a_ground_that_has_lapsed(issued):
    told, paper = issued
    decide(told, paper, *CLOSE_ENTRIES)
    told.clock.on(date(2018, 1, 2))
    before = told.register.head()

    with pytest.raises(EntryRefused, match="until 2018-01-01"):
        publish(told, paper)
    with pytest.raises(DefinitionRefused, match="2018-01-01 has passed"):
        decide(told, paper, CLOSE_ENTRIES[0])

    assert told.register.head() == before


def test_paragraphs_keep_their_numbers(published):
    _, paper, done = published

    public = restored(done.entry.value.kept)

    assert len(public.blocks) == len(paper.paper.blocks)


def test_an_entry_that_nobody_decided_to_withhold_stops_publication(issued):
    told, paper = issued
    decide(told, paper, CLOSE_ENTRIES[0])
    before = told.register.head()

    with pytest.raises(PaperRefused, match="no redaction covers it") as refusal:
        publish(told, paper)

    assert told.register.head() == before
    assert "Nightjar" not in str(refusal.value)


def test_a_closely_held_paper_without_any_decision_is_not_published(issued):
    told, paper = issued

    with pytest.raises(EntryRefused, match="nothing was decided to be withheld"):
        publish(told, paper)


def test_an_official_paper_is_published_as_it_was_issued(tmp_path):
    told = found(tmp_path)
    first_round(told)
    told.clock.on(date(2015, 2, 3))
    paper = issue_spr_paper(
        told.register,
        FIRST,
        FORCE,
        brief=brief(date(2015, 2, 3)),
        by=told.who["clerk"],
        folder=tmp_path / "papers",
        formats=("html",),
    )

    done = publish(told, paper)

    assert done.entry.value.stage == "published"
    assert done.files[0].sha256 == paper.files[0].sha256
    assert [one.subject for one in told.register.view(PUBLIC).all(Document)] == [
        paper.entry.subject
    ]
    told.register.close()


def test_a_paper_is_published_once(published):
    told, paper, _ = published

    with pytest.raises(EntryRefused):
        publish(told, paper)
