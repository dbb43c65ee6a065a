"""`regard round`: open, list, show, sheet, still, carry and close."""

from __future__ import annotations

import csv
import json

import pytest

from cli.round_commands import BODY, opened, published

ROUND = ("2014-q4",)


def rows(told):
    assert told.code == 0, told.err
    return [json.loads(line) for line in told.out.splitlines()]


def judged(regard, tmp_path, name="2014-q4"):
    """Every cell judged from a sheet that takes over what is suggested."""
    sheet = tmp_path / f"{name}.csv"
    assert regard("round", "sheet", name, "--out", sheet, "--by", "lead").code == 0
    with sheet.open(newline="", encoding="utf-8") as held:
        found = [
            {**one, "level": one["suggested"], "reason": "So."} for one in csv.DictReader(held)
        ]
    with sheet.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, fieldnames=list(found[0]))
        writer.writeheader()
        writer.writerows(found)
    return regard("judge", "from", name, sheet, "--by", "lead")


def test_a_round_is_opened_listed_and_shown(regard, tmp_path):
    opened(tmp_path)

    listed = rows(regard("round", "list", "--json", "--by", "spr"))
    held = rows(regard("round", "show", *ROUND, "--json", "--by", "spr"))

    assert [(one["round"], one["stage"]) for one in listed] == [("2014-q4", "open")]
    assert {one["reads"] for one in held} == {"not assessed"}
    assert (
        "Assessed in this round: 0 of 5 cells" in regard("round", "show", *ROUND, "--by", "spr").out
    )


def test_without_a_c_every_c_of_the_edition_is_asked(regard, tmp_path):
    published(tmp_path)

    told = regard(
        "round", "open", "all", "--edition", "npr-2012", "--body", BODY, "--as-at", "2014-12-31",
        "--opens", "2015-01-05", "--closes", "2015-01-31", "--speaks", "1:lead", "--by", "spr",
    )  # fmt: skip

    assert "Cells: 20;" in told.out


def test_a_duty_may_name_a_body_and_a_requirement(regard, tmp_path):
    opened(tmp_path)

    told = regard(
        "round", "open", "part", "--edition", "npr-2012", "--body", BODY, "--as-at", "2014-12-31",
        "--opens", "2015-01-05", "--closes", "2015-01-31", "--under", "capacity",
        "--speaks", f"1:lead:{BODY}@public-order", "--by", "spr",
    )  # fmt: skip
    left = rows(regard("round", "still", "part", "--json", "--by", "spr"))

    assert told.code == 0, told.err
    assert [one["of"] for one in left] == ["npr-2012/public-order"]


@pytest.mark.parametrize("wrong", ["lead", "4:lead", "1:lead@public-order@x:y", ":lead"])
def test_a_duty_that_does_not_say_who_is_refused(regard, tmp_path, wrong):
    published(tmp_path)

    told = regard(
        "round", "open", "x", "--edition", "npr-2012", "--body", BODY, "--as-at", "2014-12-31",
        "--opens", "2015-01-05", "--closes", "2015-01-31", "--speaks", wrong, "--by", "spr",
    )  # fmt: skip

    assert told.code == 14
    assert "Expected:" in told.err


def test_who_has_still_to_speak_is_listed(regard, tmp_path):
    opened(tmp_path)

    held = rows(regard("round", "still", *ROUND, "--json", "--by", "spr"))

    assert [(one["line"], one["post"]) for one in held] == [
        (1, "lead"), (2, "spr"), (2, "chief"), (0, "board"),
    ]  # fmt: skip


def test_a_sheet_is_filled_in_and_judged(regard, tmp_path):
    opened(tmp_path)

    told = judged(regard, tmp_path)

    assert told.out == "Cells judged: 5; rows left open: 0.\n"


def test_a_round_with_somebody_silent_does_not_close(regard, tmp_path):
    opened(tmp_path)

    told = regard("round", "close", *ROUND, "--by", "spr")

    assert told.code == 23
    assert "cannot be closed" in told.err
    assert "regard round still 2014-q4" in told.err


def test_what_was_judged_is_carried_into_the_next_round(regard, tmp_path):
    opened(tmp_path)
    judged(regard, tmp_path)
    again = regard(
        "round", "open", "2015-q1", "--edition", "npr-2012", "--body", BODY, "--under", "capacity",
        "--as-at", "2015-03-31", "--opens", "2015-04-01", "--closes", "2015-04-30",
        "--speaks", "1:lead", "--follows", "2014-q4", "--by", "spr",
    )  # fmt: skip

    told = regard("round", "carry", "2015-q1", "--by", "spr")

    assert (again.code, told.code) == (0, 0), again.err + told.err
    assert "cycle:2014-q4 into cycle:2015-q1, unreviewed and not counted: 5;" in told.out
    held = rows(regard("round", "show", "2015-q1", "--json", "--by", "spr"))
    assert {one["reads"] for one in held} == {"carried"}
    assert {one["level"] for one in held} == {""}


def test_a_round_is_shown_as_it_was_known(regard, tmp_path):
    opened(tmp_path)
    entry = rows(regard("round", "list", "--json", "--by", "spr"))[0]["entry"]
    judged(regard, tmp_path)

    then = rows(regard("round", "show", *ROUND, "--json", "--by", "spr", "--known-at", str(entry)))

    assert {one["entry"] for one in then} == {None}
