"""Runs the code of pages and sets what it prints beside what they show.

`PYTHONPATH=tests python -m signals.pack_pages` writes the pages again with what is printed now.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
from pathlib import Path
from typing import Any

BLOCK = re.compile(r"^```(python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    ROOT / "docs" / "tutorial" / "read-many-series.md",
    ROOT / "docs" / "explanation" / "how-a-series-is-read.md",
)


def as_run(page: str, folder: Path = ROOT) -> str:
    """The page with every block of output as its code prints it, run from a folder."""
    space: dict[str, Any] = {"__name__": "page"}
    printed = ""

    def block(found: re.Match[str]) -> str:
        nonlocal printed
        if found[1] == "text":
            return f"```text\n{printed}```"
        told = io.StringIO()
        with contextlib.redirect_stdout(told):
            exec(compile(found[2], "page", "exec"), space)  # noqa: S102 - our own page
        printed = told.getvalue()
        return found[0]

    before = Path.cwd()
    os.chdir(folder)
    try:
        return BLOCK.sub(block, page)
    finally:
        os.chdir(before)


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(as_run(page.read_text(encoding="utf-8")), encoding="utf-8")
