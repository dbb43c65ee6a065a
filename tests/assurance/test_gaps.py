"""A gap is reckoned of one and the same thing only; each refusal names the difference."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance import given_targets as setting
from assurance.given_targets import (
    CTSFOS,
    CURRENT,
    FORCE,
    LEVEL_2,
    PSUS,
    REGION,
    STRENGTH,
    UPLIFT,
    VACANCIES,
    level_2_target,
)
from regard.assurance.gaps import Apart, Gap, Unmeasured, against, gap, gap_or_reason
from regard.assurance.observed import Observed, based
from regard.assurance.targets import Target
from regard.core.errors import NotComparable, NotEnoughData
from regard.core.figures import Figure
from regard.core.markings import OFFICIAL
from regard.core.quantities import Range
from regard.register.entries import Entry
from regard.register.kinds import Amount, Expectation, Observation, changed, made


@pytest.fixture
def held(tmp_path, database_url):
    one = setting.given(tmp_path, database_url)
    one.on(date(2021, 12, 13))
    yield one
    one.register.close()


def test_1193_of_1326_is_133_below(held):
    subject = level_2_target(held)
    held.observe(LEVEL_2, 1193, "officers", basis="derived")

    found = gap(held.view(), subject, FORCE)

    assert str(found.figure) == "−133 officers"
    assert str(found.statement()) == (
        "West Midlands Police: 1,193 officers (derived, 1 December 2021) against a target of 1,326 "
        "officers is 133 officers below it."
    )
    assert "entry" in found.figure.sources[0].reference
    assert subject in found.figure.sources[1].reference


@pytest.mark.parametrize(
    ("base", "asked", "told"),
    [
        (UPLIFT, 499, "on the base establishment with uplift, is 53 officers below it."),
        (CURRENT, 472, "on the base current establishment, is 26 officers below it."),
        ("95% of current establishment", 448, "is 2 officers below it."),
        ("what there is", 446, "is exactly the target of 446 officers, on the base what there is."),
        ("less", 400, "is 46 officers above it."),
    ],
)
def test_one_strength_stands_against_several_bases_and_names_each(held, base, asked, told):
    subject = held.expect(
        "strength", measure=STRENGTH, target=Amount(value=asked, unit="officers"), base=base
    )
    held.observe(STRENGTH, 446, "officers")

    assert str(gap(held.view(), subject, FORCE).statement()).endswith(told)


def test_33_psus_of_the_region_are_not_set_against_the_21_of_the_force(held):
    subject = held.expect("psus", measure=PSUS, target=Amount(value=21, unit="PSUs"))
    exercise = held.observe(PSUS, 33, "PSUs", scope=REGION, basis="exercise")

    apart = gap_or_reason(held.view(), subject, REGION)

    assert isinstance(apart, Apart)
    assert str(apart.statement()) == (
        "33 PSUs and 21 PSUs are not subtracted: scope is West Midlands region and West Midlands "
        "Police."
    )
    with pytest.raises(NotComparable, match="scope is West Midlands region"):
        gap(held.view(), subject, FORCE, observation=exercise)


def test_vacancies_on_one_base_are_not_set_against_a_target_on_another(held):
    subject = held.expect(
        "vacancies", measure=VACANCIES, target=Amount(value=0, unit="vacancies"), base=CURRENT
    )
    held.observe(VACANCIES, 53, "vacancies", base=UPLIFT)

    with pytest.raises(NotComparable) as refusal:
        gap(held.view(), subject, FORCE)

    assert f"base is {UPLIFT} and {CURRENT}" in str(refusal.value)


def test_a_target_without_a_base_does_not_take_an_observation_that_names_one(held):
    subject = held.expect("vacancies", measure=VACANCIES, target=Amount(value=0, unit="vacancies"))
    held.observe(VACANCIES, 53, "vacancies", base=UPLIFT)

    with pytest.raises(NotComparable, match="base is .* and none that is named"):
        gap(held.view(), subject, FORCE)


def test_the_observation_on_the_base_of_the_target_is_taken(held):
    subject = held.expect(
        "vacancies", measure=VACANCIES, target=Amount(value=20, unit="vacancies"), base=CURRENT
    )
    held.observe(VACANCIES, 26, "vacancies", base=CURRENT)
    held.observe(VACANCIES, 53, "vacancies", base=UPLIFT)

    assert gap(held.view(), subject, FORCE).exact == 6


def test_a_newer_count_that_names_no_base_is_taken_before_an_older_one_that_does(held):
    subject = held.expect(
        "strength", measure=STRENGTH, target=Amount(value=472, unit="officers"), base=CURRENT
    )
    held.observe(STRENGTH, 440, "officers", on=date(2020, 1, 1), base=CURRENT)
    held.observe(STRENGTH, 446, "officers")

    assert gap(held.view(), subject, FORCE).exact == -26


def test_what_is_only_about_right_says_so(held):
    subject = level_2_target(held)
    about = Amount(value=1300, unit="officers", approximate=True)
    held.observe(LEVEL_2, None, amount=about, basis="estimate")

    told = str(gap(held.view(), subject, FORCE).statement())

    assert "1,300 officers (approximate, estimate, 1 December 2021)" in told


def test_a_new_method_of_counting_is_not_set_against_an_old_target(held):
    subject = held.expect("ctsfos", measure=CTSFOS, target=Amount(value=56, unit="officers"))
    held.on(date(2022, 2, 1))
    value = changed(held.view().one(CTSFOS).value, method="counted@2")
    held.register.enter(value, subject=CTSFOS, by=held.who["spr"])
    held.observe(CTSFOS, 40, "officers", on=date(2022, 2, 1))

    with pytest.raises(NotComparable, match="method is counted@2 and counted@1"):
        gap(held.view(), subject, FORCE)


def test_nothing_observed_is_no_gap_of_nought(held):
    subject = held.expect("psus", measure=PSUS, target=Amount(value=21, unit="PSUs"))
    held.observe(PSUS, 33, "PSUs", scope=REGION, basis="exercise")

    found = gap_or_reason(held.view(), subject, FORCE)

    assert isinstance(found, Unmeasured)
    assert str(found.statement()) == (
        "West Midlands Police: the target is 21 PSUs, and nothing was observed: no observation of "
        "“PSUs raised” of West Midlands Police; it was observed of West Midlands region, which is "
        "not the same."
    )
    with pytest.raises(NotEnoughData, match="which is not the same"):
        gap(held.view(), subject, FORCE)


def test_a_number_that_is_missing_is_no_gap_either(held):
    subject = held.expect("psus", measure=PSUS, target=Amount(value=21, unit="PSUs"))
    held.observe(PSUS, None, missing="the exercise was put off")

    with pytest.raises(NotEnoughData, match="the exercise was put off"):
        gap(held.view(), subject, FORCE)


def test_a_forecast_is_set_against_a_target_only_when_it_is_named(held):
    subject = held.expect("strength", measure=STRENGTH, target=Amount(value=258, unit="officers"))
    held.observe(STRENGTH, 235, "officers")
    ahead = held.observe(STRENGTH, 248, "officers", basis="forecast", foretold=date(2022, 7, 31))

    now = gap(held.view(), subject, FORCE)
    then = gap(held.view(), subject, FORCE, observation=ahead)

    assert (now.exact, then.exact) == (-23, -10)
    assert then.figure.basis == "forecast less target"


def test_a_share_below_its_target_is_below_in_percentage_points(held):
    subject = held.expect("share", measure=LEVEL_2, target=Amount(value=95, unit="%"))
    held.observe(LEVEL_2, 90, "%")

    assert str(gap(held.view(), subject, FORCE).figure) == "−5 percentage points"


def test_an_estimate_keeps_its_range_in_the_gap(held):
    subject = held.expect("psus", measure=PSUS, target=Amount(value=21, unit="PSUs"))
    about = Amount(value=18, unit="PSUs", low=16, high=20, level=90)
    held.observe(PSUS, None, amount=about, basis="estimate")

    found = gap(held.view(), subject, FORCE)

    assert found.figure.interval == Range(-5, -1, 0.9)
    assert found.size.interval == Range(1, 5, 0.9)


def _entry(value, subject):
    return Entry(
        seq=1,
        kind=value.kind,
        subject=subject,
        version=1,
        effective=date(2021, 12, 1),
        recorded=datetime(2021, 12, 1, tzinfo=UTC),
        post="party:a",
        holder="party:b",
        force="party:c",
        marking=OFFICIAL,
        body="",
        previous="",
        hash="",
        held=value,
    )


def _figure(number, measure, scope, unit, method, basis):
    return Figure(
        value=float(number),
        unit=unit,
        measure=measure,
        scope=scope,
        basis=basis,
        method=method,
        as_at=date(2021, 12, 1),
    )


WHAT = {
    "measure": st.sampled_from(["psus", "officers"]),
    "scope": st.sampled_from(["force", "region"]),
    "base": st.sampled_from(["", "uplift", "current"]),
    "unit": st.sampled_from(["PSUs", "officers"]),
    "method": st.sampled_from(["counted@1", "counted@2"]),
}
things = st.fixed_dictionaries(WHAT)


def _observed(number, what):
    value = made(
        Observation,
        text="As counted.",
        measure=f"measure:{what['measure']}",
        scope=f"party:{what['scope']}",
        amount=Amount(value=number, unit=what["unit"]),
        basis="actual",
        base=what["base"],
        collected=date(2021, 12, 1),
    )
    named = (what["measure"], what["scope"], what["unit"], what["method"])
    figure = _figure(number, *named, based("actual", what["base"]))
    return Observed(_entry(value, "observation:a"), figure, what["measure"], what["scope"])


def _target(number, what):
    value = made(
        Expectation,
        edition="edition:a",
        code="a",
        text="What is asked.",
        measure=f"measure:{what['measure']}",
        scope=f"party:{what['scope']}",
        target=Amount(value=number, unit=what["unit"]),
        base=what["base"],
    )
    named = (what["measure"], what["scope"], what["unit"], what["method"])
    figure = _figure(number, *named, based("target", what["base"]))
    held = _entry(value, "expectation:a/a")
    return Target(held, figure, None, number, what["measure"], what["scope"])


@given(things, things, st.integers(0, 2000), st.integers(0, 2000))
def test_a_number_stands_only_between_the_same_things_and_else_each_difference_is_named(
    one, other, found, asked
):
    result = against(_observed(found, one), _target(asked, other))

    differ = {name for name in WHAT if one[name] != other[name]}
    if not one["base"]:
        differ -= {"base"}  # a count that names no base stands on none
    if differ:
        assert isinstance(result, Apart)
        assert {each.name for each in result.differs} == differ
        assert all(name in str(result.refusal()) for name in differ)
        assert all(name in str(result.statement()) for name in differ)
    else:
        assert isinstance(result, Gap)
        assert result.exact == found - asked


@given(things, st.integers(-2000, 2000), st.integers(-2000, 2000))
def test_the_size_of_a_gap_has_no_sign_and_the_sentence_has_the_side(what, found, asked):
    result = against(_observed(found, what), _target(asked, what))

    assert result.size.known == abs(found - asked)
    assert ("above" in str(result.statement())) == (found > asked)
    assert ("below" in str(result.statement())) == (found < asked)
    assert replace(result, observed=result.observed) == result


def test_on_an_earlier_day_the_target_is_the_one_of_that_day(held):
    subject = level_2_target(held)
    held.observe(LEVEL_2, 1193, "officers", on=date(2021, 12, 14))
    asked = held.view().one(subject).value
    held.on(date(2022, 1, 20))
    more = changed(asked, target=Amount(value=1638, unit="officers"), formula="", inputs=())
    held.register.enter(more, subject=subject, by=held.who["spr"])

    then = gap(held.view(), subject, FORCE, as_at=date(2021, 12, 31))
    now = gap(held.view(), subject, FORCE, as_at=date(2022, 2, 1))

    assert (str(then.figure), str(now.figure)) == ("−133 officers", "−445 officers")
