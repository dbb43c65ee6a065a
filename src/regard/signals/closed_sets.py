"""Closed sets of sentences: each part of the room has its own, and all are filled in alike."""

from __future__ import annotations

from collections.abc import Mapping

from regard.core.errors import NotKnown
from regard.core.markings import OFFICIAL
from regard.core.statements import Statement, Value


def filled(templates: Mapping[str, str], key: str, /, **values: Value) -> Statement:
    """A sentence of a closed set, filled in.

    Args:
        templates: The set, by name.
        key: Which sentence.
        **values: What stands in its places.

    Raises:
        NotKnown: there is no sentence of that name.
        DefinitionRefused: a value is missing or has no place.
    """
    if key not in templates:
        raise NotKnown("sentence", key, templates)
    return Statement.of(templates[key], marking=OFFICIAL, **values)
