"""The closed set of sentences about targets, what was observed, and gaps. No other leaves them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import Any

from regard.core.markings import OFFICIAL, Marking
from regard.core.statements import Part, Statement, Value
from regard.register.entries import Entry

TEMPLATES: dict[str, str] = {
    # Targets
    "target": "{body}: the target is {target}.",
    "target on a base": "{body}: the target is {target}, on the base {base}.",
    "target worked out": "{body}: the target is {target}, worked out as {formula} from {inputs}.",
    "target disagrees": (
        "{body}: the target is stated as {target}, and {formula} from {inputs} gives {reckoned}."
    ),
    "input": "{name} {value}",
    # Observations
    "observed": "{body}: {measure} was {figure} on {day} ({basis}).",
    "observed, about": "{body}: {measure} was about {figure} on {day} ({basis}).",
    "foretold": "{body}: {measure} is forecast to be {figure} on {day} (said on {said}; {basis}).",
    "not measured": "{body}: {measure} has no figure on {day}: {reason}.",
    "several bases": "{body}: {measure} stands on {count}, and they are not one number: {told}.",
    "on a base": "{figure} on {base}",
    # Gaps
    "gap": ("{body}: {observed} ({how}, {day}) against a target of {target} is {size} {side}."),
    "gap on a base": (
        "{body}: {observed} ({how}, {day}) against a target of {target}, on the base {base}, is "
        "{size} {side}."
    ),
    "no gap": "{body}: {observed} ({how}, {day}) is exactly the target of {target}.",
    "no gap on a base": (
        "{body}: {observed} ({how}, {day}) is exactly the target of {target}, on the base {base}."
    ),
    "apart": "{one} and {other} are not subtracted: {differs}.",
    "differs": "{name} is {one} and {other}",
    "unmeasured": "{body}: the target is {target}, and nothing was observed: {reason}.",
    # Trends
    "changed": "{body}: {measure} went from {then} on {before} to {now} on {day}: {change}.",
    "break": (
        "{body}: {measure} was {then} on {before} and {now} on {day}; the line is broken between "
        "them and no change is reckoned: {differs}."
    ),
    # Effects
    "effect": "{body}: with {inputs} the target goes from {before} to {after}.",
    "effect alone": "{body}: with {inputs} the target stays {after}.",
    "effect on a gap": "{body}: {observed} is {was} {side_before} now and would be {would} {side}.",
    "effect on what depends": "{what} {how} it and is affected.",
    "effect on a document": "{title}, {stage} on {day}, prints {printed} and stands as it is.",
    "effect on a document resting": "{title}, {stage} on {day}, rests on it and stands as it is.",
    "input changed": "{name} {before} becoming {after}",
}

SIDES = {-1: "below it", 1: "above it"}


def told(key: str, /, *, marking: Marking = OFFICIAL, **values: Value) -> Statement:
    """A sentence of the set, filled in.

    Args:
        key: Which.
        marking: How closely it is held.
        **values: What stands in its places.
    """
    return Statement.of(TEMPLATES[key], marking=marking, **values)


def marked(entries: Iterable[Entry[Any]]) -> Marking:
    """How closely a sentence is held that rests on entries: as the closest of them."""
    return reduce(lambda one, entry: one | entry.marking, entries, OFFICIAL)


def listed(pieces: Iterable[Statement], *, last: str = " and ") -> Statement:
    """Pieces of a sentence as a list, with their figures: `one, two and three`."""
    held = list(pieces)
    if not held:
        return Statement(())
    made = held[0]
    for place, piece in enumerate(held[1:], start=2):
        between = Statement.of(last if place == len(held) else ", ")
        made = Statement(made.parts + between.parts + piece.parts, made.marking | piece.marking)
    return made


def within(key: str, /, *, marking: Marking = OFFICIAL, **values: Value | Statement) -> Statement:
    """A sentence of the set, some of whose places are filled by pieces with figures of their own.

    Args:
        key: Which.
        marking: How closely it is held.
        **values: What stands in its places; a statement keeps its figures.
    """
    return filled_within(TEMPLATES[key], marking=marking, **values)


def filled_within(
    template: str, /, *, marking: Marking = OFFICIAL, **values: Value | Statement
) -> Statement:
    """A sentence some of whose places are filled by pieces with figures of their own.

    Args:
        template: The words, as `Statement.of` takes them.
        marking: How closely it is held.
        **values: What stands in its places; a statement keeps its figures.
    """
    pieces = {name: one for name, one in values.items() if isinstance(one, Statement)}
    stands_for = {f"\x00{name}\x00": one for name, one in pieces.items()}
    plain: dict[str, Value] = {
        name: f"\x00{name}\x00" if isinstance(one, Statement) else one
        for name, one in values.items()
    }
    made = Statement.of(template, marking=marking, **plain)
    parts: list[Part] = []
    for part in made.parts:
        piece = stands_for.get(part.text)
        parts.extend((part,) if piece is None else piece.parts)
    held = reduce(lambda one, piece: one | piece.marking, pieces.values(), made.marking)
    return Statement(tuple(parts), held)
