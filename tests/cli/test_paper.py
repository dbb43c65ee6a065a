"""`regard paper`: from rows to the files of a paper."""

import json


def test_a_paper_is_written_from_police_uk_rows_without_a_plan(regard, street_file, tmp_path):
    months = [f"2019-{number:02d}" for number in (4, 5, 6, 8, 9)]
    regard("records", "import", *(street_file(month, 40 + i) for i, month in enumerate(months)))

    told = regard(
        "paper", "performance", "--area", "merseyside", "--as-at", "2019-09-30",
        "--out", tmp_path / "papers", "--format", "html", "--json",
    )  # fmt: skip

    assert told.code == 0, told.err
    written = json.loads(told.out)
    page = (tmp_path / "papers" / written["file"].rsplit("/", 1)[-1]).read_text("utf-8")
    assert "July 2019" in page


def test_without_a_plan_or_an_area_it_says_what_to_give(regard):
    told = regard("paper", "performance", "--as-at", "2019-09-30")

    assert told.code == 14
    assert "--plan FILE, or --area" in told.err


def test_what_a_paper_prints_is_recomputed(regard, root):
    claims = root / "src/regard/examples/west_midlands_2013/claims.toml"

    told = regard("paper", "check", claims, "--json")

    verdicts = {(row["claim"], row["verdict"]) for row in map(json.loads, told.out.splitlines())}
    assert ("S4-24", "BAD") in verdicts
    assert ("S4-36", "BAD") in verdicts
