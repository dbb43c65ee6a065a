"""`regard measure funnel`, `concentration`, `severity` and `pilot`: one thing beside another."""

import json

import pytest

from plan.stores import store_with
from records.brought_in import crimes, offences
from regard.core.periods import Month
from regard.records.measures import measures

FORCES = ("merseyside", "kent", "essex", "dorset", "cumbria")
JUNE = "2019-06"


def rows_of(told):
    assert told.code == 0, told.err
    return list(map(json.loads, told.out.splitlines()))


@pytest.fixture
def compared(regard, tmp_path):
    """Shop thefts of five forces of one size, of which Merseyside has far more."""
    day = Month.parse(JUNE).start
    rows = [
        row
        for at, force in enumerate(FORCES)
        for row in offences(force, day, "46", 200 if not at else 100 + at)
    ]
    people = [
        {"source": force, "month": JUNE, "persons": 1_000_000, "edition": "2019"}
        for force in FORCES
    ]
    store_with(tmp_path / "home", crime=rows, population=people)
    return lambda *words: regard("measure", *words)


FUNNEL = ("funnel", "shop-theft-rate", "--period", JUNE)


def test_a_funnel_places_every_force_in_the_order_of_the_alphabet(compared):
    rows = rows_of(compared(*FUNNEL, "--about", "merseyside", "--json"))

    assert [row["area"] for row in rows] == sorted(FORCES)
    row = next(row for row in rows if row["area"] == "merseyside")
    assert row["value"] == pytest.approx(0.2)
    assert row["low_998"] < row["low_95"] < row["high_95"] < row["high_998"]


def test_a_funnel_is_told_in_words_without_an_order(compared):
    told = compared(*FUNNEL, "--about", "merseyside")

    assert "Merseyside, at " in told.out
    assert "They are not put in an order" in told.out
    assert "From import 1: crime.csv" in told.out


def test_a_file_of_most_similar_forces_chooses_which_are_drawn(compared, tmp_path):
    file = tmp_path / "similar.toml"
    file.write_text(
        'edition = "2013"\nsource = "HMIC"\n[groups]\nmerseyside = ["kent", "essex"]\n',
        encoding="utf-8",
    )
    words = (*FUNNEL, "--about", "merseyside", "--similar", file, "--target", "group")

    rows, told = rows_of(compared(*words, "--json")), compared(*words)

    assert [row["area"] for row in rows] == ["essex", "kent", "merseyside"]
    assert "most similar to Merseyside by HMIC, edition 2013" in told.out


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("funnel", "shop-theft", "--period", JUNE), 14, "Next: ask for shop-theft-rate"),
        ((*FUNNEL, "--target", "best"), 15, "Expected: one of all, group, typical"),
        ((*FUNNEL, "--about", "devon"), 15, "no area with a figure is called 'devon'"),
        ((*FUNNEL, "--similar", "x.toml"), 14, "no force is named whose group is to be drawn"),
        ((*FUNNEL, "--about", "kent", "--similar", "x.toml"), 12, "x.toml cannot be read"),
        (("funnel", "shop-theft-rate", "--period", "June"), 14, "'June' is not a period"),
    ],
)
def test_what_makes_no_funnel_is_refused(compared, words, code, says):
    told = compared(*words)

    assert told.code == code
    assert says in told.err


@pytest.fixture
def placed(regard, tmp_path):
    """Forty burglaries at one place, one at each of ten others, and two without a place."""
    rows = crimes("merseyside", JUNE, "burglary", 40, lsoa="E01000001")
    for at in range(10):
        rows += crimes("merseyside", JUNE, "burglary", 1, lsoa=f"E0100001{at}")
    rows += crimes("merseyside", JUNE, "burglary", 2)
    store_with(tmp_path / "home", crime=rows)
    return lambda *words: regard(
        "measure", "concentration", "burglary", "--area", "merseyside", *words
    )


def test_shares_of_crime_stand_beside_the_least_places_that_hold_them(placed):
    rows = rows_of(placed("--period", JUNE, "--json"))

    assert [(row["percent_of_crimes"], row["places"]) for row in rows] == [
        (25, 1),
        (50, 1),
        (80, 1),
    ]
    assert rows[0]["percent_of_places_with_any"] == pytest.approx(100 / 11)
    assert rows[0]["percent_of_places"] is None


def test_what_lies_nowhere_is_said_to_be_left_out(placed):
    told = placed("--period", JUNE)

    assert "Left out: 2 offences (3.8%) without a place." in told.out


@pytest.mark.slow
@pytest.mark.paper
def test_a_picture_leaves_the_rows_alone_on_standard_output(placed, tmp_path):
    told = placed("--period", JUNE, "--json", "--out", tmp_path / "c.svg")

    assert len(rows_of(told)) == 3
    assert "Alternative text: Concentration of burglary" in told.err
    assert (tmp_path / "c.svg").read_text(encoding="utf-8").startswith("<svg")


def test_a_kind_of_place_nobody_knows_is_refused(placed):
    told = placed("--period", JUNE, "--place", "street")

    assert told.code == 15
    assert "lsoa" in told.err


def test_part_of_a_month_makes_no_concentration(placed):
    told = placed("--period", "2019-06-01..2019-06-10")

    assert told.code == 14
    assert "Expected: a period of whole months" in told.err


@pytest.fixture
def weighed(regard, tmp_path):
    """Burglaries with a weight, shop thefts without one, and all that a total must hold."""
    day = Month.parse(JUNE).start
    rows = [*offences("merseyside", day, "28A", 10), *offences("merseyside", day, "46", 5)]
    earlier = Month.parse("2019-05").start
    for needed in measures()["crime-severity"].needs:
        for code in needed.codes if needed.column == "offence" else ():
            rows += offences("merseyside", earlier, code, 1)
    weights = [{"edition": "2020", "offence": "28A", "weight": 400.0}]
    people = [{"source": "merseyside", "month": JUNE, "persons": 1_000, "edition": "2019"}]
    store_with(tmp_path / "home", crime=rows, severity=weights, population=people)
    return lambda *words: regard(
        "measure", "severity", "--area", "merseyside", "--period", JUNE, *words
    )


def test_a_score_lacks_no_weight_unless_a_part_is_asked_for(weighed):
    told = weighed()

    assert told.code == 16
    assert "5 of 15 offences have no weight in edition 2020, under 46" in told.err


def test_the_score_of_a_part_stands_below_the_offences_it_rests_on(weighed):
    rows, told = rows_of(weighed("--part", "--json")), weighed("--part")

    assert [row["offence"] for row in rows] == ["28A", "all with a weight"]
    assert rows[-1]["score"] == pytest.approx(10 * 400 / 1_000)
    assert rows[-1]["low"] < rows[-1]["score"] < rows[-1]["high"]
    assert "The Crime Severity Score is 4.00" in told.out
    assert "It covers only part: 5 offences" in told.out


BEFORE, AFTER = "2018-01..2018-12", "2019-01..2019-12"
PILOT = ("pilot", "burglary", "--pilot", "merseyside", "--comparison", "kent")


@pytest.fixture
def piloted(regard, tmp_path):
    """Burglaries that halve in Merseyside and stay in Kent and beside both."""
    counts = {"merseyside": (40, 20), "kent": (40, 40), "essex": (10, 10), "dorset": (10, 10)}
    rows = [
        row
        for force, pair in counts.items()
        for year, rows in zip((2018, 2019), pair, strict=True)
        for number in range(1, 13)
        for row in crimes(force, f"{year}-{number:02d}", "burglary", rows)
    ]
    store_with(tmp_path / "home", crime=rows)
    return lambda *words: regard("measure", *words)


def test_a_pilot_is_set_against_its_comparison_with_a_range(piloted):
    told = piloted(*PILOT, "--before", BEFORE, "--after", AFTER, "--json")

    areas, together = rows_of(told)
    assert (areas["before"], areas["after"]) == (480, 240)
    assert together["difference"] == -240
    assert together["low"] < -240 < together["high"] < 0
    assert together["verdict"] == "fewer"


def test_areas_beside_both_are_counted_too(piloted):
    beside = ("--beside-pilot", "essex", "--beside-comparison", "dorset")

    told = piloted(*PILOT, *beside, "--before", BEFORE, "--after", AFTER)

    assert "Beside the pilot area 120 were counted before" in told.out
    assert "whatever else differed between them is in it too" in told.out


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("--before", AFTER, "--after", BEFORE), 14, "once the period before has ended"),
        (("--before", "2018-06..2018-01", "--after", AFTER), 14, "ends (2018-01-31) before"),
        (("--before", BEFORE, "--after", AFTER, "--beside-pilot", "essex"), 14, "areas beside"),
        (
            ("--before", BEFORE, "--after", AFTER, "--beside-pilot", "kent",
             "--beside-comparison", "dorset"),
            14,
            "kent and kent share what is counted",
        ),
        (("--before", "2017-01..2017-12", "--after", AFTER), 16, "is missing"),
    ],
)  # fmt: skip
def test_a_pilot_that_cannot_be_judged_is_refused(piloted, words, code, says):
    told = piloted(*PILOT, *words)

    assert told.code == code
    assert says in told.err
