"""The pages on capability whose code is run from top to bottom, each in a folder of its own.

`PYTHONPATH=tests python -m journeys.capability_pages` writes them again with what is printed now.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from signals.pack_pages import ROOT, as_run

PAGES = (
    ROOT / "docs" / "tutorial" / "from-incident-records-to-the-board.md",
    ROOT / "docs" / "how-to" / "ask-about-capability-from-a-notebook.md",
)


if __name__ == "__main__":
    for page in PAGES:
        with TemporaryDirectory(prefix="regard-page-") as folder:
            told = as_run(page.read_text(encoding="utf-8"), Path(folder))
        page.write_text(told, encoding="utf-8")
