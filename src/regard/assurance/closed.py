"""Closed sets of sentences: how one is filled in, with the entry it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from regard.core.figures import Source
from regard.core.markings import OFFICIAL, Marking
from regard.core.statements import Statement, Value


def spoken(
    templates: Mapping[str, str],
    key: str,
    /,
    *,
    source: Source | None = None,
    marking: Marking = OFFICIAL,
    **values: Value,
) -> Statement:
    """A sentence of a closed set, filled in.

    Args:
        templates: The set.
        key: Which of its sentences.
        source: The entry it rests on.
        marking: How closely it is held.
        **values: What stands in its places.
    """
    made = Statement.of(templates[key], marking=marking, **values)
    return made if source is None else replace(made, source=source)
