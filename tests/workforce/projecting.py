"""The pipeline of the test vectors, and any pipeline and delay at all."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from regard.workforce.delays import Erlang, Fixed, Uniform
from regard.workforce.pipeline import Pipeline

STAGES = ("vetting", "training", "tutor", "independent", "substantive")
MOVES = (
    (0.70, 0.26, 0, 0, 0),
    (0, 0.80, 0.19, 0, 0),
    (0, 0, 0.66, 0.325, 0),
    (0, 0, 0, 0.945, 0.05),
    (0, 0, 0, 0, 0.9955),
)
IN_STRENGTH = STAGES[1:]


def five_stages(intake: float = 24) -> Pipeline:
    """Vetting, training, tutor, independent in probation, substantive."""
    return Pipeline(
        stages=STAGES,
        moves=MOVES,
        people=(60, 70, 35, 260, 2000),
        intake=(intake, 0, 0, 0, 0),
        strength=IN_STRENGTH,
        deployable=STAGES[3:],
    )


DELAYS = st.one_of(
    st.floats(0.1, 40).map(Fixed),
    st.tuples(st.floats(0, 20), st.floats(0.5, 20)).map(lambda one: Uniform(one[0], sum(one))),
    st.tuples(st.floats(0.5, 24), st.integers(1, 30)).map(lambda one: Erlang(*one)),
)


@st.composite
def pipelines(draw):
    """Any pipeline of up to four rows from which everybody leaves in the end."""
    rows = draw(st.integers(1, 4))
    shares = st.lists(st.floats(0, 1), min_size=rows, max_size=rows)
    moves = [np.asarray(draw(shares)) for _ in range(rows)]
    names = tuple("abcd"[:rows])
    counts = st.lists(st.integers(0, 300).map(float), min_size=rows, max_size=rows)
    return Pipeline(
        stages=names,
        moves=tuple(tuple((0.97 * row / max(row.sum(), 1.0)).tolist()) for row in moves),
        people=tuple(draw(counts)),
        intake=tuple(draw(counts)),
        strength=names,
        deployable=names[-1:],
    )
