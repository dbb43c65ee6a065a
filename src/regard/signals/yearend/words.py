"""The closed set of sentences about a year's end, and the fixed bands of chance behind them."""

from __future__ import annotations

from functools import partial

from regard.signals.closed_sets import filled

# The least chance of meeting a target for each word (reference/signals.md, section f).
ON_TRACK, LIKELY, BALANCE, UNLIKELY, NOT_MET = (
    "on track",
    "likely",
    "in the balance",
    "unlikely",
    "will not be met without a change",
)
BANDS: tuple[tuple[float, str], ...] = (
    (0.9, ON_TRACK),
    (0.6, LIKELY),
    (0.4, BALANCE),
    (0.1, UNLIKELY),
    (0.0, NOT_MET),
)
MET, FAILED = "met", "not met"
REACHED, OUT_OF_REACH = "already met", "can no longer be met"

TEMPLATES: dict[str, str] = {
    "so far": "{so_far} in {year} to {day}, with {months} still to come.",
    "so far, with gaps": (
        "{so_far} in the months of {year} supplied to {day}; {months} are not known yet."
    ),
    "nothing so far": "No month of {year} has been supplied yet.",
    "expected": (
        "{name} is expected to end {year} at {total}; likely range {likely:range}, and "
        "{total:level} range {total:range}."
    ),
    "complete": "{name} ended {year} at {total}: every month is counted and nothing is foretold.",
    "missing": (
        "No value for {months}: simulated with the months to come, and not counted as nought."
    ),
    "below nought": (
        "{count} below nought, as corrections are, entered the total as counted and the level as "
        "nought."
    ),
    "level": (
        "This carries the level as it now stands to the end of the year, drifting as far as such "
        "levels do ({drift} a month), with {season}; it rests on {history} of counts that vary "
        "{dispersion} times as much as chance alone about it."
    ),
    "few": (
        "At under {fewest} a month, counts are simulated as whole numbers about a level that "
        "drifts, without a season; they vary {dispersion} times as much as chance alone."
    ),
    "no season": ("No season is allowed for: that takes {needed} and there are {history:number}."),
    "step": (
        "The level is read from {month} on, the last accepted step; season and usual variation "
        "from all months."
    ),
    "checked": (
        "Foretold in the same way at {checked} of its own, {inside:number} of {all:number} "
        "outcomes lay within the likely range: {verdict}."
    ),
    "checked and widened": (
        "Foretold in the same way at {checked} of its own, only {inside:number} of {all:number} "
        "outcomes lay within the likely range: every range here is {wider:number} times as wide "
        "as the level alone would give."
    ),
    "unchecked": "There are too few earlier years of its own to check the ranges against.",
    # The chance of a target
    "chance": (
        "About {a} {chance} chance of {name} ending {year} at or {side} {target}: {band}; likely "
        "range {likely:range}."
    ),
    "small chance": (
        "Less than a {chance} chance of {name} ending {year} at or {side} {target}: {band}; "
        "likely range {likely:range}."
    ),
    "large chance": (
        "More than a {chance} chance of {name} ending {year} at or {side} {target}: {band}; "
        "likely range {likely:range}."
    ),
    "reached": "The target for {year}, at or {side} {target}, is already met: {so_far} so far.",
    "out of reach": (
        "The target for {year}, at or {side} {target}, can no longer be met: {so_far} so far."
    ),
    "ended": "The target for {year}, at or {side} {target}, was {band}: {total}.",
}


say = partial(filled, TEMPLATES)  # a sentence of the set, filled in


def band_of(chance: float) -> str:
    """The words for a chance (0 to 1) of meeting a target."""
    return next(word for least, word in BANDS if chance >= least)
