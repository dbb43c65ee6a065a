"""Every version of a subject that was both known and true at a view's position."""

from __future__ import annotations

from datetime import date
from typing import Any

from regard.register.entries import Entry
from regard.register.seeing import View
from regard.register.subjects import path_of


def versions(view: View, subject: str, *, as_at: date | None = None) -> tuple[Entry[Any], ...]:
    """The versions of a subject, the oldest first, without those whose words were erased.

    Args:
        view: The register at a position.
        subject: Which.
        as_at: Leaves out what became true later; None leaves it to the view.
    """
    limits = [one for one in (as_at, view.position.true_on) if one is not None]
    until = min(limits) if limits else None
    return tuple(
        one
        for one in view.history(subject)
        if one.held is not None and (until is None or one.effective <= until)
    )


def name_of(view: View, subject: str) -> str:
    """What people call a body, a post or a measure; its path where the register has no name."""
    found = view.find(subject)
    named = getattr(found.held, "name", "") if found is not None else ""
    return named or path_of(subject)
