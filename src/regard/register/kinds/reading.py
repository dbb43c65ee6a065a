"""Values to canonical words and back, with refusals that people understand."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, TypeVar

from pydantic import ValidationError

from regard.core.errors import DefinitionRefused, NotKnown, shown
from regard.register.canonical import canonical
from regard.register.kinds.facts import FACTS
from regard.register.kinds.frame import FRAME
from regard.register.kinds.speech import SPEECH
from regard.register.kinds.values import Kind

KINDS: dict[str, type[Kind]] = {one.kind: one for one in (*FRAME, *FACTS, *SPEECH)}
"""The fourteen kinds by their names."""

K = TypeVar("K", bound=Kind)


def kind_named(name: str) -> type[Kind]:
    """The kind of that name.

    Raises:
        NotKnown: there is none.
    """
    if name not in KINDS:
        raise NotKnown("kind of entry", name, KINDS)
    return KINDS[name]


def words_of(value: Kind) -> str:
    """A value as canonical JSON; what was not said is left out."""
    # What was made past the rules is told by reading it back, not by a warning on the way out.
    return canonical(value.model_dump(mode="json", exclude_defaults=True, warnings=False))


def value_of(kind: str, words: str) -> Kind:
    """The value that canonical words hold.

    Raises:
        NotKnown: there is no such kind.
        DefinitionRefused: the words break the rules of the kind.
    """
    try:
        return kind_named(kind).model_validate_json(words)
    except ValidationError as refusal:
        raise _refused(kind, refusal) from refusal


def made(of: type[K], /, **fields: Any) -> K:
    """A value of a kind.

    Raises:
        DefinitionRefused: a field is missing, is not known or breaks a rule; the message names
            each, with what was given and what was expected.
    """
    try:
        return of(**fields)
    except ValidationError as refusal:
        raise _refused(of.kind, refusal) from refusal


def changed(value: K, /, **fields: Any) -> K:
    """The same value with some fields changed, checked as a whole.

    Raises:
        DefinitionRefused: as `made` does.
    """
    held = {name: getattr(value, name) for name in value.model_fields_set}
    return made(type(value), **{**held, **fields})


def checked(action: partial[K], kind: str) -> K:
    """Make a value by any way of pydantic's, with refusals that people understand."""
    try:
        return action()
    except ValidationError as refusal:
        raise _refused(kind, refusal) from refusal


def _refused(kind: str, refusal: ValidationError) -> DefinitionRefused:
    problems = refusal.errors(include_url=False)
    told = "; ".join(_told(one) for one in problems)
    article = "an" if kind[0] in "aeiou" else "a"
    return DefinitionRefused(
        f"{article} {kind} cannot be entered so: {told}",
        expected=_expected(problems),
        next_step="put right what is named and enter it again",
    )


def _told(problem: Any) -> str:
    place = ".".join(str(one) for one in problem["loc"])
    said = problem["msg"].removeprefix("Value error, ")
    if problem["type"] == "missing":
        return f"{place} is missing"
    if problem["type"] == "value_error":
        return f"{place}: {said}" if place else said
    return f"{place} is {shown(problem['input'])}: {said[:1].lower()}{said[1:]}"


def _expected(problems: Iterable[Any]) -> str:
    places = {str(one["loc"][0]) for one in problems if one["loc"]}
    if not places:
        return "an entry whose parts agree with one another"
    return f"a valid {', '.join(sorted(places))}"
