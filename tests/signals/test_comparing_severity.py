"""The Crime Severity Score: its sum, its interval, what it covers and on what it rests."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from regard.core.errors import DefinitionRefused, NotComparable, NotEnoughData
from regard.core.figures import must_compare
from regard.signals.comparing.severity import gamma_interval, severity_score
from regard.signals.intervals import byar
from signals.conftest import made_figure
from signals.test_sentences import check

YEAR = (date(2017, 4, 1), date(2018, 3, 31))
WEIGHTS = {"1": 7973.393423, "19C": 3285.0, "28E": 465.4, "46": 33.9, "92D": 3.0}
COUNTS = {"1": 30, "19C": 700, "28E": 8_000, "46": 11_000, "92D": 4_000}
NAMES = {"1": "Homicide", "19C": "Rape", "28E": "Burglary", "46": "Shoplifting"}


def score(counts=None, weights=None, residents=1_416_825, **changed):
    held = COUNTS if counts is None else counts
    return severity_score(
        made_figure(sum(held.values()), *YEAR),
        held,
        WEIGHTS if weights is None else weights,
        made_figure(residents, *YEAR, unit="residents", measure="population"),
        edition="2016",
        **changed,
    )


def without_names(found):
    """What is said, without the codes and the edition, which are names and not numbers."""
    names = {*WEIGHTS, found.edition}
    return [
        replace(one, parts=tuple(part for part in one.parts if part.text not in names))
        for one in found.statements()
    ]


def test_a_score_is_offences_times_weights_over_residents_and_its_variance_the_squares():
    points = sum(COUNTS[code] * WEIGHTS[code] for code in COUNTS)
    squares = sum(COUNTS[code] * WEIGHTS[code] ** 2 for code in COUNTS)

    found = score()

    assert found.score.value == pytest.approx(points / 1_416_825)
    assert found.error == pytest.approx(math.sqrt(squares) / 1_416_825)
    shares = {one.code: one.share for one in found.offences}
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["28E"] == pytest.approx(8_000 * 465.4 / points)
    assert sum(one.variance_share for one in found.offences) == pytest.approx(1)


def test_few_homicides_move_a_score_and_its_uncertainty_far_beyond_their_number():
    found = score(counts=COUNTS | {"1": 200, "19C": 20})

    assert found.uncertain[0].code == "1"
    assert found.uncertain[0].variance_share > 0.8
    assert found.offences[0].code == "28E"
    text = [str(one) for one in found.statements(NAMES)]
    assert text[0].startswith("The Crime Severity Score is 4.07 (95% range 3.91 to 4.25 points")
    assert text[1] == "It weighs all 23,220 offences, by the weights of edition 2016."
    assert text[2] == (
        "Homicide, with 200 offences, makes up 27.6% of the score and 86.6% of the uncertainty "
        "in it; one more or one fewer moves the score by 0.0056 points per resident."
    )
    assert text[3] == "Burglary makes up 64.5% of the score, with 8,000 offences."
    assert text[-1] == "The range takes it that offences of each kind vary by chance alone."


@pytest.mark.parametrize("count", [0, 1, 7, 40])
def test_the_interval_of_one_kind_alone_is_the_exact_one_of_its_count(count):
    weight = 465.4
    found = gamma_interval(count * weight or 1e-9, count * weight**2, weight)

    low = special.gammaincinv(count, 0.025) if count else 0.0
    high = special.gammainccinv(count + 1, 0.025)
    assert found.low == pytest.approx(weight * low, abs=1e-6)
    assert found.high == pytest.approx(weight * high, rel=1e-6)
    assert found.high == pytest.approx(weight * byar(count).high, rel=3e-3)


@pytest.mark.parametrize("phi", [1.0, 3.0])
def test_the_interval_covers_the_truth_where_a_few_homicides_decide(phi):
    random = np.random.default_rng(9)
    means = np.array([2.0, 60.0, 700.0, 900.0])
    weights = np.array([7973.4, 465.4, 33.9, 3.0])
    truth = means @ weights
    covered = 0
    for _ in range(1_500):
        rates = random.gamma(means / (phi - 1), phi - 1) if phi > 1 else means
        counts = random.poisson(rates)
        span = gamma_interval(
            max(counts @ weights, 1e-9), phi * (counts @ weights**2), 7973.4, dispersion=phi
        )
        covered += truth in span

    assert 0.94 <= covered / 1_500 <= 0.999


def test_a_dispersion_by_code_widens_what_that_code_adds():
    plain, wide = score(), score(dispersion={"28E": 9.0})

    expected = plain.error**2 + 8 * COUNTS["28E"] * (WEIGHTS["28E"] / 1_416_825) ** 2
    assert wide.error**2 == pytest.approx(expected)
    assert wide.score.value == plain.score.value
    assert "9.0 times at the most" in str(wide.statements()[-1])


def test_offences_without_a_weight_are_refused_by_code_and_number():
    counts = COUNTS | {"802": 120, "814": 5}

    with pytest.raises(NotEnoughData, match=r"125 of 23,855 offences .* under 802, 814"):
        score(counts)


def test_a_score_of_a_part_says_its_base_and_compares_with_no_whole():
    part = score(COUNTS | {"802": 120, "814": 5}, part_allowed=True)

    assert part.covered.value == 23_730
    text = " ".join(map(str, part.statements()))
    assert "It weighs 23,730 of 23,855 offences" in text
    assert "125 offences (0.5%) have no weight, under 802, 814" in text
    with pytest.raises(NotComparable, match="basis"):
        must_compare(part.score, score().score)


def test_a_count_below_nought_is_netted_as_it_stands_and_told():
    found = score(COUNTS | {"46": -4})

    points = sum((COUNTS | {"46": -4})[code] * WEIGHTS[code] for code in COUNTS)
    assert found.score.value == pytest.approx(points / 1_416_825)
    assert found.netted == {"46": -4}
    assert "46 ended below nought after corrections (−4 offences)" in " ".join(
        map(str, found.statements())
    )


counts = st.dictionaries(st.sampled_from(list(WEIGHTS)), st.integers(0, 9_000), min_size=1)


@given(counts, counts, st.integers(1_000, 9_000_000), st.integers(1_000, 9_000_000))
def test_two_areas_together_score_between_the_two_apart(one, other, residents, more):
    if not sum(one.values()) or not sum(other.values()):
        return
    both = {code: one.get(code, 0) + other.get(code, 0) for code in {*one, *other}}

    apart = [score(one, residents=residents), score(other, residents=more)]
    together = score(both, residents=residents + more)

    values = [found.score.known for found in apart]
    assert min(values) * (1 - 1e-9) <= together.score.known <= max(values) * (1 + 1e-9)
    variance = sum((f.error * r) ** 2 for f, r in zip(apart, (residents, more), strict=True))
    assert (together.error * (residents + more)) ** 2 == pytest.approx(variance)


@given(counts, st.integers(2, 50))
def test_residents_scale_the_score_and_its_interval_alike(held, times):
    if not sum(held.values()):
        return
    plain, wider = score(held, residents=1_000), score(held, residents=1_000 * times)

    assert wider.score.known == pytest.approx(plain.score.known / times)
    assert wider.score.interval.high == pytest.approx(plain.score.interval.high / times)
    assert check(without_names(plain)) >= 4


@pytest.mark.parametrize(
    ("call", "refusal"),
    [
        (lambda: score(residents=0), DefinitionRefused),
        (lambda: score(weights=WEIGHTS | {"46": -1}), DefinitionRefused),
        (lambda: score(dispersion=0.5), DefinitionRefused),
        (lambda: score({"46": 0}), NotEnoughData),
        (lambda: score({"46": -3}), NotEnoughData),
        (
            lambda: severity_score(
                made_figure(9, *YEAR), {"46": 3}, WEIGHTS, made_figure(5, *YEAR), edition="2016"
            ),
            NotComparable,
        ),
        (
            lambda: severity_score(
                made_figure(3, *YEAR),
                {"46": 3},
                WEIGHTS,
                made_figure(5, *YEAR, scope="kent"),
                edition="2016",
            ),  # fmt: skip
            NotComparable,
        ),
    ],
)
def test_what_makes_no_score_is_refused(call, refusal):
    with pytest.raises(refusal):
        call()


@pytest.mark.slow
@pytest.mark.real
def test_the_real_score_of_merseyside_is_on_the_scale_that_was_published(shared_data):
    """2017/18, per resident: England and Wales stood at 10.1 two years before."""
    table = shared_data / "ho_prc_pfa_2017_18.parquet"
    counts = dict(
        duckdb.sql(
            f"""SELECT Offence_Code, sum(Number_of_Offences)::BIGINT FROM '{table}'
            WHERE Force_Name = 'Merseyside' GROUP BY 1"""
        ).fetchall()
    )
    weights = dict(
        duckdb.sql(
            f"""SELECT ONS_COUNTS_code, replace(ONS_SEVERITY_weight, ',', '')::DOUBLE
            FROM '{shared_data / "ons_crime_severity_weights_by_offence.parquet"}'"""
        ).fetchall()
    )

    found = score(counts, weights)

    assert found.without_weight == {}
    assert found.counted.value == 125_424
    assert found.score.value == pytest.approx(20_737_994.12 / 1_416_825)
    assert found.score.interval.low == pytest.approx(14.416, abs=5e-4)
    assert found.score.interval.high == pytest.approx(14.866, abs=5e-4)
    uncertain = {one.code: one for one in found.uncertain}
    homicide = uncertain["1/4.1/4.10/4.2"]
    assert next(iter(uncertain)) == "19C"
    assert homicide.variance_share > 4 * homicide.share
