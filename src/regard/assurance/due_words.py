"""The closed set of sentences about what is due, promised, closed and proposed."""

from __future__ import annotations

from regard.core.markings import OFFICIAL, Marking
from regard.core.statements import Statement, Value

TEMPLATES: dict[str, str] = {
    # Where an expectation stands
    "issued": "{what}: issued on {day}; no post answers for it yet.",
    "allocated": "{what}: {owner} answers for it since {day}.",
    "accepted": "{what}: accepted on {day}.",
    "declined": "{what}: declined on {day}: {reason}",
    "claimed": "{what}: {owner} said on {day} that it is done; nobody has verified it.",
    "not done": "{what}: found on {day} not to be done: {reason}",
    "verified": "{what}: verified on {day} by {post}.",
    "verified after": "{what}: verified on {day} by {post}, {days} after it was said to be done.",
    "closed": "{what}: closed on {day} by {post}.",
    "closed after": "{what}: closed on {day} by {post}, {days} after it was said to be done.",
    "reopened": "{what}: opened again on {day}: {reason}",
    "no outturn": "{what}: its time ended on {day} and no outturn was entered, nor why.",
    "overdue": "It was due on {day} and is {days} overdue.",
    "due": "It is due on {day}.",
    # Dates
    "moved": "First due on {first}, moved {times}; due now on {now}.",
    "move": "Moved from {was} to {now} on {day}: {reason}",
    # Closing that did not hold
    "did not stick": "{what}: the fix did not stick: closed on {day} and opened again {times}.",
    # Promises
    "promised": "{paper}, {place}, promised by {due}: {text}",
    "to come": "That day is still to come.",
    "kept": "It was kept.",
    "broken": "It was broken.",
    "not answered": "Nothing that was entered since says whether it was kept.",
    "answered late": "It was met after that day.",
    "promise shown": "Found on {day}: {observed}, against {target}.",
    "promise judged": "{post} said so on {day}: {reason}",
    "cannot answer": "{observed} of {day} does not answer it: {differs}.",
    "answered in": "{title} of {day} answers it.",
    "to be answered": "The next paper must answer it.",
    # Vulnerabilities
    "vulnerability": "{body}: {text} {owner} answers for it.",
    "without action": "No action answers it.",
    "with actions": "{count} answer it; {ended} ended.",
    "with an action": "{count} answers it; {ended} ended.",
    "vulnerability closed": "Closed on {day} by {post}.",
    "risk accepted": "{what}: accepted at {level} on {day} by {post}.",
    "acceptance stale": (
        "{what}: accepted at {level} on {day}, and since {since} it is rated {now}: the acceptance "
        "is stale."
    ),
    "acceptance unrated": (
        "{what}: accepted at {level} on {day}, and it has no rating any more: the acceptance is "
        "stale."
    ),
    "acceptance ended": "{what}: accepted at {level} until {until}, which has passed.",
    # Proposals
    "proposed": "{text} Proposed on {day}, {days} ago; it has not been decided.",
    "deferred": "{text} Deferred until {until}.",
    "deferred and due": "{text} Deferred until {until}: it is to be decided now.",
    "resolved": "{text} It was {stage} on {day}.",
    "amended": "{text} It was agreed on {day} as amended: {resolved}",
}


def said(key: str, /, *, marking: Marking = OFFICIAL, **values: Value) -> Statement:
    """A sentence of the set, filled in.

    Args:
        key: Which.
        marking: How closely it is held.
        **values: What stands in its places.
    """
    return Statement.of(TEMPLATES[key], marking=marking, **values)


def sentence(text: str) -> str:
    """Words as a whole sentence, with the stop that they may lack."""
    held = text.strip()
    return held if held.endswith((".", "?", "!")) else f"{held}."
