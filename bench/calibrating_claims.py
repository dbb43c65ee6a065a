"""What is claimed of a model fitted to incident records, as the lines of evidence have it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

COMMAND = "python -m bench.calibrating"
WEEKS = {
    "city-1": "a real city, fitted on weeks 35 to 38, replayed on 39 and 40",
    "city-2": "a real city, fitted on weeks 41 and 42, replayed on 43",
    "generated": "the generated force, fitted on four weeks, replayed on two",
}


def calibrating_claims() -> Iterator[dict[str, Any]]:
    """The fields of every line of `capability.replay`, without what a run finds."""
    for name, weeks in WEEKS.items():
        for line, what, unit, target, relation in (
            ("cells", "priority x four-hour cells inside the 95% band", "%", 90, ">="),
            ("of-day", "the same of four hours of the day over all days, a sterner test", "%", 90,
             ">="),
            ("apart", "share answered in target, foretold less observed", "points", 3, "<="),
        ):  # fmt: skip
            yield {
                "id": f"capability.replay.{name}.{line}",
                "what": f"{what}: {weeks}",
                "unit": unit,
                "target": target,
                "relation": relation,
                "command": COMMAND,
            }
    yield {
        "id": "capability.replay.careless.demand",
        "what": "by how much a reader who takes officers' own work for calls would say that demand "
        "rose from weeks 39 and 40 to 41 and 42; who leaves it out, the peer",
        "unit": "%",
        "command": COMMAND,
    }
    yield {
        "id": "capability.replay.careless.apart",
        "what": "share answered in target, foretold less observed, where officers' own work is "
        "taken for calls: fitted on weeks 35 to 38, replayed on 41 to 43",
        "unit": "points",
        "command": COMMAND,
    }
