"""The closed set of sentences of the adjusted count chart. Numbers enter only as figures."""

from __future__ import annotations

from functools import partial

from regard.signals.closed_sets import filled

TEMPLATES: dict[str, str] = {
    # States
    "exceptionally high": (
        "{month} was exceptionally high: {value:number} against an expected {low:number} to {high}."
    ),
    "exceptionally low": (
        "{month} was exceptionally low: {value:number} against an expected {low:number} to {high}."
    ),
    "possible": "Possible {way} since {month}: {needed} more before it can be confirmed.",
    "possible, small": (
        "Possible {way} since {month}, as yet too small to be told from chance as a step."
    ),
    "step": (
        "Step change {direction} since {month}: from {before:number} to {after} ({change}; "
        "{change:level} range {change:range})."
    ),
    "step from nought": "Step change up since {month}: from {before:number} to {after}.",
    "step dated": "It began in {month}.",
    "step dated between": "It began between {earliest} and {latest}.",
    "proposed": "The method proposes it; nobody has accepted it yet.",
    "proposed, level": (
        "The step in {month} is proposed by the method and accepted by nobody yet; the last "
        "accepted level, from {start}, averaged {accepted}."
    ),
    "proposed, none accepted": (
        "The step in {month} is proposed by the method; no level of this series has been accepted "
        "yet, and its average since {start} is {accepted}."
    ),
    "steps one way": (
        "No stable level: {steps} {direction} since {month}, the last to {mean} from {start}."
    ),
    "hangs together": (
        "No stable level: from {start} months follow the one before more closely than any level "
        "foretells; they averaged {mean}."
    ),
    "stable": (
        "Stable at an average of {mean} since {start}; single months between {low:number} and "
        "{high:number} are normal."
    ),
    "stable, season": (
        "Stable at an average of {mean} since {start}; single months between {low:number} and "
        "{high:number} are normal, moved up or down by the season."
    ),
    "level alone": "The level is an average of {mean} since {start}.",
    "level": (
        "The level is an average of {mean} since {start}, around which single months between "
        "{low:number} and {high:number} are normal."
    ),
    "as counted": "As counted, the {months} since {start} averaged {plain}.",
    # The last month
    "within": "{month} was {value}; {low:number} to {high:number} were expected.",
    "run high": "{points} in a row above what was expected: {first} to {last}.",
    "run low": "{points} in a row below what was expected: {first} to {last}.",
    "drift up": "From {first} to {last} the months add up to a drift above the level.",
    "drift down": "From {first} to {last} the months add up to a drift below the level.",
    "others": "Exceptional months of this level before that: {months}.",
    "others many": "Exceptional months of this level before that: {count}, the last in {month}.",
    # Few
    "too few": ("Too few a month (average {mean}) to chart: {year} in the last {months} supplied."),
    "too few, two years": (
        "Too few a month (average {mean}) to chart: {year} in the last {months} supplied "
        "against {before:number} in as many before, {verdict}."
    ),
    "none lately": (
        "Not one in the last {months}; at the average before them, as long a gap would come with a "
        "chance of {chance}."
    ),
    "none lately, hardly": (
        "Not one in the last {months}; at the average before them, as long a gap would come with a "
        "chance below {chance}."
    ),
    # What must be known
    "season": (
        "The season is taken out: a usual {highest} is {high} and a usual {lowest} {low} against "
        "the year's average."
    ),
    "no season, short": (
        "No season is taken out: it needs {needed} with a value, and there are {months:number}."
    ),
    "no season, few": (
        "No season is taken out: at fewer than {fewest} it cannot be told from chance."
    ),
    "no season": (
        "No season is taken out: these months cannot tell one apart from chance and from their "
        "levels."
    ),
    "detectable": (
        "This series could tell a lasting fall of {fall} or a rise of {rise}: either would be "
        "found within {months} with a chance of about {chance}."
    ),
    "not detectable": (
        "These counts are too few, or vary too much, to tell any lasting fall within {months} "
        "with a chance of {chance}."
    ),
    "spread, none": (
        "Around its levels it varies no more than counts at random, and the autocorrelation of "
        "neighbouring months is {autocorrelation}."
    ),
    "spread": (
        "Around its levels its variance is {dispersion} times that of counts at random, and the "
        "autocorrelation of neighbouring months is {autocorrelation}."
    ),
    "method": (
        "Read by the adjusted count chart of {published}: months are put on one length, season and "
        "levels are fitted together, and limits lie {sigmas} from the level."
    ),
}


tell = partial(filled, TEMPLATES)  # a sentence of the set, filled in
