"""Counts drawn by chance: the quantiles they are, and that plain Python draws the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom
from scipy.stats import poisson as poisson_law

from regard.kernels import keyed
from regard.workforce import drawing
from regard.workforce.drawing import Counted, Course, Routes, binomial, poisson
from regard.workforce.paths import routes_of
from workforce.projecting import five_stages

UNITS = st.floats(1e-6, 1 - 1e-6)


@given(st.integers(0, 5000), st.floats(0, 1), UNITS)
def test_a_binomial_number_is_its_quantile(count, chance, at):
    found = binomial(count, chance, at)

    low, high = binom.cdf([found - 1, found], count, chance)
    assert 0 <= found <= count
    assert low <= at * (1 + 1e-9) + 1e-9
    assert high >= at * (1 - 1e-9) - 1e-9


@given(st.floats(0, 2000), UNITS)
def test_a_poisson_number_is_its_quantile(mean, at):
    found = poisson(mean, at)

    low, high = poisson_law.cdf([found - 1, found], mean)
    assert low <= at + 1e-9
    assert high >= at - 1e-9


@given(st.integers(0, 3000), st.floats(0, 1), UNITS)
def test_one_person_more_is_at_most_one_more(count, chance, at):
    more = binomial(count + 1, chance, at) - binomial(count, chance, at)

    assert more in (0, 1)


@given(st.integers(0, 3000), st.floats(0, 0.9), st.floats(0, 0.1), UNITS)
def test_a_greater_chance_is_never_a_smaller_number(count, chance, more, at):
    assert binomial(count, chance + more, at) >= binomial(count, chance, at)


@pytest.mark.parametrize(
    "count, chance, number", [(0, 0.5, 0), (-1, 0.5, 0), (9, 0.0, 0), (9, 1.0, 9), (9, 1.1, 9)]
)
def test_the_ends_are_sure(count, chance, number):
    assert binomial(count, chance, 0.999) == number


def test_the_farthest_tails_end():
    assert binomial(10, 0.1, 1 - 2**-53) <= 10
    assert poisson(3.0, 1 - 2**-53) < 60
    assert poisson(0.0, 0.5) == 0


def _walked(monkeypatch, walk, *, plain):
    pipeline, paths, months = five_stages(), 3, 4
    if plain:
        for name in ("uniform", "mixed", "binomial", "binomial_low", "poisson", "_move", "_count"):
            monkeypatch.setattr(drawing, name, getattr(drawing, name).py_func)
        for name in ("uniform", "mixed"):
            monkeypatch.setattr(keyed, name, getattr(keyed, name).py_func)
        walk = walk.py_func
    groups = np.asarray([pipeline.rows_of(pipeline.strength)], dtype=np.float64)
    keys = np.asarray([keyed.key(5, 1), keyed.key(5, 2)])
    course = Course(
        np.asarray(pipeline.people), pipeline.plan(months).copy(), np.ones(1), True, groups, keys
    )
    counted = Counted(
        np.zeros((1, paths, months + 1)),
        np.zeros((paths, months)),
        np.zeros((paths, months)),
        np.zeros((paths, months + 1)),
    )
    routes: Routes = routes_of(pipeline, (), paths, 5)
    with np.errstate(over="ignore"):
        walk(routes, course, counted)
    return counted


@pytest.mark.parametrize("walk", [drawing.by_chance, drawing.as_expected])
def test_plain_python_walks_the_same_paths(monkeypatch, walk):
    compiled = _walked(monkeypatch, walk, plain=False)

    plain = _walked(monkeypatch, walk, plain=True)

    for one, other in zip(compiled, plain, strict=True):
        assert np.array_equal(one, other)
