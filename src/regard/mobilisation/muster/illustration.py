"""An invented force whose capacity on paper is nine PSUs, called at ten in the morning.

Nine inspectors, 27 sergeants, 170 constables, 36 drivers beside them and 30 carriers; 12%
abstracted, 55% of those off duty reachable. Were the drivers among the 170, the paper would say
eight: `DRIVERS_AMONG` has them so. The numbers of those on duty, off duty and due on later are
assumed. No force's own figures are in it.
"""

from __future__ import annotations

from regard.mobilisation.muster.rolls import (
    DUE_LATER,
    OFF_DUTY,
    ON_DUTY,
    PROTECTED,
    Assumptions,
    Between,
    Fleet,
    Group,
    Roll,
)

ABSTRACTED = 0.12

# Of each role: on duty at the call, due on at 14:00, due on at 22:00, off duty, on protected leave.
_STATES = (
    (ON_DUTY, None),
    (DUE_LATER, 4.0),
    (DUE_LATER, 12.0),
    (OFF_DUTY, None),
    (PROTECTED, None),
)
_COUNTS = {
    "inspector": (3, 2, 0, 3, 1),
    "sergeant": (8, 6, 3, 8, 2),
    "constable": (50, 38, 22, 48, 12),
    "driver": (11, 8, 5, 10, 2),
}
_CONSTABLES = (39, 30, 17, 38, 10)  # where the 36 drivers are among the 170


def _groups(role: str, counts: tuple[int, ...], *skills: str) -> tuple[Group, ...]:
    return tuple(
        Group(role, count, state, skills, hours=hours, abstracted=ABSTRACTED)
        for (state, hours), count in zip(_STATES, counts, strict=True)
    )


def _roll(*groups: tuple[Group, ...]) -> Roll:
    return Roll("an invented force", sum(groups, ()), Fleet(30, off_road=0.05), generated=True)


ROLL = _roll(*(_groups(role, counts) for role, counts in _COUNTS.items()))
DRIVERS_AMONG = _roll(
    _groups("inspector", _COUNTS["inspector"]),
    _groups("sergeant", _COUNTS["sergeant"]),
    _groups("constable", _CONSTABLES),
    _groups("constable", _COUNTS["driver"], "driver"),
)
ASSUMPTIONS = Assumptions(reachable=Between(0.45, 0.55, 0.65))
