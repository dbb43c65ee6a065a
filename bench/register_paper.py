"""The SPR paper of a closed round: how long it takes, and whether it comes out the same again."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

from bench.figures import Line, measured
from regard.assurance.cells import cells
from regard.board.register_demonstration import FORCE, paper_of_day, view_on
from regard.board.remembering import remember
from regard.papers.keeping import kept, restored
from regard.papers.writing import FORMATS, render, write

ROUND, ON = "cycle:2021", date(2021, 12, 1)


def lines(folder: Path, *, small: bool = False) -> list[Line]:
    """The example's round of 2021, put together and written in every format; then again."""
    register = remember(folder / "home").register
    formats = FORMATS[:1] if small else FORMATS
    start = time.perf_counter()
    paper = paper_of_day(register, ON)
    write(paper, folder / "papers", formats)
    took = time.perf_counter() - start
    matrix = cells(view_on(register, ON), ROUND, scope=FORCE)
    again = restored(kept(paper))
    first, second = render(paper, formats), render(again, formats)
    differ = sum(one.content != other.content for one, other in zip(first, second, strict=True))
    register.close()
    return [
        measured("register.paper", took, n=len(matrix), note=f"formats: {', '.join(formats)}"),
        measured("register.paper-again", differ, n=len(formats)),
    ]
