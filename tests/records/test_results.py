"""What an import command says of itself."""

from __future__ import annotations

from regard.core.periods import Month
from regard.records.results import BatchResult, FileResult, Replaced, months_missing

STORED = FileResult(
    "a.csv",
    "stored",
    dataset="crime",
    reader="r 1",
    import_number=2,
    rows_read=10,
    rows_stored=9,
    rows_rejected=1,
    rows_without_area=2,
    area_codes_of_unknown_vintage=7,
    twins=3,
    left_out=("Officer", ""),
    replaced=(Replaced(1, "kent", ("2019-06", "2019-08")),),
)


def test_everything_a_reader_must_know_is_said():
    missing = {("crime", "kent"): (Month(2019, 7),)}
    known = FileResult("b.csv", "known", dataset="crime", import_number=1)

    assert BatchResult("x", (STORED, known), missing).said() == [
        "b.csv was brought in before, as import 1; nothing was done.",
        "1 row was set aside, with their reasons: regard records rejected NUMBER.",
        "2 rows have no area code; they count for the force and for no smaller area.",
        "7 rows have an area code of which nobody says the vintage.",
        "3 rows have an exact twin in the same file; all are kept.",
        "crime does not take Officer, a column without a name.",
        "a.csv replaces June 2019 and August 2019 of kent in import 1.",
        "crime of kent lacks July 2019; a missing month is not zero.",
    ]


def test_the_table_has_a_row_a_file():
    result = BatchResult("x", (STORED,))

    assert [row["rows_stored"] for row in result.rows()] == [9]
    assert (result.rows_stored, result.import_numbers) == (9, (2,))


def test_months_between_the_first_and_last_supply_are_missing_where_a_rhythm_is_expected():
    held = ["2017-04", "2018-01", ""]

    assert months_missing(held, 3) == (Month(2017, 7), Month(2017, 10))
    assert months_missing(held, 0) == ()
    assert months_missing([""], 1) == ()
    assert len(months_missing(held, 1)) == 8
