"""Runs studies by name, prints their tables and writes their lines of evidence.

python -m bench.studies                     every study
python -m bench.studies year_ends           one of them
python -m bench.studies --small             few series, nothing written: does it still run?
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from bench.figures import Line, record
from bench.studies import dates, detection, pack, stable, surveys, year_ends
from bench.table import printed


class Study(Protocol):
    """What a study offers: its lines, measured with a folder to work in."""

    def __call__(self, folder: Path, *, small: bool) -> list[Line]: ...


STUDIES: dict[str, Study] = {
    "stable": stable.lines,
    "detection": detection.lines,
    "dates": dates.lines,
    "pack": pack.lines,
    "surveys": surveys.lines,
    "year_ends": year_ends.lines,
}


def main(arguments: Sequence[str]) -> int:
    """Run what is asked for; a target that is missed is written down as short, not hidden."""
    parser = argparse.ArgumentParser(prog="python -m bench.studies", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(STUDIES)}")
    parser.add_argument("--small", action="store_true", help="few series, nothing written")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.names if name not in STUDIES]
    if unknown:
        parser.error(f"no study is called {', '.join(unknown)}; there are {', '.join(STUDIES)}")
    found: list[Line] = []
    for name in options.names or STUDIES:
        with tempfile.TemporaryDirectory(prefix="regard-study-") as folder:
            found += STUDIES[name](Path(folder), small=options.small)
    printed(found)
    if not options.small:
        record(found)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
