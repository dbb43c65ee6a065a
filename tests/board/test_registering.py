from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from board.conftest import PROMISED
from board.spr_rounds import (
    CLOSE,
    FIRST,
    FORCE,
    SECOND,
    brief,
    copied,
    first_round,
    found,
    second_round,
    whole_round,
)
from regard.assurance.judging import sign_off
from regard.board.kept_papers import again
from regard.board.registering import draft_spr_paper, issue_spr_paper
from regard.board.spr.citing import figures_of
from regard.core.errors import AccessRefused, DefinitionRefused, EntryRefused
from regard.core.markings import Marking
from regard.papers.keeping import restored
from regard.papers.writing import FORMATS
from regard.register.kinds import (
    Act,
    Decision,
    Expectation,
    Link,
    LinkType,
    Stage,
    Window,
    changed,
    made,
)


@pytest.fixture(scope="module")
def after_the_first_round(tmp_path_factory):
    held = found(tmp_path_factory.mktemp("home"))
    first_round(held)
    held.clock.on(date(2015, 2, 3))
    return held


@pytest.fixture
def told(after_the_first_round, tmp_path):
    held = copied(after_the_first_round, tmp_path / "home")
    yield held
    held.register.close()


def issue(told, cycle=FIRST, by="clerk", **given):
    return issue_spr_paper(
        told.register,
        cycle,
        FORCE,
        brief=given.pop("brief", brief(date(2015, 2, 3), promised=PROMISED)),
        by=told.who[by],
        folder=Path(told.register.home) / "papers",
        formats=given.pop("formats", ("html",)),
        **given,
    )


def test_an_issued_paper_is_kept_whole_with_the_head_and_every_figure(first_paper):
    _, issued = first_paper
    value = issued.entry.value

    assert restored(value.kept) == issued.paper
    assert value.stage == "issued"
    assert issued.paper.position == (
        f"register position {value.position}, head {value.head.partition(' · ')[2]}"
    )
    assert dict(value.digests) == {one.format: one.sha256 for one in issued.files}
    assert {one.figure for one in value.cites} == {one.id for one in figures_of(issued.paper)}


def test_the_recommendations_are_proposed_with_the_paper_that_puts_them(both_papers):
    told, _, issued = both_papers

    assert [one.value.paper for one in issued.recommendations] == [issued.entry.subject] * 2
    assert all(one.value.stage is Stage.PROPOSED for one in issued.recommendations)
    assert {one.subject for one in told.view().naming(issued.entry.subject)} >= {
        one.subject for one in issued.recommendations
    }


def test_a_paper_is_marked_as_closely_as_what_it_cites(both_papers):
    _, _, issued = both_papers

    assert issued.entry.marking == CLOSE
    assert "concern:west-midlands/nightjar" in issued.entry.value.rests_on


def test_promises_are_owed_to_the_next_paper_which_answers_them(both_papers):
    told, first, second = both_papers

    assert [one.value.facet.paper for one in first.promises] == [first.entry.subject] * 2
    assert {one.subject for one in first.promises} <= set(second.entry.value.rests_on)
    assert told.view().one(first.promises[0].subject).value.window.end == date(2015, 9, 30)


def test_an_open_round_is_not_issued_and_nothing_is_entered(told):
    second_round(told, close=False)
    told.clock.on(date(2016, 2, 2))
    before = told.register.head()

    with pytest.raises(EntryRefused, match="cycle:2015-q4 is open") as refusal:
        issue(told, SECOND, brief=brief())

    assert told.register.head() == before
    assert "has still to sign off" in str(refusal.value)


def test_a_due_promise_without_an_answer_stops_the_next_paper(told):
    renew = replace(PROMISED[1], due=date(2015, 12, 1))
    issue(told, brief=brief(date(2015, 2, 3), promised=(renew,)))
    second_round(told)
    told.clock.on(date(2016, 2, 2))

    with pytest.raises(EntryRefused, match="promise-1, due 2015-12-01, has no answer"):
        issue(told, SECOND, brief=brief())


def test_a_due_promise_that_an_observation_answers_does_not(told):
    issue(told)
    second_round(told)
    told.clock.on(date(2016, 2, 2))

    done = issue(told, SECOND, brief=brief())

    assert done.entry.value.stage == "issued"


def test_an_overdue_action_stops_the_paper_until_somebody_says_why(told):
    action = made(
        Expectation,
        edition="edition:establishment",
        code="late",
        text="Write the plan",
        mode="achieve",
        scope=FORCE,
        owner="party:operations",
        window=Window(end=date(2015, 1, 15)),
    )
    told.enter("operations", action, "expectation:establishment/late", effective=date(2014, 12, 1))
    answers = made(
        Link,
        type=LinkType.ANSWERS,
        source="expectation:establishment/late",
        target="expectation:try-1/public-order/units",
    )
    told.enter("operations", answers, "link:answers/late")
    with pytest.raises(EntryRefused, match="late, due 2015-01-15, is overdue"):
        issue(told)
    why = made(
        Decision,
        by="party:security",
        act=Act.DEFER,
        about="expectation:establishment/late",
        text="Wait for the new format.",
        reason="The national format is to come in March.",
        stage=Stage.PROPOSED,
        scope=FORCE,
    )
    told.enter("security", why, "decision:defer/late")

    done = issue(told)

    assert "1 of 1 overdue" in " ".join(str(one) for one in done.paper.words())


def test_every_reason_not_to_issue_is_named_at_once(told):
    renew = replace(PROMISED[1], due=date(2015, 12, 1))
    issue(told, brief=brief(date(2015, 2, 3), promised=(renew,)))
    second_round(told, close=False)
    told.clock.on(date(2016, 2, 2))

    with pytest.raises(EntryRefused) as refusal:
        issue(told, SECOND, brief=brief())

    assert "is open" in str(refusal.value)
    assert "has no answer" in str(refusal.value)


def test_a_paper_is_issued_once(told):
    issue(told)

    with pytest.raises(EntryRefused, match="was entered already"):
        issue(told)


def test_a_promise_is_not_due_before_its_paper(told):
    early = replace(PROMISED[1], due=date(2015, 1, 1))

    with pytest.raises(DefinitionRefused, match="before the paper"):
        issue(told, brief=brief(date(2015, 2, 3), promised=(early,)))


def test_a_post_that_does_not_issue_papers_cannot(told):
    with pytest.raises(AccessRefused, match="may not"):
        issue(told, by="security")


def test_a_post_that_sees_less_writes_a_paper_of_what_it_sees(told):
    second_round(told)
    told.clock.on(date(2016, 2, 2))

    paper, files = draft_spr_paper(
        told.register,
        SECOND,
        FORCE,
        brief=brief(),
        by=told.who["planner"],
        folder=Path(told.register.home) / "papers",
        formats=("html",),
    )

    assert "Nightjar" not in files[0].path.read_text(encoding="utf-8")
    assert "position" in paper.position


def test_what_its_writer_may_not_see_is_never_issued_as_not_assessed(told):
    for post in ("party:crime", "party:security", "party:chief"):
        held = told.view().one(post).value
        told.enter("keeper", changed(held, groups=("nightjar",)), post)
    second_round(told, closely=Marking.parse("OFFICIAL-SENSITIVE: nightjar"))
    told.clock.on(date(2016, 2, 2))
    before = told.register.head()

    with pytest.raises(AccessRefused, match="may not see all that was judged"):
        issue(told, SECOND, brief=brief())

    assert told.register.head() == before


def test_a_closed_round_is_not_signed_off_again(told):
    before = told.register.head()

    with pytest.raises(EntryRefused, match="cycle:2014-q4 is closed"):
        sign_off(told.register, FIRST, scope=FORCE, reason="Once more.", by=told.who["chief"])

    assert told.register.head() == before


def test_a_draft_enters_nothing(told):
    before = told.register.head()

    paper, files = draft_spr_paper(
        told.register,
        FIRST,
        FORCE,
        brief=brief(date(2015, 2, 3)),
        by=told.who["clerk"],
        folder=Path(told.register.home) / "papers",
        formats=("html",),
    )

    assert told.register.head() == before
    assert paper.banner in files[0].path.read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.paper
def test_the_paper_of_a_whole_requirement_takes_ten_seconds_and_comes_again(tmp_path):
    told = found(tmp_path)
    number = whole_round(told)
    told.clock.on(date(2016, 2, 2))
    began = perf_counter()

    done = issue(told, SECOND, brief=brief(), formats=FORMATS)

    assert perf_counter() - began <= 10
    assert number == 299
    made_again = again(told.view("clerk"), done.entry.subject, tmp_path / "again")
    assert [one.sha256 for one in made_again] == [one.sha256 for one in done.files]
    told.register.close()
