"""Subjects of what is said again and again about one thing: each gets the next number."""

from __future__ import annotations

from regard.register.acting import Acts
from regard.register.subjects import subject_of


def next_of(acts: Acts, kind: str, *path: str) -> str:
    """The first subject of a kind and a path that nobody has used, numbered from 1.

    It is asked inside the act, which sees every entry whoever may read it.

    Args:
        acts: The act in which it will be entered.
        kind: Such as `decision`.
        *path: Such as `extend` and the path of what is extended.
    """
    number = 1
    while acts.knowing.latest(subject_of(kind, *path, str(number))) is not None:
        number += 1
    return subject_of(kind, *path, str(number))
