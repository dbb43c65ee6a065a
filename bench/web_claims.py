"""What the project claims of its screens and its API, as the lines of evidence have it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Told = dict[str, Any]
NONE: Told = {"target": 0, "relation": "=="}


def web_claims() -> Iterator[Told]:
    """The fields of every line of the area `web`, without what a run finds."""
    yield from _of_api()
    yield from _of_load()
    yield from _of_uploads()


def _of_api() -> Iterator[Told]:
    command = "python -m bench.web_api"
    yield {
        "id": "web.api.server-errors",
        "what": "server errors of the API in 20,000 calls, half of them against its description",
        "unit": "answers",
        "command": command,
        **NONE,
    }
    yield {
        "id": "web.api.breaches",
        "what": "answers of the API that are not as it describes them, in the same calls",
        "unit": "answers",
        "command": command,
        **NONE,
    }


def _of_load() -> Iterator[Told]:
    for name, called in (("sqlite", "SQLite"), ("postgresql", "PostgreSQL")):
        yield {
            "id": f"web.load.p95.{name}",
            "what": "the 95th percentile of a page or an act: 50 users, 1 to 3 seconds apart, who "
            f"act once in ten, {called}",
            "unit": "ms",
            "target": 300,
            "relation": "<=",
            "command": "python -m bench.web_load",
        }
        yield {
            "id": f"web.load.errors.{name}",
            "what": f"pages and acts that failed in the same run, {called}",
            "unit": "answers",
            "command": "python -m bench.web_load",
            **NONE,
        }


def _of_uploads() -> Iterator[Told]:
    for name, what, unit, goal in (
        (
            "server-errors",
            "server errors and failed work in 10,000 hostile files sent to the screens",
            "answers",
            NONE,
        ),
        (
            "unsaid",
            "of the same, files refused without a reason or told with words of the sender's own",
            "answers",
            NONE,
        ),
        (
            "bombs.seconds",
            "seconds from sending the slowest bomb of a file to its refusal",
            "s",
            {"target": 2, "relation": "<="},
        ),
        (
            "bombs.memory",
            "memory that the largest bomb of a file takes until it is refused",
            "MB",
            {"target": 256, "relation": "<="},
        ),
    ):
        yield {
            "id": f"web.uploads.{name}",
            "what": what,
            "unit": unit,
            "command": "python -m bench.web_uploads",
            **goal,
        }
