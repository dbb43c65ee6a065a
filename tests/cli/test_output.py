"""How commands show things."""

import json
from datetime import UTC, date, datetime

import pytest

from regard.cli import output
from regard.cli.output import Shape
from regard.core.errors import DefinitionRefused

ROWS = [
    {"area": "merseyside", "rows": 489_905, "missing": None},
    {"area": "=cmd()", "rows": 3, "missing": "July 2019"},
]


def test_json_is_one_object_a_line(capsys):
    output.show(ROWS, shape=Shape.JSON)

    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["rows"] for line in lines] == [489_905, 3]


def test_csv_never_starts_a_cell_of_text_as_a_formula(capsys):
    output.show(ROWS, shape=Shape.CSV)

    assert capsys.readouterr().out.splitlines() == [
        "area,rows,missing",
        "merseyside,489905,",
        "'=cmd(),3,July 2019",
    ]


def test_a_table_sets_thousands_apart_and_leaves_what_is_missing_empty(capsys):
    output.show(ROWS, shape=Shape.TABLE)

    shown = capsys.readouterr().out
    assert "489,905" in shown
    assert "None" not in shown


def test_an_empty_table_says_so_on_standard_error_only(capsys):
    output.show([], shape=Shape.TABLE, nothing="No imports yet.")

    assert capsys.readouterr() == ("", "No imports yet.\n")


def test_an_empty_json_is_empty(capsys):
    output.show([], shape=Shape.JSON)

    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", None),
        ("2026-01-31", datetime(2026, 1, 31, 23, 59, 59, 999_999, tzinfo=UTC)),
        ("2026-01-31T17:00", datetime(2026, 1, 31, 17, tzinfo=UTC)),
        ("2026-01-31T17:00+00:00", datetime(2026, 1, 31, 17, tzinfo=UTC)),
    ],
)
def test_an_instant_is_read_as_utc_and_a_day_as_its_end(text, read):
    assert output.instant(text) == read


def test_a_day_that_does_not_exist_is_refused_with_the_reason():
    with pytest.raises(DefinitionRefused) as refusal:
        output.day("2014-02-30")

    assert str(refusal.value).startswith("'2014-02-30' is not a day (")
    assert "Expected: a day such as 2014-03-14" in str(refusal.value)


def test_a_day_is_read():
    assert output.day("2014-03-14") == date(2014, 3, 14)


def test_a_file_that_is_there_is_not_written_over(tmp_path):
    held = tmp_path / "plan.toml"
    held.write_text("mine")

    with pytest.raises(DefinitionRefused, match=r"plan\.toml is there already"):
        output.write_or_show("new", held)

    assert held.read_text() == "mine"


def test_text_goes_to_a_new_file_with_its_folder(tmp_path, capsys):
    output.write_or_show("new\n", tmp_path / "folder" / "plan.toml")

    assert (tmp_path / "folder" / "plan.toml").read_text() == "new\n"
    assert capsys.readouterr().out == ""


def test_progress_is_silent_where_there_is_no_terminal(capsys):
    with output.ProgressBar() as progress:
        progress("2019-06-merseyside-street.csv", 10, 5, 10)

    assert capsys.readouterr() == ("", "")
