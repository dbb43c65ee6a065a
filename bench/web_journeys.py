"""The journeys of the screens in a real Chromium, each by every way: how many come to their end.

    python -m bench.web_journeys            writes evidence
    python -m bench.web_journeys --small    by mouse alone, nothing written

The journeys are tests: tests/web/browser/test_journeys.py, each named with its way in brackets.
Here they are run, and what became of each is read from pytest's report. One that fails or is
skipped is not complete.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.figures import Line, measured
from bench.web_claims import WAYS
from bench.web_ground import told
from bench.web_tests import Tested, outcomes

FILE = "tests/web/browser/test_journeys.py"
MOUSE = "mouse"


def lines(folder: Path, *, small: bool) -> list[Line]:
    """A line a way: the share of its journeys that were completed."""
    found = outcomes(FILE, folder, only=MOUSE if small else "")
    return [_of(way, found) for way in ([MOUSE] if small else WAYS)]


def _of(way: str, found: Mapping[str, Tested]) -> Line:
    journeys = {name: one for name, one in found.items() if is_by(way, name)}
    if not journeys:
        raise LookupError(f"{FILE} has no journey by {way}: {sorted(found)}")
    ended = [one for one in journeys.values() if one.outcome == "passed"]
    seconds = sum(one.seconds for one in journeys.values())
    names = "; ".join(sorted(name.partition("[")[0].removeprefix("test_") for name in journeys))
    return measured(
        f"web.journeys.{way}",
        100 * len(ended) / len(journeys),
        n=len(journeys),
        note=f"in {seconds:.0f} s: {names.replace('_', ' ')}",
    )


def is_by(way: str, name: str) -> bool:
    """Whether a test goes a way: the brackets name it, alone or beside other parameters."""
    held = name.partition("[")[2].removesuffix("]")
    return f"-{way}-" in f"-{held}-"


def main(arguments: Sequence[str]) -> int:
    """Measure and write the lines; small writes nothing."""
    return told(lines, arguments, name="web_journeys", does="Journeys, by every way.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
