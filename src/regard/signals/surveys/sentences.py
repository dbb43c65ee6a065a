"""The closed set of sentences on surveys. No other leaves this sub-package.

As in `regard.signals.sentences`: numbers enter only as figures, and none says what brought a
difference about.
"""

from __future__ import annotations

from functools import partial

from regard.signals.closed_sets import filled

TEMPLATES: dict[str, str] = {
    # A level
    "wave": "{name} was {now} in {month} ({now:level} range {now:range}, {answers}).",
    "rolled": (
        "{name} was {now} over the {months} to {month} ({now:level} range {now:range}, {answers} "
        "of {waves} taken together)."
    ),
    "too few": "{name} is not shown for {month}: fewer than {least}.",
    "rolled too few": "{name} is not shown over the {months} to {month}: fewer than {least}.",
    "gap": (
        "{name} has no value over the {months} to {month}: {held:number} of {wanted} were supplied."
    ),
    "worth": (
        "Weighted and clustered, these {answers} say as much as {equal:number} of a simple "
        "random sample."
    ),
    "simple": "These {answers} are taken as a simple random sample.",
    "overlap": (
        "Neighbouring values share {shared:number} of their {wanted} and are no independent "
        "samples; a value is compared with one that shares none, a year before."
    ),
    # Two levels
    "change": (
        "{name} was {now} in {month} ({now:level} range {now:range}, {answers}), {size} {way} than "
        "{before} ({gap:level} range of the difference {gap:range}): {verdict}."
    ),
    "rolled change": (
        "{name} was {now} over the {months} to {month} ({now:level} range {now:range}, {answers} "
        "of {waves} taken together), {size} {way} than {before} ({gap:level} range of the "
        "difference {gap:range}): {verdict}."
    ),
    "same": (
        "{name} was {now} in {month} ({now:level} range {now:range}, {answers}), the same as "
        "{before}."
    ),
    "rolled same": (
        "{name} was {now} over the {months} to {month} ({now:level} range {now:range}, {answers} "
        "of {waves} taken together), the same as {before}."
    ),
    "no comparison": "It cannot be compared with {before}, for which no value is shown.",
    "could tell": (
        "With these answers, a difference of {size} would be told from chance four times in five."
    ),
    # Groups
    "group": (
        "{name} was {now} in {month} ({now:level} range {now:range}, {answers}), {size} {way} than "
        "among the rest ({gap:level} range of the difference {gap:range}): {verdict}."
    ),
    "group same": (
        "{name} was {now} in {month} ({now:level} range {now:range}, {answers}), the same as among "
        "the rest."
    ),
    "rolled group": (
        "{name} was {now} over the {months} to {month} ({now:level} range {now:range}, {answers} "
        "of {waves} taken together), {size} {way} than among the rest ({gap:level} range of the "
        "difference {gap:range}): {verdict}."
    ),
    "rolled group same": (
        "{name} was {now} over the {months} to {month} ({now:level} range {now:range}, {answers} "
        "of {waves} taken together), the same as among the rest."
    ),
    "many, not adjusted": (
        "{groups} were compared at once, and one in twenty stands out by chance alone."
    ),
    "many": (
        "Of {groups} compared at once, {told:number} {stand} out from the rest after allowing for "
        "how many were compared."
    ),
    # Many waves
    "trend": (
        "{name} {moved} by {size} a year over {waves} from {first} to {last} ({slope:level} range "
        "{slope:range} a year): {verdict}."
    ),
    "flat": (
        "{name} neither rose nor fell over {waves} from {first} to {last} ({slope:level} range "
        "{slope:range} a year)."
    ),
    "rough": (
        "The waves lie further from a straight line than chance alone sets them; the range is "
        "widened by that."
    ),
}


say = partial(filled, TEMPLATES)  # a sentence of the set, filled in
