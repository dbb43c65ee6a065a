"""What stands around every page: where one is, who speaks, and which day is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from regard.web.here import is_example

NAVIGATION = (
    ("home", _("Home")),
    ("requirements", _("Requirements")),
    ("my-work", _("My work")),
    ("plan", _("Plan")),
    ("measures", _("Measures")),
    ("capability", _("Capability")),
    ("registers", _("Registers")),
    ("papers", _("Papers")),
)


AS_AT_BOXES = (("day", _("Day"), 2), ("month", _("Month"), 2), ("year", _("Year"), 4))


@dataclass(frozen=True)
class Place:
    """An entry of the navigation."""

    name: str
    said: Any
    address: str
    current: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    """What the frame of a page needs; nothing for a request that never reached the guard."""
    here = getattr(request, "here", None)
    if here is None or not hasattr(request, "user"):
        return {"places": (), "demo": is_example()}
    found = getattr(request, "resolver_match", None)
    section = found.url_name.partition(".")[0] if found and found.url_name else ""
    return {
        "here": here,
        "demo": is_example(),
        "as_at_boxes": AS_AT_BOXES,
        "places": [Place(name, said, reverse(name), name == section) for name, said in NAVIGATION]
        if here.holder
        else (),
    }
