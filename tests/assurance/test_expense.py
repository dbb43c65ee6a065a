"""A duty met at the expense of another says so in both places."""

from __future__ import annotations

from datetime import date

import pytest

from assurance import judged_rounds as given
from assurance.judged_rounds import key
from regard.assurance.expense import answered_by, expenses, price
from regard.assurance.running import running_list
from regard.core.errors import AccessRefused, EntryRefused, NotKnown
from regard.core.markings import OFFICIAL, Marking
from regard.register.kinds import (
    Act,
    Decision,
    Expectation,
    Kept,
    Link,
    LinkType,
    Observation,
    Party,
    Stage,
    made,
)

DUTY, OTHER = key("order/units").about, key("order/gear").about
SECOND = key("cyber/old").about


@pytest.fixture
def setting(tmp_path, database_url):
    setting = given.setting_of(tmp_path, database_url)
    yield setting
    setting.register.close()


def link(setting, *, withdrawn=False):
    value = made(
        Link,
        type=LinkType.AT_THE_EXPENSE_OF,
        source=DUTY,
        target=OTHER,
        note="during deployments",
        withdrawn=withdrawn,
    )
    setting.register.enter(value, subject="link:expense/units/gear", by=setting.who["spr"])


def test_both_sides_say_it_each_in_its_own_words(setting):
    link(setting)

    (one,) = expenses(setting.view())

    assert str(one.said_of(DUTY)) == (
        "“What order/units asks” is met at the expense of “What order/gear asks”: during "
        "deployments."
    )
    assert str(one.said_of(OTHER)) == (
        "“What order/gear asks” pays for “What order/units asks”, which is met at its expense: "
        "during deployments."
    )


def test_it_is_found_from_either_side_and_from_no_other(setting):
    link(setting)

    assert len(expenses(setting.view(), DUTY)) == len(expenses(setting.view(), OTHER)) == 1
    assert expenses(setting.view(), key("cyber/old").about) == ()


def test_a_link_that_was_withdrawn_is_said_no_longer(setting):
    link(setting)
    before = setting.register.head().size
    link(setting, withdrawn=True)

    assert expenses(setting.view()) == ()
    assert len(expenses(setting.view(known_at=before))) == 1


# ----- What it costs

ANSWER = "observation:west-midlands/stress/0123456789ab"
WORDS = "Meeting a call for 2 PSUs for 2 days would be paid for at home."
COSTS = f"What that costs, by “Stress test” kept on 5 January 2015: “{WORDS}”"


def answer(setting, *, subject=ANSWER, marking=OFFICIAL, **fields):
    given = {
        "text": WORDS,
        "scope": "party:west-midlands",
        "basis": "estimate",
        "collected": date(2015, 1, 5),
        "document": Kept(name="Stress test", sha256="ab" * 32),
    }
    value = made(Observation, **{**given, **fields})
    setting.register.enter(value, subject=subject, by=setting.who["spr"], marking=marking)
    return subject


def proposed(setting, about):
    value = made(
        Decision,
        act=Act.NOTE,
        about=about,
        by="party:board",
        text="Acknowledge that this is to the detriment of local policing.",
        reason="It is.",
        stage=Stage.PROPOSED,
    )
    return setting.register.enter(value, subject="decision:one", by=setting.who["spr"])


def test_a_kept_answer_that_is_linked_to_either_side_says_what_it_costs(setting):
    link(setting)
    answer(setting)
    entry = setting.view().one(ANSWER)

    first = price(setting.register, DUTY, ANSWER, by=setting.who["spr"])
    again = price(setting.register, DUTY, ANSWER, by=setting.who["spr"])
    price(setting.register, OTHER, ANSWER, by=setting.who["spr"])
    (one,) = expenses(setting.view())

    assert first == again
    assert one.prices == (entry,)
    for end in (DUTY, OTHER):
        assert str(one.said_of(end)).endswith(f" {COSTS} (entry {entry.seq}).")
    assert entry in one.entries


def test_an_answer_may_concern_the_link_itself(setting):
    link(setting)
    answer(setting)

    price(setting.register, "link:expense/units/gear", ANSWER, by=setting.who["spr"])

    assert len(expenses(setting.view())[0].prices) == 1


def second_duty_of_the_same_payer(setting):
    value = made(Link, type=LinkType.AT_THE_EXPENSE_OF, source=SECOND, target=OTHER)
    setting.register.enter(value, subject="link:expense/old/gear", by=setting.who["spr"])


@pytest.mark.parametrize("end", [DUTY, "link:expense/units/gear"])
def test_the_cost_of_one_duty_is_not_shown_as_that_of_another_with_the_same_payer(setting, end):
    link(setting)
    second_duty_of_the_same_payer(setting)
    answer(setting)
    price(setting.register, end, ANSWER, by=setting.who["spr"])

    one, other = expenses(setting.view())

    assert (len(one.prices), other.prices) == (1, ())
    assert "is not worked out" in str(other.answering())
    assert [len(found.prices) for found in expenses(setting.view(), SECOND)] == [0]


def test_what_pays_for_several_duties_is_not_priced_without_saying_of_which(setting):
    link(setting)
    answer(setting)
    price(setting.register, OTHER, ANSWER, by=setting.who["spr"])
    before = [len(one.prices) for one in expenses(setting.view())]
    second_duty_of_the_same_payer(setting)

    with pytest.raises(EntryRefused, match="pays for .*order/units .link:expense/units/gear."):
        price(setting.register, OTHER, ANSWER, by=setting.who["spr"])

    assert before == [1]
    assert [len(one.prices) for one in expenses(setting.view())] == [0, 0]
    assert [len(one.prices) for one in expenses(setting.view(), DUTY)] == [0]


def test_what_must_be_known_about_an_answer_stands_with_it(setting):
    link(setting)
    answer(setting)
    price(setting.register, DUTY, ANSWER, note="of generated rows", by=setting.who["spr"])

    (one,) = expenses(setting.view())

    assert str(one.said_of(DUTY)).endswith(f"(entry {one.prices[0].seq}; of generated rows).")


@pytest.mark.parametrize(
    "subject",
    [
        "observation:west-midlands/stress/notes",
        "observation:west-midlands/units/0123456789ab",
        "observation:elsewhere/stress/0123456789ab",
    ],
    ids=["another name", "no stress test", "named after another body"],
)
def test_an_estimate_that_somebody_typed_is_no_kept_answer(setting, subject):
    link(setting)
    answer(setting, subject=subject)
    value = made(Link, type=LinkType.CONCERNS, source=subject, target=DUTY)
    setting.register.enter(value, subject="link:concerns/typed", by=setting.who["spr"])

    with pytest.raises(EntryRefused, match="no answer that was worked out and kept"):
        price(setting.register, DUTY, subject, by=setting.who["spr"])

    assert expenses(setting.view())[0].prices == ()


def body(setting, name, parent=None):
    value = made(Party, form="body", name=name, parent=parent)
    setting.register.enter(value, subject=f"party:{name}", by=setting.keeper)


def duty_of(setting, scope):
    """A duty that binds one body, met at the expense of the same as the others."""
    running_list(
        setting.register,
        "own",
        title="What one body asks",
        issuer="It",
        form="establishment",
        by=setting.keeper,
    )
    value = made(Expectation, edition="edition:own", code="one", text="Its own.", scope=scope)
    setting.register.enter(value, subject="expectation:own/one", by=setting.keeper)
    kind = LinkType.AT_THE_EXPENSE_OF
    told = made(Link, type=kind, source="expectation:own/one", target=OTHER)
    setting.register.enter(told, subject="link:expense/own", by=setting.keeper)
    return "expectation:own/one"


def test_an_answer_about_another_body_prices_nothing(setting):
    body(setting, "other-force")
    duty = duty_of(setting, "party:other-force")
    answer(setting)
    value = made(Link, type=LinkType.CONCERNS, source=ANSWER, target=duty)
    setting.register.enter(value, subject="link:concerns/other", by=setting.who["spr"])

    with pytest.raises(EntryRefused, match="is about party:west-midlands, and .*other-force"):
        price(setting.register, duty, ANSWER, by=setting.who["spr"])

    assert expenses(setting.view())[0].prices == ()


def test_an_answer_about_the_body_above_prices_a_duty(setting):
    body(setting, "unit", parent="party:west-midlands")
    duty = duty_of(setting, "party:unit")
    answer(setting)

    price(setting.register, duty, ANSWER, by=setting.who["spr"])

    assert len(expenses(setting.view())[0].prices) == 1


def test_an_answer_that_was_retracted_or_came_later_costs_nothing(setting):
    link(setting)
    answer(setting)
    before = setting.register.head().size
    price(setting.register, DUTY, ANSWER, by=setting.who["spr"])
    answer(setting, retracts=True)

    assert expenses(setting.view())[0].prices == ()
    assert expenses(setting.view(known_at=before))[0].prices == ()


def test_a_closely_held_answer_holds_the_sentence_as_closely(setting):
    close = Marking.parse("OFFICIAL-SENSITIVE")
    link(setting)
    answer(setting, marking=close)
    price(setting.register, DUTY, ANSWER, by=setting.who["spr"])

    (one,) = expenses(setting.view())
    (seen,) = expenses(setting.view("reader"))

    assert one.said_of(DUTY).marking == close
    assert (seen.prices, seen.said_of(DUTY).marking) == ((), OFFICIAL)


@pytest.mark.parametrize(
    "fields",
    [{"basis": "document"}, {"document": None}, {"document": Kept(name="A report")}],
    ids=["not worked out", "no file", "a file without its digest"],
)
def test_what_is_no_kept_answer_is_refused(setting, fields):
    link(setting)
    answer(setting, **fields)

    with pytest.raises(EntryRefused, match="no answer that was worked out and kept"):
        price(setting.register, DUTY, ANSWER, by=setting.who["spr"])


def test_what_is_met_at_nobodys_expense_has_no_price(setting):
    answer(setting)

    with pytest.raises(EntryRefused, match="at the expense of nothing"):
        price(setting.register, DUTY, ANSWER, by=setting.who["spr"])
    with pytest.raises(NotKnown):
        price(setting.register, DUTY, "observation:nowhere", by=setting.who["spr"])


def test_a_post_that_may_not_link_prices_nothing(setting):
    link(setting)
    answer(setting)
    before = setting.register.head()

    with pytest.raises(AccessRefused):
        price(setting.register, DUTY, ANSWER, by=setting.who["reader"])

    assert setting.register.head() == before


# ----- What a recommendation says in words


def test_a_recommendation_is_answered_by_what_was_worked_out(setting):
    link(setting)
    answer(setting)
    entry = proposed(setting, DUTY)
    price(setting.register, DUTY, ANSWER, by=setting.who["spr"])

    (said,) = answered_by(setting.view(), entry)

    assert str(said).startswith(
        "What the recommendation says in words is worked out: “What order/units asks” is met at "
        f"the expense of “What order/gear asks”. {COSTS}"
    )


def test_where_nothing_is_kept_it_says_what_to_do(setting):
    link(setting)

    (said,) = answered_by(setting.view(), proposed(setting, DUTY))

    assert "no kept answer shows what that costs. Ask a stress test what it costs" in str(said)


def test_a_recommendation_about_something_else_is_left_to_its_words(setting):
    link(setting)

    assert answered_by(setting.view(), proposed(setting, key("cyber/old").about)) == ()
