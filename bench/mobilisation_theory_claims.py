"""What the project claims of queueing theory and of the simulation beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

COMMAND = "python -m bench.mobilisation_theory"


def theory_claims() -> Iterator[dict[str, Any]]:
    """The fields of every line of `capability.theory`, without what a run finds."""
    simulated = "between the simulation and theory, worst of all cases"
    for name, what, unit, target in (
        ("formulas", "worst difference of a formula from its vector, of published digits", "",
         1e-8),
        ("tails-and-chains", "the same of tails, chains and units that stand apart", "", 1e-6),
        ("simulated-z", f"standard errors {simulated}", "", 4),
        ("simulated-means", f"difference of mean waits {simulated}, in per cent of theory", "%", 1),
        ("simulated-tails", "the same of shares that wait long or leave", "%", 2),
        ("simulated-days", "hours of days that change in which the queue lies further than 4 "
         "standard errors and 2% from the Kolmogorov equations", "hours", 0),
    ):  # fmt: skip
        yield {
            "id": f"capability.theory.{name}",
            "what": what,
            "unit": unit,
            "target": target,
            "relation": "==" if name == "simulated-days" else "<=",
            "command": COMMAND,
        }
