from __future__ import annotations

import tomllib
from datetime import date

import pytest

from regard.core.errors import NotKnown
from regard.core.periods import FinancialYear
from regard.plan.drafting import CATEGORIES, draft, monitoring_plan
from regard.plan.loading import load, plan_of
from regard.records.measures import measures


def test_a_draft_reads_back_as_a_plan_that_promises_nothing(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text(draft("merseyside", date(2020, 12, 31)), encoding="utf-8")

    plan = load(path)

    assert plan.area == "merseyside"
    assert plan.year == FinancialYear(2020)
    assert plan.milestones == ()
    assert len(plan.watched) == 15


def test_a_draft_with_its_marks_removed_is_a_plan_with_promises():
    lines = draft("Merseyside Police", date(2020, 12, 31)).splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("# [[milestone]]"))
    opened = [
        line[2:] if n >= first and line.startswith("# ") and ("=" in line or "[[" in line) else line
        for n, line in enumerate(lines)
    ]

    plan = plan_of(tomllib.loads("\n".join(opened)), file="plan.toml")

    assert [one.percent for one in plan.milestones] == [5]
    assert [one.id for one in plan.deliverables] == ["A1"]
    assert [one.measure for one in plan.baselines] == ["burglary"]


def test_every_category_of_a_draft_is_a_measure():
    assert set(CATEGORIES) <= set(measures())


def test_without_a_plan_the_paper_watches_every_category():
    plan = monitoring_plan("merseyside", date(2020, 12, 31))

    assert plan.measures()[1:] == CATEGORIES
    assert plan.deliverables == ()


def test_an_area_nobody_knows_is_refused():
    with pytest.raises(NotKnown) as caught:
        draft("mersyside", date(2020, 12, 31))

    assert str(caught.value).startswith(
        "no force is called 'mersyside'\nExpected: one of merseyside"
    )


def test_a_measure_nobody_knows_is_refused():
    with pytest.raises(NotKnown) as caught:
        draft("merseyside", date(2020, 12, 31), watch=("burglery",))

    assert str(caught.value).startswith(
        "no measure is called 'burglery'\nExpected: one of burglary"
    )
