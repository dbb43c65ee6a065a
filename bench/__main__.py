"""Measures, prints a table of ratios and writes the lines of evidence.

python -m bench                    everything that fits in a few minutes
python -m bench --only records     one area: records, signals, papers, register or capability
python -m bench --small            small inputs, nothing written: does the harness still run?
python -m bench --large            the benchmarks that take long
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from bench import (
    calibrating,
    counting,
    importing,
    large,
    mobilisation_allocating,
    mobilisation_response,
    pack,
    papers,
    reading,
    register,
    speeds,
    workforce,
)
from bench.figures import Line, record
from bench.table import printed

Measure = Callable[[Path], list[Line]]
MILLION = 1_000_000
AREAS = ("records", "signals", "papers", "register", "capability")


def chosen(*, small: bool, of_large: bool) -> dict[str, list[Measure]]:
    """What each area runs."""
    if of_large:
        return {"records": [large.killed, large.national]}
    return {
        "records": [
            lambda folder: importing.speed(folder, rows=50_000 if small else MILLION),
            lambda folder: importing.memory(folder, rows=100_000 if small else 10 * MILLION),
            lambda folder: counting.lines(folder, rows=100_000 if small else 10 * MILLION),
        ],
        "signals": [
            lambda folder: reading.lines(folder, series=100 if small else 10_000),
            lambda folder: speeds.lines(folder, series=100 if small else speeds.SERIES),
            lambda folder: pack.lines(folder, series=100 if small else pack.SERIES),
        ],
        "papers": [papers.performance],
        "register": [partial(part, small=small) for part in register.PARTS.values()],
        "capability": [
            lambda folder: workforce.lines(paths=200 if small else workforce.PATHS),
            lambda folder: mobilisation_allocating.lines(folder, small=small),
            partial(calibrating.lines, small=small),
            *(partial(part, small=small) for part in mobilisation_response.USUAL),
        ],
    }


def main(arguments: Sequence[str]) -> int:
    """Run what is asked for; a target that is missed is written down as short, not hidden."""
    options = _options(arguments)
    found: list[Line] = []
    for area, measures in chosen(small=options.small, of_large=options.large).items():
        if options.only and area not in options.only:
            continue
        for measure in measures:
            with tempfile.TemporaryDirectory(prefix="regard-bench-") as folder:
                found += measure(Path(folder))
    printed(found)
    if not options.small:
        record(found)
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.split("\n")[0])
    parser.add_argument("--only", nargs="+", choices=AREAS)
    parser.add_argument("--small", action="store_true", help="small inputs, nothing written")
    parser.add_argument("--large", action="store_true", help="the benchmarks that take long")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
