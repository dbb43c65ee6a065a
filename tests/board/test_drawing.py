from __future__ import annotations

from datetime import date

import pytest

from plan.stores import asked, burglaries, milestone, satisfaction, steady, store_with
from regard.board.drawing import LONGEST_CHART, chart_of
from regard.core.periods import Month
from regard.plan.drafting import monitoring_plan
from regard.plan.loading import plan_of

AS_AT = date(2019, 12, 31)
HEAD = {
    "id": "test-2019",
    "name": "Plan",
    "area": "merseyside",
    "force": "Merseyside Police",
    "governing_body": "Police and Crime Commissioner for Merseyside",
    "board": "Performance Board",
    "board_on": date(2020, 1, 20),
    "year": "2019/20",
    "document": "Plan",
}
LEVEL = milestone(
    measure="victim-satisfaction-crime",
    direction="up",
    percent=None,
    baseline=None,
    level=80,
    rolling_months=12,
)


def drawn(tmp_path, rows):
    store = store_with(tmp_path, crime=burglaries(rows))
    plan = monitoring_plan("merseyside", AS_AT, watch=("burglary-dwelling", "drugs"))
    return asked(store, plan, AS_AT).watched


@pytest.fixture(scope="module")
def positions(tmp_path_factory):
    rows = steady(20, first=Month(2012, 4)) | {Month(2019, 6): 60}
    del rows[Month(2019, 3)]
    return drawn(tmp_path_factory.mktemp("drawn"), rows)


def test_a_chart_draws_the_last_five_years_with_its_data(positions):
    chart = chart_of(positions[0], area="Merseyside", anchor="chart-burglary")

    months = [row for row in chart.table.rows if row.cells[-1] != "To come"]
    assert str(chart.table.rows[0].header) == "January 2015"
    assert [str(row.header) for row in chart.table.rows[LONGEST_CHART:]] == [
        "January 2020",
        "February 2020",
        "March 2020",
    ]
    assert len(months) >= LONGEST_CHART


def test_a_month_outside_the_limits_and_a_missing_one_are_told_in_words(positions):
    chart = chart_of(positions[0], area="Merseyside", anchor="chart-burglary")

    assert "Concern: June 2019." in chart.alt
    assert "Not supplied: March 2019." in chart.alt


def test_what_was_never_supplied_has_no_chart(positions):
    assert chart_of(positions[1], area="Merseyside", anchor="chart-drugs") is None


def test_a_promised_level_is_a_line_of_the_chart(tmp_path):
    store = store_with(tmp_path, survey=satisfaction(75))
    plan = plan_of(
        {
            "plan": HEAD,
            "outcome": [{"id": "A", "title": "Service", "source": "page 4"}],
            "milestone": [LEVEL],
        },
        file="plan.toml",
    )

    chart = chart_of(asked(store, plan, AS_AT).milestones[0], area="Merseyside", anchor="a")

    assert "The milestone is 80.0." in chart.alt
