"""Every case of role, kind, verb, marking and whose, asked of a register; prints what was found.

It runs the table and the questions of the tests of access, and so as a child with `tests` on its
path: `python -m bench.register_access 5000`.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from regard.register import sight
from register import matrix
from register.forces import Founding, build
from register.test_access import differences

SEED = 20261122


@contextmanager
def in_its_home(*, template: str = "") -> Iterator[str]:
    """SQLite, in the folder of each register."""
    yield ""


def asked(cases: int) -> dict[str, int]:
    """How many cases were asked, how many differ from the table, and how many with a fault."""
    every = list(matrix.cases())
    some = every if cases >= len(every) else matrix.sample(cases, seed=SEED)
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder) / "founding", "")
        founding = Founding(Path(folder) / "founding", "", in_its_home)
        with founding.world(Path(folder) / "world") as world:
            filled = world, matrix.fill(world)
            found = differences(filled, some)
            reading = [one for one in some if one.verb == "read"]
            with (
                patch.object(sight, "may_read", lambda *_, **__: True),
                patch("regard.register.access.may_read", lambda *_, **__: True),
            ):
                red = differences(filled, reading)
    return {"cases": len(some), "wrong": len(found), "reading": len(reading), "red": len(red)}


def main(arguments: Sequence[str]) -> int:
    """Print what was found as JSON."""
    print(json.dumps(asked(int(arguments[0]))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
