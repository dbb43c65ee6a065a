"""What share of crime lies in what share of places: two bases, chance beside them, and words."""

from __future__ import annotations

from datetime import date

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused, NotComparable
from regard.core.figures import must_compare
from regard.signals.comparing.concentration import concentration
from signals.conftest import made_figure
from signals.test_comparing_places import plain_gini
from signals.test_sentences import check

YEAR = (date(2018, 1, 1), date(2018, 12, 31))


def over(counts, **more):
    total = sum(counts) + more.get("unplaced", 0) + more.get("elsewhere", 0)
    return concentration(counts, made_figure(total, *YEAR), **{"places": None} | more)


def test_both_bases_are_said_and_never_mixed():
    found = over([30, 20, 10] + [1] * 40, places=200)

    half = found.held[1]
    assert half.places.value == 2
    assert half.of_all.value == pytest.approx(1.0)
    assert half.of_any.value == pytest.approx(100 * 2 / 43)
    with pytest.raises(NotComparable, match="basis"):
        must_compare(half.of_all, half.of_any)
    assert str(found.statements()[2]).startswith(
        "50% of 100 offences lay in 2 LSOAs: 1.0% of the 200 LSOAs (95% range "
    )


def test_chance_stands_beside_what_was_seen():
    random = np.random.default_rng(1)
    alike = over(random.multinomial(300, np.full(900, 1 / 900)).tolist(), places=900)
    apart = over([40, 35, 30, 25, 20] + [1] * 150, places=900)

    assert abs(alike.above_chance.known) < 5
    assert apart.above_chance.known > 20
    assert alike.held[1].by_chance.known == pytest.approx(apart.held[1].by_chance.known, abs=0.1)
    assert alike.held[1].by_chance.known < 15  # few crimes concentrate by chance alone
    text = " ".join(map(str, apart.statements()))
    assert "Spread over the same 900 LSOAs by chance alone, 50% would have lain in" in text
    assert "There are fewer crimes than places" in text


def test_without_a_total_of_places_only_the_one_base_is_said():
    found = over([3, 2, 1], place="location")

    assert found.gini.value is None
    assert found.held[0].of_all.missing == "how many there are in all is not known"
    text = " ".join(map(str, found.statements()))
    assert "How many locations there are in all is not known, so chance is not compared." in text
    assert "not addresses" in text
    assert found.chance_curve == ()


def test_crimes_without_a_place_or_elsewhere_are_left_out_and_counted():
    found = over([5, 5, 1], places=9, unplaced=4, elsewhere=1)

    assert found.crimes.value == 11
    text = " ".join(map(str, found.statements()))
    assert "Left out: 4 offences (25.0%) without a place." in text
    assert "Left out: 1 offence (6.3%) in none of the 9 LSOAs." in text


def test_places_with_one_two_three_and_more_add_up_to_those_with_any():
    found = over([1, 1, 1, 2, 2, 3, 4, 9], places=50).repeats

    assert [one.number.value for one in found.classes] == [3, 2, 1, 2]
    assert [one.or_more for one in found.classes] == [False, False, False, True]
    assert sum(one.share_of_crimes.known for one in found.classes) == pytest.approx(100)
    assert found.repeat.value == 5
    assert found.share.value == pytest.approx(62.5)
    assert found.held.value == pytest.approx(100 * 20 / 23)


def test_the_same_counts_give_the_same_range_again():
    counts = [7, 5, 5, 2] + [1] * 60

    assert over(counts, places=300) == over(list(reversed(counts)), places=300)


@pytest.mark.slow
@pytest.mark.statistics
def test_the_range_covers_the_coefficient_of_the_areas_that_places_are_drawn_from():
    random = np.random.default_rng(12)
    kept = random.negative_binomial(0.5, 0.1, 60_000)
    held = np.sort(kept).astype(float)
    truth = 2 * (np.arange(1, 60_001) @ held) / (60_000 * held.sum()) - 60_001 / 60_000
    covered = 0
    for _ in range(150):
        drawn = random.choice(kept, 800).tolist()
        covered += truth in over(drawn, places=800, resamples=300).gini.interval

    assert covered / 150 > 0.88


@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=60).filter(any),
    st.one_of(st.none(), st.integers(60, 400)),
    st.integers(0, 9),
    st.integers(0, 3),
)
def test_what_is_said_of_any_counts_can_be_traced(counts, places, unplaced, elsewhere):
    if places is None:
        elsewhere = 0
    found = over(counts, places=places, unplaced=unplaced, elsewhere=elsewhere, resamples=50)

    assert check(found.statements()) >= 4
    for one in found.held:
        assert one.of_all.value is None or one.of_all.known <= one.of_any.known + 1e-9


def test_counts_that_do_not_add_up_are_refused():
    with pytest.raises(NotComparable, match="do not add up to 9 offences"):
        concentration([3, 2], made_figure(9, *YEAR), places=5)


def test_more_places_with_a_crime_than_there_are_places_is_refused():
    with pytest.raises(DefinitionRefused, match="3 places hold a crime and there are 2"):
        over([1, 1, 1], places=2)


LSOAS = "policeuk_lsoa_month_type_counts_dev.parquet"
LOOK_UP = "lsoa2011_to_msoa_lad_force.parquet"


@pytest.mark.slow
@pytest.mark.real
def test_real_robberies_lie_in_fewer_places_than_chance_would_have_them(shared_data):
    """Merseyside, 2018: 1,453 robberies, 910 LSOAs."""
    held = duckdb.sql(
        f"""SELECT c."LSOA code", sum(n)::BIGINT, any_value(PFA16NM)
        FROM '{shared_data / LSOAS}' c LEFT JOIN '{shared_data / LOOK_UP}' a
        ON c."LSOA code" = a."LSOA Code" WHERE source_force = 'merseyside'
        AND source_month LIKE '2018%' AND "Crime type" = 'Robbery' GROUP BY 1"""
    ).fetchall()
    every = duckdb.sql(
        f"SELECT count(*) FROM '{shared_data / LOOK_UP}' WHERE PFA16NM = 'Merseyside'"
    ).fetchone()[0]
    inside = [n for _, n, force in held if force == "Merseyside"]
    elsewhere = sum(n for _, n, force in held if force != "Merseyside")

    found = over(inside, places=every, elsewhere=elsewhere)

    assert (every, found.crimes.value, elsewhere) == (910, 1_452, 1)
    half = found.held[1]
    assert half.places.value == 72
    assert half.of_all.value == pytest.approx(100 * 72 / 910)
    assert half.by_chance.value == pytest.approx(23.7, abs=0.05)
    assert found.gini.value == pytest.approx(plain_gini(inside + [0] * (every - len(inside))))
    check(found.statements())
