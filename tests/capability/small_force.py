"""A small force whose answer takes a blink: fitted to nothing, its model given."""

from __future__ import annotations

from datetime import date

import numpy as np

from mobilisation.calibrating_rows import AIMS, ROSTER, model, records
from regard.capability.incidents import Answering
from regard.capability.questions import Question
from regard.core.figures import Source
from regard.mobilisation.calibrating.fitting import Fitted

ASKED = Question(1, 2, weekday=0, recovery_days=2, levels=(2,), on_shift=0.2, otherwise=0.1)


def answering() -> Answering:
    """A force of some sixteen units."""
    made = model(1)
    data = records(1)
    fitted = Fitted(
        made.demand,
        tuple(round(0.9 * one) for one in ROSTER),
        0.9,
        (0.9, 0.9),
        (0.0, 0.0, 0.0),
        tuple(np.zeros(3) for _ in AIMS),
        data,
        AIMS,
    )
    source = Source("rows", "import 1: GENERATED-small.csv (sha256 0)", "rows of incident")
    return Answering("west-midlands", date(2021, 11, 1), data.days, fitted, 1.5, (source,))
