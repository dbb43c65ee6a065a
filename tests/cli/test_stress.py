"""`regard stress`, as an operations planner gives it: ask, keep, compare, make again."""

from __future__ import annotations

import json
import shutil

import pytest

from regard.board.capability_demonstration import build_capability
from regard.board.remembering import remember
from regard.capability.scenarios import FOLDER

ASKED = ("--force", "west-midlands", "--psus", 2, "--days", 2)
FEW = ("--replications", 6)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    made = tmp_path_factory.mktemp("stress")
    build_capability(made)
    remember(made).register.close()
    return made


def test_a_screening_says_what_it_is(regard_at, home):
    told = regard_at(home, "stress", "screen", *ASKED)

    assert told.code == 0, told.err
    assert "Screening" in told.out


def test_the_answer_is_a_table_and_the_sentence_for_the_board(regard_at, home):
    told = regard_at(home, "stress", "ask", *ASKED, *FEW)

    assert told.code == 0, told.err
    assert "Meeting a call for 2 PSUs for 2 days" in told.out
    assert "Not modelled" in told.out
    assert "seed" in told.out


def test_an_answer_is_kept_listed_shown_and_made_again(regard_at, home):
    asked = regard_at(home, "stress", "ask", *ASKED, *FEW, "--keep", "--by", "acc-operations")
    name = asked.err.split()[-1]
    listed = regard_at(home, "stress", "list", "--json")
    shown = regard_at(home, "stress", "show", name)
    again = regard_at(home, "stress", "again", name)

    assert asked.code == 0, asked.err
    assert [json.loads(line)["name"] for line in listed.out.splitlines()] == [name]
    assert "Meeting a call" in shown.out
    assert "the same to the last bit" in again.out


@pytest.mark.parametrize(
    "changed, said",
    [
        (("--psus", 0, "--days", 2), "0 PSUs"),
        (("--psus", 1, "--days", 2, "--start", "someday"), "someday"),
        (("--psus", 1, "--days", 2, "--shift-end", "never"), "never"),
    ],
)
def test_what_cannot_be_asked_is_refused(regard_at, home, changed, said):
    told = regard_at(home, "stress", "ask", "--force", "west-midlands", *changed)

    assert told.code != 0
    assert said in told.err


def test_a_name_that_is_not_kept_is_refused(regard_at, home):
    told = regard_at(home, "stress", "show", "0000")

    assert told.code != 0
    assert "regard stress list" in told.err


def test_a_screening_is_of_the_hour_the_host_and_the_reserve_that_are_asked(regard_at, home):
    def most(*more):
        told = regard_at(home, "stress", "screen", *ASKED, *more, "--json")
        assert told.code == 0, told.err
        return json.loads(told.out.splitlines()[1])

    usual = most()

    assert most("--hour", 19) != usual
    assert most("--host", 600) != usual
    assert most("--reserve", 2) == usual  # the formula keeps none, and says so
    assert regard_at(home, "stress", "screen", *ASKED, "--host", -1).code != 0


def test_an_answer_whose_file_is_gone_is_listed_beside_the_others(regard_at, home, tmp_path):
    own = tmp_path / "own"
    shutil.copytree(home, own)
    by = ("--keep", "--by", "acc-operations")
    names = [
        regard_at(own, "stress", "ask", *ASKED, "--replications", 2, "--seed", seed, *by)
        .err.split()[-1]
        for seed in (5, 6)
    ]  # fmt: skip
    (gone,) = (own / FOLDER).glob(f"{names[0]}-{12 * '?'}.json")
    gone.unlink()

    told = regard_at(own, "stress", "list", "--json")

    rows = {one["name"]: one for one in map(json.loads, told.out.splitlines())}
    assert told.code == 0, told.err
    assert rows[names[0]]["psus"] is None
    assert rows[names[1]]["psus"] == 2
    assert f"{names[0]} cannot be read" in told.err
