from __future__ import annotations

import pytest

from regard.board.pictures import data_rows, picture
from regard.core.errors import NotKnown
from regard.papers.model import Chart, Column, Missing, Row, Table


def test_the_data_of_a_chart_are_rows_with_units_and_reasons():
    table = Table(
        caption="Burglary",
        stub="Month",
        columns=(Column("Value", "offences"), Column("Reading")),
        rows=(
            Row("May 2019", ("1,040", "Usual variation")),
            Row("June 2019", (Missing("not supplied"), "Not supplied")),
        ),
    )

    assert list(data_rows(table)) == [
        {"Month": "May 2019", "Value (offences)": "1,040", "Reading": "Usual variation"},
        {"Month": "June 2019", "Value (offences)": "not supplied", "Reading": "Not supplied"},
    ]


def test_a_kind_of_picture_that_is_not_drawn_is_refused():
    with pytest.raises(NotKnown, match="'gif'"):
        picture(Chart(spec={}), "gif")
