"""The figures of the register, a part at a time or all of them.

python -m bench.register                      every part, at full effort
python -m bench.register tampering killing    some of them
python -m bench.register large --filled home  a data folder that was filled with a million before
python -m bench.register --small              small inputs, nothing written
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from bench import (
    register_erasing,
    register_forging,
    register_killing,
    register_large,
    register_paper,
    register_rounds,
    register_tampering,
)
from bench.figures import Line, record
from bench.table import printed

Part = Callable[..., list[Line]]

PARTS: dict[str, Part] = {
    "large": register_large.lines,
    "tampering": register_tampering.lines,
    "forging": register_forging.lines,
    "killing": register_killing.lines,
    "erasing": register_erasing.lines,
    "rounds": register_rounds.rounds,
    "access": register_rounds.access,
    "paper": register_paper.lines,
}


def main(arguments: Sequence[str]) -> int:
    """Measure the parts asked for and write their lines; print how long each took."""
    options = _options(arguments)
    found: list[Line] = []
    for name in options.parts or PARTS:
        part = PARTS[name]
        if name == "large" and options.filled:
            part = partial(part, filled=options.filled)
        with tempfile.TemporaryDirectory(prefix="regard-bench-") as folder:
            start = time.perf_counter()
            found += part(Path(folder), small=options.small)
            print(f"{name}: {time.perf_counter() - start:.0f} s", flush=True)
    printed(found)
    if not options.small:
        record(found)
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.register", description=__doc__.split("\n")[0]
    )
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help="all of them by default")
    parser.add_argument("--small", action="store_true", help="small inputs, nothing written")
    parser.add_argument("--filled", type=Path, help="a data folder that was filled before")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
