from __future__ import annotations

from datetime import date

import pytest

from plan.stores import burglaries, steady, store_with, street
from regard.board.issuing import as_police_uk_names, issue_performance_paper, plan_for
from regard.core.errors import DefinitionRefused
from regard.plan.drafting import monitoring_plan

AS_AT = date(2019, 12, 31)


def test_without_plan_and_area_there_is_nothing_to_write_about():
    with pytest.raises(DefinitionRefused) as caught:
        plan_for(None, "", AS_AT)

    assert str(caught.value) == (
        "neither a plan nor an area is given for the paper as at 2019-12-31\n"
        "Expected: --plan FILE, or --area with a force as police.uk names it\n"
        "Next: regard plan draft --area AREA writes a plan to begin with"
    )


def test_an_area_alone_gives_the_plan_that_watches_every_category():
    plan = plan_for(None, "merseyside/north", AS_AT)

    assert (plan.area, len(plan.watched)) == ("merseyside", 15)


def test_a_paper_is_written_and_said_on_one_screen(tmp_path):
    store_with(tmp_path, crime=burglaries(steady(20)))
    plan = monitoring_plan("merseyside", AS_AT, watch=("burglary-dwelling",))

    issued = issue_performance_paper(tmp_path, plan, as_at=AS_AT, formats=("html",))

    assert [one.path.name for one in issued.files] == [
        "performance-merseyside-as-at-2019-12-31_2019-12-31_OFFICIAL.html"
    ]
    assert issued.files[0].path.parent == tmp_path / "papers"
    assert issued.said() == (
        "Merseyside: what is recorded, 2019/20",
        "What has really changed:",
        "  nothing, beyond its usual variation",
        "What it cannot say:",
        "  Why anything changed: the records count, and do not explain.",
        "Files:",
        f"  {issued.files[0].path}",
    )


def test_a_force_may_be_called_by_any_of_its_names():
    assert as_police_uk_names("Avon and Somerset/north") == "avon-and-somerset/north"
    assert as_police_uk_names("") == ""


def test_a_category_that_was_never_supplied_says_so_beside_those_that_were(tmp_path):
    store_with(tmp_path, crime=street(steady(20)))
    plan = monitoring_plan("merseyside", AS_AT, watch=("burglary", "drugs"))

    issued = issue_performance_paper(tmp_path, plan, as_at=AS_AT, formats=())

    assert [one.reading is None for one in issued.positions.watched] == [False, True]
    assert issued.positions.watched[1].now.missing == (
        "merseyside has never supplied a row whose crime_type is drugs"
    )


def test_every_change_of_the_paper_is_among_its_figures(tmp_path):
    store_with(tmp_path, crime=burglaries(steady(20)))
    plan = monitoring_plan("merseyside", AS_AT, watch=("burglary-dwelling",))

    issued = issue_performance_paper(tmp_path, plan, as_at=AS_AT, formats=())

    assert {"difference", "percent change"} <= {one.method for one in issued.figures()}
