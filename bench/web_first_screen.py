"""How long it takes from an installed environment to the first useful screen of the example.

    python -m bench.web_first_screen            as `make demo` does it; writes evidence
    python -m bench.web_first_screen --small    papers in one format, nothing written

The commands of `make demo` are given one after the other in a new data folder: the example is
built with its papers in four formats, then served. The screen is Home of a post, signed in to with
the name and the password that were printed, with what that post must do. The environment is not
made in that time: making it is downloading and unpacking packages. The code that is compiled at
its first use is compiled anew.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from bench.children import REGARD, ROOT
from bench.figures import Line, measured
from bench.web_ground import Visitor, busy, told

SIGN_INS = "demonstration-sign-ins.json"  # regard.web.example, which needs a settled Django
POST = "spr-lead"
BUILD, SERVE = (*REGARD, "demo", "build"), (*REGARD, "demo", "serve")
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/")
USEFUL = "What must I do?"
PATIENCE = 300.0  # seconds
ENDS = 30.0  # seconds in which the server ends when it is asked to


@dataclass(frozen=True)
class First:
    """Seconds from the first command until the example was built, served, and read."""

    built: float
    served: float
    read: float


def first_screen(home: Path, *, formats: Sequence[str] = ()) -> First:
    """Build the example in a new data folder and serve it until Home of a post is read.

    Args:
        home: The data folder.
        formats: Of the papers; all four if left out.
    """
    env = {**os.environ, "REGARD_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    env["NUMBA_CACHE_DIR"] = str(home.parent / "compiled")
    env.pop("DATABASE_URL", None)
    start = time.perf_counter()
    chosen = [word for one in formats for word in ("--format", one)]
    done = subprocess.run(  # noqa: S603 - words of this module
        [*BUILD, *chosen], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ChildProcessError(f"regard demo build left with {done.returncode}: {done.stderr}")
    built = time.perf_counter() - start
    with tempfile.TemporaryFile("w+") as said:
        server = subprocess.Popen(SERVE, cwd=ROOT, env=env, stdout=said, stderr=said)  # noqa: S603
        try:
            port = _address(server, said)
            served = time.perf_counter() - start
            _read(port, _password(home))
            return First(built, served, time.perf_counter() - start)
        finally:
            server.terminate()
            server.wait(ENDS)


def _address(server: subprocess.Popen[bytes], said: TextIO) -> int:
    """The port at which the server says that it serves."""
    until = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < until:
        # By its place: reading on would move the place at which the child writes.
        words = os.pread(said.fileno(), 100_000, 0).decode()
        if found := ADDRESS.search(words):
            return int(found[1])
        time.sleep(0.1)
    raise ChildProcessError(f"the example was not served: {words[-2000:]}")


def _password(home: Path) -> str:
    """The password that was printed, as the example keeps it."""
    held: dict[str, str] = json.loads((home / SIGN_INS).read_text("utf-8"))
    return held[POST]


def _read(port: int, password: str) -> None:
    """Sign in and read Home."""
    visitor = Visitor(port)
    visitor.signs_in(POST, password)
    status, page = visitor.asked("GET", "/")
    visitor.leaves()
    if status != 200 or USEFUL not in page:
        raise ConnectionError(f"Home answered {status}, without: {USEFUL}")


def lines(folder: Path, *, small: bool) -> list[Line]:
    """The time, with what each part of it took."""
    found = first_screen(folder / "home", formats=("html",) if small else ())
    note = (
        f"built with its papers in {found.built:.0f} s, served {found.served - found.built:.0f} s "
        f"later, signed in and Home read {found.read - found.served:.1f} s after that; making the "
        f"environment is not in it; {busy()}"
    )
    return [measured("web.first-screen", found.read, n=1, note=note)]


def main(arguments: Sequence[str]) -> int:
    """Measure and write the line; small writes nothing."""
    return told(lines, arguments, name="web_first_screen", does="The first useful screen, timed.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
