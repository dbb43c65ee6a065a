from __future__ import annotations

import pytest

from plan.stores import satisfaction, store_with
from records.brought_in import crimes, offences
from regard.board.comparing import chart_of_concentration, chart_of_funnel, chart_of_waves
from regard.core.figures import Source
from regard.core.periods import Month
from regard.plan.comparisons import concentration_of, funnel_of
from regard.plan.waves import waves_of
from regard.records.counting import Counter
from regard.signals.comparing import SimilarForces
from regard.signals.comparing.funnel import OF_ALL

JUNE = Month(2019, 6)
FORCES = ("merseyside", "kent", "essex", "dorset", "cumbria")
NAMES = {"merseyside": "Merseyside", "kent": "Kent"}


@pytest.fixture
def counter(tmp_path):
    rows = [
        row
        for at, force in enumerate(FORCES)
        for row in offences(force, JUNE.start, "46", 100 + at)
    ]
    rows += crimes(
        "merseyside", JUNE.iso, "burglary", 6, lsoa="E01000001", location="On or near High Street"
    )
    rows += crimes(
        "merseyside", JUNE.iso, "burglary", 2, lsoa="E01000002", location="On or near Mill Lane"
    )
    people = [
        {"source": force, "month": JUNE.iso, "persons": 1_000_000, "edition": "2019"}
        for force in FORCES
    ]
    areas = [
        {"source": "2011", "code": f"E0100000{at}", "level": "lsoa", "force": "merseyside"}
        for at in range(1, 9)
    ]
    store = store_with(tmp_path, crime=rows, population=people, area=areas, survey=satisfaction(80))
    with Counter(store) as made:
        yield made


def test_a_funnel_draws_the_force_it_is_about_and_its_group_apart(counter):
    similar = SimilarForces("2013", Source("document", "HMIC"), {"merseyside": ("kent", "essex")})
    found = funnel_of(
        counter, "shop-theft-rate", JUNE.period, about="merseyside", similar=similar, target=OF_ALL
    )

    chart = chart_of_funnel(found, name="Shop theft", when="June 2019", names=NAMES)

    kinds = {str(row.header): row.cells[2:] for row in chart.table.rows}
    assert kinds["Merseyside"] == ("this force", "inside the 95% limits")
    assert kinds["Kent"][0] == "most similar forces"
    assert str(chart.reading).startswith("Merseyside, at ")
    assert "by residents" in chart.alt


def test_a_concentration_is_drawn_beside_chance_over_all_places(counter):
    found = concentration_of(counter, "burglary", "merseyside", JUNE.period, place="lsoa")

    chart = chart_of_concentration(found, name="burglary", scope="Merseyside, June 2019")

    assert "50% of burglary lies in 12.5% of LSOAs; by chance alone in " in chart.alt


def test_without_all_places_it_is_drawn_over_those_with_any(counter):
    found = concentration_of(counter, "burglary", "merseyside", JUNE.period, place="location")

    chart = chart_of_concentration(found, name="burglary", scope="Merseyside, June 2019")

    assert "of locations with at least one" in chart.alt


def test_waves_are_drawn_with_their_ranges_and_the_target(counter):
    found = waves_of(counter, "victim-satisfaction-crime", "merseyside")

    chart = chart_of_waves(found, area="Merseyside", target=85)

    assert len(chart.table.rows) == 24
    assert str(chart.table.rows[-1].header) == "Mar 2020"
    assert "85" in str(chart.spec)
