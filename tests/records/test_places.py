"""Counts by place and by offence: what is nowhere or elsewhere is counted as such."""

from __future__ import annotations

from collections import Counter as Tally
from datetime import date
from pathlib import Path

import duckdb
import pytest

from records.brought_in import WHEN, bring_in, counting, crimes, offences, street
from records.generated import rows_of
from regard.core.errors import DefinitionRefused, NotEnoughData, NotKnown
from regard.core.periods import FinancialYear, Month, Period
from regard.records.imports import import_files
from regard.records.store import Store
from regard.records.tables import count_frame

STREET = "policeuk_street_merseyside_avonsomerset_cityoflondon_2018-01_2020-12.parquet"
LSOAS = "policeuk_lsoa_month_type_counts_dev.parquet"
JUNE = Month(2019, 6).period
HIGH = "On or near High Street"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def at(lsoa: str | None, rows: int, month: str = "2019-06", **more) -> list[dict]:
    return crimes("merseyside", month, "burglary", rows, lsoa=lsoa, **more)


def areas(vintage: str, force: str, *codes: str) -> list[dict]:
    return [{"source": vintage, "code": code, "level": "lsoa", "force": force} for code in codes]


def test_crimes_are_counted_by_place_and_those_without_one_are_told(store):
    bring_in(store, "crime", at("E01", 3) + at("E02", 1) + at(None, 2) + at("E01", 9, "2019-07"))

    with counting(store) as counter:
        found = counter.places("burglary", "merseyside", JUNE)

    assert found.counts == {"E01": 3, "E02": 1}
    assert (found.unplaced, found.elsewhere, found.places) == (2, 0, None)
    assert found.counted.value == 6
    assert found.noun == "LSOA"


def test_the_look_up_of_areas_says_how_many_places_there_are_and_what_lies_elsewhere(store):
    bring_in(store, "crime", at("E01", 3) + at("E02", 1) + at("W09", 4))
    rows = areas("2011", "merseyside", "E01", "E02", "E03") + areas("2011", "cheshire", "W09")
    bring_in(store, "area", rows, file="2011.csv")
    bring_in(store, "area", areas("2021", "merseyside", "E01", "E77"), file="2021.csv")

    with counting(store) as counter:
        found = counter.places("burglary", "merseyside", JUNE)

    assert found.counts == {"E01": 3, "E02": 1}
    assert (found.places, found.elsewhere) == (3, 4)
    assert found.known_by.detail == "3 LSOAs of merseyside, vintage 2011"


def test_a_location_is_one_of_its_lsoa_since_wordings_repeat(store):
    rows = at("E01", 2, location=HIGH) + at("E02", 5, location=HIGH) + at(None, 1, location=HIGH)
    bring_in(store, "crime", rows)

    with counting(store) as counter:
        found = counter.places("burglary", "merseyside", JUNE, place="location")

    assert found.counts == {f"{HIGH} in E01": 2, f"{HIGH} in E02": 5}
    assert found.unplaced == 1


def test_a_month_that_a_later_import_replaced_counts_once(store):
    bring_in(store, "crime", at("E01", 3) + at("E02", 7, "2019-07"))
    bring_in(store, "crime", at("E05", 2), file="again.csv")

    with counting(store) as counter:
        found = counter.places("burglary", "merseyside", Period(JUNE.start, date(2019, 7, 31)))

    assert found.counts == {"E02": 7, "E05": 2}


def test_what_cannot_be_counted_by_place_is_refused_with_the_reason(store):
    bring_in(store, "crime", at("E01", 3) + at(None, 2, "2019-08"))
    bring_in(store, "crime", at(None, 2, "2019-09"), file="bare.csv")

    with counting(store) as counter:
        with pytest.raises(NotEnoughData, match="no rows for July 2019"):
            counter.places("burglary", "merseyside", Period(JUNE.start, date(2019, 7, 31)))
        with pytest.raises(NotEnoughData, match="carry no lsoa .import 2: bare.csv"):
            counter.places("burglary", "merseyside", Month(2019, 9).period)
        with pytest.raises(DefinitionRefused, match="over 1 June 2019 to 14 June 2019"):
            counter.places("burglary", "merseyside", Period(JUNE.start, date(2019, 6, 14)))
        with pytest.raises(NotKnown, match="no place of crime rows is called 'ward'"):
            counter.places("burglary", "merseyside", JUNE, place="ward")
        with pytest.raises(DefinitionRefused, match="crime-rate is a rate"):
            counter.places("crime-rate", "merseyside", JUNE)
        with pytest.raises(DefinitionRefused, match="burglary is a count"):
            counter.weighed("burglary", "merseyside", JUNE)


def test_generated_rows_by_place_are_those_counted_in_plain_python(store):
    rows = rows_of("crime", 20130401, 900)
    bring_in(store, "crime", rows)
    wanted = [r for r in rows if r["source"] == "merseyside" and r["crime_type"] == "burglary"]
    april = Tally(r["local_area"] for r in wanted if r["month"] == "2013-04")

    with counting(store) as counter:
        found = counter.places("burglary", "merseyside", Month(2013, 4).period, place="local_area")

    assert found.unplaced == april.pop(None)
    assert found.counts == april


def weighed_store(store: Store) -> Store:
    rows = [
        {
            "source": "merseyside", "month": month, "quarter": quarter, "offence": code,
            "offence_group": group, "offences": number,
        }
        for month, quarter in (("2017-04", 1), ("2017-07", 2), ("2017-10", 3), ("2018-01", 4))
        for code, group, number in (
            ("28E", "Theft offences", 100), ("5D", "Violence against the person", 40),
            ("58D", "Criminal damage and arson", 7), ("9A", "Public order offences", 5 - quarter),
            ("19D", "Sexual offences", -1), ("AF", "Fraud offences", 900),
        )
    ]  # fmt: skip
    bring_in(store, "recorded_crime", rows)
    held = [("28E", 465.4), ("5D", 2034.7), ("58D", 5.4), ("19D", 3883.1)]
    bring_in(
        store,
        "severity",
        [{"offence": code, "weight": weight, "edition": "2016"} for code, weight in held],
    )
    bring_in(
        store,
        "population",
        [{"source": "merseyside", "month": "2017-06", "persons": 1_416_825, "edition": "2018"}],
    )
    return store


def test_offences_of_a_weighted_sum_come_by_code_with_weights_and_residents(store):
    with counting(weighed_store(store)) as counter:
        year = FinancialYear(2017).period
        found = counter.weighed("home-office-crime-severity", "merseyside", year)
        points = counter.figure("home-office-crime-severity", "merseyside", year)

    assert found.counts == {"19D": -4, "28E": 400, "58D": 28, "5D": 160, "9A": 10}
    assert found.counted.value == 594
    assert found.counted.unit == "offences"
    assert found.residents.value == 1_416_825
    assert found.edition == "2016"
    weighed = sum(n * found.weights.get(code, 0) for code, n in found.counts.items())
    assert weighed == pytest.approx(points.value)


def test_residents_that_were_not_brought_in_are_missing_with_the_reason(store):
    rows = offences("kent", date(2013, 4, 1), "28A", 2, crime_type="burglary")
    for code in ("5D", "34A", "45"):
        rows += offences("kent", date(2013, 4, 1), code, 1, crime_type="other-crime")
    bring_in(store, "crime", rows)
    bring_in(store, "severity", [{"offence": "28A", "weight": 465.4, "edition": "2016"}])

    with counting(store) as counter:
        found = counter.weighed("crime-severity", "kent", Month(2013, 4).period)

    assert found.counts == {"28A": 2, "34A": 1, "45": 1, "5D": 1}
    assert found.residents.value is None
    assert found.residents.missing == "no number of residents was brought in for kent"


@pytest.mark.slow
@pytest.mark.real
def test_real_offences_of_a_year_come_net_of_cancelled_ones(store, shared_data):
    table = shared_data / "ho_prc_pfa_2017_18.parquet"
    import_files(store, [table], now=WHEN)
    bring_in(store, "severity", [{"offence": "28E", "weight": 465.4, "edition": "2016"}])
    expected = dict(
        duckdb.sql(
            f"""SELECT Offence_Code, sum(Number_of_Offences)::BIGINT FROM '{table}'
            WHERE Force_Name = 'Merseyside' AND Offence_Group <> 'Fraud offences' GROUP BY 1"""
        ).fetchall()
    )

    with counting(store) as counter:
        found = counter.weighed(
            "home-office-crime-severity", "merseyside", FinancialYear(2017).period
        )

    assert found.counts == expected


@pytest.mark.slow
@pytest.mark.real
def test_a_million_real_crimes_by_lsoa_are_those_counted_by_others(store, shared_data):
    published = shared_data / LSOAS
    expected = dict(
        duckdb.sql(
            f"""SELECT "LSOA code", sum(n)::BIGINT FROM '{published}' WHERE
            source_force = 'avon-and-somerset' AND source_month LIKE '2020%'
            AND "Crime type" = 'Robbery' GROUP BY 1"""
        ).fetchall()
    )
    with duckdb.connect(config={"threads": 2}) as connection:
        rows = street(connection, shared_data / STREET).to_arrow_table()
        by_frame = count_frame(
            connection.from_arrow(rows).filter(
                "source = 'avon-and-somerset' AND month LIKE '2020%'"
            ),
            "robbery",
            ("lsoa",),
        )
    bring_in(store, "crime", rows)

    with counting(store) as counter:
        found = counter.places(
            "robbery", "avon-and-somerset", Period(date(2020, 1, 1), date(2020, 12, 31))
        )

    assert found.unplaced == expected.pop(None)
    assert found.counts == expected
    assert {cell.at[0]: cell.value for cell in by_frame if cell.at[0]} == expected
