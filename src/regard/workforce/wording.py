"""Sentences of this room, and the figures of what they say was assumed."""

from __future__ import annotations

from regard.core.figures import Figure, Source
from regard.core.markings import OFFICIAL
from regard.core.statements import Statement, Value

ASSUMED = "assumed"


def say(template: str, /, **values: Value) -> Statement:
    """A sentence with its figures, as `Statement.of` makes it, marked OFFICIAL."""
    return Statement.of(template, marking=OFFICIAL, **values)


def assumption(like: Figure, number: float, unit: str, what: str) -> Figure:
    """A number that is assumed, about the same body at the same day as another figure.

    Args:
        like: That figure.
        number: The number.
        unit: Its unit.
        what: What it is, for the trace.
    """
    return Figure(
        value=number,
        unit=unit,
        measure=what,
        scope=like.scope,
        basis=ASSUMED,
        method=ASSUMED,
        as_at=like.as_at,
        sources=(Source("said", f"assumed: {what}"),),
    )
