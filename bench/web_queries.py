"""Questions that a page asks of the databases, of registers with ten rows and with ten thousand.

    python -m bench.web_queries             10 and 10,000 rows of everything; writes evidence
    python -m bench.web_queries --rows 500  another number of rows, nothing written
    python -m bench.web_queries --small     10 and 60 rows, nothing written

Both sites are the example with generated rows beside it: concerns, actions, targets, promises,
papers, meetings, decisions, posts, accounts, work... so many of each. Every route to which a link
leads is opened on both at the same address, by a post that may read it, and what it asks of each
database is counted. The slowest pages are printed: seconds of this process alone.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any

import django

from bench.children import ROOT
from bench.figures import Line, measured, record
from bench.table import printed
from regard.board.practising import open_practice_round
from regard.board.remembering import remember
from regard.register.posting import posts
from regard.web.settings import configure

FEW, MANY, SMALL = 10, 10_000, 60
SLOWEST = 25  # pages that are printed


def lines(folder: Path, rows: int) -> list[Line]:
    """Open every page on both sites and say what they asked."""
    asked = import_module("web.asked")
    with _site(folder / "few", FEW) as site:
        few = asked.opened(site, asked.places(site, most=1))
    with _site(folder / "many", rows) as site:
        many = asked.opened(site, few, few=few)
    differing = asked.differing(few, many)
    for place, said in differing.items():
        print(f"{place.address} for {place.post}: {said}")
    _print_slowest(many)
    most = max(many, key=lambda one: many[one].asked)
    note = f"{len({one.route for one in few})} routes, {len(few)} pages; {rows:,} rows of each"
    return [
        measured(
            "web.queries.most",
            many[most].asked,
            n=len(many),
            note=f"{most.address} for {most.post}; {note}",
        ),
        measured("web.queries.differing", len(differing), n=len(many), note=note),
    ]


def _print_slowest(many: dict[Any, Any]) -> None:
    slowest: dict[str, tuple[float, str]] = {}
    for place, one in many.items():
        slowest[place.route] = max(
            slowest.get(place.route, (0.0, "")), (one.seconds, place.address)
        )
    ordered = sorted(slowest.items(), key=lambda one: -one[1][0])
    for route, (seconds, address) in ordered[:SLOWEST]:
        print(f"{seconds:6.2f} s  {route:32} {address}")
    times = sorted(seconds for seconds, _ in slowest.values())
    print(f"{times[len(times) // 2]:6.2f} s  the median of {len(times)} routes", flush=True)


def _site(home: Path, rows: int) -> AbstractContextManager[Any]:
    """The example with so many rows beside it, as the site of this process."""
    conftest = import_module("web.conftest")
    many_rows, serving = import_module("web.many_rows"), import_module("regard.web.serving")
    account = import_module("regard.web.models").Account
    home.mkdir()
    files: Callable[..., AbstractContextManager[str]] = lambda **_: nullcontext("")  # noqa: E731
    held = conftest.Kept(home, "", files)
    remember(home, url="").register.close()
    with conftest.standing(held) as site:
        serving.ready()
        for post in posts(site.register):
            account.objects.make(post.subject.partition(":")[2], post.holders[0])
        open_practice_round(site.register)
        begun = time.perf_counter()
        many_rows.fill(site.register, home, rows)
        size = site.register.head().size
        print(f"{rows:,} rows: {size:,} entries in {time.perf_counter() - begun:.0f} s", flush=True)
    standing: AbstractContextManager[Any] = conftest.standing(held)
    return standing


def main(arguments: Sequence[str]) -> int:
    """Count, print and write the lines."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.web_queries", description=__doc__.split("\n")[0]
    )
    parser.add_argument("--small", action="store_true", help="few rows, nothing written")
    parser.add_argument("--rows", type=int, default=MANY, help="rows of the larger site")
    options = parser.parse_args(arguments)
    rows = SMALL if options.small else options.rows
    sys.path.insert(0, str(ROOT / "tests"))
    with tempfile.TemporaryDirectory(prefix="regard-bench-") as folder:
        configure(Path(folder), {"REGARD_SECRET_KEY": "of a bench alone"})
        django.setup()
        found = lines(Path(folder), rows)
    printed(found)
    if rows == MANY:
        record(found)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
