"""R as a child process, where it is installed; and rates of agreement, printed at the end."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

Columns = Mapping[str, Sequence[float]]
Ask = Callable[..., dict[str, list[float]]]
SECONDS = 100
SAID = pytest.StashKey[list[str]]()


@pytest.fixture
def say_rate(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Takes a line on how far two methods agree that need not agree; the run prints it."""
    return request.config.stash.setdefault(SAID, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was said."""
    for line in terminalreporter.config.stash.get(SAID, []):
        terminalreporter.write_line(f"agreement: {line}")


@pytest.fixture(scope="session")
def r_packages() -> frozenset[str]:
    """The packages that R has here; none where there is no R."""
    if shutil.which("Rscript") is None:
        return frozenset()
    told = subprocess.run(
        ["Rscript", "-e", "cat(rownames(installed.packages()), sep = '\\n')"],
        capture_output=True, text=True, check=True, timeout=SECONDS,
    )  # fmt: skip
    return frozenset(told.stdout.split())


@pytest.fixture
def ask_r(tmp_path: Path, r_packages: frozenset[str]) -> Ask:
    """Asks R: `ask(script, given, package)` gives the columns of the script's data frame `answer`.

    The script finds the columns it was given in the data frame `given`. Where R or the package
    is not installed, the test is skipped and says so.
    """

    def ask(script: str, given: Columns, package: str) -> dict[str, list[float]]:
        if package not in r_packages:
            pytest.skip(f"R's package {package} is not installed here")
        asked, answered, told = (tmp_path / name for name in ("in.csv", "out.csv", "script.R"))
        _write(asked, given)
        told.write_text(
            f"suppressPackageStartupMessages(library({package}))\n"
            f'given <- read.csv("{asked}")\n{script}\n'
            f'write.csv(answer, "{answered}", row.names = FALSE)\n',
            encoding="utf-8",
        )
        done = subprocess.run(
            ["Rscript", "--vanilla", str(told)],
            capture_output=True, text=True, check=False, timeout=SECONDS,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return _read(answered)

    return ask


def _write(file: Path, columns: Columns) -> None:
    with file.open("w", newline="", encoding="utf-8") as text:
        rows = csv.writer(text)
        rows.writerow(columns)
        rows.writerows(zip(*columns.values(), strict=True))


def _read(file: Path) -> dict[str, list[float]]:
    with file.open(newline="", encoding="utf-8") as text:
        names, *rows = csv.reader(text)
    values = [[float("nan") if cell == "NA" else float(cell) for cell in row] for row in rows]
    return {
        name: list(column) for name, column in zip(names, zip(*values, strict=True), strict=True)
    }
