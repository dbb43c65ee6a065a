"""What the project claims of its workforce engine, as the lines of evidence have it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

COMMAND = "python -m bench.workforce"


def workforce_claims() -> Iterator[dict[str, Any]]:
    """The fields of every line of `capability.workforce`, without what a run finds."""
    seconds = "seconds for 10,000 paths of 60 months of 2,425 people in five stages"
    for name, what, unit, target in (
        ("paths", f"{seconds}, one core", "s", 3),
        ("paths-v-plain", f"{seconds}, beside plain Python, person by person", "s", None),
        ("paths-v-numpy", f"{seconds}, beside NumPy's own multinomial", "s", None),
        ("errors-apart", f"{seconds}, three times: chance, doubt, and both", "s", None),
        ("theory", "worst difference of a closed form from itself in 40 digits", "", 1e-8),
        ("vectors", "published test vectors that differ in a digit that they give", "vectors", 0),
        ("mean-z", "standard errors between the mean path and the law, worst month", "", 4),
        ("mean-percent", "the same difference in per cent of the law, worst month", "%", 1),
        ("other-bytes", "runs that differ on two threads, or in the order asked", "runs", 0),
    ):
        yield {
            "id": f"capability.workforce.{name}",
            "what": what,
            "unit": unit,
            "target": target,
            "relation": "==" if name in ("vectors", "other-bytes") else "<=",
            "command": COMMAND,
        }
