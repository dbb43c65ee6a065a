"""What was observed: the latest on a base, forecasts apart, one for several expectations."""

from __future__ import annotations

from datetime import date

import pytest

from assurance import given_targets as setting
from assurance.given_targets import COUNTED, CTSFOS, CURRENT, FORCE, STRENGTH, UPLIFT, VACANCIES
from regard.assurance.observed import (
    NO_METHOD,
    bases_said,
    forecasts,
    latest,
    method_at,
    observed,
    of_a_body,
    on_each_base,
    series,
    served,
)
from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.register.kinds import Amount, Measure, Observation, changed, made

ON_LATER = date(2021, 12, 20)


@pytest.fixture
def held(tmp_path, database_url):
    one = setting.given(tmp_path, database_url)
    one.on(date(2022, 1, 10))
    yield one
    one.register.close()


def test_an_observation_knows_its_measure_scope_base_method_and_entry(held):
    subject = held.observe(VACANCIES, 53, "vacancies", base=UPLIFT)

    found = observed(held.view(), subject).figure

    assert (str(found), found.measure, found.scope, found.method, found.as_at) == (
        "53 vacancies",
        "officer-vacancies",
        "west-midlands",
        "counted@1",
        COUNTED,
    )
    assert found.basis == f"actual, {UPLIFT}"
    assert subject in found.sources[0].reference


def test_the_latest_is_asked_for_on_its_base(held):
    held.observe(VACANCIES, 53, "vacancies", base=UPLIFT)
    held.observe(VACANCIES, 26, "vacancies", base=CURRENT)

    on_uplift = latest(held.view(), VACANCIES, FORCE, base=UPLIFT)
    on_current = latest(held.view(), VACANCIES, FORCE, base=CURRENT)

    assert (on_uplift.figure.known, on_current.figure.known) == (53, 26)


def test_53_vacancies_are_told_from_26_by_their_base(held):
    held.observe(VACANCIES, 53, "vacancies", base=UPLIFT)
    held.observe(VACANCIES, 26, "vacancies", base=CURRENT)

    told = bases_said(on_each_base(held.view(), VACANCIES, FORCE))

    assert str(told) == (
        "West Midlands Police: officer vacancies stands on two bases, and they are not one "
        "number: 26 vacancies on current establishment and 53 vacancies on establishment with "
        "uplift."
    )
    assert [one.known for one in told.figures] == [26, 53]


def test_one_number_has_no_two_bases(held):
    with pytest.raises(DefinitionRefused, match="0 observations"):
        bases_said(())


def test_a_forecast_is_never_the_latest_observation(held):
    held.observe(STRENGTH, 235, "officers")
    held.observe(STRENGTH, 248, "officers", basis="forecast", foretold=date(2022, 7, 31))

    now = latest(held.view(), STRENGTH, FORCE)
    ahead = forecasts(held.view(), STRENGTH, FORCE)

    assert now.figure.known == 235
    assert [(one.figure.known, one.on) for one in ahead] == [(248, date(2022, 7, 31))]
    assert str(ahead[0].statement()) == (
        "West Midlands Police: officer strength is forecast to be 248 officers on 31 July 2022 "
        "(said on 1 December 2021; forecast)."
    )


def test_what_was_collected_later_is_left_out(held):
    held.observe(CTSFOS, 30, "officers", on=date(2019, 1, 1))
    held.observe(CTSFOS, 37, "officers")

    assert latest(held.view(), CTSFOS, FORCE, as_at=date(2019, 6, 1)).figure.known == 30
    assert len(series(held.view(), CTSFOS, FORCE)) == 2


def test_what_was_retracted_stands_no_longer(held):
    subject = held.observe(CTSFOS, 73, "officers")
    wrong = changed(held.view().one(subject).value, text="A slip of the pen.", retracts=True)
    held.register.enter(wrong, subject=subject, by=held.who["planner"])

    assert latest(held.view(), CTSFOS, FORCE) is None
    with pytest.raises(NotEnoughData, match="A slip of the pen"):
        observed(held.view(), subject)


def test_that_nothing_could_be_counted_is_what_was_found_last(held):
    held.observe(CTSFOS, 37, "officers", on=date(2021, 1, 1))
    held.observe(CTSFOS, None, missing="the unit moved house")

    found = latest(held.view(), CTSFOS, FORCE)

    assert found.figure.value is None
    assert str(found.statement()) == (
        "West Midlands Police: CTSFOs has no figure on 1 December 2021: the unit moved house."
    )


def test_about_1300_stays_about_1300(held):
    about = Amount(value=1300, unit="officers", approximate=True)
    subject = held.observe(setting.LEVEL_2, None, amount=about, basis="estimate")

    assert "was about 1,300 officers" in str(observed(held.view(), subject).statement())


def test_an_observation_expires_after_its_day(held):
    subject = held.observe(CTSFOS, 37, "officers", expires=date(2022, 3, 31))

    found = observed(held.view(), subject)

    assert not found.has_expired(date(2022, 3, 31))
    assert found.has_expired(date(2022, 4, 1))


def test_evidence_in_words_is_no_figure(held):
    value = made(
        Observation,
        text="The plan was exercised.",
        scope=FORCE,
        basis="document",
        collected=COUNTED,
    )
    held.register.enter(value, subject="observation:words", by=held.who["spr"])

    with pytest.raises(NotEnoughData, match="evidence in words"):
        observed(held.view(), "observation:words")
    assert served(held.view(), "observation:words") == ()


def test_one_observation_serves_every_expectation_of_its_measure_and_body(held):
    for code, number in (("current", 472), ("uplift", 499), ("share", 448)):
        held.expect(code, measure=STRENGTH, target=Amount(value=number, unit="officers"))
    held.expect("region", measure=STRENGTH, scope=setting.REGION)
    subject = held.observe(STRENGTH, 446, "officers")

    found = [one.value.code for one in served(held.view(), subject)]

    assert found == ["current", "uplift", "share"]


def test_the_method_is_that_of_the_day_of_the_count(held):
    value = changed(held.view().one(CTSFOS).value, method="counted@2")
    held.register.enter(value, subject=CTSFOS, by=held.who["spr"], effective=date(2020, 1, 1))

    view = held.view()

    assert method_at(view, CTSFOS, date(2019, 12, 31)) == "counted@1"
    assert method_at(view, CTSFOS, date(2020, 1, 1)) == "counted@2"
    assert method_at(view, CTSFOS, date(1999, 1, 1)) == "counted@1"
    assert method_at(view, "measure:none", COUNTED) == NO_METHOD
    assert isinstance(held.view().one(CTSFOS).value, Measure)


def test_what_is_held_of_a_body_is_the_last_of_each_measure_and_base_and_forecasts_apart(held):
    held.observe(STRENGTH, 440, "officers", on=date(2021, 6, 1))
    held.observe(VACANCIES, 53, "vacancies", base=UPLIFT)
    held.observe(STRENGTH, 446, "officers")
    held.observe(VACANCIES, 26, "vacancies", base=CURRENT)
    held.observe(STRENGTH, 467, "officers", basis="forecast", foretold=date(2022, 3, 31))
    held.observe(CTSFOS, 37, "officers", scope="party:west-midlands-region")

    found = of_a_body(held.view(), FORCE, as_at=COUNTED)

    assert [(one.figure.value, one.base, one.entry.value.basis) for one in found] == [
        (446, "", "actual"),
        (467, "", "forecast"),
        (26, CURRENT, "actual"),
        (53, UPLIFT, "actual"),
    ]
    assert of_a_body(held.view(), FORCE, as_at=date(2021, 1, 1)) == ()
    chosen = of_a_body(held.view(), FORCE, measures={STRENGTH}, as_at=date(2021, 7, 1))
    assert [one.figure.value for one in chosen] == [440]


def test_forecasts_of_two_days_both_stand_in_the_order_of_the_days(held):
    held.observe(STRENGTH, 467, "officers", basis="forecast", foretold=date(2025, 3, 31))
    held.observe(STRENGTH, 450, "officers", basis="forecast", foretold=date(2022, 3, 31))
    held.observe(
        STRENGTH, 470, "officers", basis="forecast", foretold=date(2025, 3, 31), on=ON_LATER
    )

    found = of_a_body(held.view(), FORCE)

    assert [one.figure.value for one in found] == [450, 470]


def test_what_a_document_says_is_no_count_of_a_body(held):
    held.observe(STRENGTH, 446, "officers")
    held.observe(STRENGTH, 500, "officers", basis="document", on=ON_LATER)

    assert [one.figure.value for one in of_a_body(held.view(), FORCE)] == [446]


def test_two_numbers_of_one_base_and_day_both_stand(held):
    for number in (446, 447, 446):
        held.observe(STRENGTH, number, "officers", base=CURRENT)

    found = of_a_body(held.view(), FORCE)

    assert [one.figure.value for one in found] == [447, 446]


def test_what_measures_nothing_or_was_retracted_is_not_held(held):
    subject = held.observe(STRENGTH, 446, "officers")
    entry = held.view().one(subject)
    held.register.enter(
        changed(entry.value, retracts=True), subject=subject, by=held.who["planner"]
    )

    assert of_a_body(held.view(), FORCE) == ()
