"""The closed set of sentences about what is promised of the same people more than once."""

from __future__ import annotations

from functools import partial

from regard.assurance.closed import spoken
from regard.core.figures import Figure
from regard.core.statements import Statement

TEMPLATES = {
    "promised": "{body} promises the same thing at {count} tiers ({measure}): {levels}.",
    "together": "If all of them are called at once, that is {total}.",
    "not together": "They are not added: {why}.",
    "behind": (
        "Behind all of them stand the same people: {people} ({how}, {day}). By the rule "
        "by which they are trained, {formula}, one takes {each}: they come to {units}"
    ),
    "ranged": "{about}{figure} ({figure:level} range {figure:range})",
    "not ranged": "{about}{figure}",
    "too few": (
        ", which is {beyond} too few for the largest promise alone, of {largest}, and {again} of "
        "those {promised:number} are promised of people who are promised already."
    ),
    "too few, none again": (
        ", which is {beyond} too few for the largest promise alone, of {largest}, and none of "
        "those {promised:number} is promised twice."
    ),
    "again": ", so that {again} of those {promised:number} are promised of people who are promised "
    "already.",
    "none again": ", and none of those {promised:number} is promised twice.",
    "at once": (
        "If every one of them came at once, with nobody to relieve them, they would be {once}, at "
        "{make_up}: "
    ),
    "at once, too few": (
        "{beyond} too few for the largest promise alone, of {largest}, and {again} of "
        "those {promised:number} would be promised twice even so."
    ),
    "at once, too few, none again": (
        "{beyond} too few for the largest promise alone, of {largest}, and none of those "
        "{promised:number} would be promised twice."
    ),
    "at once, again": "{again} of those {promised:number} would be promised twice even so.",
    "at once, none again": (
        "enough for those {promised:number}, for as long as nobody has to be relieved."
    ),
    "asked": (
        "Their target of {target} is worked out from {taken}; by the same rule {total} would take "
        "{would}."
    ),
    "nobody": (
        "What stands behind them the register does not say: no target of people that is worked "
        "out from them was observed."
    ),
    "lasts": "For how long each must be kept up: {lasts}.",
    "lasts, not stated": (
        "So for how long all of them can be kept up together is not stated: what is missing is "
        "not nought."
    ),
    "until": "{psus} until the end of day {day:number}",
    "called for": "Called on one day, they are asked for as {stages}.",
    "kept up": "{by} all of them can be kept up together for as long as each is promised.",
    "not kept up": "{by} all of them can be kept up together on no day.",
    "kept up after": (
        "{by} they can be kept up together only after the end of day {day:number}, when {psus} are "
        "still asked for."
    ),
    "by that rule": "By that rule",
    "by that rule, roughly": "By that rule, on an approximate number of people,",
    "by the rule that binds": "By the rule for {measure}, which binds first,",
    "by the rule that binds, roughly": (
        "By the rule for {measure}, which binds first, on an approximate number of people,"
    ),
    "at the low end": "If those behind them come only to {units},",
    "at the high end": "If those behind them come to {units},",
}
say = partial(spoken, TEMPLATES)
COUNTS = {2: "two", 3: "three"}


def ranged(figure: Figure, *, rough: bool) -> Statement:
    """A number with the range within which it lies, and *about* where its source says so."""
    key = "ranged" if figure.interval is not None else "not ranged"
    return say(key, about="about " if rough else "", figure=figure)


def joined(one: Statement, other: Statement) -> Statement:
    """Two pieces of one sentence."""
    return Statement(one.parts + other.parts, one.marking | other.marking, one.source)
