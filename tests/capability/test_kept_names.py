"""Two answers of different questions are never called alike."""

from __future__ import annotations

import pytest

from regard.capability.kept_names import name_of_kept, place_of_kept
from regard.capability.questions import Question


def test_what_is_as_usual_is_not_said():
    asked = Question(7, 6)

    assert name_of_kept(asked, generated=True) == "Stress test: 7 PSUs for 6 days (generated rows)"
    assert place_of_kept(asked, "ab") == f"inputs ab, seed {asked.seed}"


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"hour": 8}, "from Friday at 08:00"),
        ({"weekday": 0}, "from Monday at 07:00"),
        ({"host_km": 300}, "300 km to the host, 10 hours of journeys"),
        ({"reserve": 1}, "1 idle unit kept"),
        ({"shift_end": "handover"}, "handed over"),
        ({"divert": True}, "diverted"),
    ],
)
def test_what_is_asked_otherwise_is_in_the_name(changed, said):
    name = name_of_kept(Question(7, 6, **changed), generated=False)

    assert name.startswith("Stress test: 7 PSUs for 6 days; ")
    assert said in name


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"make_up": "26"}, "make-up 26"),
        ({"on_shift": 0.15}, "15% by day and 21% otherwise from response"),
        ({"rest_hours": 12}, "12 hours of rest"),
        ({"recovery_days": 3}, "3 days looked at"),
        ({"tolerance": 12.5}, "12.5% answered late borne"),
    ],
)
def test_what_is_assumed_otherwise_is_in_the_place(changed, said):
    assert said in place_of_kept(Question(7, 6, **changed), "ab")
