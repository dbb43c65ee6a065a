"""`regard measure`: what can be measured, and its verbs that stand in other modules."""

import json
import subprocess
import sys

import pytest

from regard.cli.measure import ELSEWHERE


@pytest.fixture
def brought_in(regard, street_file):
    months = ["2019-04", "2019-05", "2019-06", "2019-08"]
    regard("records", "import", *(street_file(month, 40 + i) for i, month in enumerate(months)))
    return regard


def test_measures_are_listed_with_their_unit(regard):
    told = regard("measure", "list", "--json")

    rows = {row["measure"]: row for row in map(json.loads, told.out.splitlines())}
    assert rows["burglary"]["unit"] == "offences"


def test_a_file_of_ones_own_is_checked(regard, tmp_path):
    mine = tmp_path / "mine.toml"
    mine.write_text('[[measure]]\nid = "x"\n', encoding="utf-8")

    told = regard("measure", "check", mine)

    assert told.code == 14
    assert "mine.toml" in told.err


def test_ones_own_measures_lie_in_the_data_folder(brought_in, tmp_path):
    folder = tmp_path / "home" / "measures"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text(
        """
[[measure]]
id = "theft-of-any-kind"
name = "Theft of any kind"
kind = "count"
unit = "offences"
better = "lower"
dataset = "crime"
filter = [{ column = "crime_type", in = ["burglary", "other-theft"] }]
method = "police-uk-category-count 1"
source = "the analyst's own"
description = "Burglary and other theft together."
""",
        encoding="utf-8",
    )

    told = brought_in("measure", "show", "theft-of-any-kind", "--area", "merseyside", "--json")

    assert told.code == 0, told.err
    assert json.loads(told.out.splitlines()[0])["offences"] == 43


def test_every_verb_is_named_in_the_help(regard):
    told = regard("measure", "--help")

    assert told.code == 0
    assert all(f"  {verb} " in told.out for verb in ("list", "check", *ELSEWHERE))


@pytest.mark.parametrize("verb", sorted(ELSEWHERE))
def test_every_verb_is_found_in_its_module(regard, verb):
    told = regard("measure", verb, "--help")

    assert told.code == 0
    assert f" measure {verb} " in told.out


def test_a_verb_nobody_knows_is_a_word_it_does_not_know(regard):
    told = regard("measure", "guess", "burglary")

    assert told.code == 2
    assert "guess" in told.err


def test_listing_reads_no_statistics_and_no_charts():
    code = (
        "import sys; from regard.cli.main import run\n"
        "try: run(['measure', 'list'])\n"
        "except SystemExit: pass\n"
        "heavy = {'numba', 'scipy', 'docx', 'vl_convert'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )

    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stderr
