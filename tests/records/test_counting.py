"""What a counter answers: series, figures and tables in which missing is never nought."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from records.brought_in import WHEN, answers, bring_in, counting, crimes, offences, street
from regard.core.errors import DefinitionRefused, NotEnoughData, NotKnown
from regard.core.periods import FinancialYear, Month, Period
from regard.records.bookkeeping import Bookkeeping
from regard.records.imports import import_files
from regard.records.store import Store
from regard.records.tables import count_frame

FORCE = "west-midlands"
YEAR = FinancialYear(2013)
STREET = "policeuk_street_merseyside_avonsomerset_cityoflondon_2018-01_2020-12.parquet"
CONFIDENCE = {"question": "confidence", "survey": "feeling-the-difference"}
MET = "policeuk_met_burglary_2010-12_2021-12.parquet"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def each_day(first: date, last: date, code: str = "46", **more) -> list[dict]:
    """Two offences of one code every day."""
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    return [row for day in days for row in offences(FORCE, day, code, 2, **more)]


# ----- series


def test_a_month_that_was_not_supplied_is_missing_by_name_and_its_neighbours_are_not(store):
    rows = crimes("merseyside", "2019-06", "burglary", 3)
    bring_in(store, "crime", rows + crimes("merseyside", "2019-08", "burglary", 5))

    with counting(store) as counter:
        series = counter.series("burglary", "merseyside")

    assert series.values == (3, None, 5)
    assert series.why_missing == {
        Month(2019, 7): "no rows for July 2019 were brought in for merseyside"
    }
    assert series.counted_to == date(2019, 8, 31)


def test_a_month_whose_rows_hold_none_of_the_kind_is_nought(store):
    rows = crimes("merseyside", "2019-06", "burglary", 3)
    bring_in(store, "crime", rows + crimes("merseyside", "2019-07", "drugs", 1))

    with counting(store) as counter:
        series = counter.series("burglary", "merseyside")

    assert series.values == (3, 0)


def test_a_kind_that_was_never_supplied_is_missing_and_not_nought(store):
    bring_in(store, "crime", crimes("metropolitan", "2019-06", "burglary", 3))

    with counting(store) as counter:
        shoplifting = counter.series("shoplifting", "metropolitan")
        total = counter.series("total-recorded-crime", "metropolitan")

    assert shoplifting.values == total.values == (None,)
    assert shoplifting.why_missing[Month(2019, 6)] == (
        "metropolitan has never supplied a row whose crime_type is shoplifting"
    )
    assert "violence-and-sexual-offences" in total.why_missing[Month(2019, 6)]


def test_a_month_whose_file_lacks_a_column_is_missing_and_names_the_import(store):
    bring_in(store, "crime", offences(FORCE, date(2013, 4, 1), "46", 3))
    bring_in(store, "crime", crimes(FORCE, "2013-05", "burglary", 9), file="police-uk.csv")

    with counting(store) as counter:
        series = counter.series("shop-theft", FORCE)

    assert series.values == (3, None)
    assert series.why_missing[Month(2013, 5)].startswith(
        "the rows for May 2013 of west-midlands carry no offence (import 2: police-uk.csv"
    )


def test_a_category_that_did_not_exist_yet_is_missing(store):
    rows = crimes("merseyside", "2013-04", "violent-crime", 4)
    rows += crimes("merseyside", "2013-05", "violence-and-sexual-offences", 6)
    bring_in(store, "crime", rows)

    with counting(store) as counter:
        new = counter.series("violence-and-sexual-offences", "merseyside")
        old = counter.series("violent-crime", "merseyside")

    assert (new.values, old.values) == ((None, 6), (4, None))
    assert new.why_missing[Month(2013, 4)].endswith("was not counted before May 2013")


def test_a_series_keeps_to_the_months_asked_for_and_leaves_a_part_month_open(store):
    bring_in(store, "crime", each_day(date(2014, 1, 1), date(2014, 3, 31)))

    with counting(store) as counter:
        series = counter.series("shop-theft", FORCE, start=Month(2013, 12), to=date(2014, 3, 14))

    assert series.values == (None, 62, 56, None)
    assert series.why_missing[Month(2014, 3)] == "March 2014 was counted only to 14 March 2014"
    assert series.counted_to == date(2014, 3, 14)


def test_a_last_month_whose_rows_stop_early_is_not_taken_as_whole(store):
    bring_in(store, "crime", each_day(date(2014, 2, 1), date(2014, 3, 14)))

    with counting(store) as counter:
        series = counter.series("shop-theft", FORCE)
        figure = counter.figure("shop-theft", FORCE, Period(date(2014, 2, 1), date(2014, 3, 14)))

    assert series.values == (56, None)
    assert series.why_missing[Month(2014, 3)] == (
        "the rows for March 2014 of west-midlands stop at 14 March 2014"
    )
    assert figure.value == 84


def test_a_measure_by_offence_code_falls_back_to_the_category_by_a_method_of_its_own(store):
    rows = offences(FORCE, date(2013, 4, 1), "45", 2) + offences(FORCE, date(2013, 4, 1), "48", 3)
    rows += offences(FORCE, date(2013, 4, 1), "126", 5, crime_type="vehicle-crime")
    bring_in(store, "crime", rows + crimes("merseyside", "2013-04", "vehicle-crime", 7))

    with counting(store) as counter:
        by_code = counter.series("vehicle-crime", FORCE)
        by_category = counter.series("vehicle-crime", "merseyside")

    assert (by_code.values, by_category.values) == ((5,), (7,))
    assert by_code.method != by_category.method


def test_no_month_to_show_is_refused(store):
    bring_in(store, "crime", crimes("merseyside", "2019-06", "burglary", 3))

    with counting(store) as counter, pytest.raises(NotEnoughData, match="holds no month"):
        counter.series("burglary", "merseyside", start=Month(2020, 1))


def test_rows_that_are_all_put_on_the_first_of_their_month_do_not_cut_it_short(store):
    rows = offences(FORCE, date(2014, 2, 1), "46", 50)
    bring_in(store, "crime", rows + offences(FORCE, date(2014, 3, 1), "46", 60))

    with counting(store) as counter:
        series = counter.series("shop-theft", FORCE)

    assert series.values == (50, 60)


# ----- figures


def test_a_year_to_date_is_counted_to_the_day(store):
    bring_in(store, "crime", each_day(date(2013, 4, 1), date(2014, 3, 31)), file="2013.csv")

    with counting(store) as counter:
        figure = counter.figure("shop-theft", FORCE, YEAR.to(date(2014, 3, 14)))

    assert figure.value == 2 * 348
    assert str(figure) == "696 offences"
    assert figure.as_at == date(2014, 3, 14)
    assert [source.detail for source in figure.sources] == ["696 rows where offence is 46"]
    assert figure.sources[0].reference.startswith("import 1: 2013.csv (sha256 ")


def test_rows_that_carry_months_only_say_which_months_can_be_asked_instead(store):
    rows = [crimes("merseyside", month.iso, "burglary", 4) for month in YEAR.months]
    bring_in(store, "crime", sum(rows, []))

    with counting(store) as counter:
        figure = counter.figure("burglary", "merseyside", YEAR.to(date(2014, 3, 14)))
        instead = counter.figure("burglary", "merseyside", YEAR.to(date(2014, 2, 28)))

    assert figure.value is None
    assert figure.missing == (
        "the rows of merseyside carry months and not days, so 1 April 2013 to 14 March 2014 "
        "cannot be counted; April 2013 to February 2014 can"
    )
    assert instead.value == 44


def test_a_total_that_lacks_a_month_is_missing_and_tells_what_is_known(store):
    rows = [crimes("merseyside", m.iso, "burglary", 4) for m in YEAR.months if m.number != 7]
    bring_in(store, "crime", sum(rows, []))

    with counting(store) as counter:
        figure = counter.figure("burglary", "merseyside", YEAR.period)
        [cell] = counter.table("burglary", by=("source",))

    assert figure.missing == (
        "no rows for July 2013 were brought in for merseyside; "
        "the other 11 of 12 months hold 44 offences"
    )
    assert cell.value == 44
    assert cell.without == ("no rows for July 2013 were brought in for merseyside",)


def test_a_figure_that_nothing_answers_names_the_imports_that_were_looked_at(store):
    bring_in(store, "crime", crimes("merseyside", "2019-06", "burglary", 3), file="june.csv")

    with counting(store) as counter:
        lacking = counter.figure("burglary-dwelling", "merseyside", Month(2019, 6).period)
        later = counter.figure("burglary", "merseyside", Month(2019, 7).period)

    assert lacking.missing == "no row of merseyside carries offence"
    for figure in (lacking, later):
        assert [str(source)[:18] for source in figure.sources] == ["import 1: june.csv"]
        assert figure.sources[0].detail == "looked at, and it cannot answer"


def test_part_of_a_month_with_undated_rows_is_missing(store):
    rows = each_day(date(2014, 3, 1), date(2014, 3, 31))
    bring_in(store, "crime", [*rows, {**rows[0], "recorded_on": None}])

    with counting(store) as counter:
        whole = counter.figure("shop-theft", FORCE, Month(2014, 3).period)
        part = counter.figure("shop-theft", FORCE, Period(date(2014, 3, 1), date(2014, 3, 14)))

    assert whole.value == 63
    assert part.missing == "1 of the rows for March 2014 that count carry no day"


def test_a_period_beyond_the_rows_is_missing(store):
    bring_in(store, "crime", each_day(date(2014, 2, 1), date(2014, 3, 14)))

    with counting(store) as counter:
        figure = counter.figure("shop-theft", FORCE, Period(date(2014, 3, 1), date(2014, 3, 20)))

    assert figure.missing == "the rows for March 2014 of west-midlands stop at 14 March 2014"


def test_a_rate_carries_its_count_and_the_residents_of_its_financial_year(store):
    bring_in(store, "crime", each_day(date(2013, 4, 1), date(2014, 3, 31)))
    people = [("2012-06", 1_000, "2013"), ("2013-06", 2_000, "2014"), ("2014-06", 9_000, "2015")]
    bring_in(
        store,
        "population",
        [{"source": FORCE, "month": m, "persons": n, "edition": e} for m, n, e in people],
        file="people.csv",
    )

    with counting(store) as counter:
        figure = counter.figure("shop-theft-rate", FORCE, YEAR.period)
        series = counter.series("shop-theft-rate", FORCE)

    assert figure.value == 730 * 1_000 / 2_000
    assert [(part.value, part.unit) for part in figure.parts] == [
        (730, "offences"),
        (2_000, "residents"),
    ]
    assert figure.parts[0].measure == "shop-theft"
    assert "2,000 residents, mid-2013, edition 2014" in [s.detail for s in figure.sources]
    assert set(series.bases) == {2_000}


def test_residents_of_an_earlier_year_stand_in_and_later_ones_never_do(store):
    bring_in(store, "crime", each_day(date(2013, 4, 1), date(2013, 4, 30)))
    bring_in(store, "population", [{"source": FORCE, "month": "2011-06", "persons": 500}])
    later = [{"source": "merseyside", "month": "2014-06", "persons": 500}]
    bring_in(store, "population", later, file="later.csv")
    bring_in(store, "crime", [{**row, "source": "merseyside"} for row in each_day(
        date(2013, 4, 1), date(2013, 4, 30))], file="m.csv")  # fmt: skip

    with counting(store) as counter:
        earlier = counter.figure("shop-theft-rate", FORCE, Month(2013, 4).period)
        none = counter.figure("shop-theft-rate", "merseyside", Month(2013, 4).period)

    assert "500 residents, mid-2011, edition not stated" in [s.detail for s in earlier.sources]
    assert none.missing == (
        "no number of residents of merseyside for mid-2013 or earlier was brought in"
    )


def test_a_proportion_of_rows_carries_its_base(store):
    day = date(2013, 4, 1)
    rows = offences(FORCE, day, "8G", 3, outcome="suspect-charged")
    rows += offences(FORCE, day, "8G", 5, outcome="under-investigation")
    bring_in(store, "crime", rows + offences(FORCE, day + timedelta(days=30), "46", 1))

    with counting(store) as counter:
        series = counter.series("solved-and-resolved-violence-with-injury", FORCE)
        figure = counter.figure(series.measure, FORCE, Month(2013, 4).period)

    assert series.values == (37.5, None)
    assert series.bases == (8, 0)
    assert series.why_missing[Month(2013, 5)] == "no offences to take a proportion of"
    assert [part.value for part in figure.parts] == [3, 8]


# ----- surveys


def test_a_rolling_year_sums_answers_before_it_divides(store):
    months = [Month(2013, 1) + step for step in range(13)]
    waves = [answers(m.iso, 80.0 + step, 100 + step) for step, m in enumerate(months)]
    bring_in(store, "survey", waves)

    with counting(store) as counter:
        rolling = counter.series(
            "victim-satisfaction-crime", FORCE, start=Month(2013, 12), rolling=12
        )
        year = counter.figure(rolling.measure, FORCE, FinancialYear(2013).to(date(2014, 1, 31)))

    assert rolling.values[0] == pytest.approx(100 * (80 * 12 + 66) / (100 * 12 + 66), rel=1e-15)
    assert rolling.bases == (1_266, 1_278)
    assert year.parts[1].value == sum(100 + step for step in range(3, 13))


def test_a_month_without_answers_leaves_a_rolling_year_open_whoever_else_was_asked(store):
    months = [Month(2013, 1) + step for step in range(12) if step != 6]
    rows = [answers(month.iso, 80, 100) for month in months]
    bring_in(store, "survey", [*rows, answers("2013-07", 7_000, 8_400, **CONFIDENCE)])

    with counting(store) as counter:
        rolling = counter.series(
            "victim-satisfaction-crime", FORCE, start=Month(2013, 12), rolling=12
        )
        cells = counter.table("victim-satisfaction-crime")

    assert rolling.why_missing[Month(2013, 12)] == (
        "no answers for July 2013 were brought in for west-midlands; 11 of 12 months are known"
    )
    assert [cell.at[1] for cell in cells if cell.value is None] == ["2013-07"]


def test_a_figure_of_a_wave_survey_is_the_wave_that_ended_in_the_period(store):
    rows = [
        answers("2013-08", 6921.5, 8400, question="confidence", design_effect=1.5),
        answers("2014-03", 7000, 8400, question="confidence", design_effect=1.5),
        answers("2013-09", 80, 100),
    ]
    bring_in(store, "survey", rows)

    with counting(store) as counter:
        series = counter.series("confidence", FORCE)
        wave = counter.figure("confidence", FORCE, Month(2013, 8).period)
        none = counter.figure("confidence", FORCE, Month(2013, 9).period)

    assert wave.value == pytest.approx(82.39880952)
    assert [part.value for part in wave.parts] == [6921.5, 8400, 5600]
    assert series.start == Month(2013, 8)
    assert series.end == Month(2014, 3)
    assert none.missing == "no wave for west-midlands ended in September 2013"


def test_one_survey_brought_in_again_leaves_the_others_of_its_month(store):
    rows = [answers("2013-08", 80, 100), answers("2013-08", 6_000, 8_400, **CONFIDENCE)]
    bring_in(store, "survey", rows)
    again = [answers("2013-08", 7_000, 8_400, **CONFIDENCE)]
    bring_in(store, "survey", again, file="again.csv", at=WHEN + timedelta(days=1))

    with counting(store) as counter:
        satisfaction = counter.series("victim-satisfaction-crime", FORCE)
        confidence = counter.series("confidence", FORCE)

    assert (satisfaction.values, satisfaction.bases) == ((80.0,), (100,))
    assert confidence.bases == (8_400,)
    assert confidence.values == (pytest.approx(100 * 7_000 / 8_400),)


def test_groups_of_those_asked_do_not_count_twice(store):
    bring_in(
        store, "survey", [answers("2013-08", 80, 100), answers("2013-08", 20, 40, group="men")]
    )

    with counting(store) as counter:
        series = counter.series("victim-satisfaction-crime", FORCE)

    assert (series.values, series.bases) == ((80.0,), (100,))


# ----- local areas, quarters, weights, narrowing


def test_a_local_area_is_counted_by_itself(store):
    day = date(2013, 4, 1)
    rows = offences(FORCE, day, "46", 2, local_area="coventry")
    bring_in(store, "crime", rows + offences(FORCE, day, "46", 3, local_area="solihull"))

    with counting(store) as counter:
        series = counter.series("shop-theft", f"{FORCE}/coventry")
        cells = counter.table(
            "shop-theft", by=("source", "local_area"), areas=[f"{FORCE}/coventry"]
        )

        with pytest.raises(NotKnown, match="no local area of west-midlands is called 'dudley'"):
            counter.series("shop-theft", f"{FORCE}/dudley")
        with pytest.raises(NotEnoughData, match="is not counted for west-midlands/coventry"):
            counter.series("shop-theft-rate", f"{FORCE}/coventry")
        with pytest.raises(DefinitionRefused, match="by source, month"):
            counter.table("shop-theft", areas=[f"{FORCE}/coventry"])

    assert series.values == (2,)
    assert series.sources[0].detail == "2 rows where offence is 46 and local_area is coventry"
    assert [(cell.at, cell.value) for cell in cells] == [((FORCE, "coventry"), 2)]


def quarter(month: str, offences: int, code: str = "8N") -> dict:
    groups = {"offence_group": "Violence against the person"}
    place = {"source": FORCE, "month": month, "quarter": 1, "offence": code}
    return {**place, **groups, "offence_subgroup": "Violence with injury", "offences": offences}


def test_quarters_with_cancelled_offences_are_summed_as_they_stand(store):
    bring_in(
        store,
        "recorded_crime",
        [quarter("2017-04", 10), quarter("2017-04", -12), quarter("2017-07", 7)],
    )

    with counting(store) as counter:
        series = counter.series("home-office-violence-with-injury", FORCE)
        half = counter.figure(series.measure, FORCE, Period(date(2017, 4, 1), date(2017, 9, 30)))
        odd = counter.figure(series.measure, FORCE, Period(date(2017, 4, 1), date(2017, 8, 31)))

    assert series.values == (-2, None, None, 7)
    assert series.why_missing[Month(2017, 5)] == (
        "counted by the quarter; the quarter of May 2017 stands at April 2017"
    )
    assert half.value == 5
    assert odd.missing == (
        "recorded_crime is counted by the quarter, and 1 April 2017 to 31 August 2017 is not "
        "quarters"
    )


def test_offences_without_a_weight_are_left_out_and_said(store):
    day = date(2013, 4, 1)
    codes = ("28A", "8G", "34A", "45", "XX")
    bring_in(store, "crime", [row for code in codes for row in offences(FORCE, day, code, 2)])
    weights = {"28A": 465.38, "8G": 127.0, "34A": 799.6, "45": 32.9}
    held = [{"offence": c, "weight": w, "edition": "2020"} for c, w in weights.items()]
    bring_in(store, "severity", held, file="weights.csv")

    with counting(store) as counter:
        figure = counter.figure("crime-severity", FORCE, Month(2013, 4).period)

    assert figure.value == pytest.approx(2 * sum(weights.values()), rel=1e-15)
    assert figure.sources[0].detail == (
        "10 rows where crime_type is not anti-social-behaviour; 2 rows left out, whose codes "
        "have no weight: XX"
    )
    assert figure.sources[1].detail == "4 weights, edition 2020"


def test_weights_that_were_not_brought_in_are_asked_for(store):
    day = date(2013, 4, 1)
    codes = ("28A", "8G", "34A", "45")
    bring_in(store, "crime", [row for code in codes for row in offences(FORCE, day, code, 2)])

    with counting(store) as counter, pytest.raises(NotEnoughData, match="no weights of offences"):
        counter.series("crime-severity", FORCE)


def test_a_narrowed_measure_counts_the_part_of_the_whole(store):
    day = date(2013, 4, 1)
    rows = offences(FORCE, day, "46", 4, victim="business")
    bring_in(store, "crime", rows + offences(FORCE, day, "49", 6, victim="business"))

    with counting(store) as counter:
        business = counter.measure("business-crime")
        part = counter.figure(business.narrowed("offence", ("46",)), FORCE, Month(2013, 4).period)
        none = counter.figure(business.narrowed("offence", ("30A",)), FORCE, Month(2013, 4).period)

    assert (part.value, none.value) == (4, 0)


# ----- tables


def test_a_published_table_suppresses_small_cells_and_says_so(store):
    day = date(2013, 4, 1)
    rows = offences(FORCE, day, "8G", 4, domestic_abuse=True)
    rows += offences("merseyside", day, "8G", 5, domestic_abuse=True)
    bring_in(store, "crime", rows)

    with counting(store) as counter:
        shown = counter.table("domestic-violence-with-injury", publication=True)
        inside = counter.table("domestic-violence-with-injury")

    assert [(c.value, c.suppressed, c.missing) for c in shown] == [
        (5, False, ""),
        (None, True, "suppressed: fewer than 5"),
    ]
    assert [c.value for c in inside] == [5, 4]


def test_a_table_by_month_of_all_forces_says_which_force_a_month_lacks(store):
    rows = crimes("merseyside", "2019-06", "burglary", 3)
    rows += crimes("merseyside", "2019-08", "burglary", 3)
    rows += crimes("city-of-london", "2019-07", "burglary", 1)
    bring_in(store, "crime", rows)

    with counting(store) as counter:
        cells = counter.table("burglary", by=("month",))

    assert [(c.at, c.value, c.without) for c in cells] == [
        (("2019-06",), 3, ()),
        (("2019-07",), 1, ("no rows for July 2019 were brought in for merseyside",)),
        (("2019-08",), 3, ()),
    ]


@pytest.mark.parametrize(
    ("by", "refusal"),
    [
        (("colour",), NotKnown),
        (("month", "month"), DefinitionRefused),
        ((), DefinitionRefused),
        (("month",), DefinitionRefused),
        (("source", "local_area"), DefinitionRefused),
    ],
)
def test_a_table_of_a_rate_that_cannot_be_made_is_refused(store, by, refusal):
    bring_in(store, "crime", crimes("merseyside", "2019-06", "shoplifting", 3))

    with counting(store) as counter, pytest.raises(refusal):
        counter.table("shop-theft-rate", by=by)


@pytest.mark.parametrize("name", ["measure", "area"])
def test_a_name_nobody_knows_is_refused_with_the_nearest(store, name):
    bring_in(store, "crime", crimes("merseyside", "2019-06", "burglary", 3))
    asked = {"measure": "burglary", "area": "merseyside"}
    asked[name] += "x"

    with counting(store) as counter, pytest.raises(NotKnown) as refused:
        counter.series(**asked)

    assert refused.value.expected.startswith("one of ")


# ----- as known at


def test_a_later_import_of_a_month_counts_from_its_instant_on_and_not_before(store):
    first = bring_in(store, "crime", crimes("merseyside", "2019-06", "burglary", 3))
    later = WHEN + timedelta(days=30)
    rows = crimes("merseyside", "2019-06", "burglary", 4)
    rows += crimes("merseyside", "2019-07", "burglary", 9)
    second = bring_in(store, "crime", rows, file="b.csv", at=later)

    def known(at: datetime | None) -> tuple:
        with counting(store, known_at=at) as counter:
            return counter.series("burglary", "merseyside").values

    assert known(later - timedelta(microseconds=1)) == (3,)
    assert known(later) == known(None) == (4, 9)

    withdrawn = later + timedelta(days=1)
    found = store.ledger.import_numbered(second)
    Bookkeeping(store.ledger).withdraw(found, reason="wrong file", at=withdrawn)

    assert known(withdrawn) == known(None) == (3,)
    assert known(later) == (4, 9)
    assert first < second


def test_a_replaced_month_leaves_the_other_months_of_its_import(store):
    rows = crimes("merseyside", "2019-06", "burglary", 3)
    rows += crimes("merseyside", "2019-07", "burglary", 5)
    bring_in(store, "crime", rows)
    bring_in(store, "crime", crimes("merseyside", "2019-07", "burglary", 6), file="b.csv")

    with counting(store) as counter:
        series = counter.series("burglary", "merseyside")
        cells = counter.table("burglary")

    assert series.values == (3, 6)
    assert [cell.value for cell in cells] == [3, 6]
    assert [source.detail[:6] for source in series.sources] == ["3 rows", "6 rows"]


def test_a_counter_keeps_to_what_it_read_first(store):
    bring_in(store, "crime", crimes("merseyside", "2019-06", "burglary", 3))

    with counting(store) as counter:
        before = counter.series("burglary", "merseyside")
        bring_in(store, "crime", crimes("merseyside", "2019-06", "burglary", 9), file="b.csv")
        after = counter.series("burglary", "merseyside")

    assert before == after


# ----- the real data


@pytest.fixture(scope="module")
def three_forces(tmp_path_factory, shared_data: Path) -> Store:
    store = Store(tmp_path_factory.mktemp("three"))
    with duckdb.connect(config={"threads": 2}) as connection:
        rows = street(connection, shared_data / STREET).project("* REPLACE (NULL AS location)")
        bring_in(store, "crime", rows.to_arrow_table())
    return store


@pytest.mark.slow
@pytest.mark.real
def test_the_missing_july_is_missing_from_the_year_of_two_forces_and_not_of_the_third(three_forces):
    year = FinancialYear(2019).period

    with counting(three_forces) as counter:
        merseyside = counter.figure("total-recorded-crime", "merseyside", year)
        avon = counter.figure("total-recorded-crime", "avon-and-somerset", year)
        london = counter.figure("total-recorded-crime", "city-of-london", year)

    assert merseyside.missing == (
        "no rows for July 2019 were brought in for merseyside; "
        "the other 11 of 12 months hold 124,093 offences"
    )
    assert avon.value is None
    assert london.value == 8_865


@pytest.mark.slow
@pytest.mark.real
def test_anti_social_behaviour_keeps_every_twin(three_forces):
    with counting(three_forces) as counter:
        cells = counter.table("anti-social-behaviour", by=("source",))

    assert sum(cell.value for cell in cells) == 208_872


def test_a_file_of_burglaries_passes_for_nothing_else(shared_data):
    with duckdb.connect(config={"threads": 2}) as connection:
        rows = street(connection, shared_data / MET)
        burglary = count_frame(rows, "burglary", by=("source",))
        shoplifting = count_frame(rows, "shop-theft", by=("source",))
        total = count_frame(rows, "total-recorded-crime", by=("source",))

    assert burglary[0].value == 851_697
    assert (shoplifting[0].value, total[0].value) == (None, None)


@pytest.mark.slow
@pytest.mark.real
def test_monthly_files_as_downloaded_give_their_months_and_the_gap_between_them(store, shared_data):
    import_files(store, [shared_data / "raw_csv_sample.zip"], now=WHEN)

    with counting(store) as counter:
        series = counter.series("burglary", "merseyside", to=date(2019, 8, 31))
        london = counter.series("burglary", "city-of-london", to=date(2019, 8, 31))

    assert series.values == (683, None, 748)
    assert series.why_missing[Month(2019, 7)] == (
        "no rows for July 2019 were brought in for merseyside"
    )
    assert "2019-06-merseyside-street.csv" in series.sources[0].reference
    assert london.missing == ()


def test_the_home_office_table_sums_as_it_stands_cancelled_offences_and_all(store, shared_data):
    table = shared_data / "ho_prc_pfa_2017_18.parquet"
    import_files(store, [table], now=WHEN)
    expected = duckdb.sql(
        f"""SELECT sum(Number_of_Offences) FILTER (Offence_Group <> 'Fraud offences'),
        sum(Number_of_Offences) FILTER (Offence_Code = '4.7') FROM '{table}'"""
    ).fetchone()

    with counting(store) as counter:
        total = counter.table("home-office-recorded-crime")
        violence = counter.measure("home-office-violence-with-injury")
        rare = counter.table(violence.narrowed("offence", ("4.7",)))
        action_fraud = counter.series("home-office-recorded-crime", "action-fraud")

    assert sum(cell.value or 0 for cell in total) == expected[0]
    assert sum(cell.value or 0 for cell in rare) == expected[1]
    assert min(cell.value for cell in rare if cell.value is not None) == -1
    assert set(action_fraud.values) == {None}


def test_severity_of_the_home_office_table_names_the_codes_without_a_weight(store, shared_data):
    import_files(store, [shared_data / "ho_prc_pfa_2017_18.parquet"], now=WHEN)
    weights = duckdb.sql(
        f"""SELECT DISTINCT ONS_SEVERITY_code, ONS_SEVERITY_weight::DOUBLE
        FROM '{shared_data / "ons_crime_severity_weights_by_offence.parquet"}'"""
    ).fetchall()
    held = [{"offence": code, "weight": weight, "edition": "2018"} for code, weight in weights]
    bring_in(store, "severity", held, file="weights.csv")

    with counting(store) as counter:
        year = FinancialYear(2017).period
        figure = counter.figure("home-office-crime-severity", "merseyside", year)

    left_out = figure.sources[0].detail
    assert "offences left out, whose codes have no weight: 1/4.1/4.10/4.2" in left_out
    assert figure.known > 1e6
