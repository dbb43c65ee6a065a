"""What a page of the requirement says of its price: who pays for it, what is promised twice."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from regard.assurance.expense import expenses
from regard.assurance.promised_twice import promised_twice
from regard.web.judged.chosen import Chosen


def promised(chosen: Chosen, about: Collection[str]) -> dict[str, Any]:
    """What a template draws of the price of some requirements.

    Args:
        chosen: The round and the body that is looked at.
        about: The requirements, with the headings above them that the page shows.

    Returns:
        `expenses`: a sentence for each side of a duty met at the expense of another, and the
        entries of the kept answers that say what it costs; `twice`: what is promised of the same
        people at several tiers, a list of sentences each.
    """
    wanted = set(about)
    return {
        "expenses": tuple(
            (one.said_of(end), one.prices)
            for one in expenses(chosen.view)
            for end in (one.link.value.source, one.link.value.target)
            if end in wanted
        ),
        "twice": tuple(
            (held.promised(), *held.alone(), *held.stand_behind(), held.kept_up())
            for held in promised_twice(
                chosen.view, scope=chosen.scope, about=wanted, as_at=chosen.day
            )
        ),
    }
