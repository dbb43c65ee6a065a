"""Filters for pages that list entries: what one is called, and how closely it is held."""

from __future__ import annotations

from typing import Any

from django import template

from regard.core.markings import OFFICIAL, Marking
from regard.register.entries import Entry
from regard.register.telling import ERASED, saying

register = template.Library()


@register.filter
def titled(entry: Entry[Any]) -> str:
    """What an entry is called, or how its words begin; that they were erased, if they were."""
    return ERASED if entry.held is None else saying(entry.held)


@register.filter
def close(marking: Marking) -> str:
    """A marking above OFFICIAL; empty for OFFICIAL, which is not worth a word on every line."""
    return "" if marking == OFFICIAL else str(marking)
