"""The closed set of sentences on levels whose limits follow a base. No other leaves these readings.

As in `regard.signals.sentences`: numbers enter only as figures, and none says what brought a
change about.
"""

from __future__ import annotations

from functools import partial

from regard.signals.closed_sets import filled

TEMPLATES: dict[str, str] = {
    "stable": (
        "Stable at an average of {mean} since {start}; on the usual base of {base}, single "
        "{singles} between {low:number} and {high:number} are normal."
    ),
    "not one level": (
        "Not at one level: the last twelve months do not all fit the average of {mean} since "
        "{start}, around which, on the usual base of {base}, single {singles} between "
        "{low:number} and {high:number} would be normal."
    ),
    "early": (
        "An average of {mean} on {points} since {start}; on the usual base of {base}, single "
        "{singles} between {low:number} and {high:number} would be normal, a provisional range "
        "until there are {needed:number}."
    ),
    "within": "{month} was {value}, within its own range of {low:number} to {high:number}.",
    "above the upper limit": (
        "{month} was above its own range: {value:number} against {low:number} to {high}."
    ),
    "below the lower limit": (
        "{month} was below its own range: {value:number} against {low:number} to {high}."
    ),
    "above the upper limit, several": (
        "{points} in a row were each above their own range: {first} to {last}."
    ),
    "below the lower limit, several": (
        "{points} in a row were each below their own range: {first} to {last}."
    ),
    "on bases": (
        "Limits change with the base of each {single}, here from {least} to {most}; those quoted "
        "are for the usual base, and the average weighs each {single} by its base."
    ),
    "spread": "Since {start}, {singles} have varied {times} as much as chance alone gives.",
    "exact": "Where fewer than {fewest} are expected, limits are exact chances of whole numbers.",
    "could tell": (
        "Between two years of such {singles} at this level, a lasting change of {size} would be "
        "told from chance four times in five."
    ),
    "unbased": "No base is known for {months}: drawn, and not judged.",
    "unbased many": (
        "No base is known for {count} between {first} and {last}: drawn, and not judged."
    ),
    "no bases": (
        "What the values are of is not known: the limits rest on changes from {single} to "
        "{single} alone."
    ),
    "not that kind": (
        "The method is for {wanted}, and these are none: the limits rest on changes from {single} "
        "to {single} alone."
    ),
    "impossible values": (
        "Some values cannot be {wanted}: the limits rest on changes from {single} to {single} "
        "alone."
    ),
    "mean of ranges": (
        "At least half the changes from {single} to {single} since {start} are nought: the limits "
        "take the mean of all changes and not their median."
    ),
    "method": (
        "Read by {title}, {calendar}. A signal is a {single} beyond its own limits, or {run} or "
        "more in a row on one side of the average; trends and two of three are left out, as they "
        "raise mostly false signals. The rules take no account of season: a {single} that is "
        "usually high or low can show as a signal."
    ),
}


say = partial(filled, TEMPLATES)  # a sentence of the set, filled in
