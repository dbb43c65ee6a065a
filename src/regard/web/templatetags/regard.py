"""Filters and tags of every template."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from regard.core.periods import day_said
from regard.core.statements import Statement
from regard.register.subjects import kind_of

register = template.Library()


@register.filter
def on_day(day: date | datetime | None) -> str:
    """A day as it is said in a paper: `3 February 2015`; empty for none."""
    if day is None:
        return ""
    return day_said(day.date() if isinstance(day, datetime) else day)


@register.filter
def bare(subject: str) -> str:
    """A subject without its kind: `wm-holder-7` of `party:wm-holder-7`."""
    return subject.partition(":")[2] or subject


@register.filter
def kind(subject: str) -> str:
    """The kind of a subject."""
    return kind_of(subject)


@register.filter
def entry_address(seq: int | str) -> str:
    """The page of an entry, by its number in the journal."""
    return reverse("trace.entry", kwargs={"seq": int(seq)})


@register.simple_tag
def first_id(field: BoundField) -> str:
    """The id of what takes the focus when a field is at fault: of radios, the first."""
    parts = field.subwidgets
    first = parts[0].data.get("attrs", {}).get("id") if parts else ""
    return first or field.auto_id or field.html_name


@register.simple_tag
def said(statement: Statement | str) -> SafeString:
    """A statement with each figure leading to why we say so; plain words are only escaped."""
    if isinstance(statement, str):
        return format_html("{}", statement)
    return format_html("{}", "".join(part.text for part in statement.parts))


@register.filter
def at(mapping: Any, key: Any) -> Any:
    """What a mapping holds under a key, or nothing."""
    return mapping.get(key) if hasattr(mapping, "get") else None
