"""`regard plan enter` and `file`, and `regard paper performance --registered`."""

from __future__ import annotations

import pytest

from regard.plan.loading import load

PLAN = """\
[plan]
id = "merseyside-2019"
name = "Police and Crime Plan 2019/20"
area = "merseyside"
force = "Merseyside Police"
governing_body = "Police and Crime Commissioner for Merseyside"
board = "Performance Board"
board_on = 2020-01-20
year = "2019/20"
document = "Police and Crime Plan 2019/20"

[[outcome]]
id = "A"
letter = "A"
title = "Less burglary"
source = "page 4"

[[milestone]]
id = "burglary"
outcome = "A"
title = "Reduce burglary by 5 per cent"
measure = "burglary"
direction = "down"
percent = 5
baseline = "2018/19"
window = "2019/20"
lead = "ACC Local Policing"
source = "page 5"
"""


@pytest.fixture
def founded(regard, tmp_path, monkeypatch):
    """A register of Merseyside whose keeper is also the governance officer."""
    monkeypatch.setenv("REGARD_POST", "merseyside-keeper")
    file = tmp_path / "plan.toml"
    file.write_text(PLAN, encoding="utf-8")
    told = regard("register", "found", "merseyside", "--name", "Merseyside Police", "--area",
                  "merseyside")  # fmt: skip
    assert told.code == 0, told.err
    told = regard("register", "post", "governance", "--name", "Governance officer", "--body",
                  "merseyside", "--role", "governance-officer")  # fmt: skip
    assert told.code == 0, told.err
    told = regard("register", "hold", "governance", "account-2")
    assert told.code == 0, told.err
    monkeypatch.setenv("REGARD_POST", "governance")
    return file


def test_a_plan_goes_in_and_comes_out_as_the_same_plan(regard, founded, tmp_path):
    entered = regard("plan", "enter", founded)
    out = tmp_path / "again.toml"
    written = regard("plan", "file", "merseyside-2019", "--out", out)

    assert entered.code == written.code == 0, entered.err + written.err
    assert "edition:merseyside-2019: 5 entries" in entered.out
    assert load(out).milestones == load(founded).milestones


def test_a_plan_that_stands_is_not_entered_again(regard, founded):
    regard("plan", "enter", founded)

    told = regard("plan", "enter", founded)

    assert told.code == 23
    assert "was entered before" in told.err


def test_without_a_register_the_way_to_one_is_named(regard, founded, tmp_path, monkeypatch):
    told = regard("--home", tmp_path / "elsewhere", "plan", "enter", founded)

    assert told.code == 26
    assert "regard register found" in told.err


def test_a_paper_is_written_from_the_plan_of_the_register(regard, founded, street_file, tmp_path):
    for number in range(1, 10):
        regard("records", "import", street_file(f"2019-{number:02d}", 30))
    regard("plan", "enter", founded)

    told = regard("paper", "performance", "--registered", "merseyside-2019", "--as-at",
                  "2019-09-30", "--format", "html", "--out", tmp_path / "out")  # fmt: skip

    assert told.code == 0, told.err
    assert "Reduce burglary by 5 per cent" in told.out


def test_two_plans_are_one_too_many(regard, founded):
    told = regard("paper", "performance", "--registered", "merseyside-2019", "--plan", founded,
                  "--as-at", "2019-09-30")  # fmt: skip

    assert told.code == 14
    assert "one of --plan and --registered" in told.err
