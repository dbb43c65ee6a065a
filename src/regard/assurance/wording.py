"""The closed set of sentences that editions, rounds and judgements can say, and no other."""

from __future__ import annotations

from functools import partial

from regard.assurance.closed import spoken

TEMPLATES: dict[str, str] = {
    # Editions
    "published": (
        "{edition} was published with entry {seq}: {requirements} requirements and headings, "
        "{judged} of them judged; frozen as {digest}."
    ),
    "stood already": (
        "{edition} stands already since entry {seq}, frozen as {digest}, with {requirements} "
        "requirements and headings, {judged} of them judged; nothing was written."
    ),
    "work: carried unreviewed": "{requirement} To be reviewed: {reason}.",
    "work: re-judge": "{requirement} To be judged again: {reason}.",
    "work: new": "{requirement} To be judged for the first time: {reason}.",
    "work: ended": "{requirement} No longer asked: {reason}.",
    # Rounds
    "opened": (
        "{name} was opened as at {as_at}. Cells: {cells}; bodies: {bodies}. Each cell has a post "
        "that must speak on it."
    ),
    "opened, some unasked": (
        "{name} was opened as at {as_at}. Cells: {cells}; bodies: {bodies}. On {unasked} of the "
        "cells no post must speak at line one."
    ),
    "carried": (
        "Judgements carried from {before} into {cycle}, unreviewed and not counted: {count}; there "
        "already: {stood}."
    ),
    "not carried": "Not carried: {count}; {reason}.",
    "still to speak": (
        "{post} has still to speak at line {line} on {count} of its cells or topics: {first}."
    ),
    "still to sign off": "{post} has still to sign off {count} at line {line}: {first}.",
    "progress": (
        "Assessed in this round: {assessed:number} of {base}, {share} of the "
        "{applicable:number} that apply."
    ),
    "progress: evidence": (
        "What those assessed rest on: evidence in date {supported:number}, evidence that has all "
        "expired {stale:number}, no evidence {asserted:number}."
    ),
    "progress: rest": (
        "Not counted: {carried:number} carried and not reviewed, {not_applicable:number} not "
        "applicable, {not_assessed:number} not assessed (nobody has spoken of {silent:number} "
        "of them), {not_measured:number} not measured, {withheld:number} withheld."
    ),
    # Suggestions and judgements
    "no rule": "The requirement has no rule; the post judges without a suggestion.",
    "suggested": "{rule} suggests {level}.",
    "nothing suggested": "{rule} has nothing to go by and suggests no level.",
    "because": "{what}.",
    "said": "{post} at line {line} says {level}: {reason}",
    "agreed": "{post} at line {line} agrees, {level}: {reason}",
    "another view": "{post} at line {line} takes another view, {level}: {reason}",
    "carried voice": (
        "Carried from entry {seq} and not reviewed: at line {line} it was {level}: {reason}"
    ),
    "departed": "That departs from {suggested}, which {rule} suggests: {departure}",
    "rests on": (
        "It rests on {current} of evidence in date; {expired} expired, {not_yet} collected after "
        "{day}, {retracted} retracted, {unseen} not shown here."
    ),
    "rests on nothing": "It rests on no evidence.",
    "nobody": "Nobody has spoken of it.",
}

told = partial(spoken, TEMPLATES)
"""A sentence of the set, filled in: see `spoken`."""
