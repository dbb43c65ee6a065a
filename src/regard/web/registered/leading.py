"""Where the page is of what an entry is about."""

from __future__ import annotations

from django.urls import reverse

from regard.register.kinds.facts import Expectation
from regard.register.kinds.frame import Cycle
from regard.register.seeing import View
from regard.register.subjects import kind_of, path_of

_PAGES = {
    "concern": ("registers.concern", "subject"),
    "decision": ("registers.decision", "subject"),
    "document": ("papers.paper", "document"),
    "meeting": ("registers.meeting", "subject"),
}


def page_of(view: View, subject: str | None) -> str:
    """The address of the page of a subject; empty where it has none but its entry.

    A requirement has one where a round judges its edition, and anything else that is due by a day
    stands among the actions.

    Args:
        view: The register at a position.
        subject: What the page is about; none leads nowhere.
    """
    if subject is None or (found := view.find(subject)) is None or found.held is None:
        return ""
    if kind_of(subject) in _PAGES:
        name, part = _PAGES[kind_of(subject)]
        return reverse(name, kwargs={part: path_of(subject)})
    if not isinstance(found.held, Expectation):
        return ""
    rounds = (one.held for one in view.all(Cycle) if isinstance(one.held, Cycle))
    if any(found.held.edition in one.editions for one in rounds):
        return reverse("requirements.threat", kwargs={"about": path_of(subject)})
    if found.held.window.end is not None:
        return reverse("registers.action", kwargs={"subject": path_of(subject)})
    return ""
