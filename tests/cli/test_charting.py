"""`regard measure chart` and `pack`: one measure as a picture, and all of them together."""

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest

from plan.stores import burglaries, satisfaction, steady, store_with
from records.brought_in import crimes
from regard.core.periods import Month
from regard.papers.pictures import SVG

NAME = "burglary-dwelling"


@pytest.fixture
def counted(regard, tmp_path):
    """Burglaries of which the last month stands out, other crime, and answers, in one force."""
    each = steady(60, first=Month(2016, 4)) | {Month(2020, 3): 150}
    other = [
        row
        for month in steady(1, first=Month(2016, 4))
        for row in crimes("merseyside", month.iso, "drugs", 50 + 5 * (month.ordinal % 3))
    ]
    rows = [*burglaries(each), *other]
    store_with(tmp_path / "home", crime=rows, survey=satisfaction(80))
    return lambda *words: regard("measure", *words)


@pytest.mark.slow
@pytest.mark.paper
def test_a_picture_carries_its_reading_and_its_alternative_text(counted, tmp_path):
    out, data = tmp_path / "c.svg", tmp_path / "c.csv"

    told = counted("chart", NAME, "--area", "merseyside", "--out", out, "--data", data)

    assert told.code == 0, told.err
    title, desc = (
        ET.parse(out).getroot().find(f"{{{SVG}}}{tag}").text for tag in ("title", "desc")
    )
    assert title == told.out.partition("\n")[0]
    assert f"Alternative text: {desc}" in told.out
    rows = list(csv.DictReader(io.StringIO(data.read_text(encoding="utf-8"))))
    assert rows[-1]["Month"] == "March 2020"
    assert rows[-1]["Value (offences a month)"] == "150"


@pytest.mark.slow
@pytest.mark.paper
def test_months_to_come_and_png_can_be_asked_for(counted, tmp_path):
    out = tmp_path / "c.png"
    words = ("--area", "merseyside", "--out", out, "--to", "2019-12-31", "--year", "2019/20")

    told = counted("chart", NAME, *words)

    assert out.read_bytes().startswith(b"\x89PNG")
    assert "To come, March 2020: expected " in told.out


def test_another_kind_of_picture_is_refused_before_anything_is_drawn(counted, tmp_path):
    told = counted("chart", NAME, "--area", "merseyside", "--out", tmp_path / "c.pdf")

    assert told.code == 15
    assert "no kind of picture is called 'pdf'" in told.err


def packed(told):
    assert told.code == 0, told.err
    return {row["measure"]: row for row in map(json.loads, told.out.splitlines())}


def test_a_pack_reads_every_measure_that_has_records(counted):
    rows = packed(counted("pack", "--json"))

    assert rows[NAME]["tier"] == "headline"
    assert rows[NAME]["adjusted_chance"] >= rows[NAME]["chance"]
    assert next(iter(rows)) in ("burglary", NAME)  # headlines first
    assert rows["drugs"]["tier"] == "background"
    assert rows["victim-satisfaction-crime"]["value"] == 80
    assert "robbery" not in rows


def test_people_are_told_how_many_were_tested_together(counted):
    told = counted("pack", "--measure", NAME, "--measure", "drugs", "--area", "merseyside")

    assert "2 of 2 series were tested together for March 2020." in told.out
    assert "1 made the headline tier" in told.out


def test_an_earlier_month_can_be_tested(counted):
    rows = packed(counted("pack", "--measure", NAME, "--month", "2020-02", "--json"))

    assert (rows[NAME]["month"], rows[NAME]["tier"]) == ("2020-02", "background")


def test_what_cannot_be_counted_is_said_to_be_left_out(counted):
    told = counted("pack", "--measure", NAME, "--measure", "robbery")

    assert "Left out, as no month of them can be counted: 1." in told.err


@pytest.mark.slow
@pytest.mark.paper
def test_a_sheet_of_small_charts_can_be_had(counted, tmp_path):
    out = tmp_path / "sheet.svg"

    told = counted("pack", "--measure", NAME, "--measure", "drugs", "--sheet", out)

    assert told.code == 0, told.err
    assert "2 small control charts" in ET.parse(out).getroot().find(f"{{{SVG}}}desc").text


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("--area", "kent"), 15, "no source of these measures is called 'kent'"),
        (("--measure", "burglry"), 15, "Expected: one of burglary"),
        (("--month", "June"), 14, "'June' is not a month"),
        (("--sheet", "sheet.html"), 15, "no kind of picture is called 'html'"),
        (("--measure", "robbery"), 16, "none of 1 series has a month with a value"),
        (("--plan", "none.toml"), 12, "none.toml cannot be read"),
    ],
)
def test_a_pack_that_cannot_be_read_is_refused(counted, words, code, says):
    told = counted("pack", *words)

    assert told.code == code
    assert says in told.err
