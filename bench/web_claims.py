"""What the project claims of its screens and its API, as the lines of evidence have it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Told = dict[str, Any]
NONE: Told = {"target": 0, "relation": "=="}
ALL: Told = {"target": 100, "relation": "==", "unit": "%"}
# The ways by which every journey is gone, as the tests of journeys have them in brackets.
WAYS = {
    "mouse": "by mouse",
    "keyboard": "by keyboard alone",
    "scripts-off": "with scripts off",
    "zoom-400": "at 400% zoom",
}


def web_claims() -> Iterator[Told]:
    """The fields of every line of the area `web`, without what a run finds."""
    for one in (
        *_of_access(),
        *_of_axe(),
        *_of_journeys(),
        *_of_load(),
        *_of_uploads(),
        *_of_api(),
        *_of_queries(),
        *_of_outward(),
        *_of_signing(),
        *_of_first_screen(),
    ):
        yield {"relation": "<=", **one}


def _of_access() -> Iterator[Told]:
    command = "python -m bench.web_access"
    yield {
        "id": "web.access.resolver",
        "what": "routes to read and to write of the resolver that are asked, as every role",
        "command": command,
        **ALL,
    }
    yield {
        "id": "web.access.cells",
        "what": "cells of role, route and method, of their own force, of another force, and of "
        "what is marked higher",
        "unit": "cells",
        "command": command,
    }
    yield {
        "id": "web.access.mismatches",
        "what": "of those cells, answered otherwise than the table of access says",
        "unit": "cells",
        "command": command,
        **NONE,
    }
    yield {
        "id": "web.access.left",
        "what": "refused writes after which the journal, the accounts, the work, the records or "
        "the drafts were others",
        "unit": "cells",
        "command": command,
        **NONE,
    }
    yield {
        "id": "web.access.control",
        "what": "of the refusals, turned red by a planted fault",
        "unit": "%",
        "target": 25,
        "relation": ">=",
        "command": command,
    }


def _of_axe() -> Iterator[Told]:
    command = "python -m bench.web_axe"
    yield {
        "id": "web.axe.violations",
        "what": "violations of WCAG 2.2 A and AA by axe, every page and state, at 320 and 1280 px",
        "unit": "violations",
        "command": command,
        **NONE,
    }
    yield {
        "id": "web.axe.pages",
        "what": "pages in a state of theirs that were looked at, each at both widths",
        "unit": "pages",
        "command": command,
    }
    yield {
        "id": "web.axe.control",
        "what": "pages with a planted fault that were caught, of one",
        "unit": "pages",
        "target": 1,
        "relation": "==",
        "command": command,
    }


def _of_journeys() -> Iterator[Told]:
    for way, said in WAYS.items():
        yield {
            "id": f"web.journeys.{way}",
            "what": f"journeys in a real Chromium that come to their end {said}",
            "command": "python -m bench.web_journeys",
            **ALL,
        }


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
            {"target": 2},
        ),
        (
            "bombs.memory",
            "memory that the largest bomb of a file takes until it is refused",
            "MB",
            {"target": 256},
        ),
    ):
        yield {
            "id": f"web.uploads.{name}",
            "what": what,
            "unit": unit,
            "command": "python -m bench.web_uploads",
            **goal,
        }


def _of_outward() -> Iterator[Told]:
    command = "python -m bench.web_outward"
    yield {
        "id": "web.outward",
        "what": "connections to outside in normal use, of the server, the worker and the pages",
        "unit": "connections",
        "command": command,
        **NONE,
    }
    yield {
        "id": "web.outward.control",
        "what": "planted connections to outside that were seen, of two",
        "unit": "connections",
        "target": 2,
        "relation": "==",
        "command": command,
    }


def _of_signing() -> Iterator[Told]:
    command = "python -m bench.web_signing"
    for name, what, unit, goal in (
        (
            "guesses.account",
            "passwords looked at in the busiest 15 minutes of 10,000 guesses at one account, from "
            "one address",
            "guesses",
            {"target": 10},
        ),
        (
            "guesses.address",
            "passwords looked at in the busiest 15 minutes of 10,000 guesses at as many accounts, "
            "from one address",
            "guesses",
            {"target": 100},
        ),
        (
            "locked-out",
            "holders refused their right password meanwhile, elsewhere or in a browser they know",
            "sign-ins",
            NONE,
        ),
        (
            "cost.least",
            "milliseconds of a core that looking at a password takes, the median",
            "ms",
            {"target": 100, "relation": ">="},
        ),
        (
            "cost.most",
            "the same: not so many that signing in is slow",
            "ms",
            {"target": 250},
        ),
        (
            "at-once",
            "passwords that a process looks at at once, while 16 are sent at once",
            "passwords",
            {"target": 4},
        ),
        (
            "unknown-name",
            "how far the median time of an unknown name differs from that of a known one",
            "%",
            {"target": 5},
        ),
        (
            "unknown-name.told",
            "answers to an unknown name that differ from the one to a known name",
            "answers",
            NONE,
        ),
    ):
        yield {
            "id": f"web.sign-in.{name}",
            "what": what,
            "unit": unit,
            "command": command,
            **goal,
        }


def _of_first_screen() -> Iterator[Told]:
    yield {
        "id": "web.first-screen",
        "what": "seconds from an installed environment to Home of a post that signed in, with no "
        "settings",
        "unit": "s",
        "target": 60,
        "command": "python -m bench.web_first_screen",
    }


def _of_queries() -> Iterator[Told]:
    command = "python -m bench.web_queries"
    yield {
        "id": "web.queries.most",
        "what": "the most questions that a page asks of the register and the accounts together, "
        "of registers with 10,000 rows each",
        "unit": "questions",
        "target": 12,
        "relation": "<=",
        "command": command,
    }
    yield {
        "id": "web.queries.differing",
        "what": "pages that ask another number of questions of 10,000 rows than of 10",
        "unit": "pages",
        "command": command,
        **NONE,
    }
