"""What readings on bases say: every number traced, no cause, nothing silent."""

from __future__ import annotations

import numpy as np
import pytest

from regard.core.periods import Month
from regard.signals.methods import read
from regard.signals.others import METHODS_OF_OTHERS
from signals.conftest import made_series
from signals.test_others_basing import crime_rate, satisfaction
from signals.test_others_reading import ANSWERS, surveyed
from signals.test_sentences import check

STEADY = [0.84, 0.85, 0.83, 0.845] * 9


def told(series, **how):
    return [str(one) for one in read(series, **how).statements()]


def test_a_stable_share_is_told_on_its_usual_base():
    said = told(surveyed(STEADY), method="laney-shares")

    assert said[0] == (
        "Stable at an average of 84.2% since April 2010; on the usual base of 1,125, single "
        "months between 80.8% and 87.6% are normal."
    )
    assert said[1] == "March 2013 was 84.5%, within its own range of 81.0% to 87.4%."
    assert said[2].startswith("Between two years of such months at this level, a lasting change")
    assert (
        "Limits change with the base of each month, here from 900 to 1,400; those quoted are for "
        "the usual base, and the average weighs each month by its base."
    ) in said
    assert said[-1].startswith(
        "Read by Laney's p' chart with Regard's guards, with months as counted. A signal is a "
        "month beyond its own limits, or 8 months or more in a row on one side of the average"
    )


def test_a_month_beyond_its_limits_is_set_against_its_own_range():
    said = told(surveyed([*STEADY[:-1], 0.7]), method="laney-shares")

    assert any(
        one.startswith("March 2013 was below its own range: 70.0% against 79.5%") for one in said
    )


def test_months_in_a_row_beyond_their_limits_are_told_together():
    said = told(surveyed([*STEADY[:-2], 0.7, 0.7]), method="laney-shares")

    assert "2 months in a row were each below their own range: February 2013 to March 2013." in said


def test_a_month_just_beyond_its_limit_is_not_printed_as_the_limit():
    counts = np.array([20_000.0, 20_100.0] * 17 + [20_050.0])
    series = crime_rate([1000 * one / 2e6 for one in [*counts, 20_490]], bases=(2e6,) * 36)

    reading = read(series, method="laney-rates")

    said = next(str(one) for one in reading.statements() if "own range" in str(one))
    value, rest = said.partition(": ")[2].split(" against ")
    assert reading.latest.beyond
    assert value != rest.split(" to ")[1].partition(" ")[0]


@pytest.mark.parametrize(
    ("series", "method", "sentence"),
    [
        (crime_rate(bases=None), "laney-rates",
         "What the values are of is not known: the limits rest on changes from month to month "
         "alone."),
        (satisfaction(), "laney-rates",
         "The method is for rates over known bases, and these are none: the limits rest on changes "
         "from month to month alone."),
        (satisfaction([101.0] * 24), "laney-shares",
         "Some values cannot be shares: the limits rest on changes from month to month alone."),
        (made_series([-5, 30] * 12), "laney-rates",
         "Some values cannot be counts: the limits rest on changes from month to month alone."),
        (crime_rate([5.0] * 20 + [9.0] * 4), "individuals-median",
         "At least half the changes from month to month since April 2010 are nought: the limits "
         "take the mean of all changes and not their median."),
    ],
)  # fmt: skip
def test_nothing_that_a_reader_must_know_is_silent(series, method, sentence):
    assert sentence in told(series, method=method)


def test_a_method_read_in_place_of_another_says_so():
    assert "Read by the individuals chart, in place of Laney's u' chart" in " ".join(
        told(crime_rate(bases=None), method="laney-rates")
    )
    assert "Read by a chart of counts, in place of Laney's p' chart" in " ".join(
        told(made_series([200, 210] * 12), method="laney-shares")
    )


@pytest.mark.parametrize(("without", "words"), [(2, "July 2010"), (9, "9 months between")])
def test_months_without_a_base_are_named_or_counted(without, words):
    bases = [None if 3 <= at < 3 + without else base for at, base in enumerate(ANSWERS)]

    said = told(surveyed(STEADY).__class__(
        **(vars_of(surveyed(STEADY)) | {"bases": tuple(bases)})
    ), method="laney-shares")  # fmt: skip

    assert any(one.startswith("No base is known for") and words in one for one in said)


def vars_of(series):
    names = [
        "measure", "name", "scope", "unit", "kind", "better", "basis", "method", "start", "values",
        "counted_to", "why_missing", "sources",
    ]  # fmt: skip
    return {name: getattr(series, name) for name in names}


def test_more_variation_than_chance_is_told():
    said = told(crime_rate(), method="laney-rates")

    assert "Since April 2010, months have varied 7.4 times as much as chance alone gives." in said


def test_few_expected_are_told_to_have_exact_limits():
    series = crime_rate([4.0, 5.0, 4.0, 5.0] * 6, bases=(1000.0,) * 24)

    assert ("Where fewer than 25 are expected, limits are exact chances of whole numbers.") in told(
        series, method="laney-rates"
    )


def test_a_provisional_range_is_told_once():
    said = told(surveyed(STEADY[:12], ANSWERS[:12]), method="laney-shares")

    assert "a provisional range until there are 13." in said[0]
    assert not any(one.startswith("The limits from April 2010 are provisional") for one in said)


def any_series(random):
    months = int(random.integers(2, 70))
    bases = random.integers(0, 3000, months).astype(float)
    share = random.choice([0.0, 0.01, 0.5, 0.84, 1.0])
    kind = str(random.choice(["rate", "proportion", "count", "weighted-sum"]))
    totals = random.binomial(bases.astype(int), share).astype(float)
    if random.random() < 0.3:
        totals[months // 2 :] = np.floor(totals[months // 2 :] / 2)
    unit = {
        "rate": "offences per 1,000 residents", "proportion": "%", "count": "offences",
        "weighted-sum": "thousand pounds",
    }[kind]  # fmt: skip
    scale = {"rate": 1000, "proportion": 100}.get(kind)
    values = totals if scale is None else scale * totals / np.maximum(bases, 1)
    held = [None if random.random() < 0.07 else float(one) for one in values]
    held[int(random.integers(0, months))] = float(values[0])
    known = tuple(None if random.random() < 0.05 else float(one) for one in bases)
    return made_series(
        held,
        kind=kind,
        unit=unit,
        better=str(random.choice(["lower", "higher", "neither"])),
        start=Month(2001, 1) + int(random.integers(0, 200)),
        bases=None if scale is None or random.random() < 0.2 else known,
    )


@pytest.mark.slow
@pytest.mark.statistics
def test_nothing_that_600_readings_say_is_untraced_or_a_cause():
    random = np.random.default_rng(20_261)
    said = 0
    for _ in range(600):
        series = any_series(random)
        places = random.integers(-3, len(series.values) + 3, random.integers(0, 3))
        reading = read(
            series,
            baselines=tuple(series.start + int(at) for at in places),
            target=None if random.random() < 0.5 else float(random.integers(0, 100)),
            method=str(random.choice(list(METHODS_OF_OTHERS))),
            calendar=str(random.choice(["as counted", "per 30.4375 days"])),
            freeze=int(random.choice([0, 0, 12])),
        )
        said += check(reading.statements())

    assert said > 3_000
