"""What the adjusted chart says: the state first, the method last, every number traced."""

from __future__ import annotations

import numpy as np
import pytest

from regard.core.periods import Month
from regard.signals.adjusted.wording import TEMPLATES
from regard.signals.methods import read
from regard.signals.states import POSSIBLE, STATES
from signals.test_sentences import check, some_series


def poisson(*parts, seed=1):
    random = np.random.default_rng(seed)
    return [int(v) for mean, months in parts for v in random.poisson(mean, months)]


def said(reading):
    return [str(one) for one in reading.statements()]


@pytest.mark.slow
@pytest.mark.statistics
def test_nothing_that_600_readings_say_is_untraced_or_a_cause():
    random = np.random.default_rng(20_262)
    states, many = set(), 0
    for _ in range(600):
        series = some_series(random)
        if series.kind != "count":
            continue
        baselines = tuple(
            series.start + int(at)
            for at in random.integers(-3, len(series.values) + 3, random.integers(0, 3))
        )
        target = None if random.random() < 0.5 else float(random.integers(0, 1000))
        reading = read(series, baselines=baselines, target=target)
        states.add(reading.state)
        many += check(reading.statements())

    assert states >= set(STATES) - {POSSIBLE}
    assert many > 2_000


def test_a_stable_series_says_its_level_its_month_and_what_it_could_have_told(vehicle_crime):
    told = said(read(vehicle_crime(poisson((200, 60)))))

    assert told[0].startswith("Stable at an average of 2")
    assert told[0].endswith("are normal, moved up or down by the season.")
    assert told[1].startswith("March 2015 was ")
    assert told[1].endswith(" were expected.")
    assert any(one.startswith("This series could tell a lasting fall of ") for one in told)
    assert any(one.startswith("The season is taken out: a usual ") for one in told)
    assert told[-1].startswith("Read by the adjusted count chart of November 2026")


def test_an_exceptional_month_is_said_against_what_was_expected(vehicle_crime):
    told = said(read(vehicle_crime([*poisson((200, 60)), 300])))

    assert told[0].startswith("April 2015 was exceptionally high: 300 against an expected 1")
    assert told[1].startswith("The level is an average of ")


def test_a_possible_step_says_how_many_months_it_needs(vehicle_crime):
    told = said(read(vehicle_crime([*poisson((200, 60), seed=5), 166, 168, 167])))

    assert told[0].startswith("Possible fall since ")
    assert told[0].endswith(" more before it can be confirmed.")


def test_a_step_says_its_size_its_date_and_who_accepted_it(vehicle_crime):
    told = said(read(vehicle_crime(poisson((200, 60), (150, 14)))))

    assert told[0].startswith("Step change down since April 2015: from 2")
    assert "95% range" in told[0]
    assert told[0].endswith("The method proposes it; nobody has accepted it yet.")


def test_an_old_step_that_nobody_accepted_is_confessed(vehicle_crime):
    told = said(read(vehicle_crime(poisson((200, 40), (150, 40)))))

    assert any("no level of this series has been accepted yet" in one for one in told)


def test_after_one_accepted_step_a_later_one_names_the_accepted_level(vehicle_crime):
    series = vehicle_crime(poisson((300, 30), (200, 30), (150, 40)))

    told = said(read(series, baselines=(Month(2012, 10),)))

    assert any("the last accepted level, from October 2012, averaged" in one for one in told)


def test_few_are_added_up_over_twelve_months(vehicle_crime):
    told = said(read(vehicle_crime([1, 0] * 6 + [0, 0, 1] * 4 + [1, 0] * 6)))

    assert told[0] == (
        "Too few a month (average 0.5) to chart: 6 offences in the last 12 months supplied against "
        "4 in as many before, no change that stands out from its usual variation."
    )


def test_a_long_gap_is_said_with_its_chance(vehicle_crime):
    told = said(read(vehicle_crime([1, 0, 2, 0, 1, 1, 0, 1, 0, 1, 1, 0, *[0] * 6])))

    assert told[1].startswith("Not one in the last 7 months; at the average before them")
    assert told[1].endswith("%.")


@pytest.mark.slow
@pytest.mark.statistics
def test_every_sentence_of_the_set_can_be_said():
    """Every template is reached by some series: none is dead."""
    random = np.random.default_rng(77)
    left = {name: text.split("{")[0][:24] for name, text in TEMPLATES.items()}
    heard = set()
    for _ in range(900):
        series = some_series(random)
        if series.kind == "count":
            heard.update(str(one) for one in read(series).statements())
    whole = " ".join(heard)
    unheard = {name for name, start in left.items() if start.strip() and start not in whole}

    assert not unheard - RARE, unheard


# Reached by the cases above rather than by random series.
RARE = {
    "level alone",
    "spread, none",
    "drift up",
    "drift down",
    "proposed, level",
    "proposed, none accepted",
    "others many",
    "hangs together",
    "none lately, hardly",
}
