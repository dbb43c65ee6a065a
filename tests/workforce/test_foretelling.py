"""Worked examples: will the firearms unit, and the specialists within it, be there in time?

The facts are those of source paper 001, paragraphs 30 to 33; what is assumed is said.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from regard.core.errors import DefinitionRefused
from regard.core.figures import Figure, Source
from regard.core.periods import Month
from regard.core.statements import trace
from regard.workforce.delays import Fixed, Uniform
from regard.workforce.foretelling import (
    Assumed,
    Foretold,
    Question,
    chance_of,
    foretold,
    joiners_needed,
    when_reached,
)
from regard.workforce.paths import DEPLOYABLE, simulate
from regard.workforce.pathways import Step, assumed, pathway, starting
from regard.workforce.pipeline import expected
from regard.workforce.printed import part_of

COUNTED, SEED = Month(2021, 11), 20_211_201  # as at 1 December 2021
JULY = Month(2022, 7)


def people(value: float, unit: str = "officers") -> Figure:
    return Figure(
        value=value,
        unit=unit,
        measure="strength",
        scope="firearms operations unit",
        basis="actual",
        method="counted",
        as_at=date(2021, 12, 1),
        sources=(Source("printed", "paragraph 31"),),
    )


FIREARMS = Question(people(235), people(248), COUNTED, JULY)


def firearms_unit(joiners: float = 3, **how: float) -> Foretold:
    """P31: 235 now, 248 anticipated by July 2022, of an establishment of 258."""
    return chance_of(FIREARMS, Assumed(joiners, leaving=0.065, **how), seed=SEED)


def test_the_firearms_unit_reaches_248_about_as_often_as_not():
    found = firearms_unit(leaving_spread=0.15, joiners_spread=0.2)

    assert str(found.statement) == (
        "The chance of 248 officers or more at the end of July 2022, from 235 now, is about 51%. "
        "Expected are 248 officers, 90% range 236 to 261 officers, on 10,000 simulated paths. "
        "By chance alone the range would be 239 to 258 officers, by doubt about the rates "
        "alone 240 to 257 officers. "
        "Assumed: 3 joiners a month; 6.5% of those in post leave in a year. "
        "How many join has a standard deviation of 20% of itself. "
        "How many leave has a standard deviation of 15% of itself."
    )
    assert found.chance.basis == "forecast"
    assert found.by_chance.interval.low < found.by_doubt.interval.low


def test_the_chance_is_that_of_a_plain_simulation_of_the_same():
    """The same question asked of numpy's own generator, in as few lines as it takes."""
    luck, held = np.random.default_rng(7), np.full(40_000, 235)
    for _ in range(8):
        left = luck.binomial(held, 1 - 0.935 ** (1 / 12))
        held = held - left + luck.poisson(3, held.size)

    found = firearms_unit().chance.known / 100

    error = np.sqrt(found * (1 - found) * (1 / 10_000 + 1 / held.size))
    assert abs((held >= 248).mean() - found) < 4 * error


def test_the_anticipated_number_is_the_mean_of_the_law():
    found = firearms_unit()

    stays = 0.935 ** (1 / 12)
    law = 235 * stays**8 + 3 * sum(stays**month for month in range(8))
    assert found.people.known == pytest.approx(law, abs=4 * found.paths.spread()[8] / 100)


def test_how_many_must_join_for_the_anticipated_number():
    given = Assumed(joiners=0, leaving=0.065, leaving_spread=0.15)

    found = joiners_needed(FIREARMS, given, chance=0.8, seed=SEED, paths=4000)

    assert found.joiners.known == pytest.approx(3.55, abs=0.15)
    assert str(found.statement) == (
        "For 248 officers at the end of July 2022 to have a chance of 80%, 3.6 joiners a month "
        "are needed from 235 now. Assumed: 6.5% leave in a year."
    )


def test_enough_people_already_need_no_joiners():
    given = Assumed(joiners=0, leaving=0.01)

    found = joiners_needed(
        replace(FIREARMS, strength=people(260)), given, chance=0.9, seed=SEED, paths=200
    )

    assert found.joiners.known == 0


CTSFO = (
    Step("upskill course", Fixed(3), passing=0.9, to="CTSFO"),
    Step("pathway", Uniform(12, 18), leaving=0.05, passing=0.75, to="CTSFO"),
    Step("CTSFO", leaving=0.1),
)


LINE = pathway(CTSFO, people={"CTSFO": 37}, strength=["CTSFO"])
UPSKILLED = {2: 5, 3: 4}  # in January and at the end of February, of the ten that are named
CANDIDATES = starting(
    LINE, 37, {"upskill course": UPSKILLED, "pathway": dict.fromkeys(range(2, 38), 1.0)}
)


def specialists(by: Month, *, a_month: float = 1.0) -> Foretold:
    """P32, P33: 37 of 56; five upskill in January, four at the end of February; 12-18 months."""
    months = by - COUNTED
    every_month = dict.fromkeys(range(2, months + 1), a_month)
    plan = starting(LINE, months, {"upskill course": UPSKILLED, "pathway": every_month})
    run = simulate(LINE, months=months, seed=SEED, intake="fixed", plan=plan)
    asked = Question(people(37, "CTSFOs"), people(56, "CTSFOs"), COUNTED, by)
    return foretold(run, asked, assumed(CTSFO, people(37)))


def test_the_specialists_are_not_56_within_the_year():
    found = specialists(Month(2022, 12))

    assert str(found.statement) == (
        "The chance of 56 CTSFOs or more at the end of December 2022, from 37 now, is less than "
        "1%. Expected are 41 CTSFOs, 90% range 37 to 44 CTSFOs, on 10,000 simulated paths. "
        "Assumed: Upskill course takes 3 months. 90.0% pass. Pathway takes anywhere from 12 to 18 "
        "months. 75.0% of those who stay pass; 5.0% a year leave. From CTSFO, 10.0% leave in a "
        "year."
    )


def test_the_specialists_reach_56_only_with_more_candidates():
    one, two = (specialists(Month(2024, 12), a_month=many) for many in (1.0, 2.0))

    assert one.chance.known < 10
    assert 75 < two.chance.known < 90
    assert np.all(two.paths.of() >= one.paths.of())


def test_the_specialists_are_as_many_as_the_exact_law_has_them():
    found = specialists(Month(2024, 12))

    law = expected(found.paths.pipeline, 37, plan=CANDIDATES).strength[37]
    assert found.people.known == pytest.approx(law, abs=4 * found.paths.spread()[37] / 100)


def test_even_if_all_ten_convert_nine_are_lacking():
    found = part_of(people(37 + 10, "CTSFOs"), people(56, "CTSFOs"))

    assert str(found.statement) == "47 of 56 CTSFOs is 83.9%, 9 short."


def test_when_an_establishment_is_filled_is_told_by_month():
    run = firearms_unit().paths
    long = simulate(run.pipeline, months=60, seed=SEED, paths=2000)

    found = when_reached(long, people(258), assumed(CTSFO[2:], people(235)), counted=COUNTED)

    assert (found.early, found.median, found.late) == (
        Month(2022, 7),
        Month(2023, 1),
        Month(2023, 11),
    )
    assert str(found.statement) == (
        "Half of 2,000 simulated paths have 258 officers by the end of January 2023. One in "
        "twenty does by the end of July 2022, nineteen in twenty by that of November 2023. "
        "Assumed: From CTSFO, 10.0% leave in a year."
    )


def test_an_establishment_that_is_never_filled_is_told_so():
    run = firearms_unit().paths

    found = when_reached(run, people(400), assumed(CTSFO[2:], people(235)), counted=COUNTED)

    assert (found.median, found.late, found.never.known) == (None, None, 100)
    assert str(found.statement).startswith(
        "Fewer than half of 10,000 simulated paths ever have 400 officers. 100% never do up to "
        "the end of July 2022."
    )


def test_a_sure_thing_is_said_as_more_than_99_in_100():
    given = Assumed(joiners=0, leaving=0.0)

    found = chance_of(replace(FIREARMS, number=people(235)), given, seed=SEED, paths=50)

    assert "is more than 99%." in str(found.statement)


def test_the_chance_leads_back_to_what_it_was_made_of():
    steps = [str(one) for one in trace(firearms_unit().chance)]

    assert len(steps) == 3
    assert "share of 10,000 simulated paths, seed 20211201" in steps[0]
    assert "paragraph 31" in steps[1]


def test_deployable_can_be_asked_for_by_itself():
    line = pathway(
        (Step("tutor", Fixed(3)), Step("post")),
        people={"tutor": 10, "post": 20},
        strength=["tutor", "post"],
        deployable=["post"],
    )
    run = simulate(line, months=2, seed=1, paths=10)
    told = assumed((Step("tutor", Fixed(3)),), people(1))

    asked = Question(people(30), people(25), COUNTED, Month(2022, 1))

    found = foretold(run, asked, told, what=DEPLOYABLE)

    assert (found.people.known, found.chance.known) == (20, 0)


@pytest.mark.parametrize(
    "ask, said",
    [
        (
            lambda given: replace(FIREARMS, by=COUNTED),
            "at the end of November 2021, counted at the end of November 2021",
        ),
        (lambda given: joiners_needed(FIREARMS, given, chance=1, seed=1), "a chance of 1"),
        (
            lambda given: joiners_needed(
                replace(FIREARMS, number=people(1e9)), given, chance=0.5, seed=1, paths=2
            ),
            "1,000,000,000 officers with no fewer than",
        ),
        (
            lambda given: chance_of(
                replace(FIREARMS, strength=people(234.5)), given, seed=1, paths=2
            ),
            "234.5 people at a stage",
        ),
    ],
)
def test_a_question_that_cannot_be_is_refused(ask, said):
    with pytest.raises(DefinitionRefused, match=said):
        ask(Assumed(joiners=1, leaving=0.1))
