"""An entry in words: each field under its label, in the order of its kind, subjects linked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regard.assurance.naming import Names
from regard.core.periods import day_said
from regard.register.kinds.reading import KINDS
from regard.register.kinds.speech import Document, Frozen
from regard.register.kinds.values import Amount, Kind, Line, Value, Window
from regard.register.subjects import PATH
from regard.web.registered.field_labels import LABELS

LONG = 12  # parts of a list from which it is folded
ENTRIES = frozenset({"answers", "carried_from", "position", "erased", "seq"})
"""Fields whose numbers are those of entries."""

_SUBJECT = re.compile(rf"(?:{'|'.join(sorted(KINDS))}):{PATH}")
_LINES = {
    Line.BOARD: gettext_lazy("the board"),
    Line.DOING: gettext_lazy("line 1: does it"),
    Line.OVERSEEING: gettext_lazy("line 2: oversees it"),
    Line.INDEPENDENT: gettext_lazy("line 3: looks at it independently"),
}


@dataclass(frozen=True)
class Field:
    """A field of an entry under its label."""

    label: str
    said: SafeString | str


def fields_of(value: Kind, names: Names) -> tuple[Field, ...]:
    """What an entry says, field by field; what was not said is left out.

    Args:
        value: The entry's value.
        names: What the subjects that it names are called, as they were learned.
    """
    return tuple(_fields(value, names))


def label_of(name: str) -> str:
    """What a field is called on a page."""
    return str(LABELS.get(name, name.replace("_", " ").capitalize()))


def subject_link(subject: str, names: Names) -> SafeString:
    """A subject by its name, leading to its history, with its path where the two differ."""
    path = subject.partition(":")[2]
    name = names.of(subject)
    address = reverse("trace.subject", kwargs={"subject": subject})
    if name == path:
        return format_html('<a class="govuk-link" href="{}">{}</a>', address, subject)
    return format_html(
        '<a class="govuk-link" href="{}">{}</a> <span class="regard-path">{}</span>',
        address,
        name,
        subject,
    )


def subjects_in(value: object) -> Iterator[str]:
    """Every subject that a value names, in the order of its fields."""
    if isinstance(value, Value):
        for name in type(value).model_fields:
            if name != "kept":
                yield from subjects_in(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from subjects_in(one)
    elif isinstance(value, str) and _SUBJECT.fullmatch(value):
        yield value


def _fields(value: Value, names: Names) -> Iterator[Field]:
    for name, field in type(value).model_fields.items():
        held = getattr(value, name)
        if held is None or (not field.is_required() and held == field.default):
            continue
        if isinstance(value, Document) and name == "kept":
            yield Field(label_of(name), _("%(count)s characters") % {"count": f"{len(held):,}"})
        else:
            yield Field(label_of(name), _said(name, held, names))


def _said(name: str, held: Any, names: Names) -> SafeString | str:
    match held:
        case tuple():
            return _list([_said(name, one, names) for one in held])
        case Amount():
            return str(held)
        case Window():
            return _window(held)
        case Frozen():
            return _frozen(held)
        case Value():
            rows = ((one.label, one.said) for one in _fields(held, names))
            return format_html(
                '<dl class="regard-fields">{}</dl>',
                format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", rows),
            )
        case _:
            return _plain(name, held, names)


def _plain(name: str, held: Any, names: Names) -> SafeString | str:
    match held:
        case bool():
            return _("Yes") if held else _("No")
        case Line():
            return str(_LINES[held])
        case Enum():
            return str(held.value)
        case int():
            return entry_link(held) if name in ENTRIES else f"{held:,}"
        case Decimal():
            return f"{held:,f}"
        case date():
            return day_said(held)
        case str() if _SUBJECT.fullmatch(held):
            return subject_link(held, names)
        case _:
            return format_html('<span class="regard-sentence">{}</span>', held)


def entry_link(seq: int) -> SafeString:
    """An entry by its number."""
    told = _("entry %(seq)s") % {"seq": f"{seq:,}"}
    address = reverse("trace.entry", kwargs={"seq": seq})
    return format_html('<a class="govuk-link" href="{}">{}</a>', address, told)


def _frozen(held: Frozen) -> SafeString:
    source = entry_link(held.seq) if held.seq is not None else held.source
    return (
        format_html("{} ({})", held.printed, source) if source else format_html("{}", held.printed)
    )


def _window(held: Window) -> str:
    start = day_said(held.start) if held.start else ""
    end = day_said(held.end) if held.end else ""
    if start and end:
        return _("%(start)s to %(end)s") % {"start": start, "end": end}
    if start:
        return _("from %(start)s") % {"start": start}
    return _("until %(end)s") % {"end": end} if end else _("at any time")


def _list(said: Iterable[SafeString | str]) -> SafeString | str:
    parts = list(said)
    if len(parts) == 1:
        return parts[0]
    items = format_html_join("", "<li>{}</li>", ((one,) for one in parts))
    listed = format_html('<ul class="govuk-list govuk-list--bullet">{}</ul>', items)
    if len(parts) <= LONG:
        return listed
    return format_html(
        '<details class="govuk-details"><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        _("Show all %(count)s") % {"count": f"{len(parts):,}"},
        listed,
    )
