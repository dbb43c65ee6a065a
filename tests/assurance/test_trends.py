"""A change is of one and the same thing over time; where that changes the line breaks."""

from __future__ import annotations

from datetime import date

import pytest

from assurance import given_targets as setting
from assurance.given_targets import CURRENT, FORCE, LEVEL_2, PSUS, UPLIFT, VACANCIES
from regard.assurance.observed import observed
from regard.assurance.trends import between, trend
from regard.core.errors import NotComparable, NotEnoughData
from regard.register.kinds import changed

EARLY = date(2019, 1, 29)


@pytest.fixture
def held(tmp_path, database_url):
    one = setting.given(tmp_path, database_url)
    one.on(date(2021, 12, 13))
    yield one
    one.register.close()


def test_1300_to_1193_is_a_fall_that_neither_paper_says(held):
    held.observe(LEVEL_2, 1300, "officers", on=EARLY, basis="estimate")
    held.observe(LEVEL_2, 1193, "officers", basis="derived")

    (step,) = trend(held.view(), LEVEL_2, FORCE)

    assert str(step.statement()) == (
        "West Midlands Police: Level 2 trained officers went from 1,300 officers on 29 January "
        "2019 to 1,193 officers on 1 December 2021: −107 officers."
    )


def test_a_new_method_breaks_the_line_and_no_change_is_reckoned(held):
    held.observe(LEVEL_2, 1300, "officers", on=EARLY)
    value = changed(held.view().one(LEVEL_2).value, method="counted@2")
    held.register.enter(value, subject=LEVEL_2, by=held.who["spr"], effective=date(2020, 1, 1))
    held.observe(LEVEL_2, 1193, "officers")

    (step,) = trend(held.view(), LEVEL_2, FORCE)

    assert step.change is None
    assert "the line is broken" in str(step.statement())
    assert "method is counted@2 and counted@1" in str(step.statement())


def test_a_change_of_base_breaks_the_line_too(held):
    held.observe(VACANCIES, 26, "vacancies", on=EARLY, base=CURRENT)
    held.observe(VACANCIES, 53, "vacancies", base=UPLIFT)

    (step,) = trend(held.view(), VACANCIES, FORCE)

    assert [one.name for one in step.apart.differs] == ["base"]
    assert trend(held.view(), VACANCIES, FORCE, base=UPLIFT) == ()


def test_53_less_26_is_refused_by_its_base(held):
    one = held.observe(VACANCIES, 53, "vacancies", base=UPLIFT)
    other = held.observe(VACANCIES, 26, "vacancies", base=CURRENT)
    view = held.view()

    with pytest.raises(NotComparable, match=f"base is {UPLIFT} and {CURRENT}"):
        between(observed(view, one), observed(view, other))


def test_an_exercise_and_a_count_are_not_one_line(held):
    held.observe(PSUS, 21, "PSUs", on=EARLY, basis="exercise")
    held.observe(PSUS, 17, "PSUs")

    (step,) = trend(held.view(), PSUS, FORCE)

    assert [one.name for one in step.apart.differs] == ["basis"]


def test_a_number_that_is_missing_is_no_step(held):
    held.observe(PSUS, 21, "PSUs", on=EARLY)
    gone = held.observe(PSUS, None, on=date(2020, 1, 1), missing="not asked")
    last = held.observe(PSUS, 17, "PSUs")
    view = held.view()

    (step,) = trend(view, PSUS, FORCE)

    assert step.change.known == -4
    with pytest.raises(NotEnoughData, match="not asked"):
        between(observed(view, last), observed(view, gone))
