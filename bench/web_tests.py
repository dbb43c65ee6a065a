"""Runs tests of the screens as a child, and reads what they told from pytest's own report."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import parse  # noqa: S405 - a report that our own child wrote

from bench.children import ROOT

ENDED_WELL, WITH_FAILURES = 0, 1  # how pytest leaves when it came to its end
# What would hold the tests to another database or keep their screenshots.
APART = ("REGARD_HOME", "DATABASE_URL", "REGARD_TEST_DATABASE", "REGARD_SCREENSHOTS")


@dataclass(frozen=True)
class Tested:
    """What came of one test.

    Attributes:
        name: Its function, with the parameters in brackets.
        outcome: `passed`, `failed` or `skipped`.
        seconds: How long it took.
        told: What it recorded of itself by `record_property`.
        said: Why it failed or was skipped, in a line.
    """

    name: str
    outcome: str
    seconds: float
    told: dict[str, str] = field(default_factory=dict)
    said: str = ""

    def count(self, name: str) -> int:
        """A number that the test recorded."""
        if name not in self.told:
            raise LookupError(f"{self.name} {self.outcome} without telling {name}: {self.said}")
        return int(self.told[name])


def outcomes(file: str, folder: Path, *, only: str = "") -> dict[str, Tested]:
    """Run the tests of a file, whatever they are marked with, each as it stands in the file.

    Args:
        file: Below the project's folder.
        folder: Where the report may be written.
        only: Words of pytest's `-k`; all tests if left out.

    Returns:
        What came of each test, by its name.

    Raises:
        ChildProcessError: pytest did not come to its end.
    """
    report = folder / f"{Path(file).stem}.xml"
    words = [sys.executable, "-m", "pytest", "-q", "-m", "", "--randomly-dont-reorganize", file]
    words += ["-o", "junit_family=xunit1", f"--junitxml={report}", *(["-k", only] if only else [])]
    env = {name: value for name, value in os.environ.items() if name not in APART}
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode not in (ENDED_WELL, WITH_FAILURES):
        raise ChildProcessError(f"{file} left with {done.returncode}: {done.stdout[-2000:]}")
    found = {one.name: one for one in _read(report)}
    for one in found.values():
        if one.outcome != "passed":
            print(f"{one.outcome}: {one.name}: {one.said}", flush=True)
    return found


def _read(report: Path) -> Iterable[Tested]:
    for case in parse(report).iter("testcase"):  # noqa: S314 - a report that our own child wrote
        outcome, said = "passed", ""
        for kind in ("failure", "error", "skipped"):
            if (held := case.find(kind)) is not None:
                outcome = "skipped" if kind == "skipped" else "failed"
                said = held.get("message", "")[:300]
        told = {one.get("name", ""): one.get("value", "") for one in case.iter("property")}
        yield Tested(case.get("name", ""), outcome, float(case.get("time", 0)), told, said)
