"""`regard register`: found, post, hold, see, erase."""

from __future__ import annotations

import json

import pytest

KEEPER = "west-midlands-keeper"


@pytest.fixture
def founded(regard, monkeypatch):
    """A register with a post of the SPR lead, held by one account."""
    monkeypatch.setenv("REGARD_POST", KEEPER)
    assert regard("register", "found", "west-midlands", "--name", "West Midlands").code == 0
    regard("register", "post", "acc", "--name", "ACC", "--body", "west-midlands",
           "--role", "spr-lead")  # fmt: skip
    regard("register", "hold", "acc", "wm-holder-2")
    return regard


def test_a_register_is_founded_with_its_keeper_and_a_head(regard):
    told = regard("register", "found", "west-midlands", "--name", "West Midlands")

    assert told.code == 0
    assert "The keeper is party:west-midlands-keeper" in told.out
    assert "The head is 3 · " in told.out
    assert "REGARD_POST" in told.err


def test_it_is_founded_once(founded):
    told = founded("register", "found", "west-midlands", "--name", "West Midlands")

    assert told.code == 25
    assert "stands here already" in told.err


def test_without_a_register_each_command_says_how_to_make_one(regard):
    told = regard("register", "posts")

    assert told.code == 26
    assert "regard register found" in told.err


def test_posts_are_listed_with_who_holds_them(founded):
    rows = [json.loads(line) for line in founded("register", "posts", "--json").out.splitlines()]

    assert [(one["post"], one["roles"], one["held by"]) for one in rows] == [
        ("party:west-midlands-keeper", "register-keeper", "party:west-midlands-holder-1"),
        ("party:acc", "spr-lead", "party:wm-holder-2"),
    ]


def test_a_subject_is_shown_as_it_was_known_at_an_entry(founded):
    founded("register", "post", "acc", "--name", "ACC Security", "--body", "west-midlands",
            "--role", "spr-lead")  # fmt: skip

    now = founded("register", "show", "party:acc", "--json")
    then = founded("register", "show", "party:acc", "--known-at", 4, "--json")
    table = founded("register", "show", "party:acc")
    before = founded("register", "show", "party:acc", "--known-at", "2015-02-03")

    assert json.loads(now.out)["value"]["name"] == "ACC Security"
    assert json.loads(then.out)["value"]["name"] == "ACC"
    assert "ACC Security" in table.out
    assert before.code == 15


def test_versions_and_kinds_are_listed(founded):
    founded("register", "post", "acc", "--name", "ACC Security", "--body", "west-midlands",
            "--role", "spr-lead")  # fmt: skip

    history = founded("register", "history", "party:acc", "--json").out.splitlines()
    listed = founded("register", "list", "party", "--about", "party:west-midlands", "--json")
    none = founded("register", "list", "concern")
    wrong = founded("register", "list", "concerns")

    assert [json.loads(line)["version"] for line in history] == [1, 2]
    assert len(listed.out.splitlines()) == 4
    assert none.err == "No concern that this post may see.\n"
    assert wrong.code == 15


def test_a_post_that_several_hold_asks_for_the_account(founded):
    founded("register", "hold", "acc", "wm-holder-3")

    told = founded("register", "show", "party:acc", "--by", "acc")
    chosen = founded("register", "show", "party:acc", "--by", "acc", "--holder", "wm-holder-3")

    assert told.code == 24
    assert "2 accounts hold party:acc today: wm-holder-2, wm-holder-3" in told.err
    assert "--holder" in told.err
    assert chosen.code == 0


def test_who_was_released_speaks_no_more(founded):
    founded("register", "release", "acc", "wm-holder-2")

    nobody = founded("register", "show", "party:acc", "--by", "acc")
    named = founded("register", "show", "party:acc", "--by", "acc", "--holder", "wm-holder-2")

    assert nobody.code == named.code == 24
    assert "nobody holds party:acc today" in nobody.err
    assert "does not hold party:acc" in named.err


@pytest.mark.parametrize(
    ("by", "code", "told"),
    [
        ("", 24, "no post was named"),
        ("ack", 15, "one of acc"),
        ("west-midlands", 14, "is a body"),
        ("ACC!", 14, "is not a subject"),
    ],
)
def test_who_speaks_must_be_a_post(founded, by, code, told):
    found = founded("register", "show", "party:acc", "--by", by)

    assert found.code == code
    assert told in found.err
    assert "Traceback" not in found.err


def test_a_post_that_may_not_is_refused(founded):
    told = founded("register", "hold", "acc", "wm-holder-4", "--by", "acc")

    assert told.code == 24
    assert "may not" in told.err


def test_words_are_erased_once_it_was_confirmed(founded, monkeypatch):
    founded("register", "post", "acc", "--name", "ACC Security", "--body", "west-midlands",
            "--role", "spr-lead")  # fmt: skip
    asked = founded("register", "erase", 4, "--reason", "it named somebody")

    told = founded("register", "erase", 4, "--reason", "it named somebody", "--yes")

    assert asked.code == 14
    assert "for ever" in asked.err
    assert "erased by entry 7" in told.out
    assert founded("register", "verify", "--projections").code == 0
    assert founded("register", "clear").code == 0


def test_roles_are_listed_with_whose_job_each_is(regard):
    told = regard("register", "roles", "--json")

    rows = {row["role"]: row["for a post that"] for row in map(json.loads, told.out.splitlines())}
    assert rows["spr-lead"].startswith("runs the round")


def test_a_body_is_entered_and_a_post_of_it_may_have_no_role(founded):
    body = founded("register", "body", "board", "--name", "The board", "--parent", "west-midlands")
    post = founded("register", "post", "clerk", "--name", "Clerk", "--body", "board")

    assert (body.code, post.code) == (0, 0), body.err + post.err
    assert "party:board is The board" in body.out
    assert "party:clerk is named, and may do nothing" in post.out
