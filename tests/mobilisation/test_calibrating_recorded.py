"""Records are kept as they are: in order, with what cannot be true set to not a number."""

from __future__ import annotations

import numpy as np
import pytest

from mobilisation.calibrating_rows import records
from regard.core.errors import DefinitionRefused
from regard.mobilisation.calibrating.recorded import recorded

NAN = np.nan


def made(**changed):
    told = {
        "start": 0, "hours": 48, "grades": ("G1", "G2"), "at": [10.0, 5.0, 1500.0],
        "grade": [0, 1, 0], "ready": [11.0, 6.0, 1501.0], "sent": [12.0, 4.0, NAN],
        "arrived": [20.0, 15.0, NAN], "cleared": [50.0, 40.0, NAN],
    } | changed  # fmt: skip
    return recorded(**{k: np.array(v) if isinstance(v, list) else v for k, v in told.items()})


def test_calls_are_put_in_order_and_times_out_of_order_are_not_known():
    told = made()

    assert told.at.tolist() == [5.0, 10.0, 1500.0]
    assert told.grade.tolist() == [1, 0, 0]
    assert np.isnan(told.sent).tolist() == [True, False, True]  # sent before it was ready
    assert np.isnan(told.arrived).tolist() == [True, False, True]
    assert told.complete.tolist() == [False, True, False]
    assert told.missing(0) == 0.5
    assert told.missing(1) == 1.0


def test_days_hours_and_blocks():
    told = made()

    assert told.day.tolist() == [0, 0, 1]
    assert told.hour.tolist() == [0, 0, 25]
    assert told.block.tolist() == [0, 0, 0]
    assert told.days == 2


def test_some_days_begin_again_at_hour_0():
    told = made().between(1, 2)

    assert (told.start, told.hours, told.at.tolist()) == (24, 24, [60.0])


def test_halves_hold_all_that_the_whole_holds():
    whole = records(2)
    first, last = whole.between(0, 7), whole.between(7, 14)

    assert len(first) + len(last) == len(whole)
    assert np.allclose(last.minutes, whole.minutes[len(first) :], equal_nan=True)


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"grade": [0, 2, 0]}, "row 2 has grade 2"),
        ({"at": [10.0, 5.0, 2880.0]}, "row 3 has at 2880"),
        ({"hours": 47}, "47 hours"),
        ({"start": 5}, "hour 5"),
        ({"sent": [1.0]}, "columns of"),
    ],
)
def test_what_cannot_be_is_refused(changed, said):
    with pytest.raises(DefinitionRefused, match=said):
        made(**changed)


@pytest.mark.parametrize("days", [(0, 3), (1, 1), (-1, 1)])
def test_days_that_are_not_covered_are_refused(days):
    with pytest.raises(DefinitionRefused, match="days"):
        made().between(*days)
