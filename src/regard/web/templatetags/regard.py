"""Filters and tags of every template."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from django import template
from django.forms import MultiWidget
from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from regard.assurance.scales import Level
from regard.board.spr.citing import entries_behind
from regard.core.figures import Figure
from regard.core.periods import day_said
from regard.core.statements import Part, Statement, Trace, trace
from regard.library.labels import WELSH
from regard.register.subjects import kind_of
from regard.web.judged.chosen import c_said, level_said

register = template.Library()

MOST_ENTRIES = 20  # entries behind one figure that its link names
_ENTRY = re.compile(r"\bentry ([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?=:)")


@register.filter
def on_day(day: date | datetime | None) -> str:
    """A day in the language of the page, such as `3 February 2015`; empty for none."""
    if day is None:
        return ""
    if get_language() == WELSH:
        return f"{day.day} {MONTHS[day.month]} {day.year}"
    return day_said(day.date() if isinstance(day, datetime) else day)


@register.filter
def level(held: Level) -> str:
    """A level in the language of the page."""
    return level_said(held)


@register.filter
def c(aspect: str) -> str:
    """A C in the language of the page."""
    return c_said(aspect)


@register.filter
def thousands(number: int) -> str:
    """A count with a comma between thousands: `2,013`."""
    return f"{number:,}"


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
    """The id of what takes the focus when a field is at fault: of radios or boxes, the first."""
    if isinstance(field.field.widget, MultiWidget):
        return f"{field.auto_id}_0"
    parts = field.subwidgets
    first = parts[0].data.get("attrs", {}).get("id") if parts else ""
    return first or field.auto_id or field.html_name


@register.simple_tag
def said(statement: Statement | str) -> SafeString:
    """A statement with each figure leading to the entries it rests on; all else is only escaped."""
    if isinstance(statement, str):
        return format_html("{}", statement)
    return format_html_join("", "{}", ((_part(one),) for one in statement.parts))


def _part(part: Part) -> SafeString | str:
    address = why_address(part.figure) if part.figure is not None else ""
    if not address:
        return part.text
    return format_html('<a class="govuk-link regard-figure" href="{}">{}</a>', address, part.text)


@register.filter
def why_address(figure: Figure | None) -> str:
    """The page of the entries that a figure rests on; empty where it names none."""
    if figure is None:
        return ""
    behind = (seq for one in figure.walk() for seq, _ in entries_behind(one))
    seqs = tuple(islice(dict.fromkeys(behind), MOST_ENTRIES))
    if not seqs:
        return ""
    if len(seqs) == 1:
        return entry_address(seqs[0])
    return reverse("trace.entries", kwargs={"seqs": ",".join(map(str, seqs))})


@register.filter
def linked(words: object) -> SafeString:
    """Words, or a source, in which each `entry 131` leads to that entry; all else is escaped."""
    return format_html_join("", "{}", ((one,) for one in _linked(str(words))))


def _linked(words: str) -> Iterator[SafeString | str]:
    at = 0
    for found in _ENTRY.finditer(words):
        yield words[at : found.start()]
        address = entry_address(found[1].replace(",", ""))
        yield format_html('<a class="govuk-link" href="{}">{}</a>', address, found[0])
        at = found.end()
    yield words[at:]


@register.filter
def steps(figure: Figure) -> tuple[Trace, ...]:
    """A figure and everything it was computed from, nearest first, each once."""
    found = {one.figure.id: one for one in reversed(trace(figure))}
    return tuple(reversed(found.values()))


@register.filter
def depth(steps_down: int) -> int:
    """How far a step of a trace stands in; beyond the fourth they stand alike."""
    return min(steps_down, 4)


@register.filter
def at(mapping: Any, key: Any) -> Any:
    """What a mapping holds under a key, or nothing."""
    return mapping.get(key) if hasattr(mapping, "get") else None
