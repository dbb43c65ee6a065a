"""A promise of an issued paper is kept, broken, late or unanswered; the next paper answers it."""

from __future__ import annotations

from datetime import date

import pytest

from assurance import given_targets as setting
from assurance.given_targets import CTSFOS, FORCE
from regard.assurance.closing import claim, close, deny, verify
from regard.assurance.dates import extend
from regard.assurance.promises import (
    Became,
    Promised,
    promise,
    promises,
    standing,
    unanswered,
)
from regard.core.errors import AccessRefused, EntryRefused
from regard.register.kinds import Amount, Document, Link, LinkType, changed, made

PAPER, DUE, NOW = date(2019, 1, 29), date(2019, 3, 31), date(2021, 12, 13)
TOPIC = "expectation:spr-2015/counter-terrorism"


@pytest.fixture
def held(tmp_path, database_url):
    one = setting.given(tmp_path, database_url)
    one.on(PAPER)
    yield one
    one.register.close()


def promised(held, **fields):
    fields = {
        "text": "The unit expects to have delivered its uplift in CTSFOs.",
        "due": DUE,
        "scope": FORCE,
        "measure": CTSFOS,
        "target": Amount(value=56, unit="officers"),
        "topic": f"{TOPIC}/firearms",
        **fields,
    }
    paper = held.paper(f"spr-2019-{held.register.head().size}", PAPER, title="SPR paper of 2019")
    made_ = promise(held.register, Promised(**fields), paper=paper, at="P22", by=held.who["office"])
    held.on(NOW)
    return made_.subject


def became(held, subject, as_at=NOW):
    return standing(held.view(), subject, as_at=as_at).became


def test_a_promise_is_an_expectation_of_the_running_list_of_promises(held):
    subject = promised(held)

    entry = held.view().one(subject)

    assert entry.subject.startswith("expectation:promises-west-midlands/spr-2019-")
    assert entry.subject.endswith("/p22")
    assert entry.effective == PAPER
    assert held.view().one("instrument:promises-west-midlands").value.form == "promises"


def test_two_promises_of_one_paragraph_are_two(held):
    paper = held.paper("spr-2019", PAPER)
    subjects = [
        promise(
            held.register,
            Promised(text, DUE, FORCE),
            paper=paper,
            at="P22",
            by=held.who["office"],
        ).subject
        for text in ("The uplift.", "The training.")
    ]

    assert len(set(subjects)) == 2


def test_a_draft_promises_nothing(held):
    paper = held.paper("draft", PAPER, stage="draft")

    with pytest.raises(EntryRefused, match="a draft, which promises nothing"):
        promise(
            held.register, Promised("It.", DUE, FORCE), paper=paper, at="P1", by=held.who["office"]
        )


def test_a_post_that_may_not_enter_the_list_leaves_nothing_behind(held):
    paper = held.paper("spr-2019", PAPER)
    size = held.register.head()

    with pytest.raises(AccessRefused):
        promise(
            held.register, Promised("It.", DUE, FORCE), paper=paper, at="P1", by=held.who["lead"]
        )

    assert held.register.head() == size


def test_before_its_day_a_promise_is_to_come(held):
    subject = promised(held)

    found = standing(held.view(), subject, as_at=DUE)

    assert found.became is Became.TO_COME
    assert not found.must_be_answered
    assert str(found.statement()) == (
        "SPR paper of 2019, P22, promised by 31 March 2019: The unit expects to have delivered its "
        "uplift in CTSFOs. That day is still to come."
    )


def test_37_of_56_in_december_2021_breaks_the_promise_of_march_2019(held):
    subject = promised(held)
    held.observe(CTSFOS, 37, "officers")

    found = standing(held.view(), subject, as_at=NOW)

    assert found.became is Became.BROKEN
    assert str(found.statement()) == (
        "SPR paper of 2019, P22, promised by 31 March 2019: The unit expects to have delivered its "
        "uplift in CTSFOs. It was broken. Found on 1 December 2021: 37 officers, against 56 "
        "officers. The next paper must answer it."
    )
    assert [one.known for one in found.statement().figures] == [37, 56]


def test_what_was_met_by_the_day_is_kept_though_it_fell_since(held):
    subject = promised(held)
    held.observe(CTSFOS, 56, "officers", on=date(2019, 3, 30))
    held.observe(CTSFOS, 37, "officers")

    assert became(held, subject) is Became.KEPT


def test_what_was_met_after_the_day_is_late(held):
    subject = promised(held)
    held.observe(CTSFOS, 50, "officers", on=date(2019, 3, 1))
    held.observe(CTSFOS, 57, "officers", on=date(2020, 3, 1))

    found = standing(held.view(), subject, as_at=NOW)

    assert found.became is Became.ANSWERED_LATE
    assert "Found on 1 March 2020: 57 officers, against 56 officers." in str(found.statement())


def test_a_promise_of_which_nothing_was_entered_since_is_not_answered(held):
    subject = promised(held)
    held.observe(CTSFOS, 50, "officers", on=date(2019, 3, 1))

    found = standing(held.view(), subject, as_at=NOW)

    assert found.became is Became.NOT_ANSWERED
    assert "Nothing that was entered since says whether it was kept." in str(found.statement())


def test_what_is_observed_of_something_else_answers_nothing_and_says_why(held):
    subject = promised(held, base="officers in post")
    held.observe(CTSFOS, 56, "officers", base="posts funded")

    found = standing(held.view(), subject, as_at=NOW)

    assert found.became is Became.NOT_ANSWERED
    assert (
        "56 officers of 1 December 2021 does not answer it: base is posts funded and officers in "
        "post."
    ) in str(found.statement())


def test_what_was_not_met_on_the_very_day_is_broken(held):
    subject = promised(held)
    held.observe(CTSFOS, 37, "officers", on=DUE)

    found = standing(held.view(), subject, as_at=NOW)

    assert found.became is Became.BROKEN
    assert "Found on 31 March 2019: 37 officers, against 56 officers." in str(found.statement())
    assert became(held, subject, as_at=DUE) is Became.TO_COME


def test_what_was_met_by_the_day_is_kept_though_a_higher_line_says_so_later(held):
    subject = promised(held)
    held.observe(CTSFOS, 57, "officers", on=date(2019, 3, 1))
    held.on(date(2019, 4, 10))
    verify(held.register, subject, reason="As was seen", by=held.who["spr"])

    assert became(held, subject) is Became.KEPT


def test_what_its_owner_claimed_by_the_day_is_kept_once_a_higher_line_says_so(held):
    subject = promised(held, measure=None, target=None, owner="party:lead")
    held.on(date(2019, 3, 20))
    claim(held.register, subject, reason="All are trained.", by=held.who["lead"])
    held.on(date(2019, 4, 10))
    verify(held.register, subject, reason="As was seen", by=held.who["spr"])

    assert became(held, subject) is Became.KEPT


def test_less_is_better_of_some_measures(held):
    value = changed(held.view().one(CTSFOS).value, better="lower")
    held.register.enter(value, subject=CTSFOS, by=held.who["spr"])
    subject = promised(held)
    held.observe(CTSFOS, 37, "officers", on=date(2019, 3, 1))

    assert became(held, subject) is Became.KEPT


@pytest.mark.parametrize(
    ("say", "on", "expected"),
    [
        (close, date(2019, 3, 1), Became.KEPT),
        (close, date(2020, 3, 1), Became.ANSWERED_LATE),
        (deny, date(2020, 3, 1), Became.BROKEN),
    ],
)
def test_a_higher_line_says_what_no_number_shows(held, say, on, expected):
    subject = promised(held, measure=None, target=None)
    held.on(on)
    say(held.register, subject, reason="As was seen", by=held.who["spr"])
    held.on(NOW)

    found = standing(held.view(), subject, as_at=NOW)

    assert found.became is expected
    assert "the spr lead said so on" in str(found.statement())


def test_a_date_that_moved_shows_the_first(held):
    subject = promised(held)
    extend(held.register, subject, until=date(2022, 3, 31), reason="Late.", by=held.who["spr"])

    found = standing(held.view(), subject, as_at=NOW)

    assert found.became is Became.TO_COME
    assert "promised by 31 March 2019" in str(found.statement())
    assert "moved 1 time; due now on 31 March 2022" in str(found.statement())


def test_the_next_paper_must_answer_what_no_paper_answered(held):
    subject = promised(held)
    other = promised(held, topic="expectation:spr-2015/public-order", text="The fleet.")
    view = held.view()

    assert [one.entry.subject for one in unanswered(view, as_at=NOW)] == [subject, other]
    assert [one.entry.subject for one in unanswered(view, as_at=NOW, topic=TOPIC)] == [subject]
    assert unanswered(view, as_at=NOW, scope=setting.REGION) == ()
    assert unanswered(view, as_at=DUE) == ()


def test_a_paper_that_rests_on_the_promise_answers_it(held):
    subject = promised(held)
    held.paper("spr-2021", NOW, title="SPR paper of 2021", rests_on=(subject,))

    found = standing(held.view(), subject, as_at=NOW)

    assert not found.must_be_answered
    assert "SPR paper of 2021 of 13 December 2021 answers it." in str(found.statement())
    assert unanswered(held.view(), as_at=NOW) == ()


def test_a_link_from_a_paper_answers_it_too_and_a_draft_does_not(held):
    subject = promised(held)
    held.paper("draft", NOW, stage="draft", rests_on=(subject,))
    before = unanswered(held.view(), as_at=NOW)
    paper = held.paper("spr-2021", NOW)
    link = made(Link, type=LinkType.ANSWERS, source=paper, target=subject)
    held.register.enter(link, subject="link:answers/a", by=held.who["office"])

    assert len(before) == 1
    assert unanswered(held.view(), as_at=NOW) == ()


def test_a_notice_and_a_paper_of_another_body_do_not_answer_it(held):
    subject = promised(held)
    for number, other in enumerate(({"form": "notice"}, {"scope": setting.REGION})):
        value = made(
            Document,
            **{
                "form": "paper",
                "title": "It is named here too",
                "scope": FORCE,
                "held_on": NOW,
                "stage": "issued",
                "rests_on": (subject,),
                **other,
            },
        )
        held.register.enter(value, subject=f"document:other-{number}", by=held.who["office"])

    assert [one.entry.subject for one in unanswered(held.view(), as_at=NOW)] == [subject]


def test_what_no_paper_promised_is_no_promise(held):
    subject = held.expect("plan")

    assert promises(held.view()) == ()
    with pytest.raises(EntryRefused, match="promised by no paper"):
        standing(held.view(), subject, as_at=NOW)
