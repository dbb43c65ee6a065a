"""The closed set of sentences that this room can say. No other sentence leaves it.

Numbers enter only as figures, months and days as dates. None of them says what brought a
change about: a chart shows that a level differs, never why.
"""

from __future__ import annotations

from functools import partial

from regard.signals.closed_sets import filled

TEMPLATES: dict[str, str] = {
    # Levels
    "too early": "Too early to judge: {months} of data since {start}.",
    "too few": (
        "Too few to chart, at an average of {mean} since {start}: {year} in the last {months} "
        "supplied."
    ),
    "too few, two years": (
        "Too few to chart, at an average of {mean} since {start}: {year} in the last {months} "
        "supplied, against {before:number} in as many before."
    ),
    "no change at all": "The same in every month supplied since {start}: {mean}.",
    "no limits": (
        "An average of {mean} since {start}; these months give no range within which a single "
        "one is normal."
    ),
    "stable": (
        "Stable at an average of {mean} since {start}; single {singles} between {low:number} and "
        "{high:number} are normal."
    ),
    "not one level": (
        "Not at one level: the last twelve months do not all fit the average of {mean} since "
        "{start}, around which single {singles} between {low:number} and {high:number} would be "
        "normal."
    ),
    "early": (
        "An average of {mean} on {points} since {start}; single {singles} between {low:number} "
        "and {high:number} would be normal, a provisional range until there are {needed:number}."
    ),
    "provisional": (
        "The limits from {start} are provisional: they rest on {points}, and firm ones need "
        "{needed:number}."
    ),
    "latest within": "{month} was {value}, within that range.",
    "latest above": "{month} was {value}: {gap:number} above the average.",
    "latest below": "{month} was {value}: {gap:number} below the average.",
    "latest above, points": "{month} was {value}: {gap} above the average.",
    "latest below, points": "{month} was {value}: {gap} below the average.",
    "latest on": "{month} was {value}: on the average.",
    # Signals
    "above the upper limit": (
        "{month} was above the {range} range: {value:number} against {low:number} to {high}."
    ),
    "below the lower limit": (
        "{month} was below the {range} range: {value:number} against {low:number} to {high}."
    ),
    "above the upper limit, several": (
        "{points} in a row were above the {range} range of {low:number} to {high}: {first} to "
        "{last}."
    ),
    "below the lower limit, several": (
        "{points} in a row were below the {range} range of {low:number} to {high}: {first} to "
        "{last}."
    ),
    "rising": "{points} in a row, each higher than the one before: {first} to {last}.",
    "falling": "{points} in a row, each lower than the one before: {first} to {last}.",
    "run above the average": "{points} in a row above the average: {first} to {last}.",
    "run below the average": "{points} in a row below the average: {first} to {last}.",
    "two of three high": (
        "Two out of three in a row close to or beyond the upper limit: {first} to {last}."
    ),
    "two of three low": (
        "Two out of three in a row close to or beyond the lower limit: {first} to {last}."
    ),
    "provisional signals": "Against a provisional average, these signals are provisional too.",
    "through missing": "That counts the months supplied only; some between were not supplied.",
    "both directions": (
        "{month} is part of signals of both directions, {first} and {second}; the icon shows "
        "{icon}."
    ),
    "month length": (
        "{month} is outside that range as counted, but within it once every month is put on one "
        "length; it has {days}."
    ),
    "month length, run": "That does not remain once every month is put on one length.",
    "month length hides": (
        "{month} does not stand out as counted, but does once every month is put on one length; "
        "it has {days}."
    ),
    # Accepted step changes
    "step": (
        "Step change {direction} since {month}: from {before:number}, the average since {first}, "
        "to {after} ({change})."
    ),
    "step, range": (
        "Step change {direction} since {month}: from {before:number}, the average since {first}, "
        "to {after} ({change}; {change:level} range {change:range})."
    ),
    "step, unsure": (
        "New average accepted from {month}: {after}, against {before:number} since {first} "
        "({change}; {change:level} range {change:range}). That range reaches no change: it is "
        "not a step that stands out from usual variation."
    ),
    "step, turned": (
        "New average accepted from {month}: {after}, against {before:number} since {first} "
        "({change})."
    ),
    "step, levels before": (
        "The months before were not all at one level: the twelve just before averaged {lately}."
    ),
    # Targets
    "meets": "Every normal {single} at this level meets the target of {target}.",
    "fails": "No normal {single} at this level meets the target of {target}.",
    "hit or miss": (
        "Some normal {singles} at this level meet the target of {target} and some do not."
    ),
    # What a reader must know before trusting the reading
    "missing": "No value for {months}: left out, not counted as nought.",
    "missing many": (
        "No value for {count} between {first} and {last}: left out, not counted as nought."
    ),
    "screen refused": (
        "The limits from {start} use every change from month to month: without the largest, "
        "which the rules leave out, too few or none would be left."
    ),
    "floor": (
        "The limits from {start} are widened to the least that counts of this size vary by "
        "chance alone."
    ),
    "floor, percentages": (
        "The limits from {start} are widened to the least that percentages on bases of this size "
        "vary by chance alone."
    ),
    "waves": "Readings come every {months}; the months between are not missing.",
    "few": "At fewer than {fewest}, limits from moving ranges raise mostly false signals.",
    "no ranges": (
        "No two {singles} of the level from {start} stand side by side, so no range can be "
        "measured."
    ),
    "collapse": (
        "These rules find no usable limits from {start}: without the largest changes nothing "
        "is left to measure. The guarded rules do."
    ),
    "method": (
        "Read by the {title}, as of {published}, {calendar}. The rules take no account of "
        "season: a month that is usually high or low can show as a signal."
    ),
    # Two periods
    "period": (
        "{now} against {then:number} in the same period last year: {size:number} {way} "
        "({percent}; {percent:level} range {percent:range}), {verdict}."
    ),
    "period without range": (
        "{now} against {then:number} in the same period last year: {size:number} {way} "
        "({percent}). Its usual variation is not known, so the change is not judged."
    ),
    "period from nought": (
        "{now} against {then:number} in the same period last year: {size:number} {way}, {verdict}."
    ),
    "period from nought, not judged": (
        "{now} against {then:number} in the same period last year: {size:number} {way}. Its "
        "usual variation is not known, so the change is not judged."
    ),
    "period share": (
        "{now} against {then} in the same period last year: {size} {way} ({change:level} range "
        "{change:range}), {verdict}."
    ),
    "period share without range": (
        "{now} against {then} in the same period last year: {size} {way}. What the percentages "
        "are of is not known, so the change is not judged."
    ),
    "period equal": "{now}, the same as in the same period last year.",
    "period missing": "The same period last year cannot be compared: {side} is not known.",
    "lengths differ": "The two periods differ in length: {now} against {then}.",
    "across a step": "The two periods lie on either side of the new average from {month}.",
    "within a step": "The new average from {month} begins within {side} period.",
    # Milestones
    "target by change": (
        "The milestone for {year} is {target}: {change} on {base:number} in {base_year}."
    ),
    "target by level": "The milestone for {year} is {target}.",
    "expected": (
        "On the way to it, {expected} would have been counted by {day} ({share} of the year, by "
        "{shape}); {so_far:number} were, {gap:number} {way} ({percent}): {position}."
    ),
    "room": (
        "{left} are left before the milestone over the {days} to come, or {needed:number} a "
        "month; so far it was {pace:number} a month."
    ),
    "to come": (
        "{left} are still to come over the {days} left, or {needed:number} a month; so far it "
        "was {pace:number} a month."
    ),
    "at the average": (
        "If the {days} to come went at the average so far, the year would end at {total}, "
        "{gap:number} {way} than the milestone ({percent})."
    ),
    "passed": "The milestone has been passed by {over} and can no longer be met.",
    "reached": "The milestone has been reached, by {over}.",
    "met": "The milestone is met: {total} against {target}.",
    "not met": "The milestone is not met: {total} against {target}, {gap:number} away from it.",
    "possible": "The milestone is still possible.",
    "never seen": (
        "The milestone is still possible, but only at a pace never yet seen in a month since "
        "{since}: the {extreme} was {value:number} in {month}."
    ),
    "level met": "At {so_far} it meets that, by {gap}.",
    "level short": "At {so_far} it is {gap} short of that.",
    "level needed": (
        "To bring the whole year to it, the {days} to come would need {needed}, if they carry "
        "weight by their length."
    ),
    "level out of reach": (
        "No level over the {days} to come would bring the whole year to it, if they carry weight "
        "by their length."
    ),
    "no chance given": (
        "This is arithmetic on what was counted, not a forecast: the method gives no chance of "
        "meeting the milestone yet."
    ),
    # Ranks
    "rank": "{year} is the {place} of the {years} compared since {since}: {total}.",
    "rank if": (
        "{year} would be the {place} of the {years} compared since {since} if {assumption}: "
        "{total}."
    ),
    "rank holds low": "It is no higher than that if fewer than {room} more are counted by {day}.",
    "rank holds high": "It is no lower than that if more than {room} more are counted by {day}.",
    "rank gaps": "Years without a figure are left out: {years}.",
    # Shares of a whole
    "composition": (
        "{part} makes up {now} of {whole}, against {then} in the same period last year."
    ),
    "rest": (
        "It changed by {part_change} and {whole} by {whole_change}; all else in {whole} changed "
        "by {rest_change}."
    ),
    "share of change": "The change in {part} is {share} of the size of the change in {whole}.",
}


say = partial(filled, TEMPLATES)  # a sentence of the set, filled in
