"""Files that are kept carry their marking in their names, and nothing that could be more."""

from __future__ import annotations

from regard.web.capable.people_files import csv_answer


def test_a_file_is_called_after_what_it_holds_and_its_marking():
    answer = csv_answer("OFFICIAL\r\n", "west-midlands", "fou", "2021-11")

    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="west-midlands_fou_2021-11_OFFICIAL.csv"'
    )


def test_a_name_holds_nothing_that_ends_a_header():
    answer = csv_answer("", 'a"b\r\n/ü')

    assert answer.headers["Content-Disposition"] == 'attachment; filename="a-b----_OFFICIAL.csv"'
