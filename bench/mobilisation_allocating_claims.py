"""What the project claims of sharing a demand between forces, as the lines of evidence have it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

COMMAND = "python -m bench --only capability"
OF = "43 generated forces, every row of the formulation"


def allocating_claims() -> Iterator[dict[str, Any]]:
    """The fields of every line of sharing a demand, without what a run finds."""
    most: dict[str, Any] = {"relation": "<=", "command": COMMAND}
    for days, seconds in ((14, 5), (28, 20)):
        yield {
            "id": f"capability.allocating.seconds-{days}",
            "what": f"seconds to share a demand of {days} days between {OF}, hosts included",
            "target": seconds,
            "unit": "s",
            **most,
        }
    yield {
        "id": "capability.allocating.bound-gap",
        "what": f"how far the greatest cost lies above its bound, worst of 14 and 28 days, {OF}",
        "target": 0.1,
        "unit": "%",
        **most,
    }
    yield {
        "id": "capability.allocating.greedy-differs",
        "what": "difference of cost between PSU by PSU and the solver in a single period, "
        "greatest cost and sum",
        "target": 1e-6,
        **most,
    }
    yield {
        "id": "capability.allocating.price-sum",
        "what": f"what fairness adds to the sum of costs over 14 days, {OF}",
        "unit": "%",
        **most,
    }
    yield {
        "id": "capability.allocating.price-worst",
        "what": f"what fairness takes from the greatest cost over 14 days, {OF}",
        "relation": ">=",
        "command": COMMAND,
        "unit": "%",
    }
