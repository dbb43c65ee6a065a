"""What was said of a requirement in every round, along the crosswalks of its editions."""

from __future__ import annotations

from regard.assurance.lineage import ancestry
from regard.register.entries import Entry
from regard.register.kinds.facts import Expectation
from regard.register.kinds.speech import Judgement
from regard.register.seeing import View


def recalled(
    view: View, requirement: Entry[Expectation], scope: str
) -> tuple[Entry[Judgement], ...]:
    """What was judged in any round of a requirement, and of what it was in earlier editions.

    Args:
        view: The register at a position.
        requirement: As it stands now.
        scope: The body.

    Returns:
        What was made, under every C and at every line, the latest first. What was only carried is
        left out: it is what was said in the round from which it was carried.
    """
    found = [
        one
        for one in view.all_about(Judgement, ancestry(view, requirement), scope=scope)
        if one.held is not None and one.held.counts and one.held.cycle
    ]
    return tuple(sorted(found, key=lambda one: (one.effective, one.seq), reverse=True))
