"""Commands as a person gives them, with what they print and how they leave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from regard.cli.main import run

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context\n"
)
FORCE = "Merseyside Police"


@dataclass(frozen=True)
class Told:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


@pytest.fixture
def regard_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """Give a command in the data folder of that name."""

    def command(home: str, *words: object) -> Told:
        code = 0
        try:
            run(["--home", str(tmp_path / home), *(str(word) for word in words)])
        except SystemExit as left:
            code = int(left.code or 0)
        said = capsys.readouterr()
        return Told(code, said.out, said.err)

    return command


@pytest.fixture
def regard(regard_at: Callable[..., Told]) -> Callable[..., Told]:
    """Give a command in a data folder of its own."""

    def command(*words: object) -> Told:
        return regard_at("home", *words)

    return command


@pytest.fixture
def street_file(tmp_path: Path) -> Callable[..., Path]:
    """A police.uk street file of one month with so many burglaries and other thefts."""

    def written(month: str, burglaries: int, thefts: int = 3) -> Path:
        folder = tmp_path / "download" / month
        folder.mkdir(parents=True, exist_ok=True)
        row = f",{month},{FORCE},{FORCE},,,No Location,,,"
        lines = [f"{i}b{row}Burglary,Under investigation,\n" for i in range(burglaries)]
        lines += [f"{i}t{row}Other theft,Under investigation,\n" for i in range(thefts)]
        file = folder / f"{month}-merseyside-street.csv"
        file.write_text(HEADER + "".join(lines), encoding="utf-8")
        return file

    return written
