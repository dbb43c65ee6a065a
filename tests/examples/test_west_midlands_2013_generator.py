"""Every published aggregate comes back out of the rows, counted by code that did not make them."""

from __future__ import annotations

import csv
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest

from regard.core.quantities import rounded
from regard.examples.west_midlands_2013 import Generated
from regard.examples.west_midlands_2013.offences import offence_rows
from regard.examples.west_midlands_2013.recipe import recipe

pytestmark = [pytest.mark.slow, pytest.mark.demo]

NOW = ("2013-04-01", "2014-03-14")
THEN = ("2012-04-01", "2013-03-14")
APRIL_TO_FEBRUARY = ("2013-04-01", "2014-02-28"), ("2012-04-01", "2013-02-28")
TO_MARCH = ("2013-04-01", "2014-03-01"), ("2012-04-01", "2013-03-01")
YEAR_2010, YEAR_2012 = ("2010-04-01", "2011-03-31"), ("2012-04-01", "2013-03-31")
VWI = "ho in ('5A','5B','5C','5D','5E','8F','8G','8H','8J','8K')"
BURGLARY = "ho in ('28A','28B','28C','28D','29A','29B')"
DOMESTIC = f"{VWI} and DV_FLAG = 'Y'"
SOLVED = f"{VWI} and DISPOSAL in ('CHARGED','CAUTION','PND','COMMRES')"
VEHICLE = "ho in ('45','48')"
PRIORITY = "PRI_AREA is not null"
BUSINESS = "VICTIM = 'B'"

Count = Callable[..., int]
Days = tuple[str, str]


def change(count: Count, where: str, now: Days = NOW, then: Days = THEN) -> float:
    return 100 * count(*now, where) / count(*then, where) - 100


def share(count: Count, where: str, of: str, period: Days = NOW) -> float:
    return 100 * count(*period, f"({where}) and {of}") / count(*period, of)


RECOUNTED: dict[str, Callable[[Count], float]] = {
    "total-fewer-since-2010-11": lambda n: n(*YEAR_2010) - n(*YEAR_2012),
    "total-milestone": lambda n: float(rounded(0.05 * n(*YEAR_2012) / 100, 0)) * 100,
    "total-change": lambda n: change(n, "true"),
    "total-average": lambda n: n("2013-04-01", "2014-02-28") / 11,
    "six-types-share": lambda n: share(
        n, f"{BURGLARY} or ho in ('8G','45','46','49','58C')", "true"
    ),
    "vehicle-average": lambda n: n("2012-12-01", "2014-02-28", VEHICLE) / 15,
    "vehicle-change": lambda n: change(n, VEHICLE),
    "vehicle-difference": lambda n: n(*NOW, VEHICLE) - n(*THEN, VEHICLE),
    "theft-from-vehicle-change": lambda n: change(n, "ho = '45'"),
    "burglary-milestone": lambda n: 0.08 * n(*YEAR_2012, BURGLARY),
    "burglary-change": lambda n: change(n, BURGLARY),
    "violence-change": lambda n: change(n, VWI),
    "violence-difference": lambda n: n(*NOW, VWI) - n(*THEN, VWI),
    "domestic-share-before": lambda n: share(n, "DV_FLAG = 'Y'", VWI, ("2010-04-01", "2013-03-31")),
    "domestic-share-now": lambda n: share(n, "DV_FLAG = 'Y'", VWI),
    "domestic-difference": lambda n: (
        n(*APRIL_TO_FEBRUARY[0], DOMESTIC) - n(*APRIL_TO_FEBRUARY[1], DOMESTIC)
    ),
    "priority-share": lambda n: share(n, PRIORITY, "true", TO_MARCH[1]),
    "priority-change": lambda n: change(n, PRIORITY, *TO_MARCH),
    "solved-now": lambda n: share(n, SOLVED, VWI),
    "solved-before": lambda n: share(n, SOLVED, VWI, THEN),
    "business-change": lambda n: change(n, BUSINESS),
    "shop-theft-share": lambda n: share(n, "ho = '46'", BUSINESS),
    "shop-theft-change": lambda n: change(n, "ho = '46'"),
    "shop-theft-rate": lambda n: n(*NOW, "ho = '46'") / 2600,
    "four-types-share": lambda n: share(
        n, "ho in ('46','30A','30B','31A','49A','49')", BUSINESS
    ),
}  # fmt: skip

SURVEYED = {
    "satisfaction-crime": ("CRIME", "2013-03", "2014-02"),
    "satisfaction-crime-december": ("CRIME", "2013-12", "2013-12"),
    "satisfaction-asb": ("ASB", "2013-03", "2014-02"),
    "satisfaction-asb-december": ("ASB", "2013-12", "2013-12"),
    "satisfaction-crime-2012": ("CRIME", "2011-04", "2012-03"),
    "satisfaction-asb-2012": ("ASB", "2011-04", "2012-03"),
}
ELSEWHERE = {"priority-two-types", "priority-areas", "residents", "confidence",
             "confidence-average", "confidence-interviews"}  # fmt: skip


def as_printed(value: float, printed: float) -> bool:
    """Whole numbers were printed whole, the others to one decimal place."""
    places = 0 if isinstance(printed, int) else 1
    return rounded(value, places) == rounded(printed, places)


def test_every_published_aggregate_is_recounted() -> None:
    published = {one.id for one in recipe().published}

    assert published == set(RECOUNTED) | set(SURVEYED) | ELSEWHERE


@pytest.mark.parametrize("named", RECOUNTED)
def test_the_rows_give_back_what_was_published(named: str, count: Count) -> None:
    printed = recipe().aggregate(named)

    value = RECOUNTED[named](count)

    assert as_printed(value, printed.value), f"{printed.says}: recounted {value}"


@pytest.mark.parametrize("named", SURVEYED)
def test_the_answers_give_back_what_was_published(
    named: str, rows: duckdb.DuckDBPyConnection
) -> None:
    survey, first, last = SURVEYED[named]
    printed = recipe().aggregate(named)

    answered, satisfied = rows.execute(
        "select sum(ANSWERED::int), sum(SATISFIED::int) from satisfaction "
        "where SURVEY = ? and \"GROUP\" = 'ALL' "
        "and strftime(strptime(MONTH, '%m/%Y'), '%Y-%m') between ? and ?",
        [f"SATISFACTION-{survey}", first, last],
    ).fetchone()

    assert as_printed(100 * satisfied / answered, printed.value)


def test_the_waves_give_back_confidence_and_its_average(rows: duckdb.DuckDBPyConnection) -> None:
    waves = rows.execute(
        "select 100.0 * CONFIDENT::int / INTERVIEWS::int, INTERVIEWS::int from wave "
        "where LPU = 'ALL' order by strptime(LAST_DAY, '%d/%m/%Y')"
    ).fetchall()

    shares = [share for share, _ in waves]
    assert rounded(shares[-1], 1) == rounded(82.4, 1)
    assert rounded(sum(shares) / len(shares), 1) == rounded(83.1, 1)
    assert {2 * interviews for _, interviews in waves} == {16800}


def test_the_units_of_a_wave_sum_to_the_force(rows: duckdb.DuckDBPyConnection) -> None:
    uneven = rows.execute(
        "select LAST_DAY from wave group by LAST_DAY having "
        "sum(CONFIDENT::int) filter (LPU = 'ALL') <> sum(CONFIDENT::int) filter (LPU <> 'ALL') "
        "or sum(INTERVIEWS::int) filter (LPU = 'ALL') <> sum(INTERVIEWS::int) filter (LPU <> 'ALL')"
    ).fetchall()

    assert uneven == []


@pytest.mark.parametrize(
    "last_day, lowest",
    [("28/02/2013", {"BW", "CV", "WS", "WV"}), ("31/08/2013", {"BW", "BE", "WS", "WV"})],
)
def test_coventry_leaves_the_bottom_four_in_the_last_wave(
    last_day: str, lowest: set[str], rows: duckdb.DuckDBPyConnection
) -> None:
    found = rows.execute(
        "select LPU from wave where LPU <> 'ALL' and LAST_DAY = ? "
        "order by CONFIDENT::int / INTERVIEWS::int limit 4",
        [last_day],
    ).fetchall()

    assert {unit for (unit,) in found} == lowest


def test_actual_bodily_harm_and_shop_theft_are_almost_a_quarter_of_priority_areas(
    count: Count,
) -> None:
    quarter = share(count, "ho in ('8G','46')", PRIORITY, TO_MARCH[0])

    assert 23 < quarter < 25


def test_thirty_priority_areas_each_lie_in_one_unit(rows: duckdb.DuckDBPyConnection) -> None:
    areas = rows.execute(
        "select PRI_AREA, count(distinct LPU) from crime where PRI_AREA is not null group by 1"
    ).fetchall()

    assert len(areas) == recipe().aggregate("priority-areas").value
    assert {units for _, units in areas} == {1}


def test_residents_are_the_published_ones(rows: duckdb.DuckDBPyConnection) -> None:
    persons = rows.execute("select distinct RESIDENTS::int from residents").fetchall()

    assert persons == [(2600000,)]


def test_the_exact_counts_that_the_claims_imply_are_in_the_rows(count: Count) -> None:
    assert (count(*THEN, VWI), count(*NOW, VWI)) == (17055, 18607)
    assert (count(*THEN, SOLVED), count(*NOW, SOLVED)) == (7692, 7908)
    assert count(*NOW, "ho = '46'") == 15080


def test_the_fall_in_burglary_is_not_almost_800(count: Count) -> None:
    fall = count(*THEN, BURGLARY) - count(*NOW, BURGLARY)

    assert 691 <= fall <= 763


def test_the_domestic_part_of_the_rise_is_not_70_per_cent(count: Count) -> None:
    now, then = APRIL_TO_FEBRUARY

    part = 100 * 987 / (count(*now, VWI) - count(*then, VWI))

    assert rounded(part, 1) == rounded(66.9, 1)
    assert rounded(100 * 987 / 1552, 1) == rounded(63.6, 1)


def test_theft_of_motor_vehicle_rises_by_less_than_vehicle_crime(count: Count) -> None:
    assert 0 < change(count, "ho = '48'") < change(count, VEHICLE)


@pytest.mark.parametrize("where", ["ho = '49'", BURGLARY])
def test_what_paragraph_35_calls_a_reduction_is_one(where: str, count: Count) -> None:
    assert change(count, where) < 0


def test_other_burglary_bilking_and_theft_other_are_the_next_largest_of_business_crime(
    rows: duckdb.DuckDBPyConnection,
) -> None:
    largest = rows.execute(
        "select case when OFF_CODE like 'BOB%' then 'BOB' else OFF_CODE end as kind from offence "
        f"where {BUSINESS} and on_day between '{NOW[0]}' and '{NOW[1]}' "
        "group by kind order by count(*) desc limit 4"
    ).fetchall()

    assert largest == [("TSS",), ("BOB",), ("BILK",), ("TO",)]


def test_2013_14_ranks_as_the_paper_ranks_it_among_the_years_that_have_rows(count: Count) -> None:
    years = {year: count(f"{year}-04-01", f"{year + 1}-03-14") for year in (2010, 2011, 2012, 2013)}
    burglary = {year: count(f"{year}-04-01", f"{year + 1}-03-14", BURGLARY) for year in years}

    assert sorted(years, key=years.__getitem__).index(2013) + 1 == 2
    assert min(burglary, key=burglary.__getitem__) == 2013


def months(rows: duckdb.DuckDBPyConnection, where: str, first: str) -> dict[str, int]:
    return dict(
        rows.execute(
            "select strftime(on_day, '%Y-%m') as month, count(*) from offence "
            f"join code on own = OFF_CODE where ({where}) "
            f"and month between '{first}' and '2014-02' group by month order by month"
        ).fetchall()
    )


def outside(values: dict[str, int]) -> list[str]:
    """Months outside mean ± 2.66 average moving ranges, reckoned here and nowhere else."""
    told = list(values.values())
    mean = sum(told) / len(told)
    moving = [abs(after - before) for before, after in zip(told, told[1:], strict=False)]
    limit = 2.66 * sum(moving) / len(moving)
    return [month for month, value in values.items() if abs(value - mean) > limit]


def longest_run(values: dict[str, int]) -> int:
    mean = sum(values.values()) / len(values)
    sides = "".join("a" if value > mean else "b" for value in values.values())
    return max(len(run) for side in "ab" for run in sides.replace("ab"[side == "a"], " ").split())


STABLE = {
    "total": ("true", "2013-04"),
    "vehicle crime": (VEHICLE, "2012-12"),
    "theft from motor vehicle": ("ho = '45'", "2012-12"),
    "shop theft": ("ho = '46'", "2012-11"),
    "business crime": (BUSINESS, "2012-11"),
}


@pytest.mark.parametrize("named", STABLE)
def test_what_the_paper_calls_stable_shows_no_signal(
    named: str, rows: duckdb.DuckDBPyConnection
) -> None:
    values = months(rows, *STABLE[named])

    assert outside(values) == []
    assert longest_run(values) < 7


def test_july_alone_is_a_spike_in_violence_with_injury(rows: duckdb.DuckDBPyConnection) -> None:
    values = months(rows, VWI, "2013-07")

    assert outside(values) == ["2013-07"]
    assert longest_run(values) < 7


STEPS = {
    "vehicle crime": (VEHICLE, "2012-12", -1),
    "theft of motor vehicle": ("ho = '48'", "2012-12", -1),
    "shop theft": ("ho = '46'", "2012-11", 1),
    "violence with injury": (VWI, "2013-07", 1),
}


@pytest.mark.parametrize("named", STEPS)
def test_a_step_change_goes_the_way_the_paper_says(
    named: str, rows: duckdb.DuckDBPyConnection
) -> None:
    where, first, way = STEPS[named]
    values = months(rows, where, "2011-12")
    before = [value for month, value in values.items() if month < first][-8:]
    after = [value for month, value in values.items() if month >= first]

    moved = sum(after) / len(after) - sum(before) / len(before)

    assert moved * way > 0


def test_burglary_is_above_average_from_october_to_january(
    rows: duckdb.DuckDBPyConnection,
) -> None:
    values = months(rows, BURGLARY, "2013-04")
    mean = sum(values.values()) / len(values)

    above = {month for month, value in values.items() if value > mean}

    assert above == {"2013-10", "2013-11", "2013-12", "2014-01"}


def test_satisfaction_with_crime_moves_as_paragraph_66_tells(
    rows: duckdb.DuckDBPyConnection,
) -> None:
    monthly = dict(
        rows.execute(
            "select strftime(strptime(MONTH, '%m/%Y'), '%Y-%m') as month, "
            "SATISFIED::int / ANSWERED::int from satisfaction "
            "where SURVEY = 'SATISFACTION-CRIME' and \"GROUP\" = 'ALL' order by month"
        ).fetchall()
    )
    old = [share for month, share in monthly.items() if month < "2013-12"]
    new = [share for month, share in monthly.items() if month >= "2013-12"]
    average = sum(old) / len(old)
    below = [month for month, share in monthly.items() if share < average and month < "2013-12"]

    assert below[-8:] == [f"2013-{number:02d}" for number in range(4, 12)]
    assert monthly["2013-12"] > max(monthly[month] for month in ("2013-09", "2013-10", "2013-11"))
    assert monthly["2013-12"] > sum(new) / len(new)


def test_the_bytes_are_the_ones_that_every_machine_makes(made: Generated) -> None:
    assert made.digest == ("9dc61dbc767d37b4d09a2000d2d4d37d1b1e3650be1e2f87a4337f80284f035c")


def test_another_hash_seed_and_locale_change_no_byte(made: Generated, tmp_path: Path) -> None:
    told = "import sys; from pathlib import Path; from regard.examples.west_midlands_2013 import "
    told += "generate; sys.stdout.write(generate(Path(sys.argv[1])).digest)"
    environment = {**os.environ, "PYTHONHASHSEED": "7", "LC_ALL": "C", "TZ": "Asia/Tokyo"}

    digest = subprocess.run(
        [sys.executable, "-c", told, str(tmp_path)],
        env=environment, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip

    assert digest == made.digest


def test_another_seed_moves_rows_and_keeps_totals(rows: duckdb.DuckDBPyConnection) -> None:
    told = recipe()
    start = told.days.start
    held = [lines for (lines,) in rows.execute(
        "select count(*) from offence group by year(on_day - interval 3 month) "
        "order by year(on_day - interval 3 month)"
    ).fetchall()]  # fmt: skip

    other = offence_rows(told, seed=1)

    ends = [(date(year, 3, 31) - start).days for year in (2011, 2012, 2013, 2014)]
    years = np.bincount(np.searchsorted(ends, other.days))
    monthly = np.bincount(other.days // 30)
    first = rows.execute(
        f"select count(*) from offence where on_day < date '{start}' + interval 30 day"
    ).fetchone()
    assert years.tolist() == held
    assert first is not None
    assert int(monthly[0]) != first[0]


def test_every_file_says_that_it_is_generated(made: Generated) -> None:
    assert made.label == "GENERATED from published aggregates"
    assert all(file.name.startswith("GENERATED-") for file in made.files)
    assert all("GENERATED" in mapping.read_text(encoding="utf-8") for mapping in made.mappings)


def test_the_digest_covers_names_and_bytes(made: Generated) -> None:
    told = hashlib.sha256()
    for file in made.files:
        told.update(f"{file.name}\0".encode() + file.read_bytes())

    assert made.digest == told.hexdigest()


def test_a_plain_csv_reader_reads_what_was_written(made: Generated) -> None:
    with made.files[-1].open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))

    assert lines[0] == {"MID_YEAR": "2010", "RESIDENTS": "2600000"}


def test_days_of_a_file_lie_in_its_year(rows: duckdb.DuckDBPyConnection, made: Generated) -> None:
    file = next(one for one in made.files if "2013-14" in one.name)
    first, last, ordered = rows.execute(
        "with told as (select strptime(REC_DATE, '%d/%m/%Y') as d, "
        "lag(strptime(REC_DATE, '%d/%m/%Y')) over () as before "
        f"from read_csv('{file}', all_varchar = true, parallel = false)) "
        "select min(d)::date::varchar, max(d)::date::varchar, "
        "count(*) filter (before > d) from told"
    ).fetchone()

    assert (first, last, ordered) == ("2013-04-01", "2014-03-14", 0)
