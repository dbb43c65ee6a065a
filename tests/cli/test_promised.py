"""`regard promise twice`, `expense` and `price`, and what a recommendation says in words."""

from __future__ import annotations

import json
from datetime import date

import pytest

from assurance.round_setting import FORCE
from cli.round_commands import EDITION, published
from regard.register.kinds import Kept, Observation, made

ANSWER = "west-midlands/stress/0123456789ab"
WORDS = "Meeting a call for 2 PSUs for 2 days would be paid for at home."
DUTY, OTHER = f"{EDITION}/public-order", "wm-targets/psus-local"


@pytest.fixture
def told(tmp_path, regard):
    """A register with PSUs promised at two tiers, officers trained for one, and a kept answer."""
    setting = published(tmp_path)
    answer = made(
        Observation,
        text=WORDS,
        scope=FORCE,
        basis="estimate",
        collected=date(2015, 1, 5),
        document=Kept(name="Stress test: 2 PSUs for 2 days", sha256="ab" * 32),
    )
    setting.register.enter(answer, subject=f"observation:{ANSWER}", by=setting.who["spr"])
    setting.register.close()
    keeper = ("--by", "west-midlands-keeper")
    for words in (
        ("register", "post", "clerk", "--name", "Clerk", "--body", "west-midlands", "--role",
         "governance-officer", *keeper),
        ("register", "hold", "clerk", "wm-clerk", *keeper),
        ("judge", "measure", "psus", "--title", "PSUs", "--unit", "PSUs", "--by", "clerk"),
        ("judge", "measure", "level-2", "--title", "Level 2 officers", "--unit", "officers",
         "--by", "clerk"),
        ("action", "open", "wm-targets", "--title", "Targets", "--issuer", "The force", "--by",
         "clerk"),
        set_psus("local", 3, "--for", 2),
        set_psus("national", 21),
        ("target", "set", "wm-targets", "level-2", "Train", "--body", "west-midlands",
         "--measure", "level-2", "--formula", "psus × officers × depth", "--input",
         "psus=17 PSUs", "--input", "officers=26 officers a PSU", "--input", "depth=3 times",
         "--by", "spr"),
        ("register", "link", "wm-targets/level-2", "depends on", "wm-targets/psus-national",
         "--by", "spr"),
        ("judge", "evidence", "The count", "--body", "west-midlands", "--collected",
         "2014-12-01", "--measure", "level-2", "--amount", "1193", "--unit", "officers", "--by",
         "lead"),
    ):  # fmt: skip
        answered = regard(*words)
        assert answered.code == 0, answered.err
    return regard


def set_psus(tier, number, *more):
    return (
        "target", "set", "wm-targets", f"psus-{tier}", f"Promise {number} PSUs", "--body",
        "west-midlands", "--measure", "psus", "--target", f"{number} PSUs", "--tier", tier, *more,
        "--by", "spr",
    )  # fmt: skip


def paid(told):
    linked = told(
        "register", "link", DUTY, "met at the expense of", OTHER, "--note", "when called",
        "--by", "spr",
    )  # fmt: skip
    assert linked.code == 0


def test_what_is_promised_twice_is_shown_with_how_long(told):
    answer = told("promise", "twice", "--body", "west-midlands", "--by", "spr")

    assert answer.code == 0, answer.err
    assert "local 3 PSUs and national 21 PSUs. If all of them are called at once" in answer.out
    assert "they come to 15 PSUs, which is 6 PSUs too few for the largest promise" in answer.out
    assert "and 3 PSUs of those 24 are promised of people who are promised already." in answer.out
    assert "local 2 days and national not stated." in answer.out


def test_what_is_promised_once_is_not_shown(told):
    answer = told("promise", "twice", "--about", DUTY, "--by", "spr")

    assert (answer.code, answer.out) == (0, "")
    assert "Nothing is promised at more than one tier." in answer.err


def test_a_tier_that_is_none_is_refused(told):
    answer = told(*(one if one != "local" else "global" for one in set_psus("local", 3)))

    assert answer.code != 0
    assert "no tier is called 'global'" in answer.err


def test_what_pays_for_a_duty_is_shown_and_then_what_it_costs(told):
    nothing = told("promise", "expense", "--by", "spr")
    paid(told)
    before = told("promise", "expense", DUTY, "--by", "spr")
    priced = told("promise", "price", DUTY, ANSWER, "--by", "spr")
    after = told("promise", "expense", DUTY, "--by", "spr")
    other = json.loads(told("promise", "expense", OTHER, "--json", "--by", "spr").out)

    assert "Nothing is met at the expense" in nothing.err
    assert before.out.rstrip().endswith("at the expense of “Promise 3 PSUs”: when called.")
    assert f"observation:{ANSWER} shows what expectation:{DUTY} costs." in priced.out
    assert WORDS in after.out
    assert other["said"].startswith("“Promise 3 PSUs” pays for")


def test_what_is_no_kept_answer_prices_nothing(told):
    paid(told)

    answer = told("promise", "price", DUTY, "west-midlands/level-2/2014-12-01", "--by", "spr")

    assert answer.code != 0
    assert "regard stress list" in answer.err


def proposed(told):
    """A recommendation about the duty; what it is called."""
    answer = told(
        "decision", "propose", "note", "It is to the detriment of local policing.", "--decides",
        "board", "--reason", "It is.", "--about", DUTY, "--by", "spr",
    )  # fmt: skip
    return answer.out.split()[2].removeprefix("decision:").rstrip(",")


def test_a_recommendation_is_answered_or_says_how_to_have_it_worked_out(told):
    paid(told)
    asked = ("decision", "worked-out", proposed(told), "--by", "spr")

    before = told(*asked)
    told("promise", "price", DUTY, ANSWER, "--by", "spr")
    after = told(*asked)

    assert "is not worked out" in before.out
    assert "regard promise price" in before.err
    assert "says in words is worked out" in after.out
    assert WORDS in after.out
    assert after.err == ""


def test_a_recommendation_about_something_else_says_so(told):
    answer = told("decision", "worked-out", proposed(told), "--by", "spr")

    assert answer.out == ""
    assert "It is about no duty that is met at another's expense." in answer.err
