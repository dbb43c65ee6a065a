from __future__ import annotations

from datetime import date

import pytest

from regard.board.demonstration import build, claims_said, real_data
from regard.core.periods import Month
from regard.papers.claims import Agreement, check_claims, load_claims

CLAIMS = "src/regard/examples/west_midlands_2013/claims.toml"


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory):
    return build(tmp_path_factory.mktemp("home"), formats=("html",))


@pytest.mark.slow
@pytest.mark.demo
def test_every_figure_the_source_prints_agrees_but_the_two_that_do_not_add_up(demonstration):
    differ = {one.printed.id for one in demonstration.having(Agreement.DIFFERS)}

    assert differ == {"burglary-difference", "domestic-share-of-rise"}
    assert demonstration.having(Agreement.NOT_COMPUTED) == ()
    assert len(demonstration.having(Agreement.AGREES)) == 28


@pytest.mark.slow
@pytest.mark.demo
def test_the_paper_says_that_no_milestone_is_met(demonstration):
    assert demonstration.paper.said()[1] == (
        "Of 6 milestones as at 14 March 2014, none is met, 3 can no longer be met, 1 will not be "
        "met without a change and 2 are behind."
    )


@pytest.mark.slow
@pytest.mark.demo
def test_the_priority_areas_are_counted_to_1_march(demonstration):
    held = demonstration.paper.positions.milestones
    priority = next(one for one in held if one.promise.id == "priority-area-crime")

    assert priority.as_at == date(2014, 3, 1)


@pytest.mark.slow
@pytest.mark.demo
def test_the_paper_carries_the_banner_of_generated_rows(demonstration):
    page = demonstration.paper.files[0].path.read_text(encoding="utf-8")

    assert "GENERATED EXAMPLE DATA" in page
    assert demonstration.said()[0].startswith("GENERATED EXAMPLE DATA")


@pytest.mark.slow
@pytest.mark.demo
def test_what_the_demonstration_says_fits_one_screen(demonstration):
    assert len(demonstration.said()) <= 50


@pytest.mark.slow
@pytest.mark.real
def test_real_rows_carry_the_missing_july_the_lockdown_and_the_twins(tmp_path, shared_data):
    files = shared_data / (
        "policeuk_street_merseyside_avonsomerset_cityoflondon_2018-01_2020-12.parquet"
    )

    found = real_data(tmp_path, files, formats=("html",))

    held = {one.promise.id: one for one in found.paper.positions.watched}
    page = found.paper.files[0].path.read_text(encoding="utf-8")
    assert held["burglary"].reading.series.missing == (Month(2019, 7),)
    lockdown = next(
        point for point in held["burglary"].reading.points if point.month == Month(2020, 4)
    )
    assert lockdown.signals == ("run low",)
    assert held["theft-from-the-person"].reading.proposals[-1].month == Month(2020, 4)
    assert held["anti-social-behaviour"].alike.percent.known > 50
    assert "equal in every column to an earlier row" in page
    assert "Every sentence above leaves out July 2019" in page


def test_printed_claims_are_said_a_line_a_verdict(root):
    claims = check_claims(load_claims(root / CLAIMS).claims)

    told = claims_said(claims)

    assert told[0].startswith("It prints 51 claims that can be checked: ")
    assert any("S4-24 (P40)" in line and "[BAD]" in line for line in told)
