"""The closed set of sentences in which areas, pilots, severity and concentration are said.

Numbers enter only as figures, as in the sentences of the room; none says what brought a
difference about, and none puts areas in an order.
"""

from __future__ import annotations

from functools import partial

from regard.core.figures import Figure
from regard.core.quantities import PERCENT
from regard.signals.closed_sets import filled
from regard.signals.tallies import tally

TEMPLATES: dict[str, str] = {
    # Funnel
    "funnel": "{drawn} are compared with {target}, {centre}.",
    "spread": (
        "Between the {all} with a figure the variation is {phi} times that of chance alone; the "
        "limits allow for it."
    ),
    "spread, none": (
        "Between the {all} with a figure the variation is no more than chance alone gives, and "
        "the limits are those of chance."
    ),
    "spread, not allowed for": (
        "The limits are those of chance alone. Between the {all} with a figure the variation is "
        "{phi} times that, for which they do not allow."
    ),
    "spread, few": (
        "{all} are few to measure variation between areas by; the limits are uncertain."
    ),
    "lopsided": (
        "{number} of the {all} lie {side} that: it is not the figure of a typical area, and the "
        "limits are the wider for it."
    ),
    "area inside": (
        "{area}, at {value}, lies inside the {limits:level} limits for its size ({limits:range})."
    ),
    "area between": (
        "{area}, at {value}, lies {side} the {inner:level} limits for its size ({inner:range}) "
        "but inside the {outer:level} limits ({outer:range})."
    ),
    "area beyond": (
        "{area}, at {value}, lies {side} the {outer:level} limits for its size ({outer:range})."
    ),
    "chance": "An area like the others would lie at least so far out {chance} of the time.",
    "chance, hardly ever": (
        "An area like the others would lie at least so far out less than {chance} of the time."
    ),
    "none outside": "All {drawn} lie inside the {limits} limits.",
    "inside": "{inside} of the {drawn} lie inside the {limits} limits.",
    "one inside": "{inside} of the {drawn} lies inside the {limits} limits.",
    "expected outside": (
        "Were all {drawn} alike but for chance and the usual differences, about {expected} would "
        "lie outside the {limits} limits."
    ),
    "expected outside, chance": (
        "Were all {drawn} alike but for chance, about {expected} would lie outside the {limits} "
        "limits."
    ),
    "listed between": (
        "{side} the {inner} limits for their size but inside the {outer} limits: {areas}."
    ),
    "listed beyond": "{side} the {outer} limits for their size: {areas}.",
    "no order": (
        "They are not put in an order: between areas inside the limits it would be mostly chance."
    ),
    "without a figure": "No figure for {areas}: left out, not counted as nought.",
    "group": "The areas drawn are the most similar to {area} by {source}, edition {edition}.",
    # Pilot areas
    "pilot": (
        "In the pilot area {before:number} were counted before and {after} after; in the "
        "comparison area, {before_there:number} and {after_there}."
    ),
    "pilot beside it": (
        "Beside the pilot area {before:number} were counted before and {after} after; beside the "
        "comparison area, {before_there:number} and {after_there}."
    ),
    "pilot difference": (
        "The pilot area counted {size} {way} than if it had moved as the comparison area did "
        "({total:level} range {total:range}): {verdict}."
    ),
    "pilot difference beside": (
        "With the areas beside it, the pilot area counted {size} {way} than if they had moved as "
        "the comparison areas did ({total:level} range {total:range}): {verdict}."
    ),
    "pilot parts": (
        "Of that, {local} are in the pilot area itself ({local:level} range {local:range}) and "
        "{beside} beside it ({beside:level} range {beside:range})."
    ),
    "pilot equal": (
        "The pilot area moved exactly as the comparison area did ({total:level} range "
        "{total:range})."
    ),
    "pilot limits of design": (
        "It is a difference between areas over time: whatever else differed between them is in "
        "it too."
    ),
    "detectable": (
        "Counts of this size would show a true difference of {least} {power} of the time; a "
        "smaller one would be missed more often."
    ),
    "detectable, share": (
        "Counts of this size would show a true difference of {least}, {share} of what moving as "
        "the comparison area did would have given, {power} of the time; a smaller one would be "
        "missed more often."
    ),
    "pilot lengths": (
        "Before was {before} and after was {after}; counts before are put on the length of after."
    ),
    "pilot sizes": "Counts are taken per unit of size, since the areas differ in it.",
    "pilot few": "With a count below {few}, the range is rough.",
    "pilot spread": "The range allows for counts that vary {phi} times as much as by chance alone.",
    "pilot chance alone": "The range takes it that the counts vary by chance alone.",
    "harm": (
        "Weighted by harm over {kinds}, the difference is {total} ({total:level} range "
        "{total:range}): {verdict}."
    ),
    # Two counts
    "two counts": (
        "{one} against {other:number}: counts of one and the same rate would lie at least so far "
        "apart {chance} of the time."
    ),
    "two counts, hardly ever": (
        "{one} against {other:number}: counts of one and the same rate would lie at least so far "
        "apart less than {chance} of the time."
    ),
    "two counts, spread": (
        "{one} against {other:number}: the exact test for two counts does not apply, as these "
        "vary {phi} times as much as by chance alone."
    ),
    "two counts, unknown": (
        "{one} against {other:number}: how much such counts usually vary is not known, so the "
        "exact test for two counts is not applied."
    ),
    "two counts, change": "The change is {change} ({change:level} range {change:range}).",
    # Crime severity
    "severity": "The Crime Severity Score is {score:number} ({score:level} range {score:range}).",
    "severity of": "It weighs {covered:number} of {all}, by the weights of edition {edition}.",
    "severity of all": "It weighs all {all}, by the weights of edition {edition}.",
    "severity part": (
        "It covers only part: {left} ({share}) have no weight, under {codes}. It does not compare "
        "with a score of the whole."
    ),
    "severity most": "{name} makes up {share} of the score, with {count}.",
    "severity moves": (
        "{name}, with {count}, makes up {share} of the score and {variance} of the uncertainty "
        "in it; one more or one fewer moves the score by {move}."
    ),
    "severity netted": (
        "{codes} ended below nought after corrections ({netted}); they are taken as they stand."
    ),
    "severity spread": (
        "The range allows for counts that vary more than by chance alone, {phi} times at the most."
    ),
    "severity chance alone": "The range takes it that offences of each kind vary by chance alone.",
    # Concentration
    "concentration": (
        "{share} of {crimes} lay in {places}: {of_all} of the {all}, or {of_any} of the {any} "
        "with at least one."
    ),
    "concentration, range": (
        "{share} of {crimes} lay in {places}: {of_all} of the {all} ({of_all:level} range "
        "{of_all:range}), or {of_any} of the {any} with at least one."
    ),
    "concentration of any": (
        "{share} of {crimes} lay in {places}: {of_any} of the {any} with at least one."
    ),
    "by chance": (
        "Spread over the same {all} by chance alone, {share} would have lain in {by_chance} of "
        "them."
    ),
    "no total": "How many {places} there are in all is not known, so chance is not compared.",
    "gini": (
        "The Gini coefficient is {gini} ({gini:level} range {gini:range}), where chance alone "
        "would give {by_chance}: {above} of the way from there to all crimes in one place."
    ),
    "gini generalised": (
        "There are fewer crimes than places; set against the most even spread that {crimes} "
        "allow, the Gini coefficient is {generalised}."
    ),
    "repeats": (
        "{repeat} had more than one: {share} of the {any} with at least one, and {held} of "
        "{crimes}."
    ),
    "repeats by chance": (
        "Spread over all {all} by chance alone, about {by_chance} would have had more than one."
    ),
    "no repeats": "Of the {any} with at least one, each had only one.",
    "unplaced": "Left out: {unplaced} ({share}) without a place.",
    "elsewhere": "Left out: {elsewhere} ({share}) in none of the {all}.",
    "published points": (
        "Places are the points near which the publisher puts each crime, not addresses."
    ),
}


say = partial(filled, TEMPLATES)  # a sentence of the set, filled in


def percentage(like: Figure, share: float, *, what: str, places: int | None = None) -> Figure:
    """A share of 1 as a figure in per cent, about the same body as another figure.

    Args:
        like: The figure whose measure, scope and time it shares.
        share: The share (0 to 1 as a rule).
        what: What it is a share of, for the trace.
        places: Decimal places; None leaves one.
    """
    made = tally(like, 100 * share, PERCENT, what=what)
    return Figure(**{**vars(made), "unit": PERCENT, "places": places})


LEAST_SAID = 0.001  # a chance below one in a thousand is said as less than that


def chance_said(like: Figure, chance: float) -> tuple[str, Figure]:
    """How a chance (0 to 1) is said: the end of the template's name, and the figure for it."""
    what = "chance of a distance at least so far"
    if chance < LEAST_SAID:
        return ", hardly ever", percentage(like, LEAST_SAID, what=what)
    return "", percentage(like, chance, what=what, places=0 if chance >= TENTH else 1)


TENTH = 0.1  # from here on a chance is said in whole per cent
