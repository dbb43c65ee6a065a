"""The course of a unit: the quantiles of its paths, month by month."""

from __future__ import annotations

from regard.capability.courses import course_of
from regard.core.periods import Month
from regard.workforce.paths import simulate
from regard.workforce.pipeline import Pipeline

LINE = Pipeline(
    stages=("in post",),
    moves=((0.95,),),
    people=(40.0,),
    intake=(2.0,),
    strength=("in post",),
    deployable=("in post",),
)


def test_a_course_is_the_quantiles_of_its_paths():
    paths = simulate(LINE, months=3, seed=5, paths=400)

    course = course_of(paths, Month(2021, 11))

    assert [one.iso for one in course.months] == ["2021-11", "2021-12", "2022-01", "2022-02"]
    assert (course.low[0], course.middle[0], course.high[0]) == (40, 40, 40)
    low, middle, high = paths.quantiles()
    assert course.low == tuple(low)
    assert course.middle == tuple(middle)
    assert course.high == tuple(high)
