"""The closed set of sentences of an assurance paper; words of posts are quoted, never rewritten."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any

from regard.core.errors import DefinitionRefused
from regard.core.figures import Source
from regard.core.markings import OFFICIAL, Marking
from regard.core.statements import Part, Statement, Value
from regard.register.entries import Entry

TEMPLATES: dict[str, str] = {
    # Purpose
    "purpose": (
        "This report tells {to} where {body} stands against {editions}, as at {day}, by what was "
        "judged in the round “{round}”."
    ),
    "duty": "It answers the duty to {duty}.",
    "duty, one of": "It answers the duty to {duty}, and {others} named under legal implications.",
    "edition": "{title}, {label}, issued by {issuer}, in force {window}",
    "not current": (
        "{newer} was in force on {day}; this round was judged under {older}, and says nothing of "
        "what changed between them."
    ),
    "open": (
        "The round is still open: {silent}. What is said here may change before it is closed."
    ),
    # What the board must know
    "stands": "{assessed} {base} were assessed in this round: {levels}",
    "stands, one": "{assessed} {base} was assessed in this round: {levels}",
    "stands, none": "None of {base} was assessed in this round",
    "at level": "{number} {level}",
    "worst": "“{level}”: {number}",
    "best only": "no position is below “{level}”, the best of its scale",
    "named": "{kind}: {cells}",
    "and more": "{cells}; and {more} more",
    "no earlier": "no earlier paper or round to set it beside",
    "since": "since “{title}” of {day}: {told}",
    "since, beside": "since “{title}” of {day}, set beside the round “{round}”: {told}",
    "since a round": "no earlier paper is entered; set beside the round “{round}”: {told}",
    "promises": "{due}: {told}; {coming}",
    "promises, none due": "none is due; {coming}",
    "no promises": "no issued paper has promised anything by a day",
    "action late": "“{text}” ({owner}, due on {day})",
    "broken": "Broken: “{text}”, promised in {paper} by {day}.",
    "did not stick": "Closed and opened again: “{text}”.",
    "promised in": "{paper}, {place}",
    "no actions": "no action has been entered",
    "of them": "of {base}",
    "asked": "{asks}: see the recommendations",
    "nothing asked": "nothing; no decision has been proposed from this round",
    # Cells of tables and positions
    "cell": "“{title}” ({aspect})",
    "of threat": "{threat}: {cells}",
    "in threat": "{threat} in {number:number}",
    "square": "{level}, {number}",
    "square, all": "{level}",
    "mark": "{number} {words}",
    "voice": "{level}",
    "voice, some": "{level}, {number}",
    "word": "{word}",
    "close": "{told}{mark}",
    # Sections
    "led": "Lead: {posts}.",
    "no lead": "No post answers for it in this round.",
    "board said": "The board has said of it: “{level}”.",
    "board silent": "The board has not spoken of it in this round.",
    "told of": "{cells}: {level}.",
    "stop": "",
    "line said": "{line}: {level}. {reason}",
    "line carried": "{line}, carried and not reviewed: {level}. {reason}",
    "departure": "The rule suggests “{suggested}”; the reason to depart from it: {reason}",
    "silent on": "Nobody has spoken of {cells}.",
    "left to the register": (
        "What was said of {number} more, none of them an exception, stands in the register."
    ),
    "figure": "{figure}",
    "due": "{now}",
    "due moved": "{now}; first {first}, moved {times}",
    "moved better": "{cell}: from “{before}” to “{now}”, better",
    "moved worse": "{cell}: from “{before}” to “{now}”, worse",
    "moved newly": "{cell}: “{now}”; it was not assessed before",
    "moved lost": "{cell}: not assessed now; it was “{before}” before",
    "moved broken": (
        "{cell}: “{now}” now and “{before}” before, which cannot be set side by side: {reason}"
    ),
    "moved day": "{what}. {told}",
    "idle": "No action answers any of them.",
    "no vulnerability": "No vulnerability is open.",
    # Evidence
    "evidence piece": (
        "“{title}”, collected on {collected}, expired on {expires}; it was to support {cells}"
    ),
    "evidence none": "No evidence is named for {cell}",
    "evidence unseen": "{cell}: {number} of its evidence cannot be shown to this reader",
    "evidence retracted": "{cell}: {number} of its evidence was retracted",
    "evidence whole": "All positions assessed rest on evidence in date.",
    # What it cannot say
    "unsaid not assessed": "{number} not assessed: {cells}",
    "unsaid carried": (
        "{number} carried from the last round and not reviewed, so that they count for nothing: "
        "{cells}"
    ),
    "unsaid not measured": "{number} said to be not measured: {cells}",
    "unsaid withheld": "{number} withheld from this reader: {cells}",
    "unsaid unmeasured": "{told}",
    "unsaid nothing": "Every position was assessed, and every target has a figure beside it.",
    "never averaged": (
        "Levels have an order and no distance: they are counted, and never added up or averaged."
    ),
    # Implications
    "grant": "{what}: ends on {day}",
    "money": "{what}.",
    "money until": "{what}: ends on {day}.",
    "legal force": "It {force}.",
    "no departure": "No departure from it was entered.",
    "regard": "For the annual report, on {year} so far, of {body}:",
    "nothing entered": "Nothing was entered.",
    "departed": "{by} departed from “{about}” on {day}: “{reason}”.",
    # People and mobilisation
    "about figure": "about {figure}",
    "one base": (
        "{body}: {measure} has more than one number on the base {base} on {day}, and no entry says "
        "which of them holds: {told}"
    ),
    "kept answer": "{name}, kept on {day} ({place}): {told}",
    "file gone": (
        "How units are sent and what was not modelled is not printed of {name} (entry {seq}): {why}"
    ),
    # Making
}
"""Every sentence that the paper computes. Numbers enter as figures, never as words."""

APART = "; "
"""What stands between the entries that one source names."""

_PLACE = re.compile(r"(\{\w+(?::\w+)?\})")
_NAME = re.compile(r"\w+")


def tell(key: str, /, *rests_on: Entry[Any], **values: Value | Statement) -> Statement:
    """A sentence of the set, filled in; a statement that fills a place keeps its figures.

    It is held as closely as the closest of what it rests on and of what fills it, and its source
    names every entry of those.

    Args:
        key: Which.
        *rests_on: The entries that it rests on.
        **values: What stands in its places.

    Raises:
        DefinitionRefused: a place has no value, or a value no place.
    """
    template = TEMPLATES[key]
    named = {_NAME.search(one).group() for one in _PLACE.findall(template)}  # type: ignore[union-attr]
    if named != set(values):
        raise DefinitionRefused(
            f"{key!r} wants {sorted(named)} and was given {sorted(values)}",
            expected="a value for every name, and no other",
        )
    pieces = []
    for piece in filter(None, _PLACE.split(template)):
        name = _NAME.search(piece).group() if _PLACE.fullmatch(piece) else ""  # type: ignore[union-attr]
        value = values[name] if name else None
        if isinstance(value, Statement):
            pieces.append(value)
        elif value is None:
            pieces.append(Statement.of(piece))
        else:
            pieces.append(Statement.of(piece, **{name: value}))  # type: ignore[arg-type]
    return resting(_put_together(pieces), *rests_on)


def listed(pieces: Iterable[Statement], *, last: str = " and ", between: str = ", ") -> Statement:
    """Pieces of a sentence as a list, with their figures.

    Raises:
        DefinitionRefused: there is none.
    """
    held = list(pieces)
    if not held:
        raise DefinitionRefused(f"a list of {held} cannot be said", expected="at least one piece")
    told = held[:1]
    for place, piece in enumerate(held[1:], start=2):
        told += [Statement((Part(last if place == len(held) else between),)), piece]
    return _put_together(told)


def in_one(pieces: Iterable[Statement]) -> Statement:
    """Sentences as one paragraph, which rests on all that they rest on."""
    return listed(pieces, last=" ", between=" ")


def resting(said: Statement, *rests_on: Entry[Any]) -> Statement:
    """The same, resting on more entries: as close as the closest, and naming each."""
    marking = reduce(Marking.__or__, (one.marking for one in rests_on), said.marking)
    before = () if said.source is None else (said.source,)
    return Statement(said.parts, marking, _one_source((*before, *(x.source for x in rests_on))))


def _put_together(pieces: Sequence[Statement]) -> Statement:
    parts = tuple(part for one in pieces for part in one.parts)
    marking = reduce(Marking.__or__, (one.marking for one in pieces), OFFICIAL)
    return Statement(parts, marking, _one_source(x.source for x in pieces if x.source is not None))


def _one_source(sources: Iterable[Source]) -> Source | None:
    """Several sources as one that names each of them once."""
    held = list(sources)
    named = list(dict.fromkeys(name for one in held for name in one.reference.split(APART)))
    if not named:
        return None
    if len(named) == 1:
        return held[0]
    return Source(held[0].kind, APART.join(named))


def of_what(entry: Entry[Any], said: Statement) -> Statement:
    """A sentence after the words of what it is about."""
    return tell("moved day", what=entry.value.text.rstrip("."), told=said)


def ended(said: Statement) -> Statement:
    """The same with a stop at its end."""
    if str(said).endswith((".", "?", "!", ".”")):
        return said
    return replace(said, parts=(*said.parts, Part(".")))


def opened(said: Statement) -> Statement:
    """The same with a capital letter at its beginning."""
    first, *rest = said.parts
    text = first.text[:1].upper() + first.text[1:]
    return replace(said, parts=(replace(first, text=text), *rest))


def quoted(text: str, entry: Entry[Any], by: str) -> Statement:
    """Words of a post, unchanged and in quotation marks, with the post and the entry."""
    words = " ".join(text.split())
    # Words that quote others stand in single marks, so that theirs stay as they are.
    held = f"‘{words}’" if "“" in words else f"“{words}”"
    return Statement.quoted(
        f"{held} ({by}, entry {entry.seq:,})", source=entry.source, marking=entry.marking
    )
