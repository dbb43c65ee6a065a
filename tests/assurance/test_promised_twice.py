"""The same people promised locally, regionally and nationally: how many twice, and for how long."""

from __future__ import annotations

from datetime import date

import pytest

from assurance import given_targets as setting
from assurance.given_targets import COUNTED, CTSFOS, FORCE, LEVEL_2, PSUS, REGION, VACANCIES
from assurance.promised_targets import BASES, link, promise, three_promises
from regard.assurance.promised_twice import PromisedTwice, promised_twice
from regard.core.markings import Marking
from regard.register.kinds import Amount, Input, LinkType, Window, changed

ON = date(2022, 1, 10)
DAYS = {"local": 1, "regional": 3, "national": 6}


@pytest.fixture
def held(tmp_path, database_url):
    one = setting.given(tmp_path, database_url)
    one.on(ON)
    yield one
    one.register.close()


def only(held, **asked) -> PromisedTwice:
    (found,) = promised_twice(held.view(), **{"as_at": ON, **asked})
    return found


def lasting(held, trained, days=DAYS):
    for tier, number in days.items():
        promise(held, tier, sustain_for=number)
    link(
        held,
        LinkType.DEPENDS_ON,
        setting.level_2_target(held),
        "expectation:commitments/psus-regional",
    )
    held.observe(LEVEL_2, trained, "officers")
    return only(held)


def test_what_is_promised_at_three_tiers_is_added_as_if_all_were_called_at_once(held):
    three_promises(held)

    found = only(held)

    assert [(one.tier, one.target.figure.value) for one in found.levels] == [
        ("local", 3),
        ("regional", 17),
        ("national", 21),
    ]
    assert str(found.promised()) == (
        "West Midlands Police promises the same thing at three tiers (PSUs raised): local 3 PSUs "
        "(primary mobilisation), regional 17 PSUs (regional capability) and national 21 PSUs "
        "(national commitment). If all of them are called at once, that is 41 PSUs."
    )
    assert found.total.parts == tuple(one.target.figure for one in found.levels)


def test_the_people_behind_them_are_promised_more_than_once(held):
    three_promises(held)

    (said,) = only(held).stand_behind()

    assert str(said) == (
        "Behind all of them stand the same people: 1,193 officers (actual, 1 December 2021). By "
        "the rule by which they are trained, psus × officers per psu × times, one takes 78 "
        "officers: they come to 15 PSUs, which is 6 PSUs too few for the largest promise alone, "
        "of 21 PSUs, and 20 PSUs of those 41 are promised of people who are promised already. "
        "Their target of 1,326 officers is worked out from 17 PSUs; by the same rule 41 PSUs "
        "would take 3,198 officers. If every one of them came at once, with nobody to relieve "
        "them, they would be 45 PSUs, at 26 officers a PSU: enough for those 41, for as long as "
        "nobody has to be relieved."
    )


@pytest.mark.parametrize(
    "behind, nobody, twice", [(0, 21, 20), (10, 11, 20), (21, 0, 20), (30, 0, 11), (41, 0, 0)]
)
def test_what_nobody_stands_behind_is_not_said_to_be_promised_twice(held, behind, nobody, twice):
    three_promises(held, trained=behind * 78)

    found = only(held)
    units = found.behind[0].units

    assert units.value == behind
    assert (found.beyond(units).value, found.again(units).value) == (nobody, twice)


def test_a_promise_of_nothing_beside_one_too_large_is_not_promised_twice(held):
    nothing = Amount(value=0, unit="PSUs")
    promise(held, "local", target=nothing)
    promise(held, "national")
    rule = setting.level_2_target(held)
    link(held, LinkType.DEPENDS_ON, rule, "expectation:commitments/psus-national")
    held.observe(LEVEL_2, 10 * 26, "officers")

    (said,) = only(held).stand_behind()

    assert (
        "they come to 3 PSUs, which is 18 PSUs too few for the largest promise alone, of 21 "
        "PSUs, and none of those 21 is promised twice."
    ) in str(said)
    assert str(said).endswith(
        "11 PSUs too few for the largest promise alone, of 21 PSUs, and none of those 21 would be "
        "promised twice."
    )


def estimated(held, **fields):
    for tier, number in DAYS.items():
        promise(held, tier, sustain_for=number)
    rule = setting.level_2_target(held)
    link(held, LinkType.DEPENDS_ON, rule, "expectation:commitments/psus-regional")
    amount = Amount(value=1193, unit="officers", **fields)
    held.observe(LEVEL_2, 1193, "officers", basis="estimate", amount=amount)
    return only(held)


def test_an_estimate_keeps_its_range_in_all_that_is_worked_out_of_it(held):
    found = estimated(held, low=1000, high=3300, level=95)
    (said,) = found.stand_behind()

    assert "1,193 officers (95% range 1,000 to 3,300 officers) (estimate" in str(said)
    assert (
        "they come to 15 PSUs (95% range 12 to 42 PSUs), which is 6 PSUs (95% range 0 to 9 PSUs) "
        "too few for the largest promise alone, of 21 PSUs, and 20 PSUs (95% range 0 to 20 PSUs) "
        "of those 41 are promised"
    ) in str(said)
    assert (
        "they would be 45 PSUs (95% range 38 to 126 PSUs), at 26 officers a PSU: 0 PSUs (95% range "
        "0 to 3 PSUs) of those 41 would be promised twice even so."
    ) in str(said)
    assert str(found.kept_up()).endswith(
        "By that rule all of them can be kept up together on no day. If those behind them come to "
        "42 PSUs, all of them can be kept up together for as long as each is promised."
    )


@pytest.mark.parametrize("fields", [{"approximate": True}, {"low": 1000, "high": 3300}])
def test_about_so_many_people_come_to_about_so_many_units(held, fields):
    found = estimated(held, **fields)
    (said,) = found.stand_behind()

    assert "about 1,193 officers (estimate" in str(said)
    assert "they come to about 15 PSUs, which is about 6 PSUs too few" in str(said)
    assert "and about 20 PSUs of those 41 are promised" in str(said)
    assert "they would be about 45 PSUs" in str(said)
    assert str(found.kept_up()).endswith(
        "By that rule, on an approximate number of people, all of them can be kept up together on "
        "no day."
    )


def drivers_of(held, number, **fields):
    """So many drivers, of whom a unit takes three, behind the same promise."""
    rule = held.expect(
        "drivers",
        measure=CTSFOS,
        target=Amount(value=51, unit="officers"),
        formula="psus × drivers",
        inputs=(
            Input(name="psus", value=17, unit="PSUs"),
            Input(name="drivers", value=3, unit="drivers"),
        ),
    )
    link(held, LinkType.DEPENDS_ON, rule, "expectation:commitments/psus-regional")
    amount = Amount(value=number, unit="officers", **fields)
    held.observe(CTSFOS, number, "officers", amount=amount)


@pytest.mark.parametrize(
    "drivers, fields, said",
    [
        (30, {}, "By the rule for CTSFOs, which binds first, all of them can be kept up together "
         "on no day."),
        (300, {}, "By the rule for Level 2 trained officers, which binds first, all of them can be "
         "kept up together for as long as each is promised."),
        (30, {"approximate": True}, "By the rule for CTSFOs, which binds first, on an approximate "
         "number of people, all of them can be kept up together on no day."),
        (150, {"low": 66, "high": 180, "level": 95}, "By the rule for Level 2 trained officers, "
         "which binds first, all of them can be kept up together for as long as each is promised. "
         "If those behind them come only to 22 PSUs, they can be kept up together only after the "
         "end of day 3, when 21 PSUs are still asked for."),
    ],
    ids=["drivers bind", "officers bind", "about", "the low end of the other binds"],
)  # fmt: skip
def test_the_rule_that_binds_says_whether_all_can_be_kept_up(held, drivers, fields, said):
    for tier, number in DAYS.items():
        promise(held, tier, sustain_for=number)
    rule = setting.level_2_target(held)
    link(held, LinkType.DEPENDS_ON, rule, "expectation:commitments/psus-regional")
    held.observe(LEVEL_2, 42 * 78, "officers")
    drivers_of(held, drivers, **fields)

    assert str(only(held).kept_up()).endswith(said)


def test_what_is_stated_twice_at_one_tier_is_not_added_twice(held):
    for tier, number in DAYS.items():
        promise(held, tier, sustain_for=number)
    held.expect(
        "plan",
        measure=PSUS,
        target=Amount(value=21, unit="PSUs"),
        base="the plan",
        terms=("tier/national",),
        sustain_for=6,
    )

    found = only(held)

    assert len(found.levels) == 4
    assert "They are not added: two are stated at the tier national." in str(found.promised())
    assert (found.total.value, found.stages, found.stand_behind()) == (None, (), ())
    assert str(found.kept_up()).startswith("For how long each must be kept up: local 1 day,")


def test_limits_are_no_promises_and_are_not_added(held):
    for tier in ("local", "national"):
        held.expect(
            f"vacancies-{tier}",
            measure=VACANCIES,
            target=Amount(value=5, unit="vacancies"),
            terms=(f"tier/{tier}",),
        )

    assert promised_twice(held.view(), as_at=ON) == ()


def test_each_figure_of_it_leads_to_entries(held):
    three_promises(held)

    for said in only(held).statements():
        for figure in said.figures:
            assert any(one.sources for one in figure.walk())


def test_too_few_even_at_once_are_promised_twice_even_so(held):
    three_promises(held, trained=780)

    (said,) = only(held).stand_behind()

    assert "they would be 30 PSUs, at 26 officers a PSU: 11 PSUs of those 41 would be" in str(said)


def test_enough_for_all_promises_nobody_twice(held):
    three_promises(held, trained=3198)

    (said,) = only(held).stand_behind()

    assert "they come to 41 PSUs, and none of those 41 is promised twice." in str(said)


def test_each_promise_is_found_kept_on_its_own_base(held):
    three_promises(held)

    alone = [str(one) for one in only(held).alone()]

    assert len(alone) == 3
    assert all("is exactly the target" in one for one in alone)


def test_a_duration_that_nobody_stated_is_not_taken_for_nought(held):
    promise(held, "local", sustain_for=1)
    promise(held, "national")

    found = only(held)

    assert found.stages == ()
    assert str(found.kept_up()) == (
        "For how long each must be kept up: local 1 day and national not stated. So for how long "
        "all of them can be kept up together is not stated: what is missing is not nought."
    )


def test_stated_durations_say_what_is_asked_day_by_day(held):
    found = lasting(held, 24 * 78)

    assert [(one.day.value, one.units.value) for one in found.stages] == [(1, 41), (3, 38), (6, 21)]
    assert str(found.kept_up()) == (
        "For how long each must be kept up: local 1 day, regional 3 days and national 6 days. "
        "Called on one day, they are asked for as 41 PSUs until the end of day 1, 38 PSUs until "
        "the end of day 3, then 21 PSUs until the end of day 6. By that rule they can be kept up "
        "together only after the end of day 3, when 21 PSUs are still asked for."
    )


@pytest.mark.parametrize(
    "trained, said",
    [
        (41 * 78, "all of them can be kept up together for as long as each is promised."),
        (20 * 78, "all of them can be kept up together on no day."),
    ],
)
def test_all_can_be_kept_up_or_none(held, trained, said):
    assert str(lasting(held, trained).kept_up()).endswith(said)


def test_promises_that_last_alike_make_one_stage(held):
    found = lasting(held, 1193, dict.fromkeys(BASES, 6))

    assert [(one.day.value, one.units.value) for one in found.stages] == [(6, 41)]
    assert "they are asked for as 41 PSUs until the end of day 6." in str(found.kept_up())


def test_that_nobody_is_known_to_stand_behind_them_is_said(held):
    promise(held, "local")
    promise(held, "national")

    (said,) = only(held).stand_behind()

    assert str(said).startswith("What stands behind them the register does not say")


def test_units_of_two_make_ups_are_shown_and_not_added(held):
    promise(held, "local", terms=("tier/local", "make-up/25"))
    promise(held, "national", terms=("tier/national", "make-up/26"))

    found = only(held)

    assert found.total.value is None
    assert "They are not added: they are of the make-ups 25 and 26." in str(found.promised())
    assert found.stand_behind() == ()
    assert found.stages == ()


def test_units_of_a_make_up_that_only_one_of_them_states_are_not_added(held):
    promise(held, "local", terms=("tier/local", "make-up/25"))
    promise(held, "national")

    found = only(held)

    assert found.total.value is None
    assert ("They are not added: some are of the make-up 25, and of others none is stated.") in str(
        found.promised()
    )


def test_units_of_one_make_up_are_added(held):
    promise(held, "local", terms=("tier/local", "make-up/25"))
    promise(held, "national", terms=("tier/national", "make-up/25"))

    assert only(held).total.value == 24


@pytest.mark.parametrize("asked", [{}, {"scope": FORCE}])
def test_a_later_version_does_not_say_of_what_an_earlier_one_was(held, asked):
    for tier in ("local", "national"):
        promise(held, tier)
    held.on(date(2022, 6, 1))
    subject = "expectation:commitments/psus-national"
    value = changed(held.view().one(subject).value, measure=CTSFOS)
    held.register.enter(value, subject=subject, by=held.who["spr"])

    assert [one.tier for one in only(held, **asked).levels] == ["local", "national"]
    assert promised_twice(held.view(), as_at=date(2022, 6, 1), **asked) == ()


def test_one_tier_alone_promises_nothing_twice(held):
    promise(held, "local")
    held.expect("other", measure=PSUS, target=Amount(value=4, unit="PSUs"), terms=("tier/local",))

    assert promised_twice(held.view(), as_at=ON) == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"terms": ()},
        {"scope": REGION},
        {"window": Window(end=date(2021, 12, 31))},
        {"target": None},
        {"target": Amount(value=2, unit="officers")},
    ],
    ids=["no tier", "another body", "ended", "no number", "another unit"],
)
def test_what_is_not_the_same_thing_is_not_added(held, fields):
    promise(held, "local")
    promise(held, "regional")
    promise(held, "national", **fields)

    assert [one.tier for one in only(held).levels] == ["local", "regional"]


def test_it_is_found_by_the_requirement_that_one_of_them_answers(held):
    subjects = three_promises(held)
    asked = held.expect("asked", text="Give the force's share.")
    other = held.expect("else", text="Something else.")
    link(held, LinkType.ANSWERS, subjects[2], asked)
    view = held.view()

    assert len(promised_twice(view, about=(asked,), as_at=ON)) == 1
    assert len(promised_twice(view, about=(subjects[0],), as_at=ON)) == 1
    assert promised_twice(view, about=(other,), as_at=ON) == ()
    assert promised_twice(view, scope=REGION, as_at=ON) == ()
    assert len(promised_twice(view, scope=FORCE, as_at=ON)) == 1


def test_what_came_later_is_not_in_it(held):
    three_promises(held)

    assert promised_twice(held.view(), as_at=date(2021, 1, 1)) == ()
    assert only(held, as_at=ON).behind[0].observed.on == COUNTED


def test_it_is_held_as_closely_as_the_closest_of_its_promises(held):
    promise(held, "local")
    subject = promise(held, "national")
    close = Marking.parse("OFFICIAL-SENSITIVE")
    entry = held.view().one(subject)
    held.register.enter(entry.value, subject=subject, by=held.who["spr"], marking=close)

    (found,) = promised_twice(held.view("chief"), as_at=ON)

    assert {one.marking for one in found.statements()} == {close}
